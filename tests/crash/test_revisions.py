"""Of two runs that read the same state of a spreadsheet only one writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from weakref import ReferenceType, ref

import pytest
from company import small_company

from cast import Cast
from peerpact.google.access import Access
from peerpact.google.sheets import OvertakenError, Upsert, Workbook
from peerpact.jobs import report
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.job import run
from peerpact.programme.figures.decision import WeekSeen


@pytest.fixture(scope="module")
def founded() -> Cast:
    return small_company()


def _read(cast: Cast) -> Workbook:
    workbook = cast.company.access(JOBS["report"]).programme
    workbook.read(["Runs"])
    return workbook


def _run(number: int) -> Upsert:
    return Upsert("Runs", [{"id": f"run {number}", "job": "report"}])


def test_lets_only_one_of_two_first_commits_through(founded: Cast) -> None:
    one, other = _read(founded), _read(founded)
    one.commit([_run(1)])
    with pytest.raises(OvertakenError):
        other.commit([_run(2)])
    assert [row["Run"] for row in founded.tab("Runs")] == ["run 1"]


def test_lets_only_one_of_two_through_that_say_the_same(founded: Cast) -> None:
    one, other = _read(founded), _read(founded)
    one.commit([_run(8)])
    with pytest.raises(OvertakenError):
        other.commit([_run(8)])


def test_lets_only_one_of_two_later_commits_through_also_when_the_revision_was_deleted_by_hand(
    founded: Cast,
) -> None:
    _read(founded).commit([_run(3)])
    sheet = founded.company.sheet()
    for named in sheet.list_named_ranges():
        if named["name"].startswith("peerpact_rev_"):
            sheet.batch_update({"requests": [{"deleteNamedRange": {"namedRangeId": named["namedRangeId"]}}]})
    one, other = _read(founded), _read(founded)
    one.commit([_run(4)])
    with pytest.raises(OvertakenError):
        other.commit([_run(5)])
    _read(founded).commit([_run(6)])
    assert "run 5" not in [row["Run"] for row in founded.tab("Runs")]


def test_holds_nothing_of_what_it_had_read_while_it_begins_again(founded: Cast) -> None:
    read: list[ReferenceType[Workbook]] = []
    held = []

    def gather(access: Access, now: datetime) -> WeekSeen:
        held.extend(workbook() is not None for workbook in read)
        seen = report.gather(access, now)
        if not read:
            _read(founded).commit([_run(7)])
        read.append(ref(access.programme))
        return seen

    job = replace(JOBS["report"], load=lambda _: replace(report.STEPS, gather=gather))
    assert run(job, lambda: founded.company.access(job), founded.clock.now).finished
    assert held == [False]


def test_keeps_the_revision_on_a_tab_of_ours_that_has_cells(founded: Cast) -> None:
    """A chart that somebody moved to a sheet of its own has none to name, and people delete their own tabs."""
    tabs = [{"sheetId": 77, "title": "Chart 1", "sheetType": "OBJECT", "index": 0}]
    tabs += [{"sheetId": 78, "title": "Our notes", "index": 1}]
    founded.company.sheet().batch_update({"requests": [{"addSheet": {"properties": t}} for t in tabs]})
    _read(founded).commit([_run(9)])
    there = founded.company.sheet().fetch_sheet_metadata()
    assert [s["properties"]["sheetId"] for s in there["sheets"]][:2] == [77, 78]
    named = [n for n in there["namedRanges"] if n["name"].startswith("peerpact_rev_")]
    places = {n["range"].get("sheetId", 0) for n in named}
    kept = {s["properties"]["sheetId"] for s in there["sheets"] if s.get("protectedRanges")}
    assert len(places) == 1
    assert places <= kept
