"""Repairing a round in progress: one optimisation, in which moving somebody has a price (see ``moves``).

Locked groups that are whole stay; all others are planned anew (see ``cheapest_plan``). A repair of a repaired round
changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np

from peerpact.programme.pairing.cheapest_plan import SEARCHED, Plan, planned
from peerpact.programme.pairing.explanations import explain
from peerpact.programme.pairing.groups import Change, Facts, Repair, Standing
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.moves import MOVED, Placed
from peerpact.programme.pairing.participants import Numbered, Participants, chance_of, participants_of
from peerpact.programme.pairing.proposals import (
    APART,
    broken_rule,
    costs_of,
    each_once,
    made,
)
from peerpact.programme.pairing.reasons import whys
from peerpact.programme.people import Person
from peerpact.programme.sentences import Sentence, say

NEAR = 80
"""Groups of a large programme that are looked at when somebody there has no partner."""
LARGE = 1000
"""People up to whom everybody is looked at."""

Rest = tuple[Standing, Numbered]
"""A standing group, and those of it who still take part, by number."""


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
    never = {frozenset(pair) for pair in (*facts.never, *facts.rejected, *facts.private)}
    whole = [there.issuperset(g.people) and not _may_be_broken(g, facts, never) for g in standing]
    open_ = [g for g, is_whole in zip(standing, whole, strict=True) if is_whole and not g.locked]
    chance = chance_of(facts).permutation(len(open_)).tolist()
    near = sorted(chance, key=lambda i: (len(open_[i].people) == 2, MOVED[open_[i].progress]))[:NEAR]
    looked_at = {open_[i].people for i in near}
    there.difference_update(
        *(
            g.people
            for g, is_whole in zip(standing, whole, strict=True)
            if is_whole and g.people not in looked_at
        )
    )
    concerned = [
        g for g, is_whole in zip(standing, whole, strict=True) if not is_whole or g.people in looked_at
    ]
    return concerned, [p for p in people if p.email in there]


def _may_be_broken(group: Standing, facts: Facts, never: Collection[frozenset[str]]) -> bool:
    for one, other in permutations(group.people, 2):
        if facts.lines.is_above(one, other, facts.rules.chain_levels):
            return True
        if never and frozenset((one, other)) in never:
            return True
    return False


def _repaired(standing: Sequence[Standing], people: Sequence[Person], facts: Facts) -> Repair:
    participants = participants_of(people, facts)
    number = participants.number
    rests: list[Rest] = [(g, tuple(sorted(number[e] for e in g.people if e in number))) for g in standing]
    stays, movable = _sorted_out(participants, rests)
    if participants.nobody > SEARCHED:
        movable = _without_broken_threes(participants, movable)
    grouped = [i for rest, _ in [*stays, *movable] for i in rest]
    free = np.setdiff1d(np.arange(participants.nobody), np.array(grouped, dtype=np.int64))
    plan = Plan(groups=tuple(movable))
    if len(free) or any(_broken(participants, rest) for rest, _ in movable):
        plan = planned(participants, facts, movable, free)
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


def _without_broken_threes(participants: Participants, groups: Sequence[Placed]) -> list[Placed]:
    """Leave of each three of whom two must part by now the two who may stay together, at the least cost."""
    kept: list[Placed] = []
    for rest, progress in groups:
        if len(rest) > 2 and _broken(participants, rest):
            pairs: list[Numbered] = [p for p in combinations(rest, 2) if not _broken(participants, p)]
            costs = costs_of(participants, pairs)
            kept += [(pair, progress) for _, pair in sorted(zip(costs, pairs, strict=True))[:1]]
        else:
            kept.append((rest, progress))
    return kept


def _broken(participants: Participants, rest: Numbered) -> Sentence | None:
    return broken_rule(participants, [participants.people[i].email for i in rest])


def _told(participants: Participants, rests: Sequence[Rest], plan: Plan, stays: Sequence[Numbered]) -> Repair:
    """Say what becomes of each standing group, which are new, and why somebody is left over."""
    after = [*(group for group, _ in plan.groups), *stays]
    of = {i: group for group in after for i in group}
    goes_on = {group: _goes_on(rest, of) for group, rest in rests}
    others = [
        (group, rest)
        for group, rest in rests
        if _emails(participants, goes_on[group]) != tuple(sorted(group.people))
    ]
    going_on = [goes_on[group] for group, _ in others if goes_on[group]]
    reasons = dict(zip(going_on, whys(participants, going_on), strict=True))
    changed = [
        Change(
            before=group.people,
            after=_emails(participants, goes_on[group] or (rest if len(rest) < 2 else ())),
            reason=_reason(participants, group, rest, goes_on[group]),
            why=reasons.get(goes_on[group], ""),
        )
        for group, rest in others
    ]
    known = set(goes_on.values())
    new = [group for group in after if group not in known]
    touched = [*new, *going_on]
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
    """Say why a group changes. Where anybody wishes in private to be apart, all pairs that end look alike."""
    broken = _broken(participants, rest)
    if broken and broken != APART and not set(rest) <= set(after):
        return broken
    if broken == APART and after:
        return say("One of them is in another pairing now.")
    if len(rest) > 1 and not after:
        return (
            say("Ended.") if participants.has_private else say("Parted, so that others have a partner too.")
        )
    if set(after) - set(rest):
        return say("Joined by somebody who had no partner.")
    if len(rest) < len(group.people):
        return say("Somebody of them left or pauses.")
    return say("One of them is now with somebody who had no partner.")


def _least(participants: Participants, groups: Sequence[Numbered]) -> float:
    people = np.array(sorted(i for group in groups for i in group), dtype=np.int64)
    return lower_bound(participants, people, three=len(people) % 2 > 0)
