"""One person's Calendar in the words of the tests, and events to put on it."""

from __future__ import annotations

from typing import Any

import requests

from workspace_emulator.clients import client


def event(start: str = "2026-03-03T10:00:00Z", end: str = "2026-03-03T10:45:00Z", **more: Any) -> Any:
    return {
        "summary": "First meeting",
        "start": {"dateTime": start},
        "end": {"dateTime": end},
        **more,
    }


def series(rule: str, start: str, end: str) -> Any:
    """Return an event that repeats, in UTC."""
    made = event(start, end, recurrence=[rule])
    made["start"]["timeZone"] = made["end"]["timeZone"] = "UTC"
    return made


def guests(*addresses: str) -> list[dict[str, str]]:
    return [{"email": a} for a in addresses]


class Diary:
    """Every act is a call of the API as that person, on the primary calendar."""

    def __init__(self, session: requests.Session) -> None:
        self.api = client("calendar", "v3", session)
        self.events = self.api.events()
        self._users = client("gmail", "v1", session).users()

    def insert(self, body: Any, **options: Any) -> Any:
        return self.events.insert(calendarId="primary", body=body, **options).execute()

    def get(self, event_id: str) -> Any:
        return self.events.get(calendarId="primary", eventId=event_id).execute()

    def patch(self, event_id: str, body: Any, **options: Any) -> Any:
        return self.events.patch(calendarId="primary", eventId=event_id, body=body, **options).execute()

    def update(self, event_id: str, body: Any, **options: Any) -> Any:
        return self.events.update(calendarId="primary", eventId=event_id, body=body, **options).execute()

    def delete(self, event_id: str, **options: Any) -> None:
        self.events.delete(calendarId="primary", eventId=event_id, **options).execute()

    def list(self, **options: Any) -> Any:
        return self.events.list(calendarId="primary", **options).execute()

    def ids(self, **options: Any) -> list[str]:
        return [e["id"] for e in self.list(**options)["items"]]

    def answer(self, event_id: str, address: str, status: str, comment: str = "", **options: Any) -> Any:
        said = {"comment": comment} if comment else {}
        mine = {"email": address, "responseStatus": status, **said}
        return self.patch(event_id, {"attendees": [mine]}, **options)

    def busy(self, *ids: str, **more: Any) -> Any:
        body = {
            "timeMin": "2026-03-03T00:00:00Z",
            "timeMax": "2026-03-04T00:00:00Z",
            "items": [{"id": i} for i in ids],
            **more,
        }
        return self.api.freebusy().query(body=body).execute()["calendars"]

    def mail(self) -> list[str]:
        """Return the subjects of the mails that came, oldest first."""
        found = self._users.messages().list(userId="me", q="in:inbox").execute().get("messages", [])
        return [self.mail_header(m["id"], "Subject") for m in reversed(found)]

    def last_mail(self) -> Any:
        found = self._users.messages().list(userId="me", q="in:inbox").execute()["messages"]
        return self._users.messages().get(userId="me", id=found[0]["id"]).execute()

    def mail_header(self, message_id: str, name: str) -> str:
        message = self._users.messages().get(userId="me", id=message_id).execute()
        return next(h["value"] for h in message["payload"]["headers"] if h["name"] == name)
