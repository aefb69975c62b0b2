"""Batch requests about named ranges, protected ranges and filters."""

from __future__ import annotations

import re
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets import grid_data
from workspace_emulator.sheets.book import Book, Tab
from workspace_emulator.sheets.protection import check_may_unprotect
from workspace_emulator.sheets.requests.masked import masked
from workspace_emulator.sheets.requests.pasting import sort_range
from workspace_emulator.sheets.requests.places import area_of, found_in, grid_block
from workspace_emulator.sheets.requests.table import Body, Reply, kind

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*$")


@kind("addNamedRange")
def _add_named_range(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["namedRange"])
    ranges = book.document["namedRanges"]
    if any(r["namedRangeId"] == wanted.get("namedRangeId") for r in ranges):
        raise bad_request(f"The named range ID {wanted['namedRangeId']} already exists.")
    if not _NAME.match(wanted.get("name", "")):
        raise bad_request(f"Invalid name: {wanted.get('name', '')}")
    if any(r["name"].lower() == wanted["name"].lower() for r in ranges):
        raise bad_request(f"The name {wanted['name']} already exists.")
    wanted.setdefault("namedRangeId", f"{call.workspace.store.next_number('sheets/named'):012}")
    wanted["range"] = area_of(book, wanted["range"])
    named = {"namedRangeId": wanted["namedRangeId"], "name": wanted["name"], "range": wanted["range"]}
    book.change(namedRanges=[*ranges, named])
    return {"addNamedRange": {"namedRange": grid_data.without_zero(named)}}


@kind("updateNamedRange")
def _update_named_range(_call: Call, book: Book, body: Body) -> None:
    wanted = body["namedRange"]
    ranges = book.document["namedRanges"]
    found_in(ranges, "namedRangeId", wanted["namedRangeId"], "named range")
    book.change(
        namedRanges=[
            masked(r, wanted, body["fields"], of="NamedRange")
            if r["namedRangeId"] == wanted["namedRangeId"]
            else r
            for r in ranges
        ]
    )


@kind("deleteNamedRange")
def _delete_named_range(_call: Call, book: Book, body: Body) -> None:
    ranges = book.document["namedRanges"]
    found_in(ranges, "namedRangeId", body["namedRangeId"], "named range")
    book.change(namedRanges=[r for r in ranges if r["namedRangeId"] != body["namedRangeId"]])


@kind("addProtectedRange")
def _add_protected_range(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["protectedRange"])
    area = wanted.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    wanted.setdefault("protectedRangeId", 1_000_000 + call.workspace.store.next_number("sheets/protected"))
    # Everybody may edit what only warns, so nobody is named but who asked, as recorded.
    given = {} if wanted.get("warningOnly") else _said(wanted.get("editors", {}))
    users = [u.lower() for u in given.get("users", ())]
    wanted["editors"] = {**given, "users": list(dict.fromkeys([*users, call.user.lower()]))}
    protected = {
        "protectedRangeId": wanted.pop("protectedRangeId"),
        "range": area_of(book, wanted.pop("range", {})),
        **{k: v for k, v in wanted.items() if k != "requestingUserCanEdit" and v not in (None, False)},
    }
    tab.change(protectedRanges=[*tab.document.get("protectedRanges", ()), protected])
    shown = grid_data.protected_range(protected, can_edit=True)
    shown["editors"] = given
    return {"addProtectedRange": {"protectedRange": shown}}


def _said(editors: Body) -> dict[str, Any]:
    return {k: v for k, v in editors.items() if v not in ([], False, None)}


@kind("updateProtectedRange")
def _update_protected_range(call: Call, book: Book, body: Body) -> None:
    wanted = body["protectedRange"]
    tab, found = _protected(book, wanted["protectedRangeId"])
    check_may_unprotect(call, tab, found)
    new = masked(found, wanted, body["fields"], of="ProtectedRange")
    tab.change(protectedRanges=[new if p is found else p for p in tab.document["protectedRanges"]])


