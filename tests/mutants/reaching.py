"""Which lines each test reaches, and how long it takes; kept in ``build/mutants`` until what it hangs on changes."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ROOT / "functions"
TESTS = ROOT / "tests" / "programme"
KEPT = ROOT / "build" / "mutants"
PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
STANDSTILL = 600
"""Seconds after which a test ends that waits for something which never comes."""
READ = {".py", ".toml", ".tsv", ".txt", ".eml", ".json"}


class TooLong(BaseException):
    """A test takes more than it may; nothing in it shall catch this."""


@dataclass(slots=True)
class Test:
    """A test: what pytest knows of it, how long it takes, and the lines that it reaches, by file."""

    item: pytest.Item
    seconds: float
    """Of a processor."""
    lines: dict[str, int]
    """The bits of the numbers of lines."""

    def reached_in(self, path: str, numbers: Iterable[int]) -> int:
        """Return the bits of those lines of a file that it reaches."""
        return self.lines.get(path, 0) & bits(numbers)


def bits(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def reached(room: str, items: Sequence[pytest.Item], paths: Iterable[Path], *, within: float) -> list[Test]:
    """Return which lines of a room's modules each test reaches: each runs once for that, in a process beside.

    Those that take longer than so many seconds, while they are measured, are left out: what the others notice is a
    lower bound, for a fraction of the work. What was measured before is known as long as neither our code, what tests
    share nor the test's own file has changed.
    """
    file = KEPT / f"{room or 'all'}.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    everything, own = _digest_of_all(), {item.path: _digest_of([item.path]) for item in items}
    state = {item.nodeid: f"{everything} {own[item.path]} {within}" for item in items}
    new = [item for item in items if kept.get(item.nodeid, {}).get("state") != state[item.nodeid]]
    if new:
        said = _measured(new, [str(p) for p in paths], within)
        kept |= {name: {"state": state[name], **found} for name, found in said.items()}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(kept), encoding="utf-8")
    tests = [
        Test(item, found["seconds"], {path: int(lines, 16) for path, lines in found["lines"].items()})
        for item in items
        for found in (kept[item.nodeid],)
        if found["seconds"] < within
    ]
    return sorted(tests, key=lambda t: t.seconds)


def passes(item: pytest.Item, following: pytest.Item | None = None) -> bool:
    return all(not report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def answer_of(attempt: Iterable[str], seconds: int) -> str:
    """Return what an attempt in a process of its own says, until it dies or takes too long."""
    return _said(*_begun(attempt, seconds))


def _begun(attempt: Iterable[str], seconds: int) -> tuple[int, int]:
    """Return the process in which an attempt goes on, and where to read what it says."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(seconds)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        if seconds == STANDSTILL:
            os.dup2(silent, 2)
        try:
            with os.fdopen(writing, "w") as answer:
                for word in attempt:
                    answer.write(word)
                    answer.flush()
        finally:
            os._exit(0)
    os.close(writing)
    return child, reading


def _said(child: int, reading: int) -> str:
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said


def _measured(items: Sequence[pytest.Item], paths: list[str], within: float) -> dict[str, dict[str, Any]]:
    shares = [items[number::PROCESSORS] for number in range(min(PROCESSORS, len(items)))]
    begun = [_begun(_coverage_of(share, paths, within), seconds=3600) for share in shares]
    found: dict[str, dict[str, Any]] = {}
    for said in [_said(*each) for each in begun]:
        if not said:
            raise SystemExit("The tests must pass before they are examined.")
        found |= json.loads(said)
    return found


def _coverage_of(items: Sequence[pytest.Item], paths: list[str], within: float) -> Iterator[str]:
    import coverage  # noqa: PLC0415 - only in the process that measures

    measuring = coverage.Coverage(data_file=None, include=paths, config_file=False)
    seconds: list[float] = []
    # Each test shall reach the lines that it hangs on by itself. Those without a limit hold words: they would be read
    # again for each of some thousand tests.
    remembering = [s for s in stores() if s.cache_info().maxsize is not None]
    measuring.start()
    for number, item in enumerate(items):
        for store in remembering:
            store.cache_clear()
        measuring.switch_context(str(number))
        took = _seconds_of(item, within)
        if took is None and within in seconds:  # what was stopped before may have left something half done
            took = within
        if took is None:
            sys.stderr.write(f"{item.nodeid} fails\n")
            return
        seconds.append(took)
    measuring.stop()
    lines: list[dict[str, int]] = [defaultdict(int) for _ in items]
    for path in measuring.get_data().measured_files():
        for line, contexts in measuring.get_data().contexts_by_lineno(path).items():
            for context in filter(None, contexts):
                lines[int(context)][path] |= 1 << line
    in_hex = [{path: f"{found:x}" for path, found in each.items()} for each in lines]
    together = zip(items, seconds, in_hex, strict=True)
    yield json.dumps({item.nodeid: {"seconds": s, "lines": each} for item, s, each in together})


def _seconds_of(item: pytest.Item, within: float) -> float | None:
    """Return how long a test takes, if it passes, or the most that it may."""

    stopped = []

    def stop(_: int, frame: FrameType | None) -> None:
        if _is_measuring(frame):  # it holds a lock for a moment, which nobody would give back
            signal.setitimer(signal.ITIMER_PROF, 0.01)
            return
        stopped.append(item)
        raise TooLong

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, min(within, STANDSTILL))
    began = time.process_time()
    try:
        is_good = passes(item)
    except (TooLong, Exception):  # whatever was being done when it was stopped, a report for example
        if not stopped:
            raise
    signal.setitimer(signal.ITIMER_PROF, 0)
    if stopped:
        return within
    return time.process_time() - began if is_good else None


def _is_measuring(frame: FrameType | None) -> bool:
    while frame and not frame.f_globals.get("__name__", "").startswith("coverage."):
        frame = frame.f_back
    return frame is not None


def stores() -> list[Any]:
    """Return the functions, here and in the tests, that keep their results."""
    ours = (f"{FUNCTIONS}{os.sep}", f"{TESTS}{os.sep}")
    homes = [m for m in list(sys.modules.values()) if (getattr(m, "__file__", None) or "").startswith(ours)]
    return [f for home in homes for f in vars(home).values() if hasattr(f, "cache_info")]


def _digest_of_all() -> str:
    """Return what our code and all that tests share is, in short."""
    ours = [p for p in (FUNCTIONS / "peerpact").rglob("*") if p.suffix in READ]
    shared = [p for p in TESTS.parent.rglob("*") if p.suffix in READ and not p.name.startswith("test_")]
    return _digest_of(sorted(p for p in ours + shared if p.name != "harmless.toml"))


def _digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
