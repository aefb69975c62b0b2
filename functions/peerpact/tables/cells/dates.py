"""Dates and moments: serial numbers, figures in the spreadsheet's order, and words in the languages that people use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from peerpact.programme import languages
from peerpact.programme.sentences import say
from peerpact.tables.cells.cell import Cell, Unusable, plain, shown, text

if TYPE_CHECKING:
    from babel import Locale

Order = tuple[str, str]
Orders = frozenset[Order]
NO_ORDER: Orders = frozenset()
MONTHS = 12
EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
EARLIEST, LATEST = date(1950, 1, 1), date(2099, 12, 31)
"""What is outside can't be a day that anybody here means."""
_SERIALS = range((EARLIEST - EPOCH.date()).days, (LATEST - EPOCH.date()).days + 1)
_MIDNIGHT = r"(?i)(?:[T ]|,\s*)(?:00?|12):00(?::00(?:\.0+)?)?\s*(?:am)?\s*(?:Z|UTC|\+00:?00)?"
_TIME = r"(?i)[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?"
_FIGURES = r"(\d{1,4})\s*([./\-\s\u2013年])\s*(\d{1,2})\s*([./\-\s\u2013月])\s*(\d{1,4})[.日]?"
_COMPACT = r"(\d{4})(\d\d)(\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|º|°|\.)?"
_YEAR = r"(?P<year>\d{4}|'?\d\d)"
_MONTH = r"(?P<month>[^\W\d_]+)\.?"
_IN_WORDS = (
    rf"{_DAY}[\s\-/]*(?:of\s+|de\s+|del\s+)?{_MONTH},?[\s\-/]*(?:de\s+|del\s+)?{_YEAR}",
    rf"{_MONTH}[\s\-/]*(?:the\s+)?{_DAY}(?:\s*,\s*|[\s\-/]+){_YEAR}",
    rf"(?P<year>\d{{4}})[\s\-/]*{_MONTH}[\s\-/]*{_DAY}",
)
_ALSO = {
    "sept": 9,
    "mar": 3,
    "marz": 3,
    "maerz": 3,
    "mrz": 3,
    "janner": 1,
    "jaenner": 1,
    "feber": 2,
    "setiembre": 9,
}
_ALSO |= {"okt": 10, "dez": 12, "mai": 5, "oct": 10, "dec": 12, "ene": 1, "ago": 8, "dic": 12, "abr": 4}
_DAY_FIRST, _MONTH_FIRST = ("day", "month"), ("month", "day")


def read_date(cell: Cell, locale: str = "en_GB", orders: Orders = NO_ORDER) -> date:
    """Read a day; figures of which either may be the month go by the order that others of the column show.

    Where these show none, they go by the spreadsheet's locale; where they show both, nobody can tell.

    Raises:
        Unusable: it is no day, or none in living memory, or may be two.
    """
    days = sorted(() if isinstance(cell, bool) else _dates_in(text(cell), locale, orders))
    if len(days) > 1 and orders:
        raise Unusable(
            say(
                "{cell} may be {one} or {other}, as this column has days with the month first and with the "
                "day first",
                cell=shown(cell),
                one=str(days[0]),
                other=str(days[1]),
            ),
            say("Enter it as {one} or {other}.", one=str(days[0]), other=str(days[1])),
        )
    if len(days) != 1 or not EARLIEST <= days[0] <= LATEST:
        raise Unusable(say("{cell} is not a date", cell=shown(cell)), say("Enter a date such as 2026-11-30."))
    return days[0]


def orders_in(cells: Iterable[Cell]) -> Orders:
    """Return which orders days of a column show that are typed as figures and can be read in one order only."""
    return frozenset(
        order for cell in cells if cell and isinstance(cell, str) and (order := _certain_order(cell))
    )


def turned_round(serial: float) -> bool:
    """Tell whether a day that Sheets holds as a number would be another one with day and month exchanged."""
    if int(serial) not in _SERIALS:
        return False
    day = EPOCH + timedelta(days=int(serial))
    return day.day <= MONTHS and day.day != day.month


def _certain_order(cell: str) -> Order | None:
    match = re.fullmatch(_FIGURES, _without_time(text(cell)))
    if (
        not match
        or match[2] != match[4]
        or match[2] == "."
        or len(match[1]) > 2
        or len(match[5]) not in {2, 4}
    ):
        return None
    day_first, month_first = (
        list(_day(match[5], *parts)) for parts in ((match[3], match[1]), (match[1], match[3]))
    )
    if bool(day_first) == bool(month_first):
        return None
    return _DAY_FIRST if day_first else _MONTH_FIRST


