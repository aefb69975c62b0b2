"""Settings that decide when something is due, each below and above its default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from peerpact.programme.announcements.due import due_round_letters
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.follow_ups.due import due_letters
from peerpact.programme.letter_hours import is_time_for_letters
from peerpact.programme.meetings.rules import rules_of
from peerpact.programme.memory import Memo, says_no
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

ADA, KIM = (Person(email=f"{n}@example.com", name=n, time_zone="Europe/Berlin") for n in ("ada", "kim"))
PEOPLE = {p.email: p for p in (ADA, KIM)}
OPENS = date(2026, 1, 5)
SETTINGS = Settings(first_round=OPENS)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(("days", "first"), [(3, 19), (7, 22), (12, 27)])
def test_reminds_after_as_many_days_as_settings_say(days: int, first: int) -> None:
    slow = Pairing(
        id="r1-x",
        round=1,
        people=(ADA.email, KIM.email),
        state=PairingState.APPROVED,
        approved_on=at(8),
        meetings="2026-01-14 09:00 held",
        meeting_start=datetime(2026, 3, 20, 9, tzinfo=UTC),
        meeting_state="accepted",
    )
    asked = [
        LetterRecord(
            key=f"commitment-request:r1-x:{p}",
            kind="commitment-request",
            person=p,
            pairing="r1-x",
            reference="X",
            state=LetterState.SENT,
            sent=at(15, 8),
        )
        for p in PEOPLE
    ]
    settings = replace(SETTINGS, reminder_days=days)
    reminded = [
        day
        for day in range(16, 30)
        if due_letters([slow], PEOPLE, {a.key: a for a in asked}, requests=(), settings=settings, now=at(day))
    ]
    assert reminded[:1] == [first]


@pytest.mark.parametrize(
    ("days", "first"), [(2, date(2026, 2, 26)), (5, date(2026, 2, 23)), (8, date(2026, 2, 18))]
)
def test_announces_as_many_working_days_before_as_settings_say(days: int, first: date) -> None:
    settings = Settings(first_round=date(2026, 3, 2), announcement_days=days)
    told = [
        day
        for day in (date(2026, 2, n) for n in range(2, 28))
        if due_round_letters(
            ProgrammeSeen(now=datetime(2026, 2, day.day, 10, tzinfo=UTC), settings=settings, people=PEOPLE),
            (),
        )
    ]
    assert told[0] == first


@pytest.mark.parametrize("hour", [6, 8, 9, 13])
def test_sends_no_letter_before_the_hour_of_settings(hour: int) -> None:
    settings = replace(SETTINGS, letter_hour=hour)
    open_ = [h for h in range(24) if is_time_for_letters(ADA, settings, at(14, 0).replace(hour=h))]
    assert open_ == [h - 1 for h in range(hour, 18)]  # Berlin is an hour ahead of UTC in January


@pytest.mark.parametrize(("minutes", "buffer"), [(30, 0), (45, 10), (90, 25)])
def test_looks_for_meetings_as_long_and_as_far_apart_as_settings_say(minutes: int, buffer: int) -> None:
    rules = rules_of(replace(SETTINGS, meeting_minutes=minutes, buffer_minutes=buffer))
    assert (rules.length, rules.buffer) == (minutes, buffer)


@pytest.mark.parametrize(("days", "first"), [(1, 11), (3, 13), (14, 24)])
def test_lets_a_no_stand_for_as_many_days_of_grace_as_settings_say(days: int, first: int) -> None:
    no = replace(ADA, taking_part=TakingPart.NO)
    memory = {says_no(ADA.email): Memo(key=says_no(ADA.email), since=date(2026, 1, 10))}
    gone = [
        day
        for day in range(10, 31)
        if ProgrammeSeen(
            now=at(day), settings=replace(SETTINGS, grace_days=days), people={ADA.email: no}, memory=memory
        ).has_left(ADA.email)
    ]
    assert gone[0] == first
