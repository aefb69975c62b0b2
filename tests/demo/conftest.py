"""The demo as ``make demo`` starts it, served once, and a real Chromium to visit it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playing import served
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Play two months, so that there are outcomes to change, with a part of the example company; serve the page."""
    with served("--months", "2", "--roster", str(Path(__file__).parent / "roster.csv")) as url:
        yield url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, base_url=address)
    page.set_default_timeout(20_000)
    yield page
    page.context.close()
