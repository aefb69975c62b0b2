"""A fixed cast in a fixed week: a small company with Peerpact installed, restored anew for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import stamina
from hypothesis import settings

from cast import MONDAY, Cast
from chromium import browser, playwright  # noqa: F401 - fixtures for the tests below
from peerpact.clock import pin_time_zones
from peerpact.demo.company import found
from waiting import try_again_at_once
from workspace_emulator import Clock, Snapshot, Workspace

settings.register_profile("the same everywhere", deadline=None, derandomize=True)
settings.load_profile("the same everywhere")
pin_time_zones()


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Let nothing wait before it tries again."""
    try_again_at_once()
    yield
    stamina.set_testing(False)


@pytest.fixture(scope="session")
def _founded() -> tuple[Cast, Snapshot]:
    roster = Path(__file__).parent / "roster.csv"
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)), check_responses=True)
    company = found(workspace, roster=roster, first_round=date(2026, 1, 5), seed=1, calendars=False)
    return Cast(company), workspace.store.snapshot()


@pytest.fixture
def cast(_founded: tuple[Cast, Snapshot]) -> Iterator[Cast]:
    """The company on the Monday on which the first round opens."""
    cast, snapshot = _founded
    workspace = cast.company.workspace
    workspace.store.restore(snapshot)
    workspace.clock.set(MONDAY)
    workspace.calls.clear()
    workspace.faults.clear()
    yield cast
    workspace.faults.clear()
