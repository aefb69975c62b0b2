"""Which letters are due, from plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.follow_ups.due import DueLetter, Kind, due_letters, is_quiet
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings

ADA = Person(email="ada@example.com", name="Ada", time_zone="Europe/Berlin")
KIM = Person(email="kim@example.com", name="Kim", time_zone="Australia/Sydney")
PEOPLE = {p.email: p for p in (ADA, KIM)}
MET = datetime(2026, 1, 14, 9, 0, tzinfo=UTC)
PAIRING = Pairing(
    id="r1-x",
    round=1,
    people=(ADA.email, KIM.email),
    state=PairingState.APPROVED,
    approved_on=datetime(2026, 1, 8, 6, tzinfo=UTC),
    meeting_start=MET,
    meeting_state="accepted",
)
SETTINGS = Settings(first_round=date(2026, 1, 5))


def due(
    now: datetime, *letters: LetterRecord, pairing: Pairing = PAIRING, requests: tuple[Request, ...] = ()
) -> list[DueLetter]:
    known = {letter.key: letter for letter in letters}
    return due_letters([pairing], PEOPLE, known, requests=requests, settings=SETTINGS, now=now)


def sent(kind: str, at: datetime, number: str = "", *, answered: datetime | None = None) -> LetterRecord:
    key = f"{kind}:r1-x:{ADA.email}{number}"
    return LetterRecord(
        key=key,
        kind=kind,
        person=ADA.email,
        pairing="r1-x",
        reference="X",
        state=LetterState.SENT,
        sent=at,
        answered=answered,
    )


def at(day: int, hour: int = 9, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def keys(letters: list[DueLetter]) -> list[str]:
    return [letter.key for letter in letters]


def test_asks_for_a_commitment_on_the_morning_after_the_meeting() -> None:
    assert keys(due(at(14))) == []
    assert keys(due(at(15, 6))) == [f"commitment-request:r1-x:{KIM.email}"]
    assert keys(due(at(15, 8))) == [f"commitment-request:r1-x:{ADA.email}"]


def test_waits_over_the_weekend() -> None:
    friday = replace(PAIRING, meeting_start=at(16))
    assert keys(due(at(17), pairing=friday)) == []
    assert keys(due(at(19, 8), pairing=friday)) == [f"commitment-request:r1-x:{ADA.email}"]


def test_asks_nobody_twice() -> None:
    assert keys(due(at(15, 8), sent("commitment-request", at(15, 8)))) == []


def test_follows_up_a_month_after_the_meeting_and_every_month() -> None:
    asked = sent("commitment-request", at(15, 8), answered=at(15, 9))
    first = due(at(16, 8, month=2), asked)
    assert [(d.key, d.due) for d in first] == [(f"follow-up:r1-x:{ADA.email}:1", date(2026, 2, 14))]
    second = due(
        at(16, 8, month=3), asked, sent("follow-up", at(16, 8, month=2), ":1", answered=at(17, month=2))
    )
    assert keys(second) == [f"follow-up:r1-x:{ADA.email}:2"]


def test_reminds_once_when_a_letter_was_left_unanswered() -> None:
    asked = sent("commitment-request", at(15, 8))
    slow = replace(PAIRING, meetings="2026-01-14 09:00 held", meeting_start=at(20, month=3))
    assert keys(due(at(21, 8), asked, pairing=slow)) == []
    reminder = due(at(22, 8), asked, pairing=slow)
    assert keys(reminder) == [f"reminder:{asked.key}"]
    reminded = replace(asked, key=reminder[0].key, kind="reminder", sent=at(22, 8))
    assert keys(due(at(29, 8), asked, reminded, pairing=slow)) == []


def test_reminds_nobody_whom_the_monthly_letter_reaches() -> None:
    assert keys(due(at(22, 8), sent("commitment-request", at(15, 8)))) == []


def test_reminds_nobody_who_answered() -> None:
    assert keys(due(at(22, 8), sent("commitment-request", at(15, 8), answered=at(16)))) == []


def test_writes_shorter_and_rarer_after_two_follow_ups_in_a_row_without_answer() -> None:
    asked = sent("commitment-request", at(15, 8))
    first = sent("follow-up", at(16, 8, month=2), ":1")
    second = due(at(16, 8, month=3), asked, first)
    assert [(d.kind, d.is_short) for d in second] == [(Kind.FOLLOW_UP, False)]
    quiet = [asked, first, sent("follow-up", at(16, 8, month=3), ":2")]
    assert keys(due(at(23, 8, month=3), *quiet)) == []
    assert keys(due(at(14, 8, month=4), *quiet)) == []
    fourth = due(at(14, 8, month=5), *quiet)
    assert [(d.key, d.is_short) for d in fourth] == [(f"follow-up:r1-x:{ADA.email}:4", True)]


def test_writes_as_before_once_somebody_answers_again() -> None:
    answered = [
        sent("follow-up", at(16, 8, month=2), ":1"),
        sent("follow-up", at(16, 8, month=3), ":2", answered=at(20, month=4)),
    ]
    third = due(at(20, 8, month=4), *answered)
    assert [(d.key, d.is_short) for d in third] == [(f"follow-up:r1-x:{ADA.email}:3", False)]


def test_writes_to_nobody_who_pauses() -> None:
    paused = {ADA.email: replace(ADA, taking_part=TakingPart.PAUSED), KIM.email: KIM}
    assert due_letters([PAIRING], paused, {}, requests=(), settings=SETTINGS, now=at(15, 8)) == []


def test_leaves_a_pair_alone_that_says_it_has_not_met() -> None:
    request = Request(id="q", person=KIM.email, kind=Wish.NOT_MET, asked_on=date(2026, 1, 15))
    assert due(at(15, 8), requests=(request,)) == []


def test_takes_a_pair_that_picks_its_own_time_to_have_met_after_two_weeks() -> None:
    own = replace(PAIRING, meeting_start=None, meeting_state="asked to pick")
    assert keys(due(at(22, 8), pairing=own)) == []
    assert keys(due(at(23, 8), pairing=own)) == [f"commitment-request:r1-x:{ADA.email}"]


def test_asks_nobody_who_is_not_introduced_yet() -> None:
    """Nothing is booked, and nobody asked to pick: somebody new waits for the word before."""
    waits = replace(PAIRING, meeting_start=None, meeting_state="")
    assert keys(due(at(23, 8), pairing=waits)) == []


def test_passes_over_a_letter_that_could_not_leave_for_weeks() -> None:
    late = MET + timedelta(days=26)
    assert keys(due(late)) == []


def test_asks_about_no_meeting_that_was_cancelled() -> None:
    assert due(at(15, 8), pairing=replace(PAIRING, meeting_state="cancelled")) == []


def away(first: date, last: date) -> dict[str, Person]:
    leave = DaysOff(leave=(Absence(first=first, last=last),))
    return {**PEOPLE, ADA.email: replace(ADA, days_off=leave)}


def test_writes_after_leave_what_was_due_in_it_however_long_it_was() -> None:
    people = away(date(2026, 2, 10), date(2026, 4, 3))
    known = {x.key: x for x in (sent("commitment-request", at(15, 8), answered=at(15, 9)),)}

    def due_on(day: int, month: int) -> list[str]:
        found = due_letters(
            [PAIRING], people, known, requests=(), settings=SETTINGS, now=at(day, month=month)
        )
        return [d.key for d in found if d.person == ADA.email]

    assert [due_on(16, 2), due_on(16, 3), due_on(3, 4)] == [[], [], []]
    assert due_on(6, 4) == [f"follow-up:r1-x:{ADA.email}:2"]


def test_calls_nobody_quiet_for_letters_that_leave_kept_unanswered() -> None:
    letters = [sent("follow-up", at(16, month=m), f":{m - 1}") for m in (2, 3)]
    off = away(date(2026, 3, 19), date(2026, 3, 27))[ADA.email].days_off
    assert is_quiet(letters)
    assert not is_quiet(letters, off=off)
    assert not is_quiet(letters, date(2026, 4, 1), off=off)
