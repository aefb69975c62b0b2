"""Plays what happens to small programmes, and holds each repair against trying everything.

    make bench-repairs ARGS="HOW-MANY FIRST-SEED"

The trial knows nothing of how plans are found: it walks through all ways to put people into pairs, threes and nobody,
and adds up what the design asks for: nobody left over who need not be, then the least that is moved.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations

from made_up import allowed, walked_up

from by_value import NO, PAUSED, YES, address, at, person
from peerpact.programme.pairing.decision import ChangePairing, ProposePairing, RoundSeen, decide
from peerpact.programme.pairing.groups import PastGroup
from peerpact.programme.pairings import Decision, EnteredPair, Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

LETTERS = "abcdefghi"
PRICE = {"proposed": 4, "introduced": 400, "held": 1200}
LEFT, THREE, REPEAT = 10**7, 600, 20
Group = frozenset[str]
Plans = list[tuple[Group, ...]]


@dataclass
class Programme:
    """A programme that events happen to."""

    people: dict[str, Person]
    now: object = field(default_factory=lambda: at("2026-01-01"))
    pairings: dict[str, Pairing] = field(default_factory=dict)
    never: list[tuple[str, str]] = field(default_factory=list)
    locked: list[EnteredPair] = field(default_factory=list)
    history: tuple[PastGroup, ...] = ()

    @property
    def seen(self) -> RoundSeen:
        settings = Settings(first_round=at("2026-01-01").date(), programme_name="Peerpact", most_ended=100)
        programme = ProgrammeSeen(
            now=self.now,  # type: ignore[arg-type]
            settings=settings,
            people=dict(self.people),
            pairings=tuple(self.pairings.values()),
        )
        return RoundSeen(
            programme=programme, never=tuple(self.never), locked=tuple(self.locked), history=self.history
        )

    def carry_out(self, plan: Plan) -> None:
        for action in plan.actions:
            if isinstance(action, ProposePairing | ChangePairing):
                self.pairings[action.pairing.id] = action.pairing
            else:
                self.history = (*self.history, *action.groups)

    def standing(self, number: int) -> list[Pairing]:
        return [p for p in self.pairings.values() if p.is_standing and p.round == number]


def programme(chance: random.Random) -> Programme:
    """Make up a programme of three to eight people, some of whom report to others or never meet."""
    letters = LETTERS[: chance.randint(3, 8)]
    people = {}
    for place, letter in enumerate(letters):
        boss = chance.choice(letters[:place]) if place and chance.random() < 0.3 else ""
        people[address(letter)] = person(
            letter, managers=boss, team=chance.choice(["x", "y", ""]), languages=("en",)
        )
    found = Programme(people)
    pairs = list(combinations(sorted(people), 2))
    found.never = chance.sample(pairs, min(len(pairs), chance.randint(0, 3)))
    return found


def events(chance: random.Random, it: Programme) -> Iterator[str]:
    """Let something happen, five times, and say what."""
    kinds: list[Callable[[random.Random, Programme], str]] = [
        _reject, _reject, _pause, _return, _join, _leave, _lock, _maybe, _days, _days, _meet, _next_round, _never
    ]  # fmt: skip
    for _ in range(5):
        yield " and ".join(chance.choice(kinds)(chance, it) for _ in range(chance.randint(1, 2)))


def _standing_one(chance: random.Random, it: Programme) -> Pairing | None:
    standing = [p for p in it.pairings.values() if p.is_standing and not p.decision]
    return chance.choice(standing) if standing else None


def _decide(chance: random.Random, it: Programme, decision: Decision) -> str:
    pairing = _standing_one(chance, it)
    if pairing:
        it.pairings[pairing.id] = replace(pairing, decision=decision, is_decision_clear=True)
    return f"{decision} {pairing.people if pairing else ''}"


def _reject(chance: random.Random, it: Programme) -> str:
    return _decide(chance, it, Decision.REJECT)


def _lock(chance: random.Random, it: Programme) -> str:
    return _decide(chance, it, Decision.LOCK)


def _maybe(chance: random.Random, it: Programme) -> str:
    """Let an admin decide in words that are none of the list's."""
    pairing = _standing_one(chance, it)
    if pairing:
        it.pairings[pairing.id] = replace(pairing, is_decision_clear=False)
    return f"maybe later {pairing.people if pairing else ''}"


