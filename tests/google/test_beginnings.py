"""Where in a tab that only grows begins what is looked for."""

from __future__ import annotations

from typing import Any

import gspread
import pytest

from cast import Cast
from peerpact.google import beginnings
from peerpact.google.beginnings import begins_in, noted
from peerpact.google.changes import Append
from peerpact.google.columns import column_ranges, rows_in
from peerpact.google.sheets import Workbook
from peerpact.jobs.catalogue import JOBS

ID = "peerpact_begins_7"
MANY = 30


def metadata(start: int | None = None, *, sheet: int = 7, known_as: str = ID) -> dict[str, Any]:
    area = {"sheetId": sheet} | ({"startRowIndex": start} if start else {})
    named = [] if start is None else [{"namedRangeId": known_as, "name": ID, "range": area}]
    tabs = [
        {"properties": {"sheetId": n, "title": title, "gridProperties": {"rowCount": 1000}}}
        for n, title in ((7, "Archive"), (8, "Letters"))
    ]
    return {"sheets": tabs, "namedRanges": [{"namedRangeId": "peerpact_rev_x", "name": "x"}, *named]}


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        (None, {}),
        (0, {}),
        (1, {}),
        (2, {"Archive": 3}),
        (900, {"Archive": 901}),
        (999, {"Archive": 1000}),
        (1000, {}),
    ],
)
def test_reads_from_where_it_is_noted(start: int | None, begins: dict[str, int]) -> None:
    assert begins_in(metadata(start), ["Archive", "Letters"]) == begins
    assert begins_in(metadata(start), ["Letters"]) == {}


def test_reads_all_where_the_rows_of_the_range_are_gone_or_it_is_another_tab_s() -> None:
    lost = metadata(900)
    del lost["namedRanges"][1]["range"]
    assert begins_in(lost, ["Archive"]) == begins_in(metadata(900, sheet=8), ["Archive"]) == {}


def area(start: int) -> dict[str, Any]:
    return {"sheetId": 7, "startRowIndex": start, "startColumnIndex": 0, "endColumnIndex": 1}


def added(start: int) -> dict[str, Any]:
    return {"addNamedRange": {"namedRange": {"namedRangeId": ID, "name": ID, "range": area(start)}}}


def test_notes_the_row_some_rows_ahead_and_nothing_twice() -> None:
    assert noted(metadata(), 7, 900) == [added(849)]
    assert noted(metadata(), 7, 51) == noted(metadata(), 7, 2) == []
    gone = {"deleteNamedRange": {"namedRangeId": "of a copy"}}
    assert noted(metadata(300, known_as="of a copy"), 7, 900) == [gone, added(849)]
    assert noted(metadata(849), 7, 900) == []
    assert noted(metadata(849, known_as="of a copy"), 7, 60) == [gone, added(9)]


def test_asks_for_columns_from_a_row_on_and_numbers_their_rows_as_they_are() -> None:
    assert column_ranges("Archive", ("words", "of")) == ["'Archive'!1:1", "'Archive'!E:E", "'Archive'!A:A"]
    assert column_ranges("Archive", ("of",), 900) == ["'Archive'!1:1", "'Archive'!A900:A"]
    header = [["Of", "Moved", "Part", "People", "Words of", "Rows"]]
    words, of = [["a@example.com"], [], ["b@example.com"]], [["r1-a"], ["r1-b"], ["r1-c"]]
    rows = [*rows_in(iter([header, words, of, [["of the next"]]]), "Archive", ("words", "of"), 5)]
    first, last = ["r1-a", "", "", "", "a@example.com", ""], ["r1-c", "", "", "", "b@example.com", ""]
    assert [[*row] for row in rows] == [*header, [], [], [], first, [], last]
    whole = [*rows_in(iter([header, [["Words of"], *words], [["Of"], *of]]), "Archive", ("words", "of"), 0)]
    assert [[*row] for row in whole] == [*header, first, [], last]


def archive_of(cast: Cast, *, from_begin: bool) -> Workbook:
    workbook = cast.company.access(JOBS["send_follow_ups"]).ledger
    workbook.read_along({"Archive": ("words", "of")}, from_begin=from_begin)
    workbook.read([])
    return workbook


def seen(cast: Cast, *, from_begin: bool = True) -> list[tuple[int, str]]:
    workbook = archive_of(cast, from_begin=from_begin)
    return [(row.number, row["of"]) for row in workbook.contents("Archive").rows]


def test_goes_along_with_rows_that_somebody_moves_and_finds_what_was_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "_AHEAD", 3)
    workbook = archive_of(cast, from_begin=True)
    rows = [
        {"of": f"r1-{n}", "moved": cast.clock.now(), "part": 1, "words": ("a@example.com",), "rows": "[]"}
        for n in range(MANY)
    ]
    workbook.commit([Append("Archive", rows)])
    every = [(n + 2, f"r1-{n}") for n in range(MANY)]
    assert seen(cast) == every
    workbook = archive_of(cast, from_begin=True)
    workbook.commit([], along=noted(workbook.metadata, workbook.sheet_ids()["Archive"], 22))
    assert seen(cast) == every[17:]
    assert seen(cast, from_begin=False) == every
    [found] = archive_of(cast, from_begin=True).look_up("Archive", "of", ["r1-4"])
    assert found.number == 6
    config = cast.company.config
    client = gspread.Client(auth=None, session=cast.company.session(config.mailbox))  # type: ignore[arg-type]
    tab = client.open_by_key(config.ledger_spreadsheet).worksheet("Archive")
    tab.insert_rows([["r0-x"]], 2)
    assert seen(cast) == [(n + 1, of) for n, of in every[17:]]
    tab.delete_rows(2, 6)
    assert seen(cast) == [(n - 4, of) for n, of in every[17:]]
