"""What looks like a promise, sign by sign, in an invented language of a few English and other words. By value."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.promises import Promised, is_promise, promised

XX = words_from(
    "xx",
    {
        "answers": {
            "yes": ["yes"], "no": ["no"], "not": ["not", "no"], "none": ["nothing"], "maybe": ["maybe"],
            "me": ["I", "me"], "they": ["she", "boss"], "it": ["it"], "things": ["things"], "and": ["and"],
            "also": ["also"], "but": ["but"], "units": ["weeks"], "kept": ["done"], "not_yet": ["moved"],
            "does": ["fragen"], "empty": ["well"], "did": ["met"], "aux": ["have"], "begun": ["began"],
        },
        "promises": {
            "begins": ["I will", "will", "I want to"], "doing": ["calls", "stays"], "when": ["when"],
            "states": ["be", "stays", "I am"], "stays": ["I keep"], "verbs": ["ask", "list", "tell me", "please"],
            "asked": ["tell me"], "resolves": ["more"], "last": ["fragen", "moved"], "by_then": ["I have"],
            "done": ["asked", "written"], "done_ends": ["asked"], "absences": ["away"], "unread": ["offline"],
            "never": ["never mind"], "news": ["it rains"], "deferrals": ["let you know", "look into"],
            "henceforth": ["from now on"], "now": ["I write", "I keep", "I am"],
        },
        "sentences": {
            "leads": ["first", "so", "from now on"], "greetings": ["hello"], "polite": ["please", "I want to"],
        },
        "lists": {
            "relatives": ["who"], "clause_leads": ["that"], "others_be": ["is"], "still": ["noch"],
            "before_last": ["zu"], "doers": ["du"], "for_me": ["me"], "you": ["you"],
        },
        "dates": languages.read("en", "answers")["dates"],
    },
)  # fmt: skip
NO_DOERS = words_from("yy", {"answers": {"me": ["I"]}, "promises": {"last": ["fragen"]}})
ON = date(2026, 1, 12)
"""A Monday."""


def is_one(text: str, *, is_item: bool = False) -> bool:
    return is_promise(text, [XX], ON, is_item=is_item)


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("I will call Tom", True),
        ("I will call", False),  # call what?
        ("I will call it", False),
        ("I will it x Tom", False),  # one word of sense, and a letter
        ("I will yes no things Tom", False),
        ("I will", False),
        ("I will be late again", False),  # how one will be is nothing that one does
        ("will ask Tom", True),
        ("Tom will ask Kim", False),  # one word says not who
        ("and will ask Tom", True),
        ("also will ask Tom", True),
        ("but will ask Tom", True),
        ("me will ask Tom", True),
        ("she will ask Tom", False),
        ("not will ask Tom", False),
        ("I will not will ask Tom", True),
        ("calls Tom today", True),
        ("Tom calls Kim today", False),
        ("and calls Kim Tom", True),
        ("stays with Tom today", False),
        ("when a b calls Tom today", True),  # behind a condition of three words
        ("when a calls Tom today", False),
        ("then a b calls Tom today", False),
        ("she I will ask Tom", True),
        ("a she I will ask Tom", False),  # somebody else says so
        ("a b I will ask Tom", True),
        ("when boss says I will ask Tom", True),  # but for a condition
        ("a b c d e f g h i j k l m n I will ask Tom", True),  # in the first fifteen words
        ("a b c d e f g h i j k l m n o I will ask Tom", False),
        ("I will call Tom?", False),
    ],
)
def test_reads_what_somebody_says_that_they_will_do(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("ask Tom", True),
        ("ask it Tom", True),
        ("ask", False),
        ("ask it", False),
        ("ask she", False),
        ("ask x", False),
        ("list me the plan", False),  # asked of us
        ("list me", True),  # nothing else is behind it
        ("be kind to Tom", False),
        ("more time for Tom", True),
        ("more time is good", False),  # what others are
        ("more weeks", False),  # only how many
        ("more weeks Tom", True),
        ("yes, more time for Tom", False),  # more, behind an answer
        ("yes, ask Tom now", True),
        ("no, ask Tom now", True),
        ("Tom, more time", False),
        ("more done", False),
        ("time for Tom", False),
        ("first ask Tom", True),
        ("so first ask Tom", True),
        ("first so first ask Tom", False),
        ("hello ask Tom", True),
        ("hello first ask Tom", True),
        ("Friday ask Tom", True),
        ("next week ask Tom", True),
        ("Friday ask", False),
        ("Friday", False),
    ],
)
def test_reads_a_verb_that_a_sentence_begins_with(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("Tom fragen", True),
        ("Tom zu fragen", False),  # bound to what is before it
        ("fragen Tom", False),
        ("du Tom fragen", False),  # somebody does it
        ("I Tom fragen", True),
        ("she Tom fragen", False),
        ("Tom she fragen", True),
        ("Tom met fragen", False),  # past
        ("Tom have fragen", False),
        ("Tom moved", False),  # an outcome
        ("moved Tom fragen", True),
        ("done fragen", False),
        ("Tom fragen by Friday", True),
        ("Tom fragen noch by Friday", True),
        ("Tom fragen by Friday now", False),
        ("Tom Fragen by Friday", False),  # a noun, by its capital
        ("Tom Frageeen by Friday", True),  # a slip is no noun
        ("May fragen by May", True),
        ("Tom FRAGEN by Friday", True),
        ("Tom Fragen By Friday", True),  # where all words have one, it tells nothing
        ("yes, Tom fragen", False),  # an answer
        ("Tom fragen, that she came", True),  # a clause behind the verb
        ("Tom fragen, she came", False),
    ],
)
def test_reads_a_verb_that_a_sentence_ends_with(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


def test_takes_i_for_a_doer_in_a_language_without_a_list_of_them() -> None:
    assert is_promise("Tom bald fragen", [NO_DOERS], ON)
    assert not is_promise("Tom bald I fragen", [NO_DOERS], ON)


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("I write the plan next week", True),
        ("I write the plan today", True),
        ("I write the plan by Friday", True),
        ("I write the plan", False),  # what one does, on no day
        ("I write the plan last week", False),
        ("I write the plan since next week", False),
        ("I write the plan for two weeks", False),
        ("from now on I write", True),
        ("I keep the plan next week", False),
        ("I am there next week", False),
        ("before Tuesday I ask Tom", True),
        ("in two weeks I ask Tom", True),
        ("before Tuesday she ask Tom", False),
        ("before Tuesday I more Tom", False),
        ("on Tuesday I ask Tom", False),
        ("I ask Tom before Tuesday", False),
        ("next week I have Tom asked", True),  # then it will be done
        ("next week I have asked", True),
        ("next week, I have Tom asked", True),
        ("next week I have Tom written", False),
        ("next week I have not Tom asked", False),
        ("next week I have nothing asked", False),
        ("next week I have offline Tom asked", False),
        ("next week I have never mind Tom asked", False),
        ("next week Tom I have asked", False),
        ("next week be Tom asked", False),
        ("last week I have Tom asked", False),
        ("Tom next week I have Tom asked", False),
        ("next week", False),
    ],
)
def test_reads_what_is_done_on_a_day_to_come(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("when asked, ask Tom first", True),
        ("before our talk, list aims now", True),
        ("by Friday, ask Tom", True),
        ("when asked, I write it", True),
        ("when, ask Tom", True),
        (", ask Tom", True),
        ("then, ask Tom", False),
        ("when you asked, ask Tom first", False),  # said to us
        ("when asked, Tom came", False),
        ("when asked, I am Tom", False),
        ("when a b c d e f g h i j k, ask Tom", True),  # of twelve words
        ("when a b c d e f g h i j k l, ask Tom", False),
        ("when a, when b ask Tom", False),
        ("a when, ask Tom", False),
    ],
)
def test_reads_what_is_behind_a_condition(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("I will ask Tom, away", False),
        ("I will ask Tom offline", False),
        ("I will never mind Tom", False),
        ("I will let you know", False),  # what puts off is next to it
        ("I will a b let you know", False),
        ("I will a b c let you know", True),
        ("I will look into Tom", False),
        ("I will ask Kim to look into it", True),
        ("let you know, I will ask Tom", True),
        ("ask Tom, let you know", False),
        ("it rains, ask Tom", False),  # news
        ("I will ask Tom, it rains", True),  # in what is promised
        ("a b c I will ask Tom, it rains", True),
        ("a b c d I will ask Tom, it rains", False),
        ("ask Tom, it rains", False),
        ("ask Tom who it rains", True),  # in a clause about somebody
        ("Tom who it rains ask", False),
        ('ask Tom to say "it rains"', True),  # what is to be said
        ('ask Tom to say "it rains', False),
        ("maybe I will ask Tom", False),
        ("I will maybe ask Tom", False),
        ("a b c d maybe I will ask Tom", False),  # in the first five words
        ("a b c d e maybe I will ask Tom", True),
        ("please ask Tom", False),  # asked of us
        ("ask Tom please", False),
        ("nice, please ask Tom", False),
        ("nice please, I will ask Tom", True),
        ("I want to ask Tom", True),  # politely begun
        ("I want to see Tom", False),
        ("I want to tell me Tom", False),
        ("I want to", False),
    ],
)
def test_takes_nothing_that_is_put_off_told_or_asked_for_a_promise(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("When …, I will …, by May", False),  # a form with its gaps
        ("When ..., I will ..., by May", False),
        ("When …, I will ask Tom now", True),
        ("ask tom@example.com now", False),
        ("I will ask tom@example.com now", True),
        ("ask at www.example.com now", False),
        ("ask 0123 456 now", False),
        ("ask 12 456 now", True),
        ("Note: ask Tom now", False),
        ("Monday: ask Tom now", True),
        ("ask Tom: now", True),
    ],
)
def test_takes_no_label_footer_or_form_for_a_promise(text: str, *, is_promised: bool) -> None:
    assert is_one(text) is is_promised


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("patience with Tom", True),
        ("patience", False),
        ("patience not Tom", True),
        ("not patience Tom", False),
        ("done with Tom", False),
        ("met with Tom", False),
        ("she with Tom", False),
        ("began with Tom", False),
        ("patience well", False),
        ("patience with Tom?", False),
    ],
)
def test_takes_an_item_of_a_list_without_a_verb(text: str, *, is_promised: bool) -> None:
    assert is_one(text, is_item=True) is is_promised
    assert not is_one(text)


def test_leaves_out_a_days_words_cut_at_an_apostrophe() -> None:
    french = {"promises": {"last": ["fragen"]}, "dates": languages.read("fr", "answers")["dates"]}
    assert is_promise("Tom fragen d'ici vendredi", [words_from("zz", french)], ON)


def test_reads_it_in_one_language_unless_another_refuses() -> None:
    other = words_from("zz", {"promises": {"news": ["Tom"]}})
    assert is_promise("ask Tom", [words_from("zz", {}), XX], ON)
    assert not is_promise("ask Tom", [other, XX], ON)
    assert not is_promise("ask Tom", [], ON)


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        (" ask Tom ", Promised(text="ask Tom")),
        ("hello, ask Tom", Promised(text="ask Tom")),
        ("hello Sam, ask Tom", Promised(text="ask Tom")),
        ("hello Sam Green, ask Tom", Promised(text="hello Sam Green, ask Tom")),
        ("Sam, ask Tom", Promised(text="Sam, ask Tom")),
        ("hello, ", Promised(text="hello,")),
        ("ask Tom by 16 January 2026", Promised(text="ask Tom by 16 January 2026", due=date(2026, 1, 16))),
        ("hello, by 16 January ask", Promised(text="by 16 January ask", due=date(2026, 1, 16))),
    ],
)
def test_keeps_a_promises_words_and_its_day(text: str, promise: Promised) -> None:
    assert promised(text, [words_from("zz", {}), XX], ON) == promise
