"""By which words promises are known again, by value, in a language of a few words."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.named import (
    Promises,
    faintly_named,
    in_phrases,
    is_like,
    names_in,
    numbers_named_by,
    own_verbs_done,
    promises_of,
)
from peerpact.programme.replies.phrases import Mark

WORDS = words_from(
    "xx",
    {
        "language": {"common": ["plan the is this week and asked listed"], "past": {"ar": ["ado", "ados"]}},
        "answers": {"kept": ["done"], "yes": ["sure"], "does": ["call"], "did": ["phoned"]},
        "dates": {
            "weekdays": [["monday"], ["friday"], ["mo"]],
            "articles": ["the", "of"],
            "counts": {"three": 3},
        },
    },
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("ask", "asked", True),
        ("ask", "asking", False),
        ("ask", "ask", True),
        ("a", "a", False),
        ("ab", "ab", True),
        ("'ask'", "ask", True),
        ("list", "listening", False),
        ("listen", "listening", True),
        ("budget", "budgetplan", True),
        ("budget", "teambudget", True),
        ("budge", "teambudge", False),
        ("budge", "budgeteer", True),
        ("apply", "application", True),
        ("appl", "application", False),
        ("apple", "application", True),
        ("plan", "planet", True),
        ("plan", "plantations", False),
        ("abcd", "abxxxx", False),
        ("abcdxx", "abcdyyyy", False),
        ("abcdexx", "abcdeyyy", True),
        ("abcx", "abcyz", False),
        ("abcd", "abcdefgh", False),
        ("abcd", "abcdefg", True),
        ("abc", "abcde", True),
        ("abc", "abcdef", False),
        ("ab", "abc", False),
        ("planen", "planung", True),
    ],
)
def test_tells_words_of_one_stem(one: str, other: str, *, alike: bool) -> None:
    assert is_like(one, other) is alike
    assert is_like(other, one) is alike


def promises(*texts: str) -> Promises:
    return promises_of(texts, [WORDS])


def test_keeps_of_each_promise_the_words_that_no_other_has() -> None:
    found = promises("call Ann about budget plans, QA", "phoned Bo at the budget by 12 xy")
    assert found.telling == ({"call", "ann", "plans", "about", "qa"}, {"phoned"})
    assert found.texts[1] == ("phoned", "bo", "at", "the", "budget", "by", "12", "xy")
    assert {"budget", "plans", "phoned", "ann", "the"} <= found.shared
    assert not {"at", "by", "bo", "12", "xy"} & found.shared
    assert found.faint == ({"plans", "about"}, frozenset())
    assert found.count == 2


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Write the week", {"write"}),
        ("Plan the Week", {"week"}),
        ("ask Bo", {"ask"}),
        ("ask BO", {"ask", "bo"}),
        ("go to it", set()),
        ("call", {"call"}),
    ],
)
def test_takes_names_and_what_is_not_common_for_a_promise_s_own(text: str, telling: set[str]) -> None:
    assert promises(text).telling == (telling,)


def test_reads_the_first_500_signs_of_a_promise() -> None:
    assert promises("wall " * 100 + "door").texts == (("wall",) * 100,)
    assert promises("wall " * 99 + "door door").texts == (("wall",) * 99 + ("door",),)


@pytest.mark.parametrize(
    ("texts", "faint"),
    [
        (("wall talk", "talk"), ({"wall"}, set())),
        (("talk", "talks"), ({"talk"}, {"talks"})),
        (("done sure wall", "door"), ({"wall"}, {"door"})),
        (("new", "wide"), (set(), {"wide"})),
        (("plan talk", "talk"), (set(), set())),
    ],
)
def test_holds_of_general_words_those_of_one_promise_alone(
    texts: tuple[str, ...], faint: tuple[set[str], ...]
) -> None:
    assert promises(*texts).faint == faint


FAINT = Promises(
    texts=(("handoverplan", "talk"), ("monday", "report"), ("fridays", "the", "report"), ("week",)),
    telling=(frozenset({"handoverplan"}), frozenset({"mara"}), frozenset(), frozenset({"mara"})),
    faint=(frozenset({"talk"}), frozenset({"abc"}), frozenset(), frozenset({"week"})),
)


@pytest.mark.parametrize(
    ("word", "numbers"),
    [("talk", (1,)), ("plan", (1,)), ("handoverplan", ()), ("verplan", (1,)), ("overplan", (1,)),
     ("doverplan", (1,)), ("ndoverplan", ()), ("abc", ()), ("report", ()), ("week", (4,)), ("ports", ())],
)  # fmt: skip
def test_names_one_promise_by_a_general_word(word: str, numbers: tuple[int, ...]) -> None:
    assert FAINT.faintly_named_by(word) == numbers


def test_names_none_by_a_word_with_which_two_end() -> None:
    two = Promises(texts=(("teamplan",), ("yearplan",)), faint=(frozenset(), frozenset()))
    assert two.faintly_named_by("plan") == ()
    assert Promises(texts=(("teamplan",),)).faintly_named_by("plan") == ()


def test_knows_the_promise_of_a_weekday_and_of_a_very_word() -> None:
    assert (FAINT.of_day("monday", WORDS), FAINT.of_day("friday", WORDS)) == ((2,), (3,))
    assert FAINT.of_day("mo", WORDS) == ()
    twice = Promises(texts=(("monday",), ("mondays",)))
    assert twice.of_day("monday", WORDS) == ()
    assert (FAINT.naming("mara"), FAINT.naming("mar")) == ((2, 4), ())
    assert (FAINT.named_by("maras"), FAINT.named_by("x")) == ((2, 4), ())
    assert (FAINT.has("report"), FAINT.has("reports")) == (True, False)


def mark(at: int, sort: str, length: int = 1) -> Mark:
    return Mark(at, at + length, sort)


@pytest.mark.parametrize(
    ("text", "marks", "named"),
    [
        ("talk", [], [(0, 1)]),
        ("we talk", [], []),
        ("the talk", [], [(1, 1)]),
        ("the of the talk", [], [(3, 1)]),
        ("the the of the talk", [], []),
        ("we the talk", [], []),
        (", talk", [], [(1, 1)]),
        ("we , the talk", [], [(3, 1)]),
        ("but talk", [mark(0, "but")], [(1, 1)]),
        ("even so talk", [mark(0, "because", 2)], [(2, 1)]),
        ("so far talk", [mark(0, "future", 2)], []),
        ("done talk", [mark(0, "outcome")], [(1, 1)]),
        ("sure talk", [mark(0, "yes")], [(1, 1)]),
        ("no talk", [mark(0, "no")], [(1, 1)]),
        ("not so talk", [mark(0, "no", 2)], []),
        ("it talk", [mark(0, "it")], [(1, 1)]),
        ("it all talk", [mark(0, "it", 2)], []),
        ("with talk", [], [(1, 1)]),
        ("had done talk", [mark(0, "did", 2)], [(2, 1)]),
        ("did talk", [mark(0, "did")], [(1, 1)]),
        ("only talk", [mark(0, "only")], [(1, 1)]),
        ("except talk", [mark(0, "except")], [(1, 1)]),
        ("will talk", [mark(0, "future")], []),
        ("talk", [mark(0, "did")], []),
        ("talk week", [], [(0, 1)]),
        ("talk , week", [], [(0, 1), (2, 4)]),
        ("monday", [], []),
        ("the monday", [], [(1, 2)]),
        ("mondays", [], [(0, 2)]),
        ("we mondays", [], []),
        ("fridays", [], [(0, 3)]),
        ("friday", [], []),
    ],
)
def test_hears_a_general_word_where_a_clause_begins(
    text: str, marks: list[Mark], named: list[tuple[int, int]]
) -> None:
    words = words_from("xx", {**FILE, "lists": {"beside": ["with"]}})
    assert [*faintly_named(text.split(), marks, FAINT, words)] == named


FILE = {
    "language": {"common": ["plan"]},
    "dates": {"weekdays": [["monday"], ["friday"]], "articles": ["the", "of"], "counts": {"three": 3}},
}


@pytest.mark.parametrize(
    ("word", "is_heard"), [("gamma", True), ("listed", False), ("three", False), ("sure", False)]
)
def test_hears_no_word_that_every_text_has_counts_or_answers(word: str, *, is_heard: bool) -> None:
    file = {**FILE, "language": {"common": ["listed"]}, "answers": {"yes": ["sure"]}}
    known = Promises(texts=((word,),), faint=(frozenset({word}),))
    assert bool([*faintly_named([word], [], known, words_from("xx", file))]) is is_heard


PAST = words_from("xx", {"language": {"past": {"ar": ["ado", "ados"]}}})
OWN = Promises(
    texts=(("presentar", "plan", "nuevo"), ("hablado", "hablar")),
    telling=(frozenset({"presentar"}), frozenset({"hablar"})),
)


@pytest.mark.parametrize(
    ("text", "marks", "done"),
    [
        ("lo presentado", [], [1]),
        ("presentados", [], [0]),
        ("hablado", [], []),
        ("cantado", [], []),
        ("yo presentado", [mark(0, "me")], []),
        ("ella presentado", [mark(0, "they")], []),
        ("lo presentado", [mark(0, "it")], []),
        ("lo presentado", [mark(0, "and")], [1]),
    ],
)
def test_hears_the_past_of_a_promise_s_verb(text: str, marks: list[Mark], done: list[int]) -> None:
    assert [*own_verbs_done(text.split(), marks, OWN, PAST)] == [mark(at, "did") for at in done]


def test_names_promises_by_their_words_and_the_past_of_their_verbs() -> None:
    assert numbers_named_by("presentar", OWN, PAST) == (1,)
    assert numbers_named_by("presentados", OWN, PAST) == (1,)
    assert numbers_named_by("cantado", OWN, PAST) == ()
    both = Promises(telling=(frozenset({"presentado", "presentar"}),), texts=((),))
    assert numbers_named_by("presentado", both, PAST) == (1,)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("presentar plan nuevo", [(0, (1,)), (1, (1,)), (2, (1,))]),
        ("ya presentar - plan nuevo hoy", [(1, (1,)), (3, (1,)), (4, (1,))]),
        ("presentar plan", [(0, ())]),
        ("plan nuevo hoy", []),
        ("hoy presentados", [(1, ())]),
        ("hablado hablar", [(0, ()), (1, ())]),
        ("", []),
    ],
)
def test_finds_the_places_that_name_a_promise(text: str, named: list[tuple[int, tuple[int, ...]]]) -> None:
    assert names_in(text.split(), OWN, PAST) == named


def test_repeats_a_promise_by_three_of_its_words_wherever_in_it_they_are() -> None:
    long = Promises(texts=(("a", "b", "c", "d", "e"), ("x", "y")), telling=(frozenset(), frozenset()))
    assert [at for at, _ in names_in(["z", "c", "d", "e", "z"], long, PAST)] == [1, 2, 3]
    assert [at for at, _ in names_in(["a", "b", "c", "d", "e"], long, PAST)] == [0, 1, 2, 3, 4]
    assert names_in(["a", "c", "e", "x", "y"], long, PAST) == []


def test_takes_open_in_a_phrase_for_no_name() -> None:
    marks = [mark(0, "outcome", 2), mark(3, "outcome"), mark(4, "yes", 2)]
    assert in_phrases(marks) == {0, 1}
