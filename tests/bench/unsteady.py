"""Months of the example company in which Google fails now and then, and runs are killed: people notice none of it.

A share of all requests of the jobs is refused, lost before or after its effect, late, or carried out twice; some runs
die at some call. What people themselves do in their calendars and mailboxes always works.
"""

from __future__ import annotations

import logging
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "crash")]

from schedules import Killed, Mortal  # noqa: E402 - found by the line above

from peerpact.demo.play import Play  # noqa: E402
from peerpact.errors import OutOfTime, PeerpactError  # noqa: E402
from peerpact.google.access import Access  # noqa: E402
from peerpact.jobs import job as running  # noqa: E402
from peerpact.jobs.catalogue import JOBS, Job  # noqa: E402
from waiting import try_again_at_once  # noqa: E402
from workspace_emulator import Effect, Fault, InProcessAdapter  # noqa: E402

EACH = 0.004
"""The share of requests that each kind of failure strikes."""
DIES = 0.02
"""The share of runs that are killed, at one of the first calls."""
MOST_CALLS = 40
FAILURES = (
    {"effect": Effect.REFUSE, "status": 503},
    {"effect": Effect.REFUSE, "status": 500},
    {"effect": Effect.REFUSE, "status": 429, "retry_after": 2},
    {"effect": Effect.DROP_BEFORE},
    {"effect": Effect.DROP_AFTER},
    {"effect": Effect.TWICE},
    {"effect": Effect.DELAY, "seconds": 30.0},
)
OURS = ("mentoring@*", "peerpact-*")


class Unsteady(Play):
    """A play in which the jobs' requests fail."""

    def __init__(self, calm: Play, *, seed: int) -> None:
        super().__init__(calm.company, seed=seed, leave=calm.leave)
        self._dice = random.Random(f"unsteady {seed}")  # noqa: S311 - repeatable
        self.failed: Counter[str] = Counter()
        """Runs that came to nothing, by why."""
        try_again_at_once()  # tries again without waiting
        logging.disable(logging.CRITICAL)  # it would tell of each
        self._arm()

    def _arm(self) -> None:
        for user in OURS:
            for number, what in enumerate(FAILURES):
                fault = Fault(user=user, chance=EACH, seed=self._dice.randint(0, 1 << 30) + number, **what)
                self.company.workspace.faults.add(fault)

    def tell(self, console: Console) -> None:
        struck, runs = len(self.company.workspace.faults.struck), self.runs.total()
        console.print(f"faults: {struck} requests struck; of {runs} runs failed: {dict(self.failed)}")

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Let nothing fail while somebody looks."""
        faults = self.company.workspace.faults
        armed, faults._armed = faults._armed, []
        yield
        faults._armed = armed

    def run(self, name: str) -> running.Outcome | None:
        """Run a job; what fails, the next run has to put right."""
        job = JOBS[name]
        dies_at = self._dice.randint(1, MOST_CALLS) if self._dice.random() < DIES else 0
        transport = Mortal(
            InProcessAdapter(self.company.front), dies_at=dies_at, after=self._dice.random() < 0.5
        )
        self.runs[name] += 1
        try:
            outcome = running.run(job, lambda: self._access(job, transport), self.company.workspace.clock.now)
        except Killed:
            self.failed["killed"] += 1
        except (PeerpactError, OutOfTime) as error:
            self.failed[type(error).__name__] += 1
        else:
            self.latest = outcome
            return outcome
        return None

    def _access(self, job: Job, transport: Mortal) -> Access:
        made = self.company.access(job)
        made._transport = transport
        return made
