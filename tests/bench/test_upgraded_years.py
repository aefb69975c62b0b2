"""Two years of an older version, upgraded in place: every cell stays, and what is over moves with nothing lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from past import MONTHS, quarter
from years import FIRST

from cast import Cast
from everything import archive, copies, everything, live
from older import STORED, Older, every_cell_stays
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.pairings import add_months
from peerpact.programme.people import Person
from peerpact.tables.cells import write_cell
from peerpact.tables.records import as_row, pairing_row
from peerpact.tables.schema import tab

YEARS = 2
BEFORE_THE_ARCHIVE = [
    path for path in STORED if "Archive" not in json.loads(path.read_text("utf-8"))["ledger"]
]


def add(grid: list[list[Any]], title: str, rows: list[dict[str, Any]]) -> None:
    """Write rows below the others of a stored tab, in the columns that it has."""
    fields = {name: c.field for c in tab(title).columns for name in (c.name, c.formerly)}
    grid += [[write_cell(row.get(fields.get(name, ""))) for name in grid[0]] for row in rows]


def with_years(stored: dict[str, Any], people: dict[str, Person], mailbox: str) -> dict[str, Any]:
    """Return stored spreadsheets with the rounds after the first one, until three weeks after the last one's end."""
    programme, ledger = stored["programme"], stored["ledger"]
    rounds = YEARS * 12 // MONTHS
    for number in range(2, rounds + 1):
        made_up = quarter([*people.values()], number, add_months(FIRST, (number - 1) * MONTHS), mailbox)
        pairings = [pairing_row(p, people) | {"state": "Ended"} for p in made_up.pairings]
        add(programme["Pairings"], "Pairings", pairings)
        add(programme["Letters"], "Letters", [as_row(x) for x in made_up.introductions])
        add(programme["Runs"], "Runs", made_up.runs)
        add(ledger["Commitments"], "Commitments", [as_row(c) for c in made_up.commitments])
        add(ledger["Letters"], "Letters", [as_row(x) for x in made_up.letters])
        add(ledger["Replies"], "Replies", [as_row(r) for r in made_up.replies])
    ends = add_months(FIRST, rounds * MONTHS)
    return {**stored, "now": f"{ends.replace(day=28)}T09:00:00+00:00"}


@pytest.fixture(params=BEFORE_THE_ARCHIVE, ids=lambda path: path.stem)
def old(cast: Cast, request: Any) -> Older:
    stored = json.loads(request.param.read_text(encoding="utf-8"))
    people = dict(
        read_programme(cast.company.access(JOBS["check_roster"]).programme, cast.clock.now()).people
    )
    return Older(cast, with_years(stored, people, cast.company.config.mailbox))


def test_loses_nothing_of_two_years_that_an_older_version_wrote(old: Older) -> None:
    old.upgrade()
    every_cell_stays(old)
    before, rows = everything(old.cast), live(old.cast)
    for _ in range(2):
        archive(old.cast)
        old.cast.wait(days=1)
    after = everything(old.cast)
    assert {
        key: (row, after.get(key)) for key, row in before.items() if not is_kept(key[1], row, after.get(key))
    } == {}
    assert copies(old.cast) == []
    left = live(old.cast)
    assert all(left[tab] < many / 4 for tab, many in rows.items() if many)


def is_kept(title: str, row: dict[str, Any], there: dict[str, Any] | None) -> bool:
    """Tell whether a row is as it was, but for what the jobs have made of it: round one ends, the oldest words go."""
    changes = {"Commitments": {"text", "history"}, "Pairings": {"state", "notes"}}.get(title, set())
    return there is not None and all(there[f] == value for f, value in row.items() if f not in changes)
