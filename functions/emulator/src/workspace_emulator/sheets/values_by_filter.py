"""Values read, written and cleared where data filters say."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block, written
from workspace_emulator.sheets.book import Tab, open_book
from workspace_emulator.sheets.filters import places_of
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.table import finish, methods
from workspace_emulator.sheets.values import (
    cleared,
    input_option,
    response_params,
    totals_of,
    value_range,
    write,
)

_VALUES = "sheets.spreadsheets.values"


@methods.on(f"{_VALUES}.batchGetByDataFilter")
def get_by_filter(call: Call) -> dict[str, Any]:
    book, body = open_book(call), call.body
    reader = Reader(book)
    filters: dict[str, list[Any]] = {}
    for data_filter in body.get("dataFilters", ()):
        for tab, block in places_of(book, data_filter):
            filters.setdefault(_notation(tab, block), []).append(data_filter)
    ranges = [
        {"valueRange": value_range(reader, book, notation, body), "dataFilters": asked}
        for notation, asked in filters.items()
    ]
    return {"spreadsheetId": book.key, **({"valueRanges": ranges} if ranges else {})}


@methods.on(f"{_VALUES}.batchUpdateByDataFilter")
def update_by_filter(call: Call) -> dict[str, Any]:
    """Write to each place that a filter finds; one that finds none writes nothing."""
    book, body = open_book(call, to_write=True), call.body
    option = input_option(body)
    parts = []
    for part in body.get("data", ()):
        for tab, block in places_of(book, part.get("dataFilter", {})):
            answer = write(call, book, _notation(tab, block), part, option)
            parts.append(
                {k: v for k, v in answer.items() if k != "spreadsheetId"} | {"dataFilter": part["dataFilter"]}
            )
    if body.get("includeValuesInResponse"):
        options, reader = response_params(body), Reader(book)
        parts = [p | {"updatedData": value_range(reader, book, p["updatedRange"], options)} for p in parts]
    finish(call, book)
    return {"spreadsheetId": book.key, **totals_of(book, parts), "responses": parts}


@methods.on(f"{_VALUES}.batchClearByDataFilter")
def clear_by_filter(call: Call) -> dict[str, Any]:
    book = open_book(call, to_write=True)
    if not call.body.get("dataFilters"):
        raise bad_request("Must specify at least one dataFilter.")
    places = [place for f in call.body["dataFilters"] for place in places_of(book, f)]
    ranges = [cleared(call, book, _notation(tab, block)) for tab, block in places]
    finish(call, book)
    return {"spreadsheetId": book.key, **({"clearedRanges": ranges} if ranges else {})}


def _notation(tab: Tab, block: Block) -> str:
    return written(tab.title, tab.bounded(block))
