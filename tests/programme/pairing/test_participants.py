"""What a pair costs, who may be paired with whom, and what people have in common for the search: each by value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from made_up import ON, address

from peerpact.programme.pairing import Facts, PairingRules, PastGroup, deep_lines, participants_of
from peerpact.programme.pairing import participants as rooms
from peerpact.programme.pairing.groups import Mode
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, LONG_AGO, RECENT, Participants, pairs_of
from peerpact.programme.people import Person, WorkingHours
from peerpact.programme.reporting_lines import ReportingLines

ROUND = 30
RANDOM = PairingRules(mode=Mode.RANDOM)
INTERESTS = PairingRules(no_shared_interest=40)
TOPICS = PairingRules(no_common_topic=50)


def who(number: int, *managers: int, **more: object) -> Person:
    """Somebody who costs nothing with anybody: of no team, at usual hours, with the programme's language."""
    fields: dict[str, object] = {"languages": ("en",), "managers": tuple(map(address, managers)), **more}
    return Person(email=address(number), name=f"P{number}", **fields)  # type: ignore[arg-type] # a test's own fields


def two(**fields: tuple[object, object]) -> list[Person]:
    """Two people, with a value each of some fields."""
    return [who(n, **{name: values[n] for name, values in fields.items()}) for n in (0, 1)]


def known(people: Sequence[Person], rules: PairingRules | None = None, **more: object) -> Participants:
    lines = ReportingLines({p.email: p.managers for p in people})
    facts = Facts(round=ROUND, lines=lines, on=ON, seed="s", rules=rules or PairingRules())
    return participants_of(people, replace(facts, **more))  # type: ignore[arg-type] # a test's own facts


def together(ago: int, *numbers: int) -> PastGroup:
    return PastGroup(round=ROUND - ago, people=tuple(map(address, numbers)))


def everybody(of: Participants) -> Numbers:
    return np.arange(of.nobody)


def cost(of: Participants, one: int, other: int) -> float:
    """Return what a pair costs: the same in a list, in a table, and the other way round."""
    listed = of.costs_of(np.array([one, other]), np.array([other, one]))
    table = of.costs(np.array([one, other]), np.array([one, other]))
    assert listed[0] == listed[1] == table[0, 1] == table[1, 0]
    return float(listed[0])


def daily(*minutes: int) -> WorkingHours:
    """Work from Monday on, on so many days with so many minutes each."""
    return WorkingHours(days=tuple(((540, 540 + m),) if m else () for m in (*minutes, *[0] * 7)[:7]))


