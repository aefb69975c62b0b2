"""One pass over an answer, step by step: what each step takes of a sentence, and what it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.explained import Said
from peerpact.programme.replies.meaning import Asked, Unclear, _Reading, understand
from peerpact.programme.replies.named import promises_of
from peerpact.programme.replies.pauses import pauses_with_days
from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Wish

ON = date(2026, 3, 11)
DINA = "Ask Dina about the report"
PROMISE, OUTCOMES, NUMBER = Asked.COMMITMENT, Asked.OUTCOMES, Asked.NUMBER


def reading(
    asked: Asked = PROMISE, *, also: Asked | None = None, languages: Sequence[str] = ("en",), left: str = ""
) -> _Reading:
    words = [answer_words(language) for language in languages]
    open_ = promises_of([DINA] if asked is OUTCOMES else [], words)
    questions = frozenset({asked, also} if also else {asked})
    return _Reading(
        words=words, promises=open_, on=ON, asked=asked, questions=questions, left=[left] if left else []
    )


def wish(kind: Wish, words: str = "", until: date | None = None) -> Requested:
    return Requested(kind=kind, words=words, until=until)


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("...", True),
        ("…", True),
        ("– —", True),
        ("\u2001", True),
        ("\u206f", True),
        ("☃", False),
        ("1", False),
    ],
)
def test_takes_what_has_no_letter_and_no_symbol_for_empty(text: str, *, is_empty: bool) -> None:
    for promises in ([], [DINA]):
        read = understand(text, open_commitments=promises, languages=("en",), on=ON)
        assert (read.unclear is Unclear.EMPTY) is is_empty


@pytest.mark.parametrize(
    ("text", "is_answer"),
    [
        ("done", True),
        ("not yet", True),
        ("yes", True),
        ("no", True),
        ("fine", True),
        ("all good", True),
        ("nothing", True),
        ("ask Lena", False),
        ("done ask Lena", False),
        ("no promise", False),
    ],
)
def test_takes_no_answer_alone_for_a_promise(text: str, *, is_answer: bool) -> None:
    read = reading()
    assert read._is_only_answer(text) is is_answer
    assert not read.is_same


def test_knows_that_what_comes_next_is_the_same() -> None:
    read = reading()
    assert read._is_only_answer("same as last time")
    assert read.is_same


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("I will ask Lena", ["I will ask Lena"]),
        ("“I will ask Lena ~”", ["I will ask Lena ~"]),
        ("~ I will ask Lena", ["~ I will ask Lena"]),
        ("We talked", []),
    ],
)
def test_takes_a_promise_without_what_it_is_quoted_with(text: str, promised: list[str]) -> None:
    read = reading()
    assert read._take_commitment(text) is bool(promised)
    assert [p.text for p in read.new] == promised


@pytest.mark.parametrize("languages", [("en",), ("en", "de"), ("de", "en")])
@pytest.mark.parametrize(
    ("text", "number", "left"),
    [("4", 4, ""), ("number 4", 4, ""), ("It was a 4.", None, "It was a 4."), ("4 done", None, "4 done")],
)
def test_takes_a_number_once_where_one_was_asked_for(
    text: str, number: int | None, left: str, languages: tuple[str, ...]
) -> None:
    read = reading(OUTCOMES, also=NUMBER, languages=languages)
    assert (read._take_number(text), read.number) == (left, number)
    assert read._take_number("5") == ("5" if number else "")
    assert reading(OUTCOMES, languages=languages)._take_number(text) == text


@pytest.mark.parametrize(
    ("text", "is_greeting"),
    [
        ("Hi", True),
        ("Hi Anna", True),
        ("Hi Anna Berg", True),
        ("Hi Anna Maria Berg", False),
        ("Hi Anna done", False),
        ("Anna", False),
    ],
)
def test_knows_a_greeting(text: str, *, is_greeting: bool) -> None:
    assert reading().is_greeting(text) is is_greeting


@pytest.mark.parametrize("languages", [("en", "de"), ("de", "en")])
@pytest.mark.parametrize(
    ("text", "wishes"), [("pause me", True), ("bitte pausiert mich", True), ("I call Tom", False)]
)
def test_hears_a_wish_in_either_language(text: str, languages: tuple[str, ...], *, wishes: bool) -> None:
    assert reading(languages=languages).wishes(text) is wishes
    assert reading(languages=languages).asks(text) is wishes


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("I finished it, please pause me", "I finished it"),
        ("I finished it, can you pause me?", ""),
        ("I finished it, can you pause me?) ", ""),
        ("Done, please pause me until May.", "Done"),
        ("Please pause me until May.", ""),
    ],
)
def test_leaves_beside_a_wish_what_became_of_the_promise(text: str, beside: str) -> None:
    assert reading(OUTCOMES).beside(text) == beside


@pytest.mark.parametrize(
    ("left", "text", "is_new"),
    [
        ("Done.", "I will call Tom.", True),
        ("Done.", "I will also do it", True),
        ("Done.", "I will do it again.", False),
        ("Done.", "I will do it tomorrow with Tom in Berlin.", False),
        ("Done.", "I will finish it at the fair", False),
        ("Not yet.", "I will call Tom.", False),
        ("", "I will call Tom.", False),
    ],
)
def test_takes_what_the_writer_does_next_for_a_new_promise(left: str, text: str, *, is_new: bool) -> None:
    assert reading(OUTCOMES, left=left)._take_new(text) is is_new


def test_says_as_what_a_sentence_was_taken() -> None:
    read = reading()
    read.requests = [wish(Wish.PAUSE, "pause me please"), wish(Wish.NEVER_WITH, "never with Bo")]
    read.away = [wish(Wish.PAUSE, "I am away in May"), wish(Wish.PAUSE, "I am off in June")]
    said = {
        "pause me": Said.REQUEST,
        "never with Bo": Said.NEVER_WITH,
        "I am away": Said.QUESTION,
        "I am off": Said.QUESTION,
        "I talked": Said.REST,
    }
    assert {text: read.said_as(text) for text in said} == said
    assert reading().said_as("I talked") is Said.REST


MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("requests", "away", "left"),
    [
        ([wish(Wish.PAUSE), wish(Wish.STOP)], [MAY], [(Wish.STOP, None), (Wish.PAUSE, MAY)]),
        ([wish(Wish.PAUSE)], [MAY, MAY], [(Wish.PAUSE, MAY)]),
        ([wish(Wish.PAUSE)], [MAY, ON], [(Wish.PAUSE, None)]),
        ([wish(Wish.PAUSE)], [], [(Wish.PAUSE, None)]),
        ([wish(Wish.PAUSE, until=MAY)], [MAY], [(Wish.PAUSE, MAY)]),
        ([wish(Wish.STOP)], [MAY], [(Wish.STOP, None)]),
    ],
)
def test_gives_a_pause_the_days_of_another_sentence(
    requests: list[Requested], away: list[date], left: list[tuple[Wish, date | None]]
) -> None:
    read = reading()
    read.requests, read.away = requests, [wish(Wish.PAUSE, until=day) for day in away]
    assert [(r.kind, r.until) for r in pauses_with_days(read.requests, read.away)] == left
