"""Finds the days that a text speaks of: numbers, names, weekdays, spans, in the words of a language.

Days are those of the writer's own calendar; what can be two days (3/4, a bare month) is found without a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.spans import (
    PLAIN,
    SPANS,
    STEPS,
    UNITS,
    day_of,
    last_of_month,
    middle,
    month_later,
)

_HALF_A_YEAR = 182
_SATURDAY = 5
_MOST_COUNTED = 400
_MOST_DIGITS = 2
_JUST_PASSED = 60
_LONG_AGO = 90
"""So many days ago "until 20 June" may still speak of the past."""
_PREPOSITIONS = {"until", "by", "from", "in", "for", "every", "back_on", "since", "on"}
_PARTS = {"end_of", "start_of", "mid"}
_SIDES = {"next", "this", "last"}
_ENDS = {"end_of_week": "week", "end_of_month": "month"}
"""What "prochain" behind "fin du mois" moves on by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date in tokens ``start`` to ``end``. ``first`` and ``last`` are equal for a day."""

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    said: str = ""
    """The preposition's sort: until, by, from, in, for, every, back_on; empty without one."""
    tense: str = ""
    """past or future; empty where it could be either (a bare weekday, today)."""
    unit: str = ""
    """day, weekday, week, month, count ..."""

    @property
    def is_recurring(self) -> bool:
        return self.said == "every"


def dates_in(words: Sequence[str], known: AnswerWords, on: date) -> tuple[When, ...]:
    """Return the dates of a sentence from left to right."""
    reader = _Reader(tuple(words), known.dates, on)
    found: list[When] = []
    at = 0
    while at < len(words):
        when = reader.at(at)
        found += [when] if when else []
        at = when.end if when else at + 1
    return tuple(found)


