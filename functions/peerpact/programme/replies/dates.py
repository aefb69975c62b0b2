"""Finds the days that a text speaks of: numbers, names, weekdays, spans, in the words of a language.

Days are those of the writer's own calendar; what can be two days (3/4, a bare month) is found without a day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from peerpact.programme.replies.answer_words import AnswerWords, DateWords
from peerpact.programme.replies.hours import is_hour, over_hours, over_parts
from peerpact.programme.replies.numeric import day_at, day_in_figures, is_at, number_at, over_short_weekday
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.spans import (
    PLAIN,
    SPANS,
    STEPS,
    UNITS,
    When,
    calendar_week,
    day_of,
    feast_near,
    last_of_month,
    middle,
    month_later,
    month_near,
    near,
    said_ahead,
    span_of,
    working_week,
)

_MOST_COUNTED = 400
_MOST_DAYS = 31
_PREPOSITIONS = {"until", "by", "from", "in", "for", "every", "back_on", "since", "on"}
_WEEKS_LATER = {"a_week_later": 7, "two_weeks_later": 14}
_PARTS = {"end_of", "start_of", "mid", "rest_of"}
_SIDES = {"next", "this", "last", "after_next"}
_NTH = {f"nth_{n}" for n in range(1, 5)}
_MOST_NUMBERED = 10
"""A number up to this may be a promise's: "le 2, je l'ai fait"."""
_MOST_BETWEEN = 6
"""Words between "two days before" and the day that is meant: "the trade show (22 June)"."""
_ENDINGS = {"", ",", ".", "!", ")"}
_QUARTERS = {"quarter_1": 1, "quarter_2": 4, "quarter_3": 7, "quarter_4": 10}
"""The month that each begins with."""
_ENDS = {"end_of_week": "week", "end_of_month": "month", "end_of_quarter": "quarter", "end_of_year": "year"}
"""What "prochain" behind "fin du mois" moves on by one."""


def dates_in(words: Sequence[str], known: AnswerWords, on: date) -> tuple[When, ...]:
    """Return the dates of a sentence from left to right."""
    reader = _Reader(tuple(words), known.dates, on)
    found: list[When] = []
    at = 0
    while at < len(words):
        when = reader.at(at)
        found += [when] if when else []
        at = over_hours(words, when.end, known.dates) if when else reader.over_idle(at)
    return tuple(found)


