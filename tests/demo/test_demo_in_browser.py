"""The visitor's way through the demo's page, in a real Chromium: as the People team and as a participant."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 150
"""Seconds for a month to be played on a slow machine."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Play one month and serve the page, as ``make demo`` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "functions")}
    command = [sys.executable, "-m", "peerpact", "demo", "--months", "1", "--port", str(port)]
    demo = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    ends = time.monotonic() + LONGEST_START
    url = f"http://127.0.0.1:{port}"
    while time.monotonic() < ends:
        assert demo.poll() is None, demo.stdout.read() if demo.stdout else ""
        try:
            requests.get(url, timeout=2)
            break
        except requests.ConnectionError:
            time.sleep(0.5)
    yield url
    demo.terminate()
    demo.wait(timeout=20)


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine; in CI this would be a failure")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=address)
        page.set_default_timeout(20_000)
        yield page
        browser.close()


def card(page: Page, job: str) -> object:
    return page.locator(".sheet-card", has=page.get_by_text(job, exact=True))


@pytest.mark.browser
def test_shows_the_programme_at_a_glance(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("Round 1", exact=True)).to_be_visible()
    expect(page.get_by_text("first meetings held")).to_be_visible()
    for job in (
        "check_roster",
        "pair_people",
        "book_first_meetings",
        "send_follow_ups",
        "collect_replies",
        "report",
    ):
        expect(page.get_by_text(job, exact=True)).to_be_visible()


@pytest.mark.browser
def test_previews_a_job_without_doing_it(page: Page) -> None:
    page.goto("/")
    check = card(page, "check_roster")
    check.get_by_role("button", name="Preview").click()  # type: ignore[attr-defined]
    expect(check.get_by_text("Would be done", exact=False)).to_be_visible()  # type: ignore[attr-defined]
    expect(check.get_by_text("Europe/Berln", exact=False)).to_be_visible()  # type: ignore[attr-defined]


@pytest.mark.browser
def test_runs_a_job_and_lets_time_pass(page: Page) -> None:
    page.goto("/")
    check = card(page, "check_roster")
    check.get_by_role("button", name="Run").click()  # type: ignore[attr-defined]
    expect(check.get_by_text("Done:", exact=False)).to_be_visible()  # type: ignore[attr-defined]
    page.get_by_role("button", name="Let a day pass").click()
    expect(page.get_by_text("It is ", exact=False).first).to_be_visible(timeout=60_000)