COSTS = {
    "nothing against it": (two(), None, 0),
    "one team": (two(team=("A", "A"), department=("D", "E")), None, 100),
    "one department": (two(team=("A", "B"), department=("D", "D")), None, 30),
    "one team and department": (two(team=("A", "A"), department=("D", "D")), None, 130),
    "two teams": (two(team=("A", "B"), department=("D", "E")), None, 0),
    "one without a team": (two(team=("A", "")), None, 0),
    "one team where teams don't matter": (two(team=("A", "A"), department=("D", "D")), RANDOM, 0),
    "as many hours as wanted": (two(working_hours=(daily(300), daily(300))), None, 0),
    "an hour short": (two(working_hours=(daily(240), daily(480))), None, 15),
    "a quarter short of an hour": (two(working_hours=(daily(285), daily(480))), None, 15),
    "no hour at all": (two(working_hours=(daily(0, 480), daily(480))), None, 75),
    "an hour more wanted": (
        two(working_hours=(daily(300), daily(300))), PairingRules(enough_hours=6, missing_hour=7), 7,
    ),
    "no common language": (two(languages=(("en", "fr"), ("de",))), None, 300),
    "a common language": (two(languages=(("en", "de"), ("de", "fr"))), None, 0),
    "no shared interest": (two(interests=(("tea",), ("go",))), INTERESTS, 40),
    "no interests": (two(), INTERESTS, 40),
    "a shared interest": (two(interests=(("tea", "go"), ("chess", "tea"))), INTERESTS, 0),
    "interests that don't matter": (two(interests=(("tea",), ("go",))), TOPICS, 50),
    "both want a topic": (two(topics=("a, b", "b")), TOPICS, 0),
    "one wants what the other offers": (two(topics=("a", ""), offers=("", "a")), TOPICS, 0),
    "one offers what the other wants": (two(topics=("", "a"), offers=("a", "")), TOPICS, 0),
    "both offer a topic and none wants it": (two(topics=("b", "c"), offers=("a", "a")), TOPICS, 50),
    "neither interest nor topic": (two(), replace(INTERESTS, no_common_topic=50), 90),
    "an interest and no topic": (
        two(interests=(("a",), ("a",))), replace(INTERESTS, no_common_topic=50), 50,
    ),
    "everything": (
        two(team=("A", "A"), department=("D", "D"), languages=(("en",), ("de",)),
            working_hours=(daily(120), daily(480))),
        None, 100 + 30 + 300 + 45,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("people", "rules", "points"), COSTS.values(), ids=COSTS)
def test_costs_what_a_pair_lacks(people: list[Person], rules: PairingRules | None, points: float) -> None:
    assert cost(known(people, rules), 0, 1) == points


@pytest.mark.parametrize(
    ("ago", "rules", "points"),
    [
        (0, {}, RECENT + 800),
        (1, {}, RECENT + 400),
        (2, {}, RECENT + 200),
        (6, {}, RECENT + 12.5),
        (7, {}, 6.25),
        (20, {}, LONG_AGO),
        (2, {"repeat_rounds": 1}, 200),
        (1, {"repeat_rounds": 0}, 400),
        (1, {"repeat_rounds": 0, "repeat": 0}, 0),
        (9, {"repeat_rounds": 0, "repeat": 0.001}, 0.001),
    ],
)
def test_costs_less_the_longer_ago_two_were_together(
    ago: int, rules: dict[str, float], points: float
) -> None:
    of = known(two(), PairingRules(**rules), history=[together(ago, 1, 0)])  # type: ignore[arg-type] # numbers
    assert cost(of, 0, 1) == pytest.approx(points, abs=1e-9)
    assert of.rounds_ago(np.array([0, 1]), np.array([1, 0])).tolist() == [ago, ago]


def test_counts_the_last_time_of_several_and_nothing_of_who_never_met() -> None:
    of = known([who(0), who(1), who(2)], history=[together(9, 0, 1), together(8, 0, 1), together(9, 1, 0)])
    assert cost(of, 0, 1) == 3.125
    assert of.rounds_ago(np.array([0, 0]), np.array([1, 2])).tolist() == [8, np.inf]
    assert LONG_AGO < 1


def test_weighs_no_repeat_above_a_rule_and_no_wish_above_a_repeat() -> None:
    worst = PairingRules(repeat=1000, same_team=1000, same_department=1000, no_common_language=1000)
    points = worst.repeat + worst.same_team + worst.same_department + worst.no_common_language
    assert 100 * points < RECENT
    assert FORBIDDEN >= 10_000 * RECENT


def test_costs_nothing_to_be_with_nobody() -> None:
    of = known(two(team=("A", "A"), languages=(("en",), ("de",)), interests=(("a",), ())), INTERESTS)
    assert cost(of, 0, of.nobody) == cost(of, 1, of.nobody) == 0


def test_costs_one_without_a_team_nothing_with_anybody() -> None:
    teams = ["A", "B", "C", "", "", "A"]
    of = known([who(n, team=team, department=team) for n, team in enumerate(teams)])
    found = {(a, b): cost(of, a, b) for a, b in combinations(range(6), 2)}
    assert {pair: points for pair, points in found.items() if points} == {(0, 5): 130}


def test_costs_each_two_languages_that_nobody_shares() -> None:
    spoken = [("en",), ("de",), ("fr", "de"), ("es",), ("de", "fr")]
    of = known([who(n, languages=languages) for n, languages in enumerate(spoken)])
    found = {(a, b): cost(of, a, b) for a, b in combinations(range(5), 2)}
    assert {pair for pair, points in found.items() if not points} == {(1, 2), (1, 4), (2, 4)}
    assert {*found.values()} == {0, 300}


def test_costs_by_the_people_s_addresses_whatever_the_order_of_rows() -> None:
    of = known([who(2, team="A"), who(0, team="A"), who(1, team="B")])
    assert [p.email for p in of.people] == [address(0), address(1), address(2)]
    assert (cost(of, 0, 2), cost(of, 0, 1), cost(of, 1, 2)) == (100, 0, 0)


@pytest.mark.parametrize(("others", "points"), [(511, 0), (512, 40)])
def test_compares_so_many_interests_as_count_the_most_common_first(others: int, points: float) -> None:
    many = tuple(f"i{n:03}" for n in range(others))
    people = [who(0, interests=("rare",)), who(1, interests=("rare",)), who(2, interests=many)]
    assert cost(known([*people, who(3, interests=many)], INTERESTS), 0, 1) == points
    assert cost(known([*people, who(3, interests=("rare", *many))], INTERESTS), 0, 1) == 0


APART = {
    "nobody minds": ({}, True, True),
    "on the tab Never pair": ({"never": [(address(1), address(0))]}, False, True),
    "rejected by an admin": ({"rejected": [(address(0), address(1))]}, False, True),
    "wished in private": ({"private": [(address(1), address(0))]}, False, True),
    "all of it, of others": (
        {"never": [(address(0), address(2))], "rejected": [(address(2), address(0))],
         "private": [(address(0), "gone@example.com")]}, True, False,
    ),
    "of one with themselves": ({name: [(address(0),) * 2] for name in ("never", "rejected", "private")}, True, True),
    "of somebody who isn't here": ({"never": [("gone@example.com", address(1))]}, True, True),
}  # fmt: skip


@pytest.mark.parametrize(("more", "first", "second"), APART.values(), ids=APART)
def test_keeps_apart_whom_somebody_wants_apart(more: dict[str, object], first: bool, second: bool) -> None:
    of = known([who(0), who(1), who(2)], **more)  # type: ignore[arg-type] # facts
    assert (of.may(address(0), address(1)), of.may(address(0), address(2))) == (first, second)
    assert ((cost(of, 0, 1) < FORBIDDEN), (cost(of, 0, 2) < FORBIDDEN)) == (first, second)
    assert of.partners_allowed(0).tolist() == [n for n, may in ((1, first), (2, second)) if may]


def test_tells_by_which_of_them_two_are_kept_apart() -> None:
    a, b, c, d = map(address, range(4))
    of = known(
        [who(n) for n in range(4)], never=[(a, b), (d, d)], rejected=[(a, c), (d, d)], private=[(a, d)]
    )
    assert [of.is_never(x, a) for x in (b, c, d)] == [True, False, False]
    assert [of.is_rejected(x, a) for x in (b, c, d)] == [False, True, False]
    assert [of.is_private(x, a) for x in (b, c, d)] == [False, False, True]
    assert not of.is_never(d, d)
    assert not of.is_rejected(d, d)
    assert of.has_private
    assert not known([who(0)], never=[(a, b)], private=[(a, a)]).has_private


CHAIN = [who(0), who(1, 0), who(2, 1), who(3, 2), who(4)]
LINES = {
    "the whole line": (PairingRules(), {(0, 4), (1, 4), (2, 4), (3, 4)}),
    "a level": (PairingRules(chain_levels=1), {(0, 4), (1, 4), (2, 4), (3, 4), (0, 2), (0, 3), (1, 3)}),
    "two levels": (PairingRules(chain_levels=2), {(0, 4), (1, 4), (2, 4), (3, 4), (0, 3)}),
    "without the top": (
        PairingRules(include_top=True), {(0, 4), (1, 4), (2, 4), (3, 4), (0, 2), (0, 3)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("deep", [1, 2, 100])
@pytest.mark.parametrize(("rules", "allowed"), LINES.values(), ids=LINES)
def test_keeps_a_reporting_line_apart_as_far_as_the_setting_says(
    rules: PairingRules, allowed: set[tuple[int, int]], deep: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deep_lines, "DEEP", deep)
    of = known(CHAIN, rules)
    pairs = [*combinations(range(5), 2)]
    assert {(a, b) for a, b in pairs if of.may(address(a), address(b))} == allowed
    assert {(a, b) for a, b in pairs if of.may(address(b), address(a))} == allowed
    assert {(a, b) for a, b in pairs if cost(of, a, b) < FORBIDDEN} == allowed
    assert {(a, b) for a, b in pairs if not of.in_one_line(address(b), address(a))} == allowed
    partners = [{b for pair in allowed if a in pair for b in pair} - {a} for a in range(5)]
    assert [set(of.partners_allowed(a).tolist()) for a in range(5)] == partners


def test_tells_who_is_above_and_who_below() -> None:
    of = known(CHAIN)
    assert of.is_above(address(0), address(3))
    assert not of.is_above(address(3), address(0))
    assert of.in_one_line(address(3), address(0))
    assert not of.may(address(3), address(3))


def test_pairs_only_people_whose_lines_are_unknown_in_the_same_places() -> None:
    of = known([who(0, 90), who(1, 90), who(2, 91), who(3), who(4)])
    allowed = {(a, b) for a, b in combinations(range(5), 2) if of.may(address(a), address(b))}
    assert allowed == {(0, 1), (3, 4)}
    assert {(a, b) for a, b in combinations(range(5), 2) if cost(of, a, b) < FORBIDDEN} == allowed
    assert [of.is_line_unlike_others(n) for n in range(5)] == [False, False, True, False, False]
    assert cost(of, 2, of.nobody) == 0


@pytest.mark.parametrize("deep", [0, 100])
@pytest.mark.parametrize(
    ("people", "never", "among", "have"),
    [
        ([who(0)], [], [0], [False]),
        ([who(0), who(1)], [], [0, 1], [True, True]),
        ([who(0), who(1), who(2)], [], [2], [False]),
        ([who(0), who(1), who(2)], [(0, 1)], [0, 1], [False, False]),
        ([who(0), who(1), who(2)], [(0, 1)], [0, 1, 2], [True, True, True]),
        ([who(0), who(1), who(2)], [(0, 1)], [1, 2], [True, True]),
        ([who(0), who(1), who(2)], [(0, 1), (0, 2)], [0, 1, 2], [False, True, True]),
        ([who(0), who(1, 0)], [], [0, 1], [False, False]),
        ([who(0), who(1, 0)], [(0, 1)], [0, 1], [False, False]),
        ([who(0), who(1, 0), who(2, 1)], [(0, 2)], [0, 1, 2], [False] * 3),
        ([who(0), who(1, 0), who(2, 1), who(3)], [(2, 0)], [0, 1, 2, 3], [True] * 4),
        ([who(0), who(1, 0), who(2, 1), who(3)], [(2, 0)], [0, 2], [False, False]),
        ([who(0), who(1, 0), who(2, 0)], [], [0, 1, 2], [False, True, True]),
        ([who(0, 90), who(1, 91), who(2, 91)], [], [0, 1, 2], [False, True, True]),
        ([who(0, 90), who(1, 91), who(2, 91)], [(0, 1)], [0, 1, 2], [False, True, True]),
    ],
)
def test_tells_who_has_a_partner_at_all_among_some(
    people: list[Person],
    never: list[tuple[int, int]],
    among: list[int],
    have: list[bool],
    deep: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deep_lines, "DEEP", deep)
    of = known(people, never=[(address(a), address(b)) for a, b in never])
    assert of.have_partners(np.array(among)).tolist() == have
    assert [p.email for p in of.people] == [p.email for p in people]


@pytest.mark.parametrize("deep", [0, 1, 100])
@pytest.mark.parametrize(
    ("people", "never", "one_of_each"),
    [
        ([who(0), who(1), who(2)], [], 3),
        ([who(0), who(1), who(2)], [(0, 1)], 2),
        ([who(0), who(1), who(2), who(3)], [(0, 1), (0, 2)], 4),
        ([who(0), who(1), who(2)], [(0, 1), (0, 2), (1, 2)], 1),
        ([who(0), who(1, 0), who(2, 1), who(3)], [], 2),
        ([who(0), who(1, 0), who(2, 1), who(3)], [(0, 2)], 2),
        ([who(0), who(1, 0), who(2, 1), who(3, 0)], [], 3),
    ],
)
def test_takes_people_with_the_same_partners_for_one(
    people: list[Person],
    never: list[tuple[int, int]],
    one_of_each: int,
    deep: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deep_lines, "DEEP", deep)
    of = known(people, never=[(address(a), address(b)) for a, b in never])
    assert len(of.one_of_each(everybody(of))) == one_of_each


@pytest.mark.parametrize("most", [2000, 4, 3])
def test_parts_people_between_whom_nobody_may_be_paired(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_IN_TABLE", most)
    people = [who(0), who(1, 0), who(2, 90), who(3, 1), who(4, 90), who(5, 1), who(6, 91), who(7, 91)]
    never = [(address(a), address(b)) for a, b in ((0, 3), (0, 5))]
    of = known(people, never=never)
    parted, whole = [[0], [1], [2, 4], [3, 5], [6, 7]], [[0, 1, 3, 5], [2, 4], [6, 7]]
    found = [circle.tolist() for circle in of.circles(everybody(of))]
    assert found == (whole if most < 4 else parted)
    assert [circle.tolist() for circle in of.circles(np.array([5, 4, 3]))] == [[4], [5, 3]]


def test_takes_what_costs_hang_on_apart_as_far_as_kinds_may_be_many() -> None:
    """Two teams crossed by three departments, two hours of work, one language."""
    hours = daily(300), daily(0, 300)
    of = known(
        [who(n, team="AB"[n % 2], department="XYZ"[n % 3], working_hours=hours[n % 2]) for n in range(12)]
    )
    assert of.parts(6) == [("team", "department", "hours", "languages")]
    assert of.parts(5) == [("team",), ("department",), ("hours", "languages")]
    assert of.parts(2) == [("team", "hours", "languages")]
    assert of.parts(1) == [("languages",)]
    assert of.parts(0) == []


def test_tells_what_two_kinds_cost_at_the_least() -> None:
    teams = ["A", "A", "B", "", ""]
    people = [
        who(n, team=team, department="D", languages=("de" if n == 2 else "en",))
        for n, team in enumerate(teams)
    ]
    of = known([*people, who(5, team="A", department="D", working_hours=daily(120))])

    kind, least = of.kinds(("team",))
    assert [least[kind[a], kind[b]] for a, b in ((0, 1), (0, 2), (2, 2), (3, 4), (0, 3))] == [
        100,
        0,
        100,
        0,
        0,
    ]
    assert kind[3] == kind[4]
    assert len(least) == 3

    kind, least = of.kinds(("department",))
    assert least.tolist() == [[30]]
    assert kind.tolist() == [0] * 6

    kind, least = of.kinds(("team", "department", "hours", "languages"))
    pairs = [*combinations(range(6), 2)]
    assert {p: least[kind[p[0]], kind[p[1]]] for p in pairs} == {p: cost(of, *p) for p in pairs}
    assert len(least) == 4
    assert known(people, RANDOM).kinds(("team", "department"))[1].any() is np.False_
    kind, least = of.kinds(())
    assert (kind.tolist(), least.tolist()) == ([0] * 6, [[0]])


@pytest.mark.parametrize(
    ("history", "again", "merits"),
    [
        ([], 60, [0, 0, 0, 0]),
        ([together(1, 0, 1, 2)], 60, [60, 60, 60, 60]),
        ([together(1, 0, 1), together(2, 0, 2, 3)], 60, [30, 0, 90, 90]),
        ([together(20, 0, 1, 2)], 60, [LONG_AGO] * 3 + [0]),
        ([together(1, 0, 1, 2)], 0, [0, 0, 0, 0]),
        ([together(1, 0, 1, 2)], 0.001, [0.001] * 4),
    ],
)
def test_gives_a_merit_to_who_was_third_or_alone(
    history: list[PastGroup], again: float, merits: list[float]
) -> None:
    of = known([who(n) for n in range(4)], PairingRules(third_again=again), history=history)
    assert of.merits().tolist() == pytest.approx([*merits, 0])


@pytest.mark.parametrize("size", [2, 4, 5, 7, 8])
def test_gives_everybody_a_turn_with_each_in_as_many_rounds_as_there_are_others(size: int) -> None:
    people = [who(n) for n in range(size)]
    one, other = np.triu_indices(size + size % 2, 1)
    rounds = [known(people, round=n).is_their_turn(one, other) for n in range(size - 1 + size % 2)]
    assert (np.sum(rounds, axis=0) == 1).all()
    for turn in rounds:
        assert sorted([*one[turn], *other[turn]]) == [*range(size + size % 2)]
    assert (known(people, round=len(rounds)).is_their_turn(one, other) == rounds[0]).all()
    assert any(known(people, seed="t").is_their_turn(one, other).tolist() != r.tolist() for r in rounds) == (
        size > 2
    )


def test_lists_the_pairs_of_groups_and_where_each_begins() -> None:
    left, right, starts = pairs_of([(3, 5), (0, 2, 4), (1, 6)])
    assert left.tolist() == [3, 0, 0, 2, 1]
    assert right.tolist() == [5, 2, 4, 4, 6]
    assert starts.tolist() == [0, 1, 4]
