"""What is written at one moment, however large; and rows that are taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cast import Cast
from peerpact.errors import GoogleError
from peerpact.google.changes import Append, Remove, Upsert
from peerpact.google.large_commits import HOLD
from peerpact.google.sheets import OvertakenError, Workbook
from peerpact.jobs.archive import HEADER_ONLY
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.kept import kept
from workspace_emulator import Effect, Fault, InProcessAdapter

MANY = 900
LONG = "what it did, in numbers " * 100


def read(cast: Cast, *titles: str) -> Workbook:
    workbook = cast.company.access(JOBS["report"]).programme
    workbook.read(titles or ["Runs"])
    return workbook


def run(number: int, done: str = "") -> dict[str, Any]:
    started = datetime(2026, 1, 5, 6, tzinfo=UTC)
    return {"id": f"run {number}", "job": "report", "started": started, "done": done}


def ids(cast: Cast) -> list[str]:
    return [row["Run"] for row in cast.tab("Runs")]


def titles(cast: Cast) -> list[str]:
    return [sheet.title for sheet in cast.company.sheet().worksheets()]


def many() -> Upsert:
    return Upsert("Runs", [run(n, LONG) for n in range(MANY)])


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of all batches, in bytes, as they are sent."""
    found: list[int] = []
    send = InProcessAdapter.send

    def weighed(self: InProcessAdapter, request: Any, *args: Any, **how: Any) -> Any:
        if request.path_url.partition("?")[0].endswith(":batchUpdate"):
            found.append(len(request.body))
        return send(self, request, *args, **how)

    monkeypatch.setattr(InProcessAdapter, "send", weighed)
    return found


@pytest.mark.parametrize("said", ["little", LONG])
def test_shows_what_a_tab_grows_by_as_the_rows_above(cast: Cast, said: str) -> None:
    """However it grows, by one row or by more than a batch holds, a date never shows as Google's number of it."""
    rows = [run(n, said) for n in range(MANY)]
    cast.company.sheet(cast.company.config.mailbox).worksheet("Runs").resize(rows=2)
    for some in (rows[:1], rows[1:3], rows[3:]):
        read_now = read(cast)
        read_now.commit([Upsert("Runs", some)])
    shown = cast.tab("Runs")
    assert len(shown) == MANY
    assert {row["Started"] for row in shown} == {shown[0]["Started"]} == {"2026-01-05 06:00"}


def test_lets_a_large_commit_count_as_a_whole_and_keeps_its_batches_small(
    cast: Cast, sizes: list[int]
) -> None:
    workbook = read(cast)
    workbook.commit([Upsert("Runs", [run(-1), run(-2)])])
    workbook = read(cast)
    sizes.clear()
    workbook.commit([Upsert("Runs", [run(-2, "changed")]), many()])
    assert len(sizes) == 3
    assert max(sizes) < 2_000_000
    assert ids(cast) == ["run -1", "run -2", *(f"run {n}" for n in range(MANY))]
    assert [row["Done"] for row in cast.tab("Runs")][1:3] == ["changed", LONG]
    assert not [t for t in titles(cast) if t.startswith(HOLD)]


def test_writes_below_a_tab_that_was_not_read_at_one_moment_however_much(
    cast: Cast, sizes: list[int]
) -> None:
    workbook = cast.company.access(JOBS["report"]).programme
    workbook.read_along(HEADER_ONLY)
    workbook.read(["Runs"])
    moved = datetime(2026, 1, 5, 6, tzinfo=UTC)
    kept = [{"of": f"r1-{n}", "moved": moved, "part": 1, "rows": LONG} for n in range(MANY)]
    sizes.clear()
    workbook.commit([Append(ARCHIVE, kept)])
    assert len(sizes) == 1
    assert [row["Of"] for row in cast.tab(ARCHIVE)] == [f"r1-{n}" for n in range(MANY)]
    workbook.commit([Append(ARCHIVE, kept), many()])
    assert len(sizes) == 4
    assert len(cast.tab(ARCHIVE)) == 2 * MANY
    assert ids(cast) == [f"run {n}" for n in range(MANY)]


