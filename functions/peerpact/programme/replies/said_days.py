"""Until when something is promised, and from when until when somebody is away: which of a text's days that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import inf

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.dates import date_at, dates_in
from peerpact.programme.replies.ranges import (
    are_alternatives,
    is_whole,
    leads_to_another,
    range_in,
    with_months_joined,
)
from peerpact.programme.replies.spans import When, day_of

_SATURDAY = 5
_JUST_PASSED = 60
_HALF_A_YEAR = timedelta(days=183)
_OF_AN_END = {"by", "until"}
_SIDES = {"next", "this"}


def due_in(words: Sequence[str], known: AnswerWords, on: date) -> date | None:
    """Return the day until which something is promised; None without one, or when it isn't certain."""
    found = with_months_joined(dates_in(words, known, on), words, known.dates)
    coming = [w for w in found if not (w.is_recurring or w.said == "since" or _is_a_beginning(w, words, on))]
    coming = [w for w in _without_denied(coming, words, known) if w.start >= _purpose_ends(words, known)]
    coming = _without_day_ends(_without_later(coming, words), on)
    beside = _Beside.of(words, known)
    if any(
        w.last is None or (w.unit == "month" and w.said in _OF_AN_END) or beside.makes_two(w) for w in coming
    ):
        return None
    coming = [w for w in coming if not _names_a_thing(w, words, known.dates)]
    span = _only_span(coming, on)
    coming = [_inside(w, span) for w in coming if not beside.makes_earliest(w)]
    coming = [w for w in coming if not beside.is_relative(w)]
    days = [_to_come(w, words, known, on) for w in coming if not _is_rate(w, words, known.dates)]
    ahead = [w for w in days if w.last and w.last >= on and w.tense != "past"]
    led, exact = ([w for w in ahead if w.said in _OF_AN_END], [w for w in ahead if w.first == w.last])
    chosen = (led or exact or ahead)[-1:]
    if not chosen or not _is_certain(chosen[0], found, words, known):
        return None
    return None if chosen[0].unit == "start" and chosen[0].said not in _OF_AN_END else _latest(chosen[0])


def _purpose_ends(words: Sequence[str], known: AnswerWords) -> int:
    """Return where "To have it by May, I call them on Monday" begins to say what is done; 0 without such a part."""
    is_for = words and any(m.sort == "purpose" for m in known.dates.phrases.at(words, 0))
    return words.index(",") if is_for and "," in words else 0


def _is_a_beginning(when: When, words: Sequence[str], on: date) -> bool:
    """Tell of "starting today", which is no day on which something is done, and of "before my leave (from 19 July)"."""
    is_beside = words[when.start - 1 : when.start] == ["("]
    return when.said == "from" and (is_beside or when.first == when.last == on)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Where words stand that make another day of the one beside them, looked for once in a sentence."""

    not_before: frozenset[int]
    at_the_earliest: frozenset[int]
    for_the: frozenset[int]
    included: frozenset[int]
    """Where words are, and what is right before or behind them, which count the day in."""
    named: frozenset[int]
    """Where names of months end."""
    relative: float
    """Where the first "what" or "which" begins."""

    @classmethod
    def of(cls, words: Sequence[str], known: AnswerWords) -> _Beside:
        marks = known.dates.phrases.each(words)
        return cls(
            frozenset(at for m in marks if m.sort == "not_before" for at in range(m.start, m.end + 1)),
            frozenset(at for m in marks if m.sort == "earliest" for at in (m.start - 1, m.start)),
            frozenset(at for m in marks if m.sort == "for" for at in range(m.start + 1, m.end + 1)),
            frozenset(at for m in marks if m.sort == "included" for at in range(m.start - 1, m.end + 1)),
            frozenset(at for at, word in enumerate(words, 1) if word in known.dates.months),
            min((m.start for m in marks if m.sort == "relative"), default=inf),
        )

    def is_relative(self, when: When) -> bool:
        """Tell of "write up what we said on Monday": the day may be that of the saying."""
        return when.unit == "weekday" and when.said not in _OF_AN_END and when.start > self.relative

    def makes_earliest(self, when: When) -> bool:
        """Tell of "not before 1 July" and "1 July at the earliest": from then on, whenever that is."""
        return when.start in self.not_before or when.end in self.at_the_earliest

    def counts_in(self, when: When) -> bool:
        """Tell of "through 15 May" and "bis einschließlich Mai": that day or month is of the pause, too."""
        return any(at in self.included for at in range(when.start, when.end))

    def makes_two(self, when: When) -> bool:
        """Tell of "for the next month": the calendar's, or one from today."""
        is_next = when.unit in {"week", "month"} and when.tense == "future" and when.end not in self.named
        return is_next and (when.said == "for" or when.start in self.for_the)


