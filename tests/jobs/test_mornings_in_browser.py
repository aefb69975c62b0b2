"""An admin's morning and a participant's minute, by hand in a real Chromium: each follows the links that they get."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from served import BEN, Company

pytestmark = pytest.mark.browser
ADMIN = "people.team@example.com"
LEADS = {
    "Requests": "Requests",
    "Problems": "Problems",
    "Approve all proposals": "Pairings",
    "Show me the next round": "Next round",
    "Taking part": "Roster",
    "Pairings": "Pairings",
    "Meetings": "Overview",
    "Follow-through": "Overview",
}
"""Each line of Start here that leads somewhere, beside Proposals, from which the walk goes on."""


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    company = Company()
    yield company
    company.stop()


@pytest.fixture
def page(browser: Browser, company: Company) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=company.address)
    page.set_default_timeout(30_000)
    yield page
    page.context.close()


def cell(page: Page, column: str, row: int) -> Locator:
    return page.locator(
        f'.ag-row[row-id="{row}"] [col-id="{column}"], .ag-row[row-id="t-{row}"] [col-id="{column}"]'
    ).first


def line(company: Company, topic: str) -> tuple[int, dict[str, str]]:
    """Return a line of Start here, and its row."""
    lines = company.tab("Start here")
    return next((row, found) for row, found in enumerate(lines, start=2) if found["Topic"] == topic)


def start_here(page: Page, company: Company) -> None:
    page.goto(f"{company.sheet_address()}?tab=Start here&as={ADMIN}")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Start here")


def test_takes_an_admin_from_start_here_to_each_place_and_back_to_nothing_waiting(
    page: Page, company: Company
) -> None:
    getattr(company, "begin anew")()
    company.enter("Roster", "F3", "Europe/Berln")
    company.run("pair_people")
    company.run("check_roster")
    leading = [found["Topic"] for found in company.tab("Start here") if found["Open"]]
    assert set(leading) == {*LEADS, "Proposals"}
    for topic, tab in (*LEADS.items(), ("Proposals", "Pairings")):
        start_here(page, company)
        cell(page, "E", line(company, topic)[0]).get_by_role("link", name="Open").click()
        expect(page.get_by_role("tab", selected=True)).to_have_text(tab)
    expect(page.locator(".views")).to_contain_text("Waiting for you")
    waiting = int(line(company, "Proposals")[1]["Figure"])
    for row in range(2, 2 + waiting):
        cell(page, "C", row).dblclick()
        page.get_by_role("option", name="approve").click()
        expect(page.get_by_role("status").filter(has_text=f"C{row} saved")).to_be_visible()
    company.run("pair_people")
    company.run("check_roster")
    start_here(page, company)
    expect(cell(page, "B", line(company, "Proposals")[0])).to_have_text("None.")
    assert {p["State"] for p in company.tab("Pairings")} == {"Approved"}


def test_takes_a_participant_a_minute_from_the_mail_to_what_the_partner_gets(
    page: Page, company: Company
) -> None:
    company.begin_anew(language="English")
    partner = company.partner()
    page.goto(f"/mail/{BEN}")
    page.locator(".thread", has_text="You and").first.click()
    page.frame_locator("iframe.letter >> nth=-1").get_by_text("Write to", exact=False).first.click()
    page.get_by_label("Letter").fill("Looking forward to it!")
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile("folder=Sent"))
    page.goto(f"/mail/{partner}")
    expect(page.locator(".thread", has_text="Looking forward to it!").first).to_be_visible()


def mornings_until(company: Company, person: str, kind: str, *, most: int = 40) -> None:
    """Let days pass until somebody has a letter of a kind that they hadn't."""
    before = company.letters(person)
    for _ in range(most):
        company.wait(days=1)
        company.run("book_first_meetings")
        company.run("send_follow_ups")
        if any(letter.startswith(kind) for letter in company.letters(person)[len(before) :]):
            return
    raise AssertionError(f"no {kind} came")


def test_takes_a_tap_on_done_to_the_partners_next_mail(page: Page, company: Company) -> None:
    company.begin_anew(language="English")
    partner = company.partner()
    for row in range(4, 9):
        company.enter("Roster", f"H{row}", "English")
    mornings_until(company, BEN, "commitment-request")
    company.reply(BEN, "I will call Bo about the budget by 23 January.", to="commitment-request")
    company.run("collect_replies")
    mornings_until(company, BEN, "follow-up")
    page.goto(f"/mail/{BEN}")
    page.locator(".thread", has_text="Before you meet").first.click()
    page.frame_locator("iframe.letter >> nth=-1").get_by_role("link", name="Done", exact=True).first.click()
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile("folder=Sent"))
    company.run("collect_replies")
    mornings_until(company, partner, "follow-up")
    page.goto(f"/mail/{partner}")
    page.locator(".thread", has_text="Before you meet").first.click()
    told = page.frame_locator("iframe.letter >> nth=-1").get_by_text("Ben did it", exact=False)
    expect(told).to_contain_text("call Bo about the budget")
