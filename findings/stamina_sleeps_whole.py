"""stamina sleeps what a hook asks for whole, whatever its time-out and its longest wait are.

stamina 26.1, 2026-11-28: a hook that returns seconds replaces the back-off; ``timeout`` is looked at after the sleep. Our hook
returns no more than what the run has left (``google/session.py``).
"""

from __future__ import annotations

import time

import stamina
from told import verdict

naps: list[float] = []
time.sleep = naps.append  # type: ignore[assignment]


@stamina.retry(on=lambda _: 30.0, attempts=2, timeout=1.0, wait_max=2.0)
def fail() -> None:
    raise RuntimeError


try:
    fail()
except RuntimeError:
    pass
verdict(package="stamina", as_found=max(naps, default=0) >= 30, shown=f"slept {naps} with a time-out of 1 s")
