"""Who joined a pairing after it had met: they are asked by the meetings since they were introduced themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.meetings.history import all_meetings, past_meetings
from peerpact.programme.meetings.rhythm import DAYS_TO_PICK
from peerpact.programme.pairings import Pairing


def joining(pairings: Iterable[Pairing], letters: Iterable[LetterRecord]) -> frozenset[str]:
    """Return who is in a pairing that has changed and has not been introduced in it."""
    introduced = {(x.pairing, x.person) for x in letters if x.kind == "introduction" and x.sent}
    changed = [p for p in pairings if p.is_approved and p.has_changed]
    return frozenset(e for p in changed for e in p.people if (p.id, e) not in introduced)


def joined_later(
    pairings: Iterable[Pairing], letters: Iterable[LetterRecord]
) -> Mapping[tuple[str, str], Pairing]:
    """Return pairings as they are for who joined after a meeting, by the pairing's id and the person's address.

    It is told by when their introduction left, and which meetings came after it; all of them are to come while it
    has not.
    """
    changed = [p for p in pairings if p.is_approved and p.has_changed]
    introduced = {
        (x.pairing, x.person): x.sent
        for x in letters
        if x.kind == "introduction" and x.state is LetterState.SENT and x.sent
    }
    return {
        (p.id, person): since(p, introduced.get((p.id, person)))
        for p in changed
        for person in p.people
        if _is_later(p, introduced.get((p.id, person)))
    }


def _is_later(pairing: Pairing, introduced: datetime | None) -> bool:
    to_pick = pairing.approved_on + DAYS_TO_PICK if pairing.approved_on else None
    first = next((m.start for m in all_meetings(pairing) if m.start), to_pick)
    return introduced is None or (first is not None and first <= introduced)


def since(pairing: Pairing, introduced: datetime | None) -> Pairing:
    """Return a pairing with the meetings alone that came after a moment; without one, with none."""
    past = past_meetings(pairing)
    after = [n for n, m in enumerate(past) if introduced and m.start and m.start > introduced]
    kept = past[after[0] :] if after else ()
    start = pairing.meeting_start
    is_after = introduced is not None and (start is None or start > introduced)
    view = replace(pairing, meetings="; ".join(map(str, kept)))
    if introduced and pairing.approved_on:
        view = replace(view, approved_on=max(pairing.approved_on, introduced))
    return view if is_after else replace(view, meeting_start=None, meeting_state="", answers="", link="")
