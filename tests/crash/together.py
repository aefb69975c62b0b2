"""Runs at once, call by call in an order thrown by a seed, with faults on top.

A run's own workers take turns as well: whatever a thread does between two calls, it does alone, so that a seed gives
the same calls in the same order each time.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from functools import cached_property, partial
from typing import Any

import requests
from requests.adapters import BaseAdapter
from schedules import WAYS, Mortal, Stage, differences, found_by_people, run_once, settle

from cast import Cast
from peerpact.google.access import Access
from peerpact.google.mail import Mailbox
from peerpact.google.outbox import Outbox
from peerpact.google.sheets import Workbook
from peerpact.google.workers import AT_ONCE, Workers
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import InProcessAdapter

PATIENCE = 1800.0
"""Seconds; long enough where a machine has much else to do."""
FAULTS = [way for way in WAYS if not way.startswith("killed")]


def let_each_run_be_a_process_of_its_own() -> None:
    """Take away what two threads share and two processes don't.

    Until Python 3.12 a cached property holds one lock for all instances while it is computed.
    """
    for door in (Access, Mailbox, Outbox, Workbook):
        for kept in vars(door).values():
            if isinstance(kept, cached_property) and hasattr(kept, "lock"):
                kept.lock = nullcontext()


Who = tuple[int, ...]
"""A run by its number, or one of its workers by the run's and its own."""


class Turns:
    """Lets several threads go on one at a time; whose turn it is at each call is thrown by a seed.

    ``stays`` is the chance that the same one goes on: 0 mixes the runs call by call, 0.9 lets each come far.
    """

    def __init__(self, dice: random.Random, runs: int, *, stays: float = 0.0) -> None:
        self._dice, self._stays = dice, stays
        self._lock = threading.Lock()
        self._at_work: set[Who] = {(run,) for run in range(runs)}
        self._may_go = {who: threading.Semaphore(0) for who in self._at_work}
        self._waiting: set[Who] = set()
        self._last: Who = ()
        self._thread = threading.local()

    def take(self) -> None:
        who: Who = self._thread.who
        with self._lock:
            self._waiting.add(who)
            self._choose()
        assert self._may_go[who].acquire(timeout=PATIENCE), "the runs wait for one another"

    def run(self, run: int, work: Callable[[], object]) -> None:
        """Let one of the runs do its work in this thread."""
        self._thread.who = (run,)
        try:
            work()
        finally:
            self._leave()

    def side_by_side(self, works: Sequence[Callable[[], object]]) -> None:
        """Let a run's workers do their works, each in a thread of its own; the run goes on after all of them."""
        if not works:
            return
        mine: Who = self._thread.who
        workers = [(*mine, number) for number in range(len(works))]
        with self._lock:
            self._at_work = self._at_work - {mine} | {*workers}
            self._may_go |= {who: threading.Semaphore(0) for who in workers}
        _in_threads([partial(self._work, *one) for one in zip(workers, works, strict=True)])

    def _work(self, who: Who, work: Callable[[], object]) -> None:
        self._thread.who = who
        self.take()
        try:
            work()
        finally:
            self._leave()

    def _leave(self) -> None:
        who: Who = self._thread.who
        with self._lock:
            self._at_work.discard(who)
            if len(who) > 1 and not any(other[:-1] == who[:-1] for other in self._at_work):
                self._at_work.add(who[:-1])
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
    _in_threads([partial(turns.run, number, run) for number, run in enumerate(runs)])


def _in_threads(works: Sequence[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the runs wait for one another"


class _InTurns(Executor):
    """Threads that take turns with all others; they begin once all that they have to do is known."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._works: list[Callable[[], object]] = []

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        self._works.append(partial(work, *given, **named))
        return Future()

    def shutdown(self, *_: Any, **__: Any) -> None:
        works, self._works = self._works, []
        self._turns.side_by_side(works)


def workers_in_turns(turns: Turns, at_once: int = AT_ONCE) -> Workers:
    """Return workers as each run has them, of which a seed throws which comes next."""
    return Workers(at_once, lambda _: _InTurns(turns))


class InTurn(BaseAdapter):
    """Asks for its turn before each request."""

    def __init__(self, inner: BaseAdapter, turns: Turns) -> None:
        super().__init__()
        self._inner, self._turns = inner, turns

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        self._turns.take()
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
    run_in_threads(
        turns, [_one(stage.cast, name, turns, dies) for name, dies in zip(jobs, deaths, strict=True)]
    )
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
    run_in_threads(turns, [_one(stage.cast, stage.job.name, turns, 0) for _ in (0, 1)])
    apis = ("calendar.events.insert", "gmail.users.drafts.", "calendar.events.patch")
    return sum(
        c.method_id.startswith(apis) and "list" not in c.method_id for c in stage.cast.company.workspace.calls
    )


def _one(cast: Cast, name: str, turns: Turns, dies_at: int) -> Callable[[], object]:
    transport = InTurn(Mortal(InProcessAdapter(cast.company.front), dies_at=dies_at), turns)
    return lambda: run_once(cast, JOBS[name], transport, workers_in_turns(turns))
