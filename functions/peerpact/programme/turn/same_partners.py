"""Who goes on with whom: partners who all said, each for themselves, that they want to stay together."""

from __future__ import annotations

from collections.abc import Iterable

from peerpact.programme.pairings import Pairing, round_numbered
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

WHAT_NEXT = frozenset({Wish.STAY, Wish.NEW_PARTNER, Wish.ANOTHER_PARTNER, Wish.PAUSE, Wish.SKIP, Wish.STOP})
"""Answers to the question what comes next; the latest one counts."""


def staying(
    pairings: Iterable[Pairing], requests: Iterable[Request], number: int, settings: Settings
) -> list[tuple[str, ...]]:
    """Return the people of each pairing of a round who all want to stay together for the next one."""
    last = _last_words(requests, number, settings)
    return [
        p.people
        for p in pairings
        if p.round == number
        and (p.is_approved or p.has_lasted)
        and all(_stays(last.get(person), p) for person in p.people)
    ]


def _stays(last: Request | None, pairing: Pairing) -> bool:
    """Tell whether somebody's last word is that they stay, said since the two are together."""
    since = pairing.approved_on.date() if pairing.approved_on else None
    return last is not None and last.kind is Wish.STAY and (since is None or last.asked_on >= since)


def stays_on(pairing: Pairing, programme: ProgrammeSeen) -> bool:
    """Tell whether those of a pairing all want to stay together, and take part."""
    stay = staying([pairing], programme.requests, pairing.round, programme.settings)
    people, today = programme.people, programme.today
    return bool(stay) and all(p in people and people[p].is_taking_part(today) for p in pairing.people)


def _last_words(requests: Iterable[Request], number: int, settings: Settings) -> dict[str, Request]:
    """Return what everybody said last, within a round, about what comes next: not a pause that is over by then."""
    its = round_numbered(number, settings)
    said = (
        r
        for r in requests
        if its
        and its.opens <= r.asked_on < its.ends
        and r.kind in WHAT_NEXT
        and not (r.kind is Wish.PAUSE and r.until and r.until <= its.ends)
    )
    last: dict[str, Request] = {}
    for request in sorted(said, key=lambda r: r.asked_on):  # of one day, as they came
        if request.decision != "ignore":
            last[request.person] = request
    return last
