"""The local Workspace's clock: it runs like the machine's, can be stopped at a moment, set and moved."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any


class Clock:
    """Tells the time in UTC. Started with a moment it stands still there until moved; else it runs."""

    def __init__(self, stopped_at: datetime | None = None) -> None:
        self._moment = stopped_at.astimezone(UTC) if stopped_at else None
        self._ahead = timedelta(0)
        self.on_change: Callable[[], object] = lambda: None

    @classmethod
    def from_reading(cls, reading: dict[str, Any]) -> Clock:
        """Return a clock that goes on as another one did when it gave its reading."""
        clock = cls(datetime.fromisoformat(reading["stopped_at"]) if reading.get("stopped_at") else None)
        clock._ahead = timedelta(seconds=reading.get("ahead", 0))
        return clock

    def reading(self) -> dict[str, Any]:
        """Return where it stands, or how far it runs ahead of the machine's clock, as JSON-able values."""
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
        self._moment = moment.astimezone(UTC)
        self.on_change()

    def move(self, by: timedelta) -> None:
        if self._moment:
            self._moment += by
        else:
            self._ahead += by
        self.on_change()

    def run(self) -> None:
        """Let a stopped clock run on from where it stands."""
        if self._moment:
            self._ahead = self._moment - datetime.now(UTC)
            self._moment = None
        self.on_change()

    def wait(self, seconds: float) -> None:
        """Let seconds pass: at once when the clock stands still, else in real time."""
        if self._moment:
            self.move(timedelta(seconds=seconds))
        else:
            time.sleep(seconds)
