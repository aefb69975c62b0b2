"""People whose account the directory knows as suspended or deleted: they are out at once, and admins are told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from peerpact.programme.people import Person, TakingPart
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say


def closed_problems(closed: Collection[str], people: Mapping[str, Person]) -> Iterator[Problem]:
    for person in (people[e] for e in sorted(closed) if e in people):
        if person.taking_part is TakingPart.NO:
            continue
        yield Problem(
            tab="Roster",
            column="E-mail",
            row_key=person.email,
            what=say(
                "The account of {name} is suspended or deleted, so they take no part any more.",
                name=person.name,
            ),
            remedy=say(
                "If they have left, set “Taking part” to no, or delete the row. If not, let the account be "
                "restored in the Admin console, or correct the address; then they take part again."
            ),
        )
