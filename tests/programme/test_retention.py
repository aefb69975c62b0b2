"""Whose words are erased from the ledger, and when a roster that lost people keeps them. By value."""

from __future__ import annotations

from typing import Any

import pytest

from by_value import FIRST_ROUND, NO, PAUSED, address, on, pairing, people, person, seen
from peerpact.programme.commitments import ERASED, Commitment
from peerpact.programme.problems import Problem
from peerpact.programme.retention import EraseText, missing_people_problems, to_be_erased
from peerpact.programme.seen import ProgrammeSeen


def promise(
    letter: str, pairing_id: str = "p1", made_on: str = "2026-02-01", text: str = "Call."
) -> Commitment:
    return Commitment(
        id=letter,
        person=address(letter),
        pairing=pairing_id,
        text=text,
        made_on=on(made_on),
        due=on("2026-03-01"),
    )


def unreadable(column: str, letter: str = "a", tab: str = "Roster") -> Problem:
    return Problem(
        tab=tab, row_key=address(letter), column=column, what="It can't be read.", remedy="Correct it."
    )


def programme(moment: str = "2026-03-10", letters: str = "ab", *who: Any, **more: Any) -> ProgrammeSeen:
    return seen(moment, [*people(letters), *who], pairing("ab", id="p1"), pairing("ab", 2, id="p2"), **more)


ALL = "abcdef"
CASES: dict[str, tuple[ProgrammeSeen, list[Commitment], str, int]] = {
    # situation, commitments, whose words are erased, how many are reported missing
    "nothing to erase": (programme(), [promise("a"), promise("b")], "", 0),
    "the day before their time is over": (programme("2026-09-30T23:59"), [promise("a")], "", 0),
    "their time is over: six months after the round's end": (
        programme("2026-10-01T00:00"),
        [promise("a")],
        "a",
        0,
    ),
    "the second round ends later": (
        programme("2026-10-01"),
        [promise("a"), promise("b", "p2")],
        "a",
        0,
    ),
    "the second round's time is over": (programme("2027-01-01T00:00"), [promise("b", "p2")], "b", 0),
    "the day before, at the turn of the year": (programme("2026-12-31T23:59"), [promise("b", "p2")], "", 0),
    "another retention": (programme("2026-05-01T00:00", retention_months=1), [promise("a")], "a", 0),
    "rounds of one month": (programme("2026-08-01", round_months=1), [promise("a")], "a", 0),
    "a pairing that is unknown: from the day it was made, as long as a round": (
        programme("2026-11-01T00:00"),
        [promise("a", "gone"), promise("b", "gone", "2026-02-02")],
        "a",
        0,
    ),
    "a month that has no such day": (
        programme("2027-02-28", first_round=None),
        [promise("a", "gone", "2026-05-31")],
        "a",
        0,
    ),
    "no first round": (
        programme("2026-11-01", first_round=None),
        [promise("a"), promise("b", made_on="2026-02-02")],
        "a",
        0,
    ),
    "somebody takes no part any more": (
        programme("2026-03-10", "b", person("a", taking_part=NO)),
        [promise("a"), promise("b")],
        "a",
        0,
    ),
    "somebody pauses": (programme("2026-03-10", "b", person("a", taking_part=PAUSED)), [promise("a")], "", 0),
    "whether somebody takes part can't be read": (
        programme(
            "2026-03-10",
            "",
            person("a", taking_part=NO),
            person("b", taking_part=NO),
            problems=(unreadable("Taking part"),),
        ),
        [promise("a"), promise("b")],
        "b",
        0,
    ),
    "something else of theirs can't be read": (
        programme(
            "2026-03-10",
            "",
            person("a", taking_part=NO),
            problems=(unreadable("Team"), unreadable("Taking part", tab="Guidance")),
        ),
        [promise("a")],
        "a",
        0,
    ),
    "somebody left the roster": (programme("2026-03-10", "b"), [promise("a"), promise("b")], "a", 0),
    "five left": (programme("2026-03-10", "z"), [promise(p) for p in "abcde"], "abcde", 0),
    "six left": (programme("2026-03-10", "z"), [promise(p) for p in "abcdef"], "", 6),
    "a row whose name can't be read": (
        programme("2026-03-10", "b", problems=(unreadable("Name"),)),
        [promise("a"), promise("b")],
        "",
        1,
    ),
    "a row whose address can't be read": (
        programme("2026-03-10", "b", problems=(unreadable("E-mail"),)),
        [promise("a")],
        "",
        1,
    ),
    "a name elsewhere can't be read": (
        programme("2026-03-10", "b", problems=(unreadable("Name", tab="Guidance"),)),
        [promise("a")],
        "a",
        0,
    ),
    "of two promises of somebody who left one is erased already": (
        programme("2026-03-10", "b"),
        [promise("a", text=ERASED), promise("a", "p2"), promise("c", text="")],
        "a",
        0,
    ),
    "six are gone, and their words with them": (
        programme("2026-03-10", "z"),
        [promise(p, text=ERASED) for p in "abcdef"],
        "",
        0,
    ),
    "six are gone, of whom the words of one are left": (
        programme("2026-03-10", "z"),
        [*(promise(p, text=ERASED) for p in "abcde"), promise("f")],
        "f",
        0,
    ),
    "five whose words are left and one whose are not, beside a row that can't be read": (
        programme("2026-03-10", "z", problems=(unreadable("E-mail"),)),
        [promise("a", text=ERASED), *(promise(p) for p in "bcdef")],
        "",
        5,
    ),
    "many are missing, and somebody's time is over all the same": (
        programme("2026-10-01", "z"),
        [*(promise(p, "p2", "2026-08-01") for p in "abcdef"), promise("g")],
        "g",
        7,
    ),
}


@pytest.mark.parametrize(("situation", "commitments", "erased", "missing"), CASES.values(), ids=CASES)
def test_erases_what_nobody_needs_any_more(
    situation: ProgrammeSeen, commitments: list[Commitment], erased: str, missing: int
) -> None:
    actions = to_be_erased(commitments, situation)
    assert [a.key for a in actions] == [f"erase:{letter}" for letter in erased]
    assert [p.what.split(" ")[0] for p in missing_people_problems(commitments, situation)] == (
        [str(missing)] if missing else []
    )


@pytest.mark.parametrize(
    ("known", "gone", "is_kept"),
    [(59, 5, False), (60, 6, False), (69, 6, False), (59, 6, True), (69, 7, True)],
)
def test_takes_a_tenth_of_a_large_roster_for_people_who_left(known: int, gone: int, is_kept: bool) -> None:
    situation = seen("2026-03-10", [person(f"p{n}") for n in range(known)], first_round=FIRST_ROUND)
    commitments = [promise(f"gone{n}") for n in range(gone)]
    assert (to_be_erased(commitments, situation) == []) is is_kept
    assert bool(missing_people_problems(commitments, situation)) is is_kept


def test_says_of_missing_people_what_to_do() -> None:
    [problem] = missing_people_problems([promise(p) for p in ALL], programme("2026-03-10", "z"))
    assert (problem.tab, problem.row_key) == ("Roster", "send_follow_ups")
    assert problem.what.startswith("6 people who promised something are no longer on the roster")
    assert "Bring their rows back" in problem.remedy


def test_says_whose_words_it_erases_without_saying_them() -> None:
    assert EraseText(commitment=promise("a")).sentence(show_texts=True) == "Erase the text of commitment a"
