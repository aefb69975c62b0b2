"""Measures pairing: time, and the gap to a bound that no pairing can beat. Says nothing of sizes that it did not run.

Run as ``python tests/bench/pairing.py [--quick]``.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date

from peerpact.programme.pairing import PairingResult, PastGroup, propose
from peerpact.programme.people import Person
from peerpact.programme.reporting_lines import ReportingLines

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Singapore", "America/Los_Angeles", "Australia/Sydney")
KINDS = ("normal", "one large department", "over the globe")
ON = date(2026, 3, 2)


def company(size: int, kind: str) -> list[Person]:
    """Make up an organisation, without its top: each manages eight people, teams are of eight."""
    chance = random.Random(f"{kind}/{size}")  # noqa: S311 - made-up people, not secrets
    people = []
    for i in range(1, size + 1):
        large = kind == KINDS[1] and chance.random() < 0.55
        people.append(
            Person(
                email=f"p{i:06}@example.com",
                name=f"P{i}",
                team=f"T{i // 8}",
                department="Sales" if large else f"D{i // 8 % max(3, min(20, size // 40))}",
                managers=(f"p{(i - 1) // 8:06}@example.com",),
                time_zone=chance.choice(ZONES) if kind == KINDS[2] else ZONES[0],
                languages=("en",) if chance.random() < 0.95 else ("en", "de"),
            )
        )
    return people


def paired(people: list[Person], round: int, history: list[PastGroup]) -> PairingResult:
    lines = ReportingLines({p.email: p.managers for p in people})
    return propose(people, round=round, lines=lines, on=ON, seed="bench", history=history)


def measure(size: int, kind: str) -> None:
    people = company(size, kind)
    history: list[PastGroup] = []
    for number in range(1, 3):
        result = paired(people, number, history)
        history += [PastGroup(round=number, people=g.people) for g in result.groups]
    start = time.perf_counter()
    result = paired(people, 3, history)
    took = time.perf_counter() - start
    bound = result.lower_bound
    gap = (
        "no bound"
        if bound is None
        else f"{(result.cost - bound) / size:.4f} points a person above the bound of {bound / size:.4f}"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(  # noqa: T201 - a bench's output
        f"{size:>6} {kind:<22}{took:6.2f} s  {memory:>5} MB  {gap}; {len(result.left_over)} left over",
        flush=True,
    )


def rounds(size: int, many: int = 24) -> None:
    people = company(size, KINDS[0])
    history: list[PastGroup] = []
    met: set[tuple[str, ...]] = set()
    repeats = 0
    first = 0
    for number in range(1, many + 1):
        for group in paired(people, number, history).groups:
            repeats += group.people in met
            first = first or (number if group.people in met else 0)
            met.add(group.people)
            history.append(PastGroup(round=number, people=group.people))
    print(  # noqa: T201 - a bench's output
        f"{size:>6} people, {many} rounds: {repeats} repeated groups, the first in round {first or '-'}",
        flush=True,
    )


def main() -> None:
    quick = "--quick" in sys.argv
    for size in (100, 400) if quick else (100, 1_000, 3_000):
        for kind in KINDS:
            measure(size, kind)
    for size in (12, 30) if quick else (12, 30, 101):
        rounds(size)


if __name__ == "__main__":
    main()
