"""Repairs of a round in progress by value: what is said and counted, and whom a large programme looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from made_up import Pair, address, facts, person

from peerpact.programme.pairing import Facts, Progress, Repair, Standing, repair, repairs
from peerpact.programme.people import Person

PROPOSED, INTRODUCED, MET = Progress
LEFT = "Somebody of them left or pauses."
JOINED = "Joined by somebody who had no partner."
PARTED = "Parted, so that others have a partner too."
ANOTHER = "One of them is in another pairing now."
WITH_ONE = "One of them is now with somebody who had no partner."


def some(size: int, *, of_one_team: Sequence[int] = ()) -> list[Person]:
    return [person(n, team=77 if n in of_one_team else n, languages=("en",)) for n in range(size)]


def apart(*pairs: tuple[int, int]) -> list[Pair]:
    return [(address(a), address(b)) for a, b in pairs]


def standing(
    *groups: tuple[int, ...], progress: Progress = INTRODUCED, locked: bool = False
) -> list[Standing]:
    return [Standing(people=tuple(map(address, group)), progress=progress, locked=locked) for group in groups]


def numbers(people: Sequence[str]) -> tuple[int, ...]:
    return tuple(int(e[1:4]) for e in people)


def fixed(groups: Sequence[Standing], people: Sequence[Person], given: Facts | None = None) -> Repair:
    """Return the repair, after a look that everybody is in one group or left over, and in none that is forbidden."""
    found = repair(groups, people, given or facts(people))
    after = {g.people: g.people for g in groups} | {c.before: c.after for c in found.changed}
    placed = [g for g in after.values() if len(g) > 1] + [g.people for g in found.new]
    named = [*(e for g in placed for e in g), *(over.email for over in found.left_over)]
    assert sorted(named) == sorted(p.email for p in people)
    return found


def told(found: Repair) -> dict[tuple[int, ...], tuple[tuple[int, ...], str]]:
    return {numbers(c.before): (numbers(c.after), c.reason) for c in found.changed}


SAID = {
    "nothing to do": (some(2), standing((0, 1)), {}, {}, []),
    "one leaves a pair": (some(1), standing((0, 1)), {}, {(0, 1): ((0,), LEFT)}, []),
    "both leave": (some(1), standing((1, 2)), {}, {(1, 2): ((), LEFT)}, []),
    "one leaves a three": (some(2), standing((0, 1, 2)), {}, {(0, 1, 2): ((0, 1), LEFT)}, []),
    "one joins": (some(3), standing((0, 1)), {}, {(0, 1): ((0, 1, 2), JOINED)}, []),
    "one leaves a three, another joins": (
        some(4)[1:], standing((0, 1, 2)), {}, {(0, 1, 2): ((1, 2, 3), JOINED)}, [],
    ),
    "one of a three for who is new": (
        some(4), standing((0, 1, 2)), {"never": apart((0, 3), (1, 3))}, {(0, 1, 2): ((0, 1), WITH_ONE)}, [(2, 3)],
    ),
    "two are parted for two others": (
        some(4), standing((0, 1)), {"never": apart((2, 3), (0, 2))}, {(0, 1): ((), PARTED)}, [(0, 3), (1, 2)],
    ),
    "a rule forbids two": (
        some(4), standing((0, 1), (2, 3)), {"never": apart((0, 1), (0, 2), (1, 3))},
        {(0, 1): ((), "They are on the tab Never pair."), (2, 3): ((), PARTED)}, [(0, 3), (1, 2)],
    ),
    "an admin rejected two": (
        some(2), standing((0, 1)), {"rejected": apart((0, 1))},
        {(0, 1): ((), "An admin rejected this pair in this round.")}, [],
    ),
    "one wishes not to be with the other": (
        some(2), standing((0, 1)), {"private": apart((0, 1))}, {(0, 1): ((), "Ended.")}, [],
    ),
    "one of a three wishes not to be with another": (
        some(4), standing((0, 1, 2)), {"private": apart((0, 2), (0, 3), (1, 3))},
        {(0, 1, 2): ((0, 1), ANOTHER)}, [(2, 3)],
    ),
    "two end beside a wish of others": (
        some(4), standing((0, 1)), {"never": apart((2, 3)), "private": apart((0, 2))},
        {(0, 1): ((), "Ended.")}, [(0, 3), (1, 2)],
    ),
    "a three of whom two are on Never pair": (
        some(4), standing((0, 1, 2)), {"never": apart((0, 2), (0, 3), (1, 3))},
        {(0, 1, 2): ((0, 1), "They are on the tab Never pair.")}, [(2, 3)],
    ),
    "a locked pair that a rule forbids": (
        some(2), standing((0, 1), locked=True), {"never": apart((0, 1))},
        {(0, 1): ((), "They are on the tab Never pair.")}, [],
    ),
    "a locked pair of whom one leaves": (
        some(1), standing((0, 1), locked=True), {}, {(0, 1): ((0,), LEFT)}, [],
    ),
    "one leaves, and another takes their place": (
        some(6), standing((0, 9), (1, 2), (3, 4)), {}, {(0, 9): ((0,), LEFT)}, [(0, 5)],
    ),
    "a locked three of whom one leaves": (
        some(3)[1:], standing((0, 1, 2), locked=True), {}, {(0, 1, 2): ((1, 2), LEFT)}, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("people", "groups", "more", "changes", "new"), SAID.values(), ids=SAID)
def test_says_what_becomes_of_each_group(
    people: list[Person],
    groups: list[Standing],
    more: dict[str, list[Pair]],
    changes: dict[tuple[int, ...], tuple[tuple[int, ...], str]],
    new: list[tuple[int, ...]],
) -> None:
    found = fixed(groups, people, replace(facts(people), **more))  # type: ignore[arg-type] # facts
    assert told(found) == changes
    assert [numbers(g.people) for g in found.new] == new
    assert all((c.why != "") == (len(c.after) > 1) for c in found.changed)


def test_counts_the_points_of_what_is_new_or_changed_only() -> None:
    people = some(8, of_one_team=(0, 1, 2, 3, 4, 5))
    people[6], people[7] = replace(people[6], team="X"), replace(people[7], team="X")
    found = fixed(standing((0, 1), (2, 3, 9)), people[:4] + people[6:])
    assert told(found) == {(2, 3, 9): ((2, 3), LEFT)}
    assert [numbers(g.people) for g in found.new] == [(6, 7)]
    assert (found.cost, found.gap) == (130 + 100, 0)
    assert fixed(standing((0, 1), (2, 3)), people[:4]).cost == 0


@pytest.mark.parametrize("seed", "abcdef")
def test_keeps_the_two_who_may_stay_together_whatever_the_chance(seed: str) -> None:
    people = some(5)
    given = replace(facts(people, seed=seed), never=apart((0, 2), (1, 2)))
    found = fixed(standing((0, 1, 2), (3, 4), progress=MET), people, given)
    assert told(found)[0, 1, 2][0] == (0, 1)


@pytest.mark.parametrize("seed", "abcdef")
def test_keeps_two_of_a_three_rather_than_pairing_all_anew(seed: str) -> None:
    people = some(6)
    given = replace(facts(people, seed=seed), never=apart((0, 2)))
    [change] = fixed(standing((0, 1, 2), progress=MET), people, given).changed
    assert len(change.after) == 2
    assert address(1) in change.after


@pytest.mark.parametrize("seed", "abcdef")
def test_lets_what_is_locked_and_whole_stay_whatever_the_chance(seed: str) -> None:
    people = some(8)
    groups = [*standing((0, 1), locked=True, progress=PROPOSED), *standing((2, 3, 4), locked=True)]
    found = fixed(groups, people, facts(people, seed=seed))
    assert told(found) == {}
    assert [len(g.people) for g in found.new] == [3]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a programme be large that has more than six people, and two of its groups near."""
    monkeypatch.setattr(repairs, "LARGE", 6)
    monkeypatch.setattr(repairs, "NEAR", 2)


