"""What people asked for by reply, and what that makes of who takes part.

Their words are kept only of what they want to talk about, and can offer: partners and admins read that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from peerpact.programme.days_off import Absence
from peerpact.programme.people import Person, TakingPart


class Wish(StrEnum):
    """As the column *Asked for* shows it."""

    PAUSE = "pause"
    STOP = "stop"
    BACK = "back"
    ANOTHER_PARTNER = "another partner"
    WRONG_PERSON = "wrong person"
    MOVE_MEETING = "move the meeting"
    NOT_MET = "not met"
    MET = "met"
    STATUS = "status"
    MY_DATA = "my data"
    FORGET_ME = "forget me"
    AWAY = "away"
    """What an automatic reply says of their leave; no wish of theirs, and it changes nothing else."""
    SKIP = "skip a round"
    STAY = "stay with my partner"
    NEW_PARTNER = "a new partner next round"
    NEVER_WITH = "never with"
    EVERY_WEEKS = "every so many weeks"
    OWN_PLAN = "we plan it ourselves"
    NO_ANSWER = "no answer"
    """Their partner does not write back."""
    QUESTION = "question"
    TALK_ABOUT = "talk about"
    """What they want to talk about, in their words."""
    CAN_OFFER = "can offer"


STATUS, MY_DATA, FORGET_ME = "status", "my-data", "forget-me"
ANSWERS = {Wish.FORGET_ME: FORGET_ME, Wish.MY_DATA: MY_DATA, Wish.STATUS: STATUS}
"""The kinds of letters that answer what people ask about themselves; of several in one mail the first of these."""


FOR_ADMINS = frozenset({Wish.ANOTHER_PARTNER, Wish.WRONG_PERSON, Wish.QUESTION, Wish.MOVE_MEETING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request by one person; ``decision`` is the admin's (done, ignore or None)."""

    id: str
    person: str
    kind: Wish
    asked_on: date
    since: date | None = None
    """For a pause that begins later: its first day."""
    until: date | None = None
    weeks: int | None = None
    """How many from one meeting to the next, where that is what they asked for."""
    decision: str | None = None
    words: str = field(default="", repr=False)
    """What they want to talk about, or can offer."""


BEGIN_LATER = frozenset({Wish.PAUSE, Wish.STOP})
"""What counts a day after it was said back, so that it can be taken back before anybody else sees it."""
_A_YES = {Wish.BACK, Wish.STAY, Wish.NEW_PARTNER}
"""What says yes to a round: an announcement's button, or with whom they want the next one."""
_ABOUT_TAKING_PART = {Wish.PAUSE, Wish.STOP, Wish.BACK, Wish.FORGET_ME}


def with_requests(
    people: Iterable[Person], requests: Iterable[Request], today: date = date.max
) -> list[Person]:
    """Return the people as the roster and their own latest pause, stop or back together make them on a day.

    With their leave, as far as it is known, and with what they said last that they want to talk about and can offer.
    """
    requests = tuple(requests)
    latest, leave = _latest(r for r in requests if begins(r) <= today), leave_in(requests)
    willing = {r.person for r in requests if r.kind in _A_YES and r.decision != "ignore"}
    wants, offers = (_said(requests, kind) for kind in (Wish.TALK_ABOUT, Wish.CAN_OFFER))
    return [
        _with_request(_willing(_on_leave(p, leave.get(p.email, ())), willing), latest.get(p.email))
        for p in (_with_topics(p, wants, offers) for p in people)
    ]


def _said(requests: Iterable[Request], kind: Wish) -> dict[str, str]:
    """Return what each said last of a kind, of which an admin did not set it aside."""
    said = (r for r in requests if r.kind is kind and r.words and r.decision != "ignore")
    return {r.person: r.words for r in sorted(said, key=lambda r: r.asked_on)}


