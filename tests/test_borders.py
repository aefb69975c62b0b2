"""Where decisions may be: in programme/, from plain values; the jobs gather and act."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest

import peerpact.programme
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.settings import Settings

PEERPACT = Path(__file__).resolve().parents[1] / "functions" / "peerpact"
WORDS_ONLY = "which words a letter has that is decided on; it is sent either way"
EXCEPTIONS = {
    "book_first_meetings/invitation.py": WORDS_ONLY,
    "collect_replies/words.py": WORDS_ONLY,
    "send_follow_ups/words.py": WORDS_ONLY,
    "letterhead.py:sender": "where no contact is set, the mailbox is it",
    "collect_replies/effects.py:_note_sent": "in which of the two spreadsheets a letter is recorded",
    "collect_replies/effects.py:_write": "in which of the two spreadsheets the answered letter is recorded",
}
"""Modules and functions of jobs that look at a state, a date or a setting, and why that decides nothing."""
CLOCK = {"today", "now", "utcnow"}
LIBRARIES = {
    "numpy": "pairing",
    "rustworkx": "pairing: matching in graphs",
    "scipy": "pairing: bounds",
    "authres": "reads the header that says who a mail is from",
    "dateutil": "knows when Easter is",
    "flufl": "reads mails that say that another was not delivered",
    "lxml": "reads mails in HTML",
    "publicsuffixlist": "tells whether two domains are one organisation's",
}
"""What the programme may import beside the standard library: pure functions from values to values."""


def decisive(cls: type) -> set[str]:
    """Return the fields of a value that say how far something got, when it is, or what admins set."""
    if cls is Settings:
        return {f.name for f in fields(cls)}
    hints = get_type_hints(cls, localns={**CLASSES, **vars(sys.modules[cls.__module__])})
    return {
        f.name
        for f in fields(cls)
        for part in (hints[f.name], *get_args(hints[f.name]))
        if get_origin(hints[f.name]) in {None, UnionType, Union}
        and isinstance(part, type)
        and issubclass(part, Enum | date | datetime)
    }


def programme_classes() -> Iterator[type]:
    for found in pkgutil.walk_packages(peerpact.programme.__path__, "peerpact.programme."):
        module = importlib.import_module(found.name)
        yield from (v for v in vars(module).values() if isinstance(v, type) and v.__module__ == found.name)


CLASSES = {cls.__name__: cls for cls in programme_classes()}
"""For annotations of what a module imports for them alone."""
STATES = {name for cls in programme_classes() if is_dataclass(cls) for name in decisive(cls)}
ENUMS = {cls.__name__ for cls in programme_classes() if issubclass(cls, Enum)}


def judged(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a module tests or compares, with the function in which it does."""
    for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
        for node in ast.walk(function):
            if isinstance(node, ast.Compare):
                yield from ((function.name, side) for side in (node.left, *node.comparators))
            elif isinstance(node, ast.If | ast.IfExp | ast.While):
                yield function.name, node.test
            elif isinstance(node, ast.BoolOp):
                yield from ((function.name, side) for side in node.values)
            elif isinstance(node, ast.comprehension):
                yield from ((function.name, test) for test in node.ifs)
            elif isinstance(node, ast.Match):
                yield function.name, node.subject


def decides(side: ast.expr) -> bool:
    if isinstance(side, ast.UnaryOp):
        return decides(side.operand)
    if isinstance(side, ast.Set | ast.Tuple | ast.List):
        return any(map(decides, side.elts))
    if isinstance(side, ast.Attribute):
        is_member = isinstance(side.value, ast.Name) and side.value.id in ENUMS
        return side.attr in STATES or is_member
    return False


@pytest.mark.parametrize("job", list(JOBS))
def test_takes_each_job_s_decision_from_the_programme(job: str) -> None:
    assert JOBS[job].steps.decide.__module__.startswith("peerpact.programme.")


def test_compares_no_state_date_or_setting_in_a_job() -> None:
    found = {
        (path.relative_to(PEERPACT / "jobs").as_posix(), function)
        for path in sorted((PEERPACT / "jobs").rglob("*.py"))
        for function, side in judged(ast.parse(path.read_text(encoding="utf-8")))
        if decides(side)
    }
    known = {path if path in EXCEPTIONS else f"{path}:{function}" for path, function in found}
    assert known == EXCEPTIONS.keys()


def test_knows_the_states_dates_and_settings_that_decide() -> None:
    some = {
        "state",
        "decision",
        "approved_on",
        "meeting_start",
        "outcome",
        "due",
        "sent",
        "joined",
        "review_days",
    }
    assert some <= STATES
    assert not {"people", "name", "email", "text", "programme"} & STATES


def test_asks_no_clock_in_the_programme() -> None:
    asking = [
        f"{path.relative_to(PEERPACT)}:{node.lineno}"
        for path in sorted((PEERPACT / "programme").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK
    ]
    assert asking == []


def test_imports_into_the_programme_values_and_libraries_without_effects() -> None:
    names = {
        name.partition(".")[0]
        for path in sorted((PEERPACT / "programme").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported(node)
    }
    assert names - set(sys.stdlib_module_names) - {"peerpact"} == set(LIBRARIES)
    assert not names & {
        "os",
        "random",
        "secrets",
        "socket",
        "subprocess",
        "sys",
        "threading",
        "time",
        "urllib",
    }


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
