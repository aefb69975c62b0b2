"""How long two or three people all work in a week, whatever their time zones: at the least of four weeks from a day.

In quarter hours for whole programmes at once, in minutes for those who are together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.people import Person, WorkingHours

QUARTERS = 672
"""Of a week."""
WEEKS = 4
WEEK = 7 * 1440

Month = tuple[int, ...]
"""The quarter hours in UTC that somebody works as a whole, as bits, in each of the four weeks."""
Spans = tuple[tuple[int, int], ...]
"""Minutes from the Monday of a week on, in UTC: starts and ends, in order, within the week."""


@lru_cache(maxsize=65_536)
def month_of(zone: str, hours: WorkingHours, on: date) -> Month:
    """Return when somebody works in the weeks from a day on; the clocks may change between them."""
    return tuple(_bits(spans) for spans in _weeks(zone, hours, on))


def common_hours(months: Sequence[Month]) -> NDArray[np.int64]:
    """Return for each two of them the whole hours a week in which both work, at the least of the weeks."""
    least = np.full((len(months), len(months)), QUARTERS, dtype=np.int16)
    for week in range(WEEKS):
        works = np.array([_spread(month[week]) for month in months], dtype=np.float32)
        np.minimum(least, (works @ works.T).astype(np.int16), out=least)
    return (least // 4).astype(np.int64)


def common_minutes(people: Sequence[Person], on: date) -> int:
    """Return the minutes a week in which all of them work, at the least of the weeks."""
    return _common_minutes(tuple(sorted({(p.time_zone, p.working_hours) for p in people}, key=repr)), on)


@lru_cache(maxsize=65_536)
def _common_minutes(kinds: tuple[tuple[str, WorkingHours], ...], on: date) -> int:
    months = [_weeks(zone, hours, on) for zone, hours in kinds]
    return min(_length(_all(week)) for week in zip(*months, strict=True))


def _all(weeks: Sequence[Spans]) -> Spans:
    common, *others = weeks
    for spans in others:
        both = ((max(a, c), min(b, d)) for a, b in common for c, d in spans)
        common = tuple((start, end) for start, end in both if start < end)
    return common


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


@lru_cache(maxsize=65_536)
def _weeks(zone: str, hours: WorkingHours, on: date) -> tuple[Spans, ...]:
    monday = on - timedelta(days=on.weekday())
    return tuple(_week(zone, hours, monday + timedelta(weeks=week)) for week in range(WEEKS))


def _week(zone: str, hours: WorkingHours, monday: date) -> Spans:
    """Return when somebody works in a week; what runs out of it at one end comes in at the other."""
    origin = datetime.combine(monday, time(), UTC)
    found: list[tuple[int, int]] = []
    for weekday, spans in enumerate(hours.days):
        midnight = datetime.combine(monday + timedelta(days=weekday), time(), ZoneInfo(zone))
        for start, end in spans:
            begins, ends = (
                int(((midnight + timedelta(minutes=m)).astimezone(UTC) - origin).total_seconds()) // 60
                for m in (start, end)
            )
            found += [(max(0, begins + shift), min(WEEK, ends + shift)) for shift in (-WEEK, 0, WEEK)]
    return _merged(sorted((start, end) for start, end in found if start < end))


def _merged(spans: Sequence[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _bits(spans: Spans) -> int:
    bits = 0
    for start, end in spans:
        first, last = -(-start // 15), end // 15
        bits |= ((1 << max(0, last - first)) - 1) << first
    return bits


def _spread(bits: int) -> NDArray[np.uint8]:
    held = np.frombuffer(bits.to_bytes(QUARTERS // 8, "little"), dtype=np.uint8)
    return np.unpackbits(held, bitorder="little")
