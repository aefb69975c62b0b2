"""The company of the crash tests; its answers are not checked, which takes half of the time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cast import MONDAY, Cast
from peerpact.demo.company import found
from workspace_emulator.clock import Clock
from workspace_emulator.workspace import Workspace

ROSTER = Path(__file__).resolve().parents[1] / "roster.csv"


__all__ = ["MONDAY", "small_company"]


def small_company() -> Cast:
    """Found the company of seven, on the Friday before its first round."""
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
    return Cast(found(workspace, roster=ROSTER, first_round=date(2026, 1, 5), seed=1, calendars=False))
