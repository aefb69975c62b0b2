"""What a cell may hold: one reader for each kind of column, and writing what the system keeps.

A reader matches the whole cell, or raises ``Unusable`` with the problem and its remedy, and nothing else; the caller
knows the place. Each kind has a room of its own: ``working_hours``, ``dates``, ``time_zones``, ``addresses``,
``names``, ``people`` (by name), ``languages``, ``countries`` and their ``regions``, ``choices`` (yes, no, decisions),
``numbers``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from peerpact.programme.unseen import without_unseen
from peerpact.tables.cells.addresses import domain_of, read_email, read_emails
from peerpact.tables.cells.cell import (
    Cell,
    Unusable,
    as_typed,
    is_empty,
    is_error,
    lines,
    refuse_errors,
    shown,
    text,
)
from peerpact.tables.cells.choices import read_choice, read_decision, read_taking_part, read_yes_or_no
from peerpact.tables.cells.dates import EPOCH, NO_ORDER, Orders, read_date, read_moment
from peerpact.tables.cells.domains import read_domains
from peerpact.tables.cells.languages import read_language, read_languages
from peerpact.tables.cells.names import first_name, read_first_name, read_name
from peerpact.tables.cells.numbers import (
    read_figure,
    read_levels,
    read_month,
    read_number,
    read_percentage,
    read_round,
)
from peerpact.tables.cells.people import Named, PeopleByName, Reference, read_people, read_person
from peerpact.tables.cells.regions import read_place
from peerpact.tables.cells.time_zones import read_time_zone
from peerpact.tables.cells.working_hours import as_words, read_working_hours

HOME = "en_GB"
"""The locale of a spreadsheet that tells none."""


def read_cell(
    cell: Cell, type: str, choices: tuple[str, ...] = (), *, locale: str = HOME, orders: Orders = NO_ORDER
) -> Any:
    """Return the value in a non-empty cell of a column of that type, in a spreadsheet of that locale.

    ``orders`` are those of day and month that the column's other cells show.

    Raises:
        Unusable: the content does not fit the type.
    """
    return reader_of(type, choices, locale=locale, orders=orders)(cell)


def reader_of(
    type: str, choices: tuple[str, ...] = (), *, locale: str = HOME, orders: Orders = NO_ORDER
) -> Callable[[Cell], Any]:
    """Return what reads the non-empty cells of such a column as ``read_cell`` does, for whoever has many."""
    if type == "choice":
        return _without_errors(partial(read_choice, choices=choices))
    if type == "date":
        return _without_errors(partial(read_date, locale=locale, orders=orders))
    if type in _BY_LOCALE:
        by_locale = _BY_LOCALE[type]
        return _without_errors(lambda cell: by_locale(cell, locale))
    return _READERS[type] if type in _WRITTEN_BY_US else _without_errors(_READERS[type])


def _without_errors(read: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
    def checked(cell: Cell) -> Any:
        refuse_errors(cell)
        return read(cell)

    return checked


def read_text(cell: Cell) -> str:
    """Return a cell as one line; letters that join or part others stay, as some scripts can't do without."""
    return " ".join(without_unseen(text(cell) if isinstance(cell, float) else str(cell)).split())


def read_our_text(cell: Cell) -> str:
    """Return a text that we wrote as one line; spaces at which no line may end stay: it equals what we write."""
    if not isinstance(cell, str):
        return read_text(cell)
    words = cell.strip()
    if "  " in words or "\n" in words or "\t" in words or "\r" in words:  # in few of very many
        return " ".join(re.split(r"[ \t\r\n]+", words))
    return words


def read_list(cell: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text(p) for p in re.split(r"[,;\n]", lines(cell)) if text(p)))


_BY_LOCALE: dict[str, Callable[[Cell, str], Any]] = {
    "working hours": read_working_hours,
}
_READERS: dict[str, Callable[[Cell], Any]] = {
    "text": read_text,
    "our text": read_our_text,
    "name": read_name,
    "first name": read_first_name,
    "email": read_email,
    "emails": read_emails,
    "person": read_person,
    "people": read_people,
    "list": read_list,
    "number": read_number,
    "round": read_round,
    "month": read_month,
    "date time": read_moment,
    "time zone": read_time_zone,
    "language": read_language,
    "admin language": read_language,
    "languages": read_languages,
    "country": read_place,
    "domains": read_domains,
    "yes or no": read_yes_or_no,
    "levels": read_levels,
    "figure": read_figure,
    "percentage": read_percentage,
    "decimal": read_percentage,
    "link": read_text,
    "formula": read_text,
}
_WRITTEN_BY_US = {"formula", "link"}


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere. Read again it is its word."""

    word: str
    address: str


def write_cell(value: Any) -> Cell:
    """Return what a system tab keeps for a value: text, number, or a serial number for dates and moments.

    Of a moment as many digits as its second needs are kept, since every run reads them.
    """
    if isinstance(value, datetime):
        return round((value - EPOCH).total_seconds() / 86_400, 6)
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    if isinstance(value, tuple):
        return ", ".join(value)
    if value is None:
        return ""
    if isinstance(value, Link):
        return value.word
    return value if isinstance(value, bool | int | float) else str(value)


def cell_data(value: Any) -> dict[str, Any]:
    """Return a value as CellData. Text is text whatever it looks like: no formula ever comes from data."""
    cell = write_cell(value)
    if cell in ("", None):
        return {}
    if isinstance(cell, bool):
        return {"userEnteredValue": {"boolValue": cell}}
    if isinstance(cell, int | float):
        return {"userEnteredValue": {"numberValue": cell}}
    linked = {"textFormat": {"link": {"uri": value.address}}} if isinstance(value, Link) else {}
    return {"userEnteredValue": {"stringValue": cell}, **({"userEnteredFormat": linked} if linked else {})}


__all__ = [
    "EPOCH",
    "HOME",
    "Cell",
    "Link",
    "Named",
    "PeopleByName",
    "Reference",
    "Unusable",
    "as_typed",
    "as_words",
    "cell_data",
    "domain_of",
    "first_name",
    "is_empty",
    "is_error",
    "read_cell",
    "read_choice",
    "read_date",
    "read_decision",
    "read_domains",
    "read_email",
    "read_emails",
    "read_first_name",
    "read_language",
    "read_languages",
    "read_levels",
    "read_list",
    "read_moment",
    "read_name",
    "read_number",
    "read_people",
    "read_person",
    "read_place",
    "read_taking_part",
    "read_text",
    "read_time_zone",
    "read_working_hours",
    "read_yes_or_no",
    "reader_of",
    "shown",
    "text",
    "write_cell",
]
