"""Reads until when somebody wants a pause: a day, a month, or a number of weeks, in the words of a language."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from peerpact.programme.replies.answer_words import AnswerWords, tokens_of

_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d?)-(\d\d?)(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d\d?)\. ?(\d\d?)\.? ?(20\d\d)?(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d\d?)/(\d\d?)/(20\d\d)(?!\d)")


def until(sentence: str, *, words: AnswerWords, on: date) -> date | None:
    """Return the first day on which they take part again, or None when no day is said or it isn't certain."""
    found = (
        _numeric(sentence, on)
        or _named(tokens_of(sentence), words, on)
        or _counted(tokens_of(sentence), words, on)
    )
    return found if found and found > on else None


def _numeric(sentence: str, on: date) -> date | None:
    if match := _ISO.search(sentence):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.search(sentence):
        return _coming(int(match[2]), int(match[1]), on, year=int(match[3] or 0))
    if match := _SLASHED.search(sentence):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > 12 else None
    return None


def _named(tokens: Sequence[str], words: AnswerWords, on: date) -> date | None:
    """A month's name, with a day and a year if they stand near. "until June" ends when June begins."""
    for at, token in enumerate(tokens):
        month = words.dates["months"].get(token)
        if month is None:
            continue
        near = [int(t) for t in (*tokens[max(0, at - 3) : at], *tokens[at + 1 : at + 4]) if t.isdigit()]
        year = next((n for n in near if 2000 < n < 2200), 0)
        day = next((n for n in near if 1 <= n <= 31), 0)
        if not day and _is_end(tokens[:at], words):
            return _after_month(_coming(month, 1, on - timedelta(days=31), year=year))
        return _coming(month, day or 1, on, year=year)
    return None


def _is_end(before: Sequence[str], words: AnswerWords) -> bool:
    return any(
        tuple(before[-len(p) :]) == p or tuple(before[-len(p) - 1 : -1]) == p for p in words.dates["end_of"]
    )


def _after_month(day: date | None) -> date | None:
    return day and _month_later(day.replace(day=1), 1)


def _counted(tokens: Sequence[str], words: AnswerWords, on: date) -> date | None:
    """For three weeks, for a month, next month."""
    sentence = " ".join(tokens)
    if any(" ".join(p) in sentence for p in words.dates["next_month"]):
        return _month_later(on.replace(day=1), 2)
    for number, unit in pairwise(tokens):
        count = int(number) if number.isdigit() and len(number) < 4 else words.dates["counts"].get(number)
        if count and (unit,) in words.dates["week"]:
            return on + timedelta(weeks=count)
        if count and (unit,) in words.dates["day"]:
            return on + timedelta(days=count)
        if count and (unit,) in words.dates["month"] and count <= 60:
            return _month_later(on, count)
    return None


def _coming(month: int, day: int, on: date, *, year: int = 0) -> date | None:
    if year:
        return _day(year, month, day)
    found = _day(on.year, month, day)
    return found if found and found > on else _day(on.year + 1, month, day)


def _month_later(day: date, count: int) -> date:
    number = day.year * 12 + day.month - 1 + count
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
