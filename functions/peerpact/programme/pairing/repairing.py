"""Repairing a round in progress: one optimisation, in which moving somebody has a price (see ``moving``).

Up to ``SEARCHED`` people the plan is the cheapest of all. Beyond, those without a partner are matched exactly with one
another and with the people of the groups nearest to them; only where that leaves somebody over, or moves somebody, a
search looks closer at those concerned and the groups that are best to join. A repair of a repaired round changes
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from peerpact.programme.pairing.explaining import explain
from peerpact.programme.pairing.groups import Change, Progress, Repair, Standing
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.matching import match
from peerpact.programme.pairing.moving import MOVED, Moves, Placed
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import Numbered, Participants
from peerpact.programme.pairing.proposing import (
    Facts,
    broken_rule,
    chance_of,
    costs_of,
    each_once,
    made,
    participants_of,
)
from peerpact.programme.pairing.reasons import whys
from peerpact.programme.people import Person

SEARCHED = 40
"""People among whom the cheapest plan is searched, threes included."""
MATCHED = 400
"""People among whom the cheapest pairs are found."""
NEAR = 160
"""Groups of a large programme that are looked at when somebody there has no partner."""
LARGE = 1000
"""People up to whom everybody is looked at."""
MOST_STEPS = 12
"""Searches after which a large repair is taken as it is."""

Rest = tuple[Standing, Numbered]
"""A standing group, and those of it who still take part, by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """The groups of all who may move, how far each is, and who is left."""

    groups: tuple[Placed, ...]
    left: tuple[int, ...] = ()
    is_proven: bool = True


def repair(standing: Sequence[Standing], people: Sequence[Person], facts: Facts) -> Repair:
    """Find partners for those who have none, or none any more. ``people`` are all who take part now."""
    people, problems = each_once(people)
    standing = sorted(standing, key=lambda group: group.people)
    found = _repaired(*_those_concerned(standing, people, facts), facts)
    if found.left_over and len(people) > LARGE:
        found = _repaired(standing, people, facts)
    return replace(found, problems=tuple(problems))


def _those_concerned(
    standing: Sequence[Standing], people: Sequence[Person], facts: Facts
) -> tuple[Sequence[Standing], Sequence[Person]]:
    """Return, of a large programme, those without a partner or whose groups change anyway, and some groups near."""
    if len(people) <= LARGE:
        return standing, people
    there = {p.email for p in people}
    never = {frozenset(pair) for pair in (*facts.never, *facts.rejected)}
    whole = [there.issuperset(g.people) and not _may_be_broken(g, facts, never) for g in standing]
    open_ = [g for g, is_whole in zip(standing, whole, strict=True) if is_whole and not g.locked]
    chance = chance_of(facts).permutation(len(open_)).tolist()
    near = sorted(chance, key=lambda i: (len(open_[i].people) == 2, MOVED[open_[i].progress]))[:NEAR]
    looked_at = {open_[i].people for i in near}
    out = [g for g, is_whole in zip(standing, whole, strict=True) if is_whole and g.people not in looked_at]
    taken = {e for g in out for e in g.people}
    rest = {g.people for g in out}
    return [g for g in standing if g.people not in rest], [p for p in people if p.email not in taken]


def _may_be_broken(group: Standing, facts: Facts, never: Collection[frozenset[str]]) -> bool:
    above = [facts.lines.above(e, facts.rules.chain_levels) for e in group.people]
    return any(not bosses.isdisjoint(group.people) for bosses in above) or any(
        frozenset(pair) in never for pair in combinations(group.people, 2)
    )


def _repaired(standing: Sequence[Standing], people: Sequence[Person], facts: Facts) -> Repair:
    participants = participants_of(people, facts)
    number = participants.number
    rests: list[Rest] = [(g, tuple(sorted(number[e] for e in g.people if e in number))) for g in standing]
    stays, movable = _sorted_out(participants, rests)
    grouped = [i for rest, _ in [*stays, *movable] for i in rest]
    free = np.setdiff1d(np.arange(participants.nobody), np.array(grouped, dtype=np.int64))
    plan = _Plan(groups=tuple(movable))
    if len(free) or any(_broken(participants, rest) for rest, _ in movable):
        plan = _planned(participants, facts, movable, free)
    return _told(participants, rests, plan, [rest for rest, _ in stays])


def _sorted_out(participants: Participants, rests: Sequence[Rest]) -> tuple[list[Placed], list[Placed]]:
    """Return the groups that stay whatever happens, and those whose people may move; pairs that must part are none."""
    stays: list[Placed] = []
    movable: list[Placed] = []
    for group, rest in rests:
        if len(rest) < 2:
            continue
        is_broken = bool(_broken(participants, rest))
        if group.locked and not is_broken:
            stays.append((rest, group.progress))
        elif len(rest) > 2 or not is_broken:
            movable.append((rest, group.progress))
    return stays, movable


def _broken(participants: Participants, rest: Numbered) -> str:
    return broken_rule(participants, [participants.people[i].email for i in rest])


def _planned(participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers) -> _Plan:
    """Return the cheapest plan; of a large programme a good one, looked for until nothing changes any more."""
    if len(free) + sum(len(rest) for rest, _ in groups) <= SEARCHED:
        return _searched(participants, facts, groups, free)
    plan = _step(participants, facts, groups, free)
    for _ in range(MOST_STEPS):
        if not plan.left:
            break
        further = _step(participants, facts, plan.groups, np.array(plan.left, dtype=np.int64))
        if further.left == plan.left:
            break
        plan = further
    return plan


