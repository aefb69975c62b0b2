"""The local Workspace's clock: it runs like the machine's, can be stopped at a moment, set and moved."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time in UTC. Started with a moment it stands still there until moved; else it runs."""

    def __init__(self, stopped_at: datetime | None = None) -> None:
        self._moment = stopped_at.astimezone(UTC) if stopped_at else None
        self._ahead = timedelta(0)

    @property
    def stands_still(self) -> bool:
        return self._moment is not None

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._moment or datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        """Stop the clock at a moment (any zone; must be aware)."""
        self._moment = moment.astimezone(UTC)

    def move(self, by: timedelta) -> None:
        if self._moment:
            self._moment += by
        else:
            self._ahead += by

    def run(self) -> None:
        """Let a stopped clock run on from where it stands."""
        if self._moment:
            self._ahead = self._moment - datetime.now(UTC)
            self._moment = None

    def wait(self, seconds: float) -> None:
        """Let seconds pass: at once when the clock stands still, else in real time."""
        if self._moment:
            self.move(timedelta(seconds=seconds))
        else:
            time.sleep(seconds)
