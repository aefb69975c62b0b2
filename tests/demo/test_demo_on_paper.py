"""The tab Report on paper, as a real Chromium prints the local Workspace's page of it: all of it, on one page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PAPER = ("A4", "Letter")


def pages_of(page: Page, paper: str) -> int:
    """Return on how many pages an open tab is printed."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".row-number")).to_have_count(0)
    printed = page.pdf(format=paper)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.browser
@pytest.mark.parametrize("paper", PAPER)
def test_prints_the_report_on_one_page(page: Page, paper: str) -> None:
    page.goto("/")
    sheet = str(page.get_by_role("link", name="Open Pairings").get_attribute("href")).partition("?")[0]
    page.goto(f"{sheet}?tab=Report")
    expect(page.locator(".charts canvas, .charts svg")).to_have_count(2)
    assert pages_of(page, paper) == 1
    page.goto(f"{sheet}?tab=Settings")
    expect(page.locator(".ag-cell").first).to_be_visible()
    assert pages_of(page, paper) > 1
