"""What the roster leaves in doubt: accounts that are closed, endings that wait, columns that were emptied."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from peerpact.programme.doubts import doubts
from peerpact.programme.memory import CLOSED, RENAMED, remembered
from peerpact.programme.people import TakingPart
from peerpact.programme.requests import who_asked_to_be_out
from peerpact.programme.roster.closed import closed_problems
from peerpact.programme.roster.emptied import Filled, emptied
from peerpact.programme.seen import ProgrammeSeen


def with_doubts(
    seen: ProgrammeSeen, *, closed: frozenset[str] | None, filled: Collection[Filled]
) -> ProgrammeSeen:
    """Add to what was read what it leaves in doubt, what is asked about it, and what to keep in mind.

    ``closed`` are the addresses whose account the directory knows as suspended or deleted; None: it was not asked.
    """
    closed = _closed(seen, closed)
    people = {
        e: replace(p, taking_part=TakingPart.NO, paused_until=None) if e in closed else p
        for e, p in seen.people.items()
    }
    waiting, questions = doubts(
        seen.pairings,
        people,
        seen.settings,
        certain=closed | who_asked_to_be_out(seen.requests),
        missing={e for p in seen.pairings for e in p.people} - people.keys() - closed - seen.asked_about,
        memory=seen.memory,
        answered=seen.answered,
        denied=seen.denied,
        today=seen.today,
    )
    full, lost = emptied(filled, seen.memory, seen.answered)
    known = {f"{RENAMED}{old}": new for old, new in seen.renamed.items()} | {
        f"{CLOSED}{e}": "" for e in closed
    }
    more = {**known, **dict(doubt.memory for doubt in waiting.values()), **full}
    return replace(
        seen,
        people=people,
        problems=(*seen.problems, *questions, *lost, *closed_problems(closed, seen.people)),
        remembered=remembered(
            seen.settings, seen.memory, people=people, pairings=seen.pairings, today=seen.today, more=more
        ),
        doubts=waiting,
        closed=closed,
        is_emptied=bool(lost),
    )


def _closed(seen: ProgrammeSeen, told: frozenset[str] | None) -> frozenset[str]:
    """Return whose account is closed, as the directory says, or said when it was last asked."""
    if told is None:
        told = frozenset(k.removeprefix(CLOSED) for k in seen.memory if k.startswith(CLOSED))
    return told & (seen.people.keys() | {e for p in seen.pairings if p.is_standing for e in p.people})
