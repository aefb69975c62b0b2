"""Days in figures: 2026-04-05, 5.4., 5/4/2026, 15-04-2026. What can be two days (3/4) is found without a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peerpact.programme.replies.answer_words import DateWords
from peerpact.programme.replies.spans import When, day_of, near, only_one_ahead

_MOST_DIGITS = 4


def number_at(words: Sequence[str], at: int) -> int | None:
    """Return the number there, of up to four digits."""
    word = words[at] if 0 <= at < len(words) else ""
    return int(word) if word.isdecimal() and word.isascii() and len(word) <= _MOST_DIGITS else None


def is_at(words: Sequence[str], at: int, sign: str) -> bool:
    return at < len(words) and words[at] == sign


def day_at(start: int, end: int, day: date | None, unit: str = "day") -> When:
    return When(start=start, end=end, first=day, last=day, unit=unit)


def day_in_figures(words: Sequence[str], at: int, said: str, known: DateWords, on: date) -> When | None:
    """Return the day that begins here; without a year and a preposition, 3/4 is none."""
    first = number_at(words, at)
    if first is None:
        return None
    slashed = _slashed(words, at, said, known, on)
    return _iso(words, at, first) or _dotted(words, at, first, said, on) or slashed


def over_short_weekday(words: Sequence[str], at: int, known: DateWords) -> int:
    """Pass over the "Fr," of "bis Fr, 13.2.": two letters that are a weekday only beside a date in figures."""
    if at >= len(words) or words[at] not in known.short_weekdays:
        return at
    behind = next((i for i in range(at + 1, at + 4) if [*words[i : i + 1]] not in (["."], [","])), at)
    return behind if number_at(words, behind) and is_at(words, behind + 1, ".") else at


def _iso(words: Sequence[str], at: int, year: int) -> When | None:
    month, day = number_at(words, at + 2), number_at(words, at + 4)
    signs = {*words[at + 1 : at + 2], *words[at + 3 : at + 4]}
    if year < 2000 or signs not in ({"-"}, {"/"}) or not (month and day):
        return None
    return day_at(at, at + 5, day_of(year, month, day))


def _dotted(words: Sequence[str], at: int, day: int, said: str, on: date) -> When | None:
    month = number_at(words, at + 2)
    if not is_at(words, at + 1, ".") or not month or day > 31 or month > 12:
        return None
    end, year = at + 3, None
    if is_at(words, end, "."):
        end, year = end + 1, _year(words, end + 1, on)
    if not year and end == at + 3 and not said:
        return None
    return day_at(at, end + bool(year), near(on, month, day, year))


def _year(words: Sequence[str], at: int, on: date) -> int | None:
    year = number_at(words, at)
    if year is None or 2000 < year < 2200:
        return year
    return 2000 + year if on.year % 100 <= year <= on.year % 100 + 5 and year > 20 else None


def _slashed(words: Sequence[str], at: int, said: str, known: DateWords, on: date) -> When | None:
    first, second = number_at(words, at), number_at(words, at + 2)
    sign = "-" if is_at(words, at + 1, "-") else "/"
    if not is_at(words, at + 1, sign) or not second or first is None:
        return None
    year = _year(words, at + 4, on) if is_at(words, at + 3, sign) else None
    if sign == "-" and not year:
        return None
    end = at + 5 if year else at + 3
    if not year and not said:
        return None
    if first > 12 or first == second or known.day_first:
        return day_at(at, end, near(on, second, first, year)) if second <= 12 else None
    if second <= 12:
        return day_at(at, end, only_one_ahead(on, first, second, year))
    return day_at(at, end, near(on, first, second, year))
