"""Rows of a large tab whose values are held once, as the records that were made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from peerpact.google.changes import Remove, Upsert, requests_of
from peerpact.programme.correspondence import LetterState, planned
from peerpact.tables.archive import cells_of
from peerpact.tables.cells import write_cell
from peerpact.tables.records import as_row, held_as, read_letters
from peerpact.tables.rows import Row, RowsBefore
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import TabContents, read_tab

AT = datetime(2026, 1, 5, 6, tzinfo=UTC)
LETTERS = tab("Letters")
GRID = [
    [c.name for c in LETTERS.columns],
    *(
        [
            write_cell(as_row(planned("follow-up", f"follow-up:{n}", "a@example.com", at=AT))[c.field])
            for c in LETTERS.columns
        ]
        for n in range(3)
    ),
]


@pytest.fixture
def read() -> TabContents:
    return read_tab(LETTERS, GRID)


def test_is_read_as_the_same_records_without_a_second_copy(read: TabContents) -> None:
    letters = read_letters(read)
    again = read_letters(held_as(read, letters))
    assert [again[key] is letter for key, letter in letters.items()] == [True] * 3


def test_is_written_removed_and_archived_as_rows_are(read: TabContents) -> None:
    held = held_as(read, read_letters(read))
    sent = replace(read_letters(read)["follow-up:1"], state=LetterState.SENT, sent=AT, message_id="m1")
    new = planned("reminder", "reminder:1", "b@example.com", at=AT)
    changes = Upsert("Letters", [as_row(sent), as_row(new)]), Remove("Letters", [("follow-up:0",)])
    for change in changes:
        asked, after = requests_of(change, read, 1, {})
        asked_too, after_too = requests_of(change, held, 1, {})
        assert asked == asked_too != []
        assert [r.number for r in after.rows] == [r.number for r in after_too.rows]
        assert read_letters(after) == read_letters(after_too)
    kept = [[cells_of(c, row, GRID) for row in c.rows] for c in (read, held)]
    assert kept[0] == kept[1]


def test_is_held_so_for_the_next_run() -> None:
    before = RowsBefore()
    read = read_tab(LETTERS, GRID, before=before)
    letters = read_letters(read)
    held = held_as(read, letters)
    before.hold(read.rows, held.rows)
    again = read_tab(LETTERS, GRID, before=before)
    assert again == held
    assert [read_letters(again)[key] is letter for key, letter in letters.items()] == [True] * 3


def test_is_not_held_for_the_next_run_as_another_than_it_says() -> None:
    before = RowsBefore()
    read = read_tab(LETTERS, GRID, before=before)
    renamed = [Row(row.number, {**row.values, "person": "new@example.com"}) for row in read.rows]
    held = held_as(replace(read, rows=tuple(renamed)), read_letters(replace(read, rows=tuple(renamed))))
    before.hold(renamed, held.rows)
    assert read_tab(LETTERS, GRID, before=before) == read
