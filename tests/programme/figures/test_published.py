"""Figures about commitments: published once, of five people and more, and no two looks tell of one person. By value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from by_value import address, at, ended, on, pairing, waiting
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.figures.overview import Row
from peerpact.programme.figures.published import (
    PUBLISHED,
    Told,
    asked_in,
    commitment_figures,
    is_published,
    unchanged,
)
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.settings import Settings

COUNTED = PUBLISHED[:6]
"""All but the pulse."""
KEPT, PARTLY, NOT_YET, DROPPED = Outcome.KEPT, Outcome.PARTLY, Outcome.NOT_YET, Outcome.DROPPED
SETTINGS = Settings(first_round=on("2026-01-01"), round_months=3)
THREE = tuple(map(pairing, ("ab", "cd", "ef")))
FOUR = (*THREE, pairing("gh"))
OF = {person: p.id for p in FOUR for person in p.people}


def promise(
    letter: str, due: str = "2026-01-20", outcome: Outcome | None = None, made: str = "2026-01-05"
) -> Commitment:
    return Commitment(
        id=f"{letter}-{made}-{due}",
        person=address(letter),
        pairing=OF.get(address(letter), "r9-none"),
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
        pairing=OF[address(letter)],
        reference="",
        sent=at(sent) if sent else None,
        answered=at(answered) if answered else None,
    )


def all_asked(letters: str, *more: str) -> list[LetterRecord]:
    return [asked(letter, *more) for letter in letters]


def figures(
    today: str,
    commitments: Sequence[Commitment] = (),
    letters: Sequence[LetterRecord] = (),
    *,
    pairings: Sequence[Pairing] = FOUR,
    taking_part: str = "abcdefgh",
    published: Mapping[str, Row] | None = None,
) -> dict[str, tuple[float | None, ...]]:
    told = Told(
        commitments=commitments,
        letters=letters,
        pairings=pairings,
        taking_part={address(p) for p in taking_part},
        published=published or {},
    )
    rows = commitment_figures(told, SETTINGS, on(today))
    assert {r["quoted"] for r in rows} == {0.8}
    assert [r["month"] for r in rows] == [f"2026-{m:02}" for m in range(1, on(today).month + 1)]
    return {
        r["month"]: tuple(r[name] for name in COUNTED)
        for r in rows
        if is_published(r) and not is_published((published or {}).get(r["month"], {}))
    }


DUE = promises("abcde", "2026-01-20", KEPT) + promises("f", "2026-01-31", PARTLY)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        ("2026-02-14", []),
        ("2026-02-15", ["2026-01"]),
        ("2026-03-14", ["2026-01"]),
        ("2026-03-15", ["2026-01", "2026-02"]),
    ],
)
def test_publishes_a_month_two_weeks_after_its_end(today: str, months: list[str]) -> None:
    assert list(figures(today, DUE)) == months


def test_publishes_nothing_before_there_is_a_round() -> None:
    told = Told(commitments=DUE, pairings=FOUR, taking_part={address(p) for p in "abcdefgh"})
    assert commitment_figures(told, Settings(first_round=None), on("2026-02-15")) == []


COUNTS: dict[str, tuple[list[Commitment], tuple[float | None, ...] | None]] = {
    "nothing": ([], None),
    "four people": (promises("abcd"), None),
    "nine promises of four people": (
        [*promises("abcd"), *promises("abcd", "2026-01-21"), promise("a", "2026-01-22")], None),
    "five people": (promises("abcd", "2026-01-20", KEPT) + promises("e"), (5, 5, 4, 0.8)),
    "every outcome": (
        [promise(p, outcome=said) for p, said in zip("abcde", (KEPT, PARTLY, NOT_YET, DROPPED, None), strict=True)],
        (5, 5, 1, 0.2),
    ),
    "all kept: one fewer is said": (promises("abcdef", "2026-01-20", KEPT), (6, 6, 5, 0.8333)),
    "none kept: one more is said": (promises("abcdef"), (6, 6, 1, 0.1667)),
    "two promises of one of five": ([*promises("abcde"), promise("a", "2026-01-21", KEPT)], (6, 6, 1, 0.1667)),
    "due on the month's last day": (promises("abcde", "2026-01-31"), (5, 5, 1, 0.2)),
    "due a day later": (promises("abcde", "2026-02-01"), (5, None, None, None)),
    "made the month before": (promises("abcde", "2026-01-20", None, "2025-12-31"), (None, 5, 1, 0.2)),
    "made on the month's last day": (promises("abcde", "2026-03-01", None, "2026-01-31"), (5, None, None, None)),
    "made a day later": (promises("abcde", "2026-03-01", None, "2026-02-01"), None),
    "of a pairing that nobody knows": ([*promises("abcd"), replace(promise("e"), pairing="r1-other")], None),
}  # fmt: skip


@pytest.mark.parametrize(("commitments", "row"), COUNTS.values(), ids=COUNTS)
def test_counts_what_was_made_due_and_kept(
    commitments: list[Commitment], row: tuple[float | None, ...] | None
) -> None:
    for order in (1, -1):
        told = figures("2026-02-15", commitments[::order])
        assert told == ({"2026-01": (*row, None, None)} if row else {})


def test_adds_each_month_to_what_was_published_and_counts_nothing_twice() -> None:
    kept = promises("abcd", "2026-01-20", KEPT) + promises("e") + promises("abcdef", "2026-02-20", KEPT)
    first = figures("2026-02-15", kept)
    assert first["2026-01"] == (11, 5, 4, 0.8, None, None)
    row = dict(zip(COUNTED, first["2026-01"], strict=True))
    later = [replace(c, outcome=KEPT) for c in kept]
    second = figures("2026-03-15", later, published={"2026-01": {"month": "2026-01", **row}})
    assert second == {"2026-02": (None, 11, 9, 0.8182, None, None)}


def test_leaves_what_was_published_as_it_is_whatever_is_answered_later() -> None:
    assert figures("2026-02-20", DUE, published={"2026-01": {"month": "2026-01", "made": 6}}) == {}


def test_tells_with_the_next_month_what_was_too_little_for_one_alone() -> None:
    kept = promises("abc", "2026-01-20", KEPT, "2025-12-01") + promises(
        "de", "2026-02-20", None, "2025-12-01"
    )
    assert figures("2026-03-15", kept) == {"2026-02": (None, 5, 3, 0.6, None, None)}


def test_says_the_same_again_where_a_month_adds_too_little() -> None:
    kept = DUE + promises("ab", "2026-02-20", KEPT) + promises("abcde", "2026-04-20", None, "2026-02-02")
    january = {"2026-01": {"month": "2026-01", "due": 6, "kept": 5}}
    assert figures("2026-03-15", kept, published=january) == {"2026-02": (5, 6, 5, 0.8333, None, None)}


def test_adds_a_month_to_the_one_before_it_that_is_published_at_once() -> None:
    kept = promises("abcde", "2026-01-20", KEPT, "2025-12-01")
    kept += promises("abc", "2026-02-20", KEPT, "2025-12-01") + promises(
        "abcde", "2026-04-20", None, "2026-02-02"
    )
    assert [row[1:3] for row in figures("2026-03-15", kept).values()] == [(5, 4), (5, 4)]


def test_says_on_how_many_letters_a_months_figures_rest() -> None:
    letters = [
        *all_asked("abc", "2026-01-31T23:00"),
        asked("d", "2026-02-01"),
        asked("e", "2025-12-31T23:00"),
        asked("f", ""),
        *all_asked("ab", "2026-01-20", "", "reminder"),
        replace(asked("a", "2026-01-10"), pairing="r9-none"),
    ]
    told = Told(letters=letters, pairings=FOUR, taking_part={address(p) for p in "abcdefgh"})
    assert [asked_in(f"2026-0{m}", told, SETTINGS, on("2026-02-15")) for m in (1, 2)] == [(3, 0), (1, 0)]


ANSWERS: dict[str, tuple[list[LetterRecord], tuple[float | None, float | None]]] = {
    "two of five answered": (all_asked("abc", "2026-01-12") + all_asked("de", "2026-01-12", "2026-01-13"), (0.4, None)),
    "nobody answered: one is said": (all_asked("abcde", "2026-01-12"), (0.2, None)),
    "all answered: one fewer is said": (all_asked("abcde", "2026-01-12", "2026-01-13"), (0.8, None)),
    "one of six letters to five people": (
        [*all_asked("abcde", "2026-01-12"), asked("a", "2026-01-13", "2026-01-13")], (0.1667, None)),
    "four people": (all_asked("abcd", "2026-01-12", "2026-01-13"), (None, None)),
    "other letters, and one that has not left": (
        all_asked("abcd", "2026-01-12") + all_asked("efgh", "2026-01-12", "", "reminder") + [asked("e", "")],
        (None, None),
    ),
    "of the month after": (all_asked("abcde", "2026-02-01T00:00"), (None, None)),
    "two quiet people, two letters each": (
        all_asked("abcde", "2026-01-05") + all_asked("ab", "2026-01-25") + all_asked("cde", "2026-01-25", "2026-01-26"),
        (0.3, 2),
    ),
    "answered on the month's last day, and in the next": (
        all_asked("abcdefgh", "2026-01-05") + all_asked("abcd", "2026-01-25") + [
            *all_asked("fg", "2026-01-25", "2026-01-31"), *all_asked("eh", "2026-01-25", "2026-02-01")],
        (0.25, 6),
    ),
    "answered in the next month": (
        all_asked("abcde", "2026-01-05") + all_asked("abcd", "2026-01-25") + [asked("e", "2026-01-25", "2026-02-01")],
        (0.1, 4),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("letters", "answers"), ANSWERS.values(), ids=ANSWERS)
def test_counts_who_answered_and_who_is_quiet(
    letters: list[LetterRecord], answers: tuple[float | None, float | None]
) -> None:
    for order in (1, -1):
        told = figures("2026-02-15", letters=letters[::order])
        assert told.get("2026-01", (None,) * 6)[4:] == answers


def test_tells_of_nobody_quiet_where_few_have_left_since() -> None:
    letters = [*all_asked("abcdefgh", "2026-01-05"), *all_asked("abcdefgh", "2026-01-25")]
    assert figures("2026-02-15", letters=letters)["2026-01"][4:] == (0.0625, 7)
    assert figures("2026-02-15", letters=letters, taking_part="abcdef")["2026-01"][4:] == (0.0833, None)


def on_leave(letters: str) -> dict[str, DaysOff]:
    january = Absence(first=on("2026-01-05"), last=on("2026-01-31"))
    return {address(letter): DaysOff(leave=(january,)) for letter in letters}


@pytest.mark.parametrize(
    ("away", "quiet"), [("", 12), ("a", None), ("abcd", None), ("abcde", 7), ("abcdefghi", None), ("z", 12)]
)
def test_tells_of_nobody_quiet_where_leave_that_admins_enter_leaves_few_in_or_few_out(
    away: str, quiet: int | None
) -> None:
    """Otherwise whoever gives all but one person leave reads whether that one is silent."""
    pairs = [pairing(f"{a}{b}") for a, b in zip("abcdef", "ghijkl", strict=True)] + [pairing("mn")]
    whose = {person: p.id for p in pairs for person in p.people}
    letters = [
        replace(asked("a", day), key=f"{x}:{day}", person=address(x), pairing=whose[address(x)])
        for x in "abcdefghijklm"
        for day in ("2026-01-05", "2026-01-25")
    ]
    told = Told(letters=letters, pairings=pairs, taking_part=set(whose), off=on_leave(away))
    [january, _] = commitment_figures(told, SETTINGS, on("2026-02-15"))
    assert january["quiet"] == quiet


def test_publishes_no_month_after_a_later_one_whatever_becomes_of_the_first_round_s_day() -> None:
    """Otherwise what was counted of all can be counted again of fewer, and the difference tells of those between."""
    later = replace(SETTINGS, first_round=on("2026-03-01"))
    told = Told(commitments=DUE, pairings=FOUR, taking_part={address(p) for p in "abcdefgh"})
    [march, _] = commitment_figures(told, later, on("2026-04-15"))
    assert (march["month"], march["due"]) == ("2026-03", 6)
    again = replace(told, published={"2026-03": march}, taking_part={address(p) for p in "abcdef"})
    rows = commitment_figures(again, SETTINGS, on("2026-04-15"))
    assert [row["month"] for row in rows if is_published(row)] == ["2026-03"]


def test_tells_of_no_more_than_five_people_nothing_at_all() -> None:
    """That a figure is there would tell of each of them that they are in it."""
    five = (pairing("ab"), pairing("cde"))
    whose = {person: p.id for p in five for person in p.people}
    promised = [replace(promise(x), pairing=whose[address(x)]) for x in "abcde"]
    assert figures("2026-02-15", promised, pairings=five) == {}


def test_repeats_what_was_published_where_the_overview_has_lost_it() -> None:
    kept = {"2026-01": {"month": "2026-01", "made": 6, "due": 6, "kept": 5}}
    told = Told(commitments=DUE, pairings=THREE, taking_part={address(p) for p in "abcdef"}, published=kept)
    [january, _] = commitment_figures(told, SETTINGS, on("2026-02-20"))
    assert (january["made"], january["due"], january["kept"]) == (6, 6, 5)


PAIRINGS: dict[str, tuple[Sequence[Pairing], str, str, Sequence[Pairing]]] = {
    "as they were": (FOUR, "abcdefgh", "2026-02-15", FOUR),
    "somebody doesn't take part": (FOUR, "abcdefg", "2026-02-15", THREE),
    "ended midway": ((*THREE, ended("gh")), "abcdefgh", "2026-02-15", THREE),
    "ended with its round": ((*THREE, ended("gh")), "abcdefgh", "2026-04-01", FOUR),
    "the last day of the round": ((*THREE, ended("gh")), "abcdefgh", "2026-03-31", THREE),
    "proposed a week after": ((*THREE, pairing("gh", proposed_on=on("2026-01-08"))), "abcdefgh", "2026-02-15", FOUR),
    "proposed later": ((*THREE, pairing("gi", proposed_on=on("2026-01-09"))), "abcdefghi", "2026-02-15", THREE),
    "of a second round": ((*THREE, pairing("gi", 2, proposed_on=on("2026-04-08"))), "abcdefghi",
        "2026-05-15", (*THREE, pairing("gi", 2))),
    "in two pairings of a round": ((*FOUR, ended("gi")), "abcdefghi", "2026-02-15", THREE),
    "rejected": ((*THREE, pairing("gh", state=PairingState.REJECTED)), "abcdefgh", "2026-04-15", THREE),
    "never approved": ((*THREE, waiting("gh")), "abcdefgh", "2026-02-15", THREE),
    "proposed nobody knows when": ((*THREE, pairing("gh", proposed_on=None)), "abcdefgh", "2026-02-15", THREE),
}  # fmt: skip


@pytest.mark.parametrize(("pairings", "taking_part", "today", "steady"), PAIRINGS.values(), ids=PAIRINGS)
def test_covers_pairings_that_are_as_they_were_when_their_round_opened(
    pairings: Sequence[Pairing], taking_part: str, today: str, steady: Sequence[Pairing]
) -> None:
    taking = {address(p) for p in taking_part}
    assert unchanged(pairings, taking, SETTINGS, on(today)) == {p.id for p in steady}
