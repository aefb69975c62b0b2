"""Plays quarters of six people and says what calendar states were wrong, and how regularly pairs meet.

    python tests/crash/quarter_test.py [--quarters 2000] [--seed 1] [--processes 2]

Exit status 1 if any state was wrong; each is printed with its seed.
"""

from __future__ import annotations

import logging
import statistics
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "functions"), str(TESTS / "crash")]

from company import MONDAY, small_company  # noqa: E402 - found by the line above
from quarter import Played, Quarter  # noqa: E402

from waiting import try_again_at_once  # noqa: E402

AT_ONCE = 25


def played(seeds: range) -> list[tuple[int, Played]]:
    try_again_at_once()
    logging.disable(logging.CRITICAL)
    cast = small_company()
    cast.clock.set(MONDAY)
    quarter = Quarter(cast)
    return [(seed, _tried(quarter, seed)) for seed in seeds]


def _tried(quarter: Quarter, seed: int) -> Played:
    try:
        return quarter.play(seed)
    except Exception as error:
        return Played(wrong=[f"{type(error).__name__}: {error}"])


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--quarters", type=int, default=2000, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    last = wanted.seed + wanted.quarters
    parts = [range(n, min(n + AT_ONCE, last)) for n in range(wanted.seed, last, AT_ONCE)]
    found: list[tuple[int, Played]] = []
    with ProcessPoolExecutor(wanted.processes) as pool:
        for part in pool.map(played, parts):
            found += part
            sys.stderr.write(f"{len(found)} played, {sum(len(p.wrong) for _, p in found)} wrong\n")
    _tell(found)
    return 1 if any(p.wrong for _, p in found) else 0


def _tell(found: list[tuple[int, Played]]) -> None:
    console = Console(width=130)
    for seed, one in found:
        for line in one.wrong:
            console.print(f"seed {seed}: {line}", markup=False)
    gaps = sorted(gap for _, p in found for gap in p.gaps)
    looks, ahead, excused = (sum(getattr(p, n) for _, p in found) for n in ("looks", "ahead", "excused"))
    wrong, moves = sum(len(p.wrong) for _, p in found), max(p.moves for _, p in found)
    console.print(
        f"{len(found)} quarters, {wrong} wrong states; no meeting moved by us more than {moves} time"
    )
    console.print(
        f"a meeting ahead in {ahead / looks:.1%} of looks, in {excused / looks:.1%} none by their own doing"
    )
    p90 = gaps[len(gaps) * 9 // 10]
    console.print(f"months between meetings: median {statistics.median(gaps):.2f}, p90 {p90:.2f}")


if __name__ == "__main__":
    sys.exit(main())
