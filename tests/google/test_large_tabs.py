"""Large tabs, read in stretches: the same cells in one consistent state, and no more of them in memory than needed."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import gspread
import pytest

from cast import Cast
from peerpact.errors import SheetError
from peerpact.google import large_tabs, sheets
from peerpact.google.changes import Append, Remove, Replace, Upsert
from peerpact.google.large_tabs import Packed, as_grid, with_parts
from peerpact.google.sheets import OvertakenError, Workbook
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.kept import kept
from peerpact.tables.tab_contents import Grid

MANY = 65
BEGAN = datetime(2026, 1, 5, 6, tzinfo=UTC)


def run(number: int) -> dict[str, Any]:
    return {"id": f"run {number}", "job": "report", "started": BEGAN, "done": f"did {number}"}


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tabs of more than 20 rows are large."""
    for module in (large_tabs, sheets):
        monkeypatch.setattr(module, "MOST_ROWS", 20)
    monkeypatch.setattr(large_tabs, "STRETCH", 20)
    monkeypatch.setattr(large_tabs, "_TOGETHER", 7)


def opened(cast: Cast) -> Workbook:
    return cast.company.access(JOBS["report"]).programme


def with_runs(cast: Cast, *numbers: int) -> None:
    workbook = opened(cast)
    workbook.read(["Runs"])
    workbook.commit([Upsert("Runs", [run(n) for n in numbers])])


def runs_tab(cast: Cast) -> gspread.Worksheet:
    """Return the tab as the spreadsheet's owner opens it, whom no protection stops."""
    return cast.company.sheet(cast.company.config.mailbox).worksheet("Runs")


def rows_of(workbook: Workbook) -> list[tuple[int, str]]:
    return [(row.number, row["id"]) for row in workbook.contents("Runs").rows]


def calls_for(cast: Cast, *titles: str) -> int:
    access = cast.company.access(JOBS["report"])
    access.programme.read(titles)
    return sum(access.calls().values())


@pytest.mark.usefixtures("_small")
def test_reads_the_same_rows_in_stretches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with_runs(cast, *range(MANY))
    runs_tab(cast).batch_clear(["30:44"])
    in_parts, at_once = opened(cast), opened(cast)
    in_parts.read(["Runs", "Settings"])
    monkeypatch.setattr(sheets, "MOST_ROWS", 10_000)
    at_once.read(["Runs", "Settings"])
    assert isinstance(in_parts.grid("Runs"), Packed)
    assert [*in_parts.grid("Runs")] == at_once.grid("Runs")
    assert in_parts.contents("Runs").rows == at_once.contents("Runs").rows
    assert rows_of(in_parts)[-1] == (MANY + 1, f"run {MANY - 1}")


def test_asks_no_oftener_where_all_tabs_are_small(cast: Cast) -> None:
    assert calls_for(cast, "Runs", "Settings") == 2


@pytest.mark.usefixtures("_small")
def test_reads_what_is_empty_to_the_end_in_one_call(cast: Cast) -> None:
    """Somebody adds ten thousand empty rows: they are not asked for twenty at a time."""
    with_runs(cast, *range(30))
    height = runs_tab(cast).row_count
    assert height > 200
    assert calls_for(cast, "Runs") == 1 + 4 + 1


