"""A small company on a local Workspace, served once, and a real Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from nicegui import ui
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from workspace_emulator.clock import Clock
from workspace_emulator.front import Front
from workspace_emulator.pages import Pages, Panel, Visit, start
from workspace_emulator.pages.desk import Desk, part
from workspace_emulator.pages.messages import raw
from workspace_emulator.workspace import User, Workspace

TUESDAY = datetime(2026, 3, 3, 9, 20, tzinfo=UTC)
PEOPLE = {
    "mentoring": "Peer mentoring",
    "ada": "Ada Lovelace",
    "grace": "Grace Hopper",
    "alan": "Alan Turing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is being served, and ways to act in it as a program would: by Google's API."""

    workspace: Workspace
    front: Front
    address: str

    def desk(self, name: str) -> Desk:
        return Desk(self.front, f"{name}@example.com")

    def send(self, content: bytes, sender: str = "mentoring") -> dict[str, Any]:
        sent: dict[str, Any] = self.desk(sender).post(
            "/gmail/v1/users/me/messages/send", {"raw": raw(content)}
        )
        return sent

    def invite(self, *guests: str, **more: Any) -> dict[str, Any]:
        """Book a meeting of the mentoring mailbox on Wednesday at ten in Berlin, unless told otherwise."""
        body = {
            "summary": "Mentoring: Ada and Grace",
            "description": "<p>Four <b>ground rules</b></p><script>document.title = 'broken in'</script>",
            "start": {"dateTime": "2026-03-04T10:00:00+01:00"},
            "end": {"dateTime": "2026-03-04T10:45:00+01:00"},
            "attendees": [{"email": f"{guest}@example.com"} for guest in guests],
        }
        path = "/calendar/v3/calendars/primary/events"
        event: dict[str, Any] = self.desk("mentoring").post(path, body | more, sendUpdates="all")
        return event

    def answers(self, event_id: str) -> dict[str, str]:
        event = self.desk("mentoring").get(f"/calendar/v3/calendars/primary/events/{event_id}")
        return {guest["email"].partition("@")[0]: guest["responseStatus"] for guest in event["attendees"]}

    def spreadsheet(self, rows: list[list[Any]], *requests: dict[str, Any], shared_with: str = "ada") -> str:
        """Create a spreadsheet with one tab, Roster (sheet 7), and share it; return its id."""
        desk = self.desk("mentoring")
        grid = {"rowCount": max(50, len(rows) + 10), "columnCount": 8, "frozenRowCount": 1}
        sheet = {"properties": {"sheetId": 7, "title": "Roster", "gridProperties": grid}}
        body = {"properties": {"title": "Mentoring programme"}, "sheets": [sheet]}
        spreadsheet_id: str = desk.post("/v4/spreadsheets", body)["spreadsheetId"]
        path = f"/v4/spreadsheets/{spreadsheet_id}"
        desk.put(f"{path}/values/{part('Roster!A1')}", {"values": rows}, valueInputOption="USER_ENTERED")
        if requests:
            desk.post(f"{path}:batchUpdate", {"requests": list(requests)})
        permission = {"type": "user", "role": "writer", "emailAddress": f"{shared_with}@example.com"}
        desk.post(f"/drive/v3/files/{spreadsheet_id}/permissions", permission, sendNotificationEmail=False)
        return spreadsheet_id

    def cell(self, spreadsheet_id: str, cell: str) -> Any:
        path = f"/v4/spreadsheets/{spreadsheet_id}/values/{part(f'Roster!{cell}')}"
        values = self.desk("mentoring").get(path, valueRenderOption="UNFORMATTED_VALUE").get("values", [[]])
        return values[0][0] if values and values[0] else ""


def greeting(visit: Visit) -> None:
    ui.label(f"Good morning, {visit.name}")


@pytest.fixture(scope="session")
def served() -> Iterator[World]:
    workspace = Workspace(clock=Clock(TUESDAY))
    for address, name in PEOPLE.items():
        workspace.add_user(User(email=f"{address}@example.com", name=name, time_zone="Europe/Berlin"))
    front = Front(workspace)
    panel = Panel(title="Programme", icon="groups", path="/programme", build=greeting, summary="Say hello.")
    serving = start(Pages(workspace=workspace, front=front, title="Example company", panels=(panel,)))
    yield World(workspace=workspace, front=front, address=serving.address)
    serving.stop()


@pytest.fixture
def world(served: World) -> Iterator[World]:
    """Give each test the company as it was on the first morning."""
    before = served.workspace.store.snapshot()
    served.workspace.clock.set(TUESDAY)
    yield served
    served.workspace.store.restore(before)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine; in CI this would be a failure")
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()


Visitor = Callable[..., Page]


@pytest.fixture
def page(browser: Browser, world: World) -> Iterator[Page]:
    """Return a desktop's page; the test fails if it asked any other host or if a script failed."""
    with _watched(browser, world, width=1280, height=800) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, world: World) -> Iterator[Page]:
    """Return a phone's page, watched likewise."""
    with _watched(browser, world, width=390, height=844) as page:
        yield page


@contextmanager
def _watched(browser: Browser, world: World, *, width: int, height: int) -> Iterator[Page]:
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, base_url=world.address, timezone_id="Europe/Berlin")
    page = context.new_page()
    page.set_default_timeout(10_000)
    asked: list[str] = []
    failed: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    here = (world.address, "data:", "blob:", "about:", world.address.replace("http", "ws"))
    assert [url for url in asked if not url.startswith(here)] == []
    assert failed == []
