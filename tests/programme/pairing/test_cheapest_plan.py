"""What a plan for a round in progress costs, by the table of prices; and good plans where not all can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from made_up import address, facts, person

from peerpact.programme.pairing import (
    Facts,
    PairingRules,
    PastGroup,
    Progress,
    cheapest_plan,
    participants_of,
)
from peerpact.programme.pairing.cheapest_plan import Plan, no_three_helps, planned, searched
from peerpact.programme.pairing.participants import Participants
from peerpact.programme.people import Person

PROPOSED, INTRODUCED, MET = Progress
ROUND = 9
ALONE = 1e7
Grouped = Sequence[tuple[tuple[int, ...], Progress]]


def some(size: int, **managers: int) -> list[Person]:
    """People of a team each; ``p3=7`` lets number 3 report to number 7."""
    above = {int(name[1:]): boss for name, boss in managers.items()}
    return [person(n, *([above[n]] if n in above else []), team=n) for n in range(size)]


def apart(*pairs: tuple[int, int]) -> list[tuple[str, str]]:
    return [(address(a), address(b)) for a, b in pairs]


def together(ago: int, *numbers: int) -> PastGroup:
    return PastGroup(round=ROUND - ago, people=tuple(map(address, numbers)))


def known(people: Sequence[Person], **more: object) -> tuple[Participants, Facts]:
    given = replace(facts(people, round=ROUND), **more)  # type: ignore[arg-type] # a test's own facts
    return participants_of(people, given), given


def plan(people: Sequence[Person], groups: Grouped, *, threes: bool = True, **more: object) -> Plan:
    """Return the cheapest plan; whoever is in no group is free."""
    participants, given = known(people, **more)
    free = sorted(set(range(len(people))) - {i for group, _ in groups for i in group})
    found = searched(participants, given, groups, np.array(free, dtype=np.int64), threes=threes)
    assert sorted([*(i for g, _ in found.groups for i in g), *found.left]) == [*range(len(people))]
    return found


PRICES = {
    "two free": (some(2), [], {}, 0, [((0, 1), PROPOSED)]),
    "one alone": (some(1), [], {}, ALONE, []),
    "two free who may not be together": (some(2), [], {"never": apart((0, 1))}, 2 * ALONE, []),
    "a pair that is there": (some(2), [((0, 1), MET)], {}, 0, [((0, 1), MET)]),
    "a pair that was so in the round before": (
        some(2), [((0, 1), INTRODUCED)], {"history": [together(1, 0, 1)]}, 0, [((0, 1), INTRODUCED)],
    ),
    "two free who were together in the round before": (
        some(2), [], {"history": [together(1, 0, 1)]}, 20, [((0, 1), PROPOSED)],
    ),
    "two free who were together in this round": (
        some(2), [], {"history": [together(0, 0, 1)]}, 20, [((0, 1), PROPOSED)],
    ),
    "two free who were together six rounds ago": (
        some(2), [], {"history": [together(6, 0, 1)]}, 20, [((0, 1), PROPOSED)],
    ),
    "two free who were together seven rounds ago": (
        some(2), [], {"history": [together(7, 0, 1)]}, 0, [((0, 1), PROPOSED)],
    ),
    "three free": (some(3), [], {}, 600, [((0, 1, 2), PROPOSED)]),
    "three free of whom two were together": (
        some(3), [], {"history": [together(1, 0, 2)]}, 620, [((0, 1, 2), PROPOSED)],
    ),
    "three free who were together": (
        some(3), [], {"history": [together(1, 0, 1, 2)]}, 660, [((0, 1, 2), PROPOSED)],
    ),
    "three free of whom two may not be together": (
        some(3), [], {"never": apart((0, 1), (0, 2))}, ALONE, [((1, 2), PROPOSED)],
    ),
    "one joins a proposed pair": (some(3), [((0, 1), PROPOSED)], {}, 602, [((0, 1, 2), PROPOSED)]),
    "one joins an introduced pair": (some(3), [((0, 1), INTRODUCED)], {}, 800, [((0, 1, 2), INTRODUCED)]),
    "one joins a pair that has met": (some(3), [((0, 2), MET)], {}, 2400, [((0, 1, 2), MET)]),
    "a pair that must part": (
        some(4), [((0, 1), INTRODUCED)], {"never": apart((0, 1), (0, 2))}, 800,
        [((0, 3), PROPOSED), ((1, 2), PROPOSED)],
    ),
    "a proposed pair that must part": (
        some(4), [((0, 1), PROPOSED)], {"rejected": apart((0, 1), (0, 2))}, 8,
        [((0, 3), PROPOSED), ((1, 2), PROPOSED)],
    ),
    "a pair that has met and must part": (
        some(4), [((0, 1), MET)], {"private": apart((0, 1), (0, 2))}, 2400,
        [((0, 3), PROPOSED), ((1, 2), PROPOSED)],
    ),
    "a pair that must part, with nobody else": (
        some(2), [((0, 1), INTRODUCED)], {"never": apart((0, 1))}, 2 * (ALONE + 400), [],
    ),
    "a pair in one line, with nobody else": (some(2, p1=0), [((0, 1), PROPOSED)], {}, 2 * (ALONE + 4), []),
    "a pair whose lines are not known": (
        some(2, p1=9), [((0, 1), INTRODUCED)], {}, 0, [((0, 1), INTRODUCED)],
    ),
    "two free whose lines are not known": (some(2, p1=9), [], {}, 2 * ALONE, []),
    "a three that is there": (some(3), [((0, 1, 2), MET)], {}, 0, [((0, 1, 2), MET)]),
    "a three whose lines are not known": (some(3, p1=9), [((0, 1, 2), MET)], {}, 0, [((0, 1, 2), MET)]),
    "a three of whom two must part": (
        some(3), [((0, 1, 2), INTRODUCED)], {"never": apart((0, 1), (0, 2))}, ALONE + 400 + 200,
        [((1, 2), INTRODUCED)],
    ),
    "one leaves a three for who is free": (
        some(4), [((0, 1, 2), INTRODUCED)], {"never": apart((0, 3), (1, 3))}, 600,
        [((0, 1), INTRODUCED), ((2, 3), PROPOSED)],
    ),
    "one of two who were together takes one of a three": (
        some(4), [((0, 1, 2), MET)], {"never": apart((0, 3), (1, 3)), "history": [together(1, 2, 3)]},
        600 + 1200 + 20, [((0, 1), MET), ((2, 3), PROPOSED)],
    ),
    "proposals are taken back for a repeat that nobody needs": (
        some(4), [((0, 1), PROPOSED)], {"history": [together(1, 2, 3)]}, 8, None,
    ),
    "a repeat rather than parting who know one another": (
        some(4), [((0, 1), INTRODUCED)], {"history": [together(1, 2, 3)]}, 20,
        [((0, 1), INTRODUCED), ((2, 3), PROPOSED)],
    ),
    "two part so that two have partners": (
        some(4), [((0, 1), INTRODUCED)], {"never": apart((2, 3))}, 800, None,
    ),
    "two pairs change partners for one who must part": (
        some(5, p2=3), [((0, 1), PROPOSED), ((2, 3), PROPOSED)], {"never": apart((3, 4), (2, 4), (2, 0), (2, 1))},
        ALONE + 4 * 4, None,
    ),
    "a three with one who was with another, the first": (
        some(4), [((0, 3), INTRODUCED)], {"never": apart((0, 3), (1, 3), (2, 3))}, (ALONE + 400) + (600 + 400), None,
    ),
    "a three with one who was with another, the second": (
        some(4), [((1, 3), INTRODUCED)], {"never": apart((0, 3), (1, 3), (2, 3))}, (ALONE + 400) + (600 + 400), None,
    ),
    "a three with one who was with another, the third": (
        some(4), [((2, 3), INTRODUCED)], {"never": apart((0, 3), (1, 3), (2, 3))}, (ALONE + 400) + (600 + 400), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("people", "groups", "more", "price", "after"), PRICES.values(), ids=PRICES)
def test_costs_what_the_table_says(
    people: list[Person], groups: Grouped, more: dict[str, object], price: float, after: Grouped | None
) -> None:
    found = plan(people, groups, **more)  # type: ignore[arg-type] # a test's own facts
    assert (found.price, found.is_proven) == (price, True)
    assert after is None or list(found.groups) == after


def test_makes_no_three_and_opens_none_where_it_looks_for_pairs_only() -> None:
    found = plan(some(5), [((0, 1, 2), PROPOSED)], threes=False)
    assert (set(found.groups), found.left) == ({((0, 1, 2), PROPOSED), ((3, 4), PROPOSED)}, ())
    found = plan(some(6), [((0, 1, 2), MET), ((3, 4), INTRODUCED)], threes=False)
    assert (set(found.groups), found.left) == ({((0, 1, 2), MET), ((3, 4), INTRODUCED)}, (5,))
    found = plan(some(3), [], threes=False)
    assert (len(found.groups), len(found.left), found.price) == (1, 1, ALONE)


def test_chooses_among_plans_of_one_price_by_points() -> None:
    people = [person(n, team=team) for n, team in enumerate((0, 0, 1, 2))]
    pairs = [group for group, _ in plan(people, []).groups]
    assert (0, 1) not in pairs
    people = [person(n, team=team) for n, team in enumerate((0, 0, 1, 1, 2))]
    [two] = [group for group, _ in plan(people, [((2, 4), PROPOSED)]).groups if len(group) == 2]
    assert two not in {(0, 1), (2, 3)}


@pytest.mark.parametrize("third", [(0, 1, 2), (1, 3, 4), (0, 2, 4)])
def test_lets_others_be_third_or_alone(third: tuple[int, ...]) -> None:
    """Of seven, three were together as three; the next three has none of them, where points alone decide."""
    others = [n for n in range(7) if n not in third]
    before = [together(8, *third), *(together(8, a, b) for a, b in (others[:2], others[2:]))]
    found = plan(some(7), [], history=before, rules=PairingRules(repeat_rounds=0, repeat=0))
    [three] = [group for group, _ in found.groups if len(group) == 3]
    assert set(three).isdisjoint(third)
    never = apart(*combinations(range(5), 2))
    found = plan(some(5), [], never=never[:6] + never[7:], history=[together(1, 0, 1, 2), together(1, 3, 4)])
    assert len(found.left) == 3


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a programme be large that has more than six people."""
    monkeypatch.setattr(cheapest_plan, "SEARCHED", 6)
    monkeypatch.setattr(cheapest_plan, "MATCHED", 12)


