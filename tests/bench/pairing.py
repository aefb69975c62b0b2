"""Measures pairing against bounds that no pairing can beat, against exact solvers, and over many rounds.

    python tests/bench/pairing.py [--quick]

Organisations are made up with a seed and have six earlier rounds; times are compared inside one run. Each line that
has a target says whether it is met, and the exit status is 1 if one is not.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import combinations

import networkx as nx
import numpy as np
import rustworkx as rx
from rich.console import Console
from rich.table import Table

from peerpact.programme.pairing import (
    Facts,
    Group,
    PairingResult,
    PairingRules,
    PastGroup,
    Standing,
    participants_of,
    propose,
    repair,
)
from peerpact.programme.pairing.decision import RoundSeen, decide
from peerpact.programme.pairing.pair_table import Costs
from peerpact.programme.pairing.participants import FORBIDDEN, RECENT
from peerpact.programme.pairings import Pairing, PairingState, add_months
from peerpact.programme.people import Person
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Singapore", "America/Los_Angeles", "Australia/Sydney")
KINDS = ("normal", "one large department", "over the globe")
ON = date(2026, 3, 2)
APPROVED = datetime(2026, 3, 2, 8, tzinfo=UTC)
EARLIER = 6
RULES = PairingRules()
console = Console(width=150)
missed: list[str] = []


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
                managers=(f"p{(i - 1) // 8:06}@example.com",) if i > 8 else (),
                time_zone=chance.choice(ZONES) if kind == KINDS[2] else ZONES[0],
                languages=("en",)
                if chance.random() < 0.95
                else ("de",)
                if chance.random() < 0.3
                else ("en", "de"),
            )
        )
    return people


def facts(people: Sequence[Person], round: int, history: Sequence[PastGroup]) -> Facts:
    lines = ReportingLines({p.email: p.managers for p in people})
    return Facts(round=round, lines=lines, on=ON, seed="bench", history=history)


def some_rounds(people: Sequence[Person], many: int) -> list[PastGroup]:
    history: list[PastGroup] = []
    for number in range(1, many + 1):
        groups = propose(people, facts(people, number, history)).groups
        history += [PastGroup(round=number, people=g.people) for g in groups]
    return history


def measured(size: int, kind: str) -> dict[str, float]:
    """Pair an organisation in its seventh round; run in a process of its own, so that memory is its own."""
    import resource  # noqa: PLC0415 - not on every system

    people = company(size, kind)
    history = some_rounds(people, EARLIER)
    smaller = company(size // 10, kind)
    before = some_rounds(smaller, EARLIER)
    times = []
    for _ in range(5):  # in turns, as a machine that others use as well is slow now and then
        tenth, _ = timed(smaller, before)
        seconds, result = timed(people, history)
        times.append((seconds / tenth, seconds))
    growth, seconds = (statistics.median(column) for column in zip(*times, strict=True))
    rules = facts(people, EARLIER + 1, history)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "growth": growth,
        "megabytes": megabytes,
        **avoidable(people, rules, result),
    }


def timed(people: Sequence[Person], history: Sequence[PastGroup]) -> tuple[float, PairingResult]:
    rules = facts(people, EARLIER + 1, history)
    start = time.perf_counter()
    result = propose(people, rules)
    return time.perf_counter() - start, result


def avoidable(people: Sequence[Person], rules: Facts, result: PairingResult) -> dict[str, float]:
    """Count what could have been avoided: the gap tells at most how much of each kind."""
    participants = participants_of(people, rules)
    pairs = np.array([[participants.number[e] for e in g.people[:2]] for g in result.groups], dtype=np.int64)
    costs = participants.costs_of(pairs[:, 0], pairs[:, 1])
    return {
        "gap": result.gap / len(people),
        "left": len(result.left_over),
        "repeats": int((costs >= RECENT).sum()),
        "broken": int((costs >= FORBIDDEN).sum()),
        "departments": result.gap // RULES.same_department,
        "languages": result.gap // RULES.no_common_language,
    }


def in_own_process(size: int, kind: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(size), kind]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def target(what: str, *, met: bool) -> str:
    if not met:
        missed.append(what)
    return f"{what} {'met' if met else 'MISSED'}"


def sizes(which: Sequence[int]) -> None:
    table = Table(
        title=f"Round {EARLIER + 1} at several sizes: gap to the proven bound, in points a person",
        title_justify="left",
    )
    for name in ("People", "Organisation", "Seconds", "MB", "Gap", "Avoidable", "Left over", "Targets"):
        table.add_column(name, justify="left" if name in {"Organisation", "Targets"} else "right")
    for size in which:
        for kind in KINDS:
            found = in_own_process(size, kind)
            limit = (0.0005 if size <= 10_000 else 0.001) * RULES.same_department
            nothing = not (found["repeats"] or found["broken"] or found["departments"] or found["languages"])
            wanted = [target(f"gap <= {limit:.3f}", met=found["gap"] <= limit)] if size >= 10_000 else []
            wanted += [target("nothing avoidable", met=nothing)] if size == 10_000 else []
            if size == 100_000:
                wanted.append(target("60 s", met=found["seconds"] <= 60))
                wanted.append(target("700 MB", met=found["megabytes"] <= 700))
                growth = found["growth"]
                wanted.append(target(f"{growth:.1f} times 10,000's time <= 15", met=growth <= 15))
            table.add_row(
                f"{size:,}", kind, f"{found['seconds']:.2f}", f"{found['megabytes']:.0f}", f"{found['gap']:.5f}",
                f"{found['departments']:.0f}", f"{found['left']:.0f}", ", ".join(wanted),
            )  # fmt: skip
    console.print(table)


def against_exact(size: int) -> None:
    """Compare with the exact optimum and with networkx's matching on the same allowed graph."""
    table = Table(title=f"{size:,} people against exact solvers", title_justify="left")
    for name in (
        "Organisation",
        "Cost",
        "Exact",
        "Above",
        "networkx / ours (times)",
        "rustworkx / ours (times)",
        "Targets",
    ):
        table.add_column(name, justify="left" if name in {"Organisation", "Targets"} else "right")
    for kind in KINDS:
        people = company(size, kind)
        history = some_rounds(people, EARLIER)
        rules = facts(people, EARLIER + 1, history)
        start = time.perf_counter()
        result = propose(people, rules)
        ours = time.perf_counter() - start
        best, exact_time, nx_time = exactly(people, rules)
        above = (result.cost - best) / best if best else float(result.cost > 0)
        table.add_row(
            kind, f"{result.cost:.0f}", f"{best:.0f}", f"{above:.2%}", f"{nx_time / ours:.0f}",
            f"{exact_time / ours:.1f}",
            target("within 1 %", met=above <= 0.01)
            + (f", {target('40 times faster', met=nx_time >= 40 * ours)}" if size >= 1_000 else ""),
        )  # fmt: skip
    console.print(table)


