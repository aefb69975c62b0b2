"""Whatever one cell of any tab that people see holds: every job runs, and nobody meets their own line."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from running import running_programme

from cast import Cast
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.schema import tab
from slips import outcome

TABS = (
    "Roster",
    "Settings",
    "Never pair",
    "Locked pairs",
    "Guidance",
    "Pairings",
    "Requests",
    "Problems",
    "Runs",
)
CONTENTS = (
    "#N/A",
    "Loading...",
    "山田太郎",
    "x" * 40_000,
    "=1+1",
    "a@b",
    "-",
    0,
    -1,
    1e300,
    46150,
    4915112345678,
    True,
)
CHOSEN = random.Random("any cell")  # noqa: S311 - a sample that is the same everywhere
COLUMNS = [(t, c.name) for t in TABS for c in tab(t).columns if c.type != "formula"]
SAMPLE = [(*place, CHOSEN.choice(CONTENTS)) for place in CHOSEN.sample(COLUMNS, 10)]
SAMPLE += [("Pairings", "Addresses", "#N/A"), ("Pairings", "Decision", "maybe"), ("Pairings", "State", 7)]


@pytest.fixture(scope="module")
def running() -> tuple[Cast, Any, Any]:
    cast = running_programme()
    return cast, cast.company.workspace.store.snapshot(), cast.clock.now()


@pytest.mark.parametrize(("title", "column", "content"), SAMPLE)
def test_runs_every_job_whatever_a_cell_holds(running, title: str, column: str, content: object) -> None:  # type: ignore[no-untyped-def]
    cast, before, now = running
    cast.company.workspace.store.restore(before)
    cast.go_to(now)
    there = outcome(cast)
    sheet = cast.company.sheet(cast.company.config.mailbox).worksheet(title)
    sheet.update_cell(2, sheet.row_values(1).index(column) + 1, content)  # type: ignore[arg-type]
    for name in JOBS:
        assert cast.run(name).finished
    after = outcome(cast)
    assert set(there["letters"]) <= set(after["letters"])
    assert not any("partner-left" in key for key in after["letters"])
    above = {"cleo": "ben", "emil": "dina", "fay": "dina", "gus": "fay"}
    for pairing in cast.tab("Pairings"):
        for one, other in combinations([a.partition("@")[0] for a in pairing["Addresses"].split(", ")], 2):
            assert other not in {above.get(one), above.get(above.get(one, ""))}
            assert one not in {above.get(other), above.get(above.get(other, ""))}
