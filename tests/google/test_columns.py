"""What is read of a tab's cells takes no more room than it has to."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from peerpact.google.columns import shared


def test_holds_once_what_many_rows_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peerpact.google.columns._MOST_KNOWN", 1000)
    rows = json.loads(json.dumps([[f"id {n}", "sent", n, True, ""] for n in range(5000)]))
    kept, wanted = shared(rows), [[*row] for row in rows]
    assert kept is rows
    assert kept == wanted
    assert len({id(row[0]) for row in kept}) == 5000
    assert len({id(row[1]) for row in kept}) < 10


def test_forgets_what_no_other_row_says_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are most of what a large tab says: remembered to the end, they took as much room as the tab itself."""
    monkeypatch.setattr("peerpact.google.columns._MOST_KNOWN", 1000)
    rows = [[f"id {n}"] for n in range(30_000)]
    tracemalloc.start()
    shared(rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000
