"""Conditional formats: which of a tab's rules hold for a cell, and how it looks then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Tab, block_of
from workspace_emulator.sheets.reading import Reader

Rule = Mapping[str, Any]
Effective = Mapping[str, Any] | None


class Colouring:
    """The rules of a tab, found by column. Colour scales are not drawn."""

    def __init__(self, reader: Reader, tab: Tab) -> None:
        self._reader = reader
        self._tab = tab
        self._everywhere: list[tuple[Block, Rule]] = []
        self._in_column: dict[int, list[tuple[Block, Rule]]] = {}
        for rule in tab.document.get("conditionalFormats", ()):
            for area in rule["ranges"] if "booleanRule" in rule else ():
                self._everywhere.append((tab.bounded(block_of(area)), rule["booleanRule"]))

    def __bool__(self) -> bool:
        """Tell whether there is any rule: without one, no cell need be asked about."""
        return bool(self._everywhere)

    def reaches(self, row: int) -> int:
        """Return the column up to which rules may colour a row, the last one no longer among them."""
        return max(
            (b.end_column or 0 for b, _ in self._everywhere if b.row <= row < (b.end_row or 0)), default=0
        )

    def of(self, row: int, column: int, effective: Effective) -> list[Mapping[str, Any]]:
        """Return the formats of the rules that hold, the last one first: the first rule has the last word."""
        if not self._everywhere:
            return []
        return [
            rule.get("format", {})
            for block, rule in reversed(self._at(column))
            if block.row <= row < (block.end_row or 0) and self._holds(rule, block, row, column, effective)
        ]

    def _at(self, column: int) -> list[tuple[Block, Rule]]:
        if column not in self._in_column:
            self._in_column[column] = [
                (block, rule)
                for block, rule in self._everywhere
                if block.column <= column < (block.end_column or 0)
            ]
        return self._in_column[column]

    def _holds(self, rule: Rule, block: Block, row: int, column: int, effective: Effective) -> bool:
        condition = rule["condition"]
        values = [str(v.get("userEnteredValue", "")) for v in condition.get("values", ())]
        if condition["type"] == "CUSTOM_FORMULA":
            away = row - block.row, column - block.column
            return bool(self._reader.outcome(self._tab, values[0], away).get("boolValue"))
        test = _TESTS.get(condition["type"])
        shown = "" if effective is None else str(next(iter(effective.values()), ""))
        number = (effective or {}).get("numberValue")
        return bool(test and test(shown, number, [self._meant(v) for v in values]))

    def _meant(self, value: str) -> str:
        if not value.startswith("="):
            return value
        return str(next(iter(self._reader.outcome(self._tab, value).values()), ""))


def _numbers(test: Callable[..., bool]) -> Callable[[str, Any, list[str]], bool]:
    def tested(_: str, number: Any, values: list[str]) -> bool:
        with suppress(ValueError):
            return number is not None and test(number, *map(float, values))
        return False

    return tested


_TESTS: dict[str, Callable[[str, Any, list[str]], bool]] = {
    "BLANK": lambda shown, _, __: shown == "",
    "NOT_BLANK": lambda shown, _, __: shown != "",
    "TEXT_EQ": lambda shown, _, values: shown.casefold() == values[0].casefold(),
    "TEXT_CONTAINS": lambda shown, _, values: values[0].casefold() in shown.casefold(),
    "TEXT_NOT_CONTAINS": lambda shown, _, values: values[0].casefold() not in shown.casefold(),
    "TEXT_STARTS_WITH": lambda shown, _, values: shown.casefold().startswith(values[0].casefold()),
    "TEXT_ENDS_WITH": lambda shown, _, values: shown.casefold().endswith(values[0].casefold()),
    "NUMBER_EQ": _numbers(lambda n, a: n == a),
    "NUMBER_NOT_EQ": _numbers(lambda n, a: n != a),
    "NUMBER_GREATER": _numbers(lambda n, a: n > a),
    "NUMBER_GREATER_THAN_EQ": _numbers(lambda n, a: n >= a),
    "NUMBER_LESS": _numbers(lambda n, a: n < a),
    "NUMBER_LESS_THAN_EQ": _numbers(lambda n, a: n <= a),
    "NUMBER_BETWEEN": _numbers(lambda n, a, b: a <= n <= b),
    "NUMBER_NOT_BETWEEN": _numbers(lambda n, a, b: not a <= n <= b),
}
