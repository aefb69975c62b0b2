"""Every page of the demo by axe, at each width, light and dark, and no dead ends: unknown people and pages say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

WIDTHS = (390, 720, 1440)


@pytest.fixture(params=[(w, scheme) for w in WIDTHS for scheme in ("light", "dark")], ids=str)
def visitor(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    width, scheme = request.param
    page = browser.new_page(viewport={"width": width, "height": 800}, base_url=address, color_scheme=scheme)
    page.set_default_timeout(30_000)
    yield page
    page.context.close()


def pages(page: Page) -> Iterator[str]:
    """Go from page to page; yields what was opened."""
    page.goto("/")
    expect(page.locator(".tile").first).to_be_visible()
    yield "the programme"
    sheet = str(page.get_by_role("link", name="Open Pairings").get_attribute("href"))
    person = str(page.get_by_role("link", name="Open the mailbox").get_attribute("href"))
    page.goto(sheet)
    expect(page.locator(".ag-cell").first).to_be_visible()
    is_wide = (page.viewport_size or {})["width"] == max(WIDTHS)
    tabs = page.get_by_role("tab").all_inner_texts() if is_wide else ["Start here", "Pairings"]
    assert len(tabs) > 1
    for tab in tabs:
        page.goto(sheet.replace("tab=Pairings", f"tab={tab}"))
        expect(page.get_by_role("tab", selected=True)).to_have_text(tab)
        expect(page.locator(".ag-cell").first).to_be_visible()
        yield f"the tab {tab}"
    page.goto(person)
    page.locator(".thread").first.click()
    expect(page.locator(".message").first).to_be_visible()
    yield "a mail"
    for path, seen in (
        (f"{person}/compose", ".write"),
        (person.replace("/mail/", "/calendars/"), ".week:visible, .agenda:visible"),
        ("/clock", ".big-clock"),
        ("/spreadsheets", ".tile, .empty"),
        ("/mail/nobody@example.com", ".empty"),
    ):
        page.goto(path)
        expect(page.locator(seen).first).to_be_visible()
        yield path


@pytest.mark.browser
def test_leaves_axe_nothing_to_find(visitor: Page) -> None:
    found = {}
    for name in pages(visitor):
        answer = Axe().run(visitor, options={"resultTypes": ["violations"]}).response
        over = visitor.evaluate("document.documentElement.scrollWidth - innerWidth")
        found[name] = ["wider than the window"] if over > 0 else []
        found[name] += [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in answer["violations"]]
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/mail/nobody@example.com", "/calendars/nobody@example.com"])
def test_says_that_somebody_is_unknown_and_leads_back(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_text("nobody@example.com", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Back to the first page").click()
    expect(page.get_by_role("heading", name="One minute")).to_be_visible()


@pytest.mark.browser
def test_shows_both_partners_of_a_pair_at_once(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Two phones side by side").click()
    for phone in (0, 1):
        mailbox = page.locator("iframe").nth(phone).content_frame
        expect(mailbox.locator(".thread").first).to_be_visible()
