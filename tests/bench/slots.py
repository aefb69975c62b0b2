"""Times the slots of 5,000 pairs over a window of 15 working days, and holds those of 50 against the best plan.

    PYTHONPATH=tests/programme/meetings python tests/bench/slots.py [exactly]

Everybody has ten busy spans. ``exactly`` solves rounds of 50 pairs by an integer programme: some minutes each.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import together_exactly
from test_slots_together import all_cost, wishes_of

from peerpact.programme.meetings import slots
from peerpact.programme.meetings.rules import Busy, MeetingRules
from peerpact.programme.meetings.slots import MeetingWish, NoSlot, Slot, choose_slots
from peerpact.programme.people import Person

PAIRS = 5_000
APPROVED = datetime(2026, 3, 16, 6, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata")


def main() -> None:
    dice = random.Random(1)  # noqa: S311 - a bench, seeded
    people = [
        Person(email=f"p{n}@example.com", name=f"P {n}", team=f"T{n % 60}", time_zone=ZONES[n % 4])
        for n in range(2 * PAIRS)
    ]
    busy = {p.email: tuple(_span(dice) for _ in range(10)) for p in people}
    wishes = [
        MeetingWish(
            key=f"w{n}", people=(people[2 * n], people[2 * n + 1]), approved_at=APPROVED, after=APPROVED
        )
        for n in range(PAIRS)
    ]
    rules = MeetingRules(earliest_working_day=1, latest_working_day=15)
    usual = slots.PASSES, slots.TRIALS
    once, first = _timed(wishes, busy, rules, passes=1, trials=0)
    seconds, chosen = _timed(wishes, busy, rules, passes=usual[0], trials=usual[1])
    found = sum(isinstance(slot, Slot) for slot in chosen.values())
    sys.stdout.write(
        f"{PAIRS} pairs, {found} slots: {seconds:.1f} s, {seconds / once:.1f} times as long as choosing each once "
        f"(at most 3); {clashes(wishes, chosen)} clashes within teams instead of {clashes(wishes, first)}\n"
    )
    missed = seconds > 3 * once
    for seed, zones in product((0, 1), (ZONES[:1], ZONES)) if "exactly" in sys.argv else ():
        wishes, busy = wishes_of(100, seed, zones)
        chosen = choose_slots(wishes, availability=busy, rules=MeetingRules())
        cost = all_cost(wishes, chosen)
        least = together_exactly.bound(wishes, busy, cost)
        missed = missed or cost > 1.02 * least
        sys.stdout.write(
            f"50 pairs in {len(zones)} zones: {cost:.2f}, no plan costs less than {least:.2f}: "
            f"{cost / least - 1:.1%} above (at most 2 %)\n"
        )
    sys.exit(missed)


def _timed(
    wishes: list[MeetingWish], busy: dict[str, Busy], rules: MeetingRules, *, passes: int, trials: int
) -> tuple[float, Mapping[str, Slot | NoSlot]]:
    slots.PASSES, slots.TRIALS = passes, trials
    began = time.process_time()
    chosen = choose_slots(wishes, availability=busy, rules=rules)
    return time.process_time() - began, chosen


def clashes(wishes: list[MeetingWish], chosen: Mapping[str, Slot | NoSlot]) -> int:
    """Count the pairs of meetings that two people of one team begin less than a meeting's length apart."""
    starts: dict[str, list[datetime]] = {}
    for wish in wishes:
        slot = chosen[wish.key]
        for team in {p.team for p in wish.people} if isinstance(slot, Slot) else ():
            starts.setdefault(team, []).append(slot.start)
    return sum(abs(a - b) < timedelta(minutes=45) for s in starts.values() for a, b in combinations(s, 2))


def _span(dice: random.Random) -> tuple[datetime, datetime]:
    start = APPROVED + timedelta(minutes=15 * dice.randrange(15 * 96))
    return start, start + timedelta(minutes=dice.choice((30, 60, 120)))


if __name__ == "__main__":
    main()