def _takes_part(chance: random.Random, it: Programme, state: object, word: str) -> str:
    email = chance.choice(sorted(it.people))
    it.people[email] = replace(it.people[email], taking_part=state)  # type: ignore[arg-type]
    return f"{word} {email}"


def _pause(chance: random.Random, it: Programme) -> str:
    return _takes_part(chance, it, PAUSED, "pause")


def _return(chance: random.Random, it: Programme) -> str:
    return _takes_part(chance, it, YES, "return")


def _leave(chance: random.Random, it: Programme) -> str:
    return _takes_part(chance, it, NO, "leave")


def _join(chance: random.Random, it: Programme) -> str:
    free = [letter for letter in LETTERS if address(letter) not in it.people]
    if free and len(it.people) < 9:
        it.people[address(free[0])] = person(free[0], team=chance.choice(["x", "y"]), languages=("en",))
    return f"join {free[:1]}"


def _days(_: random.Random, it: Programme) -> str:
    it.now = it.now + timedelta(days=4)  # type: ignore[operator]
    return "four days pass"


def _meet(chance: random.Random, it: Programme) -> str:
    pairing = _standing_one(chance, it)
    if pairing and pairing.state is PairingState.APPROVED:
        it.pairings[pairing.id] = replace(pairing, meeting_state="held")
    return "meet"


def _next_round(_: random.Random, it: Programme) -> str:
    it.now = at("2026-04-01") if it.now < at("2026-04-01") else it.now + timedelta(days=1)  # type: ignore[operator]
    return "the next round"


def _never(chance: random.Random, it: Programme) -> str:
    it.never.append(tuple(sorted(chance.sample(sorted(it.people), 2))))  # type: ignore[arg-type]
    return f"never {it.never[-1]}"


def failures(seed: int) -> Iterator[str]:
    """Play one sequence; yield what is wrong after any event."""
    chance = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    it = programme(chance)
    it.carry_out(decide(it.seen))
    for what in events(chance, it):
        number = 1 if it.now < at("2026-04-01") else 2  # type: ignore[operator]
        is_opening = not any(p.round == number for p in it.pairings.values())
        before = _before(it, number)
        plan = decide(it.seen)
        it.carry_out(plan)
        wrong = [] if is_opening else list(_compared(it, number, before))
        again = decide(it.seen)
        wrong += [f"a second run changes {a.sentence()}" for a in again.actions]
        if wrong:
            yield f"seed {seed}: after {what}: {'; '.join(wrong)}"
            return


@dataclass(frozen=True, kw_only=True)
class Before:
    """What a repair starts from, as the words of the programme tell it."""

    here: Group
    may: set[Group]
    groups: tuple[Group, ...]
    """Those of each standing group who still take part and may be together."""
    price: dict[str, int]
    locked: tuple[Group, ...]
    repeats: set[Group]


