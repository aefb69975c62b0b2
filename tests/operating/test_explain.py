"""What ``peerpact pair --explain`` tells an admin."""

from __future__ import annotations

from collections.abc import Callable

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


def unknown_managers(*people: str) -> Callable[[Cast], None]:
    def edit(cast: Cast) -> None:
        for person in people:
            enter(cast, person, "Manager", f"boss.of.{person}@example.com")

    return edit


def kept_from_all(cast: Cast) -> None:
    others = ("cleo", "dina", "emil", "fay", "gus")
    rows = [["ben@example.com", f"{other}@example.com"] for other in others]
    cast.company.sheet().worksheet("Never pair").append_rows(rows)


def left_alone(cast: Cast) -> None:
    for person in ("cleo", "dina", "emil", "fay", "gus"):
        enter(cast, person, "Taking part", "no")


def enter(cast: Cast, person: str, column: str, value: str) -> None:
    roster = cast.company.sheet().worksheet("Roster")
    place = roster.row_values(1).index(column) + 1
    roster.update_cell(roster.col_values(2).index(f"{person}@example.com") + 1, place, value)


def without_partner(cast: Cast) -> set[tuple[str, ...]]:
    """Return what is told, with what to do, to whoever asks about each person who takes part and has nobody."""
    told = [explained(cast, row["E-mail"])[1:] for row in cast.tab("Roster") if row["Taking part"] == "yes"]
    return {tuple(lines) for lines in told if "no partner" in lines[0]}


def shown(cast: Cast) -> set[tuple[str, ...]]:
    rows = cast.tab("Problems")
    return {(r["What is wrong"], r["What to do"]) for r in rows if "no partner" in r["What is wrong"]}


@pytest.mark.parametrize(
    ("edit", "many"),
    [
        (unknown_managers("ben"), 4),
        (unknown_managers("ben", "cleo", "dina", "emil", "fay", "gus"), 1),
        (kept_from_all, 2),
        (left_alone, 1),
    ],
)
def test_says_of_who_has_nobody_row_by_row_what_problems_says(
    cast: Cast, edit: Callable[[Cast], None], many: int
) -> None:
    """Before the round is proposed, once it is, and days later, when a repair found nobody either."""
    edit(cast)
    before = without_partner(cast)
    cast.run("pair_people")
    assert before == without_partner(cast) == shown(cast)
    assert len(before) == many
    cast.wait(days=3)
    cast.run("pair_people")
    assert without_partner(cast) == shown(cast) != set()


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
