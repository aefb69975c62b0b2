"""The small company of the tests, served with its pages from a process of its own.

Reads one JSON list a line from standard input, the name of a method of ``Cast`` and its arguments, and answers with
what it returned as one line of JSON. The first line that it writes is the address of the pages.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import stamina

TESTS = Path(__file__).resolve().parents[1]
FUNCTIONS = TESTS.parent / "functions"
sys.path[:0] = [str(TESTS), str(FUNCTIONS), str(FUNCTIONS / "emulator" / "src")]

from cast import MONDAY, Cast  # noqa: E402 - found by the line above
from peerpact.demo.company import found  # noqa: E402
from workspace_emulator import Clock, Workspace  # noqa: E402
from workspace_emulator.pages import Pages, start  # noqa: E402


def main() -> None:
    stamina.set_active(False)
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)), accept_any_token=True)
    company = found(
        workspace, roster=TESTS / "roster.csv", first_round=date(2026, 1, 5), seed=1, calendars=False
    )
    workspace.clock.set(MONDAY)
    cast = Cast(company)
    before = workspace.store.snapshot()
    serving = start(Pages(workspace=workspace, front=company.front, title="Small company"))
    answer(serving.address)
    for line in sys.stdin:
        name, arguments, named = json.loads(line)
        if name == "begin anew":
            workspace.store.restore(before)
            workspace.clock.set(MONDAY)
            answer(None)
        elif name == "sheet_address":
            answer(f"/spreadsheets/{company.config.programme_spreadsheet}")
        else:
            answer(plain(getattr(cast, name)(*arguments, **named)))


def plain(value: Any) -> Any:
    """Leave out what JSON can't say."""
    return value if isinstance(value, str | int | list | dict | None) else str(value)


def answer(value: Any) -> None:
    sys.stdout.write(
        json.dumps(value, default=lambda v: v.isoformat() if isinstance(v, datetime) else str(v)) + "\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
