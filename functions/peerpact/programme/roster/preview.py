"""The next round as it would be now, for an admin to look at: who with whom, and why; who has nobody, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from peerpact.programme.pairings import Round, round_numbered, round_on
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import counted, joined, say

if TYPE_CHECKING:
    from peerpact.programme.pairing.decision import RoundSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """A group, or somebody without a partner, and why."""

    people: tuple[str, ...]
    names: str
    teams: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All groups of the next round, and those who have nobody."""

    rows: tuple[Previewed, ...] = ()
    in_words: str = ""
    trouble: str = ""
    """Why there is no preview."""


def upcoming(programme: ProgrammeSeen) -> Round | None:
    """Return the round that opens next, or has opened without pairings yet; None when no first round is set."""
    current = round_on(programme.today, programme.settings)
    if current is None or not any(p.round == current.number for p in programme.pairings):
        return current or round_numbered(1, programme.settings)
    return round_numbered(current.number + 1, programme.settings)


def as_on(programme: ProgrammeSeen, day: date) -> ProgrammeSeen:
    """Return the programme as it would be on a later day, if nothing changed until then."""
    if day <= programme.today:
        return programme
    return replace(programme, now=datetime.combine(day, time(), UTC))


def preview(seen: RoundSeen) -> Preview | None:
    """Pair everybody who would take part, as if the next round opened now; None when no day is set for one."""
    from peerpact.programme.pairing.decision import (  # noqa: PLC0415 - it loads numerics that few runs need
        propose_round,
        remembering,
    )

    opens = upcoming(seen.programme)
    if opens is None:
        return None
    seen, _ = remembering(replace(seen, programme=as_on(seen.programme, opens.opens)))
    result = propose_round(seen, opens)
    groups = [_shown(g.people, g.why, seen.programme) for g in result.groups]
    left = [
        _shown((o.email,), say("No partner: {reason}", reason=o.reason), seen.programme)
        for o in result.left_over
    ]
    many = counted(len(groups), "1 pairing", "{many} pairings")
    nobody = [say("{many} without a partner", many=len(left))] if left else []
    return Preview(
        rows=(*groups, *left),
        in_words=say(
            "Round {round}, which opens on {day}: {groups}.",
            round=opens.number,
            day=opens.opens,
            groups=joined([many, *nobody], ", "),
        ),
    )


def _shown(people: Iterable[str], why: str, programme: ProgrammeSeen) -> Previewed:
    known = [programme.people[e] for e in people if e in programme.people]
    return Previewed(
        people=tuple(people),
        names=" & ".join(map(programme.name, people)),
        teams=" & ".join(dict.fromkeys(p.team for p in known if p.team)),
        why=why,
    )
