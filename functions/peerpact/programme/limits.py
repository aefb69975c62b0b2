"""What one run may do of its plan: reach nobody off the guest list, and write to no more people than Settings allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from peerpact.programme.plan import Action, Plan
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence, counted, joined, say

FEWEST_PEOPLE = 5
"""Of fewer no number is told; as in ``figures``."""
Reach = Callable[[Any], tuple[str, ...]]
"""The addresses to which an action may bring a letter or an invitation."""


def among_guests(plan: Plan, job: str, *, reaches: Reach, may_write_to: Callable[[str], bool]) -> Plan:
    """Leave out every action that would reach somebody off the guest list.

    Nothing of it is recorded, so that it is decided anew, under the same key, once the list is longer or gone.
    """
    skipped = {a for action in plan.actions for a in reaches(action) if not may_write_to(a)}
    if not skipped:
        return plan
    return replace(
        plan,
        actions=tuple(a for a in plan.actions if skipped.isdisjoint(reaches(a))),
        writes_to=frozenset(filter(may_write_to, plan.writes_to)),
        problems=plan.problems if plan.problems is None else (*plan.problems, _skipped(job, len(skipped))),
        note=joined([plan.note, _left_out(len(skipped))]),
    )


def rested(plan: Plan, rests: Callable[[Any], bool]) -> Plan:
    """Leave out what waits while the programme is paused. Nothing of it is recorded; it is decided anew afterwards."""
    kept = tuple(a for a in plan.actions if not rests(a))
    if len(kept) == len(plan.actions):
        return plan
    return replace(plan, actions=kept, writes_to=frozenset(), too_much="")


def limited(plan: Plan, *, is_counted: bool = True) -> Plan:
    """Say of a plan that writes to more people than Settings allow that it is too much.

    Where it may not be counted, as it hangs on what people wrote, no limit is so low that it tells of few.
    """
    people, most = len(plan.writes_to), plan.most_letters
    if plan.too_much or people <= (most if is_counted else max(most, FEWEST_PEOPLE)):
        return plan
    return replace(plan, too_much=_too_many(people, most) if is_counted else _too_many_uncounted(most))


def _too_many(people: int, most: int) -> Sentence:
    return counted(
        people,
        "This run would write to 1 person; Settings allow {most} (“Most letters per run”). Nothing was done.",
        "This run would write to {many} people; Settings allow {most} (“Most letters per run”). Nothing was done.",
        most=most,
    )


def _too_many_uncounted(most: int) -> Sentence:
    return say(
        "This run would write to more people than Settings allow: {most} (“Most letters per run”). Nothing was done.",
        most=most,
    )


def in_numbers(plan: Plan) -> Sentence:
    """Return how many actions of each kind there are, in words."""
    counts: Counter[type[Action]] = Counter(map(type, plan.actions))
    return joined((kind.in_number(many) for kind, many in counts.items()), ", ")


def kind_of(action: object) -> str:
    """Return the kind of an action in words: “send letter”."""
    name = type(action).__name__
    return "".join(f" {ch.lower()}" if ch.isupper() else ch for ch in name).strip()


def _left_out(how_many: int) -> Sentence:
    return counted(how_many, "Not on the guest list: 1 person.", "Not on the guest list: {many} people.")


def _skipped(job: str, how_many: int) -> Problem:
    return Problem(
        tab="Roster",
        row_key=f"guest list, {job}",
        what=counted(
            how_many,
            "1 person is not on this installation's guest list; nothing was written to them, "
            "nor to those whose meeting is with them.",
            "{many} people are not on this installation's guest list; nothing was written to them, "
            "nor to those whose meeting is with them.",
        ),
        remedy=say(
            "In a trial that is as it should be. Otherwise lengthen or remove PEERPACT_GUESTS; then what "
            "was left out is done by the next run."
        ),
    )