@pytest.mark.usefixtures("_small")
def test_begins_again_where_another_run_writes_between_two_stretches(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_runs(cast, *range(MANY))
    between(monkeypatch, lambda: with_runs(cast, 500))
    with pytest.raises(OvertakenError):
        opened(cast).read(["Runs"])


@pytest.mark.usefixtures("_small")
def test_begins_again_where_rows_are_moved_by_hand_between_two_stretches(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_runs(cast, *range(MANY))
    between(monkeypatch, lambda: runs_tab(cast).delete_rows(5))
    with pytest.raises(OvertakenError):
        opened(cast).read(["Runs"])


@pytest.mark.usefixtures("_small")
def test_begins_again_where_the_tab_got_lower_meanwhile(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with_runs(cast, *range(MANY))
    between(monkeypatch, lambda: runs_tab(cast).resize(rows=15))
    with pytest.raises(OvertakenError):
        opened(cast).read(["Runs"])


def between(monkeypatch: pytest.MonkeyPatch, happens: Any) -> None:
    """Let something happen after the first stretch was read."""
    read, happened = Workbook._values, []

    def values(self: Workbook, ranges: Any) -> list[Grid]:
        found = read(self, ranges)
        if not happened:
            happened.append(True)
            happens()
        return found

    monkeypatch.setattr(Workbook, "_values", values)


@pytest.mark.usefixtures("_small")
def test_changes_adds_and_removes_rows_of_a_large_tab(cast: Cast) -> None:
    with_runs(cast, *range(MANY))
    workbook = opened(cast)
    workbook.read(["Runs"])
    workbook.commit(
        [Upsert("Runs", [{"id": "run 60", "done": "changed"}, run(100)]), Remove("Runs", [("run 3",)])]
    )
    workbook.commit([Append("Runs", [run(101)])])
    there = {row["Run"]: row["Done"] for row in cast.tab("Runs")}
    assert [*there] == [f"run {n}" for n in (*range(3), *range(4, MANY), 100, 101)]
    assert there["run 60"] == "changed"


@pytest.mark.usefixtures("_small")
def test_keeps_no_row_of_a_large_tab_under_its_old_number(cast: Cast) -> None:
    with_runs(cast, *range(MANY))
    workbook = opened(cast)
    workbook.read(["Runs", "Settings"])
    place = workbook.key, "Runs"
    workbook.commit([Append("Runs", [run(100)])])
    assert place in kept()._places
    workbook.commit([Remove("Runs", [("run 3",)])])
    assert place not in kept()._places


@pytest.mark.usefixtures("_small")
def test_holds_keys_alone_of_what_is_looked_for_by_key(cast: Cast) -> None:
    with_runs(cast, *range(MANY))
    whole, workbook = opened(cast), opened(cast)
    for one in (whole, workbook):
        one.read(["Runs", "Guidance"])
    few = workbook.grid("Guidance")
    workbook.hold_keys({"Runs": ("done",), "Guidance": ()})
    assert workbook.grid("Guidance") is few  # admins' tabs are read at once
    header, *rows = workbook.grid("Runs")
    assert header == whole.grid("Runs")[0]
    places = whole.contents("Runs").places
    assert [{place: cell for place, cell in enumerate(row) if cell != ""} for row in rows] == [
        {places["id"]: f"run {n}", places["done"]: f"did {n}"} for n in range(MANY)
    ]
    assert workbook.contents("Runs").keys_in(workbook.grid("Runs")) == whole.contents("Runs").keys_in(
        whole.grid("Runs")
    )
    workbook.commit([Remove("Runs", [("run 3",)]), Upsert("Runs", [{"id": "run 60", "done": "changed"}])])
    there = {row["Run"]: row["Done"] for row in cast.tab("Runs")}
    assert [*there] == [f"run {n}" for n in (*range(3), *range(4, MANY))]
    assert there["run 60"] == "changed"


@pytest.mark.usefixtures("_small")
def test_holds_all_cells_where_admins_have_a_column_of_their_own(cast: Cast) -> None:
    with_runs(cast, *range(MANY))
    tab = runs_tab(cast)
    tab.add_cols(1)
    tab.update_cell(1, tab.col_count, "Ours")
    workbook = opened(cast)
    workbook.read(["Runs"])
    before = workbook.grid("Runs")
    workbook.hold_keys({"Runs": ()})
    assert workbook.grid("Runs") is before


def test_holds_a_fraction_of_what_cells_take() -> None:
    """Measured as a ratio, whatever the machine: the cells of 10,000 letters took 13 MB, packed they take one."""
    rows = [
        [f"follow-up:r3-{n:x}", "sent", 46_000.25 + n, f"person{n % 500}@example.com", ""]
        for n in range(10_000)
    ]
    words = json.dumps(rows)
    del rows
    tracemalloc.start()
    cells = json.loads(words)
    plain, _ = tracemalloc.get_traced_memory()
    packed = Packed(cells)
    first = packed[0]
    del cells
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    assert sum(1 for _ in packed) == 10_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < plain / 8
    assert peak - held < plain / 8
    assert [*packed] == json.loads(words)
    assert packed[0] == first
    assert packed[-3:] == json.loads(words)[-3:]


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("gone", [set(), {0}, {49}, {6, 7, 8}, set(range(7, 14)), {*range(50)}, {3, 20, 48}])
def test_takes_rows_out_of_packed_cells_and_copies_no_other_part(gone: set[int]) -> None:
    cells = [[f"row {n}", n] for n in range(50)]
    before = Packed(cells)
    after = before.without(gone)
    wanted = [row for place, row in enumerate(cells) if place not in gone]
    assert [*after] == wanted
    assert len(after) == len(wanted)
    assert [after[place] for place in range(len(after))] == wanted
    assert [*before] == cells
    touched = {place // 7 for place in gone}
    assert [p for n, p in enumerate(before._parts) if n not in touched] == [
        p for p in after._parts if any(p is q for q in before._parts)
    ]


@pytest.mark.usefixtures("_small")
def test_leaves_of_packed_rows_what_is_at_some_places_and_no_row_less() -> None:
    cells: list[list[Any]] = [
        ["A", "B", "C", "D"],
        ["a", "b", "c"],
        [],
        ["", "b", "", "d"],
        ["a"],
        ["", "", 1],
    ]
    cells += [["a", n, "c", "d"] for n in range(20)]
    less = Packed(cells).with_only({0, 2})
    first = [["A", "B", "C", "D"], ["a", "", "c"], [], ["", "b", "", "d"], ["a"], ["", "", 1]]
    assert [*less] == [*first, *[["a", "", "c"]] * 20]
    assert len(less) == len(cells)


def test_packs_where_rows_that_say_anything_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_tabs, "MOST_ROWS", 10)
    for filled, many in ((10, False), (11, True)):
        rows: list[list[Any]] = [[]] * 50 + [[n] for n in range(filled)]
        grid = as_grid(rows)
        assert isinstance(grid, Packed) is many
        assert [*grid] == rows


@pytest.mark.parametrize("most", [10, 60])
def test_puts_parts_in_place_of_others_and_below_the_last_one(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_tabs, "MOST_ROWS", most)
    before = as_grid([f"row {n}", n] for n in range(50))
    after = with_parts(before, [(1, 2), (31, 33), (53, 54)], [[["first"]], [[], ["row", 31]], [["new", 52]]])
    assert isinstance(after, Packed) == isinstance(before, Packed) == (most < 50)
    wanted: list[Any] = [[f"row {n}", n] for n in range(50)] + [[], [], ["new", 52]]
    wanted[0], wanted[30:32] = ["first"], [[], ["row", 31]]
    assert [[*row] for row in after] == wanted
    assert len(with_parts(before, [(2, 53)], [[]])) == 52


@pytest.mark.usefixtures("_small")
def test_says_what_is_missing_where_a_large_tab_was_emptied(cast: Cast) -> None:
    with_runs(cast, *range(MANY))
    runs_tab(cast).clear()
    with pytest.raises(SheetError, match="Run"):
        opened(cast).read(["Runs"])


@pytest.mark.usefixtures("_small")
def test_makes_rows_a_tabs_whole_content_of_which_it_holds_nothing_but_cells(cast: Cast) -> None:
    """Those that say so already are not written; whatever was typed over is, as where all rows are held."""
    with_runs(cast, *range(MANY))
    typed = runs_tab(cast)
    typed.batch_update(
        [{"range": "A5", "values": [["run 70"]]}, {"range": "A9:D9", "values": [[7, "", " ", "x"]]}]
    )
    typed.batch_clear(["12:13"])
    wanted = [run(n) for n in range(1, MANY - 5)]
    wanted[30] |= {"done": "did more"}
    held, left_out = opened(cast), opened(cast)
    held.read(["Runs"])
    left_out.read(["Runs"], {"Runs": lambda _row: True})
    assert (len(rows_of(held)), rows_of(left_out)) == (MANY - 3, [])
    snapshot, shown = cast.company.workspace.store.snapshot(), []
    for workbook in (held, left_out):
        cast.company.workspace.store.restore(snapshot)
        workbook.commit([Replace("Runs", wanted)])
        shown.append(cast.tab("Runs"))
        assert len(rows_of(workbook)) == len(wanted)
    assert shown[0] == shown[1]
    assert [row["Run"] for row in shown[1]] == [row["id"] for row in wanted]
    again = opened(cast)
    again.read(["Runs"], {"Runs": lambda _row: True})
    assert not again.commit([Replace("Runs", wanted)])
