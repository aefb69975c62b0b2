"""Made-up people and rosters for the pairing tests, and the reporting lines walked by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import combinations

from hypothesis import strategies as st

from peerpact.programme.pairing import (
    Facts,
    PairingResult,
    PairingRules,
    PastGroup,
    Progress,
    Repair,
    Standing,
    propose,
    repair,
)
from peerpact.programme.people import Person
from peerpact.programme.reporting_lines import ReportingLines

ON = date(2026, 3, 2)
Pair = tuple[str, str]


def address(number: int) -> str:
    return f"p{number:03}@example.com"


def person(number: int, *managers: int, team: int = 0, **more: object) -> Person:
    return Person(
        email=address(number),
        name=f"P{number}",
        team=f"T{team}",
        department=f"D{team}",
        managers=tuple(address(m) for m in managers),
        **more,  # type: ignore[arg-type] # a test's own fields
    )


def facts(
    everybody: Collection[Person],
    *,
    round: int = 1,
    seed: str = "s",
    history: Sequence[PastGroup] = (),
    never: Collection[Pair] = (),
    rules: PairingRules | None = None,
) -> Facts:
    return Facts(
        round=round,
        lines=ReportingLines({p.email: p.managers for p in everybody}),
        on=ON,
        seed=seed,
        history=history,
        never=never,
        rules=rules or PairingRules(),
    )


def proposed(
    people: Sequence[Person],
    never: Collection[Pair] = (),
    *,
    locked: Sequence[tuple[str, ...]] = (),
    **more: object,
) -> PairingResult:
    return propose(people, facts(people, never=never, **more), locked=locked)  # type: ignore[arg-type]


def repaired(
    groups: Sequence[tuple[str, ...]],
    people: Sequence[Person],
    rules: Facts,
    *,
    progress: Progress = Progress.INTRODUCED,
    locked: Collection[tuple[str, ...]] = (),
) -> Repair:
    standing = [Standing(people=g, progress=progress, locked=g in locked) for g in groups]
    return repair(standing, people, rules)


@st.composite
def rosters(draw: st.DrawFn, most: int = 10) -> tuple[list[Person], list[Pair]]:
    """Draw people with any managers (loops, doubles and people nobody knows among them) and pairs to keep apart."""
    size = draw(st.integers(1, most))
    managers = st.lists(st.integers(0, size + 1), max_size=2, unique=True)
    people = [person(i, *draw(managers), team=draw(st.integers(0, 2))) for i in range(size)]
    pairs = list(combinations([p.email for p in people], 2))
    never = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs))) if pairs else []
    return people, never


def walked_up(managers: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    """Return everybody above somebody; the person too if that leads back to them."""
    seen: set[str] = set()
    todo = list(managers.get(start, ()))
    while todo:
        boss = todo.pop()
        if boss not in seen:
            seen.add(boss)
            todo += managers.get(boss, ())
    return seen


def allowed(people: Collection[Person], never: Collection[Pair]) -> set[frozenset[str]]:
    """Return the pairs that no rule forbids; whose lines end where nobody knows on, in the same places only."""
    managers = {p.email: p.managers for p in people}
    above = {e: walked_up(managers, e) for e in managers}
    in_loop = {e for e in managers if e in above[e]}
    ends = {e: {m for m in above[e] | {e} if m not in managers or m in in_loop} for e in managers}
    blocked = {frozenset(p) for p in never}
    return {
        frozenset((a, b))
        for a, b in combinations(managers, 2)
        if a not in above[b] and b not in above[a] and ends[a] == ends[b] and frozenset((a, b)) not in blocked
    }
