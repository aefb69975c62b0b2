"""What all pages have in common, in a real browser: the frame, the clock, panels, a phone's width."""

from __future__ import annotations

import pytest
from pages_world import World
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
ADDRESSES = ("/", "/programme", "/spreadsheets", "/calendars/ada@example.com", "/mail/ada@example.com",
             "/mail/ada@example.com/compose", "/clock")  # fmt: skip


def test_leads_from_home_to_every_section(page: Page):
    page.goto("/")
    for name in ("Sheets", "Calendar", "Mail", "Clock"):
        page.get_by_role("navigation").get_by_text(name, exact=True).click()
        expect(page.locator(".side a.here")).to_contain_text(name)


def test_shows_the_applications_own_panel(page: Page):
    page.goto("/")
    page.locator(".tile", has_text="Say hello.").click()
    expect(page.get_by_text("Good morning, Peer mentoring")).to_be_visible()


def test_remembers_who_looks(page: Page):
    page.goto("/mail/grace@example.com")
    page.goto("/programme")
    expect(page.get_by_text("Good morning, Grace Hopper")).to_be_visible()


def test_keeps_who_looks_beside_frames_with_others_pages(page: Page):
    page.goto("/mail/grace@example.com")
    page.evaluate("""() => new Promise((done) => {
        const frame = document.createElement("iframe");
        frame.onload = done;
        frame.src = "/mail/ada@example.com";
        document.body.append(frame);
    })""")
    page.goto("/programme")
    expect(page.get_by_text("Good morning, Grace Hopper")).to_be_visible()


def test_leads_who_may_open_nothing_to_whoever_may(world: World, page: Page):
    world.spreadsheet([["Name"]])
    page.goto("/spreadsheets?as=grace@example.com")
    page.get_by_role("link", name="Look as").click()
    expect(page.locator(".stage .tile").first).to_be_visible()
    page.goto("/spreadsheets")
    expect(page.locator(".stage .tile").first).to_be_visible()


def test_shows_the_workspaces_time_in_one_zone_for_all(page: Page):
    page.goto("/")
    expect(page.locator(".clock-chip")).to_contain_text("Tue 3 Mar 2026, 09:20 UTC")


def test_moves_the_clock(page: Page):
    page.goto("/clock")
    page.get_by_role("button", name="+ 1 week").click()
    expect(page.locator(".clock-chip")).to_contain_text("Tue 10 Mar 2026, 09:20 UTC")


def test_sets_lets_run_and_stops_the_clock(page: Page):
    page.goto("/clock")
    page.get_by_label("Day").fill("2026-04-01")
    page.get_by_label("Time").fill("08:00")
    page.get_by_role("button", name="Stop it there").click()
    expect(page.get_by_text("Wednesday 1 April 2026")).to_be_visible()
    page.get_by_role("button", name="Let it run").click()
    expect(page.get_by_text("the clock is running")).to_be_visible()
    page.get_by_role("button", name="Stop it", exact=True).click()
    expect(page.get_by_text("the clock stands still")).to_be_visible()


@pytest.mark.parametrize("address", ADDRESSES)
def test_fits_a_phone(phone: Page, address: str):
    phone.goto(address)
    expect(phone.get_by_role("navigation")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_serves_googles_api_beside_the_pages(world: World, page: Page):
    token = world.workspace.identity.token_for("ada@example.com")
    answer = page.request.get("/gmail/v1/users/me/profile", headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["emailAddress"] == "ada@example.com"
