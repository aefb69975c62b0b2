"""A fixed cast in a fixed week: a small company with Peerpact installed, restored anew for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import stamina
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from cast import MONDAY, Cast
from peerpact.demo.company import found
from workspace_emulator import Clock, Snapshot, Workspace

settings.register_profile("the same everywhere", deadline=None, derandomize=True)
settings.load_profile("the same everywhere")
expect.set_options(timeout=20_000)
"""Milliseconds; machines in CI are slow now and then."""


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Let nothing wait before it tries again."""
    stamina.set_testing(True, attempts=4)
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


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine; in CI this would be a failure")
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()
