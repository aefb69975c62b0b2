"""Weighs each unit of a programme of 100,000 people over 12 mailboxes, in a process of its own, as memory.py does.

    python tests/bench/memory_several.py [100000 people] [12 mailboxes]

Nobody plays the month: the roster is generated, the pairings are written as pair_people would have, approved, and each
job is run as often as it takes to get through its step; of the jobs that every mailbox has, those of the second one.
Printed is the most that a process ever held (VmHWM). Exit status 1 if one holds more than 512 MiB.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from calls import OPENS, roster
from memory import MOST, runs
from past import _commit
from rich.console import Console
from startup import configuration

from cast import Cast
from mailboxes import Several
from peerpact.demo.company import found
from peerpact.google.sheets import Upsert
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.mailboxes import Mailboxes
from peerpact.programme.pairings import Pairing, PairingState, pairing_id
from peerpact.tables.records import pairing_row
from workspace_emulator import Clock, Workspace, serving

FIRST = date(2026, 1, 5)
AT_ONCE = 10_000
APPROVED = timedelta(days=3, hours=1)
STEPS: tuple[tuple[timedelta, tuple[str, ...]], ...] = (
    (timedelta(0), ("check_roster",)),
    (APPROVED, ("check_roster", "pair_people")),
    (timedelta(days=3, hours=3), ("book_first_meetings",)),
    (timedelta(days=4, hours=3), ("check_roster", "book_first_meetings")),
    (
        timedelta(days=21, hours=4),
        ("check_roster", "send_follow_ups", "collect_replies", "check_roster", "report"),
    ),
)


def pairings(cast: Cast, mailboxes: Sequence[str]) -> None:
    """Write the round's pairings as they are once approved, each with its mailbox."""
    programme = cast.company.access(JOBS["pair_people"]).programme
    people = read_programme(programme, cast.clock.now()).people
    order = sorted(people)
    half = len(order) // 2
    new = [
        Pairing(
            id=pairing_id(1, pair),
            round=1,
            people=pair,
            why="different teams, 6 common hours a day",
            state=PairingState.APPROVED,
            proposed_on=FIRST,
            approved_on=OPENS + timedelta(days=3),
        )
        for pair in zip(order[:half], order[half:], strict=False)
    ]
    chosen = Mailboxes(all=tuple(mailboxes)).for_new(new, [])
    rows = [pairing_row(replace(p, mailbox=m), people) for p, m in zip(new, chosen, strict=True)]
    for start in range(0, len(rows), AT_ONCE):
        _commit(programme, Upsert("Pairings", rows[start : start + AT_ONCE]))


def main(size: int = 100_000, many: int = 12) -> int:
    console, began = Console(width=100), time.perf_counter()
    heaviest: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(clock=Clock(OPENS - timedelta(days=1)))
        path = roster(size, folder / "roster.csv")
        company = found(workspace, roster=path, first_round=FIRST, seed=1, calendars=False)
        Cast(company).setting("Most letters per run", size + 1)
        several = Several(company, *(f"mentoring{n}@{company.config.domain}" for n in range(2, many + 1)))
        second = list(several.of)[1]
        console.print(f"{size} people and {many} mailboxes made in {time.perf_counter() - began:.0f} s")
        with serving(company.front) as url:
            for after, jobs in STEPS:
                workspace.clock.set(OPENS + after)
                if after == APPROVED:
                    pairings(several.whole, list(several.of))
                for job in jobs:
                    of = several.of[second].company if JOBS[job].is_of_mailbox else several.company
                    held = runs(job, configuration(of, url, job, folder))
                    heaviest[job] = max(heaviest.get(job, 0), *held)
                    console.print(f"{job}, {len(held)} runs: at most {max(held)} MiB of {MOST}")
    return int(set(heaviest) != set(JOBS) or max(heaviest.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in sys.argv[1:])))
