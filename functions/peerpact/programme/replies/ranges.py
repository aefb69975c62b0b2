"""Two days that belong together, "between 6 and 24 July", "9-20 November", and what makes a day uncertain.

What is said of time beside a day, and wasn't read with it ("half of March", "two days before Friday", "Monday or
Tuesday"), makes it another day, or none: then it is asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import dropwhile

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.spans import UNITS, When, day_of

_DASHES = {"-", "–", "—"}
_MOST_DIGITS = 2
_MOST_BETWEEN = 2
_LOOSE = UNITS | {"loose", "end_of", "start_of", "mid", "rest_of", "after_next"}
_LOOSE_BEHIND = _LOOSE | {"ago", "from_now", "a_week_later"}
_HALF_A_YEAR = 200
_DAY = timedelta(days=1)
_BORDERS = {"until", "by", "from", "since", "back_on", "every"}


def is_whole(when: When, found: Sequence[When], words: Sequence[str], known: AnswerWords) -> bool:
    """Tell whether nothing about time stands beside a day that wasn't read with it."""
    covered = {at for other in found for at in range(other.start, other.end)}
    bare = {at for at, word in enumerate(words) if word in known.dates.articles} - covered
    before = {*[at for at in range(when.start) if at not in bare][-1:]} - covered
    behind = {*[at for at in range(when.end, len(words)) if at not in bare][:1]} - covered
    firm = words[when.start] in known.dates.firm
    if not firm and any(_moves_what_follows(words, at, known.dates) for at in before):
        return False
    moved = any(_moves_what_precedes(words, at, known.dates) for at in behind)
    return not moved and not _has_a_number(when, words, known.dates)


def _has_a_number(when: When, words: Sequence[str], dates: DateWords) -> bool:
    """Tell of "Friday the 28th" where the 28th is no Friday soon: the number was not read."""
    behind = words[when.end :]
    behind = behind[1:] if behind[:1] == [","] else behind
    led = any(word in dates.articles for word in behind[:1])
    number, *ending = behind[led : led + 2] or [""]
    ended = any(word in dates.day_endings for word in ending)
    named = when.unit == "weekday" and words[when.end - 1] in dates.weekdays
    return named and _is_day(number) and (led or ended)


def _is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= _MOST_DIGITS


def _moves_what_follows(words: Sequence[str], at: int, dates: DateWords) -> bool:
    marks = [m for start in range(at - 2, at + 1) for m in _at(words, start, dates) if m.end > at]
    return any(m.sort in _LOOSE for m in marks) and not any(m.sort == "idle" for m in marks)


def _moves_what_precedes(words: Sequence[str], at: int, dates: DateWords) -> bool:
    marks = _at(words, at, dates)
    if words[at] in dates.weekdays or any(m.sort in _LOOSE_BEHIND for m in marks):
        return True
    counts = words[at] in dates.counts or words[at].isdecimal()
    return counts and any(m.sort in UNITS for m in _at(words, at + 1, dates))


def _at(words: Sequence[str], at: int, dates: DateWords) -> list[Mark]:
    return dates.phrases.at(words, at) if 0 <= at < len(words) else []


def _without_last(words: Sequence[str], some: Collection[str]) -> Sequence[str]:
    """Leave out the words at the end that are among these."""
    return [*dropwhile(some.__contains__, reversed(words))][::-1]


