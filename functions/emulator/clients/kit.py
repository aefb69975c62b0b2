"""What the scripts of tasks share: a task is a function, its name the sentence; each one is tried, whatever others do."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable

URL = os.environ.get("WORKSPACE", "http://127.0.0.1:8787")
ADA = "local:ada@example.com"
BEN = "local:ben@example.com"

_tasks: list[tuple[str, Callable[[], object]]] = []


def task(function: Callable[[], object]) -> Callable[[], object]:
    """Enter a task; it fails when it raises, an assertion included."""
    _tasks.append((function.__name__.replace("_", " "), function))
    return function


def same(actual: object, expected: object) -> None:
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def credentials(token: str = ADA):
    from google.oauth2.credentials import Credentials

    return Credentials(token=token)


def lead_here() -> None:
    """Lead clients with Google's addresses built in to the Workspace, for good."""
    from workspace_emulator.redirected import lead

    lead(URL)


def run() -> None:
    """Try all tasks and tell of each, a line of JSON a task."""
    for name, function in _tasks:
        why = ""
        try:
            function()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            place = traceback.extract_tb(error.__traceback__)[-1]
            lines = str(error).strip().splitlines() or [""]
            why = f"{type(error).__name__}: {lines[0][:300]} ({os.path.basename(place.filename)}:{place.lineno})"
        sys.__stdout__.write(json.dumps({"task": name, "why": why}) + "\n")
        sys.__stdout__.flush()
