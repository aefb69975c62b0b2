"""What goes along when rows, columns and tabs change their place or name: formulas, ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from workspace_emulator.sheets.book import Book, Tab
from workspace_emulator.sheets.references import Change, followed, retitled, with_formulas
from workspace_emulator.sheets.requests.table import Body

FOLLOWING = (
    "merges",
    "conditionalFormats",
    "basicFilter",
    "bandedRanges",
    "filterViews",
    "protectedRanges",
    "commentAnchors",
)
_SIDES = {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}


def let_all_follow(book: Book, tab: Tab, change: Change) -> None:
    """Let formulas, and whatever has a range, go along with the rows or columns that they speak of."""
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
    def shifted(value: Any) -> Any:
        """Return a value in which each range of this tab has moved along; one that has gone is None."""
        if isinstance(value, list):
            return [s for v in value if (s := shifted(v)) is not None]
        if not isinstance(value, Mapping):
            return value
        if _is_range(value):
            return _moved_range(value, tab, change)
        moved = {k: shifted(v) for k, v in value.items()}
        return None if any(moved[k] is None and value[k] is not None for k in moved) else moved

    book.change(
        namedRanges=[_kept(r, shifted(r), change) for r in book.document["namedRanges"]],
        developerMetadata=list(_metadata_moved(book.document["developerMetadata"], tab, change)),
    )
    followers = {name: tab.document[name] for name in FOLLOWING if tab.document.get(name)}
    new = {name: shifted(value) for name, value in followers.items()}
    if "conditionalFormats" in new:
        new["conditionalFormats"] = [rule for rule in new["conditionalFormats"] if rule["ranges"]]
    if "protectedRanges" in new:
        protected = followers["protectedRanges"]
        new["protectedRanges"] = [_kept(p, shifted(p), change) for p in protected]
    metadata = "rowMetadata" if change.is_rows else "columnMetadata"
    if tab.document[metadata]:
        places = {k: change.place(int(k)) for k in tab.document[metadata]}
        new[metadata] = {
            str(places[k]): v for k, v in tab.document[metadata].items() if places[k] is not None
        }
    if new:
        tab.change(**new)


def _metadata_moved(metadata: Iterable[Body], tab: Tab, change: Change) -> Iterator[Body]:
    """Go through the metadata where it is afterwards; what hung on a row or column that has gone is gone."""
    for item in metadata:
        span = item["location"].get("dimensionRange", {})
        along = span.get("dimension") == ("ROWS" if change.is_rows else "COLUMNS")
        if not along or span.get("sheetId", 0) != tab.sheet_id:
            yield item
        elif (place := change.place(span.get("startIndex", 0))) is not None:
            moved = {**span, "startIndex": place, "endIndex": place + 1}
            yield {**item, "location": {**item["location"], "dimensionRange": moved}}


def _is_range(value: Body) -> bool:
    return bool(value.keys() & _SIDES) or value.keys() == {"sheetId"}


def _moved_range(area: Body, tab: Tab, change: Change) -> dict[str, Any] | None:
    side = "Row" if change.is_rows else "Column"
    first, end = f"start{side}Index", f"end{side}Index"
    if area.get("sheetId", 0) != tab.sheet_id or not (first in area or end in area):
        return dict(area)
    edge = tab.height if change.is_rows else tab.width
    span = change.span(area.get(first, 0), area.get(end, edge) - 1)
    new = {first: span[0], end: span[1] + 1} if span else None
    return {**area, **{name: new[name] for name in (first, end) if name in area}} if new else None


def _kept(before: Body, after: Body | None, change: Change) -> Body:
    """Return what has a name or a protection of its own, which stays on nothing where its cells have gone."""
    if after is not None:
        return after
    side = "Row" if change.is_rows else "Column"
    gone = {f"start{side}Index": change.start, f"end{side}Index": change.start}
    return {**before, "range": {**before["range"], **gone}}
