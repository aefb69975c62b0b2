"""What a slot must and should be like, as the admins set it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peerpact.programme.people import Span

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}):?(\d\d)?\s*-\s*(\d{1,2}):?(\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRules:
    """Times in minutes, days in working days after approval (Monday to Friday)."""

    length: int = 45
    earliest_working_day: int = 2
    latest_working_day: int = 10
    buffer: int = 10
    avoid: tuple[tuple[Span, ...], ...] = ((),) * 7
    """For each weekday, Monday first, spans of local minutes at which nobody is invited."""
    decent: Span = (7 * 60, 21 * 60)
    """Outside these local hours nobody is ever invited."""


def read_avoided(text: str) -> tuple[tuple[Span, ...], ...]:
    """Read what to avoid, such as ``Wed; Fri 14:00-18:00``: whole days, or spans of some days.

    Raises:
        ValueError: a part names no day.
    """
    days: list[tuple[Span, ...]] = [()] * 7
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        named = [i for i, day in enumerate(_DAYS) if re.search(rf"\b{day}", part, re.IGNORECASE)]
        if not named:
            raise ValueError(f"“{part.strip()}” names no day of the week")
        spans = tuple(_span(m) for m in _SPAN.finditer(part)) or ((0, 1440),)
        for i in named:
            days[i] = (*days[i], *spans)
    return tuple(days)


def _span(match: re.Match[str]) -> Span:
    hours, minutes, end_hours, end_minutes = (int(g or 0) for g in match.groups())
    return hours * 60 + minutes, end_hours * 60 + end_minutes
