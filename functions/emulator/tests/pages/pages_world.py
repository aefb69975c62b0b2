"""What the browser tests share: a small company on a local Workspace, and how a program acts in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from nicegui import ui

from workspace_emulator import Front, Workspace
from workspace_emulator.pages import Visit
from workspace_emulator.pages.desk import Desk, part
from workspace_emulator.pages.messages import raw

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

    def spreadsheet(
        self, rows: list[list[Any]], *requests: dict[str, Any], shared_with: str = "ada", role: str = "writer"
    ) -> str:
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
        permission = {"type": "user", "role": role, "emailAddress": f"{shared_with}@example.com"}
        desk.post(f"/drive/v3/files/{spreadsheet_id}/permissions", permission, sendNotificationEmail=False)
        return spreadsheet_id

    def cell(self, spreadsheet_id: str, cell: str) -> Any:
        path = f"/v4/spreadsheets/{spreadsheet_id}/values/{part(f'Roster!{cell}')}"
        values = self.desk("mentoring").get(path, valueRenderOption="UNFORMATTED_VALUE").get("values", [[]])
        return values[0][0] if values and values[0] else ""


def greeting(visit: Visit) -> None:
    ui.label(f"Good morning, {visit.name}")
