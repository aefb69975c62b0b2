"""What is read of a tab's cells takes no more room than it has to."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from peerpact.google.changes import Upsert, requests_of
from peerpact.google.columns import shared
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab


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


def test_holds_rows_that_a_commit_leaves_as_they_are_once() -> None:
    """Each commit to Letters made a second copy of all its rows: 2 MB at 600 people."""
    replies = tab("Replies")
    header, cells = [c.name for c in replies.columns], ["answer" for _ in replies.columns]
    received = [c.field for c in replies.columns].index("received")
    rows = [[f"m{n}", *cells[1:received], 46030.5, *cells[received + 1 :]] for n in range(3)]
    before = read_tab(replies, [header, *rows])
    changes = [{"message_id": "m1", "taken_as": "x"}, {"message_id": "m7", "taken_as": "y"}]
    _, after = requests_of(Upsert("Replies", changes), before, 1, {})
    assert [row["taken_as"] for row in after.rows[:3]] == ["answer", "x", "answer"]
    assert after.rows[3].values == changes[1]
    assert [a.values is b.values for a, b in zip(after.rows, before.rows, strict=False)] == [
        True,
        False,
        True,
    ]
    assert [row["taken_as"] for row in before.rows] == ["answer"] * 3


def test_looks_no_further_than_at_the_rows_that_a_commit_changes() -> None:
    """Each commit to a tab held an index of all its rows, a fifth as large as they are."""
    replies = tab("Replies")
    received = [c.field for c in replies.columns].index("received")
    rows = [["answer" for _ in replies.columns] for _ in range(5000)]
    for n, row in enumerate(rows):
        row[0], row[received] = f"m{n:016x}", 46030.5
    tracemalloc.start()
    contents = read_tab(replies, [[c.name for c in replies.columns], *rows])
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    _, after = requests_of(
        Upsert("Replies", [{"message_id": f"m{7:016x}", "taken_as": "x"}]), contents, 1, {}
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after.rows[7]["taken_as"] == "x"
    assert peak - held < held / 10


def test_names_people_and_pairings_once_however_far_apart_their_rows_are() -> None:
    letters = tab("Letters")
    cells = {"kind": "follow-up", "reference": "FU-1", "state": "sent"}
    rows = [[cells.get(c.field, "") for c in letters.columns] for _ in range(3000)]
    places = {c.field: n for n, c in enumerate(letters.columns)}
    for n, row in enumerate(rows):
        row[places["key"]] = f"follow-up:{n}"
        row[places["person"]] = "".join([f"person{n % 1000}", "@example.com"])
        row[places["pairing"]] = "".join(["r1-", f"{n % 1000:x}"])
    contents = read_tab(letters, [[c.name for c in letters.columns], *rows])
    assert len({id(row["person"]) for row in contents.rows}) == 1000
    assert len({id(row["pairing"]) for row in contents.rows}) == 1000
