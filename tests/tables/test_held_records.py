"""Rows of the system's largest tabs, whose values are held once, as the records that are made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from peerpact.google.changes import Remove, Upsert, requests_of
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord, planned
from peerpact.tables.archive import cells_of
from peerpact.tables.cells import write_cell
from peerpact.tables.kept import Kept
from peerpact.tables.records import RECORDS, as_row, letter_of, read_letters, read_pairings
from peerpact.tables.rows import FieldsOf, How, Row, names_of
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
HELD = How(record=letter_of)


@pytest.fixture
def plain() -> TabContents:
    return read_tab(LETTERS, GRID)


@pytest.fixture
def held() -> TabContents:
    return read_tab(LETTERS, GRID, how=HELD)


def test_is_read_as_the_same_records_without_a_second_copy(plain: TabContents, held: TabContents) -> None:
    letters = read_letters(held)
    assert letters == read_letters(plain)
    for row in held.rows:
        assert isinstance(row.values, FieldsOf)
        assert row.values.record is letters[row["key"]]


@pytest.mark.parametrize(
    ("title", "record"), [("Letters", LetterRecord), ("Commitments", Commitment), ("Replies", ReplyRecord)]
)
def test_has_every_column_of_its_tab(title: str, record: type) -> None:
    assert names_of(record) >= {c.field for c in tab(title).columns if not c.formula}
    assert title in RECORDS


def test_is_held_beside_the_values_that_it_has_not() -> None:
    pairings = tab("Pairings")
    said = {"id": "r1-abc", "round": 1, "people": "ben@example.com, ada@example.com", "names": "Ben & Ada"}
    said |= {"state": "Proposed"}
    grid = [[c.name for c in pairings.columns], [said.get(c.field, "") for c in pairings.columns]]
    [plain], [row] = (
        read_tab(pairings, grid, how=how).rows for how in (How(), How(record=RECORDS["Pairings"]))
    )
    assert row["names"] == "Ben & Ada"
    assert dict(row.values) == plain.values
    assert read_pairings(read_tab(pairings, grid)) == [row.values.record]  # type: ignore[attr-defined]


def test_holds_a_mail_s_id_once_where_it_began_its_thread() -> None:
    began, answers = ([f"{'ab' * 8}-{n}" for n in pair] for pair in ((1, 1), (1, 2)))
    for message, thread in (began, answers):
        row = as_row(planned("follow-up", "follow-up:1", "a@example.com", at=AT))
        known = Row(2, row | {"message_id": message, "thread_id": "".join([thread])})
        letter = letter_of(known)
        assert (letter.message_id, letter.thread_id) == (message, thread)
        assert (letter.message_id is letter.thread_id) is (message == thread)
    assert letter_of(Row(2, row)).thread_id == ""


def test_is_written_removed_and_archived_as_rows_are(plain: TabContents, held: TabContents) -> None:
    sent = replace(read_letters(plain)["follow-up:1"], state=LetterState.SENT, sent=AT, message_id="m1")
    new = planned("reminder", "reminder:1", "b@example.com", at=AT)
    changes = Upsert("Letters", [as_row(sent), as_row(new)]), Remove("Letters", [("follow-up:0",)])
    for change in changes:
        asked, after = requests_of(change, plain, 1, {})
        asked_too, after_too = requests_of(change, held, 1, {})
        assert asked == asked_too != []
        assert [r.number for r in after.rows] == [r.number for r in after_too.rows]
        assert read_letters(after) == read_letters(after_too)
    kept = [[cells_of(c, row, GRID) for row in c.rows] for c in (plain, held)]
    assert kept[0] == kept[1]


def test_is_held_so_for_the_next_run() -> None:
    how = replace(HELD, kept=Kept(), place="Letters")
    letters = read_letters(read_tab(LETTERS, GRID, how=how))
    again = read_letters(read_tab(LETTERS, GRID, how=how))
    assert [again[key] is letter for key, letter in letters.items()] == [True] * 3


def test_is_made_anew_of_a_row_whose_values_were_changed(held: TabContents) -> None:
    [row, *_] = held.rows
    assert letter_of(Row(row.number, {**row.values, "person": "new@example.com"})) == replace(
        letter_of(row), person="new@example.com"
    )


def test_is_no_record_where_a_required_cell_cant_be_read() -> None:
    broken = [GRID[0], [*GRID[1]]]
    broken[1][GRID[0].index("State")] = "half"
    [row] = read_tab(LETTERS, broken, how=HELD).unusable
    assert isinstance(row.values, dict)
    assert row["key"] == "follow-up:0"
