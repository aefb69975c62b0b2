"""What a sentence is by what its answer answers, in two small languages of our own: a step on each side of a rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.context import Context
from peerpact.programme.replies.named import promises_of
from peerpact.programme.replies.understood import Asked
from peerpact.programme.replies.wishes import Heard, Requested
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
"""A Monday."""
PROMISE = "Ask Dina about the report"
FILE: dict[str, Any] = {
    "language": {"common": ["so", "the", "about", "every"]},
    "answers": {
        "kept": ["done"], "partly": ["half"], "begun": ["begun"], "not_yet": ["open"], "dropped": ["drop it"],
        "did": ["met", "asked"], "yes": ["yes"], "no": ["no"], "not": ["not"], "maybe": ["perhaps"],
        "praise": ["great"], "future": ["will"], "me": ["i"], "and": ["and"],
    },
    "requests": {
        "stop": ["stop", "leave"], "pause": ["pause"], "skip": ["skip", "skip this round"],
        "every_weeks": ["every week"], "another_partner": ["another partner"],
    },
    "sentences": {
        "greetings": ["hello", "good day"], "polite": ["please"], "wonders": ["could try"],
        "this_time": ["this time", "skip"], "unsure": ["thinking of"], "meetings": ["meet"],
    },
    "promises": {"absences": ["away"], "begins": ["will"], "verbs": ["ask", "write"]},
    "dates": {
        "until": ["until"], "next": ["next"], "week": ["week"], "weekdays": [["monday"]],
        "months": [["january"], ["may"]],
    },
}  # fmt: skip
OTHER: dict[str, Any] = {
    "answers": {"kept": ["fini"], "not_yet": ["ouvert"]},
    "requests": {"stop": ["assez"], "pause": ["repos"]},
    "sentences": {
        "greetings": ["salut"], "polite": ["svp"], "wonders": ["pourrais"], "this_time": ["cette fois"],
        "unsure": ["peut"],
    },
    "promises": {"absences": ["absent"], "verbs": ["demander"]},
    "dates": {"until": ["jusque"], "months": [["janvier"], ["mai"]]},
}  # fmt: skip
WORDS = [words_from("xx", FILE), words_from("yy", OTHER)]
SILENT = words_from("zz", {})
"""A language whose file lists nothing yet."""


@pytest.fixture(autouse=True)
def offers_no_form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for code in ("xx", "yy", "zz"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "answers.toml").touch()
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


def context(
    asked: Asked = Asked.OUTCOMES, *, also: Asked | None = None, words: Any = WORDS, open_: str = PROMISE
) -> Context:
    return Context(
        words=words,
        promises=promises_of([open_] if open_ else [], words),
        on=TODAY,
        asked=asked,
        questions=frozenset({asked, also} if also else {asked}),
    )


def heard(*kinds: Wish, perhaps: tuple[Wish, ...] = ()) -> Heard:
    return Heard(
        requests=tuple(Requested(kind=kind) for kind in kinds),
        perhaps=tuple(Requested(kind=kind) for kind in perhaps),
    )


def test_reads_in_the_main_language_first() -> None:
    assert context().main is WORDS[0]
    assert context().cutter.languages == WORDS
    assert context().cutter.on == TODAY
    assert context().cutter.promises == promises_of([PROMISE], WORDS)


def test_numbers_the_clauses_of_each_sentence() -> None:
    found = context().clauses(["done, asked", "open"])
    assert [(c.text, c.sentence) for c in found] == [("done,", 0), ("asked", 0), ("open", 1)]


@pytest.mark.parametrize(
    ("text", "in_list", "is_promise"),
    [
        ("write the plan", False, True),
        ("demander Tom", False, True),
        ("plan Tom", False, False),
        ("plan Tom", True, True),
        ("write the plan?", True, False),
    ],
)
def test_knows_a_promise_in_each_language(text: str, *, in_list: bool, is_promise: bool) -> None:
    assert context().is_promise(text, in_list=in_list) is is_promise


def test_takes_a_sentence_for_no_item_unless_told_so() -> None:
    assert not context().is_promise("plan Tom")


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [("Could try more", True), ("Pourrais xy", True), ("So could try", False), ("xy", False)],
)
def test_begins_with_a_phrase_of_any_language(sentence: str, *, begins: bool) -> None:
    assert context(words=[*WORDS, SILENT]).begins(sentence, "wonders") is begins
    assert not context(words=[SILENT]).begins(sentence, "wonders")


@pytest.mark.parametrize(
    ("sentence", "is_greeting"),
    [
        ("Hello", True),
        ("Salut", True),
        ("Good day Tom Lee", True),
        ("Good day Tom Lee xy", False),
        ("Tom hello", False),
        ("Tom", False),
        ("Hello, done", False),
        ("Hello great Monday", True),  # praise and a day say nothing of a promise
    ],
)
def test_greets_with_two_more_words_at_most(sentence: str, *, is_greeting: bool) -> None:
    assert context(words=[SILENT, *WORDS]).is_greeting(sentence) is is_greeting
    assert not context(words=[SILENT]).is_greeting(sentence)


@pytest.mark.parametrize(
    ("sentence", "is_polite"), [("Somebody new please", True), ("quelqu'un svp", True), ("xy", False)]
)
def test_is_polite_in_any_language(sentence: str, *, is_polite: bool) -> None:
    assert context(words=[*WORDS, SILENT]).is_polite(sentence) is is_polite
    assert not context(words=[SILENT]).is_polite(sentence)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("done", True), ("xy, done", True), ("done, xy", True), ("great", False), ("Monday", False),
        ("great, next week", True), ("xy", False), ("fini", True),
    ],
)  # fmt: skip
def test_says_something_by_more_than_praise_and_a_day(sentence: str, *, says: bool) -> None:
    assert context().says(sentence) is says


@pytest.mark.parametrize(
    ("text", "asks", "wishes"),
    [
        ("pause", True, True),
        ("repos", True, True),
        ("thinking of pause", False, True),
        ("peut repos", False, True),
        ("pause in another partner search", True, True),
        ("xy", False, False),
    ],
)
def test_asks_for_what_is_certain_and_wishes_what_may_be(text: str, *, asks: bool, wishes: bool) -> None:
    assert context().asks(text) is asks
    assert context().wishes(text) is wishes


def test_asks_though_a_promise_was_asked_for() -> None:
    text = "xy xy xy xy another partner for the xy"
    assert context(Asked.COMMITMENT).asks(text)
    assert context(Asked.COMMITMENT).wishes(text)


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("away until May", [date(2026, 2, 1)]),
        ("absent jusque mai", [date(2026, 2, 1)]),
        ("xy until May", []),
    ],
)
def test_hears_one_absence(sentence: str, until: list[date]) -> None:
    assert [a.until for a in context().absences(sentence)] == until
    twice = [WORDS[0], words_from("vv", FILE)]
    assert [a.until for a in context(words=twice).absences("away until May")] == [date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("asked", "sentence", "nobody"),
    [
        (Asked.OUTCOMES, "perhaps?", True),
        (Asked.COMMITMENT, "perhaps?", False),
        (Asked.COMMITMENT, "report?", True),
        (Asked.COMMITMENT, "could try xy xy?", True),
        (Asked.NEXT_ROUND, "could try xy xy?", True),
        (Asked.OUTCOMES, "could try xy xy?", False),
        (Asked.ANYTHING, "could try xy xy?", False),
    ],
)
def test_asks_nobody_by_what_was_asked(asked: Asked, sentence: str, *, nobody: bool) -> None:
    assert context(asked).asks_nobody(sentence) is nobody


@pytest.mark.parametrize(
    ("sentence", "beside"),
    [
        ("done, pause", "done"),
        ("done; open, pause", "done, open"),
        ("half, pause", "half"),
        ("begun, pause", "begun"),
        ("drop it, pause", "drop it"),
        ("open, xy", "open"),
        ("asked, pause", ""),  # something was done, and it isn't said of what
        ("done?", ""),
        ("not begun, pause ?!?", ""),  # the whole is asked
        ("not begun, pause? xy", "not begun"),
        ("pause done", ""),  # a wish itself, in one part with it
    ],
)
def test_keeps_what_became_of_a_promise_beside_a_wish(sentence: str, beside: str) -> None:
    assert context().beside(sentence) == beside


@pytest.mark.parametrize(
    ("sentence", "is_about"),
    [("open report", True), ("xy, report", True), ("report, xy", True), ("open xy", False)],
)
def test_is_about_a_promise_by_its_words(sentence: str, *, is_about: bool) -> None:
    assert context().is_about_promise(sentence) is is_about
    assert not context(open_="").is_about_promise(sentence)


@pytest.mark.parametrize(
    ("asked", "said", "sentence", "is_alone"),
    [
        (Asked.OUTCOMES, heard(Wish.EVERY_WEEKS), "report every week", True),
        (Asked.OUTCOMES, heard(perhaps=(Wish.EVERY_WEEKS,)), "report every week", True),
        (Asked.OUTCOMES, heard(Wish.EVERY_WEEKS), "xy every week", False),
        (Asked.OUTCOMES, heard(Wish.EVERY_WEEKS, Wish.PAUSE), "report every week", False),
        (Asked.OUTCOMES, heard(Wish.EVERY_WEEKS, perhaps=(Wish.PAUSE,)), "report every week", False),
        (Asked.OUTCOMES, heard(), "report", False),
        (Asked.COMMITMENT, heard(Wish.EVERY_WEEKS), "report every week", False),
    ],
)
def test_is_of_a_promise_alone_by_a_rhythm_and_its_words(
    asked: Asked, said: Heard, sentence: str, *, is_alone: bool
) -> None:
    assert context(asked).is_of_promise_alone(said, sentence) is is_alone


@pytest.mark.parametrize(
    ("asked", "also", "sentence", "is_not"),
    [
        (Asked.OUTCOMES, None, "not this time", True),
        (Asked.OUTCOMES, None, "pas cette fois", True),
        (Asked.OUTCOMES, None, "skip", True),
        (Asked.OUTCOMES, None, "skip this round", False),
        (Asked.OUTCOMES, None, "xy", False),
        (Asked.OUTCOMES, Asked.NEXT_ROUND, "not this time", False),
        (Asked.OUTCOMES, Asked.NUMBER, "not this time", True),
        (Asked.ANYTHING, None, "not this time", False),
        (Asked.NEXT_ROUND, None, "not this time", False),
    ],
)
def test_is_not_kept_this_time_where_no_round_was_asked_about(
    asked: Asked, also: Asked | None, sentence: str, *, is_not: bool
) -> None:
    assert context(asked, also=also).is_not_kept_this_time(sentence) is is_not


@pytest.mark.parametrize(
    ("asked", "said", "sentence", "drops"),
    [
        (Asked.OUTCOMES, heard(Wish.STOP), "stop, drop it", True),
        (Asked.OUTCOMES, heard(Wish.STOP), "drop it, stop", True),
        (Asked.OUTCOMES, heard(Wish.STOP), "drop it stop", False),  # one part, which asks itself
        (Asked.OUTCOMES, heard(Wish.STOP), "stop, done", False),
        (Asked.OUTCOMES, heard(Wish.STOP, Wish.PAUSE), "stop, drop it", False),
        (Asked.OUTCOMES, heard(Wish.PAUSE), "stop, drop it", False),
        (Asked.COMMITMENT, heard(Wish.STOP), "stop, drop it", False),
    ],
)
def test_drops_a_promise_and_does_not_leave(asked: Asked, said: Heard, sentence: str, *, drops: bool) -> None:
    assert context(asked).drops_a_promise(said, sentence) is drops


@pytest.mark.parametrize(
    ("asked", "sentence", "is_only"),
    [
        (Asked.OUTCOMES, "we met", True),
        (Asked.OUTCOMES, "met Monday, great", True),
        (Asked.OUTCOMES, "met xy xy", True),
        (Asked.OUTCOMES, "met Dina, met xy xy, great, Monday", True),
        (Asked.OUTCOMES, "xy", True),
        (Asked.OUTCOMES, "we met, done", False),
        (Asked.OUTCOMES, "yes, we met", False),
        (Asked.COMMITMENT, "we met", False),
    ],
)
def test_says_only_that_they_met(asked: Asked, sentence: str, *, is_only: bool) -> None:
    assert context(asked).says_only_that_they_met(sentence) is is_only