def test_keeps_nothing_for_the_next_run_while_it_commits_much(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(cast).commit([Upsert("Runs", [run(-1)])])
    workbook, weights = read(cast), list[int]()
    assert kept().weight > 0
    send = Workbook._send
    monkeypatch.setattr(Workbook, "_send", lambda *given: weights.append(kept().weight) or send(*given))
    workbook.commit([Upsert("Runs", [run(-2)])])
    assert min(weights) > 0
    weights.clear()
    workbook.commit([many()])
    assert weights == [0, 0, 0]


@pytest.mark.parametrize("call", [1, 2, 3])
def test_shows_nothing_of_a_large_commit_that_died(cast: Cast, call: int) -> None:
    read(cast).commit([Upsert("Runs", [run(-1)])])
    refused = Fault(
        method="sheets.spreadsheets.batchUpdate",
        effect=Effect.REFUSE,
        status=403,
        reason="forbidden",
        call=call,
    )
    cast.company.workspace.faults.add(refused)
    with pytest.raises(GoogleError):
        read(cast).commit([many()])
    cast.company.workspace.faults.clear()
    assert ids(cast) == ["run -1"]
    read(cast).commit([Upsert("Runs", [run(-2)])])
    assert ids(cast) == ["run -1", "run -2"]
    assert not [t for t in titles(cast) if t.startswith(HOLD)]


def test_counts_once_where_the_answer_to_the_last_batch_was_lost(cast: Cast) -> None:
    lost = Fault(method="sheets.spreadsheets.batchUpdate", effect=Effect.DROP_AFTER, call=3)
    cast.company.workspace.faults.add(lost)
    read(cast).commit([many()])
    assert ids(cast) == [f"run {n}" for n in range(MANY)]


def test_reads_no_tab_again_where_an_answer_was_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows were read and written again: at 10,000 people that held 492 MiB instead of 252."""
    workbook = read(cast)
    workbook.commit([Upsert("Runs", [run(n) for n in range(5)])])
    cast.company.workspace.faults.add(lost_answer())
    fetched, fetch = list[Any](), Workbook._fetch
    monkeypatch.setattr(Workbook, "_fetch", lambda self, *what: (fetched.append(what), fetch(self, *what)))
    workbook.commit([Upsert("Runs", [run(3, "changed"), run(5)]), Remove("Runs", [key(1)])])
    assert ids(cast) == ["run 0", *(f"run {n}" for n in range(2, 6))]
    assert fetched == []


def test_puts_rows_right_that_were_moved_where_the_answer_was_lost_that_tells_of_it(cast: Cast) -> None:
    read(cast).commit([Upsert("Runs", [run(n) for n in range(5)])])
    owned = cast.company.sheet(cast.company.config.mailbox).worksheet("Runs")
    lost = replace(lost_answer(), before=lambda _: owned.delete_rows(3))
    workbook = read(cast)
    cast.company.workspace.faults.add(lost)
    workbook.commit([Upsert("Runs", [run(3, "changed")])])
    assert {row["Run"]: row["Done"] for row in cast.tab("Runs")} == {
        "run 0": "",
        "run 1": "",
        "run 2": "",
        "run 3": "changed",
        "run 4": "",
    }


def lost_answer() -> Fault:
    return Fault(method="sheets.spreadsheets.batchUpdate", effect=Effect.DROP_AFTER, call=1)


def test_refuses_a_large_commit_that_another_run_overtook(cast: Cast) -> None:
    def meanwhile(_: object) -> None:
        read(cast).commit([Upsert("Runs", [run(-1)])])

    second = Fault(method="sheets.spreadsheets.batchUpdate", call=2, before=meanwhile)
    workbook = read(cast)
    cast.company.workspace.faults.add(second)
    with pytest.raises(OvertakenError):
        workbook.commit([many()])
    assert ids(cast) == ["run -1"]
    assert not [t for t in titles(cast) if t.startswith(HOLD)]


def key(number: int) -> tuple[str]:
    return (f"run {number}",)


def test_takes_rows_away_and_writes_others_by_key_in_the_same_commit(cast: Cast) -> None:
    workbook = read(cast)
    workbook.commit([Upsert("Runs", [run(n) for n in range(10)])])
    workbook.commit(
        [Remove("Runs", [key(n) for n in (0, 1, 4, 9, 77)]), Upsert("Runs", [run(5, "five"), run(10)])]
    )
    workbook.commit([Upsert("Runs", [run(6, "six")]), Remove("Runs", [key(10)]), Append("Runs", [run(11)])])
    found = {row["Run"]: row["Done"] for row in cast.tab("Runs")}
    assert found == {
        "run 2": "",
        "run 3": "",
        "run 5": "five",
        "run 6": "six",
        "run 7": "",
        "run 8": "",
        "run 11": "",
    }


@pytest.mark.parametrize("frozen", [1, 3])
def test_takes_a_tab_s_last_rows_away_though_none_is_empty_below(cast: Cast, frozen: int) -> None:
    """Google lets no tab be without a row that isn't frozen, and refuses the whole batch."""
    read(cast).commit([Upsert("Runs", [run(n) for n in range(4)])])
    tab = cast.company.sheet(cast.company.config.mailbox).worksheet("Runs")
    tab.resize(rows=5)
    tab.freeze(rows=frozen)
    read(cast).commit([Remove("Runs", [key(n) for n in range(4)])])
    assert ids(cast) == []
    read(cast).commit([Upsert("Runs", [run(7)])])
    assert ids(cast) == ["run 7"]


@pytest.mark.parametrize("where", [2, 4, 9])
def test_takes_away_the_rows_that_it_means_where_a_person_moves_others(cast: Cast, where: int) -> None:
    """The owner inserts a row between our reading and our writing."""
    read(cast).commit([Upsert("Runs", [run(n, f"did {n}") for n in range(10)])])
    workbook = read(cast)
    sheet = cast.company.sheet(cast.company.config.mailbox).worksheet("Runs")
    sheet.insert_rows([[]], where)
    workbook.commit([Remove("Runs", [key(n) for n in range(3, 6)])])
    found = {row["Run"]: row["Done"] for row in cast.tab("Runs")}
    assert found == {f"run {n}": f"did {n}" for n in (0, 1, 2, 6, 7, 8, 9)}