def proven(which: Sequence[int]) -> None:
    """Show that small programmes are paired best: even numbers by another solver, odd ones by the search's own proof.

    The tests compare odd numbers with trying every group of three.
    """
    table = Table(
        title=f"Up to {max(which)} people: best, as is proven (times in seconds)", title_justify="left"
    )
    for name in ("People", "Organisation", "Seconds", "Cost", "Gap", "Exact", "Targets"):
        table.add_column(name, justify="left" if name in {"Organisation", "Targets"} else "right")
    for size in which:
        for kind in KINDS:
            people = company(size, kind)
            rules = facts(people, EARLIER + 1, some_rounds(people, EARLIER))
            start = time.perf_counter()
            result = propose(people, rules)
            seconds = time.perf_counter() - start
            wanted = [target("proven best", met=result.gap == 0)]
            best = ""
            if size % 2 == 0:
                costs, edges = allowed_graph(people, rules)
                exact = sum(float(costs[p]) for p in solved(edges))
                best = f"{exact:.0f}"
                equal = abs(exact - result.cost) <= 0.001 * size
                wanted.append(target("as rustworkx", met=equal))
            table.add_row(
                str(size), kind, f"{seconds:.2f}", f"{result.cost:.0f}", f"{result.gap:.3f}", best, ", ".join(wanted)
            )  # fmt: skip
    console.print(table)


def exactly(people: Sequence[Person], rules: Facts) -> tuple[float, float, float]:
    """Return the least cost of pairing all, and the seconds that rustworkx and networkx take for it."""
    costs, edges = allowed_graph(people, rules)
    start = time.perf_counter()
    best = solved(edges)
    exact_time = time.perf_counter() - start
    start = time.perf_counter()
    weighted = nx.Graph()
    weighted.add_weighted_edges_from((i, j, -w) for i, j, w in edges)
    nx.max_weight_matching(weighted, maxcardinality=True)
    return sum(float(costs[p]) for p in best), exact_time, time.perf_counter() - start


def allowed_graph(people: Sequence[Person], rules: Facts) -> tuple[Costs, list[tuple[int, int, int]]]:
    participants = participants_of(people, rules)
    everybody = np.arange(len(people))
    costs = participants.costs(everybody, everybody)
    left, right = np.nonzero(np.triu(costs < FORBIDDEN, 1))
    weights = np.rint(costs[left, right] * 1000).astype(int).tolist()
    return costs, list(zip(left.tolist(), right.tolist(), weights, strict=True))


def solved(edges: Sequence[tuple[int, int, int]]) -> set[tuple[int, int]]:
    graph = rx.PyGraph()
    graph.add_nodes_from(range(1 + max(j for _, j, _ in edges)))
    graph.add_edges_from([(i, j, -w) for i, j, w in edges])
    found: set[tuple[int, int]] = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return found