def large(people: Sequence[Person], groups: Grouped, **more: object) -> Plan:
    participants, given = known(people, **more)
    free = sorted(set(range(len(people))) - {i for group, _ in groups for i in group})
    found = planned(participants, given, groups, np.array(free, dtype=np.int64))
    assert sorted([*(i for g, _ in found.groups for i in g), *found.left]) == [*range(len(people))]
    for group, _ in found.groups:
        assert all(participants.may(address(a), address(b)) for a, b in combinations(group, 2))
    return found


def pairs(first: int, last: int, progress: Progress = PROPOSED) -> list[tuple[tuple[int, int], Progress]]:
    return [((n, n + 1), progress) for n in range(first, last, 2)]


def sizes(found: Plan) -> list[int]:
    return sorted(len(group) for group, _ in found.groups)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("free", [2, 3, 6, 7, 8, 9, 12, 13, 25])
@pytest.mark.parametrize("standing", [0, 10])
def test_gives_everybody_a_partner_however_many_are_new(free: int, standing: int) -> None:
    groups = pairs(0, standing, INTRODUCED)
    found = large(some(standing + free), groups)
    assert not found.left
    assert sizes(found) == [2] * ((standing + free) // 2 - free % 2) + [3] * (free % 2)
    assert len(set(groups) - set(found.groups)) <= (free == 1)


@pytest.mark.usefixtures("few")
def test_leaves_alone_only_whom_a_rule_lets_be_with_nobody() -> None:
    people = [*some(4), *(person(n, 900 + n, team=n) for n in range(4, 11))]
    found = large(people, [])
    assert (sorted(found.left), sizes(found)) == ([*range(4, 11)], [2] * 2)
    assert {group for group, _ in large(people, pairs(0, 4, MET)).groups} == {(0, 1), (2, 3)}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("last", [0, 4, 9])
def test_lets_who_is_alone_join_the_pair_that_is_moved_at_the_least_price(last: int) -> None:
    groups = [((2 * n, 2 * n + 1), PROPOSED if n == last else MET) for n in range(10)]
    found = large(some(21), groups)
    assert set(found.groups) - set(groups) == {((2 * last, 2 * last + 1, 20), PROPOSED)}
    assert not found.left


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("best", [0, 4, 9])
def test_lets_who_is_alone_join_the_pair_that_they_fit_best(best: int) -> None:
    people = [person(n, team=n if n // 2 in {best, 10} else 77) for n in range(21)]
    people[20] = person(20, team=77)
    groups = [((2 * n, 2 * n + 1), INTRODUCED) for n in range(10)]
    found = large(people, groups)
    assert set(found.groups) - set(groups) == {((2 * best, 2 * best + 1, 20), INTRODUCED)}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("place", [0, 5, 9])
def test_takes_one_of_a_three_wherever_it_is_in_a_large_programme(place: int) -> None:
    others = [((3 + 2 * n, 4 + 2 * n), PROPOSED) for n in range(9)]
    groups = [*others[:place], ((0, 1, 2), INTRODUCED), *others[place:]]
    found = large(some(22), groups)
    assert sizes(found) == [2] * 11
    assert set(others) < set(found.groups)
    assert not found.left


@pytest.mark.usefixtures("few")
def test_parts_one_pair_for_two_who_may_not_be_together() -> None:
    groups = pairs(0, 20, INTRODUCED)
    found = large(some(22), groups, never=apart((20, 21)))
    assert not found.left
    assert (len(set(groups) - set(found.groups)), sizes(found)) == (1, [2] * 11)
    first, second = set(found.groups) - set(groups)
    assert {first[1], second[1]} == {PROPOSED}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("fits", [(0, 4, 9), (9, 0), (2, 3, 5), (0, 4, 9, 2, 6), (9, 8, 7, 6, 5, 4)])
def test_places_all_of_whom_each_fits_one_pair_only(fits: tuple[int, ...]) -> None:
    """Whoever is new may be with two each, and with none of one another."""
    people = some(20 + len(fits))
    never = [(a, b) for a in range(20, len(people)) for b in range(a) if b // 2 != fits[a - 20]]
    groups = pairs(0, 20, INTRODUCED)
    found = large(people, groups, never=apart(*never))
    assert not found.left
    assert set(groups) - set(found.groups) == {groups[pair] for pair in fits}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("nobody", [20, 21, 22])
def test_places_those_beside_whom_somebody_can_be_with_nobody(nobody: int) -> None:
    fits = dict(zip([n for n in (20, 21, 22) if n != nobody], (3, 9), strict=True))
    never = [(a, b) for a in (20, 21, 22) for b in range(a) if b // 2 != fits.get(a)]
    found = large(some(23), pairs(0, 20, MET), never=apart(*never))
    assert found.left == (nobody,)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("free", [(20,), (20, 21), (7, 20, 21)])
def test_looks_for_no_place_for_whom_nobody_may_be_with(free: tuple[int, ...]) -> None:
    """Whom no plan can place makes no plan less certain, and takes no room in a search."""
    people = some(20 + len(free))
    groups = pairs(0, 20, MET) if 7 not in free else [*pairs(0, 6, MET), ((6, 22), MET), *pairs(8, 20, MET)]
    found = large(people, groups, never=apart(*((a, b) for a in free for b in range(len(people)) if a != b)))
    assert (found.left, found.groups, found.is_proven) == (free, tuple(groups), True)


@pytest.mark.usefixtures("few")
def test_places_the_others_beside_those_whom_nobody_may_be_with() -> None:
    groups = pairs(0, 20, MET)
    found = large(some(24), groups, never=apart(*((a, b) for a in (21, 22) for b in range(24) if a != b)))
    assert (set(found.groups), found.left) == ({*groups, ((20, 23), PROPOSED)}, (21, 22))
    stays = large(some(22), groups, never=apart(*((20, n) for n in range(22) if n not in {3, 20})))
    assert stays.left != (20,)


@pytest.mark.usefixtures("few")
def test_repeats_nobody_where_others_would_do() -> None:
    groups = pairs(0, 20)
    found = large(some(22), groups, history=[together(1, 20, 21)])
    assert not found.left
    assert ((20, 21), PROPOSED) not in found.groups
    assert len(set(groups) - set(found.groups)) == 1
    stays = large(some(22), pairs(0, 20, MET), history=[together(1, 20, 21)])
    assert {*stays.groups} == {*pairs(0, 20, MET), ((20, 21), PROPOSED)}


def test_searches_the_cheapest_of_all_among_forty_people() -> None:
    assert large(some(40), [((0, 1, 2), MET), *pairs(4, 40, MET)]).is_proven
    assert not large(some(41), pairs(0, 40, MET)).is_proven


@pytest.mark.parametrize("block", [500, 1])
@pytest.mark.parametrize(
    ("size", "may", "matched", "certain"),
    [
        (1, [], [], True),
        (3, [(0, 1), (0, 2), (1, 2)], [(0, 1)], False),
        (3, [(0, 1), (0, 2)], [(0, 1)], True),
        (4, [(0, 1), (0, 2), (0, 3)], [(0, 1)], True),
        (5, [(0, 1), (0, 2), (0, 3), (0, 4), (3, 4)], [(0, 3)], False),
        (5, [(0, 1), (0, 2), (3, 4)], [(0, 1), (3, 4)], True),
        (6, [(0, 1), (0, 2), (2, 3), (3, 4), (3, 5), (4, 5)], [(0, 1), (2, 3)], False),
        (5, [(0, 1), (0, 2), (2, 3), (3, 4)], [(0, 1), (2, 3)], True),
        (
            7,
            [(0, 1), (0, 2), (2, 3), (2, 4), (1, 5), (5, 6), (1, 6), (3, 4)],
            [(0, 1), (3, 4), (5, 6)],
            False,
        ),
    ],
)
def test_tells_when_no_group_of_three_can_place_anybody_more(
    size: int,
    may: list[tuple[int, int]],
    matched: list[tuple[int, int]],
    certain: bool,
    block: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cheapest_plan, "AT_ONCE", block)
    never = apart(*(pair for pair in combinations(range(size), 2) if pair not in may))
    participants, _ = known(some(size), never=never)
    alone = np.array(sorted(set(range(size)) - {i for pair in matched for i in pair}), dtype=np.int64)
    pairs = np.array(matched, dtype=np.int64).reshape(-1, 2)
    assert no_three_helps(participants, np.arange(size), pairs, alone) == certain


def test_goes_on_with_those_for_whom_a_step_had_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """One step places one of them: 4 is third of the pair that they may be with, and 5 of theirs in the next."""
    for name, most in (("SEARCHED", 3), ("MATCHED", 12), ("MOST_STEPS", 1)):
        monkeypatch.setattr(cheapest_plan, name, most)
    never = [(a, b) for a in (0, 1, 4) for b in (2, 3, 5)]
    found = large(some(6), [((0, 1), MET), ((2, 3), MET)], never=apart(*never))
    assert (set(found.groups), found.left) == ({((0, 1, 4), MET), ((2, 3, 5), MET)}, ())


@pytest.mark.parametrize(
    ("before", "after", "left", "cores"),
    [
        ([(0, 1)], [(0, 1)], [], []),
        ([], [(0, 1)], [], []),
        ([], [], [8, 9], [[8, 9]]),
        ([], [], [1, 2, 3, 4, 5], [[1, 2, 3, 4], [5]]),
        ([(0, 1), (2, 3)], [(0, 2), (1, 3)], [], [[0, 1, 2, 3]]),
        ([(0, 1), (2, 3), (4, 5)], [(0, 2), (1, 3), (4, 5)], [9], [[9], [0, 1, 2, 3]]),
        ([(0, 1)], [(0, 5)], [1, 9], [[0, 1, 5, 9]]),
        ([(0, 1)], [(0, 5)], [1, 8, 9], [[0, 1, 5, 8], [9]]),
        ([(0, 1), (2, 3), (4, 5)], [(0, 2), (3, 4)], [1, 5], []),
        ([(0, 1)], [(0, 7), (8, 9)], [1], [[0, 1, 7]]),
        ([], [], [*range(13)], [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]),
    ],
)
def test_looks_closer_at_who_is_left_over_or_moved_with_all_who_were_with_them(
    before: list[tuple[int, ...]],
    after: list[tuple[int, ...]],
    left: list[int],
    cores: list[list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four at a time, three times at most, those who are left over first; circles of more are not looked at."""
    monkeypatch.setattr(cheapest_plan, "SEARCHED", 8)
    monkeypatch.setattr(cheapest_plan, "MOST_STEPS", 3)
    plan = Plan(groups=tuple((group, MET) for group in after), left=tuple(left))
    assert cheapest_plan._cores([(group, MET) for group in before], plan) == cores


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("free", [7, 8, 12, 13, 25])
def test_forgets_none_of_very_many_whom_nobody_may_be_with(free: int) -> None:
    found = large(some(free), [], never=apart(*combinations(range(free), 2)))
    assert (sorted(found.left), found.groups) == ([*range(free)], ())


def test_has_nobody_twice_where_more_are_alone_than_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of six who may not be with one another three are free now, and three later."""
    monkeypatch.setattr(cheapest_plan, "MATCHED", 6)
    people = some(6)
    given = replace(facts(people), never=apart(*combinations(range(6), 2)))
    known = participants_of(people, given)
    groups, free, left = cheapest_plan._among_themselves(known, given, [], np.arange(6))
    assert (list(groups), len(free), len(left)) == ([], 3, 3)
    assert sorted([*free.tolist(), *left]) == list(range(6))
