"""What ``peerpact pair --explain`` tells an admin."""

from __future__ import annotations

import pytest

from cast import Cast
from peerpact.errors import SheetError
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.explain import explain


def explained(cast: Cast, person: str) -> list[str]:
    return list(explain(cast.company.access(JOBS["pair_people"]), cast.clock.now(), person))


def test_says_the_same_before_the_round_is_proposed_and_after(cast: Cast) -> None:
    before = explained(cast, "Ben@Example.com")
    cast.run("pair_people")
    after = explained(cast, "ben@example.com")
    row = next(r for r in cast.tab("Pairings") if "ben@example.com" in r["Addresses"])
    assert before[0] == "Round 1, as it would be proposed now:"
    assert after[0] == "Round 1, as it is:"
    assert before[1:] == after[1:]
    assert row["Why this pair"] in after[1]


def test_shows_other_partners_with_what_they_would_cost_the_others(cast: Cast) -> None:
    lines = explained(cast, "ben@example.com")[2:]
    assert 1 <= len(lines) <= 3
    assert all(line.startswith(f"{n}. Ben ") and "; " in line for n, line in enumerate(lines, start=1))


def test_changes_nothing(cast: Cast) -> None:
    cast.writes()
    explained(cast, "ben@example.com")
    assert cast.writes() == 0


def test_says_why_somebody_has_nobody(cast: Cast) -> None:
    roster = cast.company.sheet().worksheet("Roster")
    place = roster.row_values(1).index("Manager") + 1
    row = roster.col_values(2).index("ben@example.com") + 1
    roster.update_cell(row, place, "nobody.knows@example.com")

    lines = explained(cast, "ben@example.com")

    assert "has no partner" in lines[1]
    assert "nobody.knows@example.com is not known" in lines[1]
    cast.run("pair_people")
    [told] = [p["What is wrong"] for p in cast.tab("Problems") if p["Who or which"] == "ben@example.com"]
    assert told.partition(": ")[2] == lines[1].partition(": ")[2]


@pytest.mark.parametrize(
    ("person", "said"),
    [("who@example.com", "is not on the roster"), ("ada@example.com", "does not take part now")],
)
def test_says_of_whom_it_knows_nothing(cast: Cast, person: str, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        explained(cast, person)


def test_says_that_no_round_is_open(cast: Cast) -> None:
    cast.wait(days=-30)
    with pytest.raises(SheetError, match="First round opens on"):
        explained(cast, "ben@example.com")
