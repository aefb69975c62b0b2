"""What holds for every roster: hard rules, least left over, the same result on any machine."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import Pair, address, allowed, facts, person, proposed, repaired, rosters, walked_up

from peerpact.programme.pairing import PairingRules, participants_of, propose
from peerpact.programme.people import Person


def most_pairs(edges: set[frozenset[str]]) -> int:
    return len(nx.max_weight_matching(nx.Graph([tuple(e) for e in edges]), maxcardinality=True))


def least_left(people: list[Person], may: set[frozenset[str]]) -> int:
    """Try every group of three and pair the others as well as can be."""
    emails = [p.email for p in people]
    least = len(emails) - 2 * most_pairs(may)
    for three in combinations(emails, 3):
        if all(frozenset(p) in may for p in combinations(three, 2)):
            others = {e for e in may if not e & set(three)}
            least = min(least, len(emails) - 3 - 2 * most_pairs(others))
    return least


def by_brute_force(emails: tuple[str, ...], may: set[frozenset[str]], *, three: bool = True) -> int:
    """Return how many are left over at the least, by trying everything."""
    if not emails:
        return 0
    first, rest = emails[0], emails[1:]
    least = 1 + by_brute_force(rest, may, three=three)
    for other in rest:
        if frozenset((first, other)) in may:
            least = min(least, by_brute_force(tuple(e for e in rest if e != other), may, three=three))
    for pair in combinations(rest, 2) if three else ():
        if all(frozenset(p) in may for p in combinations((first, *pair), 2)):
            left = tuple(e for e in rest if e not in pair)
            least = min(least, by_brute_force(left, may, three=False))
    return least


@given(rosters())
@settings(max_examples=150)
def test_keeps_every_hard_rule(roster: tuple[list[Person], list[Pair]]) -> None:
    people, never = roster
    result = proposed(people, never)
    named = [e for g in result.groups for e in g.people] + [left.email for left in result.left_over]
    may = allowed(people, never)
    assert sorted(named) == sorted(p.email for p in people)
    assert all(frozenset(pair) in may for g in result.groups for pair in combinations(g.people, 2))
    assert sum(len(g.people) == 3 for g in result.groups) <= 1


@given(st.lists(st.integers(0, 30), min_size=31, max_size=31), st.sets(st.integers(0, 30), min_size=1))
@settings(max_examples=150)
def test_never_pairs_anybody_inside_a_line_that_the_roster_shows_only_in_part(
    managers: list[int], missing: set[int]
) -> None:
    tree = {address(i): (address(m),) if m < i else () for i, m in enumerate(managers)}
    on_roster = [person(i, *([m] if m < i else [])) for i, m in enumerate(managers) if i not in missing]

    result = proposed(on_roster)

    for group in result.groups:
        for a, b in combinations(group.people, 2):
            assert a not in walked_up(tree, b)
            assert b not in walked_up(tree, a)


@given(rosters(), st.data())
@settings(max_examples=60)
def test_keeps_the_locks_that_break_no_rule_and_says_why_of_the_others(
    roster: tuple[list[Person], list[Pair]], data: st.DataObject
) -> None:
    people, never = roster
    pairs = [(address(i), address(j)) for i in range(len(people) + 1) for j in range(len(people) + 1)]
    locks = data.draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True))
    result = proposed(people, never, locked=locks)

    refused = {f.emails for f in result.problems if f.tab == "Locked pairs"}
    made = {g.people for g in result.groups if g.locked}
    assert {tuple(sorted(lock)) for lock in locks if lock not in refused} == made
    may = allowed(people, never)
    assert all(frozenset(pair) in may for g in result.groups for pair in combinations(g.people, 2))


@given(rosters(14))
@settings(max_examples=60)
def test_leaves_as_few_people_over_as_possible(roster: tuple[list[Person], list[Pair]]) -> None:
    people, never = roster
    assert len(proposed(people, never).left_over) == least_left(people, allowed(people, never))


@given(rosters(8))
@settings(max_examples=100)
def test_leaves_nobody_over_whom_trying_everything_would_place(
    roster: tuple[list[Person], list[Pair]],
) -> None:
    people, never = roster
    least = by_brute_force(tuple(p.email for p in people), allowed(people, never))
    assert len(proposed(people, never).left_over) == least


@given(rosters(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_does_not_mind_the_order_of_rows(
    roster: tuple[list[Person], list[Pair]], chance: random.Random
) -> None:
    people, never = roster
    shuffled = list(people)
    chance.shuffle(shuffled)
    assert proposed(shuffled, never[::-1]) == proposed(people, never)


@given(rosters(), st.data())
@settings(max_examples=60)
def test_leaves_no_more_people_over_when_an_entry_of_never_pair_goes(
    roster: tuple[list[Person], list[Pair]], data: st.DataObject
) -> None:
    people, never = roster
    fewer = [pair for pair in never if data.draw(st.booleans())]
    assert len(proposed(people, fewer).left_over) <= len(proposed(people, never).left_over)


@pytest.mark.parametrize(("size", "degree", "seed"), [(300, 2, 1), (301, 3, 2), (400, 3, 5)])
def test_leaves_as_few_over_in_a_large_programme_in_which_few_may_meet(
    size: int, degree: int, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    may = {tuple(sorted(chance.sample(range(size), 2))) for _ in range(size * degree // 2)}
    never = [(address(i), address(j)) for i, j in combinations(range(size), 2) if (i, j) not in may]
    pairs = most_pairs({frozenset((address(i), address(j))) for i, j in may})

    assert len(proposed([person(i) for i in range(size)], never).groups) == pairs


@given(rosters(12), st.data())
@settings(max_examples=150)
def test_repairs_a_round_by_the_same_hard_rules_whatever_the_order_of_rows(
    roster: tuple[list[Person], list[Pair]], data: st.DataObject
) -> None:
    people, never = roster
    standing = [g.people for g in proposed(people, never).groups]
    gone = data.draw(st.sets(st.sampled_from([p.email for p in people]), max_size=4))
    now = [p for p in people if p.email not in gone] + [
        person(50 + i) for i in range(data.draw(st.integers(0, 3)))
    ]
    rules = facts(people + now[-3:], never=never)

    fixed = repaired(standing, now, rules)

    after = {g: g for g in standing} | {c.before: c.after for c in fixed.changed}
    groups = [g for g in after.values() if len(g) > 1] + [g.people for g in fixed.new]
    named = [e for g in groups for e in g] + [over.email for over in fixed.left_over]
    assert sorted(named) == sorted(p.email for p in now)
    participants = participants_of(now, rules)
    joined = [g for g in groups if g not in standing]
    assert not any(
        participants.in_one_line(a, b) or participants.is_never(a, b)
        for g in groups
        for a, b in combinations(g, 2)
    )
    assert all(
        participants.may(a, b)
        for g in joined
        for a, b in combinations(g, 2)
        if not any({a, b} <= set(stood) for stood in standing)
    )
    assert repaired(standing[::-1], now[::-1], rules).new == fixed.new
    assert set(repaired(standing[::-1], now[::-1], rules).changed) == set(fixed.changed)


def test_gives_the_same_pairs_for_the_same_round_and_others_for_another() -> None:
    people = [person(i, team=i) for i in range(300)]
    first = {g.people for g in proposed(people).groups}
    assert first == {g.people for g in proposed(people).groups}
    other = {g.people for g in proposed(people, round=2).groups}
    assert len(first & other) < 10


def test_reaches_as_far_as_the_setting_says() -> None:
    chain = [person(0), person(1, 0), person(2, 1), person(3, 2)]
    for levels, partners in ((None, 0), (2, 1), (1, 2)):
        result = propose(chain, facts(chain, rules=PairingRules(chain_levels=levels)))
        assert len(result.groups) == partners


def test_lets_the_top_person_take_part_when_the_setting_says_so() -> None:
    people = [person(0), person(1, 0), person(2, 1), person(3, 1)]
    assert {left.email for left in proposed(people).left_over} == {address(0), address(1)}
    rules = PairingRules(include_top=True)
    groups = [g.people for g in propose(people, facts(people, rules=rules)).groups]
    assert any(address(0) in g and address(1) not in g for g in groups)


def test_pairs_people_in_a_loop_with_nobody_outside_it() -> None:
    people = [person(0, 1), person(1, 0), person(2, 0), person(3, 0), person(4), person(5)]
    groups = {g.people for g in proposed(people).groups}
    assert groups == {(address(2), address(3)), (address(4), address(5))}


def test_counts_both_lines_of_somebody_with_two_managers() -> None:
    people = [person(0), person(1), person(2, 0, 1), person(3)]
    result = proposed(people)
    assert {left.email for left in result.left_over} == set()
    assert (address(2), address(3)) in {g.people for g in result.groups}


def test_does_not_let_those_with_no_possible_partner_stand_in_the_others_way() -> None:
    people = [person(0), *(person(i, 0, team=i) for i in range(1, 601)), person(601, 999)]
    result = proposed(people)
    assert [over.email for over in result.left_over] == [address(0), address(601)]
    assert result.gap <= 0.001


def test_reports_an_address_that_comes_twice_and_pairs_the_rest() -> None:
    result = proposed([person(0), person(1), person(1, team=4)])
    assert [f.emails for f in result.problems] == [(address(1),)]
    assert [g.people for g in result.groups] == [(address(0), address(1))]


def test_refuses_each_lock_that_cannot_be_with_its_reason_and_pairs_the_rest() -> None:
    people = [person(0), person(1, 0), *(person(i) for i in range(2, 8)), person(8, 99)]
    never = [(address(2), address(3))]
    locks = {
        (address(0), address(1)): "They are in one reporting line.",
        (
            address(2),
            "gone@example.com",
        ): "gone@example.com does not take part now, so this locked pair can't be made.",
        (address(2), address(3)): "They are on the tab Never pair.",
        (address(4), address(4)): "A locked pair names two different people, exceptionally three.",
        (
            address(5),
            address(8),
        ): "Nobody can tell that they are not in one reporting line: a manager above them is not known.",
    }
    result = proposed(people, never, locked=list(locks))
    assert {f.emails: f.what for f in result.problems} == locks
    assert sum(len(g.people) for g in result.groups) == 8


@pytest.mark.parametrize(("chain", "outside"), [(40, 10), (90, 30), (600, 150)])
def test_leaves_only_those_of_a_chain_over_for_whom_nobody_outside_is_left(chain: int, outside: int) -> None:
    people = [person(i, *([i - 1] if 0 < i < chain else []), team=i) for i in range(chain + outside)]
    result = proposed(people)
    assert len(result.left_over) == chain - outside
    assert {len(g.people) for g in result.groups} == {2}
    assert result.in_words.startswith(f"{outside} pairs and {chain - outside} people without a partner")
