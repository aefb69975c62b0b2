"""Why somebody is left over, in words; and what else could be done for somebody, and what that would cost others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from peerpact.programme.pairing.groups import Alternative, LeftOver
from peerpact.programme.pairing.judging import FORBIDDEN, Judge
from peerpact.programme.pairing.some_pairs import Numbers

LARGE = 2000
REPORTING_LINE = "Reporting line"
"""The setting that says how far up and down a reporting line reaches."""


def explain(judge: Judge, left: Sequence[int]) -> tuple[LeftOver, ...]:
    """Return for each person left over why, and the setting that would change it, if one would."""
    return tuple(_explained(judge, person) for person in sorted(left))


def alternatives(
    judge: Judge, groups: Sequence[tuple[str, ...]], person: str, most: int = 3
) -> list[Alternative]:
    """Return the best other partners for somebody who is in one of the pairs, best for all together first.

    Each would leave their own partner for the person; the two partners who are left then make a pair, if they may.
    """
    pairs = {e: g for g in groups if len(g) == 2 for e in g}
    if person not in pairs:
        return []
    partner = next(e for e in pairs[person] if e != person)
    me, mine = judge.number[person], judge.number[partner]
    others = sorted(e for e in pairs if e not in {person, partner} and e in judge.number)
    candidates = np.array([judge.number[e] for e in others], dtype=np.int64)
    theirs = np.array([judge.number[next(x for x in pairs[e] if x != e)] for e in others], dtype=np.int64)
    if not len(candidates):
        return []
    own = judge.costs(np.array([me]), candidates)[0]
    rest = judge.costs(np.array([mine]), theirs)[0]
    own_now = float(judge.costs_of(np.array([me]), np.array([mine]))[0])
    now = judge.costs_of(candidates, theirs)
    order = np.lexsort((candidates, np.minimum(rest, FORBIDDEN) - now + own))
    found = []
    for place in order[:most]:
        if own[place] >= FORBIDDEN:
            break
        is_allowed = rest[place] < FORBIDDEN
        pair = (partner, judge.people[theirs[place]].email) if is_allowed else ()
        found.append(
            Alternative(
                partner=others[place],
                why=judge.whys([(me, int(candidates[place]))])[0],
                own_cost=float(own[place]) - own_now,
                others=pair,
                others_cost=float(rest[place] - now[place]) if is_allowed else 0.0,
            )
        )
    return found


def _explained(judge: Judge, person: int) -> LeftOver:
    email = judge.people[person].email
    others = len(judge.people) - 1
    if not others:
        return LeftOver(email=email, reason="nobody else takes part")
    allowed = judge.partners_allowed(person)
    if not len(allowed):
        return _with_nobody(judge, person, others)
    rivals = _rivals(judge, allowed)
    if len(allowed) == others:
        return LeftOver(
            email=email, reason=f"the number is odd, and none of the {others} others could take a third"
        )
    share = f"of the {others} others who take part, only {_people(len(allowed))} can be paired with them"
    if len(rivals) > len(allowed):
        more, over = _people(len(rivals) - 1), len(rivals) - len(allowed)
        reason = f"{share}, and the same is true for {more} more, so {over} of them have no partner"
    else:
        reason = f"{share}, and these have partners already"
    return LeftOver(email=email, reason=reason, setting=_setting(judge, person))


def _rivals(judge: Judge, allowed: Numbers) -> list[int]:
    """Return who, too, can be paired with nobody but these; in large programmes that is not looked for."""
    if judge.nobody > LARGE:
        return []
    others = np.setdiff1d(np.arange(judge.nobody), allowed)
    return [i for i in others.tolist() if np.isin(judge.partners_allowed(i), allowed).all()]


def _with_nobody(judge: Judge, person: int, others: int) -> LeftOver:
    email = judge.people[person].email
    ends = sorted(judge.lines.open_ends(email, judge.rules.chain_levels))
    emails = [p.email for p in judge.people if p.email != email]
    below = sum(email in judge.above(e) for e in emails)
    above = sum(e in judge.above(email) for e in emails)
    never = sum(judge.is_never(email, e) for e in emails)
    if below == others:
        return LeftOver(
            email=email, reason="everybody who takes part reports to them", setting=REPORTING_LINE
        )
    parts = [
        f"{count} {words}"
        for count, words in (
            (below, "report to them"),
            (above, "stand above them"),
            (never, "are on Never pair"),
        )
        if count
    ]
    unknown = others - below - above - never
    if unknown > 0:
        where = " and ".join(ends) if ends else "others' managers"
        parts.append(f"of {unknown} nobody can tell, as the line above {where} is not known")
    return LeftOver(
        email=email,
        reason=f"of the {others} others who take part, {', '.join(parts)}",
        setting=_setting(judge, person),
    )


def _setting(judge: Judge, person: int) -> str | None:
    """Return the setting that would allow more partners: a shorter reporting line, if lines are in the way."""
    email = judge.people[person].email
    held = any(judge.in_one_line(email, p.email) for p in judge.people if p.email != email)
    unknown = judge.lines.open_ends(email, judge.rules.chain_levels)
    return REPORTING_LINE if (held or unknown) and judge.rules.chain_levels != 1 else None


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
