"""How much work something is: calls of functions, which unlike seconds are the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls_for(work: Callable[[], object]) -> int:
    """Count the functions, Python's and C's, that are called in this thread while the work is done."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls
