"""Batch requests about merges, conditional formats, charts and banding."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block, holds, touch
from workspace_emulator.sheets.book import Book, Tab, block_of, cells_in, put_cells
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.requests.masked import masked
from workspace_emulator.sheets.requests.places import grid_block, range_of
from workspace_emulator.sheets.requests.table import Body, Reply, kind

_CHART_FONT = {"fontFamily": "Roboto"}


@kind("mergeCells")
def _merge_cells(call: Call, book: Book, body: Body) -> None:
    """Merge a range. Merges that lie wholly inside it go, one that only reaches into it can't be cut."""
    tab = book.tab(body["range"].get("sheetId", 0))
    found = grid_block(tab, body["range"])
    check_may_edit(call, tab, found)
    apart = _merges_apart(tab, found)
    made = [block for block in _merged(found, body.get("mergeType", "MERGE_ALL")) if _cells(block) > 1]
    for block in made:
        lost = [(r, c) for r, c, _ in cells_in(tab, block) if (r, c) != (block.row, block.column)]
        put_cells(tab, [(r, c, {}) for r, c in lost])
    tab.change(merges=[*apart, *(range_of(tab, block) for block in made)])


@kind("unmergeCells")
def _unmerge_cells(_call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body["range"].get("sheetId", 0))
    tab.change(merges=_merges_apart(tab, grid_block(tab, body["range"])))


def _merged(found: Block, kind: str) -> list[Block]:
    """Return the merges that a range becomes: one, one a row, or one a column."""
    if kind == "MERGE_ROWS":
        rows = range(found.row, found.end_row or 0)
        return [Block(row, found.column, row + 1, found.end_column) for row in rows]
    if kind == "MERGE_COLUMNS":
        columns = range(found.column, found.end_column or 0)
        return [Block(found.row, column, found.end_row, column + 1) for column in columns]
    return [found]


def _cells(block: Block) -> int:
    return ((block.end_row or 0) - block.row) * ((block.end_column or 0) - block.column)


def _merges_apart(tab: Tab, wanted: Block) -> list[Any]:
    """Return the merges that have no cell in common with a block.

    Raises:
        ApiError: One reaches into the block and out of it.
    """
    apart = []
    for merge in tab.document.get("merges", ()):
        block = block_of(merge)
        if not touch(block, wanted):
            apart.append(merge)
        elif not holds(wanted, block):
            raise bad_request("You must select all cells in a merged range to merge or unmerge them.")
    return apart


@kind("addConditionalFormatRule")
def _add_conditional_format(_call: Call, book: Book, body: Body) -> None:
    rule = with_styles(dict(body["rule"]))
    if not rule["ranges"]:
        raise bad_request("A rule needs at least one range.")
    tab = book.tab(rule["ranges"][0].get("sheetId", 0))
    for area in rule["ranges"]:
        if not _is_empty(area):
            grid_block(tab, area)
    rules = list(tab.document.get("conditionalFormats", ()))
    rules.insert(body.get("index", 0), rule)
    tab.change(conditionalFormats=rules)


def _is_empty(area: Body) -> bool:
    """Tell whether a range has no cell; in a rule Google lets it pass."""
    return any(
        f"end{side}Index" in area and area[f"end{side}Index"] <= area.get(f"start{side}Index", 0)
        for side in ("Row", "Column")
    )


