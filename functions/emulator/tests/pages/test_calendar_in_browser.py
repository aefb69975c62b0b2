"""The participant's way through the calendar, in a real browser."""

from __future__ import annotations

import re

import pytest
from pages_world import World
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def meeting(page: Page, state: str = "") -> Locator:
    return page.locator(f".day .event{state}", has_text="Mentoring")


def open_meeting(page: Page, name: str = "ada") -> Locator:
    page.goto(f"/calendars/{name}@example.com")
    meeting(page).click()
    return page.get_by_role("dialog")


def test_shows_the_week_with_partner_and_time(world: World, page: Page):
    world.invite("ada", "grace")
    page.goto("/calendars/ada@example.com")
    expect(page.get_by_text("2 – 8 March 2026")).to_be_visible()
    expect(meeting(page, ".needsAction")).to_contain_text("10:00 – 10:45")
    expect(meeting(page)).to_contain_text("Grace Hopper")


def test_shows_the_description_without_running_it(world: World, page: Page):
    world.invite("ada", "grace")
    dialog = open_meeting(page)
    expect(dialog.get_by_text("ground rules")).to_be_visible()
    expect(page).not_to_have_title("broken in")


@pytest.mark.parametrize(
    ("words", "state"), [("Yes", "accepted"), ("No", "declined"), ("Maybe", "tentative")]
)
def test_takes_an_answer_to_the_organiser(world: World, page: Page, words: str, state: str):
    event = world.invite("ada", "grace")
    open_meeting(page).get_by_role("button", name=words, exact=True).click()
    expect(meeting(page, f".{state}")).to_be_visible()
    assert world.answers(event["id"]) == {"ada": state, "grace": "needsAction"}


def test_takes_a_note_with_the_answer(world: World, page: Page):
    event = world.invite("ada", "grace")
    dialog = open_meeting(page)
    dialog.get_by_label("Add a note for the others").fill("Travelling that day")
    dialog.get_by_role("button", name="No", exact=True).click()
    expect(meeting(page, ".declined")).to_be_visible()
    guests = world.desk("mentoring").get(f"/calendar/v3/calendars/primary/events/{event['id']}")["attendees"]
    assert [g.get("comment") for g in guests if g["email"] == "ada@example.com"] == ["Travelling that day"]


def test_moves_a_meeting_that_guests_may_move(world: World, page: Page):
    event = world.invite("ada", "grace", guestsCanModify=True)
    open_meeting(page).get_by_text("Move", exact=True).click()
    page.get_by_label("Day").fill("2026-03-05")
    page.get_by_label("Begins").fill("14:30")
    page.get_by_role("button", name="Move it").click()
    expect(meeting(page)).to_contain_text("14:30 – 15:15")
    moved = world.desk("mentoring").get(f"/calendar/v3/calendars/primary/events/{event['id']}")
    assert moved["start"]["dateTime"].startswith("2026-03-05T1")


def test_lets_only_the_organiser_move_other_meetings(world: World, page: Page):
    world.invite("ada", "grace")
    dialog = open_meeting(page)
    expect(dialog.get_by_text("Going?")).to_be_visible()
    expect(dialog.get_by_text("Move", exact=True)).to_have_count(0)


def test_cancels_for_everybody_as_the_organiser(world: World, page: Page):
    world.invite("ada", "grace")
    open_meeting(page, "mentoring").get_by_role("button", name="Cancel the event").click()
    expect(meeting(page)).to_have_count(0)
    page.goto("/calendars/grace@example.com")
    expect(page.locator(".week-head")).to_be_visible()
    expect(meeting(page)).to_have_count(0)


def test_turns_weeks_and_comes_back_to_today(page: Page):
    page.goto("/calendars/ada@example.com")
    page.get_by_role("button", name="Next week").click()
    expect(page.get_by_text("9 – 15 March 2026")).to_be_visible()
    page.get_by_role("button", name="Previous week").click()
    page.get_by_role("button", name="Previous week").click()
    expect(page.get_by_text("23 Feb – 1 Mar 2026")).to_be_visible()
    page.get_by_role("button", name="Today").click()
    expect(page.locator(".week-head .today")).to_contain_text("3")


def test_shows_an_invitation_that_arrives_while_somebody_looks(world: World, page: Page):
    page.goto("/calendars/ada@example.com")
    expect(page.locator(".week-head")).to_be_visible()
    world.invite("ada", "grace")
    expect(meeting(page)).to_be_visible()


def test_fills_a_new_event_in_from_a_link(page: Page):
    page.goto(
        "/calendars/ada@example.com?new=1&text=Next%20talk&add=grace@example.com"
        "&dates=20260305T130000Z/20260305T134500Z&details=Bring%20one%20question"
    )
    expect(page.get_by_label("Title")).to_have_value("Next talk")
    expect(page.get_by_label("Begins")).to_have_value("14:00")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".day .event", has_text="Next talk")).to_contain_text("14:00 – 14:45")
    page.goto("/calendars/grace@example.com")
    expect(page.locator(".day .event.needsAction", has_text="Next talk")).to_be_visible()


def test_is_operated_by_keyboard(world: World, page: Page):
    world.invite("ada", "grace")
    page.goto("/calendars/ada@example.com")
    meeting(page).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_lists_the_week_on_a_phone(world: World, phone: Page):
    world.invite("ada", "grace")
    phone.goto("/calendars/ada@example.com")
    entry = phone.locator(".agenda .event", has_text="Mentoring")
    expect(entry).to_contain_text("10:00 – 10:45")
    entry.click()
    phone.get_by_role("button", name="Yes", exact=True).click()
    expect(phone.locator(".agenda .event.accepted")).to_be_visible()


def test_says_which_time_zone_the_hours_are_in(page: Page):
    page.goto("/calendars/ada@example.com")
    expect(page.locator(".week-head")).to_contain_text(re.compile(r"GMT\+01"))
