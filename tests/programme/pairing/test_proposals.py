"""Proposals, step by step: locks and whom they keep, what is proven of the rest, and whom somebody fits as third."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from made_up import Pair, address, facts, person

from peerpact.programme.pairing import (
    PairingResult,
    PairingRules,
    PastGroup,
    cheapest_plan,
    matching,
    participants_of,
    proposals,
    propose,
)
from peerpact.programme.pairing.proposals import best_to_join, broken_rule, costs_of, each_once
from peerpact.programme.people import Person

A, B, C, D, E = (address(n) for n in range(5))
DELETE = "Delete the row."
DELETE_OR = "Delete the row, or correct what forbids this pair."
UNKNOWN = "Nobody can tell that they are not in one reporting line: a manager above them is not known."
NUMBER = "A locked pair names two different people, exceptionally three."


def some(size: int) -> list[Person]:
    return [person(n, team=n, languages=("en",)) for n in range(size)]


def apart(pairs: Sequence[tuple[int, int]]) -> list[Pair]:
    return [(address(a), address(b)) for a, b in pairs]


def only(size: int, may: Sequence[tuple[int, int]]) -> list[Pair]:
    """Return the tab Never pair that leaves these pairs alone."""
    return apart([pair for pair in combinations(range(size), 2) if pair not in may])


LOCKS = {
    "two": ([(B, A)], {}, {}, [(A, B)]),
    "three": ([(C, B, A)], {}, {}, [(A, B, C)]),
    "one alone": ([(A,)], {}, {(A,): (NUMBER, DELETE_OR)}, []),
    "four": ([(A, B, C, D)], {}, {(A, B, C, D): (NUMBER, DELETE_OR)}, []),
    "somebody twice": ([(A, B, A)], {}, {(A, B, A): (NUMBER, DELETE_OR)}, []),
    "somebody who is gone": (
        [(A, "x@example.com", "y@example.com")], {},
        {(A, "x@example.com", "y@example.com"): (
            "x@example.com and y@example.com do not take part now, so these locked people can't be together.",
            DELETE_OR,
        )}, [],
    ),
    "somebody in two": (
        [(A, B), (B, C)], {}, {(B, C): ("One of them is in another locked pair already.", DELETE_OR)}, [(A, B)],
    ),
    "somebody whose other lock can't be": (
        [(A, B), (B, C)], {"never": [(A, B)]}, {(A, B): ("They are on the tab Never pair.", DELETE_OR)}, [(B, C)],
    ),
    "three of whom two were rejected": (
        [(A, B, C)], {"rejected": [(B, C)]},
        {(A, B, C): ("An admin rejected this pair in this round.", DELETE_OR)}, [],
    ),
    "three of whom two are on Never pair": (
        [(A, B, C)], {"never": [(C, A)]}, {(A, B, C): ("They are on the tab Never pair.", DELETE_OR)}, [],
    ),
    "three of whom one wishes so in private": (
        [(A, B, C)], {"private": [(C, A)]}, {(A, B, C): ("These people can't be together.", DELETE)}, [],
    ),
    "on Never pair and in private": (
        [(A, B)], {"never": [(A, B)], "private": [(A, B)]},
        {(A, B): ("They are on the tab Never pair.", DELETE_OR)}, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("locked", "more", "problems", "kept"), LOCKS.values(), ids=LOCKS)
def test_keeps_a_lock_or_says_why_not(
    locked: list[tuple[str, ...]],
    more: dict[str, list[Pair]],
    problems: dict[tuple[str, ...], tuple[str, str]],
    kept: list[tuple[str, ...]],
) -> None:
    people = some(5)
    result = propose(people, replace(facts(people), **more), locked=locked)  # type: ignore[arg-type] # facts
    assert {p.emails: (p.what, p.remedy) for p in result.problems} == problems
    assert {p.tab for p in result.problems} <= {"Locked pairs"}
    assert [g.people for g in result.groups if g.locked] == kept
    staying = propose(people, replace(facts(people), **more), staying=locked)  # type: ignore[arg-type] # facts
    assert staying.problems == ()
    assert [g.people for g in staying.groups if g.locked] == kept


@pytest.mark.parametrize("unknown", [0, 1, 2])
def test_keeps_no_three_of_whom_one_is_in_a_line_that_is_not_known(unknown: int) -> None:
    people = [person(n, *([90] if n == unknown else []), team=n) for n in range(5)]
    result = propose(people, facts(people), locked=[(A, B, C)])
    assert [(p.emails, p.what) for p in result.problems] == [((A, B, C), UNKNOWN)]


def test_lets_a_lock_come_before_those_who_want_to_stay_together() -> None:
    people = some(5)
    result = propose(people, facts(people), locked=[(A, B)], staying=[(B, C), (D, E), (A, B)])
    assert [g.people for g in result.groups if g.locked] == [(A, B), (D, E)]
    assert result.problems == ()


def test_tells_which_rule_forbids_that_people_are_together() -> None:
    people = [*some(4), person(4, 0, team=4)]
    known = participants_of(
        people, replace(facts(people, never=[(A, B)]), rejected=[(A, C), (A, B)], private=[(A, D), (A, C)])
    )
    assert broken_rule(known, (A, E)) == "They are in one reporting line."
    assert broken_rule(known, (A, B)) == "They are on the tab Never pair."
    assert broken_rule(known, (C, A)) == "An admin rejected this pair in this round."
    assert broken_rule(known, (A, D)) == "These people can't be together."
    assert broken_rule(known, (B, D, A)) == "They are on the tab Never pair."
    assert broken_rule(known, (B, C, D)) is broken_rule(known, (B,)) is None


def test_takes_one_row_of_each_the_same_whatever_their_order() -> None:
    people = [person(0), person(1, team=5), person(1, team=4), person(2), person(2)]
    once, problems = each_once(people)
    assert [p.email for p in once] == [A, B, C]
    assert [p.emails for p in problems] == [(B,), (C,)]
    assert each_once(people[::-1])[0][::-1] == once
    assert each_once(people[:2]) == (people[:2], [])


def test_costs_what_the_pairs_of_a_group_cost() -> None:
    people = [person(n, team=n // 2, languages=("en",)) for n in range(4)]
    known = participants_of(people, facts(people))
    assert costs_of(known, [(0, 1), (0, 2), (0, 1, 2), (2, 3)]) == [130, 0, 130, 130]
    assert costs_of(known, []) == []


def test_lets_somebody_join_the_pair_that_they_fit_best() -> None:
    people = [person(n, team=team) for n, team in enumerate((0, 1, 2, 3, 4, 5, 0))]
    third = PastGroup(round=8, people=(C, address(96), address(97)))
    others = [PastGroup(round=8, people=(address(n), address(80 + n))) for n in range(7) if n != 2]
    known = participants_of(people, facts(people, round=9, history=[third, *others]))
    pairs = [(0, 1), (2, 3), (4, 5)]
    assert best_to_join(known, pairs, 6) == 2
    assert best_to_join(known, pairs[:2], 6) == 1
    assert best_to_join(known, pairs[:1], 6) == 0
    assert best_to_join(known, [], 6) is None
    other = PastGroup(round=8, people=(D, address(96), address(97)))
    others = [PastGroup(round=8, people=(address(n), address(80 + n))) for n in range(7) if n != 3]
    known = participants_of(people, facts(people, round=9, history=[other, *others]))
    assert best_to_join(known, pairs, 6) == 2
    people = some(7)
    never = participants_of(people, facts(people, never=apart([(5, 6), (2, 6), (3, 6)])))
    assert best_to_join(never, pairs, 6) == 0
    assert best_to_join(never, pairs[1:], 6) is None


@pytest.mark.parametrize("size", range(1, 13))
def test_places_everybody_once_whatever_the_number(size: int) -> None:
    people = some(size)
    for number in range(1, 5):
        result = propose(people, facts(people, round=number))
        assert sorted(e for g in result.groups for e in g.people) == [p.email for p in people if size > 1]
        assert len(result.left_over) == (size == 1)
        assert sum(len(g.people) == 3 for g in result.groups) == (size % 2 if size > 1 else 0)


def test_counts_nobody_as_third_again_who_is_in_a_pair() -> None:
    rules = PairingRules(repeat=0, repeat_rounds=0)
    last = [PastGroup(round=8, people=(A, B, C)), PastGroup(round=8, people=(D, E))]
    people = some(5)
    assert propose(people[:4], facts(people, round=9, history=last, rules=rules)).cost == 0
    three = propose(people[:3], facts(people, round=9, history=last, rules=rules))
    assert three.cost == 3 * rules.third_again


def repeated(size: int, may: Sequence[tuple[int, int]]) -> PairingResult:
    """Propose to people of whom only some may be together, and all of those were so in the last round."""
    people = some(size)
    last = [PastGroup(round=8, people=(address(a), address(b))) for a, b in may]
    return propose(people, facts(people, round=9, history=last, never=only(size, may)))


def names(result: PairingResult) -> list[tuple[int, ...]]:
    return [tuple(int(e[1:4]) for e in g.people) for g in result.groups]


STAR = [(0, n) for n in range(1, 45)]
THREES = [(1, 2), (1, 3), (2, 3), (4, 5), (4, 6), (5, 6), (7, 8), (7, 9), (8, 9)]
AROUND = [(0, 1), (0, 4), (0, 7), *THREES]
"""Somebody who fits one of each of three threes: in pairs, two are left over; with two threes, nobody is."""


def test_proves_that_no_three_helps_around_one_person() -> None:
    result = repeated(45, STAR)
    assert (len(result.groups), len(result.left_over), result.gap) == (1, 43, 0)
    assert result.cost > 100
    assert result.in_words.endswith("No other pairing is better")


@pytest.mark.parametrize(("most", "is_proven"), [(10, True), (9, False)])
def test_makes_several_threes_where_they_place_everybody(
    most: int, is_proven: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposals, "SEARCHED", most)
    monkeypatch.setattr(cheapest_plan, "SEARCHED", most)
    result = repeated(10, AROUND)
    assert sorted(map(len, names(result))) == [2, 2, 3, 3]
    assert (result.left_over, result.gap == 0) == ((), is_proven)
    assert result.in_words.endswith("No other pairing is better") == is_proven


def test_says_by_how_much_others_could_be_better_where_nothing_is_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of pairs that all repeat, nothing is known from what kinds of people they are."""
    may = [*combinations(range(4), 2)]
    assert repeated(4, may).gap == 0
    for name in ("EXACT_UP_TO", "COUNTED_UP_TO"):
        monkeypatch.setattr(matching, name, 0)
    result = repeated(4, may)
    assert (result.cost, result.gap) == pytest.approx((2 * (1e7 + 400),) * 2)
    assert result.in_words.endswith("Another pairing could be a little better at most")
    people = [person(n, languages=("en",)) for n in range(4)]
    result = propose(people, facts(people, rules=PairingRules(same_department=0)))
    assert result.cost == 200
    assert 0 <= result.gap < 0.001