def due_in(words: Sequence[str], known: AnswerWords, on: date) -> date | None:
    """Return the day until which something is promised; None without one, or when it isn't certain."""
    coming = [w for w in dates_in(words, known, on) if not w.is_recurring and w.said != "since"]
    if any(w.last is None or (w.unit == "month" and w.said in {"by", "until"}) for w in coming):
        return None
    days = [_to_come(w, words, on) for w in coming if not _names_a_thing(w, words, known.dates)]
    ahead = [w for w in days if w.last and w.last >= on and w.tense != "past"]
    by = [w for w in ahead if w.said in {"by", "until"}]
    chosen = by or ahead
    return _latest(chosen[-1]) if chosen else None


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
    again = _Reader(tuple(words), known, begin).at(when.start)
    return again.last if again else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence, its words' dates, and the day on which it was written."""

    words: tuple[str, ...]
    known: DateWords
    on: date

    def at(self, start: int) -> When | None:
        """Return the date that begins here, its preposition included."""
        said, at = self._preposition(start)
        for read in (self._numeric, self._part, self._day_and_month, self._weekday, self._unit, self._plain):
            found = read(at, said)
            if found:
                return self._finished(found, start, said)
        return None

    def _finished(self, when: When, start: int, said: str) -> When:
        when = self._at_the_latest(self._ahead(replace(when, start=start, said=when.said or said)))
        if when.tense or when.last is None or when.unit == "weekday":
            return when
        tense = "past" if when.last < self.on else "future" if when.first and when.first > self.on else ""
        return replace(when, tense=tense)

    def _at_the_latest(self, when: When) -> When:
        """Take in what says behind a day that it is the last: "le 22 au plus tard"."""
        sort, end = self._sort(when.end, {"latest"})
        return replace(when, end=end, said="by") if sort else when

    def _ahead(self, when: When) -> When:
        """Return the next 1 September for "until 1 September" said in January, where no year is said."""
        has_year = any(word.isdecimal() and len(word) == 4 for word in self.words[when.start : when.end])
        late = when.said in {"until", "by", "back_on"} and when.unit == "day" and not has_year
        if not late or when.tense or when.last is None or (self.on - when.last).days < _LONG_AGO:
            return when
        day = day_of(when.last.year + 1, when.last.month, when.last.day)
        return replace(when, first=day, last=day)

    def _sort(self, at: int, sorts: set[str]) -> tuple[str, int]:
        """Return which of these sorts begins here, and where it ends."""
        marks = self.known.phrases.at(self.words, at) if at < len(self.words) else []
        return next(((m.sort, m.end) for m in marks if m.sort in sorts), ("", at))

    def _preposition(self, at: int) -> tuple[str, int]:
        said = ""
        for _ in range(2):
            sort, end = self._sort(at, _PREPOSITIONS)
            if not sort:
                break
            said = sort if said in {"", "on", "in"} or sort in {"until", "by"} else said
            at = end
        return said, self._over_articles(at)

    def _over_articles(self, at: int) -> int:
        while at < len(self.words) - 1 and self.words[at] in self.known.articles:
            at += 1
        return at

    def _number(self, at: int) -> int | None:
        word = self.words[at] if 0 <= at < len(self.words) else ""
        return int(word) if word.isdecimal() and word.isascii() and len(word) <= 4 else None

    def _is(self, at: int, sign: str) -> bool:
        return at < len(self.words) and self.words[at] == sign

    def _numeric(self, at: int, said: str) -> When | None:
        first = self._number(at)
        if first is None:
            return None
        return self._iso(at, first) or self._dotted(at, first, said) or self._slashed(at, first, said)

    def _iso(self, at: int, year: int) -> When | None:
        month, day = self._number(at + 2), self._number(at + 4)
        if year < 2000 or not (self._is(at + 1, "-") and self._is(at + 3, "-")) or not (month and day):
            return None
        return self._when(at, at + 5, day_of(year, month, day))

    def _dotted(self, at: int, day: int, said: str) -> When | None:
        month = self._number(at + 2)
        if not self._is(at + 1, ".") or not month or day > 31 or month > 12:
            return None
        end, year = at + 3, None
        if self._is(end, "."):
            end, year = end + 1, self._year(end + 1)
        if not year and end == at + 3 and not said:
            return None
        return self._when(at, end + bool(year), self._near(month, day, year))

    def _year(self, at: int) -> int | None:
        year = self._number(at)
        if year is None:
            return None
        if 2000 < year < 2200:
            return year
        return 2000 + year if self.on.year % 100 <= year <= self.on.year % 100 + 5 and year > 20 else None

    def _slashed(self, at: int, first: int, said: str) -> When | None:
        second = self._number(at + 2)
        if not self._is(at + 1, "/") or not second:
            return None
        year = self._year(at + 4) if self._is(at + 3, "/") else None
        end = at + 5 if year else at + 3
        if not year and not said:
            return None
        if first > 12 or first == second or self.known.day_first:
            return self._when(at, end, self._near(second, first, year)) if second <= 12 else None
        day = self._near(first, second, year) if second > 12 else None
        return self._when(at, end, day)

    def _when(self, start: int, end: int, day: date | None, unit: str = "day") -> When:
        return When(start=start, end=end, first=day, last=day, unit=unit)

    def _near(self, month: int, day: int, year: int | None) -> date | None:
        """Return the day with this name that is nearest to today."""
        if year:
            return day_of(year, month, day)
        found = [day_of(self.on.year + n, month, day) for n in (-1, 0, 1)]
        known = [d for d in found if d and d >= self.on - timedelta(days=_HALF_A_YEAR)]
        return known[0] if known else None

    def _day_and_month(self, at: int, said: str) -> When | None:
        number = self._number(at)
        if number and number <= 31:
            end = at + 1
            if end < len(self.words) and (
                self.words[end] in self.known.day_endings or self.words[end] == "."
            ):
                end += 1
            end = self._over_articles(end)
            month = self._month(end, certain=True)
            if month:
                year = self._year_after(end + 1)
                return self._when(at, year[1], self._near(month, number, year[0]))
            return self._bare_day(at, number, end, said)
        return self._month_first(at, said)

    def _bare_day(self, at: int, number: int, end: int, said: str) -> When | None:
        """Until the 20th, by the 5th, bis zum 15., d'ici le 15: of this month or the next."""
        ended = end > at + 1 and self.words[at + 1] in self.known.day_endings
        if not said or not (ended or self._is_day(at, said)):
            return None
        found = day_of(self.on.year, self.on.month, number)
        if found is None or found < self.on:
            later = month_later(self.on.replace(day=1), 1)
            found = day_of(later.year, later.month, number)
        return self._when(at, at + (2 if ended else 1), found, unit="weekday")

    def _is_day(self, at: int, said: str) -> bool:
        """Tell whether a bare number is a day: behind "bis zum", "d'ici le", and nothing that it counts after it."""
        before, behind = self.words[at - 1] if at else "", self.words[at + 1 : at + 3]
        if before not in self.known.day_leads or said not in {"by", "until", "on"}:
            return False
        if self._sort(at + 1, {"latest"})[0]:
            return True
        dotted = behind[:1] == (".",)
        if said == "on":
            return dotted and bool(behind[1:]) and self.known.day_leads_on.issuperset({before})
        after = next(iter(behind[dotted:]), "")
        counts = after.isdecimal() or after in {":", "%", "/", "€", "-"}
        return not counts and (dotted or not after[:1].isalnum())

    def _year_after(self, at: int) -> tuple[int | None, int]:
        comma = at + 1 if self._is(at, ",") else self._over_articles(at)
        year = self._number(comma)
        return (year, comma + 1) if year and 2000 < year < 2200 else (None, at)

    def _month(self, at: int, *, certain: bool) -> int | None:
        word = self.words[at] if at < len(self.words) else ""
        if word in self.known.unsure_months and not certain:
            return None
        return self.known.months.get(word)

    def _month_first(self, at: int, said: str) -> When | None:
        """March 1st, 2026; a month alone is from its first to its last day."""
        side, place = self._sort(at, _SIDES)
        place = self._over_articles(place)
        day = self._number(place + 1)
        month = self._month(place, certain=bool(said) or bool(day and day <= 31))
        if not month:
            return None
        if day and day <= 31 and not self._is(place + 2, ":"):
            end = place + 2
            if end < len(self.words) and self.words[end] in self.known.day_endings:
                end += 1
            year, end = self._year_after(end)
            return self._when(at, end, self._near(month, day, year))
        year, end = self._year_after(place + 1)
        first = day_of(year, month, 1) if year else self._month_near(month, side)
        if first is None:
            return None
        return When(start=at, end=end, first=first, last=last_of_month(first), unit="month")

    def _month_near(self, month: int, side: str) -> date | None:
        later = self.on.year + (month < self.on.month)
        if side == "last":
            return day_of(self.on.year - (month >= self.on.month), month, 1)
        return day_of(later, month, 1)

    def _weekday(self, at: int, said: str) -> When | None:
        side, place = self._sort(at, _SIDES)
        place = self._over_articles(place)
        number = self.known.weekdays.get(self.words[place]) if place < len(self.words) else None
        if number is None:
            return None
        end = place + 1
        if in_week := self._week_from(end):
            day = in_week.first + timedelta(days=number) if in_week.first else None
            return When(start=at, end=in_week.end, first=day, last=day, tense=in_week.tense, unit="weekday")
        if not side:
            side, end = self._sort(end, _SIDES)
        exact = self._day_and_month(self._over_articles(end), "on") if not self._is(end, ".") else None
        if exact and exact.first and (exact.unit == "day" or exact.first.weekday() == number):
            return replace(exact, start=at)
        ahead = (number - self.on.weekday()) % 7 or 7
        week, after = self._sort(end, {"a_week_later"})
        ahead += 7 if week else 0
        if side == "next" and self.known.next_weekday_skips and number > self.on.weekday():
            ahead += 7
        tense = {"last": "past", "next": "future", "this": ""}.get(side, "")
        ahead = ahead - 7 if side == "last" else ahead
        day = self.on + timedelta(days=ahead)
        tense = tense or ("future" if said in {"by", "until"} or week else "")
        return When(start=at, end=after if week else end, first=day, last=day, tense=tense, unit="weekday")

    def _week_from(self, at: int) -> When | None:
        """Return the week of "Thursday next week" and "jeudi de la semaine prochaine"."""
        found = self._unit(self._over_articles(at), "")
        return found if found and found.unit == "week" and found.tense == "future" else None

    def _part(self, at: int, _said: str) -> When | None:
        """End of January, mid-February, the end of next week."""
        part, place = self._sort(at, _PARTS)
        if not part:
            return None
        place = self._over_articles(place)
        inner = self._month_first(place, "in") or self._unit(place, "this") or self._closed(place)
        if inner is None or inner.first is None or inner.last is None:
            return None
        day = {"end_of": inner.last, "start_of": inner.first}.get(part, middle(inner.first, inner.last))
        return replace(inner, start=at, first=day, last=day, unit="end" if part == "end_of" else "day")

    def _closed(self, at: int) -> When | None:
        """A bare unit after "end of": the running one."""
        return self._unit_at(at, "this", at)

    def _unit(self, at: int, said: str) -> When | None:
        """Next week, this month, la semaine prochaine; two weeks, with or without in, for, ago."""
        side, place = self._sort(at, _SIDES)
        place = self._over_articles(place)
        if side and (found := self._unit_at(place, side, at)):
            return found
        unit, end = self._sort(place, UNITS)
        if unit:
            side, after = self._sort(end, _SIDES)
            if side:
                return self._span(unit, side, at, after)
        return self._count(at, said)

    def _unit_at(self, place: int, side: str, start: int) -> When | None:
        unit, end = self._sort(place, UNITS)
        return self._span(unit, side, start, end) if unit else None

    def _span(self, unit: str, side: str, start: int, end: int) -> When | None:
        steps = {"next": 1, "this": 0, "last": -1}[side]
        first, last = SPANS[unit](self.on, steps)
        tense = {"next": "future", "last": "past"}.get(side, "")
        name = "week" if unit == "weekend" else unit
        behind = self._over_articles(self._sort(end, {"on"})[1])
        if unit == "week" and behind < len(self.words) and self.words[behind] in self.known.weekdays:
            day = first + timedelta(days=self.known.weekdays[self.words[behind]])
            return When(start=start, end=behind + 1, first=day, last=day, tense=tense, unit="weekday")
        return When(start=start, end=end, first=first, last=last, tense=tense, unit=name)

    def _count(self, at: int, said: str) -> When | None:
        before, place = self._sort(at, {"ago_before"})
        number = self._number(place)
        if number is None and place < len(self.words):
            number = self.known.counts.get(self.words[place])
        if number is None and place and self.known.counts.get(self.words[place - 1]) == 1:
            number, place = 1, place - 1
        led = place > 0 and self.words[place - 1] in self.known.articles and self._number(place) is None
        unit_at = self._sort(place + 1, {"next"})[1] if led else place + 1
        unit, end = self._sort(unit_at, UNITS)
        if not number or number > _MOST_COUNTED or unit not in STEPS:
            return None
        ago, after = self._sort(end, {"ago", "from_now"})
        end = after if ago else end
        past = bool(before) or ago == "ago"
        sign = -1 if past else 1
        day = STEPS[unit](self.on, sign * number)
        first, last = (day, day) if past or said == "in" or ago else (self.on, day)
        tense = "past" if past else "future" if said in {"in", "by"} or ago == "from_now" else ""
        if not (past or ago or said in {"in", "by", "for", "until", "from"}):
            return When(start=at, end=end, first=self.on, last=day, unit="count", tense="count", said="count")
        return When(start=at, end=end, first=first, last=last, unit="count", tense=tense or "count")

    def _plain(self, at: int, _said: str) -> When | None:
        sort, end = self._sort(at, set(PLAIN))
        if not sort:
            return None
        days, tense = PLAIN[sort]
        if days is None:
            return When(start=at, end=end, tense=tense, unit="vague", first=self.on, last=None)
        if sort == "today" and (counted := self._counted_from_today(end)):
            return counted
        side, after = self._sort(end, {"next"})
        if side and sort in _ENDS:
            last = SPANS[_ENDS[sort]](self.on, 1)[1]
            return When(start=at, end=after, first=last, last=last, tense="future", unit="day")
        first, last = days(self.on)
        return When(start=at, end=end, first=first, last=last, tense=tense, unit="day")

    def _counted_from_today(self, at: int) -> When | None:
        """Read the rest of "heute in zwei Wochen"."""
        said, place = self._preposition(at)
        found = self._count(place, said) if said == "in" else None
        return found if found and found.tense == "future" else None
