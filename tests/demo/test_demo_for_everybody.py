"""Every page of the demo by axe, at each width, light and dark, and no dead ends: unknown people and pages say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WIDTHS = (390, 720, 1440)
NARROW_TABS = ("Start here", "Pairings")
"""A tab is the same page with other cells in it; these two are looked at on a phone, too."""
STILL = "*, *::before, *::after { transition: none !important; animation: none !important }"
"""What moves is looked at once it has arrived."""
SCHEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {},
    "dark": {"runOnly": ["color-contrast"]},
}
"""In the dark only colours can be others."""


def pages(page: Page) -> Iterator[tuple[str, Sequence[int]]]:
    """Go from page to page; yields what was opened, and at which widths it is to be looked at."""
    page.goto("/")
    expect(page.locator(".tile").first).to_be_visible()
    yield "the programme", WIDTHS
    sheet = str(page.get_by_role("link", name="Open Pairings").get_attribute("href"))
    person = str(page.get_by_role("link", name="Open the mailbox").get_attribute("href"))
    page.goto(sheet)
    expect(page.locator(".ag-cell").first).to_be_visible()
    tabs = page.get_by_role("tab").all_inner_texts()
    assert len(tabs) > 15
    for tab in tabs:
        page.goto(sheet.replace("tab=Pairings", f"tab={tab}"))
        expect(page.get_by_role("tab", selected=True)).to_have_text(tab)
        expect(page.locator(".ag-cell").first).to_be_visible()
        yield f"the tab {tab}", WIDTHS if tab in NARROW_TABS else WIDTHS[-1:]
    page.goto(person)
    page.locator(".thread").first.click()
    expect(page.locator(".message").first).to_be_visible()
    yield "a mail", WIDTHS
    for path, seen in (
        (f"{person}/compose", ".write"),
        (person.replace("/mail/", "/calendars/"), ".week:visible, .agenda:visible"),
        ("/clock", ".big-clock"),
        ("/spreadsheets", ".tile, .empty"),
        ("/two-phones", "iframe"),
        ("/mail/nobody@example.com", ".empty"),
    ):
        page.goto(path)
        expect(page.locator(seen).first).to_be_visible()
        yield path, WIDTHS


def looked_at(page: Page, widths: Sequence[int]) -> list[str]:
    """Return what axe finds on an open page at some widths, light and dark, and what is wider than the window."""
    page.add_style_tag(content=STILL)
    page.evaluate(Axe().axe_script)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(
                "dark => document.body.classList.contains('body--dark') === dark", arg=scheme == "dark"
            )
            options = {"resultTypes": ["violations"], **rules}
            answer = page.evaluate("options => axe.run(document, options)", options)
            at = f"{width} {scheme}"
            found += [f"{at} {v['id']}: {v['nodes'][0]['html'][:160]}" for v in answer["violations"]]
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{width}: wider than the window"] if over > 0 else []
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.browser
def test_leaves_axe_nothing_to_find(page: Page) -> None:
    found = {name: looked_at(page, widths) for name, widths in pages(page)}
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/mail/nobody@example.com", "/calendars/nobody@example.com"])
def test_says_that_somebody_is_unknown_and_leads_back(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_text("nobody@example.com", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Back to the first page").click()
    expect(page.get_by_role("heading", name="One minute")).to_be_visible()


@pytest.mark.browser
def test_numbers_the_steps_of_its_minute(page: Page) -> None:
    page.goto("/")
    card = page.locator(".sheet-card", has=page.get_by_role("heading", name="One minute"))
    steps = card.get_by_role("list").get_by_role("listitem")
    expect(steps.last).to_contain_text("See what")
    assert steps.count() in {3, 4}
    assert steps.first.evaluate("step => getComputedStyle(step).listStyleType") == "decimal"


@pytest.mark.browser
def test_shows_both_partners_of_a_pair_at_once(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Two phones side by side").click()
    for phone in (0, 1):
        mailbox = page.locator("iframe").nth(phone).content_frame
        expect(mailbox.locator(".thread").first).to_be_visible()
