"""Filter views on a tab's page: which rows one shows, and in which order. Pure: the API only keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workspace_emulator.pages.workbook import column_name

Json = Mapping[str, Any]
Row = Mapping[str, Any]


def titles(sheet: Json) -> dict[int, str]:
    """Return a tab's filter views by their ids."""
    return {view["filterViewId"]: view.get("title", "") for view in sheet.get("filterViews", ())}


def view_of(sheet: Json, view_id: int | None) -> Json | None:
    return next((v for v in sheet.get("filterViews", ()) if v["filterViewId"] == view_id), None)


def seen(view: Json | None, rows: Sequence[Row]) -> list[Row]:
    """Return the rows as the grid lists them: those that a view shows, in its order; without one, all."""
    if view is None:
        return list(rows)
    hidden = _hidden(view)
    found = [row for row in rows if len(row) > 1 and not _is_hidden(row, hidden)]
    for spec in reversed(view.get("sortSpecs", ())):
        column = column_name(spec.get("dimensionIndex", 0))
        found.sort(key=lambda row: _order(row, column), reverse=spec.get("sortOrder") == "DESCENDING")
        found.sort(key=lambda row: _shown(row, column) == "")  # nothing comes last, whatever the order
    return found


def _hidden(view: Json) -> dict[str, frozenset[str]]:
    """Return which values are hidden, by column; Google gives them in either form."""
    specs = {
        column_name(s.get("columnIndex", 0)): s.get("filterCriteria", {}) for s in view.get("filterSpecs", ())
    }
    specs = {column_name(int(i)): criteria for i, criteria in view.get("criteria", {}).items()} | specs
    return {column: frozenset(criteria.get("hiddenValues", ())) for column, criteria in specs.items()}


def _is_hidden(row: Row, hidden: Mapping[str, frozenset[str]]) -> bool:
    return any(_shown(row, column) in values for column, values in hidden.items())


def _shown(row: Row, column: str) -> str:
    return str(row.get("=" + column, row.get(column, "")))


def _order(row: Row, column: str) -> tuple[int, float, str]:
    """Return what orders a cell: numbers before words, as Sheets does."""
    entered = str(row.get(column, ""))
    try:
        return 0, float(entered), ""
    except ValueError:
        return 1, 0.0, _shown(row, column).casefold()
