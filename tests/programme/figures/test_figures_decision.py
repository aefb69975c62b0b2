"""What the weekly report does: which lines are news, which admin gets a digest, and what it tells. By value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from by_value import at, on, pairing, problem, seen, waiting
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.figures.decision import SendDigest, WeekSeen, decide
from peerpact.programme.figures.overview import RefreshFigures
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish

ADA, BOB = "ada@example.com", "bob@example.com"
SENT, DRAFTED, PLANNED, REVIEW = (
    LetterState.SENT,
    LetterState.DRAFTED,
    LetterState.PLANNED,
    LetterState.NEEDS_REVIEW,
)
EMPTY = {"month": "2026-01", "taking_part": None, "pairings": None, "meetings_held": None}


def digest(
    week: str, admin: str = ADA, state: LetterState = SENT, sent: str = "", kind: str = "digest"
) -> LetterRecord:
    record = planned(kind, f"digest:{week}:{admin}", admin, at=at("2026-01-05"))
    return replace(record, state=state, sent=at(sent) if sent else None)


def week(
    moment: str,
    *letters: LetterRecord,
    admins: Sequence[str] = (ADA,),
    figures: Mapping[str, dict[str, Any]] | None = None,
    **more: Any,
) -> WeekSeen:
    pairings = more.pop("pairings", ())
    needs_a_person = more.pop("needs_a_person", 0)
    return WeekSeen(
        programme=seen(moment, (), *pairings, admins=tuple(admins), **more),
        letters={letter.key: letter for letter in letters},
        figures=figures if figures is not None else {"2026-01": EMPTY},
        needs_a_person=needs_a_person,
    )


def told(plan: Plan) -> list[str]:
    """Return the digests' keys, and the months of lines that are news."""
    return [
        a.key if isinstance(a, SendDigest) else " ".join(r["month"] for r in a.rows) for a in plan.actions
    ]


CASES: dict[str, tuple[WeekSeen, list[str]]] = {
    "a Monday": (week("2026-01-12"), [f"digest:2026-W03:{ADA}"]),
    "a Sunday night": (week("2026-01-11T23:59"), [f"digest:2026-W02:{ADA}"]),
    "no admins": (week("2026-01-12", admins=()), []),
    "two admins": (
        week("2026-01-12", admins=(ADA, BOB)),
        [f"digest:2026-W03:{ADA}", f"digest:2026-W03:{BOB}"],
    ),
    "the day before the first round": (week("2025-12-31"), []),
    "the first round's first day, a week of the old year's last days": (
        week("2026-01-01"),
        [f"digest:2026-W01:{ADA}"],
    ),
    "the last days of December, in the next year's first week": (
        week("2025-12-29", first_round=on("2025-12-29"), figures={"2025-12": EMPTY | {"month": "2025-12"}}),
        [f"digest:2026-W01:{ADA}"],
    ),
    "the first days of January, in the last year's last week": (
        week("2027-01-03", first_round=on("2027-01-01"), figures={"2027-01": EMPTY | {"month": "2027-01"}}),
        [f"digest:2026-W53:{ADA}"],
    ),
    "no first round": (week("2026-01-12", first_round=None), []),
    "sent in this week": (week("2026-01-18", digest("2026-W03", sent="2026-01-12")), []),
    "sent in the week before": (
        week("2026-01-19", digest("2026-W03", sent="2026-01-18")),
        [f"digest:2026-W04:{ADA}"],
    ),
    "sent to one admin, not to the other": (
        week("2026-01-12", digest("2026-W03", sent="2026-01-12"), admins=(ADA, BOB)),
        [f"digest:2026-W03:{BOB}"],
    ),
    "planned by a run that died": (
        week("2026-01-12", digest("2026-W03", state=PLANNED)),
        [f"digest:2026-W03:{ADA}"],
    ),
    "drafted by a run that died": (
        week("2026-01-12", digest("2026-W03", state=DRAFTED)),
        [f"digest:2026-W03:{ADA}"],
    ),
    "last week's never left: it leaves in place of this week's": (
        week("2026-01-12", digest("2026-W02", state=DRAFTED)),
        [f"digest:2026-W02:{ADA}"],
    ),
    "last week's left this week": (week("2026-01-12T09:00", digest("2026-W02", sent="2026-01-12")), []),
    "this week's waits for an admin's review": (week("2026-01-12", digest("2026-W03", state=REVIEW)), []),
    "a letter of another kind to an admin": (
        week("2026-01-12", digest("2026-W02", state=DRAFTED, sent="2026-01-12", kind="introduction")),
        [f"digest:2026-W03:{ADA}"],
    ),
    "begun before the programme was switched off": (
        week("2026-01-12", digest("2026-W02", state=PLANNED), first_round=None),
        [f"digest:2026-W02:{ADA}"],
    ),
    "a line that is news": (
        week("2026-01-12", admins=(), figures={"2026-01": EMPTY | {"pairings": 3}}),
        ["2026-01"],
    ),
    "a new month's line": (week("2026-02-01", admins=()), ["2026-02"]),
    "the first line and a digest": (week("2026-01-12", figures={}), ["2026-01", f"digest:2026-W03:{ADA}"]),
}