def pairs(first: int, last: int) -> list[tuple[int, int]]:
    return [(n, n + 1) for n in range(first, last, 2)]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("place", [0, 3, 7])
@pytest.mark.parametrize("seed", "abc")
def test_lets_somebody_join_two_who_are_only_proposed_yet(place: int, seed: str) -> None:
    groups = standing(*pairs(0, 16), progress=MET)
    groups[place] = replace(groups[place], progress=PROPOSED)
    people = some(17)
    found = fixed(groups, people, facts(people, seed=seed))
    assert told(found) == {(2 * place, 2 * place + 1): ((2 * place, 2 * place + 1, 16), JOINED)}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", "abcd")
def test_takes_one_of_a_three_in_a_large_programme(seed: str) -> None:
    people = some(16)
    found = fixed(standing((0, 1, 2), *pairs(3, 15)), people, facts(people, seed=seed))
    assert [len(after) for after, _ in told(found).values()] == [2]
    assert [len(g.people) for g in found.new] == [2]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", "abcd")
def test_lets_nobody_join_what_is_locked_in_a_large_programme(seed: str) -> None:
    people = some(15)
    groups = [*standing(*pairs(0, 12), locked=True), *standing((12, 13), progress=MET)]
    assert told(fixed(groups, people, facts(people, seed=seed))) == {(12, 13): ((12, 13, 14), JOINED)}


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", "abcd")
@pytest.mark.parametrize("fits", [(0, 1), (8, 9), (14, 15)])
def test_looks_at_everybody_where_those_near_are_of_no_help(fits: tuple[int, int], seed: str) -> None:
    people = some(17)
    never = apart(*((n, 16) for n in range(16) if n not in fits))
    found = fixed(standing(*pairs(0, 16)), people, replace(facts(people, seed=seed), never=never))
    assert told(found) == {fits: ((*fits, 16), JOINED)}


