"""Which first meeting came so soon that its introduction was the letter around it: each limit alone."""

from __future__ import annotations

from datetime import datetime

import pytest

from by_value import at, pairing
from peerpact.programme.follow_ups.introduced import _took_place_soon


@pytest.mark.parametrize(
    ("start", "state", "began", "is_soon"),
    [
        ("2026-01-11T08:00", "held", "2026-01-04", True),
        ("2026-01-11T08:00", "accepted", "2026-01-04", True),
        ("2026-01-11T08:01", "held", "2026-01-04", False),
        ("2026-01-11T08:00", "declined", "2026-01-04", False),
        ("", "held", "2026-01-04", False),
        ("", "", "2026-01-04", False),
        ("2026-01-11T08:00", "held", "", False),
    ],
)
def test_came_within_a_week_of_the_approval(start: str, state: str, began: str, *, is_soon: bool) -> None:
    def moment(said: str) -> datetime | None:
        return at(said) if said else None

    pair = pairing("ab", meeting_start=moment(start), meeting_state=state, approved_on=moment(began))
    assert _took_place_soon(pair) is is_soon
