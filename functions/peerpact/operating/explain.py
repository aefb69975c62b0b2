"""Why somebody has the partner they have, and which others there could be. Reads the spreadsheet, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from peerpact.errors import SheetError
from peerpact.google.access import Access
from peerpact.jobs.pair_people import gather
from peerpact.programme.pairing import Alternative, alternatives, participants_of
from peerpact.programme.pairing.decision import (
    RoundSeen,
    decide,
    facts_of,
    propose_round,
    remembering,
    taking_part,
)
from peerpact.programme.pairing.participants import RECENT
from peerpact.programme.pairings import Round, round_on, standing_in
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import UNSEEN_WISHES


def explain(access: Access, now: datetime, person: str) -> Iterator[str]:
    """Say it in lines: of the round that is open, as it is or as it would be proposed now.

    Raises:
        SheetError: no round is open, or the person is not on the roster or does not take part.
    """
    seen, _ = remembering(gather(access, now))
    programme = seen.programme
    current = round_on(now.date(), programme.settings)
    email = person.strip().lower()
    if current is None:
        raise SheetError("No round is open. The setting “First round opens on” says when the first one does.")
    people = taking_part(programme)
    if email not in {p.email for p in people}:
        known = email in programme.people
        where = "does not take part now" if known else "is not on the roster"
        raise SheetError(f"{person} {where}. Look at their row on the tab Roster.")
    yield from _explained(seen, current, email)
    if not access.sees_wishes:
        yield UNSEEN_WISHES


def _explained(seen: RoundSeen, current: Round, email: str) -> Iterator[str]:
    programme = seen.programme
    standing = {p.people: p.why for p in standing_in(programme.pairings, current.number)}
    yield f"Round {current.number}, {'as it is' if standing else 'as it would be proposed now'}:"
    result = None if standing else propose_round(seen, current)
    groups = standing or {g.people: g.why for g in result.groups} if result else standing
    mine = next((people for people in groups if email in people), None)
    name = programme.name
    if mine is None:
        yield from _without_partner(seen, email)
        return
    partners = [p for p in mine if p != email]
    yield f"{name(email)} with {' and '.join(map(name, partners))}: {groups[mine]}."
    participants = participants_of(taking_part(programme), facts_of(seen, current, on=current.opens))
    found = alternatives(participants, [g for g in groups if all(e in participants.number for e in g)], email)
    if not found:
        yield "Nobody else could be their partner."
    for number, other in enumerate(found, start=1):
        yield f"{number}. {_sentence(programme, email, partners, other)}"


def _without_partner(seen: RoundSeen, email: str) -> Iterator[str]:
    """Yield why somebody has nobody, and what would change it, as Problems has it; or that a run looks for somebody."""
    told = [p for p in decide(seen).problems or () if "no partner in this round" in p.what]
    name = seen.programme.name(email)
    mine = [p for p in told if p.row_key == email] or [p for p in told if name in p.what]
    if not mine:
        yield f"{name} has no partner: the next run of pair_people looks for one."
    for problem in mine[:1]:
        yield problem.what
        yield problem.remedy


def _sentence(programme: ProgrammeSeen, email: str, partners: Sequence[str], other: Alternative) -> str:
    name = programme.name
    own = f"{name(email)} with {name(other.partner)} ({other.why}), {_points(other.own_cost)}"
    if not other.others:
        former = " and ".join(map(name, partners))
        return f"{own}; but {former} and {name(other.partner)}'s partner may not be together."
    together = " with ".join(map(name, other.others))
    return f"{own}; then {together}, {_points(other.others_cost)}."


def _points(points: float) -> str:
    if abs(points) > RECENT / 2:
        return "which repeats a pair of the last rounds" if points > 0 else "which repeats one pair less"
    if not round(points):
        return "which costs the same"
    return f"which costs {abs(points):.0f} points {'more' if points > 0 else 'less'}"
