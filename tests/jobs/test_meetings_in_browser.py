"""What people do with a first meeting, done by hand in the calendar's page; the jobs follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from served import BEN, Company

pytestmark = pytest.mark.browser
MAILBOX = "mentoring@example.com"


@pytest.fixture(scope="module")
def served() -> Iterator[Company]:
    company = Company()
    yield company
    company.stop()


@pytest.fixture
def company(served: Company) -> Company:
    served.begin_anew()
    return served


@pytest.fixture
def page(browser: Browser, company: Company) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, base_url=company.address, timezone_id="Europe/Berlin"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def meeting(page: Page, person: str) -> Locator:
    """Turn to the week of the first meeting in somebody's calendar and return it."""
    page.goto(f"/calendars/{person}")
    expect(page.locator(".week-head")).to_be_visible()
    page.get_by_role("button", name="Next week").click()
    return page.locator(".day .event", has_text="Peer mentoring")


def answer(page: Page, person: str, words: str, note: str = "") -> None:
    meeting(page, person).click()
    dialog = page.get_by_role("dialog")
    if note:
        dialog.get_by_label("Add a note for the others").fill(note)
    dialog.get_by_role("button", name=words, exact=True).click()
    state = {"Yes": "accepted", "No": "declined", "Maybe": "tentative"}[words]
    expect(page.locator(f".day .event.{state}")).to_be_visible()


def test_sees_both_accept(company: Company, page: Page) -> None:
    for person in (BEN, company.partner()):
        answer(page, person, "Yes")
    company.run("book_first_meetings")
    assert company.row()["Meeting state"] == "accepted"


def test_sees_that_one_may_come(company: Company, page: Page) -> None:
    answer(page, BEN, "Maybe")
    company.run("book_first_meetings")
    assert "Ben Berg: maybe" in company.row()["Answers"]


def test_offers_another_slot_to_one_who_declines_with_a_note_and_then_asks_them_to_pick(
    company: Company, page: Page
) -> None:
    first = company.row()["First meeting"]
    answer(page, BEN, "No", note="At the dentist's")
    company.run("book_first_meetings")
    assert company.row()["First meeting"] != first
    assert "dentist" not in str(company.tab("Pairings"))

    expect(meeting(page, company.partner())).to_be_visible()
    company.wait(hours=1)
    answer(page, BEN, "No")
    company.run("book_first_meetings")
    assert company.row()["Meeting state"] == "asked to pick"
    page.goto(f"/mail/{BEN}")
    expect(page.get_by_text("Findet einen Termin", exact=False).first).to_be_visible()
    company.run("book_first_meetings")
    assert company.row()["Meetings so far"].endswith("asked to pick")


def test_offers_another_slot_also_when_the_other_had_accepted(company: Company, page: Page) -> None:
    first = company.row()["First meeting"]
    answer(page, company.partner(), "Yes")
    answer(page, BEN, "No")
    company.run("book_first_meetings")
    assert company.row()["Meeting state"] == "invited"
    assert company.row()["First meeting"] != first


def test_follows_a_guest_who_moves_the_meeting(company: Company, page: Page) -> None:
    meeting(page, BEN).click()
    page.get_by_role("dialog").get_by_text("Move", exact=True).click()
    page.get_by_label("Day").fill("2026-01-15")
    page.get_by_label("Begins").fill("14:30")
    page.get_by_role("button", name="Move it").click()
    expect(meeting(page, BEN)).to_contain_text("14:30")
    company.run("book_first_meetings")
    assert company.row()["Meeting state"] == "moved"
    assert company.row()["First meeting"] == "2026-01-15 13:30"


def test_leaves_a_meeting_cancelled_that_the_organiser_cancels(company: Company, page: Page) -> None:
    meeting(page, MAILBOX).filter(has_text="Ben").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the event").click()
    expect(meeting(page, MAILBOX).filter(has_text="Ben")).to_have_count(0)
    company.run("book_first_meetings")
    company.run("book_first_meetings")
    assert company.row()["Meetings so far"].endswith("cancelled")
    page.goto(f"/calendars/{BEN}")
    expect(meeting(page, BEN)).to_have_count(0)


def test_cancels_the_meeting_of_somebody_who_leaves_and_writes_kindly(company: Company, page: Page) -> None:
    gone = company.partner()
    company.leave(gone)
    company.run("pair_people")
    company.run("book_first_meetings")
    expect(meeting(page, gone)).to_have_count(0)
    page.goto(f"/mail/{BEN}")
    expect(page.get_by_text("Dein Tandem", exact=False).first).to_be_visible()


def test_offers_a_new_meeting_to_one_who_writes_that_they_have_not_met(company: Company, page: Page) -> None:
    company.wait(days=8)
    company.run("book_first_meetings")
    company.run("send_follow_ups")
    page.goto(f"/mail/{BEN}")
    page.locator(".thread").first.click()  # the newest: it asks for a commitment
    page.get_by_label("Reply to Peer mentoring").fill("Wir haben uns noch nicht getroffen.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".sender").last).to_have_text("Ben Berg")
    company.run("collect_replies")
    company.run("book_first_meetings")
    assert company.row()["Meeting state"] == "invited"
    assert len(company.events(BEN)) == 2
