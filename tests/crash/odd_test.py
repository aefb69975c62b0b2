"""``make odd-test``: every item of every job refused in every way and shown in every shape, and what it prints."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import stamina  # noqa: E402 - found by the line above
from company import MONDAY, small_company  # noqa: E402
from odd import OddStage  # noqa: E402
from rich.console import Console  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402
from schedules import Stage  # noqa: E402

NO_ITEMS = {"check_roster", "pair_people"}
"""Jobs whose calls are all about everybody."""
PARTS = 4
"""Each scenario is played in so many parts, side by side."""


def played(name: str, part: int) -> tuple[str, int, list[str]]:
    """Play one part of a scenario's schedules; return how many they were, and what differed."""
    stamina.set_testing(True, attempts=2)
    logging.disable(logging.CRITICAL)
    scenario = next(s for s in SCENARIOS if s.name == name)
    cast = small_company()
    cast.clock.set(MONDAY)
    stage = OddStage(Stage(cast, scenario))
    refusals, shapes = (list(some)[part::PARTS] for some in (stage.refusals(), stage.shapes()))
    said = [
        f"{item.kind} {item.key}, {ref[0]} {ref[1]}: {s}"
        for item, ref in refusals
        for s in stage.refused(item, ref)
    ]
    said += [
        f"{item.kind} {item.key}, {shape}: {s}"
        for item, shape, change in shapes
        for s in stage.shown(item, change)
    ]
    return name, len(refusals) + len(shapes), said


def main() -> int:
    began, console = time.monotonic(), Console(width=130)
    wanted = [s.name for s in SCENARIOS if s.job not in NO_ITEMS and _is_wanted(s.name)]
    total, differing = 0, list[str]()
    with ProcessPoolExecutor(2) as pool:
        for name, count, said in pool.map(played, *zip(*_parts(wanted), strict=True)):
            console.print(f"{name}: {count} schedules, {len(said)} differences")
            total += count
            differing += [f"{name}: {line}" for line in said]
    for line in differing:
        console.print(line, markup=False)
    console.print(f"{total} schedules, {len(differing)} differences, {time.monotonic() - began:.0f} s")
    return 1 if differing else 0


def _parts(names: list[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        yield from ((name, part) for part in range(PARTS))


def _is_wanted(name: str) -> bool:
    return len(sys.argv) < 2 or any(word in name for word in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
