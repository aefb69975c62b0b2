"""What is written over rows that somebody edited: into the row that holds the key, and over all that is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from peerpact.google.changes import Replace, Upsert, requests_of
from peerpact.tables.cells import Cell, write_cell
from peerpact.tables.rows import Row
from peerpact.tables.schema import Column, Tab, all_tabs, tab
from peerpact.tables.tab_contents import TabContents, read_tab

VALUES: dict[str, Any] = {
    "date": date(2026, 1, 5),
    "date time": datetime(2026, 1, 5, 8, tzinfo=UTC),
    "number": 3,
    "round": 3,
    "email": "ann@example.com",
    "emails": ("ann@example.com", "ben@example.com"),
    "list": ("one", "other"),
    "yes or no": True,
}
NEEDED = [
    (described.title, column.field)
    for described in all_tabs()
    for column in described.columns
    if described.writer == "system" and column.required and column.field not in described.key
]
"""Of the tabs that we write, the columns that a row needs beside its key."""


def written(described: Tab) -> dict[str, Any]:
    """Return a row as we write it."""
    return {c.field: _value(c) for c in described.columns if c.type != "formula" and c.writer != "admins"}


def _value(column: Column) -> Any:
    return column.choices[0] if column.type == "choice" else VALUES.get(column.type, f"our {column.field}")


def read(described: Tab, *rows: dict[str, Cell | object]) -> TabContents:
    header: list[Cell] = [c.name for c in described.columns]
    cells = [[write_cell(row.get(c.field)) or "" for c in described.columns] for row in rows]
    return read_tab(described, [header, *cells])


@pytest.mark.parametrize(("title", "field"), NEEDED)
def test_writes_into_the_row_that_holds_the_key_whatever_else_cannot_be_read(title: str, field: str) -> None:
    described = tab(title)
    row = written(described)
    others = [row | dict.fromkeys(described.key, f"other{n}@example.com") for n in range(2)]
    before = read(described, others[0], row | {field: "#N/A"}, others[1])
    assert [r.number for r in before.unusable] == [3]
    requests, after = requests_of(Upsert(title, [row]), before, 1, {})
    assert {(r["updateCells"]["start"]["rowIndex"], len(r["updateCells"]["rows"])) for r in requests} == {
        (2, 1)
    }
    assert (after.height, after.unusable, [r.number for r in after.rows]) == (4, (), [2, 3, 4])
    assert after.rows[1][field] == row[field]


def test_leaves_a_row_unusable_of_which_it_writes_other_cells() -> None:
    described = tab("Letters")
    row = written(described)
    before = read(described, row | {"state": "#N/A"})
    requests, after = requests_of(
        Upsert("Letters", [{"key": row["key"], "pairing": "other"}, row | {"key": "new"}]), before, 1, {}
    )
    assert [*map(next, map(iter, requests))] == ["updateCells", "appendCells"]
    assert [(r.number, r["pairing"]) for r in after.unusable] == [(2, "other")]
    assert [(r.number, r["key"]) for r in after.rows] == [(3, "new")]


def test_writes_into_the_usable_one_of_two_rows_with_one_key() -> None:
    described = tab("Replies")
    row = written(described)
    before = read(described, row | {"kind": "#N/A"}, row)
    requests, _ = requests_of(Upsert("Replies", [row | {"kind": "other"}]), before, 1, {})
    assert [r["updateCells"]["start"]["rowIndex"] for r in requests] == [2]


def test_appends_where_no_key_can_be_read() -> None:
    described = tab("Replies")
    row = written(described)
    before = read(described, row | {"message_id": "#N/A"}, row | {"message_id": "#REF!"})
    requests, after = requests_of(Upsert("Replies", [row]), before, 1, {})
    assert [*map(next, map(iter, requests))] == ["appendCells"]
    assert ([r.number for r in after.unusable], [r.number for r in after.rows]) == ([2, 3], [4])


def test_replaces_all_that_is_in_rows_that_cannot_be_read_and_in_doubles() -> None:
    described = tab("Memory")
    rows: list[dict[str, Any]] = [
        {"key": "a", "since": VALUES["date"], "value": "#N/A"},
        {"key": "b", "since": "x", "value": "typed"},
        {"key": "a", "since": VALUES["date"], "value": "double"},
        {"key": "#REF!", "since": "x", "value": "typed"},
    ]
    before = read(described, *rows)
    wanted = {"key": "c", "since": VALUES["date"], "value": None}
    requests, after = requests_of(Replace("Memory", [wanted, wanted | {"key": "d"}]), before, 1, {})
    cells: dict[tuple[int, int], Any] = {}
    for update in (r["updateCells"] for r in requests):
        start = update["start"]
        for n, line in enumerate(update["rows"], start=start["rowIndex"]):
            cells |= {
                (n, start["columnIndex"] + i): c.get("userEnteredValue") for i, c in enumerate(line["values"])
            }
    value = before.places["value"]
    assert [cells[n, value] for n in range(1, 5)] == [None] * 4
    assert [cells[n, before.places["key"]] for n in (3, 4)] == [None, None]
    assert after.rows == (Row(2, wanted), Row(3, wanted | {"key": "d"}))
    assert (after.unusable, after.doubles, after.height) == ((), (), 3)
