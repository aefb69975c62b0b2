"""What is done about a meeting that somebody declines so late that it is near, has begun, or is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from test_meeting_decision import (
    ADA,
    ASKED,
    BEN,
    CY,
    DECLINED,
    HELD,
    THREE,
    TRIED_ONCE,
    WEDNESDAY,
    Seen,
    asked,
    booked,
    event,
    pairing,
    words,
)

from peerpact.programme.meetings.event import EventSeen, Guest

THURSDAY = WEDNESDAY + timedelta(days=1)
BY_THEMSELVES = EventSeen(
    id="theirs",
    is_ours=False,
    organiser=ADA.email,
    start=THURSDAY,
    end=THURSDAY + timedelta(hours=1),
    guests=(Guest(email=BEN.email, answer="needsAction"),),
)

SITUATIONS = {
    "moves it less than a day before, too, so that nobody waits alone": (
        Seen(events=(DECLINED,), now=WEDNESDAY - timedelta(hours=24) + timedelta(seconds=1)),
        ["move ab to 08 Jan 09:00, moves left: 0"],
    ),
    "moves it even once it has begun": (
        Seen(events=(DECLINED,), now=WEDNESDAY + timedelta(minutes=20)),
        ["move ab to 09 Jan 09:00, moves left: 0"],
    ),
    "moves no second time shortly before": (
        Seen(pairings=(booked(noted=TRIED_ONCE),), events=(DECLINED,), now=WEDNESDAY - timedelta(hours=2)),
        ["note ab asked to pick 07 Jan 09:00: Ada: declined; Ben: no answer", *ASKED],
    ),
    "leaves a meeting shortly before to two of three who still come": (
        Seen(
            pairings=(booked("abc", ADA, BEN, CY),),
            events=(event(pairing("abc", ADA, BEN, CY), WEDNESDAY, "declined", "accepted"),),
            now=WEDNESDAY - timedelta(hours=2),
            letters=asked(pairing("abc", ADA, BEN, CY)),
        ),
        [f"note abc asked to pick 07 Jan 09:00: {THREE}"],
    ),
    "has the next meeting soon after one that was declined too late to move it": (
        Seen(events=(DECLINED,), now=HELD),
        ["book ab meeting 2 after 2026-01-07 09:00 declined, 09 Jan 09:00"],
    ),
    "goes on at their rhythm where they have met by themselves after one that was declined too late": (
        Seen(events=(DECLINED,), theirs=(BY_THEMSELVES,), now=THURSDAY + timedelta(hours=2)),
        ["book ab meeting 2 after 2026-01-07 09:00 declined, 05 Feb 09:00"],
    ),
    "goes on at their rhythm after one that was moved and declined again": (
        Seen(pairings=(booked(noted=TRIED_ONCE),), events=(DECLINED,), now=HELD),
        ["book ab meeting 2 after 2026-01-07 09:00 declined, 04 Feb 09:00"],
    ),
    "goes on at their rhythm after one for which they were to pick a time": (
        Seen(pairings=(booked(state="asked to pick"),), events=(DECLINED,), now=HELD),
        ["book ab meeting 2 after 2026-01-07 09:00 declined, 04 Feb 09:00"],
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_decides_by_the_situation(name: str) -> None:
    seen, expected = SITUATIONS[name]
    assert words(seen.plan()) == expected
