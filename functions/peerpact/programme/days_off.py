"""Days on which somebody does not work: public holidays where they live, the company's days off, and their own leave.

And the working days that are left, counted forwards and backwards: by everybody, in one way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

LONGEST_LOOK = 120
"""So many days are looked at for a working day; behind that, any day counts."""
_ONE = timedelta(days=1)
_SATURDAY = 5


class Holidays(Protocol):
    """The public holidays of some place, any year."""

    def name_on(self, day: date) -> str:
        """Return what a day is called; empty where it is no holiday."""


@dataclass(frozen=True, slots=True)
class NoHolidays:
    """The holidays of nowhere."""

    def name_on(self, _day: date) -> str:
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A span of days on which somebody, or the company, does not work; both ends are in it.

    ``name`` is what the company calls it; somebody's own leave has none.
    """

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """When one person does not work, whatever their hours."""

    holidays: Holidays = NoHolidays()
    company: tuple[Absence, ...] = ()
    leave: tuple[Absence, ...] = ()

    def __contains__(self, day: date) -> bool:
        return self.is_on_leave(day) or bool(self.name_on(day))

    def is_on_leave(self, day: date) -> bool:
        return any(day in absence for absence in self.leave)

    def was_left(self, day: date) -> bool:
        """Tell whether leave ended within the week before a day."""
        return any(timedelta() < day - absence.last <= timedelta(days=7) for absence in self.leave)

    def name_on(self, day: date) -> str:
        """Return what everybody may know a day by: the holiday's name, or the company's; empty for any other."""
        closed = next((absence.name for absence in self.company if day in absence), "")
        return closed or self.holidays.name_on(day)


NONE_OFF = DaysOff()


def is_weekday(day: date) -> bool:
    return day.weekday() < _SATURDAY


def works_for_all(offs: Iterable[DaysOff]) -> Callable[[date], bool]:
    """Return what tells a day, Monday to Friday, on which none of some people is off."""
    all_of_them = tuple(offs)
    return lambda day: is_weekday(day) and not any(day in off for off in all_of_them)


def working_days_before(day: date, count: int, works: Callable[[date], bool] = is_weekday) -> date:
    """Return the day so many working days before another; that one itself is not counted."""
    return _counted(day, count, works, -_ONE)


def working_days_after(day: date, count: int, works: Callable[[date], bool] = is_weekday) -> date:
    """Return the day so many working days after another; that one itself is not counted."""
    return _counted(day, count, works, _ONE)


def first_working_day(day: date, works: Callable[[date], bool]) -> date:
    """Return the day itself, or the first working one after it."""
    return working_days_after(day - _ONE, 1, works)


def _counted(day: date, count: int, works: Callable[[date], bool], step: timedelta) -> date:
    for _ in range(LONGEST_LOOK):
        if count <= 0:
            break
        day += step
        count -= works(day)
    return day
