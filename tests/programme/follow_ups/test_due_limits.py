"""The first and the last day of each letter, by value: one step beyond there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.follow_ups.due import DueLetter, due_letters, is_quiet, may_be_quiet
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.settings import Settings

ADA = Person(email="ada@example.com", name="Ada", time_zone="Europe/Berlin")


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"2026-{day}").replace(hour=hour, tzinfo=UTC)


PAIR = Pairing(
    id="ak",
    round=1,
    people=(ADA.email, "kim@example.com"),
    state=PairingState.APPROVED,
    approved_on=at("01-08"),
    meeting_start=at("01-16"),
    meeting_state="held",
)


def with_next(day: str) -> Pairing:
    """Return the pair with its next meeting on a day, at two."""
    return replace(
        PAIR, meetings="2026-01-16 10:00 held", meeting_start=at(day, 14), meeting_state="accepted"
    )


def request(on: str) -> LetterRecord:
    record = planned(
        "commitment-request", f"commitment-request:ak:{ADA.email}", ADA.email, at=at(on), pairing="ak"
    )
    return replace(record, state=LetterState.SENT, sent=at(on))


def due(day: str, *letters: LetterRecord, pair: Pairing = PAIR, **more: Any) -> list[DueLetter]:
    known = {x.key: x for x in letters}
    settings = Settings(first_round=date(2026, 1, 5), round_months=12)
    return due_letters([pair], {ADA.email: ADA}, known, requests=(), settings=settings, now=at(day), **more)


def kinds(found: list[DueLetter]) -> list[str]:
    return [x.kind for x in found]


ANSWERED = replace(request("01-19"), answered=at("01-19", 12))


@pytest.mark.parametrize(
    ("day", "is_due"), [("02-06", False), ("02-09", True), ("02-10", True), ("02-11", True), ("02-12", True)]
)
def test_writes_from_two_working_days_before_a_meeting_and_else_after_it(day: str, is_due: bool) -> None:
    assert bool(due(day, ANSWERED, pair=with_next("02-11"))) is is_due
    before = replace(ANSWERED, sent=at("02-09"), key=f"follow-up:ak:{ADA.email}:1", kind="follow-up")
    assert due(day, ANSWERED, before, pair=with_next("02-11")) == []


@pytest.mark.parametrize(("day", "of"), [("02-10", "02-10"), ("02-20", "02-10"), ("02-23", "02-16")])
def test_writes_for_ten_days_after_a_meeting_and_then_monthly_again(day: str, of: str) -> None:
    """After one on Monday, 9 February; the first month is over on the 16th."""
    assert [x.due for x in due(day, ANSWERED, pair=with_next("02-09"))] == [date.fromisoformat(f"2026-{of}")]


@pytest.mark.parametrize(("day", "may_be"), [("01-30", False), ("01-31", True)])
def test_counts_as_quiet_by_the_day_on_which_the_second_letter_left(day: str, may_be: bool) -> None:
    sent = [replace(request(on), kind="follow-up") for on in ("01-05", "01-31")]
    by = date.fromisoformat(f"2026-{day}")
    assert (may_be_quiet(sent, by), is_quiet(sent, by)) == (may_be, may_be)


@pytest.mark.parametrize(("day", "reminds"), [("01-22", False), ("01-23", True), ("01-26", False)])
def test_reminds_nobody_whom_the_letter_before_a_meeting_reaches_within_five_weeks(
    day: str, reminds: bool
) -> None:
    """It comes on 2 March: 35 days after 26 January."""
    assert kinds(due(day, request("01-16"), pair=with_next("03-04"))) == ["reminder"] * reminds


@pytest.mark.parametrize(
    ("day", "reminds"), [("01-21", False), ("01-22", True), ("02-12", True), ("02-13", False)]
)
def test_reminds_for_three_weeks(day: str, reminds: bool) -> None:
    """Of a letter of 15 January, seven days later."""
    assert kinds(due(day, request("01-15"), pair=with_next("03-27"))) == ["reminder"] * reminds


@pytest.mark.parametrize(
    ("day", "is_due"), [("01-20", False), ("01-21", True), ("02-11", True), ("02-12", False)]
)
def test_asks_about_a_promise_for_three_weeks_from_the_day_after_its_own(day: str, is_due: bool) -> None:
    found = due(day, ANSWERED, pair=with_next("04-17"), unasked={ADA.email: date(2026, 1, 20)})
    assert [(x.kind, x.due, x.day) for x in found] == [
        ("follow-up", date(2026, 1, 21), date(2026, 1, 20))
    ] * is_due


@pytest.mark.parametrize(("meeting", "waits"), [("01-27", True), ("01-28", False)])
def test_lets_a_promise_wait_three_working_days_for_the_letter_before_a_meeting(
    meeting: str, waits: bool
) -> None:
    """Promised for Tuesday, 20 January; the letter before the meeting comes on Friday or on Monday."""
    found = due("01-21", ANSWERED, pair=with_next(meeting), unasked={ADA.email: date(2026, 1, 20)})
    assert bool(found) is not waits


@pytest.mark.parametrize(("sent", "is_due"), [("02-08", True), ("02-09", True), ("02-10", False)])
def test_writes_monthly_a_week_after_a_request_and_no_sooner(sent: str, is_due: bool) -> None:
    """The first month is over on Monday, 16 February."""
    answered = replace(ANSWERED, sent=at(sent), answered=at(sent, 12))
    assert kinds(due("02-16", answered)) == ["follow-up"] * is_due


@pytest.mark.parametrize(
    ("day", "is_due"), [("02-13", False), ("02-16", True), ("03-09", True), ("03-10", False)]
)
def test_writes_monthly_for_three_weeks_and_then_not_before_the_next_month(day: str, is_due: bool) -> None:
    assert kinds(due(day, ANSWERED)) == ["follow-up"] * is_due
