"""Reading a tab again where a run before has read it: the same rows and people, and work for the new ones alone."""

from __future__ import annotations

from dataclasses import replace

from peerpact.programme.settings import Settings
from peerpact.tables.cells import Cell
from peerpact.tables.roster import read_roster
from peerpact.tables.rows import RowsBefore, rows_before
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import TabContents, read_tab

RUNS = tab("Runs")
HEADER = [c.name for c in RUNS.columns]


def read(*rows: list[Cell], header: list[str] = HEADER, before: RowsBefore | None = None) -> TabContents:
    cells = [[row[HEADER.index(name)] for name in header] for row in rows]
    return read_tab(RUNS, [header, *cells], before=before)


def run(number: int, done: Cell = "12 letters") -> list[Cell]:
    cells: dict[str, Cell] = {
        "id": f"run {number}",
        "job": "report",
        "started": 46000.5 + number,
        "done": done,
    }
    return [cells.get(c.field, "") for c in RUNS.columns]


def test_reads_no_row_anew_that_says_what_it_said() -> None:
    before = RowsBefore()
    first = read(run(1), run(2), before=before)
    again = read(run(1), run(2, "nothing"), before=before)
    assert again.rows[0] is first.rows[0]
    assert again == read(run(1), run(2, "nothing"))


def test_numbers_a_row_by_where_it_is_now() -> None:
    before = RowsBefore()
    read(run(1), run(2), before=before)
    assert read(run(2), run(1), before=before) == read(run(2), run(1))


def test_tells_apart_what_is_merely_equal() -> None:
    before = RowsBefore()
    for cell in (1, True, "1", 1.5, "TRUE"):
        assert read(run(1, cell), before=before) == read(run(1, cell))


def test_says_each_time_what_is_wrong_with_a_row() -> None:
    before, wrong = RowsBefore(), run(1)
    wrong[[c.field for c in RUNS.columns].index("started")] = "soon"
    assert read(wrong, before=before).problems == read(wrong, before=before).problems != ()


def test_reads_all_anew_under_another_header() -> None:
    before = RowsBefore()
    read(run(1), before=before)
    turned = [*reversed(HEADER)]
    assert read(run(1), header=turned, before=before) == read(run(1), header=turned)


def test_keeps_no_more_rows_than_were_read_last() -> None:
    before = RowsBefore()
    old = read(run(1), run(2), before=before).rows[1]
    read(run(1), before=before)
    assert read(run(1), run(2), before=before).rows[1] is not old


def test_knows_the_tabs_of_one_spreadsheet_from_anothers() -> None:
    assert rows_before("one", "Runs") is rows_before("one", "Runs") is not rows_before("another", "Runs")


def test_makes_the_same_people_of_the_same_roster_and_settings_alone() -> None:
    roster, settings = tab("Roster"), Settings()
    header = [c.name for c in roster.columns]
    rows: list[dict[str, Cell]] = [
        {"Name": "Ada Byrd", "E-mail": "ada@example.com"},
        {"Name": "Ben Cole", "E-mail": "ben@example.com"},
    ]
    grid: list[list[Cell]] = [[*header], *([row.get(name, "") for name in header] for row in rows)]
    people = read_roster(read_tab(roster, grid), settings)
    assert read_roster(read_tab(roster, grid), settings) is people
    elsewhere = read_roster(read_tab(roster, grid), replace(settings, time_zone="Asia/Tokyo"))
    assert {p.time_zone for p in elsewhere.people.values()} == {"Asia/Tokyo"}
    fewer = read_roster(read_tab(roster, grid[:2]), settings)
    assert fewer.people == {"ada@example.com": people.people["ada@example.com"]}
