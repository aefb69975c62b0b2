"""What formulas come to: the look-ups that spreadsheets like ours use. Others show ``#NAME?``.

Values are calculated when they are read and kept until a tab changes that they were calculated from. Looked-up
columns are indexed, so that thousands of look-ups into thousands of rows stay quick. ARRAYFORMULA is calculated
element by element, and its values spill into the cells below and beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Tab, cells_in
from workspace_emulator.sheets.formulas import (
    Function,
    Missing,
    Name,
    Node,
    Number,
    Operation,
    Reference,
    Text,
    Unreadable,
    parse,
)
from workspace_emulator.sheets.references import BROKEN
from workspace_emulator.sheets.shown import plain

Value = float | str | bool | None
Grid = list[list[Value]]
Spilled = dict[int, dict[int, dict[str, Any]]]


class Failed(Exception):  # noqa: N818 - a value in Sheets: #N/A and its like
    """A formula that comes to an error; ``kind`` is Google's ErrorValue type."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


SHOWN = {
    "N_A": "#N/A",
    "NAME": "#NAME?",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "ERROR": "#ERROR!",
    "NUM": "#NUM!",
}


class Calculation:
    """All calculated values of one spreadsheet; brought up to date, they are those of its present state."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self._states: dict[int, tuple[Any, int]] = {}
        self._reads: dict[int, set[int]] = {}
        self._generations: dict[int, int] = {}
        self._values: dict[int, dict[tuple[int, int], Any]] = {}
        self._columns: dict[int, dict[Block, Grid]] = {}
        self._indexes: dict[int, dict[Block, dict[Any, int]]] = {}
        self._spilled: dict[int, Spilled] = {}
        self._element: tuple[int, int] | None = None

    def bring_up_to_date(self, book: Book) -> None:
        """Forget what was calculated from tabs that have changed since, directly or through other tabs."""
        tabs = {tab.title.lower(): tab for tab in book.tabs()}
        same_tabs = [(n, t.sheet_id) for n, t in tabs.items()] == [
            (n, t.sheet_id) for n, t in self._tabs.items()
        ]
        before, self._tabs = self._states, tabs
        self._states = {tab.sheet_id: tab.state for tab in tabs.values()}
        stale = {
            number
            for number, state in self._states.items()
            if not same_tabs or not _same_state(before.get(number), state)
        }
        while more := {n for n, read in self._reads.items() if n not in stale and read & stale}:
            stale |= more
        for number in stale:
            self._generations[number] = self._generations.get(number, 0) + 1
            for kept in (self._reads, self._values, self._columns, self._indexes, self._spilled):
                kept.pop(number, None)

    def generation(self, tab: Tab) -> int:
        """Return a number that grows whenever a value on this tab may be another than before."""
        return self._generations.get(tab.sheet_id, 0)

    def value(self, tab: Tab, row: int, column: int, formula: str) -> dict[str, Any]:
        """Return a formula's effective value as an ExtendedValue."""
        if is_array(formula):
            self.spilled(tab)
        values = self._values.setdefault(tab.sheet_id, {})
        key = (row, column)
        if key not in values:
            values[key] = _error("REF")
            values[key] = self._calculated(tab, formula)
        return dict(values[key])

    def spilled(self, tab: Tab) -> Spilled:
        """Return what array formulas put into cells that hold nothing themselves: ExtendedValues by row and column.

        While they are calculated they don't see one another's values.
        """
        if tab.sheet_id not in self._spilled:
            self._spilled[tab.sheet_id] = {}
            self._spilled[tab.sheet_id] = self._spilled_anew(tab)
            self._columns.pop(tab.sheet_id, None)  # read while nothing had been spilled yet
            self._indexes.pop(tab.sheet_id, None)
        return self._spilled[tab.sheet_id]

    def _spilled_anew(self, tab: Tab) -> Spilled:
        spilled: Spilled = {}
        for row, column, formula in _array_formulas(tab):
            values = self._values.setdefault(tab.sheet_id, {})
            values[row, column] = _error("REF")
            try:
                grid = self._array(parse(formula), tab)
            except Unreadable:
                values[row, column] = _error("ERROR")
                continue
            block = Block(row, column, row + len(grid), column + max(map(len, grid)))
            if any((r, c) != (row, column) and "userEnteredValue" in v for r, c, v in cells_in(tab, block)):
                continue  # #REF!: somebody's value stands in the way
            values[row, column] = grid[0][0] or {"stringValue": ""}
            for r, line in enumerate(grid):
                for c, value in enumerate(line):
                    if value is not None and (r or c):
                        spilled.setdefault(row + r, {})[column + c] = value
        return spilled

    def _array(self, node: Node, tab: Tab) -> list[list[dict[str, Any] | None]]:
        """Calculate each element of ``=ARRAYFORMULA(...)``; an empty one is None."""
        assert isinstance(node, Function)
        before = self._element
        try:
            self._element = None
            height, width = self._extent(node.arguments[0], tab) if node.arguments else (1, 1)
            grid: list[list[dict[str, Any] | None]] = []
            for row in range(height):
                grid.append([])
                for column in range(width):
                    self._element = (row, column)
                    grid[-1].append(self._outcome(node, tab))
            return grid
        finally:
            self._element = before

    def _extent(self, node: Node, tab: Tab) -> tuple[int, int]:
        """Return how many rows and columns an array expression comes to: those of its largest range."""
        try:
            if isinstance(node, Reference):
                grid = self._grid(node, tab)
                return max(len(grid), 1), max((len(line) for line in grid), default=1)
        except Failed:
            return 1, 1
        parts: list[Node] = []
        if isinstance(node, Operation):
            parts = [node.right, *([node.left] if node.left else [])]
        elif isinstance(node, Function):
            parts = list(node.arguments[: _BY_ELEMENT.get(node.name, 0)])
        extents = [self._extent(part, tab) for part in parts]
        return max((h for h, _ in extents), default=1), max((w for _, w in extents), default=1)

    def _calculated(self, tab: Tab, formula: str) -> dict[str, Any]:
        before, self._element = self._element, None
        try:
            found = self._outcome(parse(formula), tab)
        except Unreadable:
            return _error("ERROR")
        finally:
            self._element = before
        return found if found is not None else {"numberValue": 0}

    def _outcome(self, node: Node, tab: Tab) -> dict[str, Any] | None:
        """Return an expression's value as an ExtendedValue; None when it is empty."""
        try:
            found = self._single(node, tab)
        except Failed as failed:
            return _error(failed.kind)
        if isinstance(found, bool):
            return {"boolValue": found}
        if isinstance(found, int | float):
            return {"numberValue": int(found) if float(found).is_integer() else found}
        return None if found is None else {"stringValue": found}

    def _single(self, node: Node, tab: Tab) -> Value:
        found = self._evaluate(node, tab)
        if not isinstance(found, list):
            return found
        row, column = self._element or (0, 0)
        line = found[row if len(found) > 1 else 0] if row < len(found) or len(found) == 1 else []
        column = column if len(line) > 1 else 0
        return line[column] if column < len(line) else None

    def _evaluate(self, node: Node, tab: Tab) -> Value | Grid:
        if isinstance(node, Text | Number):
            return node.value
        if isinstance(node, Missing):
            return None
        if isinstance(node, Name):
            return self._named(node)
        if isinstance(node, Reference):
            return self._grid(node, tab)
        if isinstance(node, Operation):
            return self._operation(node, tab)
        return self._function(node, tab)

    def _named(self, node: Name) -> Value:
        if node.value in {"TRUE", "FALSE"}:
            return node.value == "TRUE"
        raise Failed("REF" if node.value == BROKEN else "NAME")

    def _grid(self, node: Reference, tab: Tab) -> Grid:
        place = self._place(node, tab)
        if node.last is None:
            return [[self._alone(place[0], place[1].row, place[1].column)]]
        columns = self._columns.setdefault(place[0].sheet_id, {})
        if place[1] not in columns:
            columns[place[1]] = self._read(*place)
        return columns[place[1]]

    def _alone(self, tab: Tab, row: int, column: int) -> Value:
        """Read a single cell, which is what most references name."""
        cell = tab.row(row).get(str(column)) if row < tab.height else None
        return self._cell(tab, row, column, {(row, column): cell} if cell else {})

    def _place(self, node: Reference, tab: Tab) -> tuple[Tab, Block]:
        if node.tab is not None:
            found = self._tabs.get(node.tab.lower())
            if found is None:
                raise Failed("REF")
            self._reads.setdefault(tab.sheet_id, set()).add(found.sheet_id)
            tab = found
        last = node.last or node.first
        end_row = None if last.row is None else last.row + 1
        end_column = None if last.column is None else last.column + 1
        return tab, Block(node.first.row or 0, node.first.column or 0, end_row, end_column)

    def _read(self, tab: Tab, block: Block) -> Grid:
        found = tab.bounded(block)
        width = (found.end_column or 0) - found.column
        cells = {(r, c): cell for r, c, cell in cells_in(tab, found)}
        height = max((r for r, _ in cells), default=found.row - 1) - found.row + 1
        if block.end_row is not None:
            height = (found.end_row or 0) - found.row
        return [
            [self._cell(tab, found.row + r, found.column + c, cells) for c in range(width)]
            for r in range(height)
        ]

    def _cell(self, tab: Tab, row: int, column: int, cells: dict[tuple[int, int], Any]) -> Value:
        entered = cells.get((row, column), {}).get("userEnteredValue")
        if entered is None:
            entered = self.spilled(tab).get(row, {}).get(column)
        if entered is None:
            return None
        if "formulaValue" in entered:
            entered = self.value(tab, row, column, entered["formulaValue"])
        if "errorValue" in entered:
            raise Failed(entered["errorValue"]["type"])
        return next(iter(entered.values()), None)

    def _operation(self, node: Operation, tab: Tab) -> Value:
        if node.left is None:
            only = _number(self._single(node.right, tab))
            return -only if node.sign == "-" else only
        left, right = self._single(node.left, tab), self._single(node.right, tab)
        if node.sign == "&":
            return _text(left) + _text(right)
        if node.sign in _COMPARE:
            return _COMPARE[node.sign](*_comparable(left, right))
        if node.sign == "/" and _number(right) == 0:
            raise Failed("DIVIDE_BY_ZERO")
        return float(_ARITHMETIC[node.sign](_number(left), _number(right)))

    def _function(self, node: Function, tab: Tab) -> Value | Grid:
        lazy = _LAZY.get(node.name)
        if lazy:
            return lazy(self, node.arguments, tab)
        if self._element and node.name in _BY_ELEMENT:
            return _PLAIN[node.name](*(self._single(a, tab) for a in node.arguments))
        plain_function = _PLAIN.get(node.name)
        if plain_function is None:
            raise Failed("NAME")
        return plain_function(*(self._evaluate(a, tab) for a in node.arguments))

    def _if(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        if _truth(self._single(arguments[0], tab)):
            return self._evaluate(arguments[1], tab)
        return self._evaluate(arguments[2], tab) if len(arguments) > 2 else False

    def _if_error(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        try:
            return self._evaluate(arguments[0], tab)
        except Failed:
            return self._evaluate(arguments[1], tab) if len(arguments) > 1 else ""

    def _if_na(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        try:
            return self._evaluate(arguments[0], tab)
        except Failed as failed:
            if failed.kind != "N_A":
                raise
            return self._evaluate(arguments[1], tab) if len(arguments) > 1 else ""

    def _array_formula(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        return self._single(arguments[0], tab) if arguments else None

    def _row(self, arguments: Sequence[Node], tab: Tab) -> Value:
        """The number of a reference's row. Without a reference, which would mean the formula's own, it is #N/A here."""
        if not arguments or not isinstance(arguments[0], Reference):
            raise Failed("N_A")
        return float(self._place(arguments[0], tab)[1].row + (self._element or (0, 0))[0] + 1)

    def _vlookup(self, arguments: Sequence[Node], tab: Tab) -> Value:
        wanted = self._single(arguments[0], tab)
        column = int(_number(self._single(arguments[2], tab)))
        grid = self._evaluate(arguments[1], tab)
        if not isinstance(grid, list) or not isinstance(arguments[1], Reference):
            raise Failed("VALUE")
        index = self._index(arguments[1], tab, grid)
        row = index.get(_folded(wanted))
        if row is None:
            raise Failed("N_A")
        if column < 1 or column > len(grid[row]):
            raise Failed("REF")
        return grid[row][column - 1]

    def _match(self, arguments: Sequence[Node], tab: Tab) -> Value:
        wanted, grid = self._single(arguments[0], tab), self._evaluate(arguments[1], tab)
        flat = list(_flat(grid))
        found = next((i for i, value in enumerate(flat) if _folded(value) == _folded(wanted)), None)
        if found is None:
            raise Failed("N_A")
        return found + 1

    def _xlookup(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        wanted = _folded(self._single(arguments[0], tab))
        keys = list(_flat(self._evaluate(arguments[1], tab)))
        results = list(_flat(self._evaluate(arguments[2], tab)))
        found = next((i for i, value in enumerate(keys) if _folded(value) == wanted), None)
        if found is not None:
            return results[found]
        if len(arguments) > 3:
            return self._evaluate(arguments[3], tab)
        raise Failed("N_A")

    def _index(self, node: Reference, tab: Tab, grid: Grid) -> dict[Any, int]:
        place = self._place(node, tab)
        indexes = self._indexes.setdefault(place[0].sheet_id, {})
        if place[1] not in indexes:
            indexes[place[1]] = {_folded(row[0]): i for i, row in reversed(list(enumerate(grid))) if row}
        return indexes[place[1]]


def _same_state(before: tuple[Any, int] | None, now: tuple[Any, int]) -> bool:
    return before is not None and before[0] is now[0] and before[1] == now[1]


def is_array(formula: str) -> bool:
    """Tell whether a formula's values may spill."""
    return formula[:14].upper() == "=ARRAYFORMULA("


def _array_formulas(tab: Tab) -> Iterator[tuple[int, int, str]]:
    for number, row in tab.rows():
        for column, cell in row.items():
            formula = cell.get("userEnteredValue", {}).get("formulaValue")
            if formula and is_array(formula):
                yield number, int(column), formula


def _error(kind: str) -> dict[str, Any]:
    return {"errorValue": {"type": kind, "type_shown": SHOWN.get(kind, "#ERROR!")}}


def _number(value: Value) -> float:
    if value is None or value == "":
        return 0.0
    if isinstance(value, bool | int | float):
        return float(value)
    try:
        return float(value)
    except ValueError:
        raise Failed("VALUE") from None


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return plain(value) if isinstance(value, int | float) else value


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        if value.upper() in {"TRUE", "FALSE"}:
            return value.upper() == "TRUE"
        raise Failed("VALUE")
    return bool(value)


def _folded(value: Value) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _comparable(left: Value, right: Value) -> tuple[Any, Any]:
    if left is None or right is None:
        other = right if left is None else left
        blank: Any = "" if isinstance(other, str) else 0
        left, right = (blank if left is None else left), (blank if right is None else right)
    if isinstance(left, str) != isinstance(right, str):
        return (0, 1) if isinstance(right, str) else (1, 0)
    return _folded(left), _folded(right)


def _flat(value: Value | Grid) -> Iterator[Value]:
    if isinstance(value, list):
        for row in value:
            yield from row
    else:
        yield value


def _all(values: Sequence[Value | Grid]) -> Iterator[Value]:
    for value in values:
        yield from _flat(value)


def _one(value: Value | Grid) -> Value:
    return next(_flat(value), None)


def _matches(value: Value, criterion: Value) -> bool:
    if isinstance(criterion, str):
        for sign in ("<=", ">=", "<>", "<", ">", "="):
            if criterion.startswith(sign):
                wanted: Value = criterion[len(sign) :]
                with suppress(ValueError):
                    wanted = float(str(wanted))
                return bool(_COMPARE[sign](*_comparable(value, wanted)))
    return bool(_folded(value) == _folded(criterion))


def _count_ifs(*parts: Value | Grid) -> float:
    columns = [list(_flat(parts[i])) for i in range(0, len(parts), 2)]
    criteria = [_one(parts[i]) for i in range(1, len(parts), 2)]
    return sum(
        all(_matches(v, c) for v, c in zip(row, criteria, strict=True)) for row in zip(*columns, strict=True)
    )


def _joined(separator: Value | Grid, *values: Value | Grid) -> str:
    return _text(_one(separator)).join(_text(v) for v in _all(values))


def _text_joined(separator: Value | Grid, skip_empty: Value | Grid, *values: Value | Grid) -> str:
    texts = [_text(v) for v in _all(values)]
    return _text(_one(separator)).join(t for t in texts if t or not _truth(_one(skip_empty)))


def _picked(grid: Value | Grid, row: Value | Grid = 1, column: Value | Grid = 1) -> Value:
    rows = grid if isinstance(grid, list) else [[grid]]
    r, c = int(_number(_one(row))), int(_number(_one(column)))
    if not (1 <= r <= len(rows) and 1 <= c <= len(rows[r - 1])):
        raise Failed("REF")
    return rows[r - 1][c - 1]


def _filtered(grid: Value | Grid, *conditions: Value | Grid) -> Grid:
    rows = grid if isinstance(grid, list) else [[grid]]
    columns = [list(_flat(c)) for c in conditions]
    kept = [row for i, row in enumerate(rows) if all(i < len(c) and _truth(c[i]) for c in columns)]
    if not kept:
        raise Failed("N_A")
    return kept


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "<>": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    ">": lambda a, b: bool(a > b),
    "<=": lambda a, b: bool(a <= b),
    ">=": lambda a, b: bool(a >= b),
}
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
}
_LAZY: dict[str, Callable[[Calculation, Sequence[Node], Tab], Value | Grid]] = {
    "IF": Calculation._if,
    "IFERROR": Calculation._if_error,
    "IFNA": Calculation._if_na,
    "VLOOKUP": Calculation._vlookup,
    "MATCH": Calculation._match,
    "XLOOKUP": Calculation._xlookup,
    "ARRAYFORMULA": Calculation._array_formula,
    "ROW": Calculation._row,
}
_BY_ELEMENT = {
    "IF": 3,
    "IFERROR": 2,
    "IFNA": 2,
    "VLOOKUP": 1,
    "XLOOKUP": 1,
    "MATCH": 1,
    "ARRAYFORMULA": 1,
    "ROW": 1,
    "LOWER": 1,
    "UPPER": 1,
    "TRIM": 1,
    "LEN": 1,
    "NOT": 1,
}
"""How many of a function's first arguments an array formula takes element by element; the rest are whole ranges."""
_PLAIN: dict[str, Callable[..., Value | Grid]] = {
    "LOWER": lambda v: _text(_one(v)).lower(),
    "UPPER": lambda v: _text(_one(v)).upper(),
    "TRIM": lambda v: " ".join(_text(_one(v)).split()),
    "LEN": lambda v: len(_text(_one(v))),
    "SUM": lambda *v: sum(x for x in _all(v) if isinstance(x, int | float) and not isinstance(x, bool)),
    "COUNTA": lambda *v: sum(x is not None for x in _all(v)),
    "COUNT": lambda *v: sum(isinstance(x, int | float) and not isinstance(x, bool) for x in _all(v)),
    "COUNTIF": _count_ifs,
    "COUNTIFS": _count_ifs,
    "AND": lambda *v: all(_truth(x) for x in _all(v)),
    "OR": lambda *v: any(_truth(x) for x in _all(v)),
    "NOT": lambda v: not _truth(_one(v)),
    "JOIN": _joined,
    "TEXTJOIN": _text_joined,
    "CONCATENATE": lambda *v: "".join(_text(x) for x in _all(v)),
    "INDEX": _picked,
    "FILTER": _filtered,
}
