"""All rows of an installation, those that are in the archives too."""

from __future__ import annotations

from typing import Any

from cast import Cast
from peerpact.google.sheets import Workbook
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.archive import ARCHIVE, contents_of, unpacked
from peerpact.tables.tab_contents import TabContents

TABS = {
    "programme": ("Pairings", "Letters", "Requests", "Runs"),
    "ledger": ("Commitments", "Letters", "Replies"),
}


def workbooks(cast: Cast) -> dict[str, Workbook]:
    access = cast.company.access(JOBS["send_follow_ups"])
    books = {"programme": access.programme, "ledger": access.ledger}
    for kind, book in books.items():
        book.read([*TABS[kind], ARCHIVE])
    return books


def kept(book: Workbook) -> dict[str, TabContents]:
    return contents_of(unpacked(book.contents(ARCHIVE).rows))


Rows = dict[tuple[str, str, tuple[str, ...]], dict[str, Any]]


def everything(cast: Cast) -> Rows:
    """Return all rows of all tabs that rows leave, wherever they are, without what formulas fill; live ones first."""
    found = {}
    for kind, book in workbooks(cast).items():
        live = {title: book.contents(title) for title in TABS[kind]}
        for contents in (*kept(book).values(), *live.values()):
            for row in contents.rows:
                values = {
                    c.field: _said(row.values.get(c.field)) for c in contents.tab.columns if not c.formula
                }
                found[kind, contents.tab.title, contents.key_of(row.values)] = values
    return found


def _said(value: Any) -> Any:
    """Return what a cell says; an empty one is None as a row's value, and its field's own default as a record's."""
    return None if value in ("", ()) else value


def live(cast: Cast) -> dict[str, int]:
    return {
        f"{kind} {title}": len(book.contents(title).rows)
        for kind, book in workbooks(cast).items()
        for title in TABS[kind]
    }


def archive(cast: Cast) -> None:
    cast.run("pair_people")
    cast.run("send_follow_ups")


def copies(cast: Cast) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the keys of rows that are on their tab and in the archive, or in the archive twice."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for kind, book in workbooks(cast).items():
        for title, cells in unpacked(book.contents(ARCHIVE).rows):
            [key] = contents_of([(title, cells)])[title].row_numbers()
            found.append((kind, title, key))
        found += [(kind, t, key) for t in TABS[kind] for key in book.contents(t).row_numbers()]
    return [key for key in set(found) if found.count(key) > 1]
