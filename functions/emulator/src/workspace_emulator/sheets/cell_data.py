"""Single cells as ``spreadsheets.get`` shows them, as much of them as was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workspace_emulator.sheets.book import Cell, Tab
from workspace_emulator.sheets.colouring import Colouring
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.functions import Linked
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.shown import formatted

_AS_KEPT = ("userEnteredFormat", "hyperlink", "note", "textFormatRuns", "dataValidation")
_ALIGNED = {"stringValue": "LEFT", "numberValue": "RIGHT", "boolValue": "CENTER", "errorValue": "CENTER"}
_LINK = re.compile(r'=\s*HYPERLINK\(\s*"((?:[^"]|"")+)"', re.IGNORECASE)
_CALCULATED = frozenset({"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"})


class CellData:
    """What a tab's cells look like; ``wanted`` are the names of what is shown of each, None standing for all."""

    def __init__(
        self, reader: Reader, tab: Tab, document: Mapping[str, Any], wanted: frozenset[str] | None
    ) -> None:
        self._reader = reader
        self._tab = tab
        self._wanted = wanted
        self._calculates = wanted is None or bool(wanted & _CALCULATED)
        default, theme = document["properties"]["defaultFormat"], document["properties"]["spreadsheetTheme"]
        font = {"fontFamily": theme["primaryFontFamily"]}
        self._default = {
            **default,
            "textFormat": {**default["textFormat"], **font},
            "hyperlinkDisplayType": "PLAIN_TEXT",
        }
        self._colouring = Colouring(reader, tab)
        self._looks: dict[tuple[int, str | None], tuple[Any, dict[str, Any]]] = {}

    def coloured_beside(self, row: int, first: int, after: int) -> list[dict[str, Any]]:
        """Return the empty cells of a row from ``first`` on, up to the last one that a rule colours."""
        last = min(self._colouring.reaches(row), after) if self._shows("effectiveFormat") else 0
        cells = [self.of(row, column, {}, None) for column in range(first, last)]
        while cells and not cells[-1]:
            cells.pop()
        return cells

    def of(self, row: int, column: int, cell: Cell, spilled: dict[str, Any] | None) -> dict[str, Any]:
        """Return a cell; ``spilled`` is what an array formula puts into it."""
        if not cell and spilled is None and not self._colouring:
            return {}
        shown: dict[str, Any] = {}
        entered = cell.get("userEnteredValue")
        if entered is not None and self._shows("userEnteredValue"):
            shown["userEnteredValue"] = entered
        effective = None
        if self._calculates and (entered is not None or spilled is not None):
            effective = spilled if entered is None else self._reader.effective(self._tab, row, column, cell)
            shown |= self._value(effective or {}, cell)
        if self._shows("hyperlink") and (link := _link(cell) or _led_to(effective)):
            shown["hyperlink"] = link
        for name in _AS_KEPT:
            if name in cell and self._shows(name):
                shown[name] = cell[name]
        if self._shows("effectiveFormat"):
            look = self._look(row, column, cell, effective)
            shown |= {"effectiveFormat": look} if look else {}
        return shown

    def _shows(self, name: str) -> bool:
        return self._wanted is None or name in self._wanted

    def _value(self, effective: dict[str, Any], cell: Cell) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        if self._shows("effectiveValue"):
            error = effective.get("errorValue")
            shown["effectiveValue"] = (
                {"errorValue": {"type": error["type"], "message": ""}} if error else effective
            )
        if self._shows("formattedValue"):
            shown["formattedValue"] = formatted(
                effective, cell.get("userEnteredFormat", {}).get("numberFormat")
            )
        return shown

    def _look(self, row: int, column: int, cell: Cell, effective: Any) -> dict[str, Any] | None:
        """Return the default, with what the cell, its value and the rules that hold say over it."""
        entered = cell.get("userEnteredFormat")
        rules = self._colouring.of(row, column, effective)
        if not entered and effective is None and not rules:
            return None
        kind = next(iter(effective), None) if effective else None
        kept = self._looks.get((id(entered), kind))
        if kept is None or kept[0] is not entered:
            kept = self._looks[id(entered), kind] = entered, self._usual(entered or {}, kind)
        look = kept[1]
        for rule in rules:
            look = _merged(look, with_styles(rule))
        return look

    def _usual(self, entered: Mapping[str, Any], kind: str | None) -> dict[str, Any]:
        aligned = {"horizontalAlignment": _ALIGNED[kind]} if kind in _ALIGNED else {}
        return _merged({**self._default, **aligned}, entered)


def _merged(default: Mapping[str, Any], look: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(default)
    for name, value in look.items():
        inner = merged.get(name)
        if isinstance(inner, dict) and isinstance(value, dict) and "olor" not in name:
            merged[name] = _merged(inner, value)
        else:
            merged[name] = value
    return merged


def _link(cell: Cell) -> str | None:
    """Return where a whole cell leads: by its formula, or by the link of its text."""
    entered = cell.get("userEnteredValue") or {}
    if link := _LINK.match(entered.get("formulaValue", "")):
        return link[1].replace('""', '"')
    format_ = cell.get("userEnteredFormat", {}).get("textFormat", {})
    return format_.get("link", {}).get("uri") if entered else None


def _led_to(effective: Mapping[str, Any] | None) -> str | None:
    """Return where a formula's value leads."""
    value = (effective or {}).get("stringValue")
    return value.address if isinstance(value, Linked) else None
