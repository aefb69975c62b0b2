"""What a slot must and should be like, as the admins set it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from peerpact.programme.people import Span
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say
from peerpact.programme.settings import Settings

Busy = tuple[tuple[datetime, datetime], ...]
Availability = Busy | None
"""Busy spans (aware), or None: the calendar can't be read, which is unknown and never free."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?s?"
_DAYS_PART = re.compile(rf"\s*{_DAY}(?:\s*(?:-|–|,|to)\s*{_DAY})*(?![a-z])", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRules:
    """Times in minutes, days in working days after approval: everybody's own local days, Monday to Friday."""

    length: int = 45
    earliest_working_day: int = 2
    latest_working_day: int = 10
    buffer: int = 10
    avoid: tuple[tuple[Span, ...], ...] = ((),) * 7
    """For each weekday, Monday first, spans of local minutes at which nobody is invited."""
    decent: Span = (7 * 60, 21 * 60)
    """Outside these local hours nobody is ever invited."""


def rules_of(settings: Settings) -> MeetingRules:
    """Return the rules as Settings have them; hours to avoid that can't be read are none, see ``rule_problems``."""
    try:
        avoid = read_avoided(settings.avoid)
    except ValueError:
        avoid = read_avoided("")
    return MeetingRules(
        length=settings.meeting_minutes,
        earliest_working_day=settings.earliest_working_day,
        latest_working_day=settings.latest_working_day,
        buffer=settings.buffer_minutes,
        avoid=avoid,
    )


def rule_problems(settings: Settings) -> list[Problem]:
    """Return the problem of hours to avoid that can't be read."""
    try:
        read_avoided(settings.avoid)
    except ValueError as error:
        remedy = say("Enter days, or days with hours, such as Wed; Fri 14:00-18:00.")
        what = say("Hours to avoid: {why}. Nothing is avoided until then.", why=error.args[0])
        return [Problem(tab="Settings", row_key="Hours to avoid", column="Value", what=what, remedy=remedy)]
    return []


def read_avoided(text: str) -> tuple[tuple[Span, ...], ...]:
    """Read what to avoid, such as ``Wed; Fri 14:00-18:00``: whole days, or hours of some days.

    ``Mon-Fri 12-13`` names all days from Monday to Friday.

    Raises:
        ValueError: a part names no day, or what follows the day is no span of hours.
    """
    days: list[tuple[Span, ...]] = [()] * 7
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        named, rest = _named_days(part)
        for i in named:
            days[i] = (*days[i], *_spans(rest, part))
    return tuple(days)


def _named_days(part: str) -> tuple[list[int], str]:
    match = _DAYS_PART.match(part)
    if not match:
        raise ValueError(say("“{part}” names no day of the week", part=part.strip()))
    named: list[int] = []
    for piece in match[0].split(","):
        ends = [_DAYS.index(d[:3].lower()) for d in re.findall(r"[A-Za-z]+", piece) if d.lower() != "to"]
        if len(ends) == 2:
            named += [(ends[0] + i) % 7 for i in range((ends[1] - ends[0]) % 7 + 1)]
        else:
            named += ends
    return named, part[match.end() :].strip()


def _spans(rest: str, part: str) -> tuple[Span, ...]:
    if not rest:
        return ((0, 1440),)
    spans = []
    for piece in rest.split(","):
        match = _SPAN.fullmatch(piece.strip())
        start, end = _minutes(match) if match else (0, 0)
        if not 0 <= start < end <= 1440:
            raise ValueError(
                say("“{part}” does not give hours such as 14:00-18:00 after the day", part=part.strip())
            )
        spans.append((start, end))
    return tuple(spans)


def _minutes(match: re.Match[str]) -> Span:
    hours, minutes, end_hours, end_minutes = (int(g or 0) for g in match.groups())
    return hours * 60 + minutes, end_hours * 60 + end_minutes