def are_alternatives(one: When, other: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of "Monday or Tuesday", "the 15th or 16th"."""
    between = words[one.end : other.start]
    return len(between) <= _MOST_BETWEEN and any(w in known.dates.alternatives for w in between)


def leads_to_another(when: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of a bare number before or behind "or", or a dash: "15 or 16", "15-16"."""
    *before, link = ["", *_without_last(words[: when.start], known.dates.articles)]
    if link in known.dates.alternatives and _last_number(before, known.dates).isdecimal():
        return True
    link, number = (*words[when.end :], "", "")[:2]
    return link in known.dates.alternatives | _DASHES and number.isdecimal()


def _last_number(words: Sequence[str], dates: DateWords) -> str:
    """Return the last word before the ending of a number, as in "the 15th": it may be a number."""
    return next(reversed(_without_last(words, dates.day_endings | {"."})), "")


def range_in(found: Sequence[When], words: Sequence[str], known: AnswerWords) -> tuple[date, When] | None:
    """Return the first day of a span, and its end as it was said."""
    for before, when in zip([None, *found], found, strict=False):
        if when.unit not in {"day", "weekday"} or when.last is None:
            continue
        if before and before.first and _are_joined(before, when, words, known.dates):
            end = _numbered(when, before.first, words, known.dates) or when
            return before.first, _later(end, before.first)
        first = _bare_first(when, words, known.dates)
        if first:
            return first, replace(when, said="until")
        if last := _bare_last(when, words, known.dates):
            return when.last, last
    return None


def with_months_joined(found: Sequence[When], words: Sequence[str], dates: DateWords) -> tuple[When, ...]:
    """Return the months of "in February and March" as one: they follow each other, and nothing stands between."""
    together: list[When] = []
    for when in found:
        before = together[-1] if together else when
        if _follows(before, when, words, dates):
            together[-1] = replace(before, last=when.last, end=when.end)
        else:
            together.append(when)
    return tuple(together)


def _follows(before: When, when: When, words: Sequence[str], dates: DateWords) -> bool:
    are_months = before.unit == when.unit == "month" and not {before.said, when.said} & _BORDERS
    between = {*words[before.end : when.start]} - {",", *dates.joiners}
    return are_months and not between and before.last is not None and when.first == before.last + _DAY


def _are_joined(before: When, when: When, words: Sequence[str], dates: DateWords) -> bool:
    """Tell whether two days are the ends of a span: by "until" or a dash, or "between" and "and"."""
    between = [w for w in words[before.end : when.start] if w not in {",", "."}]
    if before.said in {"until", "by", "back_on"}:
        return False
    if not between and when.said == "until":
        return True
    if between and set(between) <= _DASHES:
        return True
    return _is_between(words, before.start, dates) and bool(between) and between[0] in dates.joiners


def _is_between(words: Sequence[str], start: int, dates: DateWords) -> bool:
    last = len(_without_last(words[:start], dates.articles)) - 1
    return any(m.sort == "between" for m in _at(words, last, dates))


def _numbered(when: When, first: date, words: Sequence[str], dates: DateWords) -> When | None:
    """Return the 28th of "from Monday the 17th of August until Friday the 28th": of the month of the first day."""
    if not _has_a_number(when, words, dates) or when.last is None:
        return None
    number = next(int(word) for word in words[when.end :] if word.isdecimal())
    day = day_of(first.year, first.month, number)
    fits = day is not None and day > first and day.weekday() == when.last.weekday()
    return replace(when, first=day, last=day) if fits else replace(when, first=None, last=None)


def _later(when: When, first: date) -> When:
    """Return the end of a span behind its beginning: 6 January of the next year behind 20 December."""
    if when.last and (first - when.last).days > _HALF_A_YEAR:
        day = day_of(when.last.year + 1, when.last.month, when.last.day)
        return replace(when, first=day, last=day, said="until")
    return replace(when, said="until")


def _bare_first(when: When, words: Sequence[str], dates: DateWords) -> date | None:
    """Return the 9th of "from the 9th to the 20th of February": a number that is joined to the day behind it."""
    before = _without_last(words[: when.start], {*_DASHES, *dates.joiners, *dates.articles})
    between = set(words[len(before) : when.start])
    by_and = bool(between & dates.joiners)
    joined = when.said == "until" or by_and or bool(between & _DASHES)
    *lead, number = ["", *_without_last(before, dates.day_endings | {"."})]
    if not joined or when.last is None or not _is_day(number) or not 0 < int(number) < when.last.day:
        return None
    start = len(_without_last(lead[1:], dates.weekdays))
    if by_and and not _is_between(words, start, dates):
        return None
    return when.last.replace(day=int(number))


def _bare_last(when: When, words: Sequence[str], dates: DateWords) -> When | None:
    """Return the 20th of "Nov 9-20" and "November 9 to 20"."""
    at = when.end
    if when.said in {"until", "by"} or when.last is None or not words[at - 1].isdecimal():
        return None
    link, number, after = (*words[at:], "", "", "")[:3]
    joined = link in _DASHES or any(m.sort == "until" for m in _at(words, at, dates))
    if not joined or not _is_day(number) or int(number) <= when.last.day:
        return None
    if after in {".", ":", "/"} or any(m.sort in UNITS for m in _at(words, at + 2, dates)):
        return None
    day = day_of(when.last.year, when.last.month, int(number))
    return replace(when, first=day, last=day, end=at + 2, said="until") if day else None
