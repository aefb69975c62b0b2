"""A roster as another program exported it: which of its columns is which of ours, and its rows in our terms.

The header may be any of the first rows; columns are known by many names (sheets_schema/roster.toml). First and last
name in columns of their own make the name. Of several columns that could be the address, the one that holds most of
them counts; of those that could be the manager's, too, and the others where it is empty. Managers may be named by
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from peerpact.errors import SheetError
from peerpact.programme.people import lack_managers
from peerpact.tables.cells import Cell, is_empty, text
from peerpact.tables.cells.cell import cell_at
from peerpact.tables.cells.names import is_as_typed
from peerpact.tables.roster_headers import (
    CALLED,
    FAMILY_FIRST,
    FAMILY_NAMES,
    MANAGERS_PARTS,
    NUMBERS,
    known_headers,
    meaning,
)
from peerpact.tables.roster_leavers import leavers_in
from peerpact.tables.schema import Column, Tab, plain_header, tab
from peerpact.tables.tab_contents import DEEPEST_HEADER, Grid, TabContents, column_letter, read_tab

NEEDED = ("name", "email")
FEWEST_WITH_MANAGERS = 2
SHOWN = 5
_BOTH = re.compile(r"\s*(\S.*?)\s*[<(]\s*([^\s<>()@]+@[^\s<>()@]+)\s*[>)]\s*")
"""A name with its address behind it, as mail programs write people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """What a file says of people, and what its columns were taken for."""

    columns: Mapping[str, str]
    """The file's header, by our field."""
    ignored: tuple[str, ...]
    """Filled columns that mean nothing to us."""
    rows: Mapping[int, Mapping[str, Cell]]
    """By its number in the file and by our field, as typed; a field that the file lacks is not there."""
    header: int
    """The row that names the columns, counted from 1 as programs show it."""
    left: tuple[str, ...] = ()
    """Who has left already, by name; they are not among the rows."""
    left_by: tuple[str, ...] = ()
    """The columns that say so."""
    unsure_of: tuple[int, ...] = ()
    """Rows whose last day can't be read; these people stay."""
    later: tuple[tuple[str, date], ...] = ()
    """Who is here and leaves later, by name, with their last day."""
    later_by: tuple[str, ...] = ()
    """The columns that say so."""

    @property
    def without_manager(self) -> tuple[int, ...]:
        """Return the numbers of the people's rows that name no manager."""
        return tuple(
            n
            for n, row in self.rows.items()
            if is_empty(row.get("managers")) and not is_empty(row.get("email"))
        )

    @property
    def trouble_with_managers(self) -> str:
        """Return why the file can't tell who reports to whom; empty: it can."""
        without, people = (
            self.without_manager,
            [r for r in self.rows.values() if not is_empty(r.get("email"))],
        )
        if len(people) < FEWEST_WITH_MANAGERS:
            return ""
        if len(without) == len(people):
            return "names no managers"
        if not lack_managers(len(without), len(people)):
            return ""
        named = ", ".join(text(self.rows[n].get("name")) or f"row {n}" for n in without[:SHOWN])
        more = f" and {len(without) - SHOWN} more" if len(without) > SHOWN else ""
        return f"names no manager for {len(without)} of {len(people)} people ({named}{more})"

    def grid(self) -> Grid:
        """Return the rows as the tab Roster would hold them."""
        columns = [c for c in tab("Roster").columns if c.type != "formula"]
        people = ([row.get(c.field, "") for c in columns] for row in self.rows.values())
        return [[c.name for c in columns], *people]

    def contents(self, locale: str) -> TabContents:
        """Read the rows, each under the number that it has in the file."""
        header, *people = self.grid()
        placed = dict(zip(self.rows, people, strict=True)) | {self.header: header}
        grid = [placed.get(number, []) for number in range(1, max(placed) + 1)]
        return read_tab(tab("Roster"), grid, locale=locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where a file has what, counted from 0."""

    fields: Mapping[str, int]
    parts: tuple[int, ...] = ()
    """First and last name, where no column has both."""
    managers: tuple[int, ...] = ()
    """Every column that could be the manager's, in the order in which they count."""
    manager_parts: tuple[int, ...] = ()
    """Those that hold the manager's first or last name alone."""
    is_family_first: bool = False
    """Whole names may begin with the family's."""

    @property
    def used(self) -> set[int]:
        return {*self.fields.values(), *self.parts, *self.managers, *self.manager_parts}

    def labels(self, header: Sequence[str]) -> dict[str, str]:
        """Return the file's headers, by our field."""
        labels = {f: header[p] for f, p in self.fields.items()}
        if self.parts:
            labels["name"] = " and ".join(header[p] for p in self.parts)
        parts = " and ".join(header[p] for p in self.manager_parts)
        named = [*(header[p] for p in self.managers), *filter(None, [parts])]
        return labels | ({"managers": "” or “".join(named)} if named else {})

    def row(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        row = {field: cell_at(cells, place) for field, place in self.fields.items()}
        if self.parts:
            row["name"] = " ".join(filter(None, (text(cell_at(cells, p)) for p in self.parts)))
        for field in NEEDED:
            if both := _BOTH.fullmatch(text(row.get(field))):
                row[field] = both[NEEDED.index(field) + 1]
        if self.managers or self.manager_parts:
            row["managers"] = self._manager(cells)
        if self.is_family_first and is_empty(row.get("first_name")) and is_as_typed(row.get("name")):
            row["first_name"] = row["name"]
        return row

    def _manager(self, cells: Sequence[Cell]) -> Cell:
        """Return whom a row names: by an address or a name, put together from columns of its parts where need be."""
        whole = next((c for p in self.managers if not is_empty(c := cell_at(cells, p))), "")
        parts = [text(c) for p in self.manager_parts if not is_empty(c := cell_at(cells, p))]
        words = text(whole)
        if "@" in words or not parts or all(part in words for part in parts):
            return whole
        is_rest = len(parts) == 1 and words.replace(" ", "").isalpha()
        return " ".join([*parts, words] if is_rest else parts)


def roster_in(grid: Grid, *, name: str, today: date) -> RosterFile:
    """Read a roster from the cells of a file of that name, without who had left before a day.

    Raises:
        SheetError: no row names the columns, or one that is needed is missing, or there are no people.
    """
    if all(is_empty(cell) for row in grid for cell in row):
        raise SheetError(f"{name} is empty.")
    described = tab("Roster")
    top = header_row_of(grid)
    if top is None:
        raise SheetError(
            f"{name}: no row among the first {DEEPEST_HEADER} names the columns. One must, with "
            "“Name” and “E-mail” among them."
        )
    header, below = _header(grid, top), dict(_below(grid, top))
    places = _places(described, header, list(below.values()))
    _refuse_lacking(name, top, header, places)
    if not below:
        raise SheetError(f"{name} has no people in it: only the row with the columns' names (row {top + 1}).")
    rows = {number: places.row(cells) for number, cells in below.items()}
    free = [p for p in _filled(list(below.values())) if p not in places.used]
    gone = leavers_in({p: _label(header, p) for p in free}, below, today)
    everybody = _with_numbered_managers(rows, below, free)
    return RosterFile(
        columns=places.labels(header),
        ignored=tuple(_label(header, p) for p in free if p not in {*gone.columns, *gone.later_columns}),
        rows={n: row for n, row in everybody.items() if n not in gone.rows},
        header=top + 1,
        left=tuple(text(everybody[n].get("name")) or f"row {n}" for n in sorted(gone.rows)),
        later=tuple((text(everybody[n].get("name")) or f"row {n}", day) for n, day in gone.later.items()),
        later_by=tuple(_label(header, p) for p in gone.later_columns),
        left_by=tuple(_label(header, p) for p in gone.columns),
        unsure_of=gone.unsure,
    )


def header_row_of(grid: Grid) -> int | None:
    """Return the row that names most columns, counted from 0; None if none names two."""
    known = known_headers()
    named = [
        sum(meaning(cell) in known for cell in row if not is_empty(cell)) for row in grid[:DEEPEST_HEADER]
    ]
    best = max(named, default=0)
    return named.index(best) if best > 1 else None


def _header(grid: Grid, top: int) -> list[str]:
    """Return the headers; one that is known together with its group's, in the row above, with it."""
    known, groups = known_headers(), grid[top - 1] if top else ()
    header, group = [], ""
    for place, cell in enumerate(map(text, grid[top])):
        group = text(cell_at(groups, place)) or group
        together = f"{group} ({cell})"
        header.append(together if cell and group and meaning(together) in known else cell)
    return header


def _below(grid: Grid, top: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield the rows below the header with their numbers, but for empty ones and those that repeat the header."""
    for number, row in enumerate(grid[top + 1 :], start=top + 2):
        if not all(map(is_empty, row)) and list(row) != list(grid[top]):
            yield number, row


def _places(described: Tab, header: Sequence[str], below: Grid) -> _Places:
    names = [meaning(h) for h in header]
    fields: dict[str, int] = {}
    managers: tuple[int, ...] = ()
    for column in described.columns:
        wanted = [plain_header(n) for n in (column.name, *column.aliases)]
        found = [i for i, n in enumerate(names) if n in wanted and i not in fields.values()]
        found.sort(key=lambda i: (plain_header(header[i]) != names[i], wanted.index(names[i])))
        if column.field == "managers":
            found += [i for i, n in enumerate(names) if n in NUMBERS]
            managers = tuple(sorted(found, key=lambda p: -_addresses(p, below)))
        if found and column.type != "formula":
            fields[column.field] = _best(column, found, below)
    parts = tuple(names.index(part) for part in MANAGERS_PARTS if part in names)
    return replace(
        _with_name_parts(_with_both(fields, below), names, managers),
        manager_parts=parts,
        is_family_first="name" in fields and names[fields["name"]] in FAMILY_FIRST,
    )


def _best(column: Column, places: Sequence[int], below: Grid) -> int:
    """Return the first of the columns that may be meant; of those for addresses, the one with most of them."""
    if column.field not in {"email", "managers"}:
        return next((p for p in places if p in _filled(below)), places[0])
    return max(places, key=lambda p: (_addresses(p, below), -places.index(p)))


def _addresses(place: int, below: Grid) -> int:
    return sum("@" in text(cell_at(row, place)) for row in below)


def _with_both(fields: dict[str, int], below: Grid) -> dict[str, int]:
    """Take name and address from one column, where each is there with the other and has none of its own."""
    there = [f for f in NEEDED if f in fields]
    if len(there) == 1 and any(_BOTH.fullmatch(text(cell_at(row, fields[there[0]]))) for row in below):
        return fields | dict.fromkeys(NEEDED, fields[there[0]])
    return fields


def _with_name_parts(fields: Mapping[str, int], names: Sequence[str], managers: tuple[int, ...]) -> _Places:
    """Take first and last name for the name, where no column has both, and beside them what people are called."""
    called = [i for i, n in enumerate(names) if n in CALLED]
    first = [i for i, n in enumerate(names) if n in tab("Roster").column("first_name").headers - CALLED]
    family = [i for i, n in enumerate(names) if n in FAMILY_NAMES]
    has_whole_name = "name" in fields and fields["name"] not in called
    if has_whole_name or not first or not family:
        return _Places(fields=fields, managers=managers)
    rest = {f: p for f, p in fields.items() if f not in {"name", "first_name"}}
    return _Places(
        fields=rest | {"first_name": (*called, *first)[0]}, parts=(first[0], family[0]), managers=managers
    )


def _refuse_lacking(name: str, top: int, header: Sequence[str], places: _Places) -> None:
    lacking = [f for f in NEEDED if f not in places.fields and not (f == "name" and places.parts)]
    if lacking:
        column = tab("Roster").column(lacking[0]).name
        there = ", ".join(f"“{h}”" for h in header if h)
        raise SheetError(
            f"{name} has no column “{column}”. Row {top + 1} names the columns: {there}. Name one of them “{column}”."
        )


def _with_numbered_managers(
    rows: Mapping[int, dict[str, Cell]], below: Mapping[int, Sequence[Cell]], places: Sequence[int]
) -> dict[int, Mapping[str, Cell]]:
    """Put addresses for managers who are named by the number that one of these columns gives everybody."""
    named = {n: text(row.get("managers")) for n, row in rows.items()}
    wanted = {number for number in named.values() if re.fullmatch(r"[^@\s]*\d[^@\s]*", number)}
    if not wanted:
        return dict(rows)
    keys = [by for p in places if (by := _by_number(p, rows, below)).keys() >= wanted]
    if len(keys) != 1:
        return dict(rows)
    return {
        n: row | ({"managers": keys[0][number]} if (number := named[n]) in wanted else {})
        for n, row in rows.items()
    }


def _by_number(
    place: int, rows: Mapping[int, Mapping[str, Cell]], below: Mapping[int, Sequence[Cell]]
) -> dict[str, Cell]:
    """Return the addresses by what a column holds; nothing where two hold the same."""
    of = [(text(cell_at(below[n], place)), row.get("email")) for n, row in rows.items()]
    known = [(number, email) for number, email in of if number and not is_empty(email)]
    return dict(known) if len(dict(known)) == len(known) else {}


def _filled(below: Grid) -> list[int]:
    width = max(map(len, below), default=0)
    return [p for p in range(width) if any(not is_empty(cell_at(row, p)) for row in below)]


def _label(header: Sequence[str], place: int) -> str:
    return (header[place] if place < len(header) else "") or f"column {column_letter(place)}"
