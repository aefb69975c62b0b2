"""The last days of a round: who is alone then is paired when the next one opens, since they would hardly meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peerpact.programme.pairing import LeftOver
from peerpact.programme.pairings import Pairing, Round, is_late
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say


def alone_late(
    current: Round, programme: ProgrammeSeen, free: Iterable[Person], moving: Iterable[Pairing]
) -> tuple[LeftOver, ...]:
    """Return, in a round's last days, those of some people who have nobody of a pairing with them any more."""
    if not is_late(current, programme.today, programme.settings):
        return ()
    here = {p.email for p in free}
    together = {e for p in moving if len(rest := here.intersection(p.people)) > 1 for e in rest}
    reason = say("the round ends soon; they are in again when the next one opens")
    return tuple(LeftOver(email=e, reason=reason, is_late=True) for e in sorted(here - together))


def without(people: Sequence[Person], left: Iterable[LeftOver]) -> list[Person]:
    gone = {over.email for over in left}
    return [p for p in people if p.email not in gone]
