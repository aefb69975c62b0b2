"""Who joined later, and what a pairing is for them: which letters and pairings count, and from which minute on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from test_joined import BEGAN, THREE, introduced

from by_value import address, at, pairing
from peerpact.programme.correspondence import LetterState
from peerpact.programme.follow_ups.joined import _is_later, joined_later, joining, since
from peerpact.programme.meetings.rhythm import DAYS_TO_PICK
from peerpact.programme.pairings import Pairing, PairingState

C = (THREE.id, address("c"))
OF_ABC = introduced(**BEGAN, c="2026-01-05")


def of_c(**more: Any) -> list[Any]:
    """Return the introductions of all three, in which c's is something else."""
    return [replace(x, **more) if x.person == address("c") else x for x in OF_ABC]


@pytest.mark.parametrize(
    ("letters", "is_joining"),
    [
        (OF_ABC, False),
        (of_c(kind="follow-up"), True),
        (of_c(sent=None), True),
        (of_c(state=LetterState.DRAFTED), False),
        (of_c(pairing="another"), True),
    ],
)
def test_counts_only_an_introduction_that_left(letters: list[Any], *, is_joining: bool) -> None:
    assert joining([THREE], letters) == (frozenset({address("c")}) if is_joining else frozenset())


@pytest.mark.parametrize(
    ("letters", "is_later"),
    [
        (OF_ABC, False),
        (of_c(kind="follow-up"), True),
        (of_c(sent=None), True),
        (of_c(state=LetterState.DRAFTED), True),
        (of_c(sent=at("2026-01-14")), True),
    ],
)
def test_tells_by_the_introduction_that_left_who_came_later(letters: list[Any], *, is_later: bool) -> None:
    assert (C in joined_later([THREE], letters)) is is_later


@pytest.mark.parametrize(
    "other", [replace(THREE, id=pairing("abc").id), replace(THREE, state=PairingState.PROPOSED)]
)
def test_counts_only_pairings_that_are_approved_and_have_changed(other: Pairing) -> None:
    assert joining([other], []) == frozenset()
    assert joined_later([other], []) == {}


MET = at("2026-01-13T10:00")
PICKS = replace(THREE, meetings="", meeting_start=None, meeting_state="asked to pick")


@pytest.mark.parametrize(
    ("row", "moment", "is_later"),
    [
        (THREE, MET, True),
        (THREE, MET - timedelta(minutes=1), False),
        (PICKS, at("2026-01-04") + DAYS_TO_PICK, True),
        (PICKS, at("2026-01-04") + DAYS_TO_PICK - timedelta(minutes=1), False),
        (replace(PICKS, approved_on=None), MET, False),
        (THREE, None, True),
    ],
)
def test_takes_for_later_who_came_when_the_first_meeting_began(
    row: Pairing, moment: Any, *, is_later: bool
) -> None:
    assert _is_later(row, moment) is is_later


NEXT = at("2026-02-10T10:00")


@pytest.mark.parametrize(
    ("moment", "meetings", "start"),
    [
        (MET - timedelta(minutes=1), THREE.meetings, NEXT),
        (MET, "", NEXT),
        (NEXT - timedelta(minutes=1), "", NEXT),
        (NEXT, "", None),
        (None, "", None),
    ],
)
def test_leaves_the_meetings_that_came_after_the_moment(moment: Any, meetings: str, start: Any) -> None:
    left = since(THREE, moment)
    assert (left.meetings, left.meeting_start) == (meetings, start)
    assert left.approved_on == max(filter(None, (THREE.approved_on, moment)))
