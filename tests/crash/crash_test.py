"""Plays every schedule and prints how many there were and how many ended otherwise than undisturbed ones.

    python tests/crash/crash_test.py [--parts ...] [--only WORD] [--months 2000] [--several 200] [--together 500]

``everywhere``: every job is disturbed at every call, in every way. ``months``: whole months in which all jobs that are
due go on at once, one of them twice, in an order and with faults that a seed throws. ``together``: two runs of one job
at once, likewise. ``several``: rounds of three mailboxes, all units at once. ``meanwhile``: an admin edits between any
two calls. ``safeguards``: each is switched off, which must show.

Exit status 1 if any differed, or a safeguard was not missed; each difference is printed with its schedule.
"""

from __future__ import annotations

import logging
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "functions"), str(TESTS / "crash")]

from company import MONDAY, small_company  # noqa: E402 - found by the line above
from meanwhile import EDITS, play_meanwhile  # noqa: E402
from months import Month  # noqa: E402
from safeguards import SAFEGUARDS, Safeguard, caught  # noqa: E402
from scenarios import SCENARIOS  # noqa: E402
from schedules import Scenario, Stage, differences  # noqa: E402
from several import RoundOfSeveral  # noqa: E402
from together import play_together  # noqa: E402

from waiting import try_again_at_once  # noqa: E402

PARTS = ("everywhere", "months", "several", "together", "meanwhile", "safeguards")
SEEDS_AT_ONCE = 50

Played = tuple[str, str, int, int, list[str]]
"""A scenario, its job, its calls, its schedules and what differed."""


def everywhere(scenario: Scenario) -> Played:
    """Play every way at every call of one scenario."""
    stage = staged(scenario)
    said = [] if stage.faultless else ["undisturbed: the checker found faults"]
    plays = [(f"{way}, call {call}", way, call) for way, call in stage.schedules()]
    for where, way, call in plays:
        said += tried(
            where, lambda way=way, call=call: differences(stage.undisturbed, stage.disturbed(way, call))
        )
    return scenario.name, scenario.job, stage.calls, len(plays), said


def months(seeds: range) -> Played:
    """Play a whole month once a seed."""
    _get_ready()
    month = Month(small_company())
    said = [f"undisturbed: {line}" for line in month.undisturbed["breaches"]]
    for seed in seeds:
        said += tried(f"seed {seed}", lambda seed=seed: month.differences(seed))
    return f"a month, seeds {seeds.start} to {seeds.stop - 1}", "all", month.calls, len(seeds), said


def several(seeds: range) -> Played:
    """Play a round of several mailboxes once a seed."""
    _get_ready()
    round_ = RoundOfSeveral(small_company())
    said = [f"undisturbed: {line}" for line in round_.undisturbed["breaches"]]
    for seed in seeds:
        said += tried(f"seed {seed}", lambda seed=seed: round_.differences(seed))
    return (
        f"three mailboxes, seeds {seeds.start} to {seeds.stop - 1}",
        "all",
        round_.calls,
        len(seeds),
        said,
    )


def together(scenario: Scenario, seeds: range) -> Played:
    """Play two runs at once, once a seed."""
    stage = staged(scenario)
    said: list[str] = []
    for seed in seeds:
        said += tried(f"seed {seed}", lambda seed=seed: play_together(stage, seed))
    return scenario.name, scenario.job, stage.calls, len(seeds), said


def meanwhile(scenario: Scenario) -> Played:
    """Let an admin edit before each call, in each way."""
    stage = staged(scenario)
    plays = [(edit, call) for call in range(1, stage.calls + 1) for edit in EDITS]
    said: list[str] = []
    for edit, call in plays:
        where = f"an admin {edit} before call {call}"
        said += tried(where, lambda edit=edit, call=call: play_meanwhile(stage, edit, call))
    return scenario.name, scenario.job, stage.calls, len(plays), said


def switched_off(safeguard: Safeguard) -> tuple[str, str]:
    """Return how it shows that a safeguard is off."""
    scenario = next(s for s in SCENARIOS if s.name == safeguard.scenario)
    return safeguard.name, caught(staged(scenario), safeguard)


