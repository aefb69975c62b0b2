"""The visitor's way through the demo's page, in a real Chromium: as the People team and as a participant."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect


def card(page: Page, job: str) -> object:
    return page.locator(".sheet-card", has=page.get_by_text(job, exact=True))


@pytest.mark.browser
def test_shows_the_programme_at_a_glance(page: Page) -> None:
    page.goto("/")
    for topic in (
        "Proposals",
        "Requests",
        "Problems",
        "Taking part",
        "Pairings",
        "Meetings",
        "Follow-through",
    ):
        expect(page.locator(".tile", has=page.get_by_text(topic, exact=True))).to_be_visible()
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


@pytest.mark.browser
def test_says_what_the_next_thing_was(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Jump to the next thing").click()
    told = page.get_by_text(
        re.compile(r"UTC\. ([A-Z]\w+ .* (answered|accepted|declined|moved) |[a-z_]+: .*\. Open \w)")
    )
    expect(told.first).to_be_visible(timeout=60_000)


@pytest.mark.browser
def test_says_why_these_two_and_who_else_it_could_have_been(page: Page) -> None:
    page.goto("/")
    why = card(page, "Why these two?")
    why.get_by_label("Whose partner").first.click()  # type: ignore[attr-defined]
    page.get_by_role("option").first.click()
    expect(why.get_by_text(re.compile(r"^Round \d+, as it is:"))).to_be_visible(timeout=60_000)  # type: ignore[attr-defined]
    expect(why.get_by_text(re.compile(r"^1\. .* points|^1\. .* the same"))).to_be_visible()  # type: ignore[attr-defined]
