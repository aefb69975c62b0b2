"""The next round as it would be now: which round that is, who with whom, and who has nobody. By value."""

from __future__ import annotations

from typing import Any

import pytest

from by_value import address, on, pairing, people, person, seen
from peerpact.programme.pairing.decision import RoundSeen
from peerpact.programme.people import Person
from peerpact.programme.roster.preview import Preview, _shown, as_on, preview, upcoming


@pytest.mark.parametrize(
    ("day", "pairings", "first_round", "number"),
    [
        ("2025-12-01", [], on("2026-01-01"), 1),
        ("2026-02-01", [], on("2026-01-01"), 1),
        ("2026-02-01", [pairing("ab")], on("2026-01-01"), 2),
        ("2026-04-01", [pairing("ab")], on("2026-01-01"), 2),
        ("2026-02-01", [], None, None),
    ],
)
def test_shows_the_round_that_opens_next_or_has_opened_without_pairings(
    day: str, pairings: list[Any], first_round: Any, number: int | None
) -> None:
    found = upcoming(seen(day, people("ab"), *pairings, first_round=first_round))
    assert (found.number if found else None) == number


def test_looks_from_the_day_on_which_it_opens_unless_that_is_over() -> None:
    programme = seen("2026-02-01", people("ab"))
    assert as_on(programme, on("2026-04-01")).today == on("2026-04-01")
    assert as_on(programme, on("2026-02-01")) == as_on(programme, on("2026-01-01")) == programme


def shown(who: list[Person], **more: Any) -> Preview:
    found = preview(RoundSeen(programme=seen("2025-12-01", who, **more)))
    assert found is not None
    return found


def test_shows_groups_with_their_teams_and_why() -> None:
    found = shown([person("a", team="Sales"), person("b", team="Sales"), *people("cd", team="")])
    assert found.in_words == "Round 1, which opens on 1 January 2026: 2 pairings."
    assert {g.teams for g in found.rows} <= {"Sales", ""}
    assert all(g.why and len(g.people) == 2 for g in found.rows)
    one = shown(people("ab"))
    assert one.in_words.endswith(": 1 pairing.")
    assert [(g.names, g.teams) for g in one.rows] == [("A & B", "a & b")]


def test_shows_who_has_nobody_and_why() -> None:
    found = shown(people("a"))
    assert found.in_words.endswith(": 0 pairings, 1 without a partner.")
    [alone] = found.rows
    assert (alone.people, alone.names) == (("a@example.com",), "A")
    assert alone.why.startswith("No partner: ")


def test_shows_nothing_where_no_day_is_set() -> None:
    assert preview(RoundSeen(programme=seen("2025-12-01", people("ab"), first_round=None))) is None


def test_names_somebody_who_has_left_the_roster_without_a_team() -> None:
    programme = seen("2026-02-01", [person("a", team="Data")])
    assert _shown([address("a"), address("x")], "", programme).teams == "Data"
