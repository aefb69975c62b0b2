"""Batch requests about merges, conditional formats, charts and banding."""

from __future__ import annotations

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request, not_here
from workspace_emulator.sheets.book import Book, Cell, block_of, put_cells
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.requests.table import Body, Reply, kind


@kind("mergeCells")
def _merge_cells(call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body["range"].get("sheetId", 0))
    found = tab.bounded(block_of(body["range"]))
    check_may_edit(call, tab, found)
    kind = body.get("mergeType", "MERGE_ALL")
    rows = (
        [(found.row, found.end_row)]
        if kind != "MERGE_ROWS"
        else [(r, r + 1) for r in range(found.row, found.end_row or 0)]
    )
    columns = (
        [(found.column, found.end_column)]
        if kind != "MERGE_COLUMNS"
        else [(c, c + 1) for c in range(found.column, found.end_column or 0)]
    )
    merges = list(tab.document.get("merges", ()))
    for top, bottom in rows:
        for left, right in columns:
            merges.append(
                {
                    "sheetId": tab.sheet_id,
                    "startRowIndex": top,
                    "endRowIndex": bottom,
                    "startColumnIndex": left,
                    "endColumnIndex": right,
                }
            )
            lost: list[tuple[int, int, Cell]] = [
                (r, c, {})
                for r in range(top, bottom or 0)
                for c in range(left, right or 0)
                if (r, c) != (top, left)
            ]
            put_cells(tab, lost)
    tab.change(merges=merges)


@kind("unmergeCells")
def _unmerge_cells(_call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body["range"].get("sheetId", 0))
    wanted = tab.bounded(block_of(body["range"]))

    def outside(area: Body) -> bool:
        found = block_of(area)
        return bool(
            found.end_row <= wanted.row  # type: ignore[operator]
            or found.row >= wanted.end_row  # type: ignore[operator]
            or found.end_column <= wanted.column  # type: ignore[operator]
            or found.column >= wanted.end_column  # type: ignore[operator]
        )

    tab.change(merges=[m for m in tab.document.get("merges", ()) if outside(m)])


@kind("addConditionalFormatRule")
def _add_conditional_format(_call: Call, book: Book, body: Body) -> None:
    rule = with_styles(dict(body["rule"]))
    tab = book.tab(rule["ranges"][0].get("sheetId", 0))
    rules = list(tab.document.get("conditionalFormats", ()))
    rules.insert(body.get("index", 0), rule)
    tab.change(conditionalFormats=rules)


@kind("updateConditionalFormatRule")
def _update_conditional_format(_call: Call, book: Book, body: Body) -> Reply:
    if "rule" not in body:
        raise not_here("moving conditional formats")
    index = body.get("index", 0)
    tab = book.tab(body["rule"]["ranges"][0].get("sheetId", 0))
    rules = list(tab.document.get("conditionalFormats", ()))
    if index >= len(rules):
        raise bad_request(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    old, rules[index] = rules[index], with_styles(dict(body["rule"]))
    tab.change(conditionalFormats=rules)
    return {"updateConditionalFormatRule": {"oldRule": old, "newRule": rules[index], "newIndex": index}}


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
    tab.change(charts=[*tab.document.get("charts", ()), with_styles(chart)])
    return {"addChart": {"chart": chart}}


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


@kind("deleteBanding")
def _delete_banding(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        banded = tab.document.get("bandedRanges", ())
        if any(b["bandedRangeId"] == body["bandedRangeId"] for b in banded):
            tab.change(bandedRanges=[b for b in banded if b["bandedRangeId"] != body["bandedRangeId"]])
