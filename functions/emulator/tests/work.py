"""How much work something is: calls of functions, which unlike seconds are the same on every machine."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile


def calls_for(work: Callable[[], object]) -> int:
    """Count the functions, Python's and C's, that are called in this thread while the work is done."""
    counting = (
        Profile()
    )  # written in C: a function of ours that is called at each call takes five times as long
    counting.runcall(work)
    return sum(entry.callcount for entry in counting.getstats())
