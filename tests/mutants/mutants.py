"""Puts small changes into everything that decides, and says which of them no test notices.

    python tests/mutants/mutants.py [programme/figures ...] [--sample 40] [--seed 1] [--within SECONDS] [--each SECONDS]

Room by room, on all processors: its tests by value run once to learn which lines each of them reaches (kept in
``build/mutants`` until the code or a test changes); then each change, in a process of its own, meets the tests that
reach it, until one fails, takes much more work than before, or all have had ``--each`` seconds: so what is noticed is
a lower bound. First come those that noticed a change of the same function, then of the same module, then the quick
ones, one in turn of each table and each way through the function. What a whole run took is said at its end. A module
passes with ``ENOUGH`` of its changes noticed.

A change by which nothing becomes different can't be noticed: where ``harmless.toml`` says why, another change is tried
in its place, and it doesn't count. Such a reason holds for a change on lines as they were when somebody thought about
it; once they read otherwise, or a test notices the change after all, it is reported as stale and the room doesn't pass.
"""

from __future__ import annotations
import __future__

import argparse
import ast
import functools
import gc
import importlib
import inspect
import os
import re
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from pathlib import Path
from types import FunctionType
from typing import Any

import hypothesis
import pytest
from hypothesis import Phase

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

from changes import Mutant, Reasons, changed, mutants_of, read_reasons, sampled, stale_reasons  # noqa: E402
from reaching import FUNCTIONS, PROCESSORS, STANDSTILL, TESTS, Test, answer_of, bits, passes, reached, stores  # noqa: E402

ENOUGH = 0.92
TIMES_AS_LONG, AND_SECONDS = 10, 2
"""Of a processor: what a test may take with a change in, before it counts as noticed that it runs on and on."""
TO_READ_AGAIN = 20
"""So much more where what a module remembers, such as a language's words, is worked out again after the change."""
WITHIN, EACH = 3, 8
"""Of a processor: what a test may take to be asked at all, and all tests together for one change."""
BESIDE = {"follow_ups": ("announcements", "turn")}
"""Rooms whose tests see what another room decides: their letters are among its."""
WORDS = "peerpact.programme.languages"
BESIDE_ALL = ("announcements", "figures", "follow_ups", "meetings", "pairing", "roster", "turn")
"""What is in no room serves all: so do the tests of all but replies, the slowest ones."""
NO_RULES = {"languages"}
"""Rooms of the programme that hold words only."""


PASSED, TIME_IS_UP = ".", "!"
"""What the process of a change says of each test, as it goes."""


def modules(rooms: Sequence[str]) -> dict[str, Path]:
    """Return the deciding modules by name, of these rooms or all."""
    programme = FUNCTIONS / "peerpact" / "programme"
    wanted = [FUNCTIONS / "peerpact" / room for room in rooms] or [programme]
    paths = {
        p
        for w in wanted
        for p in ([w.with_suffix(".py")] if w.with_suffix(".py").is_file() else w.rglob("*.py"))
    }
    return {
        ".".join(p.relative_to(FUNCTIONS).with_suffix("").parts): p
        for p in sorted(paths)
        if p.name != "__init__.py" and not NO_RULES & set(p.parts)
    }


class Examination:
    """A pytest plugin that, in place of running the tests, tries each change against those that reach it."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.is_enough = True
        self.noticed_by: Counter[tuple[str, str]] = Counter()
        """How many changes each test has noticed, by module and by function or constant."""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Failed("The tests can't be collected.")
        examined = modules(self.options.rooms)
        room = _folder_of(self.options.rooms[0])
        together = [p for p in modules([]).values() if _folder_of(room_of(p)) == room]
        tests = reached(room, session.items, together, within=self.options.within)
        read_words(tests)
        reasons = read_reasons((HERE / "harmless.toml").read_text(encoding="utf-8"))
        self.is_enough = self._all_enough(list(examined.items()), tests, reasons)
        return True

    def _all_enough(
        self, examined: Sequence[tuple[str, Path]], tests: Sequence[Test], reasons: Reasons
    ) -> bool:
        """Examine modules in as many processes as there are processors."""
        children = []
        for number in range(PROCESSORS):
            child = os.fork()
            if not child:
                try:
                    rates = [self.examine(*one, tests, reasons) for one in examined[number::PROCESSORS]]
                    os._exit(int(not all(rates)))
                except BaseException:  # whatever it is: this process is not to go on as the first one
                    traceback.print_exc()
                    os._exit(1)
            children.append(child)
        statuses = [os.waitpid(child, 0)[1] for child in children]
        return not any(statuses)

    def examine(self, module: str, path: Path, tests: Sequence[Test], reasons: Reasons) -> bool:
        """Try a sample of a module's changes, and say how it went."""
        source = path.read_text(encoding="utf-8")
        short = module.removeprefix("peerpact.")
        every = mutants_of(short, source)
        drawn = sampled(every, reasons, seed=self.options.seed, size=self.options.sample)
        harmless = [m for m in drawn if m.harmless_by(reasons)]
        each = self.options.each
        tried = [
            (m, self._asked_in_vain(m, module, path, tests, each / 4 if m in harmless else each))
            for m in drawn
        ]
        survivors = {m: asked for m, asked in sorted(tried, key=lambda t: t[0].first) if asked}
        counted = [m for m in drawn if m not in harmless]
        missed = [m for m in survivors if m not in harmless]
        stale = [*stale_reasons(short, every, reasons), *(m.name for m in harmless if m not in survivors)]
        rate = 1 - len(missed) / len(counted) if counted else 1
        told = [f"{rate:4.0%} of {len(counted):3}  {short}"]
        for mutant, asked in survivors.items():
            why = mutant.harmless_by(reasons) or f"NOT NOTICED by {asked}, in: {mutant.lines}"
            told += [f"        line {mutant.first}: {mutant.name}", f"            {why}"]
        told += [f"        A reason is stale: {name}" for name in stale]
        sys.stderr.write("\n".join([*told, ""]))  # at once: other processes tell as well
        return rate >= ENOUGH and not stale

    def _asked_in_vain(
        self, mutant: Mutant, module: str, path: Path, tests: Iterable[Test], each: float
    ) -> str:
        """Return how many of the tests that reach the change were asked, if none of them fails; else nothing."""
        near = self._promising_first(mutant, str(path), _near(mutant, str(path), tests))
        passed = answer_of(_attempt(mutant, module, path, near, each), seconds=STANDSTILL)
        if passed == PASSED * len(near):
            return f"any of {len(near)} tests"
        if passed.endswith(TIME_IS_UP):
            return f"the first {len(passed) - 1} of {len(near)} tests"
        noticing = near[len(passed)].item.nodeid
        self.noticed_by.update([(mutant.module, noticing), (_home_of(mutant), noticing)])
        return ""

    def _promising_first(self, mutant: Mutant, path: str, near: Iterable[Test]) -> list[Test]:
        """Order tests by what they noticed before, then by what they cost; in turn of each table and way through."""
        turns: Counter[tuple[str, int]] = Counter()
        used = bits(mutant.used)

        def promise(test: Test) -> tuple[float, float, float]:
            name = test.item.nodeid
            alike = name.partition("[")[0], test.lines.get(path, 0) & used
            turns[alike] += 1
            cost = test.seconds * turns[alike]
            return (-self.noticed_by[_home_of(mutant), name], -self.noticed_by[mutant.module, name], cost)

        return sorted(near, key=promise)


def _home_of(mutant: Mutant) -> str:
    return f"{mutant.module}:{mutant.owner}"


def read_words(tests: Iterable[Test]) -> None:
    """Run one test of each table here, so that no change's process reads languages and compiles patterns again.

    Whatever else our modules remember is forgotten: it may come from a rule that is to be changed.
    """
    re._MAXCACHE = 100_000  # type: ignore[attr-defined]  # by their text: so they can't come from a rule
    quickest = {test.item.nodeid.partition("[")[0]: test.item for test in reversed(list(tests))}
    for item in quickest.values():
        passes(item)
    for store in stores():
        if not store.__module__.startswith(WORDS):
            store.cache_clear()
    gc.collect()
    gc.freeze()


def _attempt(mutant: Mutant, module: str, path: Path, near: Sequence[Test], each: float) -> Iterator[str]:
    """Make the change and ask the tests; say of each that passes that it does, and when their time is up."""
    try:
        _exchange(module, mutant, path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError):
        return
    more = 0
    if mutant.is_kept or not any(test.reached_in(str(path), mutant.used) for test in near):
        more = TO_READ_AGAIN
        for store in stores():
            if store.__module__ == module:
                store.cache_clear()
    began = time.process_time()
    for test, following in zip_longest(near, near[1:]):
        if time.process_time() - began > each:
            yield TIME_IS_UP
            return
        if not _passes_in_time(test, following, more):
            return
        yield PASSED


def _near(mutant: Mutant, path: str, tests: Iterable[Test]) -> list[Test]:
    """Return the tests that reach the change; where no line of it is one that runs, those that reach its owner.

    A constant, and what is worked out once for many tests, concerns all that reach the module.
    """
    if not (mutant.owner.lstrip("_").isupper() or mutant.is_kept):
        for lines in (range(mutant.first, mutant.last + 1), mutant.used):
            if found := [t for t in tests if t.reached_in(path, lines)]:
                return found
    return [t for t in tests if path in t.lines]


