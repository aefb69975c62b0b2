"""Why somebody is left over, in words; and what else could be done for somebody, and what that would cost others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.groups import Alternative, LeftOver
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Participants
from peerpact.programme.pairing.reasons import whys
from peerpact.programme.people import whose
from peerpact.programme.sentences import Sentence, all_of, counted, joined, say

LARGE = 2000
"""Above so many people, nobody looks for others who compete for the same partners."""
CLOSELY, CLOSELY_IF_LARGE = 200, 20
"""So many people left over are explained one by one; of further ones only what is known at once is said."""
REPORTING_LINE = "Reporting line"
TOP_PERSON = "Top person takes part"
NEVER_PAIR = "Never pair"
NOBODY_LEFT = say("nobody is left who may be paired with them")


def explain(participants: Participants, left: Sequence[int]) -> tuple[LeftOver, ...]:
    """Return for each person left over why, and the setting or tab that would allow more partners, if one would."""
    reasons = _Reasons(participants)
    return tuple(reasons.of(person) for person in sorted(left))


def alternatives(
    participants: Participants, groups: Sequence[tuple[str, ...]], person: str, most: int = 3
) -> list[Alternative]:
    """Return the best other partners for somebody who is in one of the groups, best for all together first.

    Each would leave their own partner for the person. Who was with the person and that partner are then together, if
    they may. Only people of pairs are looked at.
    """
    own_group = next((g for g in groups if person in g), ())
    partners = [e for e in own_group if e != person]
    pairs = {e: g for g in groups if len(g) == 2 and g != own_group for e in g}
    others = sorted(e for e in pairs if e in participants.number)
    if not partners or not others:
        return []
    me, mine = (
        participants.number[person],
        np.array([participants.number[e] for e in partners], dtype=np.int64),
    )
    candidates = np.array([participants.number[e] for e in others], dtype=np.int64)
    theirs = np.array(
        [participants.number[next(x for x in pairs[e] if x != e)] for e in others], dtype=np.int64
    )
    own = participants.costs(np.array([me]), candidates)[0]
    own_now = float(participants.costs(np.array([me]), mine).sum())
    rest = participants.costs(mine, theirs).sum(axis=0)
    now = participants.costs_of(candidates, theirs)
    order = np.lexsort((candidates, np.minimum(rest, FORBIDDEN) - now + own))
    found = []
    for place in [p for p in order[:most].tolist() if own[p] < FORBIDDEN]:
        is_allowed = rest[place] < FORBIDDEN
        found.append(
            Alternative(
                partner=others[place],
                why=whys(participants, [(me, int(candidates[place]))])[0],
                own_cost=float(own[place]) - own_now,
                others=(*partners, participants.people[theirs[place]].email) if is_allowed else (),
                others_cost=float(rest[place] - now[place]) if is_allowed else 0.0,
            )
        )
    return found


class _Reasons:
    """Looks for reasons, and remembers what more than one person's hang on."""

    def __init__(self, participants: Participants) -> None:
        self._participants = participants
        self._others = participants.nobody - 1
        self._closely = CLOSELY_IF_LARGE if participants.nobody > LARGE else CLOSELY
        self._known_rivals: dict[bytes, Numbers] = {}

    def of(self, person: int) -> LeftOver:
        email = self._participants.people[person].email
        if not self._others:
            return LeftOver(email=email, reason=say("nobody else takes part"))
        if self._participants.is_line_unlike_others(person):
            return self._in_an_unknown_line(email)
        if self._closely <= 0:
            return LeftOver(email=email, reason=NOBODY_LEFT)
        self._closely -= 1
        allowed = self._participants.partners_allowed(person)
        if len(allowed) == self._others:
            reason = say(
                "the number is odd, and none of the {others} others could take a third", others=self._others
            )
            return LeftOver(email=email, reason=reason)
        reason = self._with_too_few(person, allowed) if len(allowed) else self._with_nobody(person)
        return LeftOver(
            email=email,
            reason=reason,
            setting=self._setting(person),
            unknown_managers=tuple(self._open_ends(email)),
        )

    def _open_ends(self, email: str) -> list[str]:
        return sorted(self._participants.lines.open_ends(email, self._participants.rules.chain_levels))

    def _in_an_unknown_line(self, email: str) -> LeftOver:
        ends = self._open_ends(email)
        if ends:
            where = all_of(map(whose, ends))
            reason = say(
                "the line above {where} is not known, so nobody can tell who else is in it", where=where
            )
        else:
            reason = say(
                "the lines above all others are not known, so nobody can tell who of them is in theirs"
            )
        unknown = tuple(ends or self._all_open_ends)
        return LeftOver(email=email, reason=reason, setting=REPORTING_LINE, unknown_managers=unknown)

    @cached_property
    def _all_open_ends(self) -> list[str]:
        return sorted({end for p in self._participants.people for end in self._open_ends(p.email)})

    def _with_nobody(self, person: int) -> Sentence:
        participants, email = self._participants, self._participants.people[person].email
        emails = [p.email for p in participants.people if p.email != email]
        below = sum(participants.is_above(email, e) for e in emails)
        above = sum(participants.is_above(e, email) for e in emails)
        never = sum(
            participants.is_never(email, e) and not participants.in_one_line(email, e) for e in emails
        )
        if any(self._is_set_apart(email, e) for e in emails):
            return NOBODY_LEFT
        unknown = self._others - below - above - never
        if below == self._others:
            return say("everybody who takes part reports to them")
        parts = [
            counted(below, "1 reports to them", "{many} report to them") if below else "",
            counted(above, "1 is above them", "{many} are above them") if above else "",
            counted(never, "1 is on Never pair with them", "{many} are on Never pair with them")
            if never
            else "",
            self._of_unknown(unknown, email) if unknown else "",
        ]
        return say(
            "of the {others} others who take part, {parts}", others=self._others, parts=joined(parts, ", ")
        )

    def _of_unknown(self, many: int, email: str) -> Sentence:
        if ends := self._open_ends(email):
            return say(
                "and of {many} nobody can tell, as the line above {ends} is not known",
                many=many,
                ends=all_of(map(whose, ends)),
            )
        return say("and of {many} nobody can tell, as the lines above others are not known", many=many)

    def _with_too_few(self, person: int, allowed: Numbers) -> Sentence:
        few = counted(
            len(allowed),
            "of the {others} others who take part, only 1 person can be paired with them",
            "of the {others} others who take part, only {many} people can be paired with them",
            others=self._others,
        )
        if self._participants.nobody > LARGE:
            return say("{few}, and these have partners already", few=few)
        circle = np.append(allowed, person)
        if len(circle) % 2 and not np.delete(self._allowed[circle], circle, axis=1).any():
            return self._in_an_odd_circle(person, len(allowed))
        rivals = self._rivals(allowed)
        if len(rivals) <= len(allowed):
            return say("{few}, and these have partners already", few=few)
        return counted(
            len(rivals) - len(allowed),
            "{rivals} can only be paired with {partners}, so 1 of them has no partner",
            "{rivals} can only be paired with {partners}, so {many} of them have no partner",
            rivals=self._named(rivals),
            partners=counted(len(allowed), "the same 1 person", "the same {many} people"),
        )

    def _in_an_odd_circle(self, person: int, others: int) -> Sentence:
        more = counted(others, "1 person more", "{many} people more")
        if ends := self._open_ends(self._participants.people[person].email):
            return say(
                "they and {more} can only be paired with one another, as the line above {ends} is not known; {circle} "
                "is an odd number",
                more=more,
                ends=all_of(map(whose, ends)),
                circle=others + 1,
            )
        return say(
            "they and {more} can only be paired with one another; {circle} is an odd number",
            more=more,
            circle=others + 1,
        )

    def _rivals(self, allowed: Numbers) -> Numbers:
        """Return who may be paired with some of these only; many who are left over ask for the same."""
        key = allowed.tobytes()
        if key not in self._known_rivals:
            elsewhere = np.delete(self._allowed, allowed, axis=1).any(axis=1)
            self._known_rivals[key] = np.setdiff1d(np.flatnonzero(~elsewhere), allowed)
        return self._known_rivals[key]

    def _named(self, people: Numbers) -> Sentence:
        teams = {self._participants.people[i].team for i in people.tolist()}
        if len(teams) == 1 and "" not in teams:
            return counted(
                len(people), "the 1 person of {team}", "the {many} people of {team}", team=teams.pop()
            )
        return counted(len(people) - 1, "they and 1 person more", "they and {many} people more")

    @cached_property
    def _allowed(self) -> NDArray[np.bool_]:
        everybody = np.arange(self._participants.nobody)
        costs: Costs = self._participants.costs(everybody, everybody)
        return costs < FORBIDDEN

    def _setting(self, person: int) -> str | None:
        """Return the setting, or the tab, that keeps somebody from being paired with them; None if there is none."""
        participants, email = self._participants, self._participants.people[person].email
        allowed = set(participants.partners_allowed(person).tolist())
        others = [p.email for i, p in enumerate(participants.people) if i not in allowed and i != person]
        others = [e for e in others if not self._is_set_apart(email, e)]
        by_line = self._is_far_from(email, others, never=False)
        if by_line and email in participants.lines.tops and not participants.rules.include_top:
            return TOP_PERSON
        if by_line and participants.rules.chain_levels != 1:
            return REPORTING_LINE
        return NEVER_PAIR if self._is_far_from(email, others, never=True) else None

    def _is_set_apart(self, one: str, other: str) -> bool:
        """Tell whether neither a line nor the tab Never pair keeps two apart, but an admin or one of them."""
        return self._participants.is_rejected(one, other) or self._participants.is_private(one, other)

    def _is_far_from(self, email: str, others: Sequence[str], *, never: bool) -> bool:
        """Tell whether one of others, on the tab Never pair with somebody or not, is no direct report or manager."""
        lines = self._participants.lines
        return any(
            self._participants.is_never(email, e) == never
            and not (lines.is_above(e, email, 1) or lines.is_above(email, e, 1))
            for e in others
        )
