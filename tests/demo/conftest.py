"""The demo as ``make demo`` starts it, served once, and a real Chromium to visit it with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 240
"""Seconds for two months to be played on a slow machine."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Play two months, so that there are outcomes to change, with a part of the example company; serve the page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = os.pathsep.join([str(ROOT / "functions"), str(ROOT / "functions" / "emulator" / "src")])
    environment = {**os.environ, "PYTHONPATH": here}
    roster = str(Path(__file__).parent / "roster.csv")
    command = [
        sys.executable,
        "-m",
        "peerpact",
        "demo",
        "--months",
        "2",
        "--port",
        str(port),
        "--roster",
        roster,
    ]
    demo = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    ends = time.monotonic() + LONGEST_START
    url = f"http://127.0.0.1:{port}"
    while time.monotonic() < ends:
        assert demo.poll() is None, demo.stdout.read() if demo.stdout else ""
        try:
            requests.get(url, timeout=20)
            break
        except requests.RequestException:  # it is taken from the beginning, and answers later
            time.sleep(0.5)
    yield url
    demo.terminate()
    demo.wait(timeout=20)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=address)
    page.set_default_timeout(20_000)
    yield page
    page.context.close()
