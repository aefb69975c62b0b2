"""Days on which somebody does not work, and the working days that are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.days_off import (
    NONE_OFF,
    Absence,
    DaysOff,
    first_working_day,
    is_weekday,
    working_days_after,
    working_days_before,
    works_for_all,
)

YEAR = date(2026, 1, 1)
DAYS = st.dates(YEAR, date(2027, 12, 31))


@dataclass(frozen=True, slots=True)
class Fixed:
    """Holidays that are the same every year."""

    days: frozenset[tuple[int, int]]

    def name_on(self, day: date) -> str:
        return "Holiday" if (day.month, day.day) in self.days else ""


CHRISTMAS = DaysOff(holidays=Fixed(frozenset({(12, 25), (12, 26), (1, 1)})))
CLOSED = DaysOff(company=(Absence(first=date(2026, 12, 21), last=date(2026, 12, 31), name="Closure"),))
AWAY = DaysOff(leave=(Absence(first=date(2026, 7, 1), last=date(2026, 7, 14)),))


@pytest.mark.parametrize(
    ("off", "day", "name", "is_off"),
    [
        (NONE_OFF, "2026-12-25", "", False),
        (CHRISTMAS, "2026-12-25", "Holiday", True),
        (CLOSED, "2026-12-31", "Closure", True),
        (CLOSED, "2027-01-01", "", False),
        (AWAY, "2026-06-30", "", False),
        (AWAY, "2026-07-01", "", True),
        (AWAY, "2026-07-14", "", True),
        (AWAY, "2026-07-15", "", False),
    ],
)
def test_tells_what_a_day_off_is_called_and_names_no_leave(
    off: DaysOff, day: str, name: str, is_off: bool
) -> None:
    asked = date.fromisoformat(day)
    assert (off.name_on(asked), asked in off) == (name, is_off)


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-07-01", False), ("2026-12-25", False), ("2026-07-18", False), ("2026-07-15", True)],
)
def test_is_a_working_day_of_several_people_where_none_is_off(day: str, works: bool) -> None:
    assert works_for_all([AWAY, CHRISTMAS])(date.fromisoformat(day)) is works


def test_looks_for_a_working_day_no_longer_than_four_months() -> None:
    assert working_days_after(YEAR, 1, lambda _: False) == YEAR + timedelta(days=120)


def test_knows_of_any_leave_that_has_just_ended() -> None:
    later = Absence(first=date(2026, 9, 1), last=date(2026, 9, 2))
    assert DaysOff(leave=(*AWAY.leave, later)).was_left(date(2026, 7, 15))


def test_knows_for_a_week_that_leave_has_just_ended() -> None:
    week = [AWAY.was_left(date(2026, 7, n)) for n in (14, 15, 21, 22)]
    assert week == [False, True, True, False]


@given(day=DAYS, count=st.integers(1, 15))
def test_counts_the_same_days_forwards_and_backwards(day: date, count: int) -> None:
    works = works_for_all([CHRISTMAS, CLOSED, AWAY])
    after = working_days_after(day, count, works)
    between = [day + timedelta(days=n) for n in range(1, (after - day).days + 1)]
    assert sum(map(works, between)) == count
    assert works(after)
    assert working_days_before(after + timedelta(days=1), count, works) == next(
        d for d in between if works(d)
    )


@given(day=DAYS)
def test_moves_a_day_off_to_the_first_working_day_after_it_and_no_other(day: date) -> None:
    works = works_for_all([CLOSED, AWAY])
    moved = first_working_day(day, works)
    assert works(moved)
    assert (moved == day) == works(day)
    assert not any(works(day + timedelta(days=n)) for n in range((moved - day).days))


def test_ends_its_search_where_somebody_is_off_for_good() -> None:
    for_good = DaysOff(leave=(Absence(first=YEAR, last=date.max),))
    assert working_days_after(YEAR, 2, works_for_all([for_good])) < date(2026, 6, 1)


def test_takes_monday_to_friday_for_working_days_unless_told() -> None:
    assert working_days_after(date(2026, 1, 2), 1) == date(2026, 1, 5)
    assert [is_weekday(date(2026, 1, n)) for n in (2, 3, 4, 5)] == [True, False, False, True]
