"""Pairings that would end by what the roster says: which wait, until when, and what admins are asked. By value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from by_value import NO, PAUSED, address, ended, on, pairing, person, waiting
from peerpact.programme.doubts import AGREED, Doubt, doubts
from peerpact.programme.memory import Memo, doubt
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.settings import Settings

DAY = on("2026-03-10")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
OUT = "A takes no part now"


def pairs(many: int) -> tuple[Pairing, ...]:
    return tuple(pairing(LETTERS[n : n + 2], id=LETTERS[n : n + 2]) for n in range(0, 2 * many, 2))


TEN = pairs(10)
"""Of which two may end at once without a yes."""


@dataclass(kw_only=True)
class Case:
    """What the roster says; what was kept in mind, said and answered before."""

    there: tuple[Pairing, ...] = TEN
    rows: dict[str, dict[str, Any]] = field(default_factory=lambda: {"a": {"taking_part": NO}})
    certain: str = ""
    missing: str = ""
    since: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By pairing, from when and with which value it is kept in mind."""
    settings: dict[str, Any] = field(default_factory=dict)


def people_of(case: Case) -> dict[str, Person]:
    letters = {p[0] for x in case.there for p in x.people} | case.rows.keys()
    rows = (person(x, **case.rows.get(x, {})) for x in sorted(letters) if x not in case.missing)
    return {p.email: p for p in rows}


def found(
    case: Case,
    answered: Collection[tuple[str, str]] = (),
    denied: Collection[tuple[str, str]] = (),
    today: str = "2026-03-10",
) -> tuple[dict[str, Doubt], tuple[Problem, ...]]:
    memory = {doubt(p): Memo(key=doubt(p), since=on(day), value=v) for p, (day, v) in case.since.items()}
    return doubts(
        case.there,
        people_of(case),
        Settings(first_round=on("2026-01-01"), **case.settings),
        certain=[address(x) for x in case.certain],
        missing=[address(x) for x in case.missing],
        memory=memory,
        answered=answered,
        denied=denied,
        today=on(today),
    )


WAITS, ENDS = ("2026-03-10", False, False), ("2026-03-03", False, True)
"""Since when, whether an admin has agreed, whether it may end."""
WHO_IS_IN_DOUBT: dict[str, tuple[Case, dict[str, tuple[str, bool, bool]]]] = {
    "nothing says so": (Case(rows={}), {}),
    "one takes no part": (Case(), {"ab": WAITS}),
    "one pauses": (Case(rows={"a": {"taking_part": PAUSED}}), {"ab": WAITS}),
    "whose row can't be read": (Case(rows={"a": {"taking_part": NO, "held": "it can't be read"}}), {}),
    "of whom it is certain, and somebody else": (
        Case(rows={"a": {"taking_part": NO}, "d": {"taking_part": NO}}, certain="a"), {"cd": WAITS}),
    "the other of whom is certain to be in": (Case(certain="b"), {"ab": WAITS}),
    "a pairing that is over, and one that is proposed": (
        Case(there=(ended("ab", id="ab"), waiting("cd", id="cd")), rows={x: {"taking_part": NO} for x in "ac"}),
        {"cd": WAITS}),
    "one line now": (Case(rows={"a": {"managers": "b"}}), {"ab": WAITS}),
    "one line now, the other way round": (Case(rows={"b": {"managers": "a"}}), {"ab": WAITS}),
    "one line of two of three": (
        Case(there=(pairing("abc", id="abc"),), rows={"c": {"managers": "a"}}), {"abc": WAITS}),
    "the days of grace have passed": (Case(since={"ab": ("2026-03-03", "")}), {"ab": ENDS}),
    "a day before they have": (Case(since={"ab": ("2026-03-04", "")}), {"ab": ("2026-03-04", False, False)}),
    "an admin has agreed": (Case(since={"ab": ("2026-03-09", AGREED)}), {"ab": ("2026-03-09", True, True)}),
    "another word is kept in mind": (Case(since={"ab": ("2026-03-09", "x")}), {"ab": ("2026-03-09", False, False)}),
    "few are missing: they are no doubt": (Case(rows={}, missing="ac"), {}),
    "a missing one of whose pairing an admin has agreed": (
        Case(rows={}, missing="a", since={"ab": ("2026-03-09", AGREED)}), {"ab": ("2026-03-09", True, True)}),
    "as many as may, not counting one that is agreed": (
        Case(rows={x: {"taking_part": NO} for x in "ace"},
             since={"ab": ("2026-03-09", AGREED), "cd": ("2026-03-03", "")}),
        {"ab": ("2026-03-09", True, True), "cd": ENDS, "ef": WAITS}),
    "more than may, however long": (
        Case(rows={x: {"taking_part": NO} for x in "ace"}, since={"ab": ("2026-01-03", ""), "cd": ("2026-03-03", "")}),
        {"ab": ("2026-01-03", False, False), "cd": ("2026-03-03", False, False), "ef": WAITS}),
    "more than may, with the missing": (
        Case(rows={"a": {"taking_part": NO}}, missing="ce"), {"ab": WAITS, "cd": WAITS, "ef": WAITS}),
    "one who is out and one who is missing, of one pairing": (Case(missing="b"), {"ab": WAITS}),
}  # fmt: skip


