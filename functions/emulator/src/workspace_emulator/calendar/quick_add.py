"""Text such as "Lunch with Ben tomorrow 12:30-13:30" read as an event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"(\d{1,2})(?::(\d{2}))?\s*([ap]m)?"
_TIMES = re.compile(rf"\b(?:(?:at|from)\s+)?{_CLOCK}\s*(?:-|–|to|until)\s*{_CLOCK}(?![\w:])", re.IGNORECASE)
_TIME = re.compile(
    r"\bat\s+(\d{1,2})(?::(\d{2}))?\s*([ap]m)?(?![\w:])|\b(\d{1,2})(?::(\d{2}))?\s*([ap]m)\b|\b(\d{1,2}):(\d{2})\b",
    re.IGNORECASE,
)
_FOR = re.compile(r"\bfor\s+(\d+(?:\.\d+)?)\s*(hours?|hrs?|h|minutes?|mins?)\b", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:on\s+)?(?:(today|tomorrow)|(?:next\s+|this\s+)?({'|'.join(_DAYS)}))\b", re.IGNORECASE
)
_ISO = re.compile(r"\b(?:on\s+)?(\d{4})-(\d{2})-(\d{2})\b")
_NAMED = re.compile(
    rf"\b(?:on\s+)?(?:({'|'.join(_MONTHS)})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)?\s+"
    rf"({'|'.join(_MONTHS)})[a-z]*)(?:,?\s+(\d{{4}}))?\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\b(?:on\s+)?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_PLACE = re.compile(r"\b(?:in|at)\s+(?=[A-Z])(.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickEvent:
    """What a text says; a start without a time of day is a whole day."""

    summary: str
    location: str
    start: datetime | date
    end: datetime | date


def read(text: str, now: datetime, zone: ZoneInfo) -> QuickEvent:
    """Read a text at a moment; a day without a year is the next one, no day is today."""
    day, rest = _day(text, now.astimezone(zone).date())
    span, rest = _span(rest)
    words = " ".join(rest.split()).strip(" ,.-")
    place = _PLACE.search(words)
    summary = words[: place.start()].strip(" ,.-") if place and place.start() else words
    location = place[1].strip() if place and place.start() else ""
    if span is None:
        return QuickEvent(summary=summary, location=location, start=day, end=day + timedelta(days=1))
    start = datetime.combine(day, span[0], zone)
    end = start + span[1]
    return QuickEvent(summary=summary, location=location, start=start, end=end)


def _day(text: str, today: date) -> tuple[date, str]:
    if match := _ISO.search(text):
        return _next(today, int(match[2]), int(match[3]), match[1]), _without(text, match)
    if match := _RELATIVE.search(text):
        return _relative(match, today), _without(text, match)
    if match := _NAMED.search(text):
        name, number = (match[1], match[2]) if match[1] else (match[4], match[3])
        month = _MONTHS.index(name[:3].lower()) + 1
        return _next(today, month, int(number), match[5]), _without(text, match)
    if match := _SLASHED.search(text):
        return _next(today, int(match[1]), int(match[2]), match[3]), _without(text, match)
    return today, text


def _relative(match: re.Match[str], today: date) -> date:
    if match[1]:
        return today + timedelta(days=match[1].lower() == "tomorrow")
    ahead = (_DAYS.index(match[2].lower()) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _next(today: date, month: int, day: int, year: str | None) -> date:
    try:
        found = date(int(year) if year else today.year, month, day)
    except ValueError:
        return today
    return found if year or found >= today else found.replace(year=found.year + 1)


def _span(text: str) -> tuple[tuple[time, timedelta] | None, str]:
    if match := _TIMES.search(text):
        first, last = _clock(match[1], match[2], match[3] or match[6]), _clock(match[4], match[5], match[6])
        if first and last:
            length = (_seconds(last) - _seconds(first)) % 86_400
            return (first, timedelta(seconds=length or 3600)), _without(text, match)
    if match := _TIME.search(text):
        groups = next(
            g for g in (match.group(1, 2, 3), match.group(4, 5, 6), (match[7], match[8], None)) if g[0]
        )
        start = _clock(*groups)
        if start:
            rest = _without(text, match)
            if length_match := _FOR.search(rest):
                unit = 60 if length_match[2].lower().startswith("m") else 3600
                return (start, timedelta(seconds=float(length_match[1]) * unit)), _without(rest, length_match)
            return (start, timedelta(hours=1)), rest
    return None, text


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
