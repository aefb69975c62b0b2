"""Whom to ask, once in a pairing, whether they are still there: who is quiet while their partner waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from peerpact.programme.follow_ups.due import DueLetter, Kind, is_time_for_letters
from peerpact.programme.pairings import Pairing
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import ASKED_FIRST, PrivateWish, counts_from, to_be_asked


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
