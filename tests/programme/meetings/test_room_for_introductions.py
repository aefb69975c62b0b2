"""Calendar invites at once, and letters wait for the day's room: nobody is invited before they can be introduced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.meetings.actions import BookMeeting, SendLetter
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.seen import ProgrammeSeen

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
PEOPLE = {e: Person(email=e, name=e) for e in (f"person{n}@example.com" for n in range(8))}
PAIRS = [tuple(PEOPLE)[n : n + 2] for n in range(0, 8, 2)]
ROWS = tuple(
    Pairing(id=f"r1-{n}", round=1, people=pair, state=PairingState.APPROVED, approved_on=MONDAY)
    for n, pair in enumerate(PAIRS)
)


def plan_of(
    room: int | None, rows: tuple[Pairing, ...] = ROWS, letters: tuple[LetterRecord, ...] = ()
) -> Plan:
    programme = ProgrammeSeen(now=MONDAY, people=PEOPLE, pairings=rows)
    known = {letter.key: letter for letter in letters}
    return decide(MeetingsSeen(programme=programme, busy=dict.fromkeys(PEOPLE, ()), room=room, letters=known))


def booked(plan: Plan) -> list[str]:
    return [a.pairing.id for a in plan.actions if isinstance(a, BookMeeting)]


def introduced(plan: Plan) -> set[str]:
    return {a.pairing.id for a in plan.actions if isinstance(a, SendLetter)}


@pytest.mark.parametrize(("room", "many"), [(None, 4), (8, 4), (7, 3), (4, 2), (1, 0), (0, 0)])
def test_invites_as_many_as_can_be_introduced_today(room: int | None, many: int) -> None:
    plan = plan_of(room)
    assert booked(plan) == [row.id for row in ROWS[:many]]
    assert introduced(plan) == set(booked(plan))


@pytest.mark.parametrize(
    ("state", "many"), [(None, 1), (LetterState.PLANNED, 1), (LetterState.DRAFTED, 1), (LetterState.SENT, 2)]
)
def test_leaves_room_for_those_who_are_invited_already(state: LetterState | None, many: int) -> None:
    rows = (replace(ROWS[0], meeting_state="invited", meeting_start=MONDAY), *ROWS[1:])
    letters = tuple(
        replace(planned("introduction", f"introduction:r1-0:{e}", e, at=MONDAY, pairing="r1-0"), state=state)
        for e in (PAIRS[0] if state else ())
    )
    new = [key for key in booked(plan_of(4, rows, letters)) if key != "r1-0"]
    assert new == [row.id for row in ROWS[1 : 1 + many]]
