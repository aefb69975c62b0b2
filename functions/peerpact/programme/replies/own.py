"""What people may ask about themselves at any time: how things stand, what is kept about them, to be forgotten."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.people import Person, WorkingHours
from peerpact.programme.requests import ANSWERS, Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import PrivateWish


class Known(Protocol):
    """What is known of everybody."""

    @property
    def programme(self) -> ProgrammeSeen: ...
    @property
    def commitments(self) -> Mapping[str, Commitment]: ...
    @property
    def letters(self) -> Mapping[str, LetterRecord]: ...
    @property
    def replies(self) -> Mapping[str, ReplyRecord]: ...
    @property
    def wishes(self) -> tuple[PrivateWish, ...] | None: ...


MOST_A_DAY = 5
"""So many of these one person gets in a day."""
MOST_LOOKED_UP = 5
"""So many people's whole past is looked up in one run; others wait for the next."""
OF_ITSELF = "no letter"
"""Stands where the letter would that a mail answers, for one that came of itself."""


def answer_to(wishes: Collection[Wish]) -> str:
    """Return the kind of letter that answers what somebody asks about themselves; empty when they don't."""
    return next((kind for wish, kind in ANSWERS.items() if wish in wishes), "")


def unasked(person: Person) -> LetterRecord:
    """Return what stands for the letter that a mail answers which answers none."""
    return LetterRecord(key=OF_ITSELF, kind=OF_ITSELF, person=person.email, reference="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand for somebody."""

    partners: tuple[Person, ...]
    meeting: datetime | None
    """The next one, in UTC."""
    promises: tuple[Commitment, ...]
    """Their own open ones, the one that is due first first."""


def standing_of(person: Person, seen: Known, changed: Collection[Commitment] = ()) -> Standing:
    """Return it, with what the mail that asks changes itself."""
    programme = seen.programme
    pairing = next((p for p in programme.pairings if p.is_approved and person.email in p.people), None)
    partners = pairing.partners_of(person.email) if pairing else ()
    starts = pairing.meeting_start if pairing else None
    now = {**seen.commitments, **{c.id: c for c in changed}}
    mine = (c for c in now.values() if c.person == person.email and c.is_open and not c.is_erased)
    return Standing(
        partners=tuple(programme.people[p] for p in partners if p in programme.people),
        meeting=starts if starts and starts > programme.now else None,
        promises=tuple(sorted(mine, key=lambda c: (c.due, c.id))),
    )


def kept_about(person: Person, seen: Known) -> Mapping[str, list[dict[str, Any]]]:
    """Return everything that is kept about somebody, by its tab. Nothing that others promised or wish."""
    programme, email = seen.programme, person.email
    return {
        "Roster": [_plain(person)],
        "Pairings": [_plain(p) for p in programme.pairings if email in p.people],
        "Requests": [_plain(r) for r in programme.requests if r.person == email],
        "Wishes": [_plain(w) for w in seen.wishes or () if w.person == email],
        "Commitments": [_plain(c) for c in seen.commitments.values() if c.person == email],
        "Letters": [_plain(x) for x in seen.letters.values() if x.person == email],
        "Replies": [_plain(r) for r in seen.replies.values() if r.person == email],
        "Problems": [
            {"what": p.what, "remedy": p.remedy}
            for some in programme.shown.values()
            for p in some
            if _names(p.row_key, email)
        ],
        "Memory": [_plain(m) for m in programme.memory.values() if _names(m.key, email)],
    }


def erased_on(confirmed: date, days: int) -> date:
    """Return the day on which what is kept about somebody is erased; until then it can be taken back."""
    return confirmed + timedelta(days=days)


def _names(key: str, email: str) -> bool:
    """Tell whether a key names an address, and not one that only ends or begins like it: ruben@ is not ben@."""
    return bool(re.search(rf"(?<![\w.+'&-]){re.escape(email)}(?![\w.-])", key))


def _plain(value: object) -> dict[str, Any]:
    """Return a value's fields that say something, as words, numbers and lists."""
    named = {f.name: _words(getattr(value, f.name)) for f in fields(value)}  # type: ignore[arg-type]
    return {name: said for name, said in named.items() if said not in ("", [], "None")}


def _words(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_words(v) for v in value]
    if isinstance(value, WorkingHours):
        return _words(value.days)
    return value if isinstance(value, bool | int) else str(value)
