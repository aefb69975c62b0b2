"""What a reply wishes in private about a partner, and which earlier wishes it settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.keys import short_key
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import NOTHING_PRIVATE, InPrivate
from peerpact.programme.replies.phrases import folded
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Request, Wish
from peerpact.programme.wishes import ASKED_FIRST, PRIVATE, PrivateWish, Settled

STILL_THERE = "still-there"
"""The kind of letter that asks who is quiet whether they are still there."""
ANOTHER_TIME = timedelta(days=3)
"""Said again so soon, "we haven't met" is no second time."""
_LEAVES = frozenset({Wish.PAUSE, Wish.STOP, Wish.FORGET_ME, *PRIVATE})


def in_private(
    requests: Sequence[Request],
    said: Iterable[Requested],
    person: Person,
    letter: LetterRecord,
    seen: RepliesSeen,
) -> InPrivate:
    """Return it; nothing where the installation has no place for what is private."""
    if seen.wishes is None:
        return NOTHING_PRIVATE
    pairing, named = standing_of(person, letter, seen), _named(said, person, seen)
    found = [wish for request in requests if (wish := _wish(request, pairing, named, seen))]
    return InPrivate(
        wishes=tuple(found),
        settled=tuple(_settled(requests, person, letter, pairing, seen.wishes)),
        is_somebody_unknown=named is None and any(r.kind is Wish.NEVER_WITH for r in requests),
    )


def standing_of(person: Person, letter: LetterRecord, seen: RepliesSeen) -> Pairing | None:
    """Return the pairing that somebody is in now, where the letter that they answer is of it or of none."""
    theirs = (p for p in seen.programme.pairings if p.is_standing and person.email in p.people)
    latest = max(theirs, key=lambda p: p.round, default=None)
    return latest if latest and letter.pairing in {"", latest.id} else None


def _wish(
    request: Request, pairing: Pairing | None, named: str | None, seen: RepliesSeen
) -> PrivateWish | None:
    if request.kind is Wish.NEVER_WITH:
        others: tuple[str, ...] = (named,) if named else ()
    elif pairing and (request.kind in PRIVATE or is_second_time(request, pairing, seen.programme.requests)):
        others = pairing.partners_of(request.person)
    else:
        others = ()
    if not others:
        return None
    return PrivateWish(
        id="w-" + short_key("wish", request.id),
        person=request.person,
        kind=request.kind,
        others=others,
        pairing=pairing.id if pairing else "",
        asked_on=request.asked_on,
    )


def _named(said: Iterable[Requested], person: Person, seen: RepliesSeen) -> str | None:
    """Return whom "never with" names, where only one on the roster can be meant: a partner before all others."""
    name = next((folded(r.name) for r in said if r.kind is Wish.NEVER_WITH), "")
    if not name:  # as in nearly all replies: nobody's name is looked at
        return None
    people = seen.programme.people
    if name in people:
        return name if name != person.email else None
    partners = {e for p in seen.programme.pairings if person.email in p.people for e in p.people}
    for some in (partners, people.keys()):
        whole = [e for e in some - {person.email} if e in people and folded(people[e].name) == name]
        part = [e for e in some - {person.email} if e in people and name in folded(people[e].name).split()]
        if len(found := whole or part) == 1:
            return found[0]
        if found:
            return None
    return None


def _settled(
    requests: Sequence[Request],
    person: Person,
    letter: LetterRecord,
    pairing: Pairing | None,
    wishes: Iterable[PrivateWish],
) -> Iterator[PrivateWish]:
    kinds = {r.kind for r in requests}
    answers = letter.kind == STILL_THERE and not kinds & _LEAVES
    for wish in (w for w in wishes if pairing is not None and w.pairing == pairing.id):
        if not wish.settled and wish.person == person.email and Wish.STAY in kinds:
            yield replace(wish, settled=Settled.TAKEN_BACK)
        elif not answers or person.email not in wish.others or wish.kind not in ASKED_FIRST:
            continue
        elif wish.settled in {None, Settled.ANSWERED}:  # by a run that died before it recorded the reply
            yield replace(wish, settled=Settled.ANSWERED)


def is_second_time(request: Request, pairing: Pairing, requests: Iterable[Request]) -> bool:
    """Tell whether somebody said before, in the same pairing and some days ago, that the two have not met."""
    since = pairing.approved_on.date() if pairing.approved_on else pairing.proposed_on
    return request.kind is Wish.NOT_MET and any(
        r.kind is Wish.NOT_MET
        and (r.person, r.id != request.id) == (request.person, True)
        and (since is None or r.asked_on >= since)
        and r.asked_on + ANOTHER_TIME <= request.asked_on
        for r in requests
    )
