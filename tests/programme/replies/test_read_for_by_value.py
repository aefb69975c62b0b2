"""What a text is read as, by the letter that it answers: what is asked there, and a promise by an event's link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from test_reply_decision import ADA, ASKED, MONTHLY, NOW, ONE, PAIRING, Seen, letter, mail

from peerpact.programme.commitments import Outcome
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.replies import read_for as home
from peerpact.programme.replies.own import OF_ITSELF
from peerpact.programme.replies.promises import Promised
from peerpact.programme.replies.read_for import asked_about_in, read_by_event, read_for
from peerpact.programme.replies.resolved import Found
from peerpact.programme.replies.understood import Asked, Unclear, Understood

RECORD = ReplyRecord(message_id="m1", received=NOW, kind="answer")
SEEN = Seen(pairing=PAIRING).values
PROMISE = Understood(promises=(Promised(text="call Tom"),))
KEPT = Understood(outcomes={1: Outcome.KEPT}, found={1: Found(outcome=Outcome.KEPT)})


class Reader:
    """It stands where ``understand`` does, knows what some texts say, and keeps what it was asked.

    A text that begins with a number answers open commitments, and any other asks for a new one.
    """

    def __init__(self, texts: Mapping[str, Understood]) -> None:
        self.texts = texts
        self.given: dict[str, Any] = {}

    def __call__(self, text: str, **given: Any) -> Understood:
        self.given = given
        is_by_number = bool(given["open_commitments"])
        return self.texts.get(text, Understood()) if text[:1].isdigit() is is_by_number else Understood()


def _asked(monkeypatch: pytest.MonkeyPatch, of: LetterRecord, **more: bool) -> dict[str, Any]:
    reader = Reader({})
    monkeypatch.setattr(home, "understand", reader)
    read_for(of, RECORD, ADA, mail("x").reply, SEEN, **more)
    assert (reader.given["languages"], reader.given["on"]) == (("en",), NOW.date())
    return reader.given


@pytest.mark.parametrize(
    ("of", "asked", "open_commitments"),
    [
        (ASKED, Asked.COMMITMENT, []),
        (ONE, Asked.OUTCOMES, ["call Oskar"]),
        (MONTHLY, Asked.OUTCOMES, ["call Oskar", "read the report"]),
        (letter("follow-up", ADA, "gone", "a2"), Asked.OUTCOMES, ["read the report"]),
        (letter("follow-up", ADA, "gone"), Asked.COMMITMENT, []),
        (letter("turn"), Asked.COMMITMENT, []),
        (letter("introduction"), Asked.COMMITMENT, []),
        (letter("closing"), Asked.ANYTHING, []),
        (letter("closing", ADA, "a1"), Asked.OUTCOMES, ["call Oskar"]),
        (replace(ASKED, kind=OF_ITSELF), Asked.ANYTHING, []),
        (letter("announcement"), Asked.ANYTHING, []),
        (letter("welcome"), Asked.ANYTHING, []),
        (letter("left-over"), Asked.ANYTHING, []),
    ],
)
def test_reads_an_answer_as_what_its_letter_asked(
    monkeypatch: pytest.MonkeyPatch, of: LetterRecord, asked: Asked, open_commitments: list[str]
) -> None:
    given = _asked(monkeypatch, of)
    assert (given["asked"], given["open_commitments"]) == (asked, open_commitments)
    assert [c.text for c in asked_about_in(of, SEEN)] == open_commitments


@pytest.mark.parametrize(
    ("kind", "number", "also"),
    [
        ("follow-up", None, set()),
        ("follow-up", 0, {Asked.NUMBER}),
        ("follow-up", 4, {Asked.NUMBER}),
        ("turn", None, {Asked.NEXT_ROUND}),
        ("turn", 0, {Asked.NEXT_ROUND, Asked.NUMBER}),
    ],
)
def test_reads_a_number_and_what_comes_next_where_those_were_asked_too(
    monkeypatch: pytest.MonkeyPatch, kind: str, number: int | None, also: set[Asked]
) -> None:
    assert _asked(monkeypatch, replace(letter(kind), number=number))["also"] == also


@pytest.mark.parametrize("of", [ONE, letter("closing"), replace(letter("turn"), number=0)])
def test_reads_nothing_but_a_promise_where_an_event_asked_for_one(
    monkeypatch: pytest.MonkeyPatch, of: LetterRecord
) -> None:
    given = _asked(monkeypatch, of, is_promise=True)
    assert (given["asked"], given["open_commitments"], given["also"]) == (Asked.COMMITMENT, [], set())


BOTH = "call Tom\n1 done"


@pytest.mark.parametrize(
    ("text", "says", "read"),
    [
        pytest.param("call Tom", {"call Tom": PROMISE}, PROMISE, id="a promise alone"),
        pytest.param("1 done", {"1 done": KEPT}, KEPT, id="answers alone"),
        pytest.param(
            BOTH,
            {"1 done": KEPT, "call Tom": PROMISE},
            replace(PROMISE, outcomes=KEPT.outcomes, found=KEPT.found),
            id="both",
        ),
        pytest.param(
            BOTH, {"1 done": Understood(), "call Tom": PROMISE, BOTH: PROMISE}, PROMISE, id="no answer by number"
        ),
        pytest.param(
            BOTH,
            {"1 done": replace(KEPT, unclear=Unclear.UNKNOWN), "call Tom": PROMISE, BOTH: PROMISE},
            PROMISE,
            id="an unclear one",
        ),
        pytest.param(
            BOTH,
            {"1 done": replace(KEPT, promises=PROMISE.promises), "call Tom": PROMISE, BOTH: PROMISE},
            PROMISE,
            id="one that promises",
        ),
        pytest.param(
            BOTH,
            {"1 done": KEPT, "call Tom": PROMISE, BOTH: Understood(care=True)},
            Understood(care=True),
            id="somebody in distress",
        ),
        pytest.param(
            BOTH,
            {"1 done": KEPT, "call Tom": PROMISE, BOTH: Understood(unclear=Unclear.BEYOND)},
            Understood(unclear=Unclear.BEYOND),
            id="what is beyond us",
        ),
    ],
)  # fmt: skip
def test_reads_what_answers_by_number_apart_from_the_promise_that_an_event_asked_for(
    monkeypatch: pytest.MonkeyPatch, text: str, says: dict[str, Understood], read: Understood
) -> None:
    monkeypatch.setattr(home, "understand", Reader(says))
    assert read_by_event(ONE, RECORD, ADA, mail(text).reply, SEEN) == read


def test_reads_numbers_as_part_of_the_promise_where_nothing_was_asked_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(home, "understand", Reader({BOTH: PROMISE, "1 done": KEPT, "call Tom": KEPT}))
    assert read_by_event(ASKED, RECORD, ADA, mail(BOTH).reply, SEEN) == PROMISE
