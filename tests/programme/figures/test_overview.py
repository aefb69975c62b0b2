"""The Overview's figures month by month, and below how many people none is given. By value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from by_value import address, at, ended, on, pairing, waiting
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.figures.overview import (
    RefreshFigures,
    Row,
    commitment_figures,
    months_until,
    news_among,
    pairing_figures,
)
from peerpact.programme.pairings import Pairing
from peerpact.programme.settings import Settings

KEPT, PARTLY, NOT_YET, DROPPED = Outcome.KEPT, Outcome.PARTLY, Outcome.NOT_YET, Outcome.DROPPED
NONE = (None,) * 6


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


def met(letters: str, start: str, state: str = "", number: int = 1, **more: Any) -> Pairing:
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
    assert commitment_figures([promise("a")], [], settings(""), at("2026-01-10")) == []


def promise(
    letter: str, made: str = "2026-01-10", due: str = "2026-02-10", outcome: Outcome | None = None
) -> Commitment:
    return Commitment(
        id=f"{letter}-{made}-{due}",
        person=address(letter),
        pairing="r1",
        text="Call.",
        made_on=on(made),
        due=on(due),
        outcome=outcome,
    )


def promises(letters: str, *more: Any) -> list[Commitment]:
    return [promise(letter, *more) for letter in letters]


def asked(letter: str, sent: str, answered: str = "", kind: str = "follow-up") -> LetterRecord:
    return LetterRecord(
        key=f"{kind}:{letter}:{sent}",
        kind=kind,
        person=address(letter),
        reference="",
        sent=at(sent) if sent else None,
        answered=at(answered) if answered else None,
    )


def all_asked(letters: str, *more: str) -> list[LetterRecord]:
    return [asked(letter, *more) for letter in letters]


Figures = tuple[float | None, ...]
"""Made, due, kept, follow-through, answered, quiet."""

COMMITMENTS: dict[str, tuple[str, list[Commitment], list[LetterRecord], list[Figures]]] = {
    "nothing": ("2026-01-10", [], [], [NONE]),
    "four people's promises": ("2026-01-10", promises("abcd"), [], [NONE]),
    "five people's promises": ("2026-01-10", promises("abcde"), [], [(5, None, None, None, None, None)]),
    "nine promises of four people": (
        "2026-01-10",
        [*promises("abcd"), *promises("abcd", "2026-01-09"), promise("a", "2026-01-08")],
        [],
        [NONE],
    ),
    "two promises of one of five": (
        "2026-01-10",
        [*promises("abcde"), promise("a", "2026-01-09")],
        [],
        [(6, None, None, None, None, None)],
    ),
    "promised on a month's last day and on the next one's first": (
        "2026-02-05",
        [*promises("abcde", "2026-01-31"), *promises("fghijk", "2026-02-01")],
        [],
        [(5, None, None, None, None, None), (6, None, None, None, None, None)],
    ),
    "due yesterday, today and tomorrow": (
        "2026-02-10",
        [
            *promises("abcde", "2026-01-09", "2026-02-09"),
            promise("f", due="2026-02-10"),
            promise("g", due="2026-02-11"),
        ],
        [],
        [(7, None, None, None, None, None), (None, 6, 0, 0.0, None, None)],
    ),
    "every outcome": (
        "2026-02-10",
        [
            *promises("abc", "2026-01-10", "2026-02-10", KEPT),
            promise("d", outcome=PARTLY),
            promise("e", outcome=NOT_YET),
            promise("f", outcome=DROPPED),
            promise("g"),
        ],
        [],
        [(7, None, None, None, None, None), (None, 7, 3, 0.4286, None, None)],
    ),
    "kept before it is due": (
        "2026-02-09",
        promises("abcde", "2026-01-10", "2026-02-10", KEPT),
        [],
        [(5, None, None, None, None, None), NONE],
    ),
    "due on a month's last day and on the next one's first; figures add up from the beginning": (
        "2026-03-05",
        [
            *promises("abcde", "2026-01-10", "2026-02-28", KEPT),
            *promises("fghij", "2026-02-01", "2026-03-01"),
        ],
        [],
        [
            (5, None, None, None, None, None),
            (5, 5, 5, 1.0, None, None),
            (None, 10, 5, 0.5, None, None),
        ],
    ),
    "six of four people are due": (
        "2026-02-10",
        [
            *promises("abcd", "2026-01-10", "2026-02-10", KEPT),
            *promises("ab", "2026-01-09", "2026-02-09", KEPT),
        ],
        [],
        [NONE, NONE],
    ),
    "two of five asked answered": (
        "2026-01-20",
        [],
        [*all_asked("abc", "2026-01-12"), *all_asked("de", "2026-01-12", "2026-01-13")],
        [(None, None, None, None, 0.4, 0)],
    ),
    "one of seven asked answered": (
        "2026-01-20",
        [],
        [*all_asked("abcdef", "2026-01-12"), asked("g", "2026-01-12", "2026-01-19")],
        [(None, None, None, None, 0.1429, 0)],
    ),
    "four asked": ("2026-01-20", [], all_asked("abcd", "2026-01-12", "2026-01-13"), [NONE]),
    "five asked, one twice": (
        "2026-01-20",
        [],
        [*all_asked("abcde", "2026-01-12"), asked("a", "2026-01-13", "2026-01-13")],
        [(None, None, None, None, 0.1667, 0)],
    ),
    "letters of other kinds, and one that has not left": (
        "2026-01-20",
        [],
        [
            *all_asked("abcd", "2026-01-12", "2026-01-12"),
            *all_asked("efghi", "2026-01-12", "2026-01-12", "reminder"),
            asked("j", ""),
        ],
        [NONE],
    ),
    "asked on a month's last day and on the next one's first": (
        "2026-02-02",
        [],
        [*all_asked("abcde", "2026-01-31T23:59", "2026-02-01"), *all_asked("abcde", "2026-02-01T00:00")],
        [(None, None, None, None, 1.0, 0), (None, None, None, None, 0.0, 0)],
    ),
    "two quiet people of five: two letters each, the latest unanswered": (
        "2026-02-20",
        [],
        [
            *all_asked("abcde", "2026-01-12"),
            *all_asked("ab", "2026-02-12"),
            *all_asked("cde", "2026-02-12", "2026-02-13"),
        ],
        [(None, None, None, None, 0.0, 0), (None, None, None, None, 0.6, 2)],
    ),
    "somebody answers in the next month what made them quiet": (
        "2026-03-02",
        [],
        [
            *all_asked("abcde", "2026-01-12"),
            *all_asked("bcde", "2026-02-12"),
            asked("a", "2026-02-12", "2026-03-01"),
        ],
        [(None,) * 4 + (0.0, 0), (None,) * 4 + (0.2, 5), (None,) * 4 + (None, 4)],
    ),
    "quiet on a month's last day": (
        "2026-02-28",
        [],
        [*all_asked("abcde", "2026-01-31T23:00"), *all_asked("abcde", "2026-01-30")],
        [(None,) * 4 + (0.0, 5), (None,) * 4 + (None, 5)],
    ),
}


@pytest.mark.parametrize(("today", "kept", "letters", "rows"), COMMITMENTS.values(), ids=COMMITMENTS)
def test_counts_commitments_and_answers(
    today: str, kept: list[Commitment], letters: list[LetterRecord], rows: list[Figures]
) -> None:
    names = ("made", "due", "kept", "follow_through", "answered", "quiet")
    for order in (1, -1):
        lines = commitment_figures(kept[::order], letters[::order], settings(), at(today))
        assert [tuple(row[name] for name in names) for row in lines] == rows
        assert {row["quoted"] for row in lines} == {0.8}
        assert [row["month"] for row in lines] == [f"2026-{m:02}" for m in range(1, len(rows) + 1)]


HERE = {"2026-01": {"month": "2026-01", "pairings": 3, "due": None, "made": ""}}


@pytest.mark.parametrize(
    ("row", "is_news"),
    [
        ({"month": "2026-01", "pairings": 3}, False),
        ({"month": "2026-01", "pairings": 4}, True),
        ({"month": "2026-01", "pairings": None}, True),
        ({"month": "2026-01", "due": 0}, False),
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
