"""Records as all spreadsheets of an installation have them, those in the archives as well: by key, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from peerpact.google.access import Access
from peerpact.google.sheets import Workbook
from peerpact.operating.installation import placed
from peerpact.programme.correspondence import LetterRecord
from peerpact.tables.records import read_letters
from peerpact.tables.tab_contents import TabContents

T = TypeVar("T")


def every_book(access: Access) -> tuple[list[Workbook], list[Workbook]]:
    """Return the programme and the ledger; where there are several mailboxes, each one's share and ledger, too."""
    each = [access.of(place) for place in placed(access.config)]
    ledgers = [one.ledger for one in each] or [access.ledger]
    return [access.programme, *(one.programme for one in each)], ledgers


def letters_of_each(
    books: Sequence[Workbook], old: Mapping[Workbook, Mapping[str, TabContents]]
) -> dict[Workbook, list[LetterRecord]]:
    """Return the letters of each; one that a share was given is the share's."""
    found: dict[Workbook, list[LetterRecord]] = {}
    known: set[str] = set()
    for workbook in reversed(books):
        of_it = _all("Letters", read_letters, workbook, old)
        found[workbook] = [x for key, x in of_it.items() if key not in known]
        known |= of_it.keys()
    return found


def of_all(
    title: str,
    read: Callable[[TabContents], Mapping[str, T]],
    books: Iterable[Workbook],
    old: Mapping[Workbook, Mapping[str, TabContents]],
) -> dict[str, T]:
    """Return a tab's records of all spreadsheets by key; of one that is in several, the first one's."""
    found: dict[str, T] = {}
    for workbook in books:
        found = {**_all(title, read, workbook, old), **found}
    return found


def _all(
    title: str,
    read: Callable[[TabContents], Mapping[str, T]],
    workbook: Workbook,
    old: Mapping[Workbook, Mapping[str, TabContents]],
) -> dict[str, T]:
    """Return a tab's records by key, those in the archive as well."""
    kept = old[workbook].get(title)
    return {**(read(kept) if kept else {}), **read(workbook.contents(title))}
