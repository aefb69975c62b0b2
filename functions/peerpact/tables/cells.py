"""What a cell may hold: reading what people type, by column type, and writing what the system keeps.

Values come unformatted, with dates as serial numbers (days since 1899-12-30, as Sheets counts them). A cell
that can't be used raises ``Unusable`` with the problem and its remedy; the caller knows the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from email.utils import parseaddr
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError

from peerpact.programme import languages
from peerpact.programme.people import Span, WorkingHours

Cell = str | int | float | bool | None

EPOCH = datetime(1899, 12, 30, tzinfo=UTC)


@dataclass(slots=True)
class Unusable(Exception):  # noqa: N818 - says what the cell is
    """A cell whose content can't be used."""

    what: str
    remedy: str


def read_cell(cell: Cell, type: str, choices: tuple[str, ...] = ()) -> Any:
    """Return the value in a non-empty cell of a column of that type.

    Raises:
        Unusable: the content does not fit the type.
    """
    if type == "choice":
        return _choice(cell, choices)
    return _READERS[type](cell)


def is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str:
    """Return a cell as one line of text; whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _choice(cell: Cell, choices: tuple[str, ...]) -> str:
    wanted = text("yes" if cell is True else "no" if cell is False else cell).casefold()
    for choice in choices:
        if choice.casefold() == wanted:
            return choice
    raise Unusable(
        f"“{text(cell)}” is not one of {', '.join(choices)}", f"Choose one of: {', '.join(choices)}."
    )


@lru_cache(maxsize=65_536)
def _email(cell: Cell) -> str:
    address = parseaddr(text(cell))[1].lower().replace(" ", "")
    local, at, domain = address.partition("@")
    if not (at and local and "." in domain and not domain.startswith(".")) or re.search(
        r"[\s,;<>\"]", address
    ):
        raise Unusable(
            f"“{text(cell)}” is not an e-mail address", "Enter an address such as ada@example.com."
        )
    return address


def _emails(cell: Cell) -> tuple[str, ...]:
    parts = [p for p in re.split(r"[,;\n]", str(cell)) if p.strip()]
    return tuple(dict.fromkeys(_email(p) for p in parts))


def _list(cell: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text(p) for p in re.split(r"[,;\n]", str(cell)) if p.strip()))


def _number(cell: Cell) -> int:
    try:
        number = float(text(cell))
    except ValueError:
        number = 0.5
    if not number.is_integer():
        raise Unusable(f"“{text(cell)}” is not a whole number", "Enter a whole number.")
    return int(number)


def _date(cell: Cell) -> date:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (EPOCH + timedelta(days=cell)).date()
    words = text(cell)
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise Unusable(f"“{words}” is not a date", "Enter a date such as 2026-11-30.")


def _moment(cell: Cell) -> datetime:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return EPOCH + timedelta(seconds=round(cell * 86_400))
    try:
        moment = datetime.fromisoformat(text(cell))
    except ValueError:
        raise Unusable(f"“{text(cell)}” is not a date and time", "Enter it as 2026-11-30 14:00.") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _time_zone(cell: Cell) -> str:
    wanted = text(cell).replace(" ", "_")
    zones = _zones()
    if wanted.casefold() in zones:
        return zones[wanted.casefold()]
    close = _closest_zone(wanted.casefold())
    hint = f" Did you mean {close}?" if close else ""
    raise Unusable(
        f"the time zone “{text(cell)}” is unknown",
        f"Enter a name such as Europe/Berlin or Asia/Kolkata.{hint}",
    )


@lru_cache(maxsize=1024)
def _closest_zone(wanted: str) -> str:
    close = get_close_matches(wanted, list(_zones()), n=1, cutoff=0.6)
    return _zones()[close[0]] if close else ""


@cache
def _zones() -> dict[str, str]:
    """Return the zones' names as tzdata lists them, which takes a twentieth of looking through a machine's folders."""
    names = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    zones = {name.casefold(): name for name in names if "/" in name}
    cities = {
        name.rpartition("/")[2].casefold(): name for name in sorted(zones.values()) if "Etc/" not in name
    }
    return {**cities, **zones, "utc": "Etc/UTC", "gmt": "Etc/GMT"}


@lru_cache(maxsize=1024)
def _language(cell: Cell) -> str:
    wanted = text(cell)
    code = wanted.casefold()[:2]
    if re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2,4})?", wanted):
        try:
            return Locale.parse(code).language
        except UnknownLocaleError:
            pass
    name = wanted.casefold()
    by_name = languages.names().get(name) or _english_names().get(name) or _own_names().get(name)
    if by_name:
        return by_name
    raise Unusable(f"the language “{wanted}” is unknown", "Enter a language such as German or de.")


@cache
def _english_names() -> dict[str, str]:
    return {n.casefold(): c for c, n in Locale("en").languages.items() if len(c) == 2}


@cache
def _own_names() -> dict[str, str]:
    """Return languages by their own names; loading them takes a tenth of a second, so only where English is no help."""
    codes = ("de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "tr", "ja", "zh", "uk")
    return {str(Locale(code).get_language_name(code)).casefold(): code for code in codes}


def _languages(cell: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_language(part) for part in _list(cell)))


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d\d))?")


@lru_cache(maxsize=4096)
def working_hours(cell: Cell) -> WorkingHours:
    """Read weekly working hours such as ``09:00-17:00`` (Monday to Friday) or ``Mon-Thu 8:30-16; Fri 9-13``.

    An end before the start runs past midnight. Spans for the same day add up.

    Raises:
        Unusable: a part names neither a day nor hours.
    """
    days: list[list[Span]] = [[] for _ in range(7)]
    for part in re.split(r"[;\n]", str(cell)):
        if part.strip():
            named = _named_days(part)
            for day in named or range(5):
                days[day].extend(_spans(part, str(cell)))
    return WorkingHours(days=tuple(tuple(sorted(spans)) for spans in days))


def _named_days(part: str) -> list[int]:
    before_hours = re.split(r"\d", part, maxsplit=1)[0]
    found = [(m.start(), m.end(), _DAYS.index(m.group(1).lower())) for m in _DAY.finditer(before_hours)]
    days: list[int] = []
    for i, (start, _end, day) in enumerate(found):
        joined = i > 0 and re.fullmatch(r"\s*(-|–|to)\s*", before_hours[found[i - 1][1] : start])
        days.extend(_days_between(found[i - 1][2], day) if joined else [day])
    return list(dict.fromkeys(days))


def _days_between(first: int, last: int) -> list[int]:
    return [(first + i) % 7 for i in range((last - first) % 7 + 1)]


def _spans(part: str, whole: str) -> list[Span]:
    spans = [_span(m) for m in _SPAN.finditer(part)]
    if not spans or any(start > 1440 or end > 2880 for start, end in spans):
        raise Unusable(
            f"the working hours “{' '.join(whole.split())}” can't be read",
            "Enter hours such as 09:00-17:00, or Mon-Thu 8:30-16:00; Fri 9-13.",
        )
    return spans


def _span(match: re.Match[str]) -> Span:
    h1, m1, h2, m2 = (int(g or 0) for g in match.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    return (start, end if end > start else end + 1440)


def _yes_or_no(cell: Cell) -> bool:
    return _choice(cell, ("yes", "no")) == "yes"


def _levels(cell: Cell) -> int | None:
    words = text(cell).casefold()
    if words in {"whole line", "whole"}:
        return None
    if words in {"direct manager only", "direct manager", "direct"}:
        return 1
    digits = re.fullmatch(r"(\d+)( levels?)?", words)
    if not digits or int(digits.group(1)) < 1:
        raise Unusable(
            f"“{text(cell)}” is not a reach of reporting lines",
            "Enter whole line, direct manager only, or a number of levels such as 2.",
        )
    return int(digits.group(1))


def _figure(cell: Cell) -> int | None:
    return _number(cell) if isinstance(cell, int | float) else None


def _percentage(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


_READERS: dict[str, Callable[[Cell], Any]] = {
    "text": text,
    "email": _email,
    "emails": _emails,
    "list": _list,
    "number": _number,
    "date": _date,
    "date time": _moment,
    "time zone": _time_zone,
    "language": _language,
    "languages": _languages,
    "working hours": working_hours,
    "yes or no": _yes_or_no,
    "levels": _levels,
    "figure": _figure,
    "percentage": _percentage,
    "link": text,
    "formula": text,
}


def write_cell(value: Any) -> Cell:
    """Return what a system tab keeps for a value: text, number, or a serial number for dates and moments."""
    if isinstance(value, datetime):
        return (value - EPOCH).total_seconds() / 86_400
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    if isinstance(value, tuple):
        return ", ".join(value)
    if value is None:
        return ""
    return value if isinstance(value, bool | int | float) else str(value)
