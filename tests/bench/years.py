"""What a quiet tick of each job costs in the first quarter and after years: bytes read, calls, processor time, memory.

    python tests/bench/years.py [500 people] [5 years]

The past is made a quarter at a time as the jobs would have written it (past.py, which test_years.py holds against
months really played), and the jobs themselves move what is over. Each is looked at near the end of a quarter, when all
its rows are there. Exit status 1 if one reads more than 1.3 times what it read in the first quarter, makes another
number of calls, takes more than 1.5 times the processor's time, or if collect_replies reads more than 2.0 MB at 500
people.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

from past import MONTHS, end, quarter, write
from requests import PreparedRequest, Response
from rich.console import Console
from rich.table import Table

from cast import Cast
from peerpact.demo.company import found
from peerpact.google.access import Access
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.pairings import add_months
from workspace_emulator import Clock, InProcessAdapter, Workspace

FIRST = date(2026, 1, 5)
MOST = 1.3
MOST_SECONDS = 1.5
"""Times the processor's in the first quarter."""
TRIES = 12
"""Of a tick, of which the quickest counts: what else the machine does only ever adds."""
MOST_FOR_REPLIES = 2_000_000
"""Bytes, at 500 people."""
BEFORE = {
    "collect_replies": (1.49, 28.5),
    "send_follow_ups": (1.15, 21.6),
    "book_first_meetings": (0.29, 4.4),
}
"""Megabytes that a quiet tick read at 500 people in the first quarter and in the fifth year, without an archive."""
COLUMNS = [
    "Job",
    "MB",
    "MB then",
    "Ratio",
    "Before: MB",
    "MB then",
    "Calls",
    "then",
    "CPU s",
    "then",
    "Ratio",
]


@dataclass(frozen=True, slots=True)
class Tick:
    """What one quiet tick cost."""

    bytes: int
    calls: int
    seconds: float


class Weighing(InProcessAdapter):
    """Counts what Google answers."""

    read = 0
    calls = 0

    def send(self, request: PreparedRequest, *args: Any, **how: Any) -> Response:
        answer = super().send(request, *args, **how)
        type(self).read += len(answer.content)
        type(self).calls += "oauth2" not in (request.url or "")
        return answer


def roster(size: int, path: Path) -> Path:
    """Write a roster without managers, so that anybody may be paired with anybody."""
    lines = ["Name,E-mail,Team,Time zone,Languages"]
    lines += [f"Person {n},person{n}@example.com,Team {n % 9},Europe/Berlin,English" for n in range(size)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def tick(cast: Cast, name: str) -> Tick:
    """Gather and decide once, as a tick that finds nothing to do."""
    company, job = cast.company, JOBS[name]
    opened: Access = company.access(job)
    weighing = type("Weighing", (Weighing,), {})(company.front)
    opened._transport = weighing
    began = time.process_time()
    running.preview(job, opened, cast.clock.now())
    return Tick(type(weighing).read, type(weighing).calls, time.process_time() - began)


def played(size: int, years: int) -> dict[str, tuple[Tick, Tick]]:
    """Play a quarter in one company and the years in another; return each job's quiet tick in both.

    They are measured in turn, so that both have the machine as it is; and what the local Workspaces hold is no garbage
    of a job's, which the cloud starts without them.
    """
    first, last = after(size, 1), after(size, years * 12 // MONTHS)
    gc.collect()
    gc.freeze()
    try:
        return {
            name: _quickest([(tick(first, name), tick(last, name)) for _ in range(TRIES)]) for name in JOBS
        }
    finally:
        gc.unfreeze()


def _quickest(ticks: Sequence[tuple[Tick, Tick]]) -> tuple[Tick, Tick]:
    first, last = (min(some, key=lambda one: one.seconds) for some in zip(*ticks, strict=True))
    return first, last


def after(size: int, rounds: int) -> Cast:
    """Return a company near the end of its so-manieth round, with all that was before."""
    with tempfile.TemporaryDirectory() as folder:
        path = roster(size, Path(folder) / "roster.csv")
        workspace = Workspace(clock=Clock(datetime(2026, 1, 2, tzinfo=UTC)))
        cast = Cast(found(workspace, roster=path, first_round=FIRST, seed=1, calendars=False))
    programme = read_programme(cast.company.access(JOBS["check_roster"]).programme, cast.clock.now())
    for number in range(1, rounds + 1):
        opens = add_months(FIRST, (number - 1) * MONTHS)
        end(cast, number - 1)
        write(
            cast,
            quarter(list(programme.people.values()), number, opens, cast.company.config.mailbox),
            dict(programme.people),
        )
        for days in (22, 58):  # the turn is done, and another month begins
            cast.go_to(
                datetime.combine(opens + timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=3)
            )
            archive(cast)
    last = add_months(opens, MONTHS) - timedelta(days=4)
    cast.go_to(datetime.combine(last, datetime.min.time(), UTC) + timedelta(hours=3))
    archive(cast)
    return cast


def archive(cast: Cast) -> None:
    for name in ("pair_people", "send_follow_ups"):
        cast.run(name)


def main(size: int, years: int) -> int:
    table = Table(
        title=f"A quiet tick at {size} people, first quarter and year {years}", title_justify="left"
    )
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "Job" else "right")
    wrong = []
    for name, (first, last) in played(size, years).items():
        ratio = last.bytes / first.bytes
        before = BEFORE.get(name) if (size, years) == (500, 5) else None
        wrong += [name] if ratio > MOST or last.calls != first.calls else []
        wrong += [name] if last.seconds > MOST_SECONDS * first.seconds else []
        wrong += (
            ["bytes"] if name == "collect_replies" and size == 500 and last.bytes > MOST_FOR_REPLIES else []
        )
        table.add_row(
            name,
            f"{first.bytes / 1e6:.2f}",
            f"{last.bytes / 1e6:.2f}",
            f"{ratio:.2f}",
            *(f"{mb:.2f}" for mb in before or ()),
            *([] if before else ["", ""]),
            str(first.calls),
            str(last.calls),
            f"{first.seconds:.3f}",
            f"{last.seconds:.3f}",
            f"{last.seconds / first.seconds:.2f}",
        )
    Console(width=110).print(table)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    Console().print(f"This process, the local Workspace included, held {held} MiB at the most.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in (sys.argv[1:] or ["500", "5"]))))