@pytest.mark.parametrize(("situation", "done"), CASES.values(), ids=CASES)
def test_writes_a_digest_a_week_and_lines_that_are_news(situation: WeekSeen, done: list[str]) -> None:
    plan = decide(situation)
    assert told(plan) == done
    admins = frozenset(key.rpartition(":")[2] for key in done if key.startswith("digest"))
    assert plan.writes_to == admins
    assert plan.problems == ()


@pytest.mark.parametrize(("situation", "done"), CASES.values(), ids=CASES)
def test_writes_none_twice(situation: WeekSeen, done: list[str]) -> None:
    moment = situation.programme.now
    plan = decide(situation)
    sent = {
        a.key: replace(a.record, state=SENT, sent=moment) for a in plan.actions if isinstance(a, SendDigest)
    }
    rows = {r["month"]: r for a in plan.actions if isinstance(a, RefreshFigures) for r in a.rows}
    after = replace(situation, letters={**situation.letters, **sent}, figures={**situation.figures, **rows})
    assert decide(after).actions == (), done


def request(number: int, kind: Wish, decision: str | None = None) -> Request:
    return Request(
        id=str(number), person="a@example.com", kind=kind, asked_on=on("2026-01-10"), decision=decision
    )


FIGURES = [
    "taking_part", "pairings", "meetings_held", "made", "due", "kept", "follow_through", "answered", "quiet",
    "worth", "worth_answered",
]  # fmt: skip


def test_tells_this_month_s_figures_and_what_waits() -> None:
    here = EMPTY | {"pairings": 9, "made": 7, "due": None, "quoted": 0.8, "follow_through": 0.5}
    situation = week(
        "2026-01-12",
        figures={"2026-01": here, "2025-12": EMPTY | {"made": 99}},
        pairings=(*map(pairing, ("ab", "cd", "efg")), waiting("hi"), waiting("jk")),
        shown={"check_roster": (problem(), problem(key="b")), "pair_people": (problem(),)},
        requests=tuple(
            request(n, kind, decision)
            for n, (kind, decision) in enumerate(
                [
                    *((kind, None) for kind in Wish),
                    (Wish.ANOTHER_PARTNER, "done"),
                    (Wish.QUESTION, "ignore"),
                ]
            )
        ),
        needs_a_person=5,
    )
    [rows, action] = decide(situation).actions
    assert [row["pairings"] for row in rows.rows] == [3]
    assert action == SendDigest(
        record=planned("digest", f"digest:2026-W03:{ADA}", ADA, at=at("2026-01-12")),
        figures=dict.fromkeys(FIGURES) | {"taking_part": 7, "pairings": 3, "made": 7, "follow_through": 0.5},
        waiting_for_approval=2,
        problems=3,
        requests=4,
        needs_a_person=5,
    )
    assert list(action.figures) == FIGURES
    assert action.sentence() == f"Send the digest to {ADA}"


def test_tells_the_figures_that_are_there_where_none_are_news() -> None:
    [action] = decide(
        week("2026-01-12", figures={"2026-01": EMPTY | {"made": 8, "taking_part": None}})
    ).actions
    assert (action.figures["made"], action.figures["taking_part"]) == (8, None)


def test_tells_of_commitments_what_was_published_last_and_nothing_else_of_another_month() -> None:
    published = {
        "2025-12": EMPTY | {"made": 7, "due": 6, "quiet": 2},
        "2026-01": EMPTY | {"made": 8},
    }
    [rows, action] = decide(week("2026-02-02", figures=published)).actions
    assert {n: f for n, f in action.figures.items() if f is not None} == {"made": 8}
    assert [row["month"] for row in rows.rows] == ["2026-02"]


def test_tells_this_month_where_several_are_news() -> None:
    pairings = [*map(pairing, ("ab", "cd", "ef")), pairing("gh", approved_on=at("2026-02-01"))]
    [rows, action] = decide(week("2026-02-02", figures={}, pairings=tuple(pairings))).actions
    assert [row["pairings"] for row in rows.rows] == [3, 4]
    assert action.figures["pairings"] == 4
