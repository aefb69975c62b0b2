"""One sitting in the demo, in a real Chromium: the People team corrects the roster, a participant answers a letter."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from babel.messages.pofile import read_po
from playwright.sync_api import Error, Locator, Page, expect

from peerpact.demo.play import FIRST_DAY
from peerpact.programme import languages
from peerpact.programme.pairings import add_months

ADMIN = "people.team@example.com"
MAILBOX = "mentoring@example.com"
PLAYED_UNTIL = add_months(FIRST_DAY, 2).isoformat()

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Desk:
    """What the Workspace's API shows to somebody, to know what the page ought to show."""

    address: str
    user: str

    def get(self, path: str, **params: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer local:{self.user}"}
        answer = requests.get(f"{self.address}{path}", params=params, headers=headers, timeout=20)
        answer.raise_for_status()
        return dict(answer.json())

    def spreadsheet(self, title: str) -> str:
        files = self.get("/drive/v3/files", q=f"name contains '{title}'")["files"]
        return str(files[0]["id"])

    def rows(self, spreadsheet: str, tab: str) -> list[dict[str, str]]:
        header, *rows = self.get(f"/v4/spreadsheets/{spreadsheet}/values/{tab}")["values"]
        return [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in rows]


def run(page: Page, job: str) -> None:
    page.goto("/")
    card = page.locator(".sheet-card", has=page.get_by_text(job, exact=True))
    card.get_by_role("button", name="Run").click()
    expect(card.get_by_text("Done:", exact=False)).to_be_visible()


def cell(page: Page, column: str, row: int) -> Locator:
    return page.locator(
        f'.ag-row[row-id="{row}"] [col-id="{column}"], .ag-row[row-id="t-{row}"] [col-id="{column}"]'
    )


def commitments_kept(mailbox: Desk) -> int:
    return sum(row["Outcome"] == "kept" for row in mailbox.rows(mailbox.spreadsheet("ledger"), "Commitments"))


def tiles(page: Page) -> dict[str, tuple[str, str]]:
    """Return what the demo's page shows at a glance: by topic a figure and a sentence."""
    page.goto(f"/?as={ADMIN}")
    expect(page.locator(".tile").first).to_be_visible()
    shown = [tile.inner_text().split("\n") for tile in page.locator(".tile").all()]
    return {topic: (figure.removesuffix(" %"), words) for figure, topic, words in shown}


def test_takes_the_people_team_and_a_participant_through_one_sitting(page: Page, address: str) -> None:
    admin = Desk(address, ADMIN)
    programme = admin.spreadsheet("Peer mentoring")
    _breaks_and_mends_a_time_zone(page, admin, programme)
    _answers_a_letter(page, Desk(address, MAILBOX), admin, programme)
    _finds_the_same_figures_on_the_page_and_in_the_spreadsheet(page, admin, programme)


def _breaks_and_mends_a_time_zone(page: Page, admin: Desk, programme: str) -> None:
    """The grid is edited, check_roster runs, and Problems says what is wrong and where."""
    first = admin.rows(programme, "Roster")[0]
    column = chr(ord("A") + list(first).index("Time zone"))
    for words, problems in (("Mars/Olympus", 1), (first["Time zone"], 0)):
        page.goto(f"/spreadsheets/{programme}?tab=Roster&as={ADMIN}")
        editor = page.locator(".ag-cell-inline-editing input")
        for _ in range(5):  # a click is lost while the grid is drawn anew
            cell(page, column, 2).dblclick()
            with suppress(Error):
                editor.wait_for(timeout=4_000)
                break
        editor.fill(words)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text=f"{column}2 saved")).to_be_visible()
        run(page, "check_roster")
        page.goto(f"/spreadsheets/{programme}?tab=Problems&as={ADMIN}")
        expect(cell(page, "A", 1)).to_be_visible()
        expect(page.locator(".ag-cell", has_text="Mars/Olympus")).to_have_count(problems)


def _answers_a_letter(page: Page, mailbox: Desk, admin: Desk, programme: str) -> None:
    """The answer is acknowledged in the participant's mailbox; what was published of commitments stays as it was."""
    promise = _a_promise_not_kept(mailbox)
    kept, shown = commitments_kept(mailbox), figures(admin, programme, "Kept so far")
    page.goto(f"/mail/{promise.person}")
    page.locator(".thread").nth(promise.place).click()
    page.get_by_label("Reply to Peer mentoring").fill(f"{promise.number} done")
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator(".sender").last).to_have_text(promise.name)
    run(page, "collect_replies")
    assert commitments_kept(mailbox) == kept + 1

    page.goto(f"/mail/{promise.person}")
    page.locator(".thread", has_text="Peer mentoring").first.click()
    letter = page.frame_locator("iframe.letter >> nth=-1")
    kept_in_their_words = "|".join(translated("done"))
    expect(
        letter.locator("td").get_by_text(re.compile(f"{re.escape(promise.text)}: ({kept_in_their_words})"))
    ).to_be_visible()

    run(page, "send_follow_ups")
    run(page, "report")
    assert figures(admin, programme, "Kept so far") == shown


def _finds_the_same_figures_on_the_page_and_in_the_spreadsheet(
    page: Page, admin: Desk, programme: str
) -> None:
    lines = {
        row["Topic"]: (row["Figure"] or "–", row["In words"]) for row in admin.rows(programme, "Start here")
    }
    shown = tiles(page)
    assert len(shown) == 8
    assert {topic: lines[topic] for topic in shown if topic != "Today"} == {
        topic: said for topic, said in shown.items() if topic != "Today"
    }
    page.get_by_role("link", name="Meetings").click()
    expect(page.get_by_role("tab", selected=True)).to_have_text("Overview")


def translated(words: str) -> list[str]:
    """Return how our words are in each language's letters."""
    found = [words]
    for path in sorted(languages.FOLDER.glob("*/letters.po")):
        with path.open("rb") as source:
            found += [str(m.string) for m in read_po(source) if m.id == words]
    return found


def figures(admin: Desk, programme: str, name: str) -> list[str]:
    return [row[name] for row in admin.rows(programme, "Overview")]


@dataclass(frozen=True)
class Promise:
    """A commitment past its day that is not kept, and where the letter that asked about it is in an inbox."""

    person: str
    name: str
    text: str
    number: int
    place: int


def _a_promise_not_kept(mailbox: Desk) -> Promise:
    ledger = mailbox.spreadsheet("ledger")
    open_ones = {
        row["Commitment"]: row["Text"]
        for row in mailbox.rows(ledger, "Commitments")
        if row["Outcome"] in {"partly", "not yet"} and row["Due"] <= PLAYED_UNTIL
    }
    for letter in mailbox.rows(ledger, "Letters"):
        for number, commitment in enumerate(letter["About"].split(", "), 1):
            if letter["Kind"] == "follow-up" and commitment in open_ones:
                person = Desk(mailbox.address, letter["Person"])
                place, name = _place_in_inbox(person, letter["Letter"])
                return Promise(letter["Person"], name, open_ones[commitment], number, place)
    raise AssertionError("everybody has kept everything")


def _place_in_inbox(person: Desk, key: str) -> tuple[int, str]:
    gmail = "/gmail/v1/users/me"
    for place, thread in enumerate(person.get(f"{gmail}/threads", q="in:inbox")["threads"]):
        for message in person.get(f"{gmail}/threads/{thread['id']}", format="metadata")["messages"]:
            headers = {h["name"]: h["value"] for h in message["payload"]["headers"]}
            if headers.get("X-Peerpact") == key:
                return place, headers["To"].partition(" <")[0]
    raise AssertionError(f"{key} is not in the inbox")
