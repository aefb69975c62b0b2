"""What formulas come to: the look-ups that spreadsheets like ours use. Others show ``#NAME?``.

Values are calculated when they are read and kept until a cell changes that they were calculated from. Looked-up
columns are indexed, so that thousands of look-ups into thousands of rows stay quick. ARRAYFORMULA is calculated
element by element, and its values spill into the cells below and beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from workspace_emulator.sheets.a1 import Block, touch
from workspace_emulator.sheets.book import Book, Tab, cells_in
from workspace_emulator.sheets.dependencies import Area, Dependencies, Place
from workspace_emulator.sheets.formulas import (
    Corner,
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
from workspace_emulator.sheets.functions import (
    ARITHMETIC,
    BY_ELEMENT,
    COMPARE,
    PLAIN,
    Failed,
    Grid,
    Value,
    comparable,
    error,
    flat,
    folded,
    number,
    text,
    truth,
)
from workspace_emulator.sheets.lookups import Ranges, array_formulas, first_place, is_array, is_whole
from workspace_emulator.sheets.references import BROKEN

Spilled = dict[int, dict[int, dict[str, Any]]]


class Calculation:
    """All calculated values of one spreadsheet; brought up to date, they are those of its present state.

    What is kept is forgotten by what changed: values of formulas that read the cells concerned, directly or through
    other formulas, and ranges that hold them.
    """

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self._stamps: dict[int, str] = {}
        self._generations: dict[int, int] = {}
        self._dependencies = Dependencies()
        self._values: dict[int, dict[int, dict[int, Any]]] = {}
        self._columns: dict[int, dict[Block, Grid]] = {}
        self._indexes: dict[int, dict[Block, dict[Any, int]]] = {}
        self._spilled: dict[int, Spilled] = {}
        self._spills: dict[int, dict[Place, Block]] = {}
        self._reader: Place | None = None
        self._element: tuple[int, int] | None = None
        self._ranges = Ranges()
        self._away = (0, 0)
        """So many rows and columns from where the formula that is calculated was written."""

    def bring_up_to_date(self, book: Book) -> None:
        """Forget what can be another value than before."""
        tabs = {tab.title.lower(): tab for tab in book.tabs()}
        named = [(name, tab.sheet_id) for name, tab in tabs.items()]
        if named != [(name, tab.sheet_id) for name, tab in self._tabs.items()]:
            self._forget_all({*self._stamps, *(sheet_id for _, sheet_id in named)})
        before, self._tabs = self._stamps, tabs
        self._stamps = {tab.sheet_id: tab.stamp for tab in tabs.values()}
        changed: list[Area] = []
        for tab in tabs.values():
            if before.get(tab.sheet_id) != tab.stamp:
                known = before.get(tab.sheet_id)
                blocks = tab.changed_since(known) if known else None
                changed += [(tab.sheet_id, b) for b in ([Block()] if blocks is None else blocks)]
        if changed:
            self._forget(changed, {tab.sheet_id: tab for tab in tabs.values()})

    def _forget_all(self, sheet_ids: Iterable[int]) -> None:
        for sheet_id in sheet_ids:
            self._generations[sheet_id] = self._generations.get(sheet_id, 0) + 1
        self._dependencies = Dependencies()
        for kept in (self._values, self._columns, self._indexes, self._spilled, self._spills, self._stamps):
            kept.clear()

    def _forget(self, changed: list[Area], tabs: Mapping[int, Tab]) -> None:
        touched = set()
        while changed:
            sheet_id, block = changed.pop()
            touched.add(sheet_id)
            for kept in (self._columns, self._indexes):
                ranges = kept.get(sheet_id, {})
                for old in [r for r in ranges if touch(r, block)]:
                    del ranges[old]
            if self._spills_anew(tabs[sheet_id], block):
                changed += self._forget_spilled(sheet_id)
            for place in {
                *self._dependencies.readers((sheet_id, block)),
                *self._calculated_in(sheet_id, block),
            }:
                changed += self._forget_value(place)
        for sheet_id in touched:
            self._generations[sheet_id] = self._generations.get(sheet_id, 0) + 1

    def _calculated_in(self, sheet_id: int, block: Block) -> list[Place]:
        rows = self._values.get(sheet_id, {})
        if block.end_row is not None and block.end_row - block.row < len(rows):
            numbers: Iterable[int] = (n for n in range(block.row, block.end_row) if n in rows)
        else:
            numbers = (n for n in rows if n >= block.row and (block.end_row is None or n < block.end_row))
        end = block.end_column
        return [
            (sheet_id, n, c)
            for n in numbers
            for c in rows[n]
            if c >= block.column and (end is None or c < end)
        ]

    def _forget_value(self, place: Place) -> list[Area]:
        """Forget a formula's value, and return where others may follow."""
        sheet_id, row, column = place
        self._dependencies.forget(place)
        self._values.get(sheet_id, {}).get(row, {}).pop(column, None)
        if place in self._spills.get(sheet_id, {}):
            return self._forget_spilled(sheet_id)
        return [(sheet_id, Block(row, column, row + 1, column + 1))]

    def _forget_spilled(self, sheet_id: int) -> list[Area]:
        """Forget what all array formulas of a tab come to, and return where that was."""
        self._spilled.pop(sheet_id, None)
        areas = self._spills.pop(sheet_id, {})
        for place in areas:
            self._dependencies.forget(place)
            self._values.get(sheet_id, {}).get(place[1], {}).pop(place[2], None)
        return [(sheet_id, block) for block in areas.values()]

    def _spills_anew(self, tab: Tab, changed: Block) -> bool:
        """Tell whether a change may make array formulas spill otherwise: it is where they do, or holds one."""
        if any(touch(block, changed) for block in self._spills.get(tab.sheet_id, {}).values()):
            return True
        return tab.sheet_id in self._spilled and any(True for _ in array_formulas(tab, changed))

    def generation(self, tab: Tab) -> int:
        """Return a number that grows whenever a value on this tab may be another than before."""
        return self._generations.get(tab.sheet_id, 0)

    def value(self, tab: Tab, row: int, column: int, formula: str) -> dict[str, Any]:
        """Return a formula's effective value as an ExtendedValue."""
        if is_array(formula):
            self.spilled(tab)
        values = self._values_in(tab, row)
        if column not in values:
            values[column] = error("REF")
            values[column] = self._calculated(tab, row, column, formula)
        return dict(values[column])

    def outcome(self, tab: Tab, formula: str, away: tuple[int, int] = (0, 0)) -> dict[str, Any]:
        """Return what a formula in no cell comes to, as it reads when copied so many rows and columns away."""
        reader, self._reader = self._reader, None
        before, self._away = self._away, away
        try:
            return self._outcome(parse(formula), tab) or {"numberValue": 0}
        except Unreadable:
            return error("ERROR")
        finally:
            self._reader, self._away = reader, before

    def _values_in(self, tab: Tab, row: int) -> dict[int, Any]:
        return self._values.setdefault(tab.sheet_id, {}).setdefault(row, {})

    def spilled(self, tab: Tab) -> Spilled:
        """Return what array formulas put into cells that hold nothing themselves: ExtendedValues by row and column.

        While they are calculated they don't see one another's values.
        """
        if tab.sheet_id not in self._spilled:
            self._spilled[tab.sheet_id] = {}
            self._spilled[tab.sheet_id] = self._spilled_anew(tab)
            if self._spilled[tab.sheet_id]:
                self._columns.pop(tab.sheet_id, None)  # read while nothing had been spilled yet
                self._indexes.pop(tab.sheet_id, None)
        return self._spilled[tab.sheet_id]

    def _spilled_anew(self, tab: Tab) -> Spilled:
        spilled: Spilled = {}
        for row, column, formula in array_formulas(tab, Block()):
            values, place = self._values_in(tab, row), (tab.sheet_id, row, column)
            values[column] = error("REF")
            before, self._reader = self._reader, place
            away, self._away = self._away, (0, 0)
            try:
                grid = self._array(parse(formula), tab)
            except Unreadable:
                values[column] = error("ERROR")
                continue
            finally:
                self._reader, self._away = before, away
            block = Block(row, column, row + len(grid), column + max(map(len, grid)))
            self._spills.setdefault(tab.sheet_id, {})[place] = block
            if any((r, c) != (row, column) and "userEnteredValue" in v for r, c, v in cells_in(tab, block)):
                continue  # #REF!: somebody's value is in the way
            values[column] = grid[0][0] or {"stringValue": ""}
            for r, line in enumerate(grid):
                for c, value in enumerate(line):
                    if value is not None and (r or c):
                        spilled.setdefault(row + r, {})[column + c] = value
        return spilled

    def _array(self, node: Node, tab: Tab) -> list[list[dict[str, Any] | None]]:
        """Calculate each element of ``=ARRAYFORMULA(...)``; an empty one is None."""
        assert isinstance(node, Function)
        before, ranges = self._element, self._ranges
        try:
            self._element, self._ranges = None, Ranges()
            height, width = self._extent(node.arguments[0], tab) if node.arguments else (1, 1)
            grid: list[list[dict[str, Any] | None]] = []
            for row in range(height):
                grid.append([])
                for column in range(width):
                    self._element = (row, column)
                    grid[-1].append(self._outcome(node, tab))
            return grid
        finally:
            self._element, self._ranges = before, ranges

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
            parts = list(node.arguments[: BY_ELEMENT.get(node.name, 0)])
        extents = [self._extent(part, tab) for part in parts]
        return max((h for h, _ in extents), default=1), max((w for _, w in extents), default=1)

    def _calculated(self, tab: Tab, row: int, column: int, formula: str) -> dict[str, Any]:
        before, self._element = self._element, None
        reader, self._reader = self._reader, (tab.sheet_id, row, column)
        away, self._away = self._away, (0, 0)
        try:
            found = self._outcome(parse(formula), tab)
        except Unreadable:
            return error("ERROR")
        finally:
            self._element, self._reader, self._away = before, reader, away
        return found if found is not None else {"numberValue": 0}

    def _outcome(self, node: Node, tab: Tab) -> dict[str, Any] | None:
        """Return an expression's value as an ExtendedValue; None when it is empty."""
        try:
            found = self._single(node, tab)
        except Failed as failed:
            return error(failed.kind)
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
        self._note_reading(*place)
        if node.last is None:
            return [[self._alone(place[0], place[1].row, place[1].column)]]
        columns = self._columns.setdefault(place[0].sheet_id, {})
        if place[1] not in columns:
            columns[place[1]] = self._read(*place)
        return columns[place[1]]

    def _note_reading(self, tab: Tab, block: Block) -> None:
        if self._reader:
            self._dependencies.note(self._reader, (tab.sheet_id, block))

    def _alone(self, tab: Tab, row: int, column: int) -> Value:
        """Read a single cell, which is what most references name."""
        cell = tab.row(row).get(str(column)) if row < tab.height else None
        return self._cell(tab, row, column, {(row, column): cell} if cell else {})

    def _place(self, node: Reference, tab: Tab) -> tuple[Tab, Block]:
        if node.tab is not None:
            found = self._tabs.get(node.tab.lower())
            if found is None:
                raise Failed("REF")
            tab = found
        last = node.last or node.first
        row, column = self._at(node.first)
        end_row, end_column = self._at(last)
        return tab, Block(
            row or 0,
            column or 0,
            None if end_row is None else end_row + 1,
            None if end_column is None else end_column + 1,
        )

    def _at(self, corner: Corner) -> tuple[int | None, int | None]:
        """Return a corner's row and column; where it isn't fixed, as far away as the formula is."""
        row, column = corner.row, corner.column
        if self._away != (0, 0):
            row = row if row is None or corner.row_fixed else row + self._away[0]
            column = column if column is None or corner.column_fixed else column + self._away[1]
        return row, column

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
            only = number(self._single(node.right, tab))
            return -only if node.sign == "-" else only
        left, right = self._single(node.left, tab), self._single(node.right, tab)
        if node.sign == "&":
            return text(left) + text(right)
        if node.sign in COMPARE:
            return COMPARE[node.sign](*comparable(left, right))
        if node.sign == "/" and number(right) == 0:
            raise Failed("DIVIDE_BY_ZERO")
        return float(ARITHMETIC[node.sign](number(left), number(right)))

    def _function(self, node: Function, tab: Tab) -> Value | Grid:
        lazy = _LAZY.get(node.name)
        if lazy:
            return lazy(self, node.arguments, tab)
        if self._element and node.name in BY_ELEMENT:
            return PLAIN[node.name](*(self._single(a, tab) for a in node.arguments))
        plain_function = PLAIN.get(node.name)
        if plain_function is None:
            raise Failed("NAME")
        return plain_function(*(self._evaluate(a, tab) for a in node.arguments))

    def _if(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        if truth(self._single(arguments[0], tab)):
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
        column = int(number(self._single(arguments[2], tab)))
        grid = self._evaluate(arguments[1], tab)
        if not isinstance(grid, list) or not isinstance(arguments[1], Reference):
            raise Failed("VALUE")
        index = self._index(arguments[1], tab, grid)
        row = index.get(folded(wanted))
        if row is None:
            raise Failed("N_A")
        if column < 1 or column > len(grid[row]):
            raise Failed("REF")
        return grid[row][column - 1]

    def _match(self, arguments: Sequence[Node], tab: Tab) -> Value:
        found = self._found(arguments, tab)
        if found is None:
            raise Failed("N_A")
        return found + 1

    def _xlookup(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        found = self._found(arguments, tab)
        if found is not None:
            return self._listed(arguments[2], tab)[0][found]
        if len(arguments) > 3:
            return self._evaluate(arguments[3], tab)
        raise Failed("N_A")

    def _found(self, arguments: Sequence[Node], tab: Tab) -> int | None:
        """Return where the first argument is in the second."""
        wanted = self._single(arguments[0], tab)
        listed, places = self._listed(arguments[1], tab)
        return places.get(folded(wanted)) if places else first_place(wanted, listed)

    def _listed(self, node: Node, tab: Tab) -> tuple[list[Value], dict[Any, int]]:
        """Return a range's values, and in an array formula, where it is the same for all elements, their places."""
        if self._element is not None and is_whole(node):
            return self._ranges.listed(node, lambda: self._evaluate(node, tab))
        return list(flat(self._evaluate(node, tab))), {}

    def _indirect(self, arguments: Sequence[Node], tab: Tab) -> Value | Grid:
        try:
            node = parse(f"={text(self._single(arguments[0], tab))}") if arguments else None
        except Unreadable:
            node = None
        if not isinstance(node, Reference):
            raise Failed("REF")
        away, self._away = self._away, (0, 0)
        try:
            return self._grid(node, tab)
        finally:
            self._away = away

    def _index(self, node: Reference, tab: Tab, grid: Grid) -> dict[Any, int]:
        place = self._place(node, tab)
        indexes = self._indexes.setdefault(place[0].sheet_id, {})
        if place[1] not in indexes:
            indexes[place[1]] = {folded(row[0]): i for i, row in reversed(list(enumerate(grid))) if row}
        return indexes[place[1]]


_LAZY: dict[str, Callable[[Calculation, Sequence[Node], Tab], Value | Grid]] = {
    "IF": Calculation._if,
    "IFERROR": Calculation._if_error,
    "IFNA": Calculation._if_na,
    "VLOOKUP": Calculation._vlookup,
    "MATCH": Calculation._match,
    "XLOOKUP": Calculation._xlookup,
    "ARRAYFORMULA": Calculation._array_formula,
    "ROW": Calculation._row,
    "INDIRECT": Calculation._indirect,
}
