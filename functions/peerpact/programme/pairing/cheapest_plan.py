"""The cheapest plan for people of whom some are in groups and some are not; prices are those of ``moves``.

Up to ``SEARCHED`` people it is the cheapest of all. Beyond, those without a partner are matched exactly with one
another and with the people of the groups nearest to them; only where that leaves somebody over, or moves somebody, a
search looks closer at those concerned and the groups that are best to join.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.groups import Facts, Progress
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.matching import match
from peerpact.programme.pairing.moves import MOVED, Moves, Placed
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Numbered, Participants, chance_of

SEARCHED = 40
"""People among whom the cheapest plan is searched, threes included."""
MATCHED = 400
"""People among whom the cheapest pairs are found."""
AT_ONCE = 2_000_000
"""Pairs whose costs are looked at together: a few tens of megabytes, however many people there are."""
MOST_STEPS = 12
"""Searches after which a large plan is taken as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The groups of all who may move, how far each is, and who is left."""

    groups: tuple[Placed, ...]
    left: tuple[int, ...] = ()
    is_proven: bool = True
    price: float = 0.0
    """Of the search that made it; at 0 nobody is left over or moved, no three made and no pair repeated."""


def planned(participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers) -> Plan:
    """Return the cheapest plan; of a large programme a good one, looked for until nothing changes any more."""
    if len(free) + sum(len(rest) for rest, _ in groups) <= SEARCHED:
        return searched(participants, facts, groups, free)
    is_hopeless = _may_be_with_nobody(participants, groups, free)
    plan = _improved(participants, facts, groups, free[~is_hopeless])
    return replace(plan, left=(*plan.left, *free[is_hopeless].tolist()))


def _improved(participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers) -> Plan:
    plan = _step(participants, facts, groups, free)
    for _ in range(MOST_STEPS):
        if not plan.left:
            break
        further = _step(participants, facts, plan.groups, np.array(plan.left, dtype=np.int64))
        if further.left == plan.left:
            break
        plan = further
    return plan


def _may_be_with_nobody(
    participants: Participants, groups: Sequence[Placed], free: Numbers
) -> NDArray[np.bool_]:
    """Tell who may be with nobody else, whoever is moved: no search can place them, so none looks for a place.

    Of very many without a partner it is told of nobody; they are matched with one another first.
    """
    if len(free) > MATCHED // 2:
        return np.zeros(len(free), dtype=bool)
    others = np.concatenate([free, np.array([i for rest, _ in groups for i in rest], dtype=np.int64)])
    return np.asarray((participants.costs(free, others) >= FORBIDDEN).all(axis=1))


def _step(participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers) -> Plan:
    alone = searched(participants, facts, (), free, threes=False) if len(free) <= MATCHED // 2 else None
    if alone and not alone.price:
        return Plan(groups=(*alone.groups, *groups))
    groups, free, left = _among_themselves(participants, facts, groups, free)
    near, far = _nearest(participants, groups, free, MATCHED - len(free))
    pairs = searched(participants, facts, near, free, threes=False)
    is_cheapest = not pairs.left and set(near) <= set(pairs.groups)
    plan = Plan(groups=(*pairs.groups, *far), left=(*pairs.left, *left), is_proven=is_cheapest)
    return plan if is_cheapest else _with_threes(participants, facts, groups, plan)


def _among_themselves(
    participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers
) -> tuple[Sequence[Placed], Numbers, tuple[int, ...]]:
    """If very many have no partner, pair them with one another first; return the groups, and who is still alone."""
    if len(free) <= MATCHED // 2:
        return groups, free, ()
    pairs, alone = match(participants, free, chance_of(facts), lower_bound(participants, free))
    paired = [(tuple(pair), Progress.PROPOSED) for pair in pairs.tolist()]
    return [*groups, *paired], alone[: MATCHED // 2], tuple(alone[MATCHED // 2 :].tolist())


def _nearest(
    participants: Participants, groups: Sequence[Placed], some: Numbers, most: int
) -> tuple[list[Placed], list[Placed]]:
    """Return the groups, threes first, whose people are moved or joined at the least price and points; and the rest.

    Groups of which none may be with any of these come last: they would only take the room of those who may.
    """
    if not groups or not len(some):
        return [], list(groups)
    members = np.array([(*rest[:2], rest[-1]) for rest, _ in groups], dtype=np.int64)
    fits = np.min([participants.costs(some, side).min(axis=0) for side in members.T], axis=0)
    price = np.array([MOVED[progress] for _, progress in groups])
    is_pair = np.array([len(rest) == 2 for rest, _ in groups])
    order = np.lexsort((fits, price, is_pair, fits >= FORBIDDEN)).tolist()
    sizes = np.cumsum([len(groups[i][0]) for i in order])
    chosen = set(order[: int(np.searchsorted(sizes, most, side="right"))])
    return [groups[i] for i in sorted(chosen)], [g for i, g in enumerate(groups) if i not in chosen]


def _with_threes(participants: Participants, facts: Facts, before: Sequence[Placed], plan: Plan) -> Plan:
    """Search among those who are left over or moved, and the groups best to join, as many as can be at a time.

    Groups of people of whom nobody had a partner are among these: whoever is over is rather third there.
    """
    there, grouped = set(before), {i for rest, _ in before for i in rest}
    for core in _cores(before, plan):
        people = set(core)
        whole = [group for group in plan.groups if group in there or grouped.isdisjoint(group[0])]
        others = [group for group in whole if people.isdisjoint(group[0])]
        some = np.array(sorted(people), dtype=np.int64)
        near, _ = _nearest(participants, sorted(others), some, SEARCHED - len(people))
        people.update(i for rest, _ in near for i in rest)
        inside = [group for group in before if people.issuperset(group[0])]
        free = people - {i for rest, _ in inside for i in rest}
        found = searched(participants, facts, inside, np.array(sorted(free), dtype=np.int64))
        groups = [group for group in plan.groups if people.isdisjoint(group[0])]
        left = [i for i in plan.left if i not in people]
        plan = Plan(groups=(*groups, *found.groups), left=(*left, *found.left), is_proven=False)
    return plan


def _cores(before: Sequence[Placed], plan: Plan) -> list[list[int]]:
    """Return the people who were moved or left over, with all who were or are with them, some at a time."""
    circles: dict[int, set[int]] = {i: {i} for i in plan.left}
    old = {i for rest, _ in before for i in rest}
    changed = [rest for rest, _ in {*before, *plan.groups} - (set(before) & set(plan.groups))]
    for rest in changed:
        if not old.isdisjoint(rest):
            together = set(rest).union(*(circles.get(i, ()) for i in rest))
            circles |= dict.fromkeys(together, together)
    found = sorted(
        {min(c): c for c in circles.values()}.values(), key=lambda c: (c.isdisjoint(plan.left), min(c))
    )
    cores: list[list[int]] = []
    for circle in [sorted(c) for c in found if len(c) <= SEARCHED // 2]:
        if cores and len(cores[-1]) + len(circle) <= SEARCHED // 2:
            cores[-1] += circle
        else:
            cores.append(circle)
    return cores[:MOST_STEPS]


def searched(
    participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers, *, threes: bool = True
) -> Plan:
    """Return the cheapest plan for some people; without ``threes`` those that are there stay, and none is made."""
    stay = [group for group in groups if not threes and len(group[0]) > 2]
    movable = [group for group in groups if group not in stay]
    grouped = np.array([i for rest, _ in movable for i in rest], dtype=np.int64)
    people = np.sort(np.concatenate([free, grouped]))
    places = {number: place for place, number in enumerate(people.tolist())}
    placed = [(tuple(places[i] for i in rest), progress) for rest, progress in movable]
    found = Moves(participants, people, placed, chance_of(facts)).search(threes=threes).search()
    made_of = [tuple(int(people[i]) for i in group) for group in found.groups]
    return Plan(
        groups=(*((group, _progress(group, movable)) for group in made_of), *stay),
        left=tuple(int(people[i]) for i in found.alone),
        is_proven=found.is_proven,
        price=found.price,
    )


def _progress(group: Numbered, before: Sequence[Placed]) -> Progress:
    """Return how far the group is of which these are, or whom it has two of; a new one is proposed."""
    kept = [progress for rest, progress in before if len(set(rest) & set(group)) > 1]
    return kept[0] if kept else Progress.PROPOSED


def no_three_helps(participants: Participants, people: Numbers, pairs: Numbers, alone: Numbers) -> bool:
    """Tell whether it is certain that no fewer can be left over, groups of three or not.

    Whoever is alone, and the partners of all with whom they may be paired, and so on: if no two of these may be
    together, each group has one of them at most, and one of the others with it; and of these there are too few.
    """
    partner = dict([*pairs.tolist(), *pairs[:, ::-1].tolist()])
    apart: set[int] = set(alone.tolist())
    around: set[int] = set()
    new = alone
    while len(new):
        new = participants.one_of_each(new)
        allowed = np.zeros(len(people), dtype=bool)
        for some in np.array_split(new, min(len(new), -(-len(new) * len(people) // AT_ONCE))):
            allowed |= (participants.costs(some, people) < FORBIDDEN).any(axis=0)
        found = set(people[allowed].tolist()) - around
        around |= found
        if around & apart:
            return False
        new = np.array(sorted({partner[i] for i in found} - apart), dtype=np.int64)
        apart.update(new.tolist())
    return True