@kind("deleteProtectedRange")
def _delete_protected_range(call: Call, book: Book, body: Body) -> None:
    tab, found = _protected(book, body["protectedRangeId"])
    check_may_unprotect(call, tab, found)
    tab.change(protectedRanges=[p for p in tab.document["protectedRanges"] if p is not found])


def _protected(book: Book, protected_id: int) -> tuple[Tab, dict[str, Any]]:
    for tab in book.tabs():
        for protected in tab.document.get("protectedRanges", ()):
            if protected["protectedRangeId"] == protected_id:
                return tab, protected
    raise bad_request(f"No protected range with id: {protected_id}")


@kind("setBasicFilter")
def _set_basic_filter(call: Call, book: Book, body: Body) -> None:
    wanted = dict(body["filter"])
    tab = book.tab(wanted.get("range", {}).get("sheetId", 0))
    found = grid_block(tab, wanted.get("range", {}))
    area = {"startRowIndex": found.row, "endRowIndex": found.end_row}
    area |= {"startColumnIndex": found.column, "endColumnIndex": found.end_column}
    below = {"sheetId": tab.sheet_id, **area, "startRowIndex": found.row + 1}
    if wanted.get("sortSpecs") and found.row + 1 < (found.end_row or 0):
        sort_range(call, book, {"range": below, "sortSpecs": wanted["sortSpecs"]})
    said = {k: v for k, v in _with_criteria(wanted).items() if v not in ([], {})}
    tab.change(basicFilter={**said, "range": {"sheetId": tab.sheet_id, **area}})


def _with_criteria(wanted: Body) -> dict[str, Any]:
    """Return a filter with its criteria in both forms, by column and as a list, as Google shows them."""
    by_column = dict(wanted.get("criteria", {}))
    for spec in wanted.get("filterSpecs", ()):
        by_column[str(spec.get("columnIndex", 0))] = spec.get("filterCriteria", {})
    specs = [{"columnIndex": int(c), "filterCriteria": criteria} for c, criteria in sorted(by_column.items())]
    return {**wanted, "criteria": by_column, "filterSpecs": specs}


@kind("clearBasicFilter")
def _clear_basic_filter(_call: Call, book: Book, body: Body) -> None:
    book.tab(body.get("sheetId", 0)).change(basicFilter=None)


@kind("addFilterView")
def _add_filter_view(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["filter"])
    tab = book.tab(wanted.get("range", {}).get("sheetId", 0))
    wanted.setdefault("filterViewId", 1_000_000 + call.workspace.store.next_number("sheets/filter"))
    tab.change(filterViews=[*tab.document.get("filterViews", ()), wanted])
    return {"addFilterView": {"filter": wanted}}


@kind("duplicateFilterView")
def _duplicate_filter_view(call: Call, book: Book, body: Body) -> Reply:
    tab, found = _filter_view(book, body["filterId"])
    number = 1_000_000 + call.workspace.store.next_number("sheets/filter")
    copy = {**found, "filterViewId": number, "title": f"Copy of {found.get('title', '')}"}
    tab.change(filterViews=[*tab.document["filterViews"], copy])
    return {"duplicateFilterView": {"filter": copy}}


@kind("updateFilterView")
def _update_filter_view(_call: Call, book: Book, body: Body) -> None:
    tab, found = _filter_view(book, body["filter"]["filterViewId"])
    new = masked(found, body["filter"], body["fields"], of="FilterView")
    tab.change(filterViews=[new if v is found else v for v in tab.document["filterViews"]])


def _filter_view(book: Book, filter_id: int) -> tuple[Tab, dict[str, Any]]:
    for tab in book.tabs():
        for view in tab.document.get("filterViews", ()):
            if view["filterViewId"] == filter_id:
                return tab, view
    raise bad_request(f"No filter view with id: {filter_id}")


@kind("deleteFilterView")
def _delete_filter_view(_call: Call, book: Book, body: Body) -> None:
    tab, found = _filter_view(book, body["filterId"])
    tab.change(filterViews=[v for v in tab.document["filterViews"] if v is not found])
