"""What a header and keys show once a batch is done, whatever kind of value that is."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from cast import Cast
from peerpact.errors import SheetError
from peerpact.google.changes import Upsert
from peerpact.google.moved_rows import are_in_place, cells_shown, ranges_of, values_told
from peerpact.google.sheets import Workbook
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.rows import Row
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import column_letter, read_tab
from workspace_emulator import Fault

KINDS: dict[str, dict[str, Any] | None] = {
    "error": {"errorValue": {"type": "REF", "message": "Array result was not expanded."}},
    "error without a type": {"errorValue": {}},
    "number": {"numberValue": 5},
    "boolean": {"boolValue": True},
    "formula": {"formulaValue": "=1/0"},
    "other words": {"stringValue": "Reason"},
    "nothing": {},
    "no value": None,
}
PAIRINGS = tab("Pairings")


def shown(header: dict[str, dict[str, Any] | None]) -> dict[str, Any]:
    """Return a batch's answer that shows the header of Pairings, but for some columns."""
    values = [
        {"effectiveValue": header.get(c.field, {"stringValue": c.name})}
        if header.get(c.field, ()) is not None
        else {}
        for c in PAIRINGS.columns
    ]
    sheet = {"properties": {"sheetId": 7}, "data": [{"rowData": [{"values": values}]}]}
    return {"updatedSpreadsheet": {"sheets": [sheet]}}


def parsed(answer: dict[str, Any]) -> Any:
    return values_told(json.dumps(answer).encode())


def is_in_place(field: str, value: dict[str, Any] | None) -> bool:
    contents = read_tab(PAIRINGS, [[c.name for c in PAIRINGS.columns]])
    return are_in_place(contents, (), cells_shown(parsed(shown({field: value})), 7))


@pytest.mark.parametrize("kind", KINDS)
def test_reads_every_kind_of_value_as_what_it_is(kind: str) -> None:
    assert is_in_place("why", {"stringValue": "Why this pair"})
    assert not is_in_place("why", KINDS[kind])
    assert is_in_place("open", KINDS[kind])


@pytest.mark.parametrize("value", [value for kind, value in KINDS.items() if kind != "other words"])
def test_tells_a_key_from_every_kind_of_value(value: dict[str, Any] | None) -> None:
    contents = read_tab(PAIRINGS, [[c.name for c in PAIRINGS.columns]]).with_rows(
        [Row(2, {"id": "r1-abc"})], 2
    )
    answer = shown({})
    keys = [{"effectiveValue": value}] * len(PAIRINGS.columns)
    answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"].append({"values": keys})
    assert not are_in_place(contents, (2,), cells_shown(parsed(answer), 7))


def test_holds_no_more_of_an_answer_than_values_and_where_they_are() -> None:
    """All keys of a tab come back where rows are taken away: as Google's objects, 700 bytes for each."""
    shown_rows = [{"values": [{"effectiveValue": {"stringValue": "r1-abc"}}, {}]}, {}]
    block = {"startRow": 4, "startColumn": 2, "rowData": shown_rows}
    answer = parsed({"updatedSpreadsheet": {"sheets": [{"properties": {"sheetId": 7}, "data": [block]}]}})
    [sheet] = answer["updatedSpreadsheet"]["sheets"]
    assert sheet["data"] == [{**block, "rowData": [("r1-abc", {}), {}]}]
    cells = cells_shown(answer, 7)
    assert [(at, cells.at(*at)) for at in product(range(3, 7), range(1, 5)) if cells.at(*at)] == [
        ((4, 2), "r1-abc")
    ]


def test_holds_of_a_column_of_keys_no_more_than_texts() -> None:
    """A row of one cell each took more than the key in it."""
    rows = [{"values": [{"effectiveValue": {"stringValue": f"r1-{n}"}}]} for n in range(3)]
    number = {"values": [{"effectiveValue": {"numberValue": 7}}]}
    block = {"startRow": 4, "startColumn": 2, "rowData": [*rows, number]}
    answer = parsed({"updatedSpreadsheet": {"sheets": [{"properties": {"sheetId": 7}, "data": [block]}]}})
    assert answer["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"] == ["r1-0", "r1-1", "r1-2", (7,)]
    cells = cells_shown(answer, 7)
    assert [cells.at(row, 2) for row in range(3, 9)] == ["", "r1-0", "r1-1", "r1-2", 7, ""]
    assert [cells.at(5, column) for column in (1, 3)] == ["", ""]


def test_asks_for_no_keys_far_from_the_rows_that_it_looks_at() -> None:
    """Of a large tab few rows are held: the keys of all others, too, took 87 MB at 10,000 people."""
    contents = read_tab(PAIRINGS, [[c.name for c in PAIRINGS.columns]])
    key = column_letter(contents.places["id"])
    parts = [f"'Pairings'!{key}{rows.replace(':', f':{key}')}" for rows in ("2:900", "60000:60002")]
    assert ranges_of(contents, [60_002, 2, 900, 60_000]) == ["'Pairings'!1:1", *parts]
    assert ranges_of(contents, []) == ["'Pairings'!1:1"]


def with_pairings(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")


def type_in(cast: Cast, column: str, row: int, value: object) -> None:
    """Type something into Pairings as the spreadsheet's owner, whom no protection stops."""
    sheet = cast.company.sheet(cast.company.config.mailbox).worksheet("Pairings")
    sheet.update_cell(row, [c.name for c in PAIRINGS.columns].index(column) + 1, value)


def wrong(cast: Cast) -> list[tuple[str, str]]:
    return [(row["Tab"], row["What is wrong"]) for row in cast.tab("Problems")]


def test_books_all_where_a_cell_is_in_the_way_of_a_formula_and_says_which_column(cast: Cast) -> None:
    cast.bring_to(with_pairings)
    type_in(cast, "Open", 3, "in the way")
    cast.run("book_first_meetings")
    assert all(row["First meeting"] for row in cast.tab("Pairings"))
    assert cast.preview("book_first_meetings") == []
    cast.run("check_roster")
    [(where, what)] = wrong(cast)
    assert where == "Pairings"
    assert what.startswith("Column N of the tab Pairings shows “#REF!” instead of its name and values")
    type_in(cast, "Open", 3, "")
    cast.run("check_roster")
    assert wrong(cast) == []
    assert [row["Open"] for row in cast.tab("Pairings")] == ["Open"] * 3


@pytest.mark.parametrize("typed", ["=1/0", 5, True, "=1+1", ""])
def test_says_which_column_has_lost_its_name_while_a_run_wrote(cast: Cast, typed: object) -> None:
    cast.bring_to(with_pairings)
    batch = Fault(
        method="sheets.spreadsheets.batchUpdate", before=lambda _: type_in(cast, "Why this pair", 1, typed)
    )
    workbook = read(cast)
    rows = [row.values for row in workbook.contents("Pairings").rows]
    cast.company.workspace.faults.add(batch)
    with pytest.raises(SheetError, match="no column “Why this pair”"):
        workbook.commit([Upsert("Pairings", [{**row, "notes": "new"} for row in rows])])


def read(cast: Cast) -> Workbook:
    workbook = cast.company.access(JOBS["report"]).programme
    workbook.read(["Pairings"])
    return workbook
