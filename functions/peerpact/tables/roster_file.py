"""A roster as another program exported it: which of its columns is which of ours, and its rows in our terms.

The header may be any of the first rows; columns are known by many names (sheets_schema/roster.toml). First and last
name in columns of their own make the name; of several columns that could be the manager's, or the address, the one that
holds most addresses counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerpact.errors import SheetError
from peerpact.tables.cells import Cell, is_empty, text
from peerpact.tables.reading import DEEPEST_HEADER, Grid, TabContents, column_letter, read_tab
from peerpact.tables.schema import Column, Tab, plain_header, tab

FAMILY_NAMES = frozenset(
    plain_header(header)
    for header in (
        "Last name",
        "Lastname",
        "Surname",
        "Family name",
        "Last Name [Required]",
        "Legal last name",
        "Preferred last name",
        "Nachname",
        "Familienname",
        "Nom",
        "Nom de famille",
        "Apellido",
        "Apellidos",
    )
)
NEEDED = ("name", "email")
FEWEST_WITH_MANAGERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """What a file says of people, and what its columns were taken for."""

    columns: Mapping[str, str]
    """The file's header, by our field."""
    ignored: tuple[str, ...]
    """Filled columns that mean nothing to us."""
    rows: tuple[Mapping[str, Cell], ...]
    """By our field, as typed; a field that the file lacks is not there."""
    header: int
    """The row that names the columns, counted from 1 as programs show it."""

    @property
    def has_managers(self) -> bool:
        return len(self.rows) < FEWEST_WITH_MANAGERS or any(
            not is_empty(r.get("managers")) for r in self.rows
        )

    def grid(self) -> Grid:
        """Return the rows as the tab Roster would hold them."""
        columns = [c for c in tab("Roster").columns if c.type != "formula"]
        return [[c.name for c in columns], *([row.get(c.field, "") for c in columns] for row in self.rows)]

    def contents(self, locale: str) -> TabContents:
        return read_tab(tab("Roster"), self.grid(), locale=locale)


def roster_in(grid: Grid, *, name: str) -> RosterFile:
    """Read a roster from the cells of a file of that name.

    Raises:
        SheetError: no row names the columns, or one that is needed is missing, or there are no people.
    """
    if all(is_empty(cell) for row in grid for cell in row):
        raise SheetError(f"{name} is empty.")
    described = tab("Roster")
    top = header_row_of(grid, described)
    if top is None:
        raise SheetError(
            f"{name}: none of the first {min(len(grid), DEEPEST_HEADER)} rows names the columns. One row must, with "
            "“Name” and “E-mail” among them."
        )
    header, below = (
        [text(h) for h in grid[top]],
        [row for row in grid[top + 1 :] if not all(map(is_empty, row))],
    )
    places = _places(described, header, below)
    parts = _name_parts(header, places)
    _refuse_lacking(name, top, header, places, parts)
    if not below:
        raise SheetError(f"{name} has no people in it: only the row with the columns' names (row {top + 1}).")
    used = {*places.values(), *parts}
    return RosterFile(
        columns={f: header[p] for f, p in places.items()} | _joined(header, places, parts),
        ignored=tuple(_label(header, p) for p in _filled(below) if p not in used),
        rows=tuple(_row(cells, places, parts) for cells in below),
        header=top + 1,
    )


def header_row_of(grid: Grid, described: Tab) -> int | None:
    """Return the row that names most columns, counted from 0; None if none names two."""
    known = frozenset().union(*(c.headers for c in described.columns)) | FAMILY_NAMES
    named = [
        sum(plain_header(cell) in known for cell in row if not is_empty(cell))
        for row in grid[:DEEPEST_HEADER]
    ]
    best = max(named, default=0)
    return named.index(best) if best > 1 else None


def _places(described: Tab, header: Sequence[str], below: Grid) -> dict[str, int]:
    names = [plain_header(h) for h in header]
    places: dict[str, int] = {}
    for column in described.columns:
        wanted = [plain_header(n) for n in (column.name, *column.aliases)]
        found = sorted(
            (wanted.index(n), i) for i, n in enumerate(names) if n in wanted and i not in places.values()
        )
        if found and column.type != "formula":
            places[column.field] = _best(column, [i for _, i in found], below)
    return places


def _best(column: Column, places: Sequence[int], below: Grid) -> int:
    """Return the first of the columns that may be meant; of those for addresses, the one with most of them."""
    if column.field not in {"email", "managers"}:
        return next((p for p in places if p in _filled(below)), places[0])
    return max(places, key=lambda p: (sum("@" in text(_at(r, p)) for r in below), -places.index(p)))


def _name_parts(header: Sequence[str], places: Mapping[str, int]) -> tuple[int, ...]:
    """Return where first and last name are, where no column has both."""
    family = [i for i, h in enumerate(header) if plain_header(h) in FAMILY_NAMES]
    if "name" in places or "first_name" not in places or not family:
        return ()
    return places["first_name"], family[0]


def _refuse_lacking(
    name: str, top: int, header: Sequence[str], places: Mapping[str, int], parts: Sequence[int]
) -> None:
    lacking = [f for f in NEEDED if f not in places and not (f == "name" and parts)]
    if lacking:
        column = tab("Roster").column(lacking[0]).name
        there = ", ".join(f"“{h}”" for h in header if h)
        raise SheetError(
            f"{name} has no column “{column}”. Row {top + 1} names the columns: {there}. Name one of them “{column}”."
        )


def _joined(header: Sequence[str], places: Mapping[str, int], parts: Sequence[int]) -> dict[str, str]:
    return {"name": " and ".join(header[p] for p in parts)} if parts and "name" not in places else {}


def _row(cells: Sequence[Cell], places: Mapping[str, int], parts: Sequence[int]) -> dict[str, Cell]:
    row = {field: _at(cells, place) for field, place in places.items()}
    if parts:
        row["name"] = " ".join(filter(None, (text(_at(cells, p)) for p in parts)))
    return row


def _filled(below: Grid) -> list[int]:
    width = max(map(len, below), default=0)
    return [p for p in range(width) if any(not is_empty(_at(row, p)) for row in below)]


def _label(header: Sequence[str], place: int) -> str:
    return (header[place] if place < len(header) else "") or f"column {column_letter(place)}"


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) and cells[place] is not None else ""
