"""How many hours a week two people both work, whatever their time zones; at the least in the four weeks from a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.people import WorkingHours

HALF_HOURS = 336
"""Of a week."""
WEEKS = 4

Month = tuple[int, ...]
"""The half hours in UTC that somebody works, as bits, in each of the four weeks."""


@lru_cache(maxsize=65_536)
def month_of(zone: str, hours: WorkingHours, on: date) -> Month:
    """Return when somebody works in the weeks from a day on; the clocks may change between them."""
    return tuple(_week(zone, hours, on + timedelta(weeks=week)) for week in range(WEEKS))


def common_hours(months: Sequence[Month]) -> NDArray[np.int64]:
    """Return for each two of them the whole hours a week in which both work, at the least of the weeks."""
    least = np.full((len(months), len(months)), HALF_HOURS, dtype=np.int64)
    for week in range(WEEKS):
        works = np.array([_spread(month[week]) for month in months], dtype=np.float32)
        least = np.minimum(least, (works @ works.T).astype(np.int64))
    return least // 2


def _spread(bits: int) -> NDArray[np.uint8]:
    held = np.frombuffer(bits.to_bytes(HALF_HOURS // 8, "little"), dtype=np.uint8)
    return np.unpackbits(held, bitorder="little")


def _week(zone: str, hours: WorkingHours, on: date) -> int:
    monday = on - timedelta(days=on.weekday())
    origin = datetime(monday.year, monday.month, monday.day, tzinfo=ZoneInfo("UTC"))
    offset = origin.replace(hour=12).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds() // 60)
    bits = 0
    for day, spans in enumerate(hours.days):
        for start, end in spans:
            for half in range((day * 1440 + start - minutes) // 30, (day * 1440 + end - minutes) // 30):
                bits |= 1 << (half % HALF_HOURS)
    return bits
