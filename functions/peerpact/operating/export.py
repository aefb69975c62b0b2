"""``peerpact export``: what a company takes with it when it leaves, or wants to keep beside.

It acts as the mentoring mailbox, which owns the spreadsheets and the meetings.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from peerpact.errors import ConfigError
from peerpact.google.scopes import EVENTS
from peerpact.operating.installation import Installation
from peerpact.tables.reading import Grid
from peerpact.tables.schema import plain_header, tab

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
CONFIDENTIAL = {"Commitments": ("text", "outcome", "history"), "Replies": ("taken_as",)}
"""What somebody promised and how it went: between the two of them, so exported only when asked for."""
WITHHELD = "(withheld)"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]"
"""Begin a formula, the wide ones in some programs as well."""
_UNSEEN = (
    r"[^\S\t\r\n]|[\"'`\u2018-\u201f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f]"
)
"""Programs may leave out these before they look for a sign: spaces, quotation marks, invisible characters."""
_FORMULA = re.compile(
    rf"\A(?=[\t\r\n]|(?:{_UNSEEN}|[\t\r\n])*+{_SIGNS})|(?<=[;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029])(?=(?:{_UNSEEN})*+{_SIGNS})"
    rf"|(?<=[;\r\n\v\f\x1c-\x1e\x85\u2028\u2029])(?=(?:{_UNSEEN})*+\t)|(?<=;)(?=(?:{_UNSEEN})*+[\r\n])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A file that was written, and how many rows or meetings are in it."""

    path: Path
    rows: int


def export(it: Installation, folder: Path, *, with_texts: bool) -> Iterator[Saved]:
    """Write both spreadsheets, tab by tab as CSV, and the meetings as JSON; yields each file once it is there.

    Tabs and columns of the admins' own are there too. Files can be read by you alone. Cells that a spreadsheet would
    run as a formula begin with an apostrophe.

    Raises:
        ConfigError: the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConfigError(
            f"The folder {folder} is not empty. Name a new one, so that nothing is written over."
        )
    access = it.access(EVENTS)
    for kind, key in it.keys.items():
        for title, grid in access.spreadsheets.cells(key).items():
            kept = grid if with_texts else _without_texts(title, grid)
            path = folder / kind / f"{title.replace('/', '-')}.csv"
            yield _saved(path, partial(_as_csv, grid=kept), len(kept) - 1)
    meetings = access.calendar.as_they_are(BEGINNING)
    yield _saved(
        folder / "meetings.json",
        lambda lines: json.dump(meetings, lines, ensure_ascii=False, indent=1),
        len(meetings),
    )


def _without_texts(title: str, grid: Grid) -> Grid:
    if title not in CONFIDENTIAL or not grid:
        return grid
    hidden = {h for field in CONFIDENTIAL[title] for h in tab(title).column(field).headers}
    places = {i for i, header in enumerate(grid[0]) if plain_header(header) in hidden}
    rows = [[WITHHELD if i in places and c != "" else c for i, c in enumerate(row)] for row in grid[1:]]
    return [grid[0], *rows]


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
