"""Passes over an hour that is said beside a day: "Friday morning", "lundi à 14 h", "by close of business on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import DateWords

_LAST_HOUR = 24
_BETWEEN = {":", "."}
_PARTS = {"hour", "end_of_day"}


def over_hours(words: Sequence[str], at: int, known: DateWords) -> int:
    """Return where it ends; ``at`` itself where none is said here."""
    part = _end_of(words, at, known, {*_PARTS, "hour_behind"})
    behind = max(part, _over_clock(words, at, known), _over_span(words, at, known))
    return over_hours(words, behind, known) if behind > at else at


def over_parts(words: Sequence[str], at: int, known: DateWords) -> int:
    """Pass over "first thing", "morning", "by close of business", and no hour of the clock: "at 10 April" is a day."""
    return _end_of(words, at, known, _PARTS)


def _end_of(words: Sequence[str], at: int, known: DateWords, sorts: set[str]) -> int:
    marks = known.phrases.at(words, at) if at < len(words) else []
    return max((m.end for m in marks if m.sort in sorts), default=at)


def _over_clock(words: Sequence[str], start: int, known: DateWords) -> int:
    """Pass over "at 9.30", "à 14 h", "at half past two"."""
    at = _end_of(words, start, known, {"at_hour"})
    number = words[at] if start < at < len(words) else ""
    is_hour = int(number) <= _LAST_HOUR if number.isascii() and number.isdecimal() else number in known.counts
    if not is_hour or _is_of_a_day(words[at + 1 : at + 3], known):
        return start
    at += 1
    for _ in range(2):
        at += bool(_BETWEEN.intersection(words[at : at + 1]))
        at += "".join(words[at : at + 1]).isdecimal()
        at = _end_of(words, at, known, {"oclock"})
    return at


def _over_span(words: Sequence[str], start: int, known: DateWords) -> int:
    """Pass over "from 9 to 11", "de 9 h à 11 h"."""
    at = _end_of(words, start, known, {"from"})
    first = _over_number(words, at, known)
    second = _end_of(words, first, known, {"until", "hours_to"})
    end = _over_number(words, second, known)
    return end if start < at < first < second < end else start


def _over_number(words: Sequence[str], at: int, known: DateWords) -> int:
    """Pass over "9 h", and no number of a day."""
    hour = "".join(words[at : at + 1])
    is_hour = hour.isascii() and hour.isdecimal() and int(hour) <= _LAST_HOUR
    if not is_hour or _is_of_a_day(words[at + 1 : at + 4], known):
        return at
    return _end_of(words, at + 1, known, {"oclock"})


def is_hour(words: Sequence[str], behind: int, known: DateWords) -> bool:
    """Tell of the 9 of "Monday, 9 am", "lundi 9h" and "Monday 9:30" by what is behind it."""
    sign, number, *_ = (*words[behind : behind + 2], "", "")
    return _end_of(words, behind, known, {"oclock"}) > behind or (sign in _BETWEEN and number.isdecimal())


def _is_of_a_day(behind: Sequence[str], known: DateWords) -> bool:
    """Tell of the 10 of "at 10 April" and "10/4"."""
    return behind[:1] == ["/"] or any(word in known.months for word in behind)
