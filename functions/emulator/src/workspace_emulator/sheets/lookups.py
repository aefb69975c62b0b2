"""Array formulas, and the ranges that look-ups go through: each is read once for all elements, and indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Tab
from workspace_emulator.sheets.formulas import Function, Missing, Name, Node, Number, Reference, Text
from workspace_emulator.sheets.functions import Failed, Grid, Value, flat, folded


class Ranges:
    """What the whole ranges of an array formula come to, while it is calculated."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[list[Value], dict[Any, int]] | Failed] = {}

    def listed(self, node: Node, read: Callable[[], Value | Grid]) -> tuple[list[Value], dict[Any, int]]:
        """Return a range's values, and where each is first, by how look-ups compare it.

        Raises:
            Failed: It holds a mistake; for each element alike.
        """
        known = self._known.get(id(node))
        if known is None:
            try:
                listed = list(flat(read()))
                known = listed, {folded(value): at for at, value in reversed([*enumerate(listed)])}
            except Failed as failed:
                known = failed
            self._known[id(node)] = known
        if isinstance(known, Failed):
            raise known
        return known


def is_whole(node: Node) -> bool:
    """Tell whether an expression comes to the same for each element of an array formula that takes it whole."""
    if isinstance(node, Function):
        arguments: Sequence[Node] = node.arguments
        if node.name == "MATCH" and arguments and not _is_fixed(arguments[0]):
            return False
        return node.name in {"INDEX", "MATCH"} and all(_is_fixed(a) or is_whole(a) for a in arguments)
    return isinstance(node, Reference)


def first_place(wanted: Value, listed: Sequence[Value]) -> int | None:
    """Return where a value is first in a list."""
    key = folded(wanted)
    return next((at for at, value in enumerate(listed) if folded(value) == key), None)


def is_array(formula: str) -> bool:
    """Tell whether a formula's values may spill."""
    return formula[:14].upper() == "=ARRAYFORMULA("


def array_formulas(tab: Tab, block: Block) -> Iterator[tuple[int, int, str]]:
    """Go through the array formulas of a block, with their rows and columns."""
    for at, row in tab.rows_with_formulas(block.row, block.end_row):
        for column, cell in row.items():
            formula = cell.get("userEnteredValue", {}).get("formulaValue")
            if formula and is_array(formula):
                yield at, int(column), formula


def _is_fixed(node: Node) -> bool:
    return isinstance(node, Text | Number | Missing | Name)
