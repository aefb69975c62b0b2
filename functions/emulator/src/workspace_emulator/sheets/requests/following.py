"""What goes along when rows, columns and tabs change their place or name: formulas, named ranges, protection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workspace_emulator.sheets.book import Book, Tab
from workspace_emulator.sheets.references import Change, followed, retitled, with_formulas
from workspace_emulator.sheets.requests.table import Body


def let_all_follow(book: Book, tab: Tab, change: Change) -> None:
    """Let formulas, named ranges and protection go along with the rows or columns that they speak of."""
    for other in book.tabs():
        home = other.title
        _change_formulas(other, lambda formula, home=home: followed(formula, home, change))  # type: ignore[misc]
    _shift_ranges(book, tab, change)


def let_formulas_name(book: Book, before: str, after: str) -> None:
    for tab in book.tabs():
        _change_formulas(tab, lambda formula: retitled(formula, before, after))


def _change_formulas(tab: Tab, change: Callable[[str], str]) -> None:
    rows = [(number, row, with_formulas(row, change)) for number, row in tab.rows_with_formulas()]
    tab.put_rows({number: new for number, old, new in rows if new is not old})


def _shift_ranges(book: Book, tab: Tab, change: Change) -> None:
    first, end = (
        ("startRowIndex", "endRowIndex") if change.is_rows else ("startColumnIndex", "endColumnIndex")
    )
    edge = tab.height if change.is_rows else tab.width

    def shifted(area: Body) -> dict[str, Any]:
        if area.get("sheetId", 0) != tab.sheet_id or not (first in area or end in area):
            return dict(area)
        span = change.span(area.get(first, 0), area.get(end, edge) - 1)
        new = {first: span[0], end: span[1] + 1} if span else {first: change.start, end: change.start}
        return {**area, **{name: new[name] for name in (first, end) if name in area}}

    book.change(namedRanges=[{**r, "range": shifted(r["range"])} for r in book.document["namedRanges"]])
    protected = [
        {
            **p,
            "range": shifted(p["range"]),
            **(
                {"unprotectedRanges": [shifted(u) for u in p["unprotectedRanges"]]}
                if "unprotectedRanges" in p
                else {}
            ),
        }
        for p in tab.document.get("protectedRanges", ())
    ]
    if protected:
        tab.change(protectedRanges=protected)
