"""How good the pairs are: proven best for small programmes, never under the bound, repeats last, thirds in turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import address, facts, person, proposed

from peerpact.programme.pairing import Facts, PairingRules, PastGroup, participants_of, propose
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.pair_table import Costs
from peerpact.programme.pairing.participants import FORBIDDEN, Participants
from peerpact.programme.people import Person, WorkingHours

ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Australia/Sydney")
SPOKEN = (("en",), ("en", "de"), ("de",), ("fr", "en"))


def company(size: int, seed: int) -> list[Person]:
    dice = np.random.default_rng(seed)
    return [
        person(
            i,
            *([(i - 1) // 6] if i else []),
            team=int(dice.integers(0, 4)),
            time_zone=ZONES[dice.integers(0, 4)],
            languages=SPOKEN[dice.integers(0, 4)],
        )
        for i in range(size)
    ]


def some_rounds(people: list[Person], many: int, **more: object) -> list[PastGroup]:
    history: list[PastGroup] = []
    for number in range(1, many + 1):
        result = propose(people, facts(people, round=number, history=history, **more))  # type: ignore[arg-type]
        history += [PastGroup(round=number, people=g.people) for g in result.groups]
    return history


def thousandths(people: list[Person], history: list[PastGroup], round: int) -> list[tuple[int, int, int]]:
    participants = participants_of(people, facts(people, round=round, history=history))
    everybody = np.arange(len(people))
    costs = participants.costs(everybody, everybody)
    return [
        (i, j, round_up(costs[i, j]))
        for i, j in combinations(range(len(people)), 2)
        if costs[i, j] < FORBIDDEN
    ]


def round_up(points: float) -> int:
    return int(np.rint(points * 1000))


@pytest.mark.parametrize(("size", "seed"), [(8, 1), (20, 2), (64, 3), (126, 4), (200, 5)])
def test_costs_no_more_than_an_exact_solver_finds_on_the_whole_graph(size: int, seed: int) -> None:
    people = company(size + 1, seed)[1:]  # without the top, whom nobody could be paired with
    history = some_rounds(people, 3)
    edges = thousandths(people, history, 4)
    graph = rx.PyGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from([(i, j, -cost) for i, j, cost in edges])
    best = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    cost_of = {(i, j): cost for i, j, cost in edges}

    result = propose(people, facts(people, round=4, history=history))

    assert len(best) == len(result.groups) == size // 2
    assert round_up(result.cost) == sum(cost_of[min(p), max(p)] for p in best)
    assert result.gap == 0


def test_costs_no_more_than_an_exact_solver_finds_where_most_may_meet_few() -> None:
    managers = [(address(i - 1),) if 0 < i < 560 else () for i in range(600)]
    people = [replace(p, managers=m) for p, m in zip(company(600, 6), managers, strict=True)]
    edges = thousandths(people, [], 1)
    graph = rx.PyGraph()
    graph.add_nodes_from(range(600))
    graph.add_edges_from([(i, j, -cost) for i, j, cost in edges])
    best = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    cost_of = {(i, j): cost for i, j, cost in edges}

    result = propose(people, facts(people))

    assert len(result.groups) == len(best) == 40
    assert round_up(result.cost) == sum(cost_of[min(p), max(p)] for p in best)
    assert result.gap == 0


KINDS_OF_ODD = ("over the globe", "two teams", "few may meet", "interests")


def odd_programme(size: int, kind: str) -> tuple[list[Person], Facts]:
    """Make up people and facts: with a past, or with a tab Never pair that leaves each few partners."""
    dice = np.random.default_rng(size)
    if kind == "over the globe":
        people = company(size + 1, size)[1:]
        return people, facts(people, round=4, history=some_rounds(people, 3))
    people = [
        person(i, team=i % 2 if kind == "two teams" else i % 5, interests=(f"i{dice.integers(0, 6)}",))
        for i in range(size)
    ]
    if kind == "few may meet":
        apart = [(address(i), address(j)) for i, j in combinations(range(size), 2) if dice.random() < 0.8]
        return people, facts(people, never=apart)
    wanted = PairingRules(no_shared_interest=70.0 if kind == "interests" else 0.0)
    return people, facts(people, round=6, history=some_rounds(people, 5), rules=wanted)


@pytest.mark.parametrize("kind", KINDS_OF_ODD)
@pytest.mark.parametrize("size", [13, 17, 20, 21])
def test_costs_no_more_than_trying_every_three_and_solving_the_rest(size: int, kind: str) -> None:
    people, rules = odd_programme(size, kind)
    participants = participants_of(people, rules)
    result = propose(people, rules)
    left = [participants.number[over.email] for over in result.left_over]

    again = float(participants.merits()[left].sum())
    least, cost = best_of_all_threes(participants)
    assert len(left) == least
    assert abs(result.cost + again - cost) <= 0.001 * size
    assert result.gap == 0


def best_of_all_threes(participants: Participants) -> tuple[int, float]:
    """Return how many are left over at the least, and what that costs at the least, those who are again included."""
    everybody, merits = np.arange(participants.nobody), participants.merits()
    costs = participants.costs(everybody, everybody)
    graph = rx.PyGraph()
    graph.add_nodes_from(everybody.tolist())
    allowed = np.argwhere(np.triu(costs < FORBIDDEN, 1)).tolist()
    graph.add_edges_from([(i, j, (i, j, round_up(merits[i] + merits[j] - costs[i, j]))) for i, j in allowed])
    threes = [t for t in combinations(range(participants.nobody), 3) if costs[t[0], t[1]] < FORBIDDEN]
    threes = [t for t in threes if costs[t[0], t[2]] < FORBIDDEN and costs[t[1], t[2]] < FORBIDDEN]
    return min(around(graph, costs, merits, three) for three in [(), *threes])


def around(graph: Any, costs: Costs, merits: Costs, three: tuple[int, ...]) -> tuple[int, float]:
    rest = graph.subgraph([i for i in range(len(costs)) if i not in three])
    found = rx.max_weight_matching(rest, max_cardinality=True, weight_fn=lambda edge: edge[2])
    pairs = [(rest[a], rest[b]) for a, b in found]
    over = set(range(len(costs))) - {i for pair in pairs for i in pair} - set(three)
    joined = [*pairs, *combinations(three, 2)]
    again = merits[list(over)].sum() + merits[list(three)].sum()
    return len(over), float(sum(costs[p] for p in joined) + again)


@pytest.mark.parametrize("size", [61, 151])
def test_proves_that_an_odd_number_is_paired_best(size: int) -> None:
    people, rules = odd_programme(size, "over the globe")
    result = propose(people, rules)
    assert (result.gap, len(result.left_over)) == (0, 0)
    assert sorted(len(g.people) for g in result.groups)[-2:] == [2, 3]


def test_costs_no_more_than_another_library_finds() -> None:
    people = company(61, 9)[1:]
    graph = nx.Graph()
    graph.add_weighted_edges_from((i, j, -cost) for i, j, cost in thousandths(people, [], 1))
    best = nx.max_weight_matching(graph, maxcardinality=True)

    assert round_up(proposed(people).cost) == -sum(graph.edges[e]["weight"] for e in best)


@given(st.integers(2, 9), st.integers(0, 10_000))
@settings(max_examples=60)
def test_is_as_cheap_as_trying_everything_and_not_below_the_bound_by_kinds(size: int, seed: int) -> None:
    people = company(size, seed)
    cheapest = cheapest_of_all(people)
    if cheapest is not None:
        bound = lower_bound(participants_of(people, facts(people)), np.arange(size), three=size % 2 > 0)
        assert bound <= cheapest + 1e-6
        assert abs(proposed(people).cost - cheapest) <= 0.001 * size


def cheapest_of_all(people: list[Person]) -> float | None:
    """Try every way to make pairs, and one group of three if the number is odd."""
    participants = participants_of(people, facts(people))
    everybody = np.arange(len(people))
    costs = participants.costs(everybody, everybody)

    def cheapest(left: tuple[int, ...], *, three: bool) -> float:
        if not left:
            return 0.0
        first, rest = left[0], left[1:]
        sizes = (1, 2) if three else (1,)
        ways = [
            sum(costs[a, b] for a, b in combinations((first, *others), 2))
            + cheapest(tuple(p for p in rest if p not in others), three=three and size == 1)
            for size in sizes
            for others in combinations(rest, size)
        ]
        return min(ways, default=FORBIDDEN)

    found = cheapest(tuple(range(len(people))), three=bool(len(people) % 2))
    return None if found >= FORBIDDEN else found


@pytest.mark.parametrize("size", [300, 1001])
def test_comes_to_the_bound_in_a_large_programme(size: int) -> None:
    people = [person(i, team=0 if i % 5 < 3 else i % 7 + 1) for i in range(size)]
    result = proposed(people)
    assert not result.left_over
    assert result.gap <= 0.003 * result.cost + 400  # a group of three has two pairs more than its people need


@pytest.mark.parametrize(("size", "rounds"), [(6, 5), (8, 7), (12, 11)])
def test_repeats_nobody_while_a_round_robin_would_not(size: int, rounds: int) -> None:
    people = [person(i, team=i) for i in range(size)]
    rules = PairingRules(repeat_rounds=rounds)
    history: list[PastGroup] = []
    for number in range(1, rounds + 1):
        result = propose(people, facts(people, round=number, history=history, rules=rules))
        history += [PastGroup(round=number, people=g.people) for g in result.groups]
    met = Counter(g.people for g in history)
    assert max(met.values()) <= 2
    assert (
        sum(met.values()) - len(met) <= rounds
    )  # greedy round by round: now and then the last rounds get stuck


def test_repeats_a_recent_pair_rather_than_leaving_people_over_and_not_otherwise() -> None:
    pair = [person(0), person(1)]
    history = [PastGroup(round=1, people=(address(0), address(1)))]
    assert len(propose(pair, facts(pair, round=2, history=history)).groups) == 1

    people = [person(0, languages=("en",)), person(1, languages=("en",)), person(2, languages=("de",))]
    people.append(person(3, languages=("fr",), time_zone="Australia/Sydney"))
    history += [PastGroup(round=1, people=(address(2), address(3)))]
    again = propose(people, facts(people, round=2, history=history))
    assert not {g.people for g in again.groups} & {g.people for g in history}


def test_makes_others_third_in_the_next_round() -> None:
    people = [person(i, team=i) for i in range(9)]
    history = some_rounds(people, 3)
    threes = [set(g.people) for g in history if len(g.people) == 3]
    assert len(threes) == 3
    assert not threes[0] & threes[1]
    assert not threes[1] & threes[2]


def test_prefers_a_partner_with_a_common_interest_when_admins_want_it() -> None:
    likes = ("chess", "chess", "sailing", "sailing")
    people = [person(i, team=i, interests=(likes[i],)) for i in range(4)]
    rules = PairingRules(no_shared_interest=50)
    for seed in "abcdef":
        groups = {g.people for g in propose(people, facts(people, seed=seed, rules=rules)).groups}
        assert groups == {(address(0), address(1)), (address(2), address(3))}


@pytest.mark.parametrize(
    ("topics", "offers"),
    [
        (("Feedback", "", "saying no", ""), ("", "feedback, budgets", "", "Saying  No")),
        (("feedback", "budgets; Feedback", "saying no", "saying no"), ("", "", "", "")),
        (("", "feedback", "", "saying no"), ("feedback", "", "saying no", "")),
    ],
)
def test_prefers_a_partner_who_can_offer_what_somebody_wants_to_talk_about(
    topics: tuple[str, ...], offers: tuple[str, ...]
) -> None:
    people = [person(i, team=i, topics=topics[i], offers=offers[i]) for i in range(4)]
    rules = PairingRules(no_common_topic=50)
    for seed in "abcdef":
        found = propose(people, facts(people, seed=seed, rules=rules))
        assert {g.people for g in found.groups} == {(address(0), address(1)), (address(2), address(3))}


def test_has_a_bound_where_people_differ_in_too_many_ways_for_one() -> None:
    dice = np.random.default_rng(7)
    people = [
        replace(
            one,
            department="Sales" if dice.random() < 0.6 else one.department,
            working_hours=WorkingHours(
                days=(((60 * int(dice.integers(5, 9)), 60 * int(dice.integers(14, 20))),),) * 7
            ),
        )
        for one in company(601, 7)[1:]
    ]
    result = proposed(people)
    assert 0 < result.lower_bound <= result.cost <= 1.25 * result.lower_bound


def test_repeats_last_even_if_the_weights_are_as_high_as_settings_allow() -> None:
    size = (
        60  # everybody may be paired with two others only, and every second of these pairs shares no language
    )
    neighbours = {tuple(sorted((i, (i + 1) % size))) for i in range(size)}
    never = [(address(i), address(j)) for i, j in combinations(range(size), 2) if (i, j) not in neighbours]
    people = [person(i, team=i, languages=(("en", "de")[(i + 1) // 2 % 2],)) for i in range(size)]
    met = [PastGroup(round=1, people=(address(1), address(2)))]
    rules = PairingRules(no_common_language=40_000)
    result = propose(people, facts(people, round=2, history=met, never=never, rules=rules))
    assert met[0].people not in {g.people for g in result.groups}


def test_prefers_who_never_met_to_whom_one_met_however_long_ago() -> None:
    people = [person(i, team=i) for i in range(4)]
    met = [
        PastGroup(round=1, people=(address(0), address(1))),
        PastGroup(round=2, people=(address(0), address(2))),
    ]
    for seed in "abcdef":
        groups = {g.people for g in propose(people, facts(people, round=60, seed=seed, history=met)).groups}
        assert groups == {(address(0), address(3)), (address(1), address(2))}
