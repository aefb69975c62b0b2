"""Who has heard of a round: nobody is introduced or invited before that, or before there were days enough for it.

Letters about rounds are in the ledger, which the job that introduces people can't open; so it is kept in mind who got
one, for the round that is open and the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from peerpact.programme.announcements.due import LONGEST, RoundLetter, round_of
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import working_days_after
from peerpact.programme.mailboxes import who_hears
from peerpact.programme.memory import TOLD, Memo
from peerpact.programme.pairings import Pairing, round_on
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen

MORNINGS = 3
"""A welcome has so many working mornings of somebody's, that of the proposal included; then nobody waits any more."""
_TELLS = {RoundLetter.ANNOUNCEMENT.value, RoundLetter.WELCOME.value}


def told(number: int, address: str) -> str:
    """Return under which key it is kept in mind that somebody has heard of a round."""
    return f"{TOLD}r{number}: {address}"


def rounds_told_of(programme: ProgrammeSeen) -> Collection[int]:
    """Return the rounds of which it is kept in mind who has heard: the one that is open, and the next."""
    current = round_on(programme.today, programme.settings)
    return {current.number, current.number + 1} if current else {1}


def is_told_of(memo: Memo, programme: ProgrammeSeen) -> bool:
    """Tell of something kept in mind whether it says that somebody has heard of one of these rounds."""
    return any(memo.key.startswith(told(number, "")) for number in rounds_told_of(programme))


def with_told(programme: ProgrammeSeen, letters: Iterable[LetterRecord]) -> ProgrammeSeen:
    """Return the programme with what to keep in mind of who has got a letter about the round, or the next."""
    if programme.remembered is None:
        return programme
    rounds = rounds_told_of(programme)
    sent = (x for x in letters if x.kind in _TELLS and x.state is LetterState.SENT)
    keys = {told(n, x.person) for x in sent if (n := round_of(x.key)) in rounds and n is not None}
    others = [memo for memo in programme.remembered if not memo.key.startswith(TOLD)]
    hears = who_hears(programme.mailbox, programme.memory)
    keys |= {memo.key for memo in programme.remembered if _is_elsewhere(memo.key, rounds, hears)}
    heard = [programme.memory.get(key) or Memo(key=key, since=programme.today) for key in keys]
    return replace(programme, remembered=tuple(sorted([*others, *heard], key=lambda memo: memo.key)))


def _is_elsewhere(key: str, rounds: Collection[int], hears: Callable[[str, int], bool]) -> bool:
    """Tell of a memo whether it says that somebody has heard of one of these rounds from another mailbox."""
    about = {n: told(n, "") for n in rounds}
    return any(key.startswith(them) and not hears(key.removeprefix(them), n) for n, them in about.items())


def have_heard(pairing: Pairing, people: Iterable[Person], programme: ProgrammeSeen) -> bool:
    """Tell whether everybody of a pairing has heard of its round, or waited long enough to.

    Who joins one later is introduced once they have heard: nobody else waits for them.
    """
    return all(_has_heard(person, pairing, programme) for person in people)


def _has_heard(person: Person, pairing: Pairing, programme: ProgrammeSeen) -> bool:
    if any(told(number, person.email) in programme.memory for number in (pairing.round, pairing.round + 1)):
        return True
    if pairing.has_changed and pairing.has_begun:
        return _was_introduced(person, programme)
    proposed = pairing.proposed_on
    return (
        proposed is None or programme.today >= _latest(proposed, person) or _was_introduced(person, programme)
    )


def _latest(proposed: date, person: Person) -> date:
    return min(
        working_days_after(proposed - timedelta(days=1), MORNINGS, person.works_on), proposed + LONGEST
    )


def _was_introduced(person: Person, programme: ProgrammeSeen) -> bool:
    """Tell whether they have had a partner: they know what this is, and the turn has asked them."""
    return any(
        person.email in p.people and p.approved_on is not None and p.has_begun and not p.has_changed
        for p in programme.pairings
    )
