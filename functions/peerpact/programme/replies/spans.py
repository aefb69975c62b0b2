"""Days by the calendar: a date as it was said, weeks, months, quarters and years from a day, and units of steps."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter

_LONG_AGO = 90
"""So many days ago "until 20 June" may still speak of the past."""
_HALF_A_YEAR = 182


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date in tokens ``start`` to ``end``. ``first`` and ``last`` are equal for a day."""

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    said: str = ""
    """The preposition's sort: until, by, from, in, for, every, back_on; empty without one."""
    tense: str = ""
    """past or future; empty where it could be either (a bare weekday, today)."""
    unit: str = ""
    """day, weekday, week, month, count ..."""

    @property
    def is_recurring(self) -> bool:
        return self.said == "every"


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_later(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 + count
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def near(on: date, month: int, day: int, year: int | None) -> date | None:
    """Return the day with this name that is nearest to today."""
    if year:
        return day_of(year, month, day)
    found = [day_of(on.year + n, month, day) for n in (-1, 0, 1)]
    known = [d for d in found if d and d >= on - timedelta(days=_HALF_A_YEAR)]
    return known[0] if known else None


def feast_near(on: date, said: str) -> date | None:
    """Return the day of a feast as a language's file writes it: "12-24", "easter-2", "11/4 3"; like `near`.

    The last is the fourth Thursday (3: days after Monday) of November.
    """
    if "/" in said:
        which = [int(number) for number in re.split("[/ ]", said)]
        days = (_nth(on.year + n, *which) for n in (-1, 0, 1))
        return next(day for day in days if day >= on - timedelta(days=_HALF_A_YEAR))
    if not said.startswith("easter"):
        month, _, day = said.partition("-")
        return near(on, int(month), int(day), None)
    apart = timedelta(days=int(said.removeprefix("easter") or 0))
    found = (easter(on.year + n) + apart for n in (-1, 0, 1))
    return next(day for day in found if day >= on - timedelta(days=_HALF_A_YEAR))


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def only_one_ahead(on: date, first: int, second: int, year: int | None) -> date | None:
    """Return 1 October for "until 1/10/2026", said in August: 10 January is over."""
    both = [day_of(year, second, first), day_of(year, first, second)] if year else []
    ahead = [day for day in both if day and day > on]
    return ahead[0] if len(ahead) == 1 else None


def month_near(on: date, month: int, side: str) -> date | None:
    """Return the first day of the next month of this name, or of the last one."""
    if side == "last":
        return day_of(on.year - (month >= on.month), month, 1)
    return day_of(on.year + (month < on.month), month, 1)


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def middle(first: date, last: date) -> date:
    """Return the 15th of a month, and of a week, a quarter or a year the day halfway."""
    is_month = (first.year, first.month) == (last.year, last.month) and (last - first).days > 20
    return first + timedelta(days=14) if is_month else first + (last - first) / 2


def _week(on: date, steps: int) -> tuple[date, date]:
    """A working week ends on Friday."""
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=steps)
    return monday, monday + timedelta(days=4)


def _weekend(on: date, steps: int) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=steps)
    return monday + timedelta(days=5), monday + timedelta(days=6)


def _month_span(on: date, steps: int) -> tuple[date, date]:
    first = month_later(on.replace(day=1), steps)
    return first, last_of_month(first)


def working_week(day: date) -> tuple[date, date]:
    """Return Monday and Friday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=4)


def span_of(start: int, end: int, week: tuple[date, date]) -> When:
    """Return a week that is said from one word to another."""
    return When(start=start, end=end, first=week[0], last=week[1], unit="week")


def said_ahead(when: When, words: Sequence[str], on: date) -> When:
    """Return the next 1 September for "until 1 September" said in January, where no year is said."""
    has_year = any(word.isdecimal() and len(word) == 4 for word in words[when.start : when.end])
    late = when.said in {"until", "by", "back_on"} and when.unit == "day" and not has_year
    if not late or when.tense or when.last is None or (on - when.last).days < _LONG_AGO:
        return when
    day = day_of(when.last.year + 1, when.last.month, when.last.day)
    return replace(when, first=day, last=day)


def calendar_week(on: date, number: int) -> tuple[date, date] | None:
    """Return Monday and Friday of the next week of this number (ISO 8601) that isn't over."""
    for year in (on.isocalendar().year, on.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=4) >= on:
            return monday, monday + timedelta(days=4)
    return None


def _quarter(on: date, steps: int) -> tuple[date, date]:
    first = month_later(on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1), 3 * steps)
    return first, last_of_month(month_later(first, 2))


def _year_span(on: date, steps: int) -> tuple[date, date]:
    return date(on.year + steps, 1, 1), date(on.year + steps, 12, 31)


def _day_span(on: date, steps: int) -> tuple[date, date]:
    return on + timedelta(days=steps), on + timedelta(days=steps)


Span = Callable[[date, int], tuple[date, date]]
SPANS: dict[str, Span] = {
    "day": _day_span,
    "week": _week,
    "weekend": _weekend,
    "month": _month_span,
    "quarter": _quarter,
    "year": _year_span,
}
UNITS = set(SPANS)
STEPS: dict[str, Callable[[date, int], date]] = {
    "day": lambda on, n: on + timedelta(days=n),
    "week": lambda on, n: on + timedelta(weeks=n),
    "month": month_later,
    "year": lambda on, n: month_later(on, 12 * n),
}
PLAIN: dict[str, tuple[Callable[[date], tuple[date, date]] | None, str]] = {
    "today": (lambda on: _day_span(on, 0), ""),
    "tomorrow": (lambda on: _day_span(on, 1), "future"),
    "day_after": (lambda on: _day_span(on, 2), "future"),
    "yesterday": (lambda on: _day_span(on, -1), "past"),
    "day_before": (lambda on: _day_span(on, -2), "past"),
    "weekend": (lambda on: _weekend(on, 0), ""),
    "end_of_week": (lambda on: (_week(on, 0)[1], _week(on, 0)[1]), "future"),
    "end_of_month": (lambda on: (_month_span(on, 0)[1], _month_span(on, 0)[1]), "future"),
    "in_a_week": (lambda on: _day_span(on, 7), "future"),
    "fortnight": (lambda on: _day_span(on, 14), "future"),
    "end_of_quarter": (lambda on: (_quarter(on, 0)[1], _quarter(on, 0)[1]), "future"),
    "end_of_day": (lambda on: _day_span(on, 0), ""),
    "end_of_year": (lambda on: (_year_span(on, 0)[1], _year_span(on, 0)[1]), "future"),
    "before": (None, "past"),
    "soon": (None, "future"),
}
