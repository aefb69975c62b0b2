"""A real Chromium for tests that look at pages, where the machine has one."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

expect.set_options(timeout=20_000)
"""Milliseconds; machines in CI are slow now and then."""


@cache
def _started() -> Playwright:
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@pytest.fixture(scope="session")
def playwright() -> Playwright:
    """One for a whole process: the fixture is known in two folders of tests, and a second one would not start."""
    return _started()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = installed()
    if not chromium and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine; in CI this would be a failure")
    browser = launched(playwright)
    yield browser
    browser.close()


def installed() -> str | None:
    """Return where the machine has a Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