def date_at(words: Sequence[str], place: int, known: DateWords, on: date) -> When | None:
    """Return the date that begins at a place, as on another day."""
    return _Reader(tuple(words), known, on).at(place)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sentence, its words' dates, and the day on which it was written."""

    words: tuple[str, ...]
    known: DateWords
    on: date
    _marks: dict[int, list[Mark]] = field(default_factory=dict)
    """What begins at each place: every kind of date asks for it anew."""
    is_inner: bool = False  # the day that it reads is counted from no other

    def at(self, start: int) -> When | None:
        """Return the date that begins here, its preposition included."""
        if whole := self._within(start) or self._ago(start) or self._behind_hour(start, ""):
            return whole
        if self._sort(start, {"idle"})[0]:
            return None
        said, at = self._preposition(start)
        for read in self._readers():
            if found := read(at, said):
                return self._finished(found, start, said)
        return None

    def over_idle(self, at: int) -> int:
        """Pass over a word, or several that only look like a day: "por la mañana" is no tomorrow."""
        sort, end = self._sort(at, {"idle"})
        return end if sort else at + 1

    def _readers(self) -> tuple[Callable[[int, str], When | None], ...]:
        named = (
            self._in_figures,
            self._numbered_week,
            self._part,
            self._quarter,
            self._feast,
            self._day_and_month,
            self._weekday,
        )
        return (self._behind_hour, *named, self._unit, self._plain)

    def _within(self, start: int) -> When | None:
        """Read "within the next month": one of it, counted from today."""
        sort, place = self._sort(start, {"within"})
        unit, end = self._sort(place, UNITS) if sort else ("", 0)
        if unit not in STEPS:
            return None
        day = STEPS[unit](self.on, 1)
        return When(start=start, end=end, first=day, last=day, said="in", tense="future", unit="count")

    def _behind_hour(self, at: int, said: str) -> When | None:
        """Read "first thing Monday", and what is behind "by" in "by noon on Friday"."""
        behind = over_parts(self.words, at, self.known)
        is_led = said != "every" and at < behind < len(self.words)
        found = (self.at(behind) or self._in_figures(behind, "on")) if is_led else None
        return replace(found, start=at, said=said or found.said) if found else None

    def _ago(self, start: int) -> When | None:
        """Read "vor zwei Wochen", which is over; "vor Freitag" isn't."""
        return self._count(start, "") if self._sort(start, {"ago_before"})[0] else None

    def _finished(self, when: When, start: int, said: str) -> When:
        said = said if said == "every" else when.said or said
        when = self._at_the_latest(said_ahead(replace(when, start=start, said=said), self.words, self.on))
        when = self._is_back(self._recurring(when))
        if when.tense or when.last is None or when.unit == "weekday":
            return when
        tense = "past" if when.last < self.on else "future" if when.first and when.first > self.on else ""
        return replace(when, tense=tense)

    def _at_the_latest(self, when: When) -> When:
        """Take in what says behind a day that it is the last: "le 22 au plus tard"."""
        sort, end = self._sort(over_hours(self.words, when.end, self.known), {"latest"})
        return replace(when, end=end, said="by") if sort else when

    def _recurring(self, when: When) -> When:
        """Take in what says behind a weekday that it is every such one: "un mardi sur deux", "Friday afternoons"."""
        sort, end = self._sort(when.end, {"recurs"}) if when.unit == "weekday" else ("", 0)
        return replace(when, end=end, said="every") if sort else when

    def _is_back(self, when: When) -> When:
        """Take in what says behind a day that somebody is back on it: "ab 9. Februar wieder da"."""
        sort, end = self._sort(when.end, {"is_back"}) if when.said in {"", "on", "from"} else ("", 0)
        return replace(when, end=end, said="back_on") if sort else when

    def _sort(self, at: int, sorts: set[str]) -> tuple[str, int]:
        """Return which of these sorts begins here, and where it ends."""
        if at not in self._marks:
            self._marks[at] = self.known.phrases.at(self.words, at) if at < len(self.words) else []
        return next(((m.sort, m.end) for m in self._marks[at] if m.sort in sorts), ("", at))

    def _preposition(self, at: int) -> tuple[str, int]:
        said = ""
        for _ in range(2):
            sort, end = self._sort(at, _PREPOSITIONS)
            if not sort:
                break
            is_month = (said, sort) == ("for", "in")
            said = sort if said in {"", "on", "in"} or sort in {"until", "by", "since"} or is_month else said
            at = end
        return said, over_short_weekday(self.words, self._over_articles(at), self.known)

    def _over_articles(self, at: int) -> int:
        while at < len(self.words) - 1 and self.words[at] in self.known.articles:
            at += 1
        return at

    def _in_figures(self, at: int, said: str) -> When | None:
        return day_in_figures(self.words, at, said, self.known, self.on)

    def _day_and_month(self, at: int, said: str) -> When | None:
        """The 5th of March, "zwölften Februar", the 3rd of next month; a bare day, or a month first."""
        number = number_at(self.words, at)
        day = number or (self.known.ordinals.get(self.words[at]) if at < len(self.words) else None)
        if not day or day > _MOST_DAYS:
            return self._month_first(at, said)
        end = at + 1
        if not {*self.known.day_endings, ".", "-"}.isdisjoint(self.words[end : end + 1]):
            end += 1
        end = self._over_articles(end)
        if month := self._month(end, certain=True):
            year, last = self._year_after(end + 1)
            return day_at(at, last, near(self.on, month, day, year))
        span = self._this_month(end) if end > at + 1 else None
        if span and span.first:
            return day_at(at, span.end, day_of(span.first.year, span.first.month, day))
        return self._bare_day(at, number, end, said) if number else None

    def _bare_day(self, at: int, number: int, end: int, said: str) -> When | None:
        """Until the 20th, by the 5th, bis zum 15., d'ici le 15: of this month or the next."""
        ended = end > at + 1 and self.words[at + 1] in self.known.day_endings
        if not said or not (ended or self._is_day(at, said)):
            return None
        found = day_of(self.on.year, self.on.month, number)
        if found is None or found < self.on:
            later = month_later(self.on.replace(day=1), 1)
            found = day_of(later.year, later.month, number)
        return day_at(at, at + (2 if ended else 1), found, unit="weekday")

    def _is_day(self, at: int, said: str) -> bool:
        """Tell whether a bare number is a day: behind "bis zum", "d'ici le", and nothing that it counts after it."""
        before, behind = self.words[at - 1] if at else "", self.words[at + 1 : at + 3]
        if before not in self.known.day_leads or said not in {"by", "until", "on"}:
            return False
        if self._sort(at + 1, {"latest"})[0]:
            return True
        dotted = behind[:1] == (".",)
        leads_on = self.known.day_leads_on
        is_large = said == "on" and (number_at(self.words, at) or 0) > _MOST_NUMBERED
        after = next(iter(behind[dotted:]), "")
        has_hour = over_hours(self.words, at + 1 + dotted, self.known) > at + 1 + dotted
        if is_large and at > 1 and (has_hour or after in _ENDINGS):
            return not leads_on or before in leads_on
        if is_large and not leads_on and at == 1:
            return dotted or behind[:1] not in {(), ("%",), ("/",), (":",), ("-",)}
        if said == "on":
            return dotted and bool(behind[1:]) and leads_on.issuperset({before})
        counts = after.isdecimal() or after in {":", "%", "/", "€", "-"}
        return not counts and (dotted or before in self.known.day_leads_by or not after[:1].isalnum())

    def _year_after(self, at: int) -> tuple[int | None, int]:
        comma = at + 1 if is_at(self.words, at, ",") else self._over_articles(at)
        year = number_at(self.words, comma)
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
        dot = is_at(self.words, place + 1, ".")
        day = number_at(self.words, place + 1 + dot)
        month = self._month(place, certain=bool(said or (day and day <= 31)) or self._goes_on(place))
        if not month:
            return None
        if day and day <= 31 and not is_at(self.words, place + 2 + dot, ":"):
            end = place + 2 + dot
            if end < len(self.words) and self.words[end] in self.known.day_endings:
                end += 1
            year, end = self._year_after(end)
            return day_at(at, end, near(self.on, month, day, year))
        year, end = self._year_after(place + 1)
        first = day_of(year, month, 1) if year else month_near(self.on, month, side)
        if first is None:
            return None
        return When(start=at, end=end, first=first, last=last_of_month(first), unit="month")

    def _goes_on(self, at: int) -> bool:
        """Tell of the "March" of "February and March", which is no verb."""
        joined = at > 1 and self.words[at - 1] in {",", *self.known.joiners}
        return joined and self._month(at - 2, certain=True) is not None

    def _weekday(self, at: int, said: str) -> When | None:
        side, place = self._sort(at, _SIDES)
        place = self._over_articles(place if side else self._sort(at, _NTH)[1])
        number, end = self._day_of_week(place, said)
        if number is None or side == "after_next":
            return None
        if nth := self._nth_of_month(at, place, number):
            return nth
        if in_week := self._week_from(end):
            day = in_week.first + timedelta(days=number) if in_week.first else None
            return When(start=at, end=in_week.end, first=day, last=day, tense=in_week.tense, unit="weekday")
        if not side:
            side, end = self._sort(end, _SIDES - {"after_next"})
        behind = self._over_articles(end + (is_at(self.words, end, ",") or is_at(self.words, end, "(")))
        exact = self._in_figures(behind, "on") or self._day_and_month(behind, "on")
        fits = exact and exact.first and exact.first.weekday() == number
        if exact and (fits or exact.unit == "day"):
            return replace(exact, start=at) if fits else replace(exact, start=at, first=None, last=None)
        has_hours = over_hours(self.words, end, self.known) > end
        if not has_hours and (by_number := self._numbered_weekday(at, behind, number)):
            return by_number
        ahead = (number - self.on.weekday()) % 7 or 7
        week, after = self._sort(end, set(_WEEKS_LATER))
        if week and ahead == 7:
            return None
        ahead += _WEEKS_LATER.get(week, 0)
        said_next = side == "next" and not self.known.unsure_next.isdisjoint(self.words[at:end])
        said_next |= bool(self._sort(end, {"the_other"})[0])
        is_unsure = said_next and ahead > 1 and number > self.on.weekday()
        ahead += {"next": 7 if ahead == 1 else 0, "last": -7}.get(side, -7 if said == "since" else 0)
        day = self.on + timedelta(days=ahead) if not is_unsure else None
        tense = {"last": "past", "next": "future"}.get(side, "past" if said == "since" else "")
        tense = tense or ("future" if said in {"by", "until"} or week else "")
        return When(start=at, end=after if week else end, first=day, last=day, tense=tense, unit="weekday")

    def _day_of_week(self, at: int, said: str) -> tuple[int | None, int]:
        """Return the number of Friday, and where its name ends; "Friday's talk" is a day where one is to be at it."""
        word = self.words[at] if at < len(self.words) else ""
        name = word.removesuffix("'") if said else word
        number = self.known.weekdays.get(name)
        if number is None and said in {"by", "until"} and number_at(self.words, at + 1) is None:
            number = self.known.short_weekdays.get(name)
        return number, at + 1 + (name != word)

    def _numbered_weekday(self, at: int, place: int, weekday: int) -> When | None:
        """Read the number of "Mittwoch, den 21.": of this month or the next; no day where it is that of neither."""
        number = number_at(self.words, place)
        if is_hour(self.words, place + 1, self.known):
            return None
        for first in (self.on.replace(day=1), month_later(self.on.replace(day=1), 1)):
            day = day_of(first.year, first.month, number) if number else None
            if day and day >= self.on and day.weekday() == weekday:
                return When(start=at, end=place + 1, first=day, last=day, tense="future", unit="weekday")
        behind = "".join(self.words[place + 1 : place + 2])
        is_day = number and number <= 31 and behind != ":" and not behind[:1].isalnum()
        return When(start=at, end=place + 1, tense="future", unit="weekday") if is_day else None

    def _nth_of_month(self, at: int, place: int, weekday: int) -> When | None:
        """Read "the last Friday of January" and "am ersten Montag im März"."""
        side, _ = self._sort(at, {"last"})
        nth = 0 if side else next((n for n in range(1, 5) if self._sort(at, {f"nth_{n}"})[0]), None)
        end = self._over_articles(self._sort(self._over_articles(place + 1), {"in", "of"})[1])
        month = (self._month_first(end, "in") or self._this_month(end)) if nth is not None else None
        if month is None or month.unit != "month" or not month.first or not month.last or nth is None:
            return None
        if nth:
            day = month.first + timedelta(days=(weekday - month.first.weekday()) % 7 + 7 * (nth - 1))
        else:
            day = month.last - timedelta(days=(month.last.weekday() - weekday) % 7)
        known = day if day >= self.on else None
        return When(
            start=at, end=month.end, first=known, last=known, unit="weekday", said="on", tense="future"
        )

    def _this_month(self, at: int) -> When | None:
        """Return the month of "the last Friday of the month", "of this month"."""
        found = self._unit(at, "this") or self._unit_at(at, "this", at)
        return found if found and found.unit == "month" else None

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
        inner = self._quarter(place, "in") or self._month_first(place, "in") or self._numbered_week(place, "")
        inner = inner or self._unit(place, "this") or self._unit_at(place, "this", place)
        if inner is None or inner.first is None or inner.last is None:
            return None
        if part == "rest_of":
            return replace(inner, start=at, first=self.on, last=inner.last, unit="end", said="until")
        ends = {"end_of": (inner.last, "end"), "start_of": (inner.first, "start")}
        day, unit = ends.get(part, (middle(inner.first, inner.last), "day"))
        return replace(inner, start=at, first=day, last=day, unit=unit)

    def _numbered_week(self, at: int, _said: str) -> When | None:
        """KW 12, week 12: of this year, or of the next where it is over; the week of 12 April."""
        sort, place = self._sort(at, {"numbered_week", "week_of"})
        if sort == "week_of":
            day = self._in_figures(place, "on") or self._day_and_month(place, "on")
            is_day = day is not None and day.first is not None and day.first == day.last
            return span_of(at, day.end, working_week(day.first)) if day and day.first and is_day else None
        found = calendar_week(self.on, number_at(self.words, place) or 0) if sort else None
        return span_of(at, place + 1, found) if found else None

    def _quarter(self, at: int, _said: str) -> When | None:
        """Q1, the second quarter: of this year where it isn't over, else of the next, or of the year behind it."""
        sort, end = self._sort(at, set(_QUARTERS))
        if not sort:
            return None
        month = _QUARTERS[sort]
        year, end = self._year_after(end)
        year = year or self.on.year + (month + 2 < self.on.month)
        first, last = date(year, month, 1), last_of_month(date(year, month + 2, 1))
        return When(start=at, end=end, first=first, last=last, unit="quarter")

    def _feast(self, at: int, _said: str) -> When | None:
        """Read Christmas, "next Easter", Silvester: the one ahead, or the last one for half a year."""
        place = self._over_articles(self._sort(at, _SIDES)[1])
        marks = self.known.phrases.at(self.words, place) if place < len(self.words) else []
        mark = next((m for m in marks if m.sort == "feast"), None)
        day = feast_near(self.on, str(mark.value)) if mark else None
        return When(start=at, end=mark.end, first=day, last=day, unit="feast") if mark and day else None

    def _unit(self, at: int, said: str) -> When | None:
        """Next week, this month, la semaine prochaine; two weeks, with or without in, for, ago."""
        side, place = self._sort(at, _SIDES)
        unit, end = self._sort(self._over_articles(place), UNITS)
        if unit and not side:
            side, end = self._sort(end, _SIDES)
        return self._span(unit, side, at, end) if unit and side else self._count(at, said)

    def _unit_at(self, place: int, side: str, start: int) -> When | None:
        unit, end = self._sort(place, UNITS)
        return self._span(unit, side, start, end) if unit else None

    def _span(self, unit: str, side: str, start: int, end: int) -> When | None:
        steps = {"next": 1, "this": 0, "last": -1, "after_next": 2}[side]
        first, last = SPANS[unit](self.on, steps)
        tense = {"next": "future", "after_next": "future", "last": "past"}.get(side, "")
        name = "week" if unit == "weekend" else unit
        behind = self._over_articles(self._sort(end, {"on"})[1])
        if unit == "week" and behind < len(self.words) and self.words[behind] in self.known.weekdays:
            day = first + timedelta(days=self.known.weekdays[self.words[behind]])
            return When(start=start, end=behind + 1, first=day, last=day, tense=tense, unit="weekday")
        return When(start=start, end=end, first=first, last=last, tense=tense, unit=name)

    def _count(self, at: int, said: str) -> When | None:
        if self._sort(at, {"soon"})[0]:
            return None
        half, end = self._sort(at, {"half_year"})
        if half:
            last = month_later(self.on, 6)
            first = last if said in {"in", "by"} else self.on
            return When(start=at, end=end, first=first, last=last, unit="count", tense="count")
        before, place = self._sort(at, {"ago_before"})
        word = self.words[place] if place < len(self.words) else ""
        number = self.known.counts.get(word, number_at(self.words, place))
        if number is None and place and self.known.counts.get(self.words[place - 1]) == 1:
            number, place = 1, place - 1
        led = (
            place > 0
            and self.words[place - 1] in self.known.articles
            and number_at(self.words, place) is None
        )
        unit_at = self._sort(place + 1, {"next"})[1] if led else place + 1
        unit, end = self._sort(unit_at, UNITS)
        a_day = self._sort(place, {"day"})
        if number is None and a_day[0] and self._is_apart(a_day[1]):
            number, (unit, end) = 1, a_day
        if not number or number > _MOST_COUNTED or unit not in STEPS:
            return None
        if self._is_apart(end, is_week=not said and unit == "week"):
            return self._counted_apart(at, STEPS[unit], number, end)
        ago, after = self._sort(end, {"ago", "from_now", "from_tomorrow"})
        end = after if ago else end
        past = bool(before) or ago == "ago"
        day = STEPS[unit](self.on, -number if past else number) + timedelta(days=ago == "from_tomorrow")
        said = "in" if said == "on" and at == 1 and not ago else said
        first, last = (day, day) if past or said == "in" or ago else (self.on, day)
        tense = "past" if past else "future" if said in {"in", "by"} or ago else ""
        if not (past or ago or said in {"in", "by", "for", "until", "from"}):
            said = said if said == "every" else "count"
            return When(start=at, end=end, first=self.on, last=day, unit="count", tense="count", said=said)
        return When(start=at, end=end, first=first, last=last, unit="count", tense=tense or "count")

    def _is_apart(self, at: int, *, is_week: bool = False) -> bool:
        """Tell of "before" and "after" behind two days: they are counted from another one, as "a week on Tuesday"."""
        sort, place = self._sort(at, {"ahead_of", "behind", "weeks_on"})
        is_day = sort != "weeks_on" or (is_week and self._day_of_week(place, "on")[0] is not None)
        return not self.is_inner and bool(sort) and is_day

    def _counted_apart(self, at: int, step: Callable[[date, int], date], number: int, end: int) -> When:
        """Read "two days before the audit on 11 March"; without a day behind it, none that is known."""
        (side, place), inner = (
            self._sort(end, {"ahead_of", "behind", "weeks_on"}),
            replace(self, is_inner=True),
        )
        for behind in range(place, min(place + _MOST_BETWEEN, len(self.words))):
            found = inner.at(behind) if self.words[behind] not in _ENDINGS else None
            if found and found.first and found.first == found.last and found.unit != "count":
                day = step(found.first, -number if side == "ahead_of" else number)
                return When(start=at, end=found.end, first=day, last=day, unit="day", said="on")
        return When(start=at, end=place, unit="vague")

    def _plain(self, at: int, _said: str) -> When | None:
        sort, end = self._sort(at, set(PLAIN))
        if not sort:
            return None
        days, tense = PLAIN[sort]
        if days is None:
            return When(start=at, end=end, tense=tense, unit="vague", first=self.on, last=None)
        if sort in {"today", "tomorrow"} and (counted := self._counted_from(end, sort)):
            return counted
        side, after = self._sort(end, {"next"})
        if side and sort in _ENDS:
            last = SPANS[_ENDS[sort]](self.on, 1)[1]
            return When(start=at, end=after, first=last, last=last, tense="future", unit="end")
        first, last = days(self.on)
        return When(
            start=at, end=end, first=first, last=last, tense=tense, unit="end" if sort in _ENDS else "day"
        )

    def _counted_from(self, at: int, day: str) -> When | None:
        """Read the rest of "heute in zwei Wochen" and "morgen in zwei Wochen"."""
        said, place = self._preposition(at)
        later = replace(self, on=self.on + timedelta(days=day == "tomorrow"))
        counts = later._plain if self._sort(at, {"in_a_week"})[0] else later._count
        found = counts(place, said) if said == "in" or counts == later._plain else None
        return found if found and found.tense == "future" else None
