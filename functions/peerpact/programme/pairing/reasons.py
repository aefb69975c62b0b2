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
from peerpact.programme.sentences import Sentence, all_of, counted, in_language, joined, say

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
        parts.append(
            say("no common language") if len(people) == 2 else say("no language common to all three")
        )
    likes = _shared([p.interests for p in people])
    if likes:
        like = min(likes)
        parts.append(_of_all(people, say("both like {it}", it=like), say("all three like {it}", it=like)))
    parts += _topics(people)
    return in_language(joined(parts, "; "), participants.rules.language)


def _of_all(people: Sequence[Person], two: Sentence, three: Sentence) -> Sentence:
    return two if len(people) == 2 else three


def _topics(people: Sequence[Person]) -> list[Sentence]:
    """Say what one can offer that another wants to talk about, or else what two want to; at most one of these."""
    for one, other in permutations(people, 2):
        if given := topics_in(one.topics) & topics_in(other.offers):
            return [
                say(
                    "{one} can offer what {other} wants to talk about: {it}",
                    one=other.first_name,
                    other=one.first_name,
                    it=min(given),
                )
            ]
    if not (shared := _shared([tuple(topics_in(p.topics)) for p in people])):
        return []
    it = min(shared)
    two, three = say("both want to talk about {it}", it=it), say("all three want to talk about {it}", it=it)
    return [_of_all(people, two, three)]


def _teams(people: Sequence[Person]) -> Sentence:
    teams = Counter(p.team for p in people if p.team)
    without = len(people) - teams.total()
    if not teams:
        return say("no team given")
    if len(teams) == 1 and not without:
        team = next(iter(teams))
        return _of_all(people, say("both {team}", team=team), say("all three {team}", team=team))
    if not without and len(teams) == len(people):
        return all_of(teams)
    named = [counted(many, "one {team}", "two {team}", team=team) for team, many in teams.items()]
    rest = [counted(without, "one without a team", "two without a team")] if without else []
    return all_of([*named, *rest])


def _past(people: Sequence[Person], ago: Costs) -> Sentence:
    latest = ago.min()
    if np.isinf(latest):
        return say("never paired before")
    when = {0: say("earlier in this round"), 1: say("in the last round")}.get(
        int(latest), say("{many} rounds ago", many=int(latest))
    )
    if len(people) == 2:
        return say("paired {when}", when=when)
    if (ago == latest).all():
        return say("all three were together {when}", when=when)
    return say("two of them were together {when}", when=when)


def _hours(minutes: int) -> Sentence:
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return say("no common working hours")
    if not hours:
        return say("{minutes} common minutes a week", minutes=rest)
    if rest:
        return counted(
            hours,
            "1 common hour and {minutes} minutes a week",
            "{many} common hours and {minutes} minutes a week",
            minutes=rest,
        )
    return counted(hours, "1 common hour a week", "{many} common hours a week")


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
    same = sum(a.team == b.team != "" for a, b in people)
    mute = sum(
        bool(a.languages and b.languages) and not _shared([a.languages, b.languages]) for a, b in people
    )
    lacks = [
        counted(same, "1 pair is within one team", "{many} pairs are within one team") if same else "",
        counted(mute, "1 pair has no common language", "{many} pairs have no common language")
        if mute
        else "",
    ]
    sentences: list[Sentence] = [_how_many(groups, left)]
    if repeats.any():
        sentences.append(_repeated(participants, one[repeats], other[repeats], is_best=gap < NEARLY))
    if any(lacks):
        sentences.append(all_of(filter(None, lacks)))
    sentences.append(
        say("No other pairing is better")
        if gap < NEARLY
        else say("Another pairing could be a little better at most")
    )
    return joined(sentences, ". ")


def _how_many(groups: Sequence[Numbered], left: int) -> Sentence:
    threes = sum(len(group) > 2 for group in groups)
    parts = [counted(len(groups) - threes, "1 pair", "{many} pairs")] if len(groups) > threes else []
    parts += [counted(threes, "1 group of three", "{many} groups of three")] if threes else []
    parts += [counted(left, "1 person without a partner", "{many} people without a partner")] if left else []
    return all_of(parts)


def _repeated(participants: Participants, one: Numbers, other: Numbers, *, is_best: bool) -> Sentence:
    """Say how many pairs were together in the last rounds, and why, as far as that can be told for certain."""
    many = len(one)
    exhausted = all(
        _has_met_all(participants, int(a)) or _has_met_all(participants, int(b))
        for a, b in zip(one[:50], other[:50], strict=True)
    )
    if exhausted and many <= 50:
        return counted(
            many,
            "1 pair repeats, because one of the two has been with everybody allowed in the last {rounds} rounds",
            "{many} pairs repeat, because in each, one has been with everybody allowed in the last {rounds} rounds",
            rounds=participants.rules.repeat_rounds,
        )
    if is_best:
        return counted(
            many,
            "1 pair repeats, because the others they may be paired with are needed elsewhere",
            "{many} pairs repeat, because the others they may be paired with are needed elsewhere",
        )
    return counted(
        many,
        "1 pair repeats, as no pairing without was found",
        "{many} pairs repeat, as no pairing without was found",
    )


def _has_met_all(participants: Participants, person: int) -> bool:
    costs = participants.costs(np.array([person]), np.arange(participants.nobody))[0]
    return bool((costs[costs < FORBIDDEN] >= RECENT).all())
