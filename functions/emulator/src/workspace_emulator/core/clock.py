"""The local Workspace's clock: it runs like the machine's, can be stopped at a moment, set and moved.

Where several threads wait on a stopped clock, it goes on only when all that take part wait, and then to the first
moment for which one of them does: their waits overlap as they would in real time.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any


class Clock:
    """Tells the time in UTC. Started with a moment it stands still there until moved; else it runs."""

    def __init__(self, stopped_at: datetime | None = None) -> None:
        self._moment = stopped_at.astimezone(UTC) if stopped_at else None
        self._ahead = timedelta(0)
        self.on_change: Callable[[], object] = lambda: None
        self._turning = threading.RLock()
        self._alarms: list[tuple[datetime, int, threading.Lock]] = []
        """Until when threads wait, the first one first, and what each is held by: it and no other."""
        self._waited = count()
        self._taking_part = 0

    @classmethod
    def from_reading(cls, reading: dict[str, Any]) -> Clock:
        """Return a clock that goes on as another one did when it gave its reading."""
        clock = cls(datetime.fromisoformat(reading["stopped_at"]) if reading.get("stopped_at") else None)
        clock._ahead = timedelta(seconds=reading.get("ahead", 0))
        return clock

    def reading(self) -> dict[str, Any]:
        """Return the time at which it is, or how far it runs ahead of the machine's clock, as JSON-able values."""
        if self._moment:
            return {"stopped_at": self._moment.isoformat()}
        return {"ahead": self._ahead.total_seconds()}

    @property
    def stands_still(self) -> bool:
        return self._moment is not None

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._moment or datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        """Stop the clock at a moment (any zone; must be aware)."""
        with self._turning:
            self._moment = moment.astimezone(UTC)
            self._ring()

    def move(self, by: timedelta) -> None:
        with self._turning:
            if self._moment:
                self._moment += by
            else:
                self._ahead += by
            self._ring()

    def run(self) -> None:
        """Let a stopped clock run on from where it is."""
        with self._turning:
            if self._moment:
                self._ahead = self._moment - datetime.now(UTC)
                self._moment = None
            self._ring()

    def wait(self, seconds: float) -> None:
        """Let seconds pass: in real time, or, when the clock stands still, as soon as all who take part wait."""
        with self._turning:
            until, bell = self.now() + timedelta(seconds=seconds), threading.Lock()
            stopped = self._moment is not None
            if stopped:
                bell.acquire()
                heapq.heappush(self._alarms, (until, next(self._waited), bell))
                self._go_on_if_all_wait()
        if stopped:
            bell.acquire()
        else:
            time.sleep(seconds)

    def take_part(self) -> None:
        """Count one more thread without which a stopped clock does not go on."""
        with self._turning:
            self._taking_part += 1

    def leave(self) -> None:
        """Let the clock go on without one of the threads that took part."""
        with self._turning:
            self._taking_part -= 1
            self._go_on_if_all_wait()

    def _go_on_if_all_wait(self) -> None:
        if self._alarms and len(self._alarms) >= max(1, self._taking_part):
            self._moment = max(self.now(), self._alarms[0][0])
            self._ring()

    def _ring(self) -> None:
        while self._alarms and (not self.stands_still or self._alarms[0][0] <= self.now()):
            heapq.heappop(self._alarms)[2].release()
        self.on_change()