def _step(participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers) -> _Plan:
    groups, free, left = _among_themselves(participants, facts, groups, free)
    near, far = _nearest(participants, groups, free, MATCHED - len(free))
    pairs = _searched(participants, facts, near, free, threes=False)
    is_cheapest = not pairs.left and set(near) <= set(pairs.groups)
    plan = _Plan(groups=(*pairs.groups, *far), left=(*pairs.left, *left), is_proven=is_cheapest)
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
    """Return the groups, threes first, whose people are moved or joined at the least price and points; and the rest."""
    if not groups or not len(some):
        return [], list(groups)
    members = np.array([rest[:2] for rest, _ in groups], dtype=np.int64)
    fits = [participants.costs(some, side).min(axis=0) for side in members.T]
    price = [MOVED[progress] for _, progress in groups]
    order = np.lexsort((np.minimum(*fits), price, [len(rest) == 2 for rest, _ in groups])).tolist()
    sizes = np.cumsum([len(groups[i][0]) for i in order])
    chosen = set(order[: int(np.searchsorted(sizes, most, side="right"))])
    return [groups[i] for i in sorted(chosen)], [g for i, g in enumerate(groups) if i not in chosen]


def _with_threes(participants: Participants, facts: Facts, before: Sequence[Placed], plan: _Plan) -> _Plan:
    """Search among those who are left over or moved, and the groups best to join, as many as can be at a time."""
    for core in _cores(before, plan):
        people = set(core)
        unchanged = set(plan.groups) & set(before)
        others = [group for group in unchanged if people.isdisjoint(group[0])]
        some = np.array(sorted(people), dtype=np.int64)
        near, _ = _nearest(participants, sorted(others), some, SEARCHED - len(people))
        people.update(i for rest, _ in near for i in rest)
        inside = [group for group in before if people.issuperset(group[0])]
        free = people - {i for rest, _ in inside for i in rest}
        found = _searched(participants, facts, inside, np.array(sorted(free), dtype=np.int64))
        groups = [group for group in plan.groups if people.isdisjoint(group[0])]
        left = [i for i in plan.left if i not in people]
        plan = _Plan(groups=(*groups, *found.groups), left=(*left, *found.left), is_proven=False)
    return plan


def _cores(before: Sequence[Placed], plan: _Plan) -> list[list[int]]:
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


def _searched(
    participants: Participants, facts: Facts, groups: Sequence[Placed], free: Numbers, *, threes: bool = True
) -> _Plan:
    """Return the cheapest plan for some people; without ``threes`` those that are there stay, and none is made."""
    stay = [group for group in groups if not threes and len(group[0]) > 2]
    movable = [group for group in groups if group not in stay]
    grouped = np.array([i for rest, _ in movable for i in rest], dtype=np.int64)
    people = np.sort(np.concatenate([free, grouped]))
    places = {number: place for place, number in enumerate(people.tolist())}
    placed = [(tuple(places[i] for i in rest), progress) for rest, progress in movable]
    found = Moves(participants, people, placed, chance_of(facts)).search(threes=threes).search()
    made_of = [tuple(int(people[i]) for i in group) for group in found.groups]
    return _Plan(
        groups=(*((group, _progress(group, movable)) for group in made_of), *stay),
        left=tuple(int(people[i]) for i in found.alone),
        is_proven=found.is_proven,
    )


def _progress(group: Numbered, before: Sequence[Placed]) -> Progress:
    """Return how far the group is of which these are, or whom it has two of; a new one is proposed."""
    kept = [progress for rest, progress in before if len(set(rest) & set(group)) > 1]
    return kept[0] if kept else Progress.PROPOSED


def _told(
    participants: Participants, rests: Sequence[Rest], plan: _Plan, stays: Sequence[Numbered]
) -> Repair:
    """Say what becomes of each standing group, which are new, and why somebody is left over."""
    after = [*(group for group, _ in plan.groups), *stays]
    of = {i: group for group in after for i in group}
    goes_on = {group: _goes_on(rest, of) for group, rest in rests}
    reasons = dict(zip(after, whys(participants, after), strict=True))
    changed = [
        Change(
            before=group.people,
            after=_emails(participants, goes_on[group] or (rest if len(rest) < 2 else ())),
            reason=_reason(participants, group, rest, goes_on[group]),
            why=reasons.get(goes_on[group], ""),
        )
        for group, rest in rests
        if _emails(participants, goes_on[group]) != tuple(sorted(group.people))
    ]
    new = [group for group in after if group not in set(goes_on.values())]
    touched = [
        *new,
        *(goes_on[g] for g, _ in rests if g.people in {c.before for c in changed} and goes_on[g]),
    ]
    cost = sum(costs_of(participants, touched))
    return Repair(
        changed=tuple(changed),
        new=made(participants, new),
        left_over=explain(participants, plan.left),
        cost=cost,
        lower_bound=cost if plan.is_proven else min(cost, _least(participants, touched)),
    )


def _emails(participants: Participants, group: Numbered) -> tuple[str, ...]:
    return tuple(participants.people[i].email for i in group)


def _goes_on(rest: Numbered, of: dict[int, Numbered]) -> Numbered:
    """Return the group in which two of a standing group are still together; empty if none is."""
    here = [of.get(i, ()) for i in rest]
    return next((group for group in here if here.count(group) > 1), ())


def _reason(participants: Participants, group: Standing, rest: Numbered, after: Numbered) -> str:
    broken = _broken(participants, rest)
    if broken and not set(rest) <= set(after):
        return broken
    if set(after) - set(rest):
        return "Joined by somebody who had no partner."
    if len(rest) < len(group.people):
        return "Somebody of them left or pauses."
    return "One of them is now with somebody who had no partner."


def _least(participants: Participants, groups: Sequence[Numbered]) -> float:
    people = np.array(sorted(i for group in groups for i in group), dtype=np.int64)
    return lower_bound(participants, people, three=len(people) % 2 > 0)