@pytest.mark.parametrize("size", [5, 7])
def test_looks_at_everybody_up_to_the_limit_and_beyond_it_where_somebody_is_left(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though no group is near: five are no large programme, and seven are looked at once more."""
    monkeypatch.setattr(repairs, "LARGE", 5)
    monkeypatch.setattr(repairs, "NEAR", 0)
    found = fixed(standing(*pairs(0, size - 1)), some(size))
    assert not found.left_over
    assert [len(after) for after, _ in told(found).values()] == [3]


@pytest.mark.usefixtures("few")
def test_leaves_a_large_programme_alone_in_which_nobody_is_without_a_partner() -> None:
    found = fixed(standing(*pairs(0, 16)), some(16))
    assert (found.changed, found.new, found.left_over, found.cost) == ((), (), (), 0)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("field", ["never", "rejected", "private"])
@pytest.mark.parametrize("broken", [(0, 1), (6, 7)])
def test_parts_in_a_large_programme_whom_a_rule_forbids_by_now(field: str, broken: tuple[int, int]) -> None:
    people = some(10)
    given = replace(facts(people), **{field: apart(broken[::-1])})  # type: ignore[arg-type] # facts
    found = fixed(standing(*pairs(0, 10)), people, given)
    assert told(found)[broken][0] == ()
    assert not found.left_over


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("boss", "person_below"), [(0, 1), (1, 0), (5, 4)])
def test_parts_in_a_large_programme_who_are_in_one_line_by_now(boss: int, person_below: int) -> None:
    people = some(10)
    people[person_below] = replace(people[person_below], managers=(address(boss),))
    found = fixed(standing(*pairs(0, 10)), people)
    assert told(found)[tuple(sorted((boss, person_below)))] == ((), "They are in one reporting line.")
    assert not found.left_over


@pytest.mark.usefixtures("few")
def test_fills_up_in_a_large_programme_what_somebody_left() -> None:
    people = [p for p in some(18) if p.email not in {address(5), address(9)}]
    found = fixed(standing(*pairs(0, 18)), people)
    assert told(found) == {(4, 5): ((4,), LEFT), (8, 9): ((8,), LEFT)}
    assert [numbers(g.people) for g in found.new] == [(4, 8)]


@pytest.mark.parametrize("dear", [*combinations(range(3), 2)])
def test_keeps_the_two_of_a_three_who_fit_best_of_those_who_may(
    dear: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large programme a three of whom two must part is two by then: not those two, nor those who fit less."""
    monkeypatch.setattr(repairs, "SEARCHED", 4)
    free = next(n for n in range(3) if n not in dear)
    broken = (min(free, dear[0]), max(free, dear[0]))
    people = some(8, of_one_team=dear)
    found = fixed(standing((0, 1, 2), (3, 4), (5, 6)), people, replace(facts(people), never=apart(broken)))
    best = tuple(sorted((free, dear[1])))
    assert set(best) <= set(told(found)[0, 1, 2][0])
