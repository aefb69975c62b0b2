"""Plays every schedule and prints how many there were and how many ended otherwise than undisturbed ones.

    python tests/crash/crash_test.py [--only WORD] [--processes 2]

Exit status 1 if any differed; each difference is printed with the schedule that leads to it.
"""

from __future__ import annotations

import logging
import sys
import time
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import stamina
from rich.console import Console
from rich.table import Table

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "functions"), str(TESTS / "crash")]

from company import MONDAY, small_company  # noqa: E402 - found by the line above
from scenarios import SCENARIOS  # noqa: E402
from schedules import Stage, differences  # noqa: E402


def everywhere(number: int) -> tuple[str, str, int, int, list[str]]:
    """Play all of one scenario; returns its name and job, its calls, its schedules and what differed."""
    stamina.set_testing(True, attempts=4)
    logging.disable(logging.CRITICAL)
    cast = small_company()
    cast.clock.set(MONDAY)
    scenario = SCENARIOS[number]
    stage = Stage(cast, scenario)
    said: list[str] = [] if stage.faultless else ["undisturbed: the checker found faults"]
    played = 0
    for way, call in stage.schedules():
        try:
            differing = differences(stage.undisturbed, stage.disturbed(way, call))
        except Exception as error:
            differing = [f"{type(error).__name__}: {error}"]
        played += 1
        said += [f"{way}, call {call}: {line}" for line in differing]
    return scenario.name, scenario.job, stage.calls, played, said


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only scenarios whose name or job holds this word")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    numbers = [i for i, s in enumerate(SCENARIOS) if wanted.only in f"{s.name} {s.job}"]
    table = Table(title="Disturbed at every call, in every way", title_justify="left")
    for name in ("Scenario", "Job", "Calls", "Schedules", "Differences"):
        table.add_column(name, justify="left" if name in {"Scenario", "Job"} else "right")
    began, total, differing = time.monotonic(), 0, []
    with ProcessPoolExecutor(wanted.processes) as pool:
        for name, job, calls, played, said in pool.map(everywhere, numbers):
            table.add_row(name, job, str(calls), str(played), str(len(said)))
            total += played
            differing += [f"{name}: {line}" for line in said]
    console = Console(width=130)
    console.print(table)
    for line in differing:
        console.print(line, markup=False)
    console.print(f"{total} schedules, {len(differing)} differences, {time.monotonic() - began:.0f} s")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
