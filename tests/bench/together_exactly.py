"""What no choice of slots for a whole round can cost less than, by an integer programme (scipy's HiGHS).

It knows each start's own cost (``by_hand``), and of each team how many meet within each three quarters of an hour that
don't overlap, whichever quarter these begin at: so many at once clash in pairs. Clashes across two of these it doesn't
see; so what it finds is a bound, and nearly always the best plan's cost as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from by_hand import QUARTER, cost_of, possible, quarters, works
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from peerpact.programme.meetings.rules import Availability, MeetingRules
from peerpact.programme.meetings.slots import LOAD, MeetingWish

SECONDS = 300
NEAR = 0.002
LENGTH = 3
MOST_AT_ONCE = 6
Terms = list[tuple[int, float]]


class Programme:
    """Variables with costs, and rows of them that are at least something."""

    def __init__(self) -> None:
        self.costs: list[float] = []
        self.rows: list[tuple[Terms, float, float]] = []

    def variable(self, cost: float = 0.0) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def demand(self, terms: Terms, least: float, most: float = np.inf) -> None:
        self.rows.append((terms, least, most))

    def bound(self, whole: int) -> float:
        """Solve it, the first variables being whole numbers, and return what is proven."""
        places = [(row, column, v) for row, (terms, _, _) in enumerate(self.rows) for column, v in terms]
        rows, columns, values = zip(*places, strict=True)
        table = coo_array((values, (rows, columns)), shape=(len(self.rows), len(self.costs))).tocsr()
        found = milp(
            self.costs,
            integrality=np.arange(len(self.costs)) < whole,
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(table, [r[1] for r in self.rows], [r[2] for r in self.rows]),
            options={"time_limit": SECONDS, "mip_rel_gap": NEAR},
        )
        return float(found.mip_dual_bound)


def bound(wishes: Sequence[MeetingWish], busy: Mapping[str, Availability], known: float) -> float:
    """Return what is proven, given what some plan costs."""
    alone = [_alone(wish, busy) for wish in wishes]
    spare = known - sum(min(costs.values()) for costs in alone)
    programme = Programme()
    chosen: list[dict[datetime, int]] = []
    for costs in alone:
        least = min(costs.values())
        chosen.append({s: programme.variable(c) for s, c in costs.items() if c - least <= spare})
        programme.demand([(variable, 1.0) for variable in chosen[-1].values()], 1, 1)
    whole = len(programme.costs)
    teams = [Counter(p.team for p in wish.people) for wish in wishes]
    for team, size in sum(teams, Counter()).items():
        own = [(many, starts) for of, starts in zip(teams, chosen, strict=True) if (many := of[team])]
        _add_team(programme, own, LOAD / size)
    return programme.bound(whole)


def _alone(wish: MeetingWish, busy: Mapping[str, Availability]) -> dict[datetime, float]:
    """Return the starts that count, in everybody's hours if there are any, with what each costs by itself."""
    rules = MeetingRules()
    starts = list(possible(wish, busy, rules))
    inside = [s for s in starts if all(works(p, q) for p in wish.people for q in quarters(s, rules))]
    return {start: cost_of(start, wish, rules, {}) for start in inside or starts}


def _add_team(programme: Programme, own: Sequence[tuple[int, Mapping[datetime, int]]], weight: float) -> None:
    """Let each two who meet in one stretch cost what a clash costs, whichever quarter the stretches begin at."""
    at: dict[datetime, Terms] = {}
    for many, starts in own:
        for start, variable in starts.items():
            at.setdefault(start, []).append((variable, float(many)))
    begins = sorted({start - n * QUARTER for start in at for n in range(LENGTH)})
    clashes = programme.variable(weight)
    in_stretch: list[Terms] = [[] for _ in range(LENGTH)]
    for begin in begins:
        meeting = [term for n in range(LENGTH) for term in at.get(begin + n * QUARTER, ())]
        pairs = programme.variable()
        in_stretch[int(begin.timestamp()) // 900 % LENGTH].append((pairs, -1.0))
        for most in range(1, MOST_AT_ONCE + 1):
            terms = [(variable, -most * many) for variable, many in meeting]
            programme.demand([*terms, (pairs, 1.0)], -most * (most + 1) / 2)
    with_oneself = sum(many * (many - 1) // 2 for many, _ in own)
    for terms in in_stretch:
        programme.demand([(clashes, 1.0), *terms], -with_oneself)
