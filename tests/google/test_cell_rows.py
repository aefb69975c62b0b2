"""The cells of a commit: as Google wants them, and never more of them in memory than one batch has."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from peerpact.google import large_commits
from peerpact.google.cell_rows import CellRows, GridRows, as_sent
from peerpact.google.changes import Replace, Upsert, requests_of
from peerpact.google.copies import copied
from peerpact.google.large_commits import in_batches
from peerpact.tables.cells import Link, cell_data
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab

MANY = 3_000
AT = datetime(2026, 1, 5, 6, tzinfo=UTC)
HEADER = [c.name for c in tab("Runs").columns]
BATCH = 20_000
"""Bytes."""


def runs(many: int) -> list[dict[str, Any]]:
    return [{"id": f"run {n}", "job": "report", "started": AT, "done": f"did {n}"} for n in range(many)]


def upserted() -> Sequence[Any]:
    return requests_of(Upsert("Runs", runs(MANY)), read_tab(tab("Runs"), [HEADER]), 1, {})[0]


def replaced() -> Sequence[Any]:
    there = read_tab(tab("Runs"), [HEADER, *([f"run {n}", "report"] for n in range(MANY))])
    return requests_of(Replace("Runs", runs(MANY)), there, 1, {})[0]


def copies() -> Sequence[Any]:
    sheet = {"sheetId": 1, "gridProperties": {"rowCount": MANY + 1, "columnCount": 4}}
    rows = [["name"], *([f"person {n}", 1, "", f"team {n}"] for n in range(MANY))]
    return copied(sheet, [["name"]], rows, 1)


def sent(batches: Sequence[Sequence[Any]]) -> Iterator[bytes]:
    for batch in batches:
        yield json.dumps([as_sent(request) for request in batch]).encode()


@pytest.mark.parametrize("made", [upserted, replaced, copies])
def test_holds_no_more_cells_than_a_batch_has(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_commits, "MOST_BYTES", BATCH)
    requests = [(request, MANY + 1) for request in made()]
    tracemalloc.start()
    try:
        whole = [as_sent(request) for request, _ in requests]
        weigh_all = tracemalloc.get_traced_memory()[0]
        del whole
        tracemalloc.clear_traces()
        tracemalloc.reset_peak()
        text = b"".join(sent(in_batches(requests, hold=9)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert text.count(b"userEnteredValue") > MANY
    assert peak - 2 * len(text) < weigh_all / 4


def test_makes_cells_as_one_by_one() -> None:
    values = [{"a": 1, "b": "=x"}, {"b": Link("words", "https://example.com")}, {}]
    rows = CellRows(values, ["b", None, "a"])
    plain = [{"values": [cell_data(v.get("b")), cell_data(None), cell_data(v.get("a"))]} for v in values]
    assert (rows, rows[1:], [*rows[::-1]]) == (plain, plain[1:], plain[::-1])
    assert (rows.have_links, rows[:1].have_links, rows[1:2].have_links) == (True, False, True)


def test_takes_what_a_shorter_row_lacks_as_empty() -> None:
    rows = [("a", 1, True), (), ("b", None)]
    plain = [{"values": [cell_data(v) for v in (*row, None, None, None)[:3]]} for row in rows]
    assert GridRows(rows, range(3)) == plain
    assert plain[1] == {"values": [{}, {}, {}]}
