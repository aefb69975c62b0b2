"""Until when something is promised, and from when until when somebody is away: which of a text's days that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.dates import When, date_at, dates_in
from peerpact.programme.replies.ranges import are_alternatives, is_whole, leads_to_another, range_in
from peerpact.programme.replies.spans import day_of

_SATURDAY = 5
_JUST_PASSED = 60
_OF_AN_END = {"by", "until"}


def due_in(words: Sequence[str], known: AnswerWords, on: date) -> date | None:
    """Return the day until which something is promised; None without one, or when it isn't certain."""
    found = dates_in(words, known, on)
    coming = [w for w in found if not w.is_recurring and w.said != "since"]
    coming = _without_denied(coming, words, known) or coming
    coming = _without_later(coming, words)
    if any(
        w.last is None or (w.unit == "month" and w.said in _OF_AN_END) or _is_two(w, words, known)
        for w in coming
    ):
        return None
    coming = [_inside(w, coming, on) for w in coming if not is_earliest(w, words, known)]
    days = [_to_come(w, words, on) for w in coming if not _names_a_thing(w, words, known.dates)]
    ahead = [w for w in days if w.last and w.last >= on and w.tense != "past"]
    chosen = ([w for w in ahead if w.said in _OF_AN_END] or ahead)[-1:]
    if not chosen or not _is_certain(chosen[0], found, words, known):
        return None
    return None if chosen[0].unit == "start" and chosen[0].said not in _OF_AN_END else _latest(chosen[0])


def _is_two(when: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of "for the next month": the calendar's, or one from today."""
    if when.unit not in {"week", "month"} or when.tense != "future":
        return False
    led = (m for m in known.dates.phrases.everywhere(words[: when.end]) if m.sort == "for")
    return when.said == "for" or any(m.start < when.start <= m.end for m in led)


def _is_certain(when: When, found: Sequence[When], words: Sequence[str], known: AnswerWords) -> bool:
    """Tell whether a day is the one that was said: no other beside it, nothing that moves it."""
    if any(are_alternatives(a, b, words, known) for a, b in pairwise(found)) or leads_to_another(
        when, words, known
    ):
        return False
    beside = [w for w in found if w.end == when.start or w.start == when.end]
    counted = any("count" in {w.unit, when.unit} and w.said != "for" and w.last != when.last for w in beside)
    return is_whole(when, found, words, known) and not counted


def is_earliest(when: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of "not before 1 July" and "1 July at the earliest": from then on, whenever that is."""
    marks = known.dates.phrases.each(words)
    before = any(m.sort == "not_before" and m.start <= when.start <= m.end for m in marks)
    return before or any(m.sort == "earliest" and m.start in {when.end, when.end + 1} for m in marks)


def _inside(when: When, coming: Sequence[When], on: date) -> When:
    """Return the Friday of next week for "next week ... by Friday", and the 15th of the month that was named."""
    spans = [w for w in coming if w.unit in {"week", "month"} and w.first and w.last and w.first > on]
    if when.unit != "weekday" or len(spans) != 1 or when.last is None or spans[0].said in _OF_AN_END:
        return when
    first, last = spans[0].first, spans[0].last
    if first is None or last is None:
        return when
    if spans[0].unit == "week":
        day: date | None = first + timedelta(days=when.last.weekday())
    else:
        day = day_of(first.year, first.month, when.last.day) if when.last.month != first.month else when.last
    return replace(when, first=day, last=day) if day and when.last < first else when


def _without_later(found: Sequence[When], words: Sequence[str]) -> list[When]:
    """Leave out the "later" of "the first by 15 June, the second later": the day is in a part of its own."""
    dated = [w for w in found if w.said in _OF_AN_END and w.last]
    return [
        w
        for w in found
        if w.last
        or w.unit != "vague"
        or not any("," in words[d.end : w.start] for d in dated if d.end < w.start)
    ]


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
    led = when.said in {"by", "until", "on"} or words[when.start] in known.firm
    return is_named and not led and before in known.articles


def _latest(when: When) -> date | None:
    """Return the last day of what was said; before a weekend that is its Friday."""
    if when.said == "by" and when.first and when.first != when.last and when.first.weekday() == _SATURDAY:
        return when.first - timedelta(days=1)
    return when.last


def pause_in(words: Sequence[str], known: AnswerWords, on: date) -> tuple[date | None, date | None]:
    """Return from when and until when somebody is away; the second is None when no end is said for certain.

    The end is the day that was named, or the first one after a week, a month or a number of weeks.
    """
    every = dates_in(words, known, on)
    found = [w for w in every if not w.is_recurring and w.tense != "past"]
    found = [replace(w, said="back_on") if is_earliest(w, words, known) else w for w in found]
    if any(are_alternatives(a, b, words, known) for a, b in pairwise(found)):
        return None, None
    if span := range_in(found, words, known):
        return span[0], _end(span[1]) if span[1].last and span[1].last >= span[0] else None
    first, end = _named_end(found, words, known, on)
    if end and _is_two(end[0], words, known):
        return None, None
    if end is None or not is_whole(end[0], every, words, known):
        return first, None
    return first, None if first and end[1] and end[1] <= first else end[1]


def _named_end(
    found: Sequence[When], words: Sequence[str], known: AnswerWords, on: date
) -> tuple[date | None, tuple[When, date | None] | None]:
    back = [w for w in found if w.said == "back_on"]
    ends = back or [w for w in found if w.said == "until"]
    starts = [w for w in found if w.said in {"from", "since"}]
    first = starts[0].first if starts else None
    if ends:
        return first, (ends[-1], _end(ends[-1]))
    counted = [w for w in found if w.said == "for" or w.unit == "count"]
    if counted and counted[0].first:
        begin = first if first and first > on else on
        end = _counted(words, counted[0], known.dates, begin) if counted[0].last else None
        return first, (counted[0], end)
    named = [w for w in found if w not in starts and w.last and w.last > on]
    if not starts and len(named) == 1 and named[0].unit in {"week", "month"}:
        return named[0].first, (named[0], _end(named[0]))
    return first, None


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