@kind("updateConditionalFormatRule")
def _update_conditional_format(_call: Call, book: Book, body: Body) -> Reply:
    """Replace a rule, or move it to another place in the order."""
    is_move = "rule" not in body
    area = body if is_move or "sheetId" in body else body["rule"]["ranges"][0]
    tab, index = book.tab(area.get("sheetId", 0)), body.get("index", 0)
    rules = list(tab.document.get("conditionalFormats", ()))
    if index >= len(rules):
        raise bad_request(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    old = rules.pop(index)
    new = old if is_move else with_styles(dict(body["rule"]))
    to = body.get("newIndex", 0) if is_move else index
    rules.insert(to, new)
    tab.change(conditionalFormats=rules)
    told = {"newRule": new, "newIndex": to} | ({"oldIndex": index} if is_move else {"oldRule": old})
    return {"updateConditionalFormatRule": told}


@kind("deleteConditionalFormatRule")
def _delete_conditional_format(_call: Call, book: Book, body: Body) -> Reply:
    tab = book.tab(body.get("sheetId", 0))
    rules = list(tab.document.get("conditionalFormats", ()))
    index = body.get("index", 0)
    if index >= len(rules):
        raise bad_request(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    rule = rules.pop(index)
    tab.change(conditionalFormats=rules)
    return {"deleteConditionalFormatRule": {"rule": rule}}


@kind("addChart")
def _add_chart(call: Call, book: Book, body: Body) -> Reply:
    chart = dict(body["chart"])
    anchor = chart.get("position", {}).get("overlayPosition", {}).get("anchorCell", {})
    tab = book.tab(anchor.get("sheetId", book.document["order"][0]))
    chart.setdefault("chartId", 1_000_000 + call.workspace.store.next_number("sheets/chart"))
    spec = chart.get("spec", {})
    titled = (
        {"titleTextFormat": {**_CHART_FONT, **spec.get("titleTextFormat", {})}} if spec.get("title") else {}
    )
    made = with_styles({**chart, "spec": {"fontName": _CHART_FONT["fontFamily"], **spec, **titled}})
    tab.change(charts=[*tab.document.get("charts", ()), made])
    return {"addChart": {"chart": made}}


@kind("updateChartSpec")
def _update_chart(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        charts = tab.document.get("charts", ())
        if any(c["chartId"] == body["chartId"] for c in charts):
            tab.change(
                charts=[{**c, "spec": body["spec"]} if c["chartId"] == body["chartId"] else c for c in charts]
            )
            return
    raise bad_request(f"No chart with id: {body['chartId']}")


@kind("deleteEmbeddedObject")
def _delete_object(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        charts = tab.document.get("charts", ())
        if any(c["chartId"] == body["objectId"] for c in charts):
            tab.change(charts=[c for c in charts if c["chartId"] != body["objectId"]])
            return
    raise bad_request(f"No embedded object with id: {body['objectId']}")


@kind("addBanding")
def _add_banding(call: Call, book: Book, body: Body) -> Reply:
    banded = with_styles(dict(body["bandedRange"]))
    tab = book.tab(banded["range"].get("sheetId", 0))
    banded.setdefault("bandedRangeId", 1_000_000 + call.workspace.store.next_number("sheets/banded"))
    tab.change(bandedRanges=[*tab.document.get("bandedRanges", ()), banded])
    return {"addBanding": {"bandedRange": banded}}


@kind("updateBanding")
def _update_banding(_call: Call, book: Book, body: Body) -> None:
    wanted = with_styles(dict(body["bandedRange"]))
    tab, found = _banding(book, wanted["bandedRangeId"])
    new = masked(found, wanted, body["fields"], of="BandedRange")
    tab.change(bandedRanges=[new if b is found else b for b in tab.document["bandedRanges"]])


@kind("deleteBanding")
def _delete_banding(_call: Call, book: Book, body: Body) -> None:
    tab, found = _banding(book, body["bandedRangeId"])
    tab.change(bandedRanges=[b for b in tab.document["bandedRanges"] if b is not found])


def _banding(book: Book, banded_id: int) -> tuple[Tab, dict[str, Any]]:
    for tab in book.tabs():
        for banded in tab.document.get("bandedRanges", ()):
            if banded["bandedRangeId"] == banded_id:
                return tab, banded
    raise bad_request(f"No banded range with id: {banded_id}")


@kind("updateEmbeddedObjectPosition")
def _move_object(_call: Call, book: Book, body: Body) -> Reply:
    """Put a chart elsewhere on its tab, or on another."""
    source, chart = _chart(book, body["objectId"])
    new = masked(chart.get("position", {}), body["newPosition"], body["fields"], of="EmbeddedObjectPosition")
    anchor = new.get("overlayPosition", {}).get("anchorCell", {})
    target = book.tab(anchor.get("sheetId", 0)) if anchor else source
    moved = {**chart, "position": new}
    if target.sheet_id == source.sheet_id:
        source.change(charts=[moved if c is chart else c for c in source.document["charts"]])
    else:
        source.change(charts=[c for c in source.document["charts"] if c is not chart])
        target.change(charts=[*target.document.get("charts", ()), moved])
    return {"updateEmbeddedObjectPosition": {"position": new}}


def _chart(book: Book, chart_id: int) -> tuple[Tab, dict[str, Any]]:
    for tab in book.tabs():
        for chart in tab.document.get("charts", ()):
            if chart["chartId"] == chart_id:
                return tab, chart
    raise bad_request(f"No embedded object with id: {chart_id}")
