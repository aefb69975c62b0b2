"""What rows of Letters say, and what a mail in Sent tells of itself where its row is lost. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from by_value import address, at
from peerpact.programme.correspondence import (
    MOST_BEGUN_A_DAY,
    LetterRecord,
    LetterState,
    begun_answers,
    found_again,
    is_of_today,
    planned,
    says_of_itself,
    sent_since,
)
from peerpact.programme.keys import reference

PAIRING = "r1-7kq9m2aa"
KEY = f"follow-up:{PAIRING}:{address('a')}:2"
DAY = at("2026-02-01")


def test_leaves_a_share_of_what_gmail_sends_in_a_day_to_answers() -> None:
    assert MOST_BEGUN_A_DAY == 1200


@pytest.mark.parametrize(
    ("key", "is_whole"),
    [(KEY, True), ("follow-up:x", True), ("follow-up:", False), ("follow-up", False), (":x", False),
     ("followup:x", False), ("", False), ("example:1:turn", True)],
)  # fmt: skip
def test_knows_a_key_that_somebody_typed_over(key: str, is_whole: bool) -> None:
    assert LetterRecord(key=key, kind="follow-up", person=address("a")).is_whole is is_whole


def test_sends_answers_that_were_begun_and_would_not_be_written_now() -> None:
    def answer(kind: str, name: str, state: LetterState) -> LetterRecord:
        return replace(planned(kind, f"{kind}:{name}", address("a"), at=DAY), state=state)

    letters = [
        answer("acknowledgement", "1", LetterState.DRAFTED),
        answer("acknowledgement", "2", LetterState.SENT),
        answer("status", "3", LetterState.DRAFTED),
        answer("follow-up", "4", LetterState.DRAFTED),
        answer("acknowledgement", "5", LetterState.PLANNED),
        answer("acknowledgement", "", LetterState.DRAFTED),  # its key was typed over
    ]
    assert begun_answers(letters, but_for=["status:3"]) == letters[:1]
    assert begun_answers(letters, but_for=[]) == [letters[0], letters[2]]


def again(
    key: str = KEY, person: str = address("a"), named: str = "", about: tuple[str, ...] = ()
) -> LetterRecord:
    found = found_again(
        key, person, named=named, about=about, sent=DAY, message_id="m", thread_id="t", rfc_message_id="r"
    )
    assert found is not None
    return found


@pytest.mark.parametrize("asks_number", [True, False])
def test_has_the_row_again_that_a_mail_tells_of(asks_number: bool) -> None:
    row = planned(
        "follow-up", KEY, address("a"), at=DAY, pairing=PAIRING, about=("c1",), asks_number=asks_number
    )
    assert row.number == (0 if asks_number else None)
    assert says_of_itself(row) == (("c1", "1-5") if asks_number else ("c1",))
    sent = replace(row, state=LetterState.SENT, sent=DAY, message_id="m", thread_id="t", rfc_message_id="r")
    assert again(named=row.reference, about=says_of_itself(row)) == sent


def test_tells_of_its_pairing_where_its_key_names_none() -> None:
    row = planned("ask-again", "acknowledgement:m0", address("a"), at=DAY, pairing=PAIRING, about=("c1",))
    found = again(row.key, named=row.reference, about=says_of_itself(row))
    assert (found.kind, found.pairing, found.about) == ("ask-again", PAIRING, ("c1",))
    assert says_of_itself(replace(row, pairing="")) == ("c1",)


def test_takes_the_kind_from_its_reference_as_far_as_that_is_one() -> None:
    """A reminder of a request goes under the request's key."""
    assert again(named="RE-7KQ9-M2AA").kind == "reminder"
    assert (again(named="XX-7KQ9-M2AA").kind, again(named="XX-7KQ9-M2AA").reference) == (
        "follow-up",
        "XX-7KQ9-M2AA",
    )
    assert again().reference == reference("FU", KEY)


@pytest.mark.parametrize(
    ("key", "pairing"),
    [(KEY, PAIRING), ("digest:2026-W03:a@example.com", ""), ("welcome:r1:a@example.com", "")],
)
def test_is_of_the_pairing_that_its_key_names(key: str, pairing: str) -> None:
    assert again(key).pairing == pairing


@pytest.mark.parametrize(
    ("key", "person"), [("note:x:y", address("a")), (KEY, ""), ("", ""), ("follow", address("a"))]
)
def test_is_none_of_ours(key: str, person: str) -> None:
    assert (
        found_again(key, person, named="", sent=DAY, message_id="m", thread_id="t", rfc_message_id="r")
        is None
    )


def test_counts_what_has_left_after_a_moment() -> None:
    def letter(sent: datetime | None) -> LetterRecord:
        return LetterRecord(key=f"{sent}", kind="turn", person=address("a"), sent=sent)

    known = {x.key: x for x in map(letter, [None, at("2026-02-01T07:59"), DAY, at("2026-02-01T08:01")])}
    assert sent_since(known, DAY) == 1


@pytest.mark.parametrize(
    ("state", "sent", "is_today"),
    [
        (LetterState.PLANNED, None, True),
        (LetterState.DRAFTED, None, True),
        (LetterState.NEEDS_REVIEW, None, False),
        (LetterState.SENT, at("2026-01-31T08:00"), False),
        (LetterState.SENT, at("2026-01-31T08:01"), True),
    ],
)
def test_knows_what_is_under_way_or_counts_for_the_day(
    state: LetterState, sent: datetime | None, *, is_today: bool
) -> None:
    letter = LetterRecord(key=KEY, kind="follow-up", person=address("a"), state=state, sent=sent)
    assert is_of_today(letter, DAY) == is_today