def _get_ready() -> None:
    try_again_at_once()
    logging.disable(logging.CRITICAL)


def staged(scenario: Scenario) -> Stage:
    _get_ready()
    cast = small_company()
    cast.clock.set(MONDAY)
    return Stage(cast, scenario)


def tried(where: str, play: Callable[[], list[str]]) -> list[str]:
    try:
        return [f"{where}: {line}" for line in play()]
    except Exception as error:
        return [f"{where}: {type(error).__name__}: {error}"]


def main() -> int:
    wanted = _wanted()
    console, total, differing, began = Console(width=130), 0, list[str](), time.monotonic()
    with ProcessPoolExecutor(wanted.processes) as pool:
        parts = [(title, plays) for part in wanted.parts for title, plays in _submitted(part, wanted, pool)]
        guards = [pool.submit(switched_off, g) for g in SAFEGUARDS] if "safeguards" in wanted.parts else []
        for title, plays in parts:
            found = [play.result() for play in plays]
            console.print(as_table(title, found))
            total += sum(played for *_, played, _ in found)
            differing += [f"{name}: {line}" for name, *_, said in found for line in said]
        shown = [guard.result() for guard in guards]
    if shown:
        console.print(as_safeguards(shown))
    for line in differing:
        console.print(line, markup=False)
    console.print(f"{total} schedules, {len(differing)} differences, {time.monotonic() - began:.0f} s")
    return 1 if differing or not all(how for _, how in shown) else 0


def _wanted() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="which parts to play")
    parser.add_argument("--only", default="", help="only scenarios whose name or job holds this word")
    parser.add_argument("--months", type=int, default=2000, help="how many months")
    parser.add_argument("--several", type=int, default=200, help="how many rounds of several mailboxes")
    parser.add_argument("--together", type=int, default=500, help="how many schedules of two runs at once")
    parser.add_argument("--seed", type=int, default=1, help="the first seed of these three")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _submitted(part: str, wanted: Namespace, pool: ProcessPoolExecutor) -> Iterator[tuple[str, list[Any]]]:
    """Let a part's plays begin; yield its title and them."""
    chosen = [s for s in SCENARIOS if wanted.only in f"{s.name} {s.job}"]
    if part == "everywhere":
        yield "Disturbed at every call, in every way", [pool.submit(everywhere, s) for s in chosen]
    if part == "months":
        seeds = _parts(wanted.seed, wanted.months)
        yield "Whole months, all jobs at once, with faults", [pool.submit(months, some) for some in seeds]
    if part == "several":
        seeds = _parts(wanted.seed, wanted.several)
        yield (
            "A round of several mailboxes, all units at once",
            [pool.submit(several, some) for some in seeds],
        )
    if part == "together":
        each = -(-wanted.together // max(1, len(chosen)))
        seeds = [range(wanted.seed, wanted.seed + each)] * len(chosen)
        yield "Two runs at once, with faults", [*map(partial(pool.submit, together), chosen, seeds)]
    if part == "meanwhile":
        yield "An admin edits meanwhile", [pool.submit(meanwhile, s) for s in chosen]


def _parts(first: int, many: int) -> list[range]:
    last = first + many
    return [range(start, min(start + SEEDS_AT_ONCE, last)) for start in range(first, last, SEEDS_AT_ONCE)]


def as_table(title: str, found: Sequence[Played]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in ("Scenario", "Job", "Calls", "Schedules", "Differences"):
        table.add_column(name, justify="left" if name in {"Scenario", "Job"} else "right")
    for name, job, calls, played, said in found:
        table.add_row(name, job, str(calls), str(played), str(len(said)))
    return table


def as_safeguards(shown: Sequence[tuple[str, str]]) -> Table:
    table = Table(title="Each safeguard switched off", title_justify="left")
    for name in ("Safeguard", "Caught", "First by"):
        table.add_column(name)
    for name, how in shown:
        table.add_row(name, "yes" if how else "NO", how)
    return table


if __name__ == "__main__":
    sys.exit(main())
