"""Rounds by the calendar, and pairings' names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.pairings import (
    ROUND_IS_OVER,
    Pairing,
    PairingState,
    Round,
    add_months,
    is_late,
    pairing_id,
    review_is_over,
    round_of,
    round_on,
    standing_in,
)
from peerpact.programme.settings import Settings

FIRST = date(2026, 1, 31)
SETTINGS = Settings(first_round=FIRST, round_months=1)


def test_has_no_round_before_the_first_or_without_one() -> None:
    assert round_on(FIRST - timedelta(days=1), SETTINGS) is None
    assert round_on(FIRST, Settings()) is None


def test_opens_rounds_on_the_same_day_of_the_month_or_the_last() -> None:
    assert round_on(date(2026, 2, 27), SETTINGS) == Round(number=1, opens=FIRST, ends=date(2026, 2, 28))
    assert round_on(date(2026, 2, 28), SETTINGS) == Round(
        number=2, opens=date(2026, 2, 28), ends=date(2026, 3, 31)
    )


@given(st.dates(date(2026, 1, 31), date(2040, 1, 1)), st.integers(1, 12))
def test_puts_every_day_into_exactly_one_round(day: date, months: int) -> None:
    found = round_on(day, Settings(first_round=FIRST, round_months=months))
    assert found is not None
    assert found.opens <= day < found.ends


def test_adds_months_up_to_the_last_day() -> None:
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_names_the_same_people_in_a_round_the_same_way() -> None:
    assert pairing_id(2, ("b@x.co", "a@x.co")) == pairing_id(2, ("a@x.co", "b@x.co"))
    assert pairing_id(3, ("a@x.co", "b@x.co")) != pairing_id(2, ("a@x.co", "b@x.co"))


def test_ends_the_review_after_the_days_in_settings() -> None:
    pairing = Pairing(id="p", round=1, people=("a@x.co", "b@x.co"), proposed_on=FIRST)
    assert not review_is_over(pairing, FIRST + timedelta(days=2), SETTINGS)
    assert review_is_over(pairing, FIRST + timedelta(days=3), SETTINGS)


@pytest.mark.parametrize(
    ("id_", "people", "has_changed"),
    [
        (pairing_id(2, ("a@x.co", "b@x.co")), ("a@x.co", "b@x.co"), False),
        (pairing_id(2, ("a@x.co", "b@x.co")), ("a@x.co", "c@x.co"), True),
        ("ours", ("a@x.co", "c@x.co"), False),
    ],
)
def test_has_changed_by_the_people_of_whom_its_id_was_made(
    id_: str, people: tuple[str, ...], *, has_changed: bool
) -> None:
    assert Pairing(id=id_, round=2, people=people).has_changed is has_changed


@pytest.mark.parametrize(("day", "late"), [(date(2026, 3, 19), False), (date(2026, 3, 20), True)])
def test_is_late_once_two_would_hardly_meet_after_the_review(day: date, *, late: bool) -> None:
    its = Round(number=1, opens=date(2026, 1, 5), ends=date(2026, 4, 5))
    assert is_late(its, day, Settings(review_days=3)) is late


STATES = {
    PairingState.PROPOSED: (True, False),
    PairingState.APPROVED: (True, True),
    PairingState.REJECTED: (False, False),
    PairingState.ENDED: (False, False),
}


@pytest.mark.parametrize(("state", "is_standing", "is_approved"), [(s, *each) for s, each in STATES.items()])
def test_has_a_state(state: PairingState, is_standing: bool, is_approved: bool) -> None:
    pairing = Pairing(id="p", round=1, people=("a@x.co", "b@x.co", "c@x.co"), state=state)
    assert (pairing.is_standing, pairing.is_approved) == (is_standing, is_approved)
    assert pairing.partners_of("b@x.co") == ("a@x.co", "c@x.co")
    assert (standing_in([pairing], 1), standing_in([pairing], 2)) == ([pairing] if is_standing else [], [])


def test_waits_for_an_admin_where_the_day_of_the_proposal_is_unknown() -> None:
    assert not review_is_over(
        Pairing(id="p", round=1, people=("a@x.co", "b@x.co")), date(2030, 1, 1), SETTINGS
    )


def test_names_a_pairing_by_its_round_and_six_letters() -> None:
    """Rows of before an upgrade keep their names."""
    assert pairing_id(2, ("b@x.co", "a@x.co")) == "r2-4hsn76"


@pytest.mark.parametrize(
    ("first", "months", "day", "number", "opens", "ends"),
    [
        ("2025-11-15", 3, "2026-02-14", 1, "2025-11-15", "2026-02-15"),
        ("2025-11-15", 3, "2026-02-15", 2, "2026-02-15", "2026-05-15"),
        ("2025-12-01", 1, "2025-12-31", 1, "2025-12-01", "2026-01-01"),
        ("2025-12-01", 1, "2026-01-01", 2, "2026-01-01", "2026-02-01"),
        ("2024-02-29", 12, "2025-02-27", 1, "2024-02-29", "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28", 2, "2025-02-28", "2026-02-28"),
        ("2026-01-01", 3, "2026-09-30", 3, "2026-07-01", "2026-10-01"),
        ("2025-03-10", 6, "2027-03-09", 4, "2026-09-10", "2027-03-10"),
    ],
)
def test_counts_rounds_over_the_turns_of_months_and_years(
    first: str, months: int, day: str, number: int, opens: str, ends: str
) -> None:
    settings = Settings(first_round=date.fromisoformat(first), round_months=months)
    wanted = Round(number=number, opens=date.fromisoformat(opens), ends=date.fromisoformat(ends))
    assert round_on(date.fromisoformat(day), settings) == wanted


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-31", 0, "2026-01-31"),
        ("2026-01-28", 1, "2026-02-28"),
        ("2026-01-29", 1, "2026-02-28"),
        ("2026-05-31", -12, "2025-05-31"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-10-05", 27, "2029-01-05"),
    ],
)
def test_adds_months_over_the_turn_of_the_year(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == later


PAIR = Pairing(id="p", round=1, people=("a@x.co", "b@x.co"))


@pytest.mark.parametrize(
    "told",
    [
        {"booking": "event"},
        {"meeting_state": "asked to pick"},
        {"meeting_start": datetime(2026, 2, 2, tzinfo=UTC)},
        {"meetings": "2026-02-02 10:00 held"},
    ],
)
def test_has_begun_by_any_sign_of_a_meeting(told: dict[str, Any]) -> None:
    assert replace(PAIR, **told).has_begun
    assert not PAIR.has_begun


@pytest.mark.parametrize(
    ("state", "notes", "has_lasted"),
    [
        (PairingState.ENDED, ROUND_IS_OVER, True),
        (PairingState.ENDED, "Beendet: Die Runde ist vorbei.", True),
        (PairingState.ENDED, "Somebody of them left.", False),
        (PairingState.APPROVED, ROUND_IS_OVER, False),
    ],
)
def test_has_lasted_where_its_round_ended_it(state: PairingState, notes: str, *, has_lasted: bool) -> None:
    assert replace(PAIR, state=state, notes=notes).has_lasted is has_lasted


@pytest.mark.parametrize(
    ("id", "number"),
    [
        ("r12-abc", 12),
        ("r1-", 1),
        ("r999-a", 999),
        ("r0-a", None),
        ("r-a", None),
        ("x1-a", None),
        ("r1000-a", None),
    ],
)
def test_reads_the_round_from_a_pairing_s_name(id: str, number: int | None) -> None:
    assert round_of(id) == number