def _before(it: Programme, number: int) -> Before:
    seen = it.seen
    here = {e: p for e, p in it.people.items() if p.is_taking_part(seen.programme.today)}
    rejected = [
        p.people for p in it.pairings.values()
        if p.round == number and (p.state is PairingState.REJECTED or (p.decision is Decision.REJECT and p.is_standing))
    ]  # fmt: skip
    apart = [*it.never, *(pair for people in rejected for pair in combinations(people, 2))]
    may = {p for p in allowed(list(it.people.values()), apart) if p <= set(here)}
    managers = {p.email: p.managers for p in it.people.values()}
    groups, price, locked = [], {}, []
    kept = {p.people for p in it.pairings.values() if p.round == number - 1 and p.decision is Decision.LOCK}
    for pairing in it.standing(number):
        rest = frozenset(pairing.people) & set(here)
        if pairing.decision is Decision.REJECT or len(rest) < 2:
            continue
        is_broken = any(not _may_stay(pair, managers, apart) for pair in combinations(sorted(rest), 2))
        if is_broken and len(rest) == 2:
            continue
        may |= {frozenset(p) for p in combinations(rest, 2) if _may_stay(p, managers, apart)}
        is_fixed = pairing.decision is Decision.LOCK or not pairing.is_decision_clear
        if (is_fixed or any(set(pairing.people) <= set(k) for k in kept)) and not is_broken:
            locked.append(rest)
            continue
        groups.append(rest)
        waits = pairing.state is PairingState.PROPOSED and pairing.decision is None
        over = pairing.proposed_on + timedelta(days=3) <= seen.programme.today  # type: ignore[operator]
        how_far = "proposed" if waits and not over else pairing.meeting_state or "introduced"
        price |= dict.fromkeys(rest, PRICE[how_far])
    together = {frozenset(p) for g in (*groups, *locked) for p in combinations(g, 2)}
    past = [g.people for g in it.history] + [p.people for p in it.pairings.values() if p.approved_on]
    repeats = {frozenset(p) for people in past for p in combinations(people, 2)} - together
    return Before(
        here=frozenset(here),
        may=may,
        groups=tuple(groups),
        price=price,
        locked=tuple(locked),
        repeats=repeats,
    )


def _may_stay(
    pair: tuple[str, str], managers: dict[str, tuple[str, ...]], apart: list[tuple[str, str]]
) -> bool:
    one, other = pair
    in_line = one in walked_up(managers, other) or other in walked_up(managers, one)
    return not in_line and frozenset(pair) not in {frozenset(p) for p in apart}


def _compared(it: Programme, number: int, before: Before) -> Iterator[str]:
    made = [frozenset(p.people) for p in it.standing(number)]
    placed = [e for group in made for e in group]
    if len(placed) != len(set(placed)) or not set(placed) <= before.here:
        yield f"somebody is twice in {made}, or does not take part"
        return
    if not all(frozenset(pair) in before.may for group in made for pair in combinations(group, 2)):
        yield f"a rule forbids one of {made}"
    if any(len(group) > 3 for group in made) or not set(before.locked) <= set(made):
        yield f"a group of four, or a locked one changed: {made}"
        return
    free = [group for group in made if group not in before.locked]
    alone = before.here - set(placed)
    people = tuple(sorted(before.here - {e for group in before.locked for e in group}))
    cost = sum(_price(group, before) for group in free) + sum(LEFT + before.price.get(e, 0) for e in alone)
    least = cheapest(people, before, cost)
    if cost > least:
        yield f"{sorted(map(sorted, free))} costs {cost}, another plan {least}"


def cheapest(people: tuple[str, ...], before: Before, most: int) -> int:
    """Return the least that any plan costs, if it is no more than ``most``, by trying all."""
    if not people or most < 0:
        return 0
    first, rest = people[0], people[1:]
    least = min(most, 10**12)
    options: list[tuple[int, tuple[str, ...]]] = [(LEFT + before.price.get(first, 0), ())]
    for size in (1, 2):
        for others in combinations(rest, size):
            if all(frozenset(p) in before.may for p in combinations((first, *others), 2)):
                options.append((_price(frozenset((first, *others)), before), others))
    for price, others in sorted(options):
        if price > least:
            break
        left = tuple(p for p in rest if p not in others)
        least = min(least, price + cheapest(left, before, least - price))
    return least


def _price(group: Group, before: Before) -> int:
    if group in before.groups:
        return 0
    of = {e: g for g in before.groups for e in g}
    moved = [
        before.price.get(e, 0) // (4 if of.get(e, frozenset()) & group - {e} else 1) for e in sorted(group)
    ]
    repeats = REPEAT * sum(frozenset(p) in before.repeats for p in combinations(group, 2))
    dearest = max(before.price.get(e, 0) for e in group)
    return sum(moved) + repeats + (max(THREE, dearest * 3 // 2) if len(group) == 3 else 0)


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    wrong = 0
    for seed in range(first, first + many):
        for failure in failures(seed):
            wrong += 1
            print(failure, flush=True)  # noqa: T201 - a tool's answer
    print(f"{many} sequences of five events: {wrong} failures")  # noqa: T201 - a tool's answer
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