def _passes_in_time(test: Test, following: Test | None, more: int) -> bool:
    """Tell whether a test passes; SIGPROF ends the process where it takes too much work."""
    signal.setitimer(signal.ITIMER_PROF, TIMES_AS_LONG * test.seconds + AND_SECONDS + more)
    signal.alarm(STANDSTILL)
    return passes(test.item, following.item if following else None)


def _exchange(module: str, mutant: Mutant, source: str) -> None:
    """Let the running program have the change."""
    home = importlib.import_module(module)
    node = changed(mutant, source)
    if isinstance(node, ast.FunctionDef):
        node.decorator_list = []
    names = dict(vars(home))
    tree = ast.fix_missing_locations(ast.Module(body=[node], type_ignores=[]))
    flags = __future__.annotations.compiler_flag
    code = compile(tree, home.__file__ or "", "exec", flags=flags, dont_inherit=True)
    exec(code, names)  # noqa: S102 - our own source, changed a little
    if not isinstance(node, ast.FunctionDef):
        _exchange_constant(mutant.owner, getattr(home, mutant.owner), names[mutant.owner])
        return
    there, new = _function(home, mutant.owner), names[node.name]
    there.__code__ = new.__code__.replace(co_freevars=there.__code__.co_freevars)
    there.__defaults__, there.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _exchange_constant(name: str, old: object, new: object) -> None:
    for module in list(sys.modules.values()):
        if module and module.__name__.startswith("peerpact") and vars(module).get(name) is old:
            setattr(module, name, new)


def _function(home: Any, owner: str) -> FunctionType:
    """Return the function itself, whatever it is wrapped in; what it remembers from before is forgotten."""
    found = home
    for part in owner.split("."):
        found = inspect.getattr_static(found, part)
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, functools.cached_property):
        found = found.func
    elif isinstance(found, staticmethod | classmethod):
        found = found.__func__
    if hasattr(found, "cache_clear"):
        found.cache_clear()
    function: FunctionType = inspect.unwrap(found)
    return function


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "rooms", nargs="*", help="folders or modules under functions/peerpact; all that decide"
    )
    reader.add_argument("--sample", type=int, default=40, help="changes a module, at most")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument(
        "--within", type=float, default=WITHIN, help="seconds; tests that take longer are left out"
    )
    reader.add_argument("--each", type=float, default=EACH, help="seconds for all the tests of one change")
    reader.add_argument(
        "--tests", default="", help="word of a file's name; others are left out, for a quick look"
    )
    options = reader.parse_args()
    rooms = options.rooms or sorted({room_of(p) for p in modules([]).values()})
    in_order = sorted(rooms, key=lambda room: (_folder_of(room), room))
    together = [list(some) for _, some in groupby(in_order, key=_folder_of)]
    if len(together) > 1:
        chosen = ("sample", "seed", "within", "each", "tests")
        more = [word for name in chosen for word in (f"--{name}", str(getattr(options, name)))]
        status = max(
            subprocess.run([sys.executable, __file__, *some, *more], check=False).returncode
            for some in together
        )
        sys.stderr.write(f"{_minutes_of_processor():.0f} minutes of a processor\n")
        return status
    [options.rooms] = together
    return examined(options)


def _minutes_of_processor() -> float:
    """Return what all processes begun here, and those begun by them, took."""
    spent = os.times()
    return (spent.children_user + spent.children_system) / 60


def room_of(path: Path) -> str:
    """Return the folder of a module, or of one that is in none the module itself."""
    parts = path.relative_to(FUNCTIONS / "peerpact").with_suffix("").parts
    return "/".join(parts[:2])


def _folder_of(room: str) -> str:
    """Return the folder of the programme in which modules are examined together; none for what is in no room."""
    name = "".join(room.split("/")[1:2])
    return name if (FUNCTIONS / "peerpact" / "programme" / name).is_dir() else ""


def examined(options: argparse.Namespace) -> int:
    """Examine modules of one room: by the tests in the folder of its name, and those of the small values."""
    hypothesis.settings.register_profile(
        "a few", max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
    )
    room = _folder_of(options.rooms[0])
    folders = (TESTS / name for name in ((room, *BESIDE.get(room, ())) if room else BESIDE_ALL))
    files = sorted({f for p in (*folders, TESTS) for f in p.glob("test_*.py")})
    tests = [str(p) for p in files if re.search(options.tests, p.name)]
    examination = Examination(options)
    quiet = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--no-header", "--no-summary"]
    status = pytest.main([*quiet, "--hypothesis-profile=a few", *tests], plugins=[examination])
    return int(status != pytest.ExitCode.OK or not examination.is_enough)


if __name__ == "__main__":
    raise SystemExit(main())
