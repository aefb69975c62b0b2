"""Two days that belong together, "between 6 and 24 July", "9-20 November", and what makes a day uncertain.

What is said of time beside a day, and wasn't read with it ("half of March", "two days before Friday", "Monday or
Tuesday"), makes it another day, or none: then it is asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.spans import UNITS, When, day_of

_DASHES = {"-", "–", "—", "‑"}
_MOST_DIGITS = 2
_LOOSE = UNITS | {"loose", "end_of", "start_of", "mid", "rest_of", "after_next"}
_LOOSE_BEHIND = _LOOSE | {"ago", "from_now", "a_week_later"}
_HALF_A_YEAR = 200


def is_whole(when: When, found: Sequence[When], words: Sequence[str], known: AnswerWords) -> bool:
    """Tell whether nothing about time stands beside a day that wasn't read with it."""
    covered = {at for other in found for at in range(other.start, other.end)}
    before = when.start - 1
    while before >= 0 and before not in covered and words[before] in known.dates.articles:
        before -= 1
    firm = words[when.start] in known.dates.firm
    if not firm and before >= 0 and before not in covered and _moves_what_follows(words, before, known.dates):
        return False
    if _has_a_number(when, words, known.dates):
        return False
    behind = when.end
    while behind < len(words) and words[behind] in known.dates.articles:
        behind += 1
    return behind in covered or behind >= len(words) or not _moves_what_precedes(words, behind, known.dates)


def _has_a_number(when: When, words: Sequence[str], dates: DateWords) -> bool:
    """Tell of "Friday the 28th" where the 28th is no Friday soon: the number was not read."""
    at = when.end + (words[when.end : when.end + 1] == [","])
    led = words[at : at + 1] and words[at] in dates.articles
    number = words[at + 1 : at + 2] if led else words[at : at + 1]
    ended = words[at + 1 + bool(led)] in dates.day_endings if len(words) > at + 1 + bool(led) else False
    named = when.unit == "weekday" and words[when.end - 1] in dates.weekdays
    return (
        named
        and bool(number)
        and number[0].isdecimal()
        and len(number[0]) <= _MOST_DIGITS
        and bool(led or ended)
    )


def _moves_what_follows(words: Sequence[str], at: int, dates: DateWords) -> bool:
    marks = [m for start in range(max(at - 2, 0), at + 1) for m in _at(words, start, dates) if m.end > at]
    return any(m.sort in _LOOSE for m in marks) and not any(m.sort == "idle" for m in marks)


def _moves_what_precedes(words: Sequence[str], at: int, dates: DateWords) -> bool:
    marks = _at(words, at, dates)
    if words[at] in dates.weekdays or any(m.sort in _LOOSE_BEHIND for m in marks):
        return True
    counts = words[at] in dates.counts or words[at].isdecimal()
    return counts and any(m.sort in UNITS for m in _at(words, at + 1, dates))


def _at(words: Sequence[str], at: int, dates: DateWords) -> list[Mark]:
    return dates.phrases.at(words, at) if at < len(words) else []


def are_alternatives(one: When, other: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of "Monday or Tuesday", "the 15th or 16th"."""
    between = words[one.end : other.start]
    return 0 < len(between) <= _MOST_DIGITS and any(w in known.dates.alternatives for w in between)


def leads_to_another(when: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of a bare number before or behind "or", or a dash: "15 or 16", "15-16"."""
    at = when.start - 1
    while at > 0 and words[at] in known.dates.articles:
        at -= 1
    if at > 0 and words[at] in known.dates.alternatives and _is_day_before(words, at, known.dates):
        return True
    at = when.end
    joins = at < len(words) and (words[at] in known.dates.alternatives or words[at] in _DASHES)
    return joins and at + 1 < len(words) and words[at + 1].isdecimal()


def _is_day_before(words: Sequence[str], at: int, dates: DateWords) -> bool:
    before = at - 1
    while before > 0 and (words[before] in dates.day_endings or words[before] == "."):
        before -= 1
    return words[before].isdecimal()


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
    at = start - 1
    while at >= 0 and words[at] in dates.articles:
        at -= 1
    return at >= 0 and any(m.sort == "between" for m in _at(words, at, dates))


def _numbered(when: When, first: date, words: Sequence[str], dates: DateWords) -> When | None:
    """Return the 28th of "from Monday the 17th of August until Friday the 28th": of the month of the first day."""
    if not _has_a_number(when, words, dates) or when.last is None:
        return None
    number = next(int(word) for word in words[when.end : when.end + 3] if word.isdecimal())
    day = day_of(first.year, first.month, number)
    fits = day is not None and day > first and day.weekday() == when.last.weekday()
    return replace(when, first=day, last=day) if fits else replace(when, first=None, last=None)


def _later(when: When, first: date) -> When:
    """Return the end of a span behind its beginning: 6 January of the next year behind 20 December."""
    if when.last and when.last < first and (first - when.last).days > _HALF_A_YEAR:
        day = day_of(when.last.year + 1, when.last.month, when.last.day)
        return replace(when, first=day, last=day, said="until")
    return replace(when, said="until")


def _bare_first(when: When, words: Sequence[str], dates: DateWords) -> date | None:
    """Return the 9th of "from the 9th to the 20th of February": a number that is joined to the day behind it."""
    at = when.start - 1
    joined = when.said == "until"
    while at >= 0 and (words[at] in _DASHES or words[at] in dates.joiners or words[at] in dates.articles):
        joined = joined or words[at] in _DASHES or (words[at] in dates.joiners)
        at -= 1
    by_and = any(words[i] in dates.joiners for i in range(at + 1, when.start))
    while at >= 0 and (words[at] == "." or words[at] in dates.day_endings):
        at -= 1
    number = int(words[at]) if at >= 0 and words[at].isdecimal() and len(words[at]) <= _MOST_DIGITS else 0
    if not joined or when.last is None or not 0 < number < when.last.day:
        return None
    lead = at - (1 + (at > 0 and words[at - 1] in dates.weekdays))
    if by_and and not _is_between(words, lead + 1, dates):
        return None
    return when.last.replace(day=number)


def _bare_last(when: When, words: Sequence[str], dates: DateWords) -> When | None:
    """Return the 20th of "Nov 9-20" and "November 9 to 20"."""
    at = when.end
    if when.said in {"until", "by"} or when.last is None or not words[when.end - 1 : when.end][0].isdecimal():
        return None
    joined = at < len(words) and (
        words[at] in _DASHES or any(m.sort == "until" for m in _at(words, at, dates))
    )
    number = words[at + 1] if joined and at + 1 < len(words) else ""
    if not number.isdecimal() or len(number) > _MOST_DIGITS or int(number) <= when.last.day:
        return None
    if any(m.sort in UNITS for m in _at(words, at + 2, dates)) or words[at + 2 : at + 3] in (
        ["."],
        [":"],
        ["/"],
    ):
        return None
    day = day_of(when.last.year, when.last.month, int(number))
    return replace(when, first=day, last=day, end=at + 2, said="until") if day else None