def read_moment(cell: Cell) -> datetime:
    """Read a date and time, in UTC unless it says otherwise.

    Raises:
        Unusable: it is neither a serial number nor as ISO 8601 has it.
    """
    try:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            moment = EPOCH + timedelta(seconds=round(cell * 86_400))
        else:
            moment = datetime.fromisoformat(text(cell))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not EARLIEST <= moment.date() <= LATEST:
        raise Unusable(
            say("{cell} is not a date and time", cell=shown(cell)), say("Enter it as 2026-11-30 14:00.")
        )
    return moment


@lru_cache(maxsize=65_536)
def _dates_in(words: str, locale: str, orders: Orders) -> frozenset[date]:
    return frozenset(_readings(_without_time(words), locale, orders))


def _without_time(words: str) -> str:
    """Take off the time of day that programs write behind a date; other words stay."""
    for form in (_MIDNIGHT, _TIME):
        for match in re.finditer(form, words):
            if match.end() == len(words):
                return words[: match.start()].strip()
    return words


def _readings(words: str, locale: str, orders: Orders) -> Iterator[date]:
    if number := re.fullmatch(r"(\d{5})(?:[.,]\d+)?", words):
        if int(number[1]) in _SERIALS:
            yield (EPOCH + timedelta(days=int(number[1]))).date()
    elif compact := re.fullmatch(_COMPACT, words):
        yield from _day(*compact.groups())
    elif match := re.fullmatch(_FIGURES, words):
        for order in orders or (order_of(locale),):
            yield from _from_figures(match, order)
    else:
        yield from _from_words(words, locale)


def _from_figures(match: re.Match[str], order: Order) -> Iterator[date]:
    first, one, second, other, third = match.groups()
    if one != other and (one, other) != ("年", "月"):
        return
    if len(first) == 4:
        yield from _day(first, second, third)
        return
    if len(first) > 2 or len(third) not in {2, 4}:
        return
    parts = dict(zip(_DAY_FIRST if one == "." else order, (first, second), strict=True))
    found = list(_day(third, parts["month"], parts["day"]))
    yield from found or _day(third, parts["day"], parts["month"])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(_whole_year(year), int(month), int(day))
    except ValueError:
        return


def _whole_year(year: str) -> int:
    short = int(year.lstrip("'"))
    return short if len(year.lstrip("'")) > 2 else 2000 + short if short < 70 else 1900 + short


def _from_words(words: str, locale: str) -> Iterator[date]:
    folded = plain(words.replace("º", "").replace("ª", "")).replace("’", "'")
    for weekday, rest in {(None, folded), _weekday_before(folded, locale)}:
        for form in _IN_WORDS:
            if (match := re.fullmatch(form, rest)) and (month := _months(locale).get(match["month"])):
                found = _day(match["year"], str(month), match["day"])
                yield from (day for day in found if weekday in {None, day.weekday()})


def _weekday_before(words: str, locale: str) -> tuple[int | None, str]:
    """Split off the weekday before a date; one that contradicts the date makes it unreadable."""
    first, _, rest = words.partition(" ")
    weekday = _weekdays(locale).get(first.rstrip(".,"))
    return (weekday, rest.strip(" ,")) if weekday is not None and rest else (None, words)


@cache
def order_of(locale: str) -> Order:
    """Return whether day or month comes first where this locale writes both as figures."""
    pattern = str(_babel(locale).date_formats["short"].pattern)
    return (
        _MONTH_FIRST if pattern.find("M") < pattern.find("d") and not pattern.startswith("y") else _DAY_FIRST
    )


@cache
def _months(locale: str) -> dict[str, int]:
    """Return the months by their names, whole and cut, in our languages and the spreadsheet's."""
    names = dict(_ALSO)
    for code in (*languages.locales(), locale):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months = _babel(code).months[context][width]
                names |= {plain(name).rstrip("."): number for number, name in months.items()}
    return names


@cache
def _weekdays(locale: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for code in (*languages.locales(), locale):
        for width in ("wide", "abbreviated", "short"):
            days = _babel(code).days["format"][width]
            names |= {plain(name).rstrip("."): number for number, name in days.items()}
    return names


def _babel(locale: str) -> Locale:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only for words and ambiguous figures

    try:
        return Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
