"""``peerpact export``: what a company takes with it when it leaves, or wants to keep beside.

It acts as the mentoring mailbox, which owns the spreadsheets and the meetings; where there are several, as each.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from peerpact.errors import ConfigError, SheetError
from peerpact.google.scopes import EVENTS
from peerpact.operating.installation import Installation
from peerpact.tables.archive import ARCHIVE, grid_of, unpacked, unreadable
from peerpact.tables.cells import EPOCH, Cell
from peerpact.tables.rows import Row
from peerpact.tables.schema import plain_header, tab
from peerpact.tables.tab_contents import Grid, read_tab

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
CONFIDENTIAL = {
    "Commitments": ("text", "due", "outcome", "answered_on", "history"),
    "Letters": ("answered", "number", "about"),
    "Replies": ("taken_as",),
    "Wishes": ("person", "kind", "others", "pairing"),
    ARCHIVE: ("words", "rows"),
}
"""What somebody promised or wished, how it went and what they said of it: exported only on demand.

An empty cell is withheld as well: that nothing was open any more tells how it went.
"""
WITHHELD = "(withheld)"
ARCHIVED = " (archive)"
_NOT_IN_NAMES = re.compile(r"""[\x00-\x1f\x7f/\\\\:*?"<>|]""")
MOST_BYTES = 200
"""Of a file's name, most systems take 255."""
_SIGNS = r"=+\-@\u207a-\u207c\u208a-\u208c\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
"""Begin a formula; those that aren't ASCII in programs that take them for those that are."""
_FILLERS = r"_\u115f\u1160\u3164\uffa0"
"""Count as letters and show nothing, but for the first."""
_UNSEEN = rf"(?:(?![\t\r\n{_SIGNS}!#$%&()*,./:;<>?\[\\\]^{{|}}~])\W|[{_FILLERS}])"
"""Programs may leave out these before they look for a sign: all but letters, digits and ASCII's own signs."""
_ENDS = r";\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_AFTER = rf"(?:(?![{_ENDS}]){_UNSEEN})*+"
_FORMULA = re.compile(
    rf"\A(?=(?:{_UNSEEN})*+[\t\r\n]|(?:{_UNSEEN}|[\t\r\n])*+[{_SIGNS}])|(?<=[{_ENDS}])(?={_AFTER}[{_SIGNS}])"
    rf"|(?<=[;\r\n\v\f\x1c-\x1e\x85\u2028\u2029])(?={_AFTER}\t)|(?<=;)(?={_AFTER}[\r\n])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A file that was written, and how many rows or meetings are in it."""

    path: Path
    rows: int
    is_unread: bool = False
    """Whether it holds rows of an archive, as they stand, in which nobody can read what they keep."""


def export(it: Installation, folder: Path, *, with_texts: bool) -> Iterator[Saved]:
    """Write the spreadsheets, tab by tab as CSV, and the meetings as JSON; yields each file once it is there.

    Tabs and columns of the admins' own are there too. Files can be read by you alone. Cells that a spreadsheet would
    run as a formula begin with an apostrophe.

    Raises:
        ConfigError: the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConfigError(
            f"The folder {folder} is not empty. Name a new one, so that nothing is written over."
        )
    yield from _spreadsheets(it, it.keys, folder, with_texts=with_texts)
    for place, its in it.each:
        keys = {"share": place.share, "ledger": place.ledger}
        yield from _spreadsheets(its, keys, folder / place.mailbox, with_texts=with_texts)
        yield _meetings(its, folder / place.mailbox, with_texts=with_texts)
    if not it.each:
        yield _meetings(it, folder, with_texts=with_texts)


def _spreadsheets(
    it: Installation, keys: Mapping[str, str], folder: Path, *, with_texts: bool
) -> Iterator[Saved]:
    for kind, key in keys.items():
        tabs = list(with_archive_apart(it.access(EVENTS).spreadsheets.cells(key)))
        kept = tabs if with_texts else list(without_texts(tabs))
        for name, (title, grid) in zip(file_names([title for title, _ in kept]), kept, strict=True):
            saved = _saved(folder / kind / f"{name}.csv", partial(_as_csv, grid=grid), len(grid) - 1)
            yield replace(saved, is_unread=title == ARCHIVE and len(grid) > 1)


def file_names(titles: Sequence[str]) -> Iterator[str]:
    """Yield a name for each tab's file that any system can write, each once, whatever its letters' case and form."""
    taken: set[str] = set()
    for title in titles:
        plain = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", title)).strip(" .") or "-"
        name = plain.encode()[:MOST_BYTES].decode(errors="ignore").strip(" .")
        numbered = (f"{name} ({n})" for n in range(2, len(titles) + 2))
        free = next(one for one in chain([name], numbered) if one.casefold() not in taken)
        taken.add(free.casefold())
        yield free


def _meetings(it: Installation, folder: Path, *, with_texts: bool) -> Saved:
    meetings = it.access(EVENTS).calendar.as_they_are(BEGINNING)
    meetings = meetings if with_texts else [without_comments(event) for event in meetings]
    return _saved(
        folder / "meetings.json",
        lambda lines: json.dump(meetings, lines, ensure_ascii=False, indent=1),
        len(meetings),
    )


def with_archive_apart(tabs: Mapping[str, Grid]) -> Iterator[tuple[str, Grid]]:
    """Yield every tab; in place of the archive the rows that it keeps, as they were on their tabs.

    Rows of the archive that nobody can read are left in it as they stand.
    """
    for title, grid in tabs.items():
        if title != ARCHIVE or not grid:
            yield title, grid
            continue
        read = _archived(grid)
        rows: dict[str, list[Mapping[str, Cell]]] = {}
        for of, cells in unpacked(read):
            rows.setdefault(of, []).append(cells)
        yield from ((f"{of}{ARCHIVED}", _shown(of, grid_of(of, some))) for of, some in rows.items())
        known = {row.number for row in read}
        left = [row for number, row in enumerate(grid[1:], start=2) if number not in known and any(row)]
        yield from [(ARCHIVE, [grid[0], *left])] if left else ()


def _archived(grid: Grid) -> list[Row]:
    """Return the rows of the archive in which what they keep can be read."""
    try:
        rows = read_tab(tab(ARCHIVE), grid).rows
    except SheetError:  # its header was changed by hand
        return []
    lost = {*unreadable(rows)}
    return [row for row in rows if row.number not in lost]


def _shown(title: str, grid: Grid) -> Grid:
    """Return archived rows with their days and moments as people read them."""
    header, *rows = grid
    formats = {h: c.type for c in tab(title).columns for h in c.headers}
    types = [formats.get(plain_header(h), "") for h in header]
    return [header, *([_day(c, t) for c, t in zip(row, types, strict=True)] for row in rows)]


def _day(cell: Cell, kind: str) -> Cell:
    if kind not in {"date", "date time"} or not isinstance(cell, int | float):
        return cell
    moment = (EPOCH + timedelta(days=cell)).replace(microsecond=0)
    return f"{moment:%Y-%m-%d}" if kind == "date" else f"{moment:%Y-%m-%d %H:%M:%S}"


def without_texts(tabs: Sequence[tuple[str, Grid]]) -> Iterator[tuple[str, Grid]]:
    """Yield the tabs without what somebody promised and how it went; of confidential ones, with the archive's rows.

    Which promises are over, and left their tab, would tell how they went; so would their order.
    """
    there = dict(tabs)
    for title, grid in tabs:
        name = title.removesuffix(ARCHIVED)
        if name not in CONFIDENTIAL or not grid:
            yield title, grid
        elif title == name or name not in there:
            yield name, _withheld(name, _in_order(grid, there.get(f"{name}{ARCHIVED}", ())))


def _in_order(grid: Grid, archived: Grid) -> Grid:
    """Return the rows of both by their keys, which come first, under the header of the one."""
    names = [plain_header(h) for h in grid[0]]
    moved = (dict(zip(map(plain_header, archived[0]), row, strict=False)) for row in archived[1:])
    rows = [*grid[1:], *([row.get(name, "") for name in names] for row in moved)]
    return [grid[0], *sorted(filter(any, rows), key=lambda row: str(row[0]))]


def _withheld(title: str, grid: Grid) -> Grid:
    hidden = {h for field in CONFIDENTIAL[title] for h in tab(title).column(field).headers}
    places = {i for i, header in enumerate(grid[0]) if plain_header(header) in hidden}
    rows = [[WITHHELD if i in places else c for i, c in enumerate(row)] for row in grid[1:]]
    return [grid[0], *rows]


def without_comments(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return a meeting as Google gives it, without what its guests wrote with their answers."""
    guests = [g | ({"comment": WITHHELD} if "comment" in g else {}) for g in event.get("attendees", ())]
    return {**event, **({"attendees": guests} if guests else {})}


def _as_csv(lines: Any, *, grid: Grid) -> None:
    csv.writer(lines).writerows(_inert(grid))


def _inert(grid: Grid) -> Grid:
    return [[inert(c) if isinstance(c, str) else c for c in row] for row in grid]


def inert(cell: str) -> str:
    """Return a cell's text with an apostrophe wherever a program would find the beginning of a formula.

    That is at its start, and after what a program that does not split at commas may take for the end of a cell.
    """
    return _FORMULA.sub("'", cell)


def _saved(path: Path, write: Callable[[Any], object], count: int) -> Saved:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as lines:
        write(lines)
    return Saved(path=path, rows=max(count, 0))
