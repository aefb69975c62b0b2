"""Rows of the tab Archive: what left the other tabs, a pairing or a month in each, with its columns beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from peerpact.tables.cells import Cell, is_empty, text, write_cell
from peerpact.tables.rows import Row
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import Grid, TabContents, read_tab

ARCHIVE = "Archive"
LONGEST = 24_000
"""Characters in a cell: Sheets takes 50,000, and counts those beyond the basic plane twice."""
Cells = Mapping[str, Cell]
"""A row's cells by their headers; empty ones are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A row that leaves its tab: what it belongs to, whom it is about, and whose words are in it."""

    title: str
    key: tuple[str, ...]
    of: str
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def cells_of(contents: TabContents, row: Row, grid: Grid) -> dict[str, Cell]:
    """Return a row's cells by header, those of columns that admins added as well. Formulas are left out."""
    formulas = {c.field for c in contents.tab.columns if c.formula}
    fields = {place: field for field, place in contents.places.items()}
    there = grid[row.number - 1] if row.number <= len(grid) else ()
    found: dict[str, Cell] = {}
    for place, header in enumerate(grid[0]):
        field = fields.get(place)
        if field:
            cell = write_cell(row.values.get(field)) if field not in formulas else ""
        else:
            cell = there[place] if place < len(there) else ""
        if not is_empty(cell) and not is_empty(header):
            found[text(header)] = cell
    return found


def archived(leaving: Iterable[tuple[Leaving, Cells]], at: datetime) -> list[dict[str, Any]]:
    """Return rows of the tab Archive that keep these, those of one pairing or month together."""
    ordered = sorted(leaving, key=lambda pair: (pair[0].of, pair[0].title))
    rows: list[dict[str, Any]] = []
    for of, some in groupby(ordered, key=lambda pair: pair[0].of):
        group = list(some)
        rows += _row_of(of, at, [row for row, _ in group], [(row.title, cells) for row, cells in group])
    return rows


def _row_of(
    of: str, at: datetime, about: Sequence[Leaving], kept: Sequence[tuple[str, Cells]]
) -> Iterator[dict[str, Any]]:
    words = _packed(kept)
    people = tuple(sorted({p for row in about for p in row.people}))
    whose = tuple(sorted({p for row in about for p in row.words}))
    for part, start in enumerate(range(0, len(words), LONGEST), start=1):
        yield {
            "of": of,
            "moved": at.replace(microsecond=0),
            "part": part,
            "people": people,
            "words": whose,
            "rows": words[start : start + LONGEST],
        }


def _packed(kept: Sequence[tuple[str, Cells]]) -> str:
    tabs = []
    for title, some in groupby(kept, key=lambda pair: pair[0]):
        rows = [cells for _, cells in some]
        columns = list(dict.fromkeys(header for cells in rows for header in cells))
        tabs.append([title, columns, *([cells.get(c, "") for c in columns] for cells in rows)])
    return json.dumps(tabs, ensure_ascii=False, separators=(",", ":"))


def unpacked(rows: Iterable[Row]) -> list[tuple[str, dict[str, Cell]]]:
    """Return the rows that are kept in rows of the tab Archive, with their tabs: those that came last are last.

    Those that nobody can read any more, as after an edit by hand, are left out; see ``unreadable``.
    """
    return [kept for parts in _together(rows) for kept in _read_parts(parts) or ()]


def unreadable(rows: Iterable[Row]) -> list[int]:
    """Return the numbers of rows of the tab Archive in which nobody can read what is kept."""
    return [part.number for parts in _together(rows) if _read_parts(parts) is None for part in parts]


def _together(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield the rows whose cells are parts of one text, what was moved last at the end."""
    ordered = sorted(rows, key=lambda row: (str(row["moved"] or ""), row["of"] or "", row["part"] or 0))
    for _, parts in groupby(ordered, key=lambda row: (row["moved"], row["of"])):
        yield list(parts)


def _read_parts(parts: Sequence[Row]) -> list[tuple[str, dict[str, Cell]]] | None:
    try:
        told = json.loads("".join(part["rows"] or "" for part in parts) or "[]")
        return [
            (tab(title).title, {c: _cell(v) for c, v in zip(columns, line, strict=True) if v != ""})
            for title, columns, *lines in told
            for line in lines
        ]
    except (ValueError, TypeError, AttributeError, OSError, RecursionError):
        return None


def _cell(value: Any) -> Cell:
    if not isinstance(value, str | int | float | None):
        raise TypeError(value)
    return value


def contents_of(kept: Iterable[tuple[str, Cells]]) -> dict[str, TabContents]:
    """Return archived rows as the contents of their tabs; of several with one key the last one."""
    grids: dict[str, list[Cells]] = {}
    for title, cells in kept:
        grids.setdefault(title, []).append(cells)
    return {title: _latest(_read(title, rows)) for title, rows in grids.items()}


def grid_of(title: str, rows: Sequence[Cells]) -> list[list[Cell]]:
    """Return archived rows of one tab as a grid under their headers, the described ones first."""
    described = [c.name for c in tab(title).columns if c.type != "formula"]
    header = list(dict.fromkeys([*described, *(h for cells in rows for h in cells)]))
    return [[*header], *([cells.get(h, "") for h in header] for cells in rows)]


def _read(title: str, rows: Sequence[Cells]) -> TabContents:
    return read_tab(tab(title), grid_of(title, rows))


def _latest(contents: TabContents) -> TabContents:
    latest = {contents.key_of(row.values): row for row in contents.rows}
    return contents.with_rows((*latest.values(), *contents.unusable), contents.height)


def rewritten(
    rows: Sequence[Row], kept: Sequence[tuple[str, Cells]], words: Iterable[str]
) -> list[dict[str, Any]]:
    """Return parts of the tab Archive with other rows in them, under the same keys; what is not needed is emptied."""
    whose, packed = tuple(sorted(words)), _packed(kept)
    parts = sorted(rows, key=lambda row: row["part"])
    spread = [packed[start : start + LONGEST] for start in range(0, len(packed), LONGEST)]
    spread = [*spread[: len(parts) - 1], "".join(spread[len(parts) - 1 :])]
    return [
        {"of": row["of"], "moved": row["moved"], "part": row["part"], "words": whose, "rows": piece}
        for row, piece in zip(parts, [*spread, *[""] * (len(parts) - len(spread))], strict=True)
    ]
