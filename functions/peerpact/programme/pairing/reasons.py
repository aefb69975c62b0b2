"""Why a group is a good one, in a line; and what a round cost, in words. Nothing is said that the facts don't show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import numpy as np

from peerpact.programme.pairing.hours import common_minutes
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, RECENT, Numbered, Participants, pairs_of
from peerpact.programme.people import Person, topics_in

NEARLY = 0.01
"""Points that a sum of costs may be off."""


def whys(participants: Participants, groups: Sequence[Numbered]) -> list[str]:
    """Return for each group its teams, its past, its common hours, and what its people share or lack, in a line."""
    if not groups:
        return []
    left, right, starts = pairs_of(groups)
    ago = participants.rounds_ago(left, right)
    return [
        _why(participants, [participants.people[i] for i in group], past)
        for group, past in zip(groups, np.split(ago, starts[1:]), strict=True)
    ]


def _why(participants: Participants, people: Sequence[Person], ago: Costs) -> str:
    parts = [_teams(people), _past(people, ago), _hours(common_minutes(people, participants.on))]
    if all(p.languages for p in people) and not _shared([p.languages for p in people]):
        parts.append("no common language" if len(people) == 2 else "no language common to all three")
    likes = _shared([p.interests for p in people])
    if likes:
        parts.append(f"{'both' if len(people) == 2 else 'all three'} like {min(likes)}")
    parts += _topics(people)
    return "; ".join(parts)


def _topics(people: Sequence[Person]) -> list[str]:
    """Say what one can offer that another wants to talk about, or else what two want to; at most one of these."""
    for one, other in permutations(people, 2):
        if given := topics_in(one.topics) & topics_in(other.offers):
            return [f"{other.first_name} can offer what {one.first_name} wants to talk about: {min(given)}"]
    shared = _shared([tuple(topics_in(p.topics)) for p in people])
    return (
        [f"{'both' if len(people) == 2 else 'all three'} want to talk about {min(shared)}"] if shared else []
    )


def _teams(people: Sequence[Person]) -> str:
    teams = Counter(p.team for p in people if p.team)
    without = len(people) - teams.total()
    if not teams:
        return "no team given"
    if len(people) == 2 and not without:
        return " and ".join(teams) if len(teams) > 1 else f"both {next(iter(teams))}"
    if not without and len(teams) in {1, 3}:
        *some, last = teams
        return f"{', '.join(some)} and {last}" if some else f"all three {last}"
    named = [f"{_number(many)} {team}" for team, many in teams.items()]
    return " and ".join([*named, *([f"{_number(without)} without a team"] if without else [])])


def _number(many: int) -> str:
    return {1: "one", 2: "two"}[many]


def _past(people: Sequence[Person], ago: Costs) -> str:
    latest = ago.min()
    if np.isinf(latest):
        return "never paired before"
    when = {0: "earlier in this round", 1: "in the last round"}.get(int(latest), f"{latest:.0f} rounds ago")
    if len(people) == 2:
        return f"paired {when}"
    return f"{'all three were' if (ago == latest).all() else 'two of them were'} together {when}"


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return "no common working hours"
    if not hours:
        return f"{rest} common minutes a week"
    plain = f"{hours} common hour{'s' if hours > 1 else ''}"
    return f"{plain} and {rest} minutes a week" if rest else f"{plain} a week"


def _shared(lists: Sequence[tuple[str, ...]]) -> set[str]:
    first, *others = lists
    return set(first).intersection(*others)


def told_cost(participants: Participants, groups: Sequence[Numbered], *, left: int, gap: float) -> str:
    """Say how many groups a round has, what could not be had and why, and whether they are proven best."""
    if not groups:
        return ""
    one, other, _ = pairs_of(groups)
    rest = np.fmod(participants.costs_of(one, other), FORBIDDEN)
    repeats = rest >= RECENT
    people = [(participants.people[a], participants.people[b]) for a, b in zip(one, other, strict=True)]
    lacks = [
        _counted(sum(a.team == b.team != "" for a, b in people), "is", "are", "within one team"),
        _counted(
            sum(bool(a.languages and b.languages) and not _shared([a.languages, b.languages]) for a, b in people),
            "has", "have", "no common language",
        ),
    ]  # fmt: skip
    sentences = [_how_many(groups, left)]
    if repeats.any():
        sentences.append(_repeated(participants, one[repeats], other[repeats], is_best=gap < NEARLY))
    said = [lack for lack in lacks if lack]
    if said:
        sentences.append(f"{' and '.join(said)}".capitalize())
    sentences.append(
        "No other pairing is better" if gap < NEARLY else "Another pairing could be a little better at most"
    )
    return ". ".join(sentences)


def _how_many(groups: Sequence[Numbered], left: int) -> str:
    threes = sum(len(group) > 2 for group in groups)
    parts = [_counted(len(groups) - threes, "", "", "")] if len(groups) > threes else []
    parts += [f"{threes} group{'s' if threes > 1 else ''} of three"] if threes else []
    parts += [f"{left} {'people' if left > 1 else 'person'} without a partner"] if left else []
    return " and ".join(parts)


def _counted(many: int, one: str, more: str, what: str) -> str:
    if not many:
        return ""
    return " ".join(filter(None, [f"{many} pair{'s' if many > 1 else ''}", more if many > 1 else one, what]))


def _repeated(participants: Participants, one: Numbers, other: Numbers, *, is_best: bool) -> str:
    """Say how many pairs were together in the last rounds, and why, as far as that can be told for certain."""
    many, rounds = len(one), participants.rules.repeat_rounds
    sentence = f"{_counted(many, 'repeats', 'repeat', '')}"
    exhausted = all(
        _has_met_all(participants, int(a)) or _has_met_all(participants, int(b))
        for a, b in zip(one[:50], other[:50], strict=True)
    )
    if exhausted and many <= 50:
        return (
            f"{sentence}, because {'one of the two has' if many == 1 else 'in each, one has'} been with everybody "
            f"allowed in the last {rounds} rounds"
        )
    if is_best:
        return f"{sentence}, because the others they may be paired with are needed elsewhere"
    return f"{sentence}, as no pairing without was found"


def _has_met_all(participants: Participants, person: int) -> bool:
    costs = participants.costs(np.array([person]), np.arange(participants.nobody))[0]
    return bool((costs[costs < FORBIDDEN] >= RECENT).all())
