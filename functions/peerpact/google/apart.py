"""Work on many items, each for itself: one that is refused for good is told of, and the others go on.

When most are refused alike it is not about them: then the work stops, and says once what is wrong with the whole.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from peerpact.errors import GoogleError, OddityError, OutOfTime, PeerpactError
from peerpact.google.sheets import OvertakenError
from peerpact.google.workers import Workers
from peerpact.programme.sentences import Sentence, say

log = logging.getLogger(__name__)

MANY = 3
"""Fewer refused alike may be chance."""
HOPELESS = 20
"""So many refused alike without a success between, and no more are tried."""
MOST_UNHEARD = 3
"""So many that could not be reached, and Google can't be reached."""
ABOUT_ONE = {400, 413}
"""Refusals of a batch that something in one of its rows may have brought about."""

T = TypeVar("T")


class Apart:
    """One piece of work on many items, and what was refused of it."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    def each(
        self, work: Callable[[T], object], items: Iterable[T], time_left: Callable[[], bool] | None = None
    ) -> dict[T, PeerpactError]:
        """Do the work for each item, and return why it failed for those for which it did.

        Whoever gives ``time_left`` goes on later with what was not begun, because time or the quota was used up.

        Raises:
            PeerpactError: what failed concerns all.
            OutOfTime: the quota is used up for longer than the run has, and all items were wanted.
        """
        failed: dict[T, PeerpactError] = {}
        done: list[T] = []
        out_of_time = threading.Event()

        def one(item: T) -> None:
            try:
                work(item)
            except OvertakenError:
                raise
            except OutOfTime:
                if time_left is None:
                    raise
                out_of_time.set()
            except PeerpactError as error:
                failed[item] = error
                _stop_if_hopeless(error, failed.values(), len(done))
            except Exception as error:
                log.error("something unforeseen about one item", extra={"where": _where(error)})
                failed[item] = OddityError(_unforeseen(error))
                _stop_if_hopeless(failed[item], failed.values(), len(done))
            else:
                done.append(item)

        def may_begin() -> bool:
            return not out_of_time.is_set() and (time_left is None or time_left())

        self._workers.each(one, items, may_begin)
        _raise_if_alike(failed.values(), len(done))
        return failed


def in_parts(write: Callable[[Sequence[T]], object], items: Sequence[T]) -> list[tuple[T, PeerpactError]]:
    """Write items together; where one of them makes Google refuse all, divide them until it is alone.

    Returns those that are refused, with the reason.

    Raises:
        PeerpactError: what failed concerns all.
    """
    refused = _divided(write, items)
    _raise_if_alike([error for _, error in refused], len(items) - len(refused))
    return refused


def _divided(write: Callable[[Sequence[T]], object], items: Sequence[T]) -> list[tuple[T, PeerpactError]]:
    try:
        write(items)
    except GoogleError as error:
        if error.status not in ABOUT_ONE or not items:
            raise
        if len(items) == 1:
            return [(items[0], error)]
        middle = len(items) // 2
        return [*_divided(write, items[:middle]), *_divided(write, items[middle:])]
    return []


def is_for_good(error: PeerpactError) -> bool:
    """Tell whether trying again can't help until something changes. That the run's time is up is no refusal."""
    if isinstance(error, OutOfTime):
        return False
    return not isinstance(error, GoogleError) or error.permanent


def is_about_items(error: PeerpactError) -> bool:
    """Tell whether what stopped a piece of work was that most items were refused, each for good."""
    return is_for_good(error) and not (isinstance(error, GoogleError) and error.concerns_all)


def _stop_if_hopeless(error: PeerpactError, failed: Iterable[PeerpactError], done: int) -> None:
    if isinstance(error, GoogleError) and error.concerns_all:
        raise error
    alike = [e for e in failed if _kind(e) == _kind(error)]
    unheard = isinstance(error, GoogleError) and not error.permanent
    if len(alike) >= (MOST_UNHEARD if unheard else HOPELESS) and not done:
        raise error


def _raise_if_alike(failed: Iterable[PeerpactError], done: int) -> None:
    errors = list(failed)
    for kind, count in Counter(map(_kind, errors)).most_common(1):
        if count >= MANY and 2 * count > done + len(errors):
            raise next(e for e in errors if _kind(e) == kind)


def _kind(error: PeerpactError) -> tuple[object, ...]:
    if isinstance(error, GoogleError):
        return (error.status, error.reason)
    return (type(error), str(error))


def _where(error: Exception) -> str:
    """Return where it happened, and not what it was about, which may be somebody's words."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"


def _unforeseen(error: Exception) -> Sentence:
    return say(
        "something about it is as Peerpact did not foresee ({kind}); the log says where",
        kind=type(error).__name__,
    )