def _is_certain(when: When, found: Sequence[When], words: Sequence[str], known: AnswerWords) -> bool:
    """Tell whether a day is the one that was said: no other beside it, nothing that moves it."""
    if any(are_alternatives(a, b, words, known) for a, b in pairwise(found)) or leads_to_another(
        when, words, known
    ):
        return False
    single = [w for w in found if not w.is_recurring]
    beside = [w for w in single if w.end == when.start or w.start == when.end]
    counted = any("count" in {w.unit, when.unit} and w.said != "for" and w.last != when.last for w in beside)
    told_twice = any(when in pair and _are_two_days(*pair, words) for pair in pairwise(found))
    return is_whole(when, found, words, known) and not (counted or told_twice)


def _are_two_days(one: When, other: When, words: Sequence[str]) -> bool:
    """Tell of "the day after tomorrow, 15 January" where that is another day."""
    between = [word for word in words[one.end : other.start] if word[:1].isalnum()]
    exact = {one.unit, other.unit} == {"day"} and not {one.said, other.said} & {"from", "since", "every"}
    return exact and one.last != other.last and one.end < other.start and len(between) <= 1


def is_earliest(when: When, words: Sequence[str], known: AnswerWords) -> bool:
    """Tell of "not before 1 July" and "1 July at the earliest"."""
    return _Beside.of(words, known).makes_earliest(when)


def _only_span(coming: Sequence[When], on: date) -> When | None:
    """Return the one week or month to come that a sentence speaks of."""
    spans = [w for w in coming if w.unit in {"week", "month"} and w.first and w.last and w.first > on]
    return spans[0] if len(spans) == 1 and spans[0].said not in _OF_AN_END else None


def _inside(when: When, span: When | None) -> When:
    """Return the Friday of next week for "next week ... by Friday", and the 15th of the month that was named."""
    first = span.first if span else None
    if span is None or first is None or when.unit != "weekday" or when.last is None or when.last >= first:
        return when
    by_week = first + timedelta(days=when.last.weekday())
    day = by_week if span.unit == "week" else day_of(first.year, first.month, when.last.day)
    return replace(when, first=day, last=day) if day else when


def _without_later(found: Sequence[When], words: Sequence[str]) -> list[When]:
    """Leave out the "later" of "the first by 15 June, the second later": the day is in a part of its own."""
    ends = [w.end for w in found if w.said in _OF_AN_END and w.last]
    comma = (
        next((at for at in range(min(ends), len(words)) if words[at] == ","), len(words))
        if ends
        else len(words)
    )
    return [w for w in found if w.last or w.unit != "vague" or w.start < comma]


def _without_day_ends(found: Sequence[When], on: date) -> list[When]:
    """Leave out the "end of day" of "by end of day on the 29th": of that day, not of today."""
    others = [w for w in found if w.unit != "end" or w.last != on]
    return others or list(found)


def _without_denied(found: Sequence[When], words: Sequence[str], known: AnswerWords) -> list[When]:
    """Leave out the Thursday of "by Friday, not Thursday" and of "on Friday instead of Thursday"."""
    denied = {m.end for m in known.answers.in_order(words) if m.sort == "not"}
    denied |= {m.end for m in known.dates.phrases.everywhere(words) if m.sort == "instead"}
    return [w for w in found if w.start not in denied]


