"""Keeps calls inside Google's published limits before Google has to refuse them: one bucket for each API.

A bucket holds a little and fills evenly; what it holds and what flows in within a minute are together the limit, so
that no minute, wherever it begins, has more. What it holds is lost to long work: for that it is one mail, or what all
workers ask at once. Callers reserve their turn in order and then wait for it. A refusal all
the same empties the bucket for everybody, so that nobody comes back at once. Figures as read on 2026-11-23:
developers.google.com/workspace/{sheets,calendar,gmail}/api, admin/directory, pages on usage limits.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Limit:
    """Units that one user may spend in any minute, and how many of them at once."""

    a_minute: int
    at_once: int

    @property
    def a_second(self) -> float:
        return (self.a_minute - self.at_once) / 60


LIMITS = {
    "sheets read": Limit(60, 20),
    "sheets write": Limit(60, 20),
    "calendar": Limit(600, 10),
    "gmail": Limit(6000, 100),
    "directory": Limit(2400, 120),
}
_GMAIL_UNITS = (
    (re.compile(r"POST .*/(drafts|messages)/send$"), 100),
    (re.compile(r"POST .*/drafts$"), 10),
    (re.compile(r"GET .*/messages/[^/]+$"), 20),
    (re.compile(r"GET .*/(messages|drafts)$"), 5),
    (re.compile(r"GET .*/drafts/[^/]+$"), 5),
    (re.compile(r"POST .*/batchModify$"), 50),
    (re.compile(r"GET .*/(labels|labels/[^/]+|profile)$"), 1),
    (re.compile(r"POST .*/labels$"), 5),
)
SOON = timedelta(minutes=30)
"""For room in the mailbox's day that comes within it a run waits, or the next try of the same tick: it comes as fast
as letters left the day before. A run that took only what has room at its start would find yesterday's letters always
still counted, and send every other day.
"""
DEAREST = 100
"""What a Gmail call counts that is not listed above."""


class Pace:
    """The buckets of one account, shared by all its sessions and threads.

    ``now`` gives seconds on any clock that does not go back, ``wait`` lets seconds pass on the same one.
    """

    def __init__(
        self, now: Callable[[], float] = time.monotonic, wait: Callable[[float], object] = time.sleep
    ) -> None:
        self._now = now
        self.wait = wait
        self._lock = threading.Lock()
        self._levels: dict[str, tuple[float, float]] = {}

    def take_turn(self, bucket: str, units: int, *, at_most: float = float("inf")) -> bool:
        """Reserve units and wait until they are there; at once where no limit is known.

        Returns whether the turn has come: one that would come after more than so many seconds is not waited for.
        """
        limit = LIMITS.get(bucket)
        if limit is None:
            return True
        with self._lock:
            now = self._now()
            level = self._level(bucket, limit, now) - units
            seconds = max(0.0, -level / limit.a_second)
            if seconds > at_most:
                return False
            self._levels[bucket] = (level, now)
        if seconds:
            self.wait(seconds)
        return True

    def refused(self, bucket: str, seconds: float) -> None:
        """Let nobody call before so many seconds have passed, and then one after the other."""
        limit = LIMITS.get(bucket)
        if limit is None:
            return
        with self._lock:
            now = self._now()
            level = min(self._level(bucket, limit, now), 0.0) - seconds * limit.a_second
            self._levels[bucket] = (level, now)

    def _level(self, bucket: str, limit: Limit, now: float) -> float:
        level, since = self._levels.get(bucket, (float(limit.at_once), now))
        return min(float(limit.at_once), level + (now - since) * limit.a_second)


@cache
def googles_pace() -> Pace:
    """Return the pace of this process against Google; a warm instance remembers what it has spent."""
    return Pace()


def patience(pace: Pace | None) -> timedelta:
    """Return how long room in the mailbox's day is waited for: not at all by who keeps no pace."""
    return SOON if pace else timedelta(0)


def cost_of(api: str, method: str, url: str, *, reads: bool) -> tuple[str, int]:
    """Return which bucket a call draws on, and how many units of it."""
    if api == "sheets":
        return f"sheets {'read' if reads else 'write'}", 1
    if api != "gmail":
        return api, 1
    call = f"{method.upper()} {urlsplit(url).path}"
    return api, next((units for pattern, units in _GMAIL_UNITS if pattern.search(call)), DEAREST)
