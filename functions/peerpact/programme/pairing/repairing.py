"""Repairing a round in progress: only those affected move.

Standing groups stay, but for those who left and for those whom a rule forbids to be together by now. Whoever has no
partner is paired with others who have none. If that leaves somebody over, a standing group of three gives one of its
people to them, so that there are no two such groups where none is needed; else three of them are together; and whoever
is still alone joins the standing pair they fit best. Locked groups neither gain nor lose anybody who takes part.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from peerpact.programme.pairing.explaining import explain
from peerpact.programme.pairing.groups import Change, Repair
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.matching import match
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import Numbered, Participants
from peerpact.programme.pairing.proposing import (
    Facts,
    best_to_join,
    broken_rule,
    chance_of,
    costs_of,
    each_once,
    made,
    participants_of,
    with_best_three,
)
from peerpact.programme.people import Person

Standing = tuple[str, ...]
"""A standing group, by the addresses it had before the repair."""


def repair(
    standing: Sequence[Standing],
    people: Sequence[Person],
    facts: Facts,
    *,
    locked: Collection[Standing] = (),
) -> Repair:
    """Find partners for those who have none, or none any more. ``people`` are all who take part now."""
    people, problems = each_once(people)
    participants = participants_of(people, facts)
    changes = _what_is_left(participants, standing)
    placed = [i for rest in changes.after.values() if len(rest) > 1 for i in rest]
    free = np.setdiff1d(np.arange(participants.nobody), np.array(placed, dtype=np.int64))
    free = _with_one_of_three(participants, facts, changes, free, locked)
    new, alone = _together(participants, facts, free)
    left = [person for person in alone if not _joined(participants, changes, person, locked)]
    return Repair(
        changed=changes.listed(participants),
        new=made(participants, new),
        left_over=explain(participants, left),
        problems=tuple(problems),
    )


@dataclass(slots=True)
class _Changes:
    """What becomes of standing groups, and why."""

    after: dict[Standing, Numbered] = field(default_factory=dict)
    reasons: dict[Standing, str] = field(default_factory=dict)

    def change(self, group: Standing, after: Numbered, reason: str) -> None:
        self.after[group], self.reasons[group] = tuple(sorted(after)), reason

    def listed(self, participants: Participants) -> tuple[Change, ...]:
        return tuple(
            Change(
                before=group,
                after=tuple(participants.people[i].email for i in after),
                reason=self.reasons[group],
            )
            for group, after in self.after.items()
            if group in self.reasons
        )


def _what_is_left(participants: Participants, standing: Sequence[Standing]) -> _Changes:
    changes = _Changes()
    for group in sorted(standing):
        rest = tuple(e for e in group if e in participants.number)
        changes.after[group] = tuple(sorted(participants.number[e] for e in rest))
        if len(rest) < len(group):
            changes.reasons[group] = "Somebody of them left or pauses."
        broken = broken_rule(participants, rest)
        if broken:
            changes.change(group, _best_pair_of(participants, rest), broken)
    return changes


def _best_pair_of(participants: Participants, people: Sequence[str]) -> Numbered:
    """Return the two of a group who can stay together at the least cost; nobody if no two can."""
    pairs = [pair for pair in combinations(people, 2) if not broken_rule(participants, pair)]
    numbered = [tuple(participants.number[e] for e in pair) for pair in pairs]
    costs = costs_of(participants, numbered)
    return min(zip(costs, numbered, strict=True), default=(0.0, ()))[1]


def _with_one_of_three(
    participants: Participants, facts: Facts, changes: _Changes, free: Numbers, locked: Collection[Standing]
) -> Numbers:
    """Add one of a standing group of three to those without a partner, if fewer of them are alone then."""
    threes = [(g, rest) for g, rest in changes.after.items() if len(rest) > 2 and g not in locked]
    fewest = len(_paired(participants, facts, free)[1])
    found = []
    for group, rest in threes if fewest else ():
        for one in rest:
            pairs, alone = _paired(participants, facts, np.append(free, one))
            stay = tuple(i for i in rest if i != one)
            if len(alone) < fewest:
                found.append((len(alone), sum(costs_of(participants, [*pairs, stay])), one, group, stay))
    if not found:
        return free
    _, _, one, group, stay = min(found)
    changes.change(group, stay, "One of them is now with somebody who had no partner.")
    return np.sort(np.append(free, one))


def _paired(participants: Participants, facts: Facts, free: Numbers) -> tuple[list[Numbered], list[int]]:
    free = np.sort(free)
    pairs, alone = match(participants, free, chance_of(facts), lower_bound(participants, free))
    return [tuple(pair) for pair in pairs.tolist()], alone.tolist()


def _together(participants: Participants, facts: Facts, free: Numbers) -> tuple[list[Numbered], list[int]]:
    found = _paired(participants, facts, free)
    return with_best_three(participants, free, facts, found)[0] if found[1] else found


def _joined(participants: Participants, changes: _Changes, person: int, locked: Collection[Standing]) -> bool:
    """Let somebody join the standing pair they fit best as third, if there is one."""
    pairs = {rest: group for group, rest in changes.after.items() if len(rest) == 2 and group not in locked}
    best = best_to_join(participants, list(pairs), person)
    if best is None:
        return False
    pair = list(pairs)[best]
    changes.change(pairs[pair], (*pair, person), "Joined by somebody who had no partner.")
    return True