def _to_come(when: When, words: Sequence[str], known: AnswerWords, on: date) -> When:
    """Return the next 2 March for what is promised "on 2 March" in June; of days that have just passed, none.

    Christmas is always the next one.
    """
    if when.unit == "feast" and when.last and when.last < on:
        later = date_at(words, when.start, known.dates, on + _HALF_A_YEAR)
        return replace(later, tense="future") if later else when
    has_year = any(word.isdecimal() and len(word) == 4 for word in words[when.start : when.end])
    is_day = when.unit == "day" and when.said in {"by", "until", "on"}
    if has_year or not is_day or when.last is None or (on - when.last).days < _JUST_PASSED:
        return when
    day = day_of(when.last.year + 1, when.last.month, when.last.day)
    return replace(when, first=day, last=day, tense="future") if day else when


def _is_rate(when: When, words: Sequence[str], known: DateWords) -> bool:
    """Tell of "ten push-ups a day": so often, and not until when."""
    bare = when.said == "count" and words[when.start] in known.articles
    return bare and when.start > 0 and words[when.start - 1][:1].isalnum()


def _names_a_thing(when: When, words: Sequence[str], known: DateWords) -> bool:
    """Tell of a day that is part of a name: the Monday meeting, le point du lundi, the report from January."""
    if when.unit == "feast" and when.said == "from":
        return when.start > 0 and words[when.start - 1][:1].isalnum()
    if when.unit == "month" and when.said in {"", "from"} and words[when.end - 1] in known.months:
        return when.start > 0 and not any(m.sort in _SIDES for m in known.phrases.at(words, when.start))
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
    every = with_months_joined(dates_in(words, known, on), words, known.dates)
    found = [w for w in every if not w.is_recurring and w.tense != "past"]
    beside = _Beside.of(words, known)
    found = [replace(w, said="back_on") if beside.makes_earliest(w) else w for w in found]
    if any(are_alternatives(a, b, words, known) for a, b in pairwise(found)):
        return None, None
    if span := range_in(found, words, known):
        return span[0], _end(span[1], beside) if span[1].last and span[1].last >= span[0] else None
    first, end = _named_end(found, words, known, on, beside)
    if end and beside.makes_two(end[0]):
        return None, None
    if end is None or not is_whole(end[0], every, words, known):
        return first, None
    return first, None if first and end[1] and end[1] <= first else end[1]


def _named_end(
    found: Sequence[When], words: Sequence[str], known: AnswerWords, on: date, beside: _Beside
) -> tuple[date | None, tuple[When, date | None] | None]:
    back = [w for w in found if w.said == "back_on"]
    ends = back or [w for w in found if w.said == "until"]
    starts = [w for w in found if w.said in {"from", "since"}]
    first = starts[0].first if starts else None
    if ends:
        return first, (ends[-1], _end(ends[-1], beside))
    counted = [w for w in found if w.unit == "count" or (w.said == "for" and w.unit not in {"month", "week"})]
    if counted and counted[0].first:
        begin = max(first or on, on)
        end = _counted(words, counted[0], known.dates, begin) if counted[0].last else None
        return first, (counted[0], end)
    named = [w for w in found if w not in starts and w.last and w.last > on]
    if not starts and len(named) == 1 and named[0].unit in {"week", "month"}:
        return named[0].first, (named[0], _end(named[0], beside))
    return first, None


def _end(when: When, beside: _Beside) -> date | None:
    if when.last is None or when.first is None:
        return None
    if when.said == "until" and beside.counts_in(when):
        return when.last + timedelta(days=1)
    if when.said == "back_on" or (when.said == "until" and when.unit in {"month", "week"}):
        return when.first
    if when.unit == "week":
        return when.last + timedelta(days=(-when.last.weekday()) % 7 or 7)
    return when.last + timedelta(days=1) if when.unit in {"end", "month"} else when.last


def _counted(words: Sequence[str], when: When, known: DateWords, begin: date) -> date | None:
    again = date_at(words, when.start, known, begin)
    return again.last if again else None
