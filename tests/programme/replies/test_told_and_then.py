"""A wish or an absence and what follows from it in one sentence, and "not this time" where no round is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.announced import behind_label, behind_words
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.requests import Wish

ON = date(2026, 1, 12)
OPEN = ("Ask Priya about the handover", "Read the chapter on feedback")


def read(language: str, text: str, *, open_promises: int = 0, asked: Asked = Asked.COMMITMENT) -> Understood:
    asked = Asked.OUTCOMES if open_promises else asked
    return understand(text, open_commitments=OPEN[:open_promises], languages=(language,), on=ON, asked=asked)


@pytest.mark.parametrize(
    ("language", "text", "promise", "wishes", "offered"),
    [
        (
            "en",
            "I'm on leave from 2 to 20 February, so I will ask Priya for her slides before that.",
            "I will ask Priya for her slides before that.",
            [(Wish.PAUSE, date(2026, 2, 2), date(2026, 2, 20), 0)],
            [],
        ),
        (
            "en",
            "I'm on holiday until 1 March, so I will prepare the talk by 10 March",
            "I will prepare the talk by 10 March",
            [],
            [(Wish.PAUSE, None, date(2026, 3, 1), 0)],
        ),
        (
            "en",
            "Every two weeks suits us better, so I will bring one question to each meeting.",
            "I will bring one question to each meeting.",
            [(Wish.EVERY_WEEKS, None, None, 2)],
            [],
        ),
        (
            "de",
            "Ich bin bis 1. März im Urlaub, daher werde ich Tom vorher um Feedback bitten.",
            "daher werde ich Tom vorher um Feedback bitten.",
            [],
            [(Wish.PAUSE, None, date(2026, 3, 1), 0)],
        ),
        (
            "fr",
            "On préfère se voir toutes les deux semaines, donc je préparerai une question à chaque fois.",
            "je préparerai une question à chaque fois.",
            [(Wish.EVERY_WEEKS, None, None, 2)],
            [],
        ),
        (
            "es",
            "Estoy de vacaciones hasta el 1 de marzo, así que le pediré a Tom su opinión antes.",
            "le pediré a Tom su opinión antes.",
            [],
            [(Wish.PAUSE, None, date(2026, 3, 1), 0)],
        ),
    ],
)
def test_reads_the_promise_and_what_it_follows_from(
    language: str,
    text: str,
    promise: str,
    wishes: list[tuple[Wish, date | None, date | None, int]],
    offered: list[tuple[Wish, date | None, date | None, int]],
) -> None:
    understood = read(language, text)
    assert understood.unclear is None
    assert [p.text for p in understood.promises] == [promise]
    assert [(r.kind, r.since, r.until, r.weeks) for r in understood.requests] == wishes
    assert [(r.kind, r.since, r.until, r.weeks) for r in understood.perhaps] == offered


def test_takes_the_day_of_the_promise_and_not_that_of_the_leave() -> None:
    understood = read("en", "I'm on holiday until 1 March, so I will prepare the talk by 10 March")
    assert [p.due for p in understood.promises] == [date(2026, 3, 10)]


@pytest.mark.parametrize(
    "tail", ["so I won't do much", "so I will be slow to answer", "so will you ask Tom?"]
)
def test_takes_nothing_for_a_promise_that_only_follows_from_an_absence(tail: str) -> None:
    assert not read("en", f"I'm on holiday until 1 March, {tail}").promises


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not this time I'm afraid"),
        ("en", "Not this time"),
        ("de", "Diesmal leider nicht"),
        ("de", "Diesmal nicht"),
        ("fr", "Pas cette fois malheureusement"),
        ("es", "Esta vez no, lo siento"),
    ],
)
def test_sits_out_no_round_where_none_was_asked_about(language: str, text: str) -> None:
    one, two, new = (read(language, text, open_promises=number) for number in (1, 2, 0))
    assert [dict(u.outcomes) for u in (one, two, new)] == [{1: "not yet"}, {}, {}]
    assert not any(u.requests for u in (one, two, new))
    offered = read(language, text.split(" I'm", maxsplit=1)[0], asked=Asked.ANYTHING)
    assert [r.kind for r in offered.requests] == [Wish.SKIP]


def test_sits_out_a_round_where_that_is_said() -> None:
    for text in ("Skip this round please, not this time", "Not this round"):
        assert [r.kind for r in read("en", text, open_promises=1).requests] == [Wish.SKIP]


@pytest.mark.parametrize(
    "text",
    [
        "yes we met, 1 done. Please pause me until 3 March",
        "Yes, we met and 1 is done. Please pause me until 3 March.",
    ],
)
def test_reads_that_they_met_an_outcome_and_a_pause_beside_each_other(text: str) -> None:
    understood = read("en", text, open_promises=2)
    assert (understood.met, dict(understood.outcomes)) == (True, {1: "kept"})
    assert [(r.kind, r.until) for r in understood.requests] == [(Wish.PAUSE, date(2026, 3, 3))]


def test_reads_that_they_met_and_an_outcome_in_one_spanish_sentence() -> None:
    understood = read("es", "sí, nos vimos, 1 hecho", open_promises=2)
    assert (understood.met, dict(understood.outcomes), understood.unclear) == (True, {1: "kept"}, None)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Next: ask Tom", "ask Tom"),
        ("- Next - ask Tom", "ask Tom"),
        ("Next:", None),
        ("Next: ", None),
        ("ask Tom", None),
        ("Next week then: ask Tom", None),
    ],
)
def test_finds_what_a_label_announces(line: str, text: str | None) -> None:
    assert behind_label(line, "next", [answer_words("de"), answer_words("en")]) == text


def test_finds_what_words_announce() -> None:
    english = [answer_words("en")]
    assert behind_words("I meant ask Tom, please", "meant", english) == "ask Tom, please"
    assert behind_words("I meant", "meant", english) is None
    assert behind_words("Ask Tom", "meant", english) is None
