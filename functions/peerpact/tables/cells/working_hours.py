"""Weekly working hours as people type them, read word by word to the last: what isn't understood is a fault.

A cell is cut into tokens (days, times, joining words), the tokens into elements (a group of days, a group of spans,
days off), and these are read as rules: days with their spans, in either order; spans alone hold on Monday to Friday,
or on the days that no other rule names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from peerpact.programme.people import Span, WorkingHours
from peerpact.programme.sentences import joined, say
from peerpact.tables.cells.cell import Cell, Unusable, lines, plain, shown
from peerpact.tables.cells.hours_words import PHRASES, WORDS
from peerpact.tables.cells.weekdays import days_meant, group_of, meanings_of

REMEDY = say("Enter hours such as 09:00-17:00, or Mon-Thu 8:30-16:00; Fri 9-13.")
LONGEST = 14 * 60
"""Nobody works longer without a break between; only the whole day, 0-24, is."""
EARLIEST_PLAIN = 5 * 60
"""Before five, “1-5” and its like may well mean the afternoon."""
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<sep>[:.h])(?P<minute>\d\d)(?:[:.]00)?)?(?!\d)\s?(?P<half>[ap]\.?m\b\.?|[ap]\b(?!\s?\d))?"
    r"|(?P<compact>\d{3,4})(?!\d)\s?(?P<half_compact>[ap]\.?m\b\.?)?"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """“day”, “time”, or what a joining word does."""
    value: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class _Time:
    minutes: int
    half: str = ""
    """“a” or “p” where it says so."""
    is_plain: bool = True
    """Written without a leading zero, so that it may mean the afternoon."""


@dataclass(frozen=True, slots=True)
class _Element:
    """A group of days, of spans, or of days that are off."""

    kind: str
    days: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    joined: bool = False
    """A comma or “and” comes before it."""


class _NotUnderstoodError(Exception):
    """What is in the way, as a word of the cell, if it is one word."""


class _AmbiguousError(Exception):
    """A weekday that is another one in another language."""


@lru_cache(maxsize=4096)
def read_working_hours(cell: Cell, locale: str = "en_GB") -> WorkingHours:
    """Read weekly working hours such as ``9-5``, ``Mo-Do 8:30-16:00; Fr 9-13`` or ``10-18 (Wed off)``.

    An end before the start is the afternoon's, or runs past midnight where the start is after noon.

    Raises:
        Unusable: a word or figure isn't understood, or could mean two things.
    """
    if not isinstance(cell, str):
        raise Unusable(
            say("{cell} is a number or a date, not working hours", cell=shown(cell)),
            joined([REMEDY, _AS_TEXT]),
        )
    try:
        return _read(lines(cell), locale)
    except _NotUnderstoodError as reason:
        raise _unusable(cell, str(reason), locale) from None
    except _AmbiguousError as days:
        problem = say(
            "the working hours {cell} can't be read: “{days}” means different days in different languages",
            cell=shown(cell),
            days=days,
        )
        raise Unusable(problem, joined([say("Write the weekday in full."), REMEDY])) from None


_AS_TEXT = say("If Sheets makes a date of it, set Format, Number, Plain text for the column first.")


def as_words(hours: WorkingHours) -> str:
    """Return hours in the form in which they are shown: days of equal hours together."""
    parts: dict[str, list[int]] = {}
    for day, spans in enumerate(hours.days):
        if spans:
            parts.setdefault(", ".join(f"{_clock(a)}-{_clock(b)}" for a, b in spans), []).append(day)
    return "; ".join(f"{_day_words(days)} {spans}" for spans, days in parts.items())


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes if minutes <= 1440 else minutes - 1440, 60)
    return f"{hour:02}:{minute:02}"


def _day_words(days: Sequence[int]) -> str:
    start = next((d for d in days if (d - 1) % 7 not in days), days[0])
    run = [(start + i) % 7 for i in range(len(days))]
    if len(days) > 2 and set(run) == set(days):
        return f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}"
    return ",".join(DAY_NAMES[d] for d in days)


def _unusable(cell: str, word: str, locale: str) -> Unusable:
    problem = say("the working hours {cell} can't be read", cell=shown(cell))
    if len(word) < 2:
        return Unusable(problem, REMEDY)
    try:
        hint = say(
            "Without “{word}” it would be {hours}.",
            word=word,
            hours=as_words(_read(plain(lines(cell)).replace(word, " "), locale)),
        )
    except (_NotUnderstoodError, _AmbiguousError):
        return Unusable(say("{problem}: “{word}” isn't understood", problem=problem, word=word), REMEDY)
    return Unusable(
        say("{problem}: “{word}” isn't understood", problem=problem, word=word), joined([hint, REMEDY])
    )


def _read(words: str, locale: str) -> WorkingHours:
    tokens = _resolved(list(_tokens(words)), locale)
    rules = [_rules(elements) for elements in _clauses(tokens)]
    hours = _applied([rule for clause in rules for rule in clause])
    if not any(hours.days):
        raise _NotUnderstoodError
    return hours


def _tokens(words: str) -> Iterator[_Token]:
    words = re.sub(r"[\u2010-\u2015\u2212~]", "-", plain(words).replace("’", "'"))
    words = re.sub(r"[^\S\n]+", " ", words)
    for form, meant in PHRASES:
        words = form.sub(meant, words)
    place = 0
    while place < len(words):
        token, length = _token_at(words, place)
        if token:
            yield token
        place += length


def _token_at(words: str, place: int) -> tuple[_Token | None, int]:
    if match := re.compile(r"[ \t]+|[()\[\]]").match(words, place):
        bracket = _Token("bracket", match[0]) if match[0] in "()[]" else None
        return bracket, len(match[0])
    if match := _TIME.match(words, place):
        return _Token("time", match[0], place), len(match[0])
    match = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]{2,})*|.|\n").match(words, place)
    assert match, "every character is a token"
    return _word(match[0], place)


def _word(word: str, place: int) -> tuple[_Token, int]:
    if word in WORDS:
        return _Token(WORDS[word][0] or "filler", word, place), len(word)
    if meanings_of(word) or group_of(word):
        return _Token("day", word, place), len(word)
    first, dash, _ = word.partition("-")
    if dash and (first in WORDS or meanings_of(first)):
        return _word(first, place)
    raise _NotUnderstoodError(word)


def _resolved(tokens: list[_Token], locale: str) -> list[_Token]:
    """Return the tokens with each day as its number, by the cell's other days or else the spreadsheet's language."""
    words = [t.value for t in tokens if t.kind == "day" and not group_of(t.value)]
    days = (
        days_meant(words, _hints(tokens), locale.replace("-", "_").partition("_")[0].lower()) if words else ()
    )
    if days is None:
        raise _AmbiguousError(", ".join(words))
    numbers = iter(days)
    return [
        replace(t, value=str(next(numbers))) if t.kind == "day" and not group_of(t.value) else t
        for t in tokens
    ]


def _hints(tokens: Sequence[_Token]) -> set[str]:
    told = [set(WORDS[t.value][1]) for t in tokens if t.value in WORDS and WORDS[t.value][1]]
    return set.intersection(*told) if told else set()


def _clauses(tokens: Sequence[_Token]) -> Iterator[list[_Element]]:
    """Yield the elements of each part between semicolons or line breaks."""
    clause: list[_Token] = []
    for token in [*tokens, _Token("stop")]:
        if token.kind == "stop":
            elements = list(_elements([t for t in clause if t.kind != "filler"]))
            if elements:
                yield elements
            clause = []
        else:
            clause.append(token)


def _elements(tokens: list[_Token]) -> Iterator[_Element]:
    place, joined, negated, bracketed = 0, False, False, False
    if tokens and tokens[-1].kind == "and" and tokens[-1].value.isalpha():
        raise _NotUnderstoodError(tokens[-1].value)  # “9-17 ET” is a zone, and no French “and”
    while place < len(tokens):
        kind, after = tokens[place].kind, tokens[place + 1].kind if place + 1 < len(tokens) else ""
        if kind == "day":
            days, behind = _day_group(tokens, place)
            is_off, length = _off_behind(tokens, behind)
            if is_off and not bracketed and not _is_one_list(tokens[place:behind], joined or not place):
                raise _NotUnderstoodError
            yield _Element("off" if is_off or negated else "days", days=days, joined=joined)
            place, joined, negated, bracketed = behind + length, False, False, False
        elif kind == "time":
            spans, place = _span_group(tokens, place)
            yield _Element("spans", spans=spans, joined=joined)
            joined = bracketed = False
        elif kind == "except" or (kind == "off" and after in {"day", "colon"}):
            negated, place = True, place + 1 + (kind == "off" and after == "colon")
        elif kind in {"and", "bracket", "colon"}:
            joined, bracketed, place = joined or kind == "and", bracketed or kind == "bracket", place + 1
        else:
            raise _NotUnderstoodError
    if negated:
        raise _NotUnderstoodError


def _off_behind(tokens: list[_Token], place: int) -> tuple[bool, int]:
    """Tell whether “off” or “: off” follows, and how many tokens that is."""
    kinds = [t.kind for t in tokens[place : place + 2]]
    if kinds[:1] == ["off"]:
        return True, 1
    return (True, 2) if kinds == ["colon", "off"] else (False, 0)


def _is_one_list(tokens: Sequence[_Token], set_off: bool) -> bool:
    """Tell whether all these days, and not the last of them only, are what the word behind them speaks of."""
    kinds = {t.kind for t in tokens}
    return "and" not in kinds or (set_off and "to" not in kinds)


def _day_group(tokens: list[_Token], place: int) -> tuple[tuple[int, ...], int]:
    """Return the days from here on, “Mon-Wed, Fri”, and the place behind them."""
    days = list(_days_of(tokens[place]))
    place += 1
    while match := _next_day(tokens, place):
        is_range, ahead = match
        more = _days_of(tokens[ahead])
        days += _between(days[-1], more[0]) if is_range else more
        place = ahead + 1
    return tuple(dict.fromkeys(days)), place


def _next_day(tokens: list[_Token], place: int) -> tuple[bool, int] | None:
    """Return whether the group goes on with a range, and where its next day is; None where it ends."""
    kinds = [t.kind for t in tokens[place : place + 3]]
    for form in (["day"], ["to", "day"], ["and", "day"], ["and", "and", "day"]):
        if kinds[: len(form)] == form:
            return form[0] == "to", place + len(form) - 1
    return None


def _days_of(token: _Token) -> tuple[int, ...]:
    return group_of(token.value) or (int(token.value),)


def _between(first: int, last: int) -> list[int]:
    return [(first + i) % 7 for i in range((last - first) % 7 + 1)]


def _span_group(tokens: list[_Token], place: int) -> tuple[tuple[Span, ...], int]:
    """Return the spans from here on, “9-12, 13-17”, and the place behind them."""
    spans: list[Span] = []
    while True:
        if [t.kind for t in tokens[place : place + 3]] != ["time", "to", "time"]:
            raise _NotUnderstoodError
        span = _span(
            _time(tokens[place].value), _time(tokens[place + 2].value), after=spans[-1][1] if spans else 0
        )
        if spans and span[0] < spans[-1][1]:
            raise _NotUnderstoodError
        spans.append(span)
        place += 3
        follows = [t.kind for t in tokens[place : place + 4]]
        if follows[:1] != ["time"] and follows != ["and", "time", "to", "time"]:
            return tuple(spans), place
        place += follows[0] == "and"


def _time(words: str) -> _Time:
    match = _TIME.fullmatch(words)
    assert match, "a time token is a time"
    half = (match["half"] or match["half_compact"] or "")[:1]
    digits = match["compact"]
    hour, minute = (digits[:-2], digits[-2:]) if digits else (match["hour"], match["minute"] or "0")
    minutes = int(hour) * 60 + int(minute)
    if int(minute) > 59 or minutes > 1440 or (half and not 1 <= int(hour) <= 12):
        raise _NotUnderstoodError(words.strip())
    if half:
        minutes = minutes % 720 + (720 if half == "p" else 0)
    return _Time(minutes, half, not (len(hour) > 1 and hour[0] == "0"))


def _span(start: _Time, end: _Time, *, after: int) -> Span:
    """Return a span in which what was left unsaid (am or pm, the next day) is certain.

    ``after`` is the end of the span before it, in minutes: “9-12, 1-5” goes on at 13:00.

    Raises:
        _NotUnderstoodError: it isn't, or the span is longer than anybody works.
    """
    first, last = _with_halves(start, end)
    if not start.half and not end.half:
        if first < after <= first + 720 and last <= 720:
            first, last = first + 720, last + 720
        elif 0 < first < EARLIEST_PLAIN and last <= 720 and start.is_plain and end.is_plain:
            raise _NotUnderstoodError  # in the morning or in the afternoon?
    if last <= first:
        last += 1440
    if not 0 < last - first <= LONGEST and (first, last) != (0, 1440):
        raise _NotUnderstoodError
    return first, last


def _with_halves(start: _Time, end: _Time) -> Span:
    """Return start and end with the half of the day that either leaves to the other."""
    first, last = start.minutes, end.minutes
    if start.half and not end.half:
        last = next((m for m in (last, last + 720) if first < m <= 1440), last)
    elif end.half == "p" and not start.half:
        first += 720 if first < 720 and last - first > 720 else 0
    elif end.half == "a" and not start.half:
        first += 720 if last <= first < 720 else 0
    elif not start.half and last <= first <= 720:
        last += 720
    return first, last


@dataclass(frozen=True, slots=True)
class _Rule:
    days: tuple[int, ...] | None
    """None: Monday to Friday, but for days that other rules name."""
    spans: tuple[Span, ...]
    """None of them: the days are off."""


def _rules(elements: list[_Element]) -> list[_Rule]:
    """Pair days with spans, in the order that the clause keeps to.

    Raises:
        _NotUnderstoodError: days without hours, or an order in which either could belong to two others.
    """
    rules = [_Rule(e.days, ()) for e in elements if e.kind == "off"]
    rest = [e for e in elements if e.kind != "off"]
    kinds = "".join("D" if e.kind == "days" else "S" for e in rest)
    if kinds[:1] == "S" and len(kinds) % 2 and (len(kinds) == 1 or rest[1].joined):
        rules.append(_Rule(None, rest[0].spans))
        rest, kinds = rest[1:], kinds[1:]
    if kinds and kinds not in {"DS" * (len(kinds) // 2), "SD" * (len(kinds) // 2)}:
        raise _NotUnderstoodError
    for one, other in zip(rest[::2], rest[1::2], strict=True):
        rules.append(_Rule(one.days or other.days, one.spans or other.spans))
    return rules


def _applied(rules: Sequence[_Rule]) -> WorkingHours:
    named = {day for rule in rules for day in rule.days or () if rule.spans}
    off = {day for rule in rules for day in rule.days or () if not rule.spans}
    if named & off and any(set(r.days or ()) <= off for r in rules if r.spans):
        raise _NotUnderstoodError
    week: list[tuple[tuple[int, ...], list[Span]]] = [((), []) for _ in range(7)]
    for rule in rules:
        days = rule.days or tuple(d for d in range(5) if d not in named)
        for day in days if rule.spans else ():
            week[day] = _added(week[day], rule, days)
    return WorkingHours(days=tuple(() if day in off else tuple(sorted(week[day][1])) for day in range(7)))


def _added(
    there: tuple[tuple[int, ...], list[Span]], rule: _Rule, days: tuple[int, ...]
) -> tuple[tuple[int, ...], list[Span]]:
    """Return a day's spans with a rule's: more of them, or in place of those of a larger group that they overlap."""
    group, spans = there
    overlap = any(a < d and c < b for a, b in spans for c, d in rule.spans)
    if overlap and set(rule.spans) != set(spans):
        if not set(days) < set(group):
            raise _NotUnderstoodError
        return days, list(rule.spans)
    return group or days, list(dict.fromkeys([*spans, *rule.spans]))
