"""The Overview's figures month by month, people, pairings and meetings. By value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from by_value import at, ended, on, pairing, waiting
from peerpact.programme.figures.overview import (
    RefreshFigures,
    Row,
    _by_month,
    months_until,
    news_among,
    pairing_figures,
)
from peerpact.programme.pairings import Pairing
from peerpact.programme.settings import Settings


def settings(first: str = "2026-01-01", months: int = 3) -> Settings:
    return Settings(first_round=on(first) if first else None, round_months=months)


@pytest.mark.parametrize(
    ("first", "today", "months"),
    [
        ("", "2026-03-10", []),
        ("2026-03-11", "2026-03-10", []),
        ("2026-03-10", "2026-03-10", ["2026-03-01"]),
        ("2026-02-28", "2026-03-01", ["2026-02-01", "2026-03-01"]),
        ("2025-11-30", "2026-02-01", ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]),
        (
            "2024-12-31",
            "2026-01-01",
            ["2024-12-01", *(f"2025-{m:02}-01" for m in range(1, 13)), "2026-01-01"],
        ),
    ],
)
def test_has_a_line_for_each_month_since_the_first_round_opened(
    first: str, today: str, months: list[str]
) -> None:
    assert [day.isoformat() for day in months_until(on(today), settings(first))] == months


def met(letters: str, start: str, state: str = "held", number: int = 1, **more: Any) -> Pairing:
    return pairing(letters, number, meeting_start=at(start), meeting_state=state, **more)


SIX = [pairing("ab"), pairing("cd"), pairing("ef")]

PAIRINGS: dict[str, tuple[str, Sequence[Pairing], list[tuple[float | None, ...]]]] = {
    "nobody": ("2026-01-10", [], [(None, None, None)]),
    "four people": ("2026-01-10", [pairing("ab"), pairing("cd")], [(None, None, None)]),
    "five people": ("2026-01-10", [pairing("ab"), pairing("cde")], [(5, 2, None)]),
    "six people": ("2026-01-10", SIX, [(6, 3, None)]),
    "a pairing that ended counts for its round, one that waits does not": (
        "2026-01-10",
        [*SIX, ended("ag"), waiting("hi")],
        [(7, 4, None)],
    ),
    "the round's last month and the one after": (
        "2026-04-30",
        SIX,
        [(6, 3, None), (6, 3, None), (6, 3, None), (None, None, None)],
    ),
    "approved on a month's last day and on the next one's first": (
        "2026-02-01",
        [
            *(pairing(p, approved_on=at("2026-01-31T23:59")) for p in ("ab", "cd", "ef")),
            pairing("gh", approved_on=at("2026-02-01T00:00")),
        ],
        [(6, 3, None), (8, 4, None)],
    ),
    "two rounds; somebody of both counts once": (
        "2026-04-10",
        [*SIX, *(pairing(p, 2, approved_on=at("2026-04-04")) for p in ("ac", "bd", "eg"))],
        [(6, 3, None), (6, 3, None), (6, 3, None), (6, 3, None)],
    ),
    "meetings of yesterday, today and tomorrow": (
        "2026-01-10",
        [
            met("ab", "2026-01-09"),
            met("cd", "2026-01-10T23:00"),
            met("ef", "2026-01-10T00:00"),
            met("gh", "2026-01-11T00:00"),
        ],
        [(8, 4, 3)],
    ),
    "meetings of too few people": (
        "2026-01-10",
        [met("ab", "2026-01-09"), met("cd", "2026-01-09"), pairing("ef")],
        [(6, 3, None)],
    ),
    "meetings on a month's last day and the next one's first": (
        "2026-02-10",
        [*(met(p, "2026-01-31T23:59") for p in ("ab", "cd", "ef")), met("gh", "2026-02-01T00:00")],
        [(8, 4, 3), (8, 4, 4)],
    ),
    "meetings that were cancelled or declined": (
        "2026-01-10",
        [
            *(met(p, "2026-01-09", "accepted") for p in ("ab", "cd", "ef")),
            met("gh", "2026-01-09", "cancelled"),
            met("ij", "2026-01-09", "declined"),
        ],
        [(10, 5, 3)],
    ),
}


@pytest.mark.parametrize(("today", "pairings", "rows"), PAIRINGS.values(), ids=PAIRINGS)
def test_counts_people_pairings_and_meetings(
    today: str, pairings: Sequence[Pairing], rows: list[tuple[float | None, ...]]
) -> None:
    lines = pairing_figures(pairings, settings(), at(today))
    assert [(r["taking_part"], r["pairings"], r["meetings_held"]) for r in lines] == rows
    assert [r["month"] for r in lines] == [f"2026-{m:02}" for m in range(1, len(rows) + 1)]


def test_counts_a_round_in_the_month_in_the_middle_of_which_it_ends() -> None:
    lines = pairing_figures(SIX, settings("2026-01-15"), at("2026-05-02"))
    assert [r["pairings"] for r in lines] == [3, 3, 3, 3, None]


def test_counts_nothing_without_a_first_round() -> None:
    assert pairing_figures(SIX, settings(""), at("2026-01-10")) == []


HERE = {"2026-01": {"month": "2026-01", "pairings": 3, "due": None, "made": ""}}


@pytest.mark.parametrize(
    ("row", "is_news"),
    [
        ({"month": "2026-01", "pairings": 3}, False),
        ({"month": "2026-01", "pairings": 4}, True),
        ({"month": "2026-01", "pairings": None}, True),
        ({"month": "2026-01", "due": 0}, True),
        ({"month": "2026-01", "due": 1}, True),
        ({"month": "2026-01", "made": None, "pairings": 3.0}, False),
        ({"month": "2026-02", "pairings": None}, True),
    ],
)
def test_takes_a_line_for_news_where_it_says_something_else(row: Row, is_news: bool) -> None:
    assert news_among([row], HERE) == ((row,) if is_news else ())


def test_says_which_months_are_refreshed() -> None:
    action = RefreshFigures(rows=({"month": "2025-12"}, {"month": "2026-01"}))
    assert (action.key, action.sentence()) == ("overview", "Refresh the Overview: 2025-12, 2026-01")


def test_names_months_so_that_they_sort() -> None:
    assert [r["month"] for r in pairing_figures([], settings("2025-12-01"), at("2026-01-01"))] == [
        "2025-12",
        "2026-01",
    ]
    assert date(2026, 1, 1).isoformat().startswith("2026-01")


def test_counts_a_meeting_from_the_minute_in_which_it_begins() -> None:
    held = met("ab", "2026-01-10T08:00")
    assert _by_month([held], at("2026-01-10T08:00")) == {on("2026-01-01"): [(held, "held")]}
    assert _by_month([held], at("2026-01-10T07:59")) == {}
