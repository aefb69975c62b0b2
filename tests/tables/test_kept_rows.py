"""What is kept between runs: the same rows and people for the same cells, work for the new ones alone, and a limit."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import replace

from peerpact.programme.settings import Settings
from peerpact.tables.cells import Cell
from peerpact.tables.kept import VALUE, Kept
from peerpact.tables.roster import read_roster
from peerpact.tables.rows import How
from peerpact.tables.schema import Tab, tab
from peerpact.tables.tab_contents import TabContents, read_tab

RUNS = tab("Runs")
HEADER = [c.name for c in RUNS.columns]


def read(*rows: list[Cell], header: list[str] = HEADER, kept: Kept | None = None) -> TabContents:
    cells = [[row[HEADER.index(name)] for name in header] for row in rows]
    return read_tab(RUNS, [header, *cells], how=How(kept=kept, place="Runs"))


def run(number: int, done: Cell = "12 letters") -> list[Cell]:
    cells: dict[str, Cell] = {
        "id": f"run {number}",
        "job": "report",
        "started": 46000.5 + number,
        "done": done,
    }
    return [cells.get(c.field, "") for c in RUNS.columns]


def test_reads_no_row_anew_that_says_what_it_said() -> None:
    kept = Kept()
    first = read(run(1), run(2), kept=kept)
    again = read(run(1), run(2, "nothing"), kept=kept)
    assert again.rows[0] is first.rows[0]
    assert again == read(run(1), run(2, "nothing"))


def test_keeps_of_rows_that_are_left_out_none_but_those_it_kept() -> None:
    kept, every = Kept(), [run(1), run(2)]

    def held(but: str) -> TabContents:
        how = How(kept=kept, place="Runs", leaves_out=lambda row: row["id"] == but)
        return read_tab(RUNS, [HEADER, *every], how=how)

    second = held("run 1").rows[0]
    assert kept.weight < 2 * VALUE
    first, again = held("").rows
    assert again is second
    assert held("run 1").rows == (second,)
    assert held("").rows[0] is first


def test_numbers_a_row_by_where_it_is_now() -> None:
    kept = Kept()
    read(run(1), run(2), kept=kept)
    assert read(run(2), run(1), kept=kept) == read(run(2), run(1))


def test_tells_apart_what_is_merely_equal() -> None:
    kept = Kept()
    for cell in (1, True, "1", 1.5, "TRUE"):
        assert read(run(1, cell), kept=kept) == read(run(1, cell))


def test_says_each_time_what_is_wrong_with_a_row() -> None:
    kept, wrong = Kept(), run(1)
    wrong[[c.field for c in RUNS.columns].index("started")] = "soon"
    assert read(wrong, kept=kept).problems == read(wrong, kept=kept).problems != ()


def test_reads_all_anew_under_another_header() -> None:
    kept = Kept()
    read(run(1), kept=kept)
    turned = [*reversed(HEADER)]
    assert read(run(1), header=turned, kept=kept) == read(run(1), header=turned)


def test_keeps_no_more_rows_than_were_read_last() -> None:
    kept = Kept()
    old = read(run(1), run(2), kept=kept).rows[1]
    read(run(1), kept=kept)
    assert read(run(1), run(2), kept=kept).rows[1] is not old


def test_keeps_each_place_for_itself() -> None:
    kept = Kept()
    kept.keep("one", "way", {1: "a"})
    kept.keep("another", "way", {1: "b"})
    assert (kept.of("one", "way"), kept.of("another", "way"), kept.of("third", "way")) == (
        {1: "a"},
        {1: "b"},
        {},
    )


def test_lets_go_of_what_was_read_in_another_way_before_it_is_made_anew() -> None:
    kept = Kept()
    kept.keep("place", "way", {1: "a"})
    assert kept.of("place", "another way") == {}
    assert kept.weight == 0


def test_lets_go_of_a_place_of_which_all_is_about_to_change() -> None:
    kept = Kept()
    for place in ("one", "another"):
        kept.keep(place, "way", {1: "a"})
    kept.let_go("one")
    kept.let_go("never read")
    assert [kept.of(place, "way") for place in ("one", "another")] == [{}, {1: "a"}]
    assert kept.weight == VALUE


def test_keeps_as_much_as_it_may_of_places_that_are_read_in_turn() -> None:
    """Were the place let go that was read longest ago, none would be there when its turn comes."""
    kept = Kept(most=3 * VALUE)
    for _ in range(4):
        for place in ("one", "another"):
            kept.keep(place, "way", {1: "a", 2: "b"})
            assert kept.weight <= 3 * VALUE
    assert [kept.of(place, "way") for place in ("one", "another")] == [{1: "a", 2: "b"}, {1: "a"}]
    assert kept.whole("third", ([run(1)],), lambda: "made") == "made"
    assert kept.of("third", ([run(1)],)) == {}


def test_lets_go_of_a_place_that_is_read_no_more_where_all_is_too_much() -> None:
    kept = Kept(most=3 * VALUE)
    for place in ("old", *("one", "another") * 4):
        kept.keep(place, "way", {1: "a", 2: "b"} if place == "old" else {1: "a"})
        assert kept.weight <= 3 * VALUE
    assert [len(kept.of(place, "way")) for place in ("old", "one", "another")] == [0, 1, 1]


def test_makes_a_whole_once_of_the_same_rows_and_weighs_them() -> None:
    kept, rows = Kept(), tuple(read(run(1), run(2)).rows)
    made = kept.whole("Runs", (rows, "way"), lambda: [*rows])
    assert kept.whole("Runs", (tuple(read(run(1), run(2)).rows), "way"), lambda: ["new"]) is made
    assert kept.weight == 2 * VALUE
    assert kept.whole("Runs", (rows[:1], "way"), lambda: ["new"]) == ["new"]


def test_makes_a_whole_of_what_another_unit_of_the_process_lets_go_of_meanwhile() -> None:
    kept = Kept()

    class Rows(list[list[object]]):
        def __eq__(self, other: object) -> bool:
            kept.let_go("people")
            return True

        def __hash__(self) -> int:
            return 0

    assert kept.whole("people", Rows([[run(1)]]), lambda: "made") == "made"
    assert kept.whole("people", Rows([[run(1)]]), lambda: "new") == "made"
    assert kept.whole("people", Rows([[run(1)]]), lambda: "new") == "made"


def test_weighs_what_it_holds_or_more() -> None:
    """Rows of the widest tab that people type, each otherwise, and the people that are made of them."""
    roster, kept, many = tab("Roster"), Kept(), 400
    read_roster(read_tab(roster, typed(roster, 2)), Settings())  # what is loaded and cached on the way
    grid = typed(roster, many)
    tracemalloc.start()
    try:
        _read_into(kept, roster, grid)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept.weight / 3 < held < kept.weight


def _read_into(kept: Kept, roster: Tab, grid: list[list[Cell]]) -> None:
    contents = read_tab(roster, grid, how=How(kept=kept, place="Roster"))
    kept.whole("people", (contents.rows, Settings()), lambda: read_roster(contents, Settings()))


def typed(roster: Tab, many: int) -> list[list[Cell]]:
    said = {
        "name": "Person {n} Byrd",
        "email": "person{n}@example.com",
        "team": "Team {n}",
        "department": "Department {n}",
        "managers": "person0@example.com",
        "interests": "otters {n}, pottery {n}",
        "topics": "How to say no {n}",
        "offers": "Listening {n}",
    }
    rows = [[said.get(c.field, "").format(n=n) for c in roster.columns] for n in range(many)]
    return [[c.name for c in roster.columns], *rows]


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
