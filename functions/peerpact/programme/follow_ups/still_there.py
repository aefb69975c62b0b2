"""Whom to ask, once in a pairing, whether they are still there: who is quiet while their partner waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from peerpact.programme.follow_ups.due import DueLetter, Kind
from peerpact.programme.letter_hours import is_time_for_letters
from peerpact.programme.pairings import Pairing
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings
from peerpact.programme.wishes import ASKED_FIRST, PrivateWish, counts_from


def still_there(
    programme: ProgrammeSeen, wishes: Iterable[PrivateWish], letters: Collection[str]
) -> list[DueLetter]:
    """Return the letters that are due. ``letters`` are the keys on record."""
    people, settings, today = programme.people, programme.settings, programme.today
    due = []
    for address, pairing in to_be_asked(wishes, programme.pairings, today, settings):
        letter = DueLetter(kind=Kind.STILL_THERE, person=address, pairing=pairing, due=today)
        person = people.get(address)
        may_get = (
            person and not programme.waits(pairing) and is_time_for_letters(person, settings, programme.now)
        )
        due += [letter] if may_get and letter.key not in letters else []
    return due


def new_partners_on(
    pairing: Pairing, person: str, wishes: Iterable[PrivateWish], programme: ProgrammeSeen
) -> date:
    """Return the day on which a pairing ends where somebody of it stays quiet."""
    about = [w for w in wishes if w.pairing == pairing.id and person in w.others and w.kind in ASKED_FIRST]
    return min((counts_from(w, programme.settings) for w in about), default=programme.today)


def to_be_asked(
    wishes: Iterable[PrivateWish], pairings: Iterable[Pairing], today: date, settings: Settings
) -> tuple[tuple[str, Pairing], ...]:
    """Return whom to ask whether they are still there, and in which pairing, while there is time to answer."""
    known = {p.id: p for p in pairings if p.is_approved}
    return tuple(
        (other, known[wish.pairing])
        for wish in wishes
        if wish.kind in ASKED_FIRST and not wish.settled and wish.pairing in known
        for other in wish.others
        if other in known[wish.pairing].people and today < counts_from(wish, settings)
    )
