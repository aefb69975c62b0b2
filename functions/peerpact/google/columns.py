"""Which columns of a tab are read where a job needs no others, and what a tab's cells look like then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Any

from peerpact.tables.cells import Cell, text
from peerpact.tables.rows import Place
from peerpact.tables.schema import Tab, plain_header, tab
from peerpact.tables.tab_contents import Grid, TabContents, column_letter

_MOST_KNOWN = 20_000
"""Different texts of a tab."""
_EMPTY: tuple[Cell, ...] = ()


def column_ranges(title: str, fields: Sequence[str], begin: int = 0) -> list[str]:
    """Return the ranges of a tab's header and of some columns, where its description has them.

    These are read from a row on; 0 for the whole of them.
    """
    return [f"'{title}'!{r}" for r in ("1:1", *(f"{x}{begin or ''}:{x}" for x in _letters(title, fields)))]


def rows_in(parts: Iterator[Grid], title: str, fields: Sequence[str], begin: int) -> Iterator[Sequence[Any]]:
    """Yield a tab's cells, row by row, from what was read of such ranges."""
    letters = _letters(title, fields)
    header, *cells = islice(parts, len(letters) + 1)
    return side_by_side(header, dict(zip(letters, cells, strict=True)), begin)


def _letters(title: str, fields: Sequence[str]) -> tuple[str, ...]:
    order = [c.field for c in tab(title).columns]
    return tuple(column_letter(order.index(field)) for field in fields)


def is_as_described(grid: Grid, described: Tab) -> bool:
    """Tell whether all columns are where the description has them."""
    header = [plain_header(cell) for cell in grid[0]] if grid else []
    there = zip(header, described.columns, strict=False)
    return len(header) >= len(described.columns) and all(name in c.headers for name, c in there)


def side_by_side(header: Grid, columns: Mapping[str, Grid], begin: int = 0) -> Iterator[Sequence[Any]]:
    """Yield a tab's cells, row by row, of which no more than the header and some columns were read, from a row on.

    A row that has nothing in the first of the columns is empty, and one for all; so are those above.
    """
    yield from ([*row] for row in header)
    if not header or not columns:
        return
    order = [column_letter(i) for i in range(len(header[0]))]
    there, first = [columns.get(letter, ()) for letter in order], next(iter(columns.values()))
    yield from repeat(_EMPTY, max(begin - 2, 0))
    for n in range(0 if begin else 1, len(first)):
        yield [cells[n][0] if n < len(cells) and cells[n] else "" for cells in there] if first[n] else _EMPTY


def cells_in(contents: TabContents, grid: Grid, *fields: str) -> Iterator[tuple[str, ...]]:
    """Yield what some columns say in each usable row of a tab, those too that are not held."""
    places = [contents.places[field] for field in fields]
    unusable = {row.number for row in contents.unusable}
    for number, row in enumerate(islice(grid, 1, None), start=2):
        if number not in unusable:
            yield tuple(text(row[at]) if at < len(row) else "" for at in places)


def shared(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return rows, changed in place, in which what others say too is held once: a team, a zone, a state, a manager.

    What is in one row alone, such as an id, is not remembered for longer than it takes to see others.
    """
    known: dict[str, str] = {}
    for row in filter(None, rows):  # of a column's cells, most may be empty
        row[:] = [known.setdefault(cell, cell) if type(cell) is str else cell for cell in row]
        if len(known) > _MOST_KNOWN:
            known.clear()
    return rows


def is_among(value: Any, wanted: Collection[str]) -> bool:
    """Tell whether a field's value, or one of several, is among some."""
    return any(one in wanted for one in (value if isinstance(value, tuple) else (value,)))


def covered_cells(sheet: Mapping[str, Any]) -> frozenset[Place]:
    """Return the cells that merges cover, all but the first of each."""
    return frozenset(
        (row, column)
        for area in sheet.get("merges", ())
        for row in range(area["startRowIndex"], area["endRowIndex"])
        for column in range(area["startColumnIndex"], area["endColumnIndex"])
        if (row, column) != (area["startRowIndex"], area["startColumnIndex"])
    )