def _with_topics(person: Person, wants: Mapping[str, str], offers: Mapping[str, str]) -> Person:
    """Return somebody with what they said themselves, which counts before what is on the roster."""
    if person.email not in wants and person.email not in offers:
        return person
    return replace(
        person,
        topics=wants.get(person.email, person.topics),
        offers=offers.get(person.email, person.offers),
    )


def _willing(person: Person, willing: Collection[str]) -> Person:
    if person.has_said_yes or person.email not in willing:
        return person
    return replace(person, has_said_yes=True)


def leave_in(requests: Iterable[Request]) -> dict[str, tuple[Absence, ...]]:
    """Return everybody's leave. What was said later of the same days counts, and whoever says that they are back is."""
    leave: dict[str, tuple[Absence, ...]] = {}
    for request in sorted(requests, key=lambda r: r.asked_on):
        known = leave.get(request.person, ())
        if request.decision == "ignore":
            continue
        if request.kind is Wish.AWAY and request.until:
            first, last = request.since or request.asked_on, request.until - timedelta(days=1)
            others = tuple(a for a in known if a.last < first or last < a.first)
            leave[request.person] = (*others, Absence(first=first, last=last)) if first <= last else known
        elif request.kind is Wish.BACK and known:
            ended = request.asked_on - timedelta(days=1)
            cut = (replace(a, last=ended) if request.asked_on in a else a for a in known)
            leave[request.person] = tuple(a for a in cut if a.first <= a.last)
    return leave


def _on_leave(person: Person, leave: tuple[Absence, ...]) -> Person:
    if leave == person.days_off.leave:
        return person
    return replace(person, days_off=replace(person.days_off, leave=leave))


def begins(request: Request) -> date:
    """Return the day from which a request counts."""
    first = request.asked_on + timedelta(days=1) if request.kind in BEGIN_LATER else request.asked_on
    return max(first, request.since or first)


def who_asked_to_be_out(requests: Iterable[Request]) -> frozenset[str]:
    """Return who asked, as their last word about it, to pause or to take part no more."""
    return frozenset(p for p, request in _latest(requests).items() if request.kind is not Wish.BACK)


def who_stopped(requests: Iterable[Request], days: int = 0, today: date = date.max) -> frozenset[str]:
    """Return who asked so many days ago, as their last word about it, to take part no more."""
    return frozenset(
        p
        for p, request in _latest(requests).items()
        if request.kind is Wish.STOP and request.asked_on + timedelta(days=days) <= today
    )


def who_asked_to_be_forgotten(requests: Iterable[Request]) -> frozenset[str]:
    """Return who ever asked it, whatever they said or an admin decided since."""
    return frozenset(r.person for r in requests if r.kind is Wish.FORGET_ME)


def to_be_forgotten(requests: Iterable[Request], days: int, today: date) -> Mapping[str, Request]:
    """Return who confirmed so many days ago, as their last word about it, that they want to be forgotten."""
    return {
        p: request
        for p, request in _latest(requests).items()
        if request.kind is Wish.FORGET_ME and request.asked_on + timedelta(days=days) <= today
    }


def _latest(requests: Iterable[Request]) -> dict[str, Request]:
    """Return of each person the last word about taking part that an admin did not set aside."""
    latest: dict[str, Request] = {}
    for request in sorted(requests, key=lambda r: r.asked_on):  # of one day, as they came
        if request.kind in _ABOUT_TAKING_PART and request.decision != "ignore":
            latest[request.person] = request
    return latest


def wait_for_an_admin(requests: Iterable[Request]) -> list[Request]:
    """Return the requests that only an admin can answer, and has not yet."""
    return [r for r in requests if r.kind in FOR_ADMINS and r.decision is None]


def _with_request(person: Person, request: Request | None) -> Person:
    if request is None or request.kind is Wish.BACK:
        return person
    if request.kind in {Wish.STOP, Wish.FORGET_ME}:
        return replace(person, taking_part=TakingPart.NO)
    return replace(person, taking_part=TakingPart.PAUSED, paused_until=request.until)
