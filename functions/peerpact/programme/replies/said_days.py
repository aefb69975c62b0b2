"""Until when something is promised, and from when until when somebody is away: which of a text's days that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.dates import When, date_at, dates_in
from peerpact.programme.replies.spans import day_of

_SATURDAY = 5
_MOST_DIGITS = 2
_JUST_PASSED = 60


def due_in(words: Sequence[str], known: AnswerWords, on: date) -> date | None:
    """Return the day until which something is promised; None without one, or when it isn't certain."""
    coming = [w for w in dates_in(words, known, on) if not w.is_recurring and w.said != "since"]
    coming = _without_denied(coming, words, known) or coming
    if any(w.last is None or (w.unit == "month" and w.said in {"by", "until"}) for w in coming):
        return None
    days = [_to_come(w, words, on) for w in coming if not _names_a_thing(w, words, known.dates)]
    ahead = [w for w in days if w.last and w.last >= on and w.tense != "past"]
    by = [w for w in ahead if w.said in {"by", "until"}]
    chosen = by or ahead
    return _latest(chosen[-1]) if chosen else None


def _without_denied(found: Sequence[When], words: Sequence[str], known: AnswerWords) -> list[When]:
    """Leave out the Thursday of "by Friday, not Thursday" and of "on Friday instead of Thursday"."""
    denied = {m.end for m in known.answers.in_order(words) if m.sort == "not"}
    denied |= {m.end for m in known.dates.phrases.everywhere(words) if m.sort == "instead"}
    return [w for w in found if w.start not in denied]


def _to_come(when: When, words: Sequence[str], on: date) -> When:
    """Return the next 2 March for what is promised "on 2 March" in June; of days that have just passed, none."""
    has_year = any(word.isdecimal() and len(word) == 4 for word in words[when.start : when.end])
    is_day = when.unit == "day" and when.said in {"by", "until", "on"}
    if has_year or not is_day or when.last is None or (on - when.last).days < _JUST_PASSED:
        return when
    day = day_of(when.last.year + 1, when.last.month, when.last.day)
    return replace(when, first=day, last=day, tense="future") if day else when


def _names_a_thing(when: When, words: Sequence[str], known: DateWords) -> bool:
    """Tell of a weekday behind an article that it is part of a name: the Monday meeting, le point du lundi."""
    before = words[when.end - 2] if when.end > 1 else ""
    is_named = when.unit == "weekday" and words[when.end - 1] in known.weekdays
    if is_named and not when.tense and before in known.recurring_leads:
        return True
    return when.unit == "weekday" and when.said not in {"by", "until", "on"} and before in known.articles


def _latest(when: When) -> date | None:
    """Return the last day of what was said; before a weekend that is its Friday."""
    if when.said == "by" and when.first and when.first != when.last and when.first.weekday() == _SATURDAY:
        return when.first - timedelta(days=1)
    return when.last


def pause_in(words: Sequence[str], known: AnswerWords, on: date) -> tuple[date | None, date | None]:
    """Return from when and until when somebody is away; the second is None when no end is said for certain.

    The end is the day that was named, or the first one after a week, a month or a number of weeks.
    """
    found = [w for w in dates_in(words, known, on) if not w.is_recurring and w.tense != "past"]
    back = [w for w in found if w.said == "back_on"]
    ends = back or [w for w in found if w.said == "until"]
    starts = [w for w in found if w.said in {"from", "since"}]
    first = starts[0].first if starts else None
    if ends:
        return first or _bare_first(words, ends[-1]), _end(ends[-1])
    counted = [w for w in found if w.said == "for" or w.unit == "count"]
    if counted and counted[0].first:
        length = counted[0].last - counted[0].first if counted[0].last else None
        begin = first if first and first > on else on
        return first, _counted(words, counted[0], known.dates, begin) if length else None
    named = [w for w in found if w not in starts and w.last and w.last > on]
    if not starts and len(named) == 1 and named[0].unit in {"week", "month"}:
        return named[0].first, _end(named[0])
    return first, None


def _bare_first(words: Sequence[str], until: When) -> date | None:
    """Return the 9th of "from 9 to 20 February": a bare number right before the day on which it ends."""
    at = until.start - 1 - (until.start > 0 and words[until.start - 1] == ".")
    number = int(words[at]) if at >= 0 and words[at].isdecimal() and len(words[at]) <= _MOST_DIGITS else 0
    return until.last.replace(day=number) if until.last and 0 < number < until.last.day else None


def _end(when: When) -> date | None:
    if when.last is None or when.first is None:
        return None
    if when.said == "back_on" or (when.said == "until" and when.unit in {"month", "week"}):
        return when.first
    if when.unit == "week":
        return when.last + timedelta(days=(-when.last.weekday()) % 7 or 7)
    return when.last + timedelta(days=1) if when.unit in {"end", "month"} else when.last


def _counted(words: Sequence[str], when: When, known: DateWords, begin: date) -> date | None:
    again = date_at(words, when.start, known, begin)
    return again.last if again else None
