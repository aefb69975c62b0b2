"""Plays every slip in every column of a running programme and prints what differed from a programme without it.

    python tests/slips/slip_test.py [--column WORD] [--slip WORD]

Exit status 1 if anything did.
"""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "functions"), str(TESTS / "slips")]

from running import running_programme  # noqa: E402 - found by the line above

from slips import (  # noqa: E402
    COLUMNS,
    GUARDED_SETTINGS,
    SLIPS,
    differences,
    live,
    outcome,
    play,
    roster_place,
    setting_place,
)
from waiting import try_again_at_once  # noqa: E402


def played(column: str, slips: list[str]) -> tuple[str, int, list[str]]:
    """Play some slips in one column; return how many, and what differed."""
    logging.disable(logging.ERROR)
    try_again_at_once()
    cast = running_programme()
    store, before, now = (
        cast.company.workspace.store,
        cast.company.workspace.store.snapshot(),
        cast.clock.now(),
    )
    live(cast, 4)
    wanted, found = outcome(cast), []
    for slip in slips:
        store.restore(before)
        cast.go_to(now)
        place = setting_place(cast, column) if column in GUARDED_SETTINGS else roster_place(cast, column)
        try:
            found += [f"{slip}: {d}" for d in differences(wanted, play(cast, place, SLIPS[slip]))]
        except Exception as error:
            found.append(f"{slip}: {type(error).__name__}: {error}")
    return column, len(slips), found


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--column", default="")
    parser.add_argument("--slip", default="")
    chosen = parser.parse_args()
    places = [c for c in (*COLUMNS, *GUARDED_SETTINGS) if chosen.column in c]
    slips = {c: [s for s in SLIPS if chosen.slip in s] for c in places}
    console, total, differing = Console(), 0, 0
    with ProcessPoolExecutor() as pool:
        for column, how_many, found in pool.map(played, slips, slips.values()):
            total, differing = total + how_many, differing + len(found)
            console.print(
                f"{column}: {how_many} slips, {len(found)} differences", *found, sep="\n   ", markup=False
            )
    console.print(
        f"{len(SLIPS)} kinds of slips x {len(slips)} columns: {total} played, differences {differing}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
