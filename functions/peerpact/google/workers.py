"""Calls that wait for Google side by side instead of one after the other; how fast they may come, ``pace`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import TypeVar

AT_ONCE = 8
"""Enough to use Calendar's ten calls a second while each takes up to 0.8 s; mail needs one or two."""

T = TypeVar("T")


class Workers:
    """So many threads, for as long as one piece of work lasts; with one worker there is no thread at all."""

    def __init__(
        self, at_once: int = AT_ONCE, executor: Callable[[int], Executor] = ThreadPoolExecutor
    ) -> None:
        self._at_once = at_once
        self._executor = executor

    def each(
        self, work: Callable[[T], object], items: Iterable[T], time_left: Callable[[], bool] = lambda: True
    ) -> None:
        """Do the work for each item, in any order, as long as there is time; ``work`` keeps its results itself.

        The first item is done alone: it signs in for all. When one fails, those that have begun are still done; then
        its error is raised.
        """
        waiting: SimpleQueue[T] = SimpleQueue()
        failures: list[BaseException] = []
        for item in items:
            waiting.put(item)

        def did_one() -> bool:
            try:
                if not failures and time_left():
                    work(waiting.get_nowait())
                    return True
            except Empty:
                pass
            except BaseException as failure:
                failures.append(failure)
            return False

        def go_on() -> None:
            while did_one():
                pass

        if did_one() and self._at_once > 1:
            with self._executor(self._at_once) as threads:
                for _ in range(min(self._at_once, waiting.qsize())):
                    threads.submit(copy_context().run, go_on)
        go_on()
        if failures:
            raise failures[0]
