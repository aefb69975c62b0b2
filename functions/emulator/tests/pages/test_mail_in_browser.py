"""The participant's way through the mailbox, in a real browser."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

import pytest
from pages_world import World
from playwright.sync_api import Page, expect

from workspace_emulator.pages.messages import raw

pytestmark = pytest.mark.browser
MAILTO = "mailto:mentoring+fu.1@example.com?subject=Re%3A%20Your%20commitments&body=1%3A%20kept%0A"


def letter(subject: str = "Your commitments", *, to: str = "Ada Lovelace <ada@example.com>") -> bytes:
    message = EmailMessage()
    message["From"] = "Peer mentoring <mentoring@example.com>"
    message["To"] = to
    message["Subject"] = subject
    message.set_content("How did it go?\n")
    message.add_alternative(
        f"<h2>How did it go?</h2><img src='https://elsewhere.example/pixel.gif'><p><a href='{MAILTO}'>I kept it</a></p>"
        "<script>parent.document.title = 'broken in'</script>",
        subtype="html",
    )
    return message.as_bytes()


def inbox(world: World, name: str, query: str = "in:inbox") -> list[dict[str, Any]]:
    desk = world.desk(name)
    found = desk.get("/gmail/v1/users/me/messages", q=query).get("messages", [])
    return [desk.get(f"/gmail/v1/users/me/messages/{m['id']}", format="full") for m in found]


def headers(message: dict[str, Any]) -> dict[str, str]:
    return {h["name"].lower(): h["value"] for h in message["payload"]["headers"]}


def test_shows_an_unread_letter_and_marks_it_read_when_opened(world: World, page: Page):
    world.send(letter())
    page.goto("/mail/ada@example.com")
    row = page.locator(".thread.unread", has_text="Your commitments")
    row.click()
    expect(page.get_by_role("heading", name="Your commitments")).to_be_visible()
    expect(page.locator(".thread.unread")).to_have_count(0)
    assert inbox(world, "ada", "is:unread") == []


def test_shows_a_formatted_letter_without_running_or_fetching_anything(world: World, page: Page):
    world.send(letter())
    page.goto("/mail/ada@example.com")
    page.locator(".thread").click()
    expect(page.frame_locator("iframe.letter").get_by_role("heading", name="How did it go?")).to_be_visible()
    expect(page).not_to_have_title("broken in")


def test_shows_the_plain_text_of_a_letter_on_request(world: World, page: Page):
    world.send(letter())
    page.goto("/mail/ada@example.com")
    page.locator(".thread").click()
    page.get_by_role("button", name="Plain text").click()
    expect(page.locator("pre.plain")).to_have_text("How did it go?")


def test_opens_a_filled_in_letter_for_a_button_that_writes_mail(world: World, page: Page):
    world.send(letter())
    page.goto("/mail/ada@example.com")
    page.locator(".thread").click()
    page.frame_locator("iframe.letter").get_by_role("link", name="I kept it").click()
    expect(page.get_by_label("To")).to_have_value("mentoring+fu.1@example.com")
    expect(page.get_by_label("Letter", exact=True)).to_have_value("1: kept\n")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".thread", has_text="Re: Your commitments")).to_be_visible()
    arrived = headers(inbox(world, "mentoring", "from:ada@example.com")[0])
    assert (arrived["to"], arrived["subject"]) == ("mentoring+fu.1@example.com", "Re: Your commitments")


def test_answers_in_the_thread_with_the_letter_quoted(world: World, page: Page):
    sent = world.send(letter())
    page.goto("/mail/ada@example.com")
    page.locator(".thread").click()
    page.get_by_label("Reply to Peer mentoring").fill("1: kept\nIt went well.")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".sender")).to_have_text(["Peer mentoring", "Ada Lovelace"])
    answer = inbox(world, "mentoring", "from:ada@example.com")[0]
    original = world.desk("mentoring").get(f"/gmail/v1/users/me/messages/{sent['id']}", format="metadata")
    assert answer["threadId"] == sent["threadId"]
    assert headers(answer)["in-reply-to"] == headers(original)["message-id"]
    assert re.search(r"It went well\. On Tue, Mar 3, 2026 at 10:20", answer["snippet"])


def test_shows_a_letter_that_arrives_while_somebody_looks(world: World, page: Page):
    page.goto("/mail/ada@example.com")
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    world.send(letter("Just in"))
    expect(page.locator(".thread.unread", has_text="Just in")).to_be_visible()


def test_keeps_a_reply_being_written_while_another_letter_arrives(world: World, page: Page):
    world.send(letter())
    page.goto("/mail/ada@example.com")
    page.locator(".thread").click()
    page.get_by_label("Reply to Peer mentoring").fill("half a thought")
    world.send(letter("Another"))
    expect(page.locator(".thread", has_text="Another")).to_be_visible()
    expect(page.get_by_label("Reply to Peer mentoring")).to_have_value("half a thought")


def test_answers_an_invitation_above_its_letter(world: World, page: Page):
    event = world.invite("ada", "grace")
    page.goto("/mail/ada@example.com")
    page.locator(".thread", has_text="Invitation").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("button", name="Yes", pressed=True)).to_be_visible()
    assert world.answers(event["id"]) == {"ada": "accepted", "grace": "needsAction"}


def test_moves_a_thread_to_the_bin(world: World, page: Page):
    world.send(letter())
    page.goto("/mail/ada@example.com")
    page.locator(".thread").click()
    page.get_by_role("button", name="Move to the bin").click()
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    page.get_by_role("button", name="Bin", exact=True).click()
    expect(page.locator(".thread", has_text="Your commitments")).to_be_visible()


def test_shows_a_draft_without_offering_to_answer_it(world: World, page: Page):
    world.desk("ada").post("/gmail/v1/users/me/drafts", {"message": {"raw": raw(letter("Not sent yet"))}})
    page.goto("/mail/ada@example.com?folder=Drafts")
    page.locator(".thread", has_text="Not sent yet").click()
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    expect(page.get_by_role("button", name="Send reply")).to_have_count(0)


def test_says_so_when_a_thread_is_gone(page: Page):
    page.goto("/mail/ada@example.com?thread=0000000000000000")
    expect(page.get_by_text("Requested entity was not found.")).to_be_visible()


def test_turns_pages_of_a_full_mailbox(world: World, page: Page):
    for number in range(45):
        world.send(letter(f"Letter {number}"))
    page.goto("/mail/ada@example.com")
    expect(page.locator(".thread")).to_have_count(40)
    page.get_by_role("button", name="Older").click()
    expect(page.locator(".thread")).to_have_count(5)
    page.get_by_role("button", name="Newer").click()
    expect(page.locator(".thread")).to_have_count(40)


def test_finds_letters_by_gmails_operators(world: World, page: Page):
    world.send(letter("Tea at four"))
    world.send(letter("Minutes"))
    page.goto("/mail/ada@example.com")
    page.get_by_label("Search mail").fill("subject:tea")
    page.get_by_label("Search mail").press("Enter")
    expect(page.locator(".thread")).to_have_count(1)


def test_changes_to_another_persons_mailbox(world: World, page: Page):
    world.send(letter("For Grace", to="grace@example.com"))
    page.goto("/mail/ada@example.com")
    page.get_by_label("You look as").fill("Grace")
    page.get_by_role("option", name="Grace Hopper").click()
    expect(page).to_have_url(re.compile("/mail/grace@example.com"))
    expect(page.locator(".thread", has_text="For Grace")).to_be_visible()


def test_reads_a_thread_on_a_phone_and_goes_back(world: World, phone: Page):
    world.send(letter())
    phone.goto("/mail/ada@example.com")
    phone.locator(".thread").click()
    expect(phone.locator(".thread")).to_be_hidden()
    phone.get_by_role("button", name="Back to the list").click()
    expect(phone.locator(".thread")).to_be_visible()