@pytest.mark.parametrize("case", WHO_IS_IN_DOUBT)
def test_lets_pairings_wait(case: str) -> None:
    situation, expected = WHO_IS_IN_DOUBT[case]
    known, _ = found(situation)
    assert {k: (f"{d.since}", d.is_agreed, d.may_end) for k, d in known.items()} == expected
    assert all(d.memory == (doubt(k), AGREED if d.is_agreed else "") for k, d in known.items())


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"a": {"taking_part": NO}}, "A takes no part now"),
        ({x: {"taking_part": NO} for x in "ab"}, "A and B take no part now"),
        ({"a": {"managers": "b"}}, "they are in one reporting line now"),
        ({"a": {"managers": "b"}, "b": {"taking_part": NO}}, "B takes no part now"),
    ],
)
def test_asks_about_a_pairing_with_the_reason_and_the_day(rows: dict[str, dict[str, Any]], why: str) -> None:
    _, [question] = found(Case(rows=rows))
    assert (question.tab, question.row_key) == ("Roster", "A & B")
    assert question.what.startswith(f"A & B are partners, and {why}. At once they get no new mail")
    assert "Their pairing ends on 17 March 2026; until then" in question.what


def asks(case: Case, **more: Any) -> list[str]:
    return [p.row_key for p in found(case, **more)[1]]


FOUR = Case(there=pairs(20), rows={x: {"taking_part": NO} for x in "aceg"}, since={"cd": ("2026-03-08", "")})


def test_asks_one_by_one_of_three_and_once_of_more_than_three_or_than_may_end() -> None:
    assert asks(replace(FOUR, rows={x: {"taking_part": NO} for x in "ace"})) == ["A & B", "C & D", "E & F"]
    many = "pairings that would end"
    assert asks(FOUR) == [many]
    few = replace(FOUR, there=TEN, rows={x: {"taking_part": NO} for x in "ace"})
    assert asks(few) == [many]
    [whole] = found(FOUR)[1]
    assert whole.tab == "Roster"
    assert f"4 of 20 pairings end by 17 March 2026: A & B ({OUT}); C & D (" in whole.what
    [waits] = found(few)[1]
    assert "3 of 10 pairings end once you say so: " in waits.what


@pytest.mark.parametrize(("many", "more"), [(10, ""), (11, "; 1 more"), (12, "; 2 more")])
def test_names_ten_at_most(many: int, more: str) -> None:
    there = pairs(13)
    [question] = found(Case(there=there, rows={LETTERS[2 * n]: {"taking_part": NO} for n in range(many)}))[1]
    assert question.what.count("takes no part now") == 10
    assert f"now){more}. At once" in question.what


def test_names_whom_no_row_names_by_address() -> None:
    case = Case(rows={"c": {"taking_part": NO}, "e": {"taking_part": NO}}, missing="ab")
    [question] = found(case)[1]
    said = (
        f"{address('a')} & {address('b')} ({address('a')} and {address('b')} are on no row that can be read)"
    )
    assert said in question.what
    one = found(replace(case, missing="a"))[1][0]
    assert f"{address('a')} & B ({address('a')} is on no row that can be read)" in one.what


def test_does_what_is_answered() -> None:
    known, [question] = found(Case())
    said = {(question.row_key, question.what)}
    agreed, rest = found(Case(), answered=said)
    assert ((agreed["ab"].is_agreed, agreed["ab"].may_end), rest) == ((True, True), ())
    late = Case(since={"ab": ("2026-03-01", "")})
    assert found(late)[1] == ()  # the days of grace have passed: nothing is asked any more
    as_asked = found(late, today="2026-03-05")[1][0]
    said = {(as_asked.row_key, as_asked.what)}
    known, again = found(late, denied=said)
    assert (known["ab"].may_end, again) == (False, (as_asked,))


def test_asks_no_more_of_several_once_all_may_end() -> None:
    """Two of four have had their days: it is asked about all as long as one has not."""
    since = dict.fromkeys(("ab", "cd", "ef", "gh"), ("2026-03-03", ""))
    assert asks(replace(FOUR, since=since)) == []
    assert asks(replace(FOUR, since=since | {"gh": ("2026-03-04", "")})) == ["pairings that would end"]
    [question] = found(replace(FOUR, there=TEN))[1]
    known, rest = found(replace(FOUR, there=TEN), answered={(question.row_key, question.what)})
    assert ([d.may_end for d in known.values()], rest) == ([True] * 4, ())