def rounds(which: Sequence[int], many: int = 24) -> None:
    """Play many rounds: where only the past matters, to compare with a round-robin, and in teams of three."""
    table = Table(
        title=f"{many} rounds: repeats against the n-1 rounds of a round-robin", title_justify="left"
    )
    for name in ("People", "Teams of", "First repeat", "Round-robin", "Repeats", "Fewest possible", "Partners",
                 "Across teams", "Most often third", "Targets"):  # fmt: skip
        table.add_column(name, justify="left" if name == "Targets" else "right")
    for size in which:
        for team in (1, 3):
            people = [
                Person(
                    email=f"p{i:04}@example.com",
                    name=f"P{i}",
                    team=f"T{i // team}",
                    department=f"D{i // team}",
                )
                for i in range(size)
            ]
            table.add_row(str(size), str(team), *row_of(people, some_rounds(people, many)))
    console.print(table)


def row_of(people: Sequence[Person], history: Sequence[PastGroup]) -> list[str]:
    team = {p.email: p.team for p in people}
    met: Counter[tuple[str, str]] = Counter()
    partners: dict[str, set[str]] = {p.email: set() for p in people}
    third: Counter[str] = Counter()
    first = across = 0
    for group in history:
        third.update(group.people if len(group.people) > 2 else ())
        for a, b in combinations(group.people, 2):
            first = first or (group.round if met[a, b] else 0)
            met[a, b] += 1
            partners[a].add(b)
            partners[b].add(a)
            across += team[a] != team[b]
    pairs, size = sum(met.values()), len(people)
    of_a_team = sum(n * (n - 1) // 2 for n in Counter(team.values()).values())
    fewest = max(0, pairs - (size * (size - 1) // 2 - of_a_team))
    distinct = [len(p) for p in partners.values()]
    return [
        f"round {first}" if first else "none", f"after {size - 1 + size % 2}", str(pairs - len(met)), str(fewest),
        f"{min(distinct)} to {max(distinct)}", f"{across / pairs:.0%}", str(max(third.values(), default=0)),
        target("no avoidable repeat", met=pairs - len(met) <= fewest),
    ]  # fmt: skip


def repairs(size: int) -> None:
    """Compare a repair, after one in a hundred has left, with pairing everybody anew."""
    people = company(size, KINDS[0])
    history = some_rounds(people, EARLIER)
    rules = facts(people, EARLIER + 1, history)
    chance = random.Random(1)  # noqa: S311 - made-up people, not secrets
    fresh, repaired = [], []
    for _ in range(5):
        seconds, result = timed(people, history)
        fresh.append(seconds)
        standing = [Standing(people=group.people) for group in result.groups]
        gone = set(chance.sample(range(size), size // 100))
        still = [p for i, p in enumerate(people) if i not in gone]
        start = time.perf_counter()
        fixed = repair(standing, still, rules)
        repaired.append(time.perf_counter() - start)
    ratio = statistics.median(repaired) / statistics.median(fresh)
    console.print(
        f"Repair at {size:,} people, 1 % leaving: {statistics.median(repaired):.3f} s, {ratio:.2f} of a fresh round; "
        f"{len(fixed.left_over)} left over, gap {fixed.gap:.0f}; "
        + target("at most 0.2 of a fresh round", met=ratio <= 0.2)
    )


def growth(size: int) -> None:
    """Compare deciding on a round after twelve rounds, with doing so after one."""
    people = {p.email: p for p in company(size, KINDS[0])}
    emails = sorted(people)
    chance = random.Random(2)  # noqa: S311 - made-up people, not secrets
    pairings: list[Pairing] = []
    for number in range(1, 13):
        chance.shuffle(emails)
        pairs = (tuple(sorted(emails[i : i + 2])) for i in range(0, size - 1, 2))
        pairings += [
            Pairing(
                id=f"{number}/{a}",
                round=number,
                people=(a, b),
                state=PairingState.ENDED,
                approved_on=APPROVED,
            )
            for a, b in pairs
        ]
    past = [PastGroup(round=p.round, people=p.people) for p in pairings]
    for kept in (1, 12):
        times = {
            rounds: timed_decision(people, pairings, past, rounds=rounds, kept=kept) for rounds in (1, 12)
        }
        ratio = times[12] / times[1]
        console.print(
            f"Deciding on a round of {size:,} people, rows of {'the last round' if kept == 1 else 'all rounds'} kept: "
            f"{times[1]:.1f} s after one round, {times[12]:.1f} s after twelve; "
            + target(f"{ratio:.2f} times <= 1.5", met=ratio <= 1.5)
        )


def timed_decision(
    people: dict[str, Person],
    pairings: Sequence[Pairing],
    past: Sequence[PastGroup],
    *,
    rounds: int,
    kept: int,
) -> float:
    """Return the processor's seconds for a round of which the last so many are known, and so many rows are kept."""
    seen = ProgrammeSeen(
        now=APPROVED,
        settings=Settings(first_round=add_months(APPROVED.date(), -3 * 12), programme_name="bench"),
        people=people,
        pairings=tuple(p for p in pairings if p.round > 12 - min(kept, rounds)),
    )
    known = tuple(group for group in past if group.round > 12 - rounds)
    start = time.process_time()
    plan = decide(RoundSeen(programme=seen, history=known))
    taken = time.process_time() - start
    assert len(plan.actions) == len(people) // 2, len(plan.actions)
    return taken


def lines(which: Sequence[int]) -> None:
    """Pair companies in one chain, or under one person, with a quarter as many outside; times should grow as people."""
    for shape in ("chain", "star"):
        seconds = []
        for size in which:
            boss = {
                i: (f"p{max(0, i - 1) if shape == 'chain' else 0:06}@example.com",) for i in range(1, size)
            }
            people = [
                Person(email=f"p{i:06}@example.com", name=f"P{i}", team=f"T{i}", managers=boss.get(i, ()))
                for i in range(size + size // 4)
            ]
            start = time.process_time()
            propose(people, facts(people, 1, ()))
            seconds.append(time.process_time() - start)
        linear = 1.5 * which[-1] / which[0]
        grown = seconds[-1] / seconds[0]
        console.print(
            f"In one {shape}: {', '.join(f'{n:,} {s:.2f} s' for n, s in zip(which, seconds, strict=True))}; "
            + target(f"{grown:.1f} times <= {linear:.0f}", met=grown <= linear)
        )


def rounds_with_repairs(which: Sequence[int], many: int = 24) -> None:
    """Play rounds in which some leave and come back; count pairs that were together before and need not be again."""
    for size in which:
        people = [Person(email=f"p{i:04}@example.com", name=f"P{i}", team=f"T{i}") for i in range(size)]
        chance = random.Random(size)  # noqa: S311 - made-up people, not secrets
        history: list[PastGroup] = []
        repeats = avoidable = moves = 0
        for number in range(1, many + 1):
            result = propose(people, facts(people, number, history))
            again = recent(result.groups, history, number)
            repeats += again
            avoidable += again if result.gap >= RECENT / 2 else 0
            standing = [Standing(people=g.people) for g in result.groups]
            history += [PastGroup(round=number, people=g.people) for g in standing]
            for away in (max(1, size // 20), 0):
                gone = set(chance.sample(range(size), away))
                still = [p for i, p in enumerate(people) if i not in gone]
                there = {s.people for s in standing}
                past = [g for g in history if g.round < number or g.people not in there]
                fixed = repair(standing, still, facts(people, number, past))
                moves += len(fixed.changed)
                again = recent(fixed.new, past, number)
                repeats += again
                avoidable += again if fixed.gap > 0 else 0
                after = {c.before: c.after for c in fixed.changed}
                kept = [after.get(s.people, s.people) for s in standing]
                standing = [Standing(people=g) for g in kept if len(g) > 1]
                standing += [Standing(people=g.people) for g in fixed.new]
                known = {(g.round, g.people) for g in history}
                history += [
                    PastGroup(round=number, people=s.people)
                    for s in standing
                    if (number, s.people) not in known
                ]
        console.print(
            f"{many} rounds of {size:,} with two repairs each ({moves} groups changed): {repeats} pairs were together "
            f"before, {avoidable} of them avoidable; " + target("none avoidable", met=not avoidable)
        )


def recent(groups: Sequence[Group], history: Sequence[PastGroup], number: int) -> int:
    """Count the pairs in groups that were together in the last rounds that count."""
    since = number - RULES.repeat_rounds
    met = {frozenset(p) for g in history if g.round >= since for p in combinations(g.people, 2)}
    return sum(frozenset(pair) in met for g in groups for pair in combinations(g.people, 2))


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]), sys.argv[3])))  # noqa: T201 - read by the process above
        return
    quick = "--quick" in sys.argv
    sizes((200, 1_000) if quick else (200, 1_000, 10_000, 100_000))
    proven((17, 101, 199, 200) if quick else (17, 101, 199, 200, 301, 499, 500))
    against_exact(300 if quick else 1_000)
    lines((400, 800, 1_600, 3_200, 6_400))
    rounds((12, 30) if quick else (12, 30, 101, 1_000))
    rounds_with_repairs((12, 31) if quick else (12, 31, 101, 1_000))
    repairs(10_000)
    for size in (10_000,) if quick else (10_000, 100_000):
        growth(size)
    if missed:
        console.print(f"Missed: {'; '.join(missed)}")
        sys.exit(1)


if __name__ == "__main__":
    main()
