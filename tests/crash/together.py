"""Two runs at once, call by call in an order thrown by a seed, with faults on top."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cached_property
from typing import Any

import requests
from requests.adapters import BaseAdapter
from schedules import WAYS, Mortal, Stage, differences, found_by_people, run_once, settle

from cast import Cast
from peerpact.google.access import Access
from peerpact.google.mail import Mailbox
from peerpact.google.outbox import Outbox
from peerpact.google.sheets import Workbook
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import InProcessAdapter

PATIENCE = 120.0
FAULTS = [way for way in WAYS if not way.startswith("killed")]


def let_each_run_be_a_process_of_its_own() -> None:
    """Take away what two threads share and two processes don't.

    Until Python 3.12 a cached property holds one lock for all instances while it is computed.
    """
    for door in (Access, Mailbox, Outbox, Workbook):
        for kept in vars(door).values():
            if isinstance(kept, cached_property) and hasattr(kept, "lock"):
                kept.lock = nullcontext()


class Turns:
    """Lets several threads go on one at a time; whose turn it is at each call is thrown by a seed.

    ``stays`` is the chance that the same one goes on: 0 mixes the runs call by call, 0.9 lets each come far.
    """

    def __init__(self, dice: random.Random, runs: int, *, stays: float = 0.0) -> None:
        self._dice, self._stays = dice, stays
        self._lock = threading.Lock()
        self._may_go = [threading.Semaphore(0) for _ in range(runs)]
        self._at_work = set(range(runs))
        self._waiting: set[int] = set()
        self._last = -1

    def take(self, run: int) -> None:
        with self._lock:
            self._waiting.add(run)
            self._choose()
        assert self._may_go[run].acquire(timeout=PATIENCE), "the runs wait for one another"

    def leave(self, run: int) -> None:
        with self._lock:
            self._at_work.discard(run)
            self._choose()

    def _choose(self) -> None:
        """Give the turn away once everybody at work waits for it."""
        if not self._at_work or self._waiting != self._at_work:
            return
        if self._last not in self._waiting or self._dice.random() >= self._stays:
            self._last = self._dice.choice(sorted(self._waiting))
        self._waiting.discard(self._last)
        self._may_go[self._last].release()


def run_in_threads(turns: Turns, runs: Sequence[Callable[[], object]]) -> None:
    """Let runs go on at once, each in a thread of its own, until all have ended."""
    threads = [
        threading.Thread(target=_run_in_turn, args=(turns, number, run), daemon=True)
        for number, run in enumerate(runs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the runs wait for one another"


def _run_in_turn(turns: Turns, number: int, run: Callable[[], object]) -> None:
    try:
        run()
    finally:
        turns.leave(number)


class InTurn(BaseAdapter):
    """Asks for its turn before each request."""

    def __init__(self, inner: BaseAdapter, turns: Turns, run: int) -> None:
        super().__init__()
        self._inner, self._turns, self._run = inner, turns, run

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        self._turns.take(self._run)
        return self._inner.send(request, *arguments, **named)

    def close(self) -> None:
        self._inner.close()


def play_together(stage: Stage, seed: int) -> list[str]:
    """Run a stage's job twice at once, or with another job, with up to three faults.

    Return what differs from one run after the other, in the order that comes closer; both jobs' next ticks follow.
    """
    dice = random.Random(seed)  # noqa: S311 - repeatable
    other = stage.job.name if dice.random() < 0.6 else dice.choice(sorted(JOBS))
    jobs = [stage.job.name, other]
    let_each_run_be_a_process_of_its_own()
    orders = [tuple(jobs), tuple(reversed(jobs)), (*reversed(jobs), *jobs)]
    wanted = [stage.after(order) for order in dict.fromkeys(orders)]
    stage.begin()
    for _ in range(dice.randint(0, 3)):
        WAYS[dice.choice(FAULTS)](stage.cast, dice.randint(1, 2 * stage.calls))
    turns = Turns(dice, len(jobs))
    dies_at = dice.randint(1, stage.calls) if dice.random() < 0.3 else 0
    deaths = [dies_at, 0]
    run_in_threads(turns, [_one(stage.cast, name, turns, n, deaths[n]) for n, name in enumerate(jobs)])
    stage.cast.company.workspace.faults.clear()
    for name in dict.fromkeys(jobs):
        settle(stage.cast, JOBS[name])
    found = found_by_people(stage.cast)
    return min((differences(one, found) for one in wanted), key=len)


def calls_when_two_run_at_once(stage: Stage) -> int:
    """Count the writing calls to Calendar and Gmail of two undisturbed runs of a job at once."""
    let_each_run_be_a_process_of_its_own()
    stage.begin()
    stage.cast.company.workspace.calls.clear()
    turns = Turns(random.Random(1), 2)  # noqa: S311 - repeatable
    run_in_threads(turns, [_one(stage.cast, stage.job.name, turns, n, 0) for n in (0, 1)])
    apis = ("calendar.events.insert", "gmail.users.drafts.", "calendar.events.patch")
    return sum(
        c.method_id.startswith(apis) and "list" not in c.method_id for c in stage.cast.company.workspace.calls
    )


def _one(cast: Cast, name: str, turns: Turns, number: int, dies_at: int) -> Callable[[], object]:
    transport = InTurn(Mortal(InProcessAdapter(cast.company.front), dies_at=dies_at), turns, number)
    return lambda: run_once(cast, JOBS[name], transport)
