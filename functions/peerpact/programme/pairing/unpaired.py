"""What admins are told of who has no partner in a round: why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peerpact.programme.pairing import LeftOver
from peerpact.programme.people import is_unreadable, whose
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, all_of, counted, joined, say

NAMED = 30
FEW_LEFT = 3
"""People left over whose lines are not known, up to whom each is named on a row of their own."""


def unpaired(programme: ProgrammeSeen, left: Sequence[LeftOver]) -> list[Problem]:
    """Say of each why they have no partner; of many whose lines are not known, once."""
    unknown = [over for over in left if over.unknown_managers]
    if len(unknown) <= FEW_LEFT:
        return [_without_partner(programme, over) for over in left]
    rest = [_without_partner(programme, over) for over in left if not over.unknown_managers]
    return [_without_known_lines(programme, unknown), *rest]


def _without_partner(programme: ProgrammeSeen, over: LeftOver) -> Problem:
    return Problem(
        tab="Roster",
        row_key=over.email,
        what=say(
            "{name} has no partner in this round: {reason}.",
            name=programme.name(over.email),
            reason=over.reason,
        ),
        remedy=_remedy(programme, over),
    )


def _remedy(programme: ProgrammeSeen, over: LeftOver) -> Sentence:
    if over.unknown_managers:
        return _how_to_know(programme, over.unknown_managers)
    if over.setting == "Never pair":
        return say(
            "Fewer rows of theirs on the tab Never pair would allow more partners; so would more people "
            "taking part."
        )
    if over.is_late:
        return say("Nothing is to be done.")
    if over.setting:
        return say(
            "The setting “{setting}” could allow more partners; so would more people taking part.",
            setting=over.setting,
        )
    return say("More people taking part would change it.")


def _without_known_lines(programme: ProgrammeSeen, unknown: Sequence[LeftOver]) -> Problem:
    names = at_most(NAMED, [programme.name(over.email) for over in unknown])
    return Problem(
        tab="Roster",
        column="Manager",
        row_key="managers without a row",
        what=say(
            "{many} people have no partner in this round, as nobody can tell who is in one reporting "
            "line with them: the roster does not say who is above their managers. They are {names}.",
            many=len(unknown),
            names=names,
        ),
        remedy=_how_to_know(programme, sorted({m for over in unknown for m in over.unknown_managers})),
    )


def _how_to_know(programme: ProgrammeSeen, managers: Sequence[str]) -> Sentence:
    """Say what makes a reporting line known: rows for managers who have none, no circle of those who have one."""
    unclear = [whose(m) for m in managers if is_unreadable(m)]
    missing = [m for m in managers if m not in programme.people and not is_unreadable(m)]
    in_circles = [m for m in managers if m in programme.people]
    sentences = []
    if missing:
        sentences.append(
            counted(
                len(missing),
                "Enter this manager on the roster, with their own manager and “no” for Taking part if they don't, or "
                "correct the address: {managers}.",
                "Enter these {many} managers on the roster, with their own manager and “no” for Taking part if they "
                "don't, or correct the address: {managers}.",
                managers=at_most(NAMED, missing),
            )
        )
    if unclear:
        sentences.append(
            say("Enter managers who can be told for these people: {people}.", people=at_most(NAMED, unclear))
        )
    if in_circles:
        sentences.append(
            say(
                "Correct the managers of these people, who are above themselves: {people}.",
                people=at_most(NAMED, in_circles),
            )
        )
    return joined(sentences)


def names_of(programme: ProgrammeSeen, people: Iterable[str]) -> str:
    return " & ".join(programme.name(p) for p in people)


def at_most(most: int, names: Sequence[str]) -> Sentence:
    """Return so many names, and how many more there are."""
    more = [say("{many} more", many=len(names) - most)] if len(names) > most else []
    return all_of([*names[:most], *more])
