"""``make odd-test``: items of every job refused, shown in other shapes and edited, and what is asked about all refused.

    python tests/crash/odd_test.py [WORD ...] [--each 150] [--seed 1] [--processes 2]

``WORD``: only scenarios whose name or job holds one. Of each scenario as many schedules of each way are thrown by the
seed as ``--each`` says, or all where there are fewer. Exit status 1 if anybody else noticed: each
difference is printed.
"""

from __future__ import annotations

import logging
import random
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from company import MONDAY, small_company  # noqa: E402
from odd import OddStage  # noqa: E402
from odd_cells import VALUES  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402
from schedules import Scenario, Stage  # noqa: E402

from waiting import try_again_at_once  # noqa: E402

WAYS = ("refused", "shown otherwise", "edited", "all at once refused")


@dataclass(slots=True)
class Played:
    """What came of a scenario's schedules."""

    scenario: Scenario
    kinds: Counter[str]
    counts: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)
    """How many schedules there would be."""
    differences: list[str] = field(default_factory=list)


def played(name: str, each: int, seed: int) -> Played:
    """Play a scenario's schedules, as many of each way as are wanted."""
    try_again_at_once(attempts=2)
    logging.disable(logging.CRITICAL)
    scenario = next(s for s in SCENARIOS if s.name == name)
    cast = small_company()
    cast.clock.set(MONDAY)
    stage = OddStage(Stage(cast, scenario))
    found = Played(scenario, Counter(item.kind for item in stage.items))
    for way, play, every in _ways(stage):
        dice = random.Random(f"{seed} {name} {way}")  # noqa: S311 - repeatable
        some = dice.sample(every, min(each, len(every)))
        found.counts[way], found.of[way] = len(some), len(every)
        for schedule in some:
            found.differences += [f"{name}, {way}: {_named(schedule)}: {s}" for s in _tried(play, schedule)]
    return found


def _ways(stage: OddStage) -> list[tuple[str, Callable[..., list[str]], Sequence[Any]]]:
    edits = [(cell, value) for cell in stage.cells for value in VALUES]
    shown = [(item, change, name) for item, name, change in stage.shapes()]
    return [
        (WAYS[0], stage.refused, [*stage.refusals()]),
        (WAYS[1], lambda item, change, _: stage.shown(item, change), shown),
        (WAYS[2], stage.edited, edits),
        (WAYS[3], stage.stopped, [*stage.calls_about_all()]),
    ]


def _tried(play: Callable[..., list[str]], schedule: Sequence[Any]) -> list[str]:
    try:
        return play(*schedule)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def _named(schedule: Sequence[Any]) -> str:
    return " ".join(str(part)[:160] for part in schedule if not callable(part))


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only scenarios whose name or job holds one of these")
    parser.add_argument("--each", type=int, default=150, help="how many schedules of each scenario and way")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    began, console = time.monotonic(), Console(width=130)
    names = [s.name for s in SCENARIOS if _is_wanted(f"{s.name} {s.job}", wanted.words)]
    with ProcessPoolExecutor(wanted.processes) as pool:
        found = []
        for one in pool.map(played, names, repeat(wanted.each), repeat(wanted.seed)):
            found.append(one)
            console.print(f"{one.scenario.name}: {_in_short(one)}", markup=False)
            for line in one.differences:
                console.print(f"  {line}", markup=False)
    console.print(_as_table(found))
    total, differing = sum(sum(p.counts.values()) for p in found), sum(len(p.differences) for p in found)
    console.print(f"{total} schedules, {differing} differences, {time.monotonic() - began:.0f} s")
    return 1 if differing else 0


def _is_wanted(name: str, words: Sequence[str]) -> bool:
    return not words or any(word in name for word in words)


def _in_short(one: Played) -> str:
    said = ", ".join(f"{one.counts[way]} of {one.of[way]} {way}" for way in WAYS)
    return f"{said}; {len(one.differences)} differences"


def _as_table(found: Sequence[Played]) -> Table:
    table = Table(title="Kinds of items, ways and jobs", title_justify="left")
    for name in ("Scenario", "Job", "Items", *WAYS, "Differences"):
        table.add_column(name)
    for one in found:
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(one.kinds.items()))
        counts = [str(one.counts[way]) for way in WAYS]
        table.add_row(one.scenario.name, one.scenario.job, kinds, *counts, str(len(one.differences)))
    return table


if __name__ == "__main__":
    sys.exit(main())
