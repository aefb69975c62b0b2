"""What is said of meetings, which ids they get, and what a run leaves for the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from test_meeting_decision import (
    ADA,
    CY,
    DEE,
    FREE,
    HELD,
    MONDAY,
    NOT_READ,
    OTHERS,
    PEOPLE,
    SILENT,
    WEDNESDAY,
    Seen,
    booked,
    event,
    pairing,
    told,
    words,
)

from peerpact.programme.correspondence import LetterState, planned
from peerpact.programme.meetings.actions import (
    BookMeeting,
)
from peerpact.programme.meetings.booking import Booking, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import our_meetings
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.pairings import PairingState
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings


@pytest.mark.parametrize("secret", [b"", b"secret", b"former"])
def test_finds_what_a_dead_run_booked_under_a_secret_id_and_under_an_older_one(secret: bytes) -> None:
    key = meeting_id(pairing(), secret=secret)
    seen = MeetingsSeen(
        programme=ProgrammeSeen(now=MONDAY, people=PEOPLE, pairings=(pairing(),)),
        id_secret=b"secret",
        former_id_secret=b"former",
        letters={k: planned("introduction", k, ADA.email, at=MONDAY) for k in told(pairing())},
        events=our_meetings([event(None, WEDNESDAY, id=key, key=key)]),
    )
    assert words(decide(seen)) == [f"note ab invited 07 Jan 09:00: {SILENT}"]


def test_books_under_an_id_that_only_the_installation_knows() -> None:
    def booking(secret: bytes) -> str:
        programme = ProgrammeSeen(now=MONDAY, people=PEOPLE, pairings=(pairing(),))
        plan = decide(MeetingsSeen(programme=programme, id_secret=secret, busy=FREE))
        return next(a.key for a in plan.actions if isinstance(a, BookMeeting))

    assert len({booking(b"one"), booking(b"two"), meeting_id(pairing())}) == 3


def test_goes_on_with_letters_that_a_run_left_unfinished() -> None:
    begun = planned("pick-a-time", f"pick-a-time:ab:{ADA.email}", ADA.email, at=MONDAY, pairing="ab")
    row = replace(booked(), answers=SILENT)
    seen = MeetingsSeen(
        programme=ProgrammeSeen(now=MONDAY, people=PEOPLE, pairings=(row,)),
        letters={begun.key: begun} | {k: replace(begun, key=k, state=LetterState.SENT) for k in told(row)},
        events=our_meetings([event()]),
    )
    assert words(decide(seen)) == ["pick-a-time to Ada of ab"]


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Seen(pairings=(NOT_READ,)), ("Pairings", "ab", "For Peerpact")),
        (
            Seen(events=(event(None, WEDNESDAY, start=None, oddity="it has no start"),)),
            ("Pairings", "ab", "First meeting"),
        ),
        (Seen(settings=Settings(avoid="never")), ("Settings", "Hours to avoid", "Value")),
        (
            Seen(pairings=(pairing(),), busy=FREE | {ADA.email: ((MONDAY, MONDAY + timedelta(days=60)),)}),
            ("Pairings", "ab", "First meeting"),
        ),
        (
            Seen(pairings=(booked(state="asked to pick", noted=Booking()),)),
            ("Pairings", "ab", "First meeting"),
        ),
    ],
)
def test_says_what_an_admin_has_to_look_at(seen: Seen, said: tuple[str, str, str]) -> None:
    assert [(p.tab, p.row_key, p.column) for p in seen.plan().problems or ()] == [said]


def test_says_of_a_pairing_without_a_slot_as_long_as_they_may_still_meet() -> None:
    waiting = booked(state="asked to pick", noted=Booking())
    last = datetime(2026, 1, 21, tzinfo=UTC)
    asked = [
        bool(Seen(pairings=(waiting,), now=now).plan().problems)
        for now in (last - timedelta(seconds=1), last)
    ]
    assert asked == [True, False]


def test_counts_everybody_whom_it_would_write_to() -> None:
    seen = Seen(pairings=(pairing(), booked("cd", CY, DEE)), events=(event(OTHERS),), letters=())
    assert seen.plan().writes_to == set(PEOPLE)


@pytest.mark.parametrize(
    ("introduced", "told_goodbye"),
    [
        (("ab:ada", "ab:ben"), ["Ada", "Ben"]),
        (("ab:ada",), ["Ada"]),
        (("ab:ada", "ab:ben", "ac:ada"), ["Ben"]),  # Ada knows her new partner
        (("ac:ada",), []),
    ],
)
def test_says_goodbye_to_who_was_introduced_and_knows_no_new_partner(
    introduced: tuple[str, ...], told_goodbye: list[str]
) -> None:
    over = replace(pairing(), state=PairingState.ENDED)
    letters = tuple(f"introduction:{key}@example.com" for key in introduced)
    plan = Seen(pairings=(over, pairing("ac", ADA, CY)), letters=letters, now=HELD).plan()
    assert [w.split()[2] for w in words(plan) if w.startswith("partner-left")] == told_goodbye


def test_says_goodbye_of_a_pairing_that_has_met_to_who_knows_no_new_partner() -> None:
    """Cy is Ada's new partner, of whom she has heard; their meeting lies behind Ada and Ben."""
    over = replace(booked(), state=PairingState.ENDED)
    letters = tuple(f"introduction:{key}@example.com" for key in ("ab:ada", "ab:ben", "ac:ada"))
    plan = Seen(pairings=(over, pairing("ac", ADA, CY)), events=(event(),), letters=letters, now=HELD).plan()
    assert [w for w in words(plan) if w.startswith("partner-left")] == ["partner-left to Ben of ab"]
