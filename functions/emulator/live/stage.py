"""Where the checks are played: two people with clients, things that bear a mark, and nothing left behind.

The same stage is set on a local Workspace and on a staging domain of Google's; only its sessions, its patience and who
does by hand what no API can do are others.
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import requests
from googleapiclient.errors import HttpError

from workspace_emulator.clients import client

MARK = "livetest"
"""The first word of every title, subject and address that is made: what bears it is taken away."""

SCOPES = (
    "https://mail.google.com/",
    "https://www.googleapis.com/auth/admin.directory.group",
    "https://www.googleapis.com/auth/admin.directory.user.readonly",
    "https://www.googleapis.com/auth/calendar",
    "https://www.googleapis.com/auth/drive",
    "https://www.googleapis.com/auth/gmail.settings.basic",
    "https://www.googleapis.com/auth/spreadsheets",
)

Sessions = Callable[[str, Sequence[str]], requests.Session]


class NotTried(Exception):  # noqa: N818 - no error: the reason why a check was left out
    """A check can't be played here; the reason is a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How Google refused."""

    status: int
    message: str

    def __str__(self) -> str:
        return f"{self.status} {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One performance. ``run`` tells this run's things from another's; ``send_by_hand`` sends somebody's draft."""

    ada: str
    ben: str
    run: str
    now: datetime
    sessions: Sessions
    send_by_hand: Callable[[str, str], None]
    patience: int = 0
    """Seconds to wait for what Google does in its own time."""
    _clients: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def api(self, name: str, person: str = "", scopes: Sequence[str] = SCOPES) -> Any:
        """Return a client such as ``api("gmail")``, Ada's unless another person is named."""
        versions = {"sheets": "v4", "drive": "v3", "calendar": "v3", "gmail": "v1", "admin": "directory_v1"}
        key = (name, person or self.ada, *scopes)
        if key not in self._clients:
            self._clients[key] = client(name, versions[name], self.sessions(key[1], scopes))
        return self._clients[key]

    def title(self, words: str) -> str:
        return f"{MARK} {self.run} {words}"

    @property
    def domain(self) -> str:
        return self.ada.partition("@")[2]

    # Sheets

    def spreadsheet(self, words: str, values: list[list[Any]] | None = None) -> str:
        sheets = self.api("sheets").spreadsheets()
        made = sheets.create(
            body={"properties": {"title": self.title(words)}, "sheets": [{"properties": {"sheetId": 0}}]}
        ).execute()
        book: str = made["spreadsheetId"]
        if values:
            self.write(book, "A1", values)
        return book

    def write(self, book: str, place: str, values: list[list[Any]]) -> None:
        body = {"values": values}
        at = {"spreadsheetId": book, "range": place, "valueInputOption": "USER_ENTERED"}
        self.api("sheets").spreadsheets().values().update(**at, body=body).execute()

    def batch(self, book: str, *requests: dict[str, Any]) -> Any:
        """Carry out batch requests; return the last reply, or how they were refused."""
        body = {"requests": list(requests)}
        answer = said(self.api("sheets").spreadsheets().batchUpdate(spreadsheetId=book, body=body))
        return answer if isinstance(answer, Refusal) else answer["replies"][-1]

    def look(self, book: str, fields: str, place: str = "A1") -> Any:
        options = {"spreadsheetId": book, "ranges": place, "includeGridData": True, "fields": fields}
        return self.api("sheets").spreadsheets().get(**options).execute()

    # Calendar

    def event(self, words: str, *, day: int = 20, quiet: bool = True, **more: Any) -> Any:
        """Enter an event of Ada's some days ahead, from 10:00 to 10:30 UTC."""
        start = (self.now + timedelta(days=day)).replace(hour=10, minute=0, second=0, microsecond=0)
        body = {
            "summary": self.title(words),
            "start": {"dateTime": start.isoformat()},
            "end": {"dateTime": (start + timedelta(minutes=30)).isoformat()},
            **more,
        }
        options = {"sendUpdates": "none" if quiet else "all", "conferenceDataVersion": 1}
        return self.api("calendar").events().insert(calendarId="primary", body=body, **options).execute()

    def with_ben(self, words: str, **more: Any) -> Any:
        """Enter an event with Ben, who accepts it."""
        made = self.event(words, attendees=[{"email": self.ben}], **more)
        answered = [{"email": self.ben, "responseStatus": "accepted"}]
        self.until(lambda: said(self.change(made["id"], {"attendees": answered}, self.ben)), lasting=dict)
        return self.until(lambda: self._answered(made["id"]))

    def _answered(self, event_id: str) -> Any:
        seen = self.api("calendar").events().get(calendarId="primary", eventId=event_id).execute()
        return seen if answer_of(seen, self.ben) == "accepted" else None

    def change(self, event_id: str, body: Any, person: str = "", **options: Any) -> Any:
        """Return the call that patches an event."""
        to = {"calendarId": "primary", "eventId": event_id, "sendUpdates": "none", **options}
        return self.api("calendar", person).events().patch(**to, body=body)

    # Gmail

    def letter(self, words: str, to: str = "", **headers: str) -> dict[str, str]:
        """Return a letter of Ada's as the API takes it; an underscore in a header's name stands for a dash."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.ada, to or self.ben, self.title(words)
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content("Written by a test; it is deleted in a minute.\n")
        return {"raw": base64.urlsafe_b64encode(message.as_bytes()).decode()}

    def sent(self, words: str, to: str = "", **headers: str) -> Any:
        """Send a letter and return it as it lies in Ada's mailbox, headers only."""
        messages = self.api("gmail").users().messages()
        made = messages.send(userId="me", body=self.letter(words, to, **headers)).execute()
        return messages.get(userId="me", id=made["id"], format="metadata").execute()

    def found(self, words: str, person: str = "", where: str = "in:anywhere") -> list[Any]:
        """Return somebody's messages about something, headers only; none when there are none after all patience."""
        return self.until(lambda: self._found(words, person or self.ben, where)) or []

    def _found(self, words: str, person: str, where: str) -> list[Any]:
        messages = self.api("gmail", person).users().messages()
        query = f"{where} subject:{MARK} subject:{self.run} subject:({words})"
        ids = [m["id"] for m in messages.list(userId="me", q=query).execute().get("messages", [])]
        return [messages.get(userId="me", id=i, format="metadata").execute() for i in ids]

    def draft(self, words: str) -> str:
        body = {"message": self.letter(words)}
        made: str = self.api("gmail").users().drafts().create(userId="me", body=body).execute()["id"]
        return made

    # Time

    def until(self, ask: Callable[[], Any], lasting: type = object) -> Any:
        """Ask until there is an answer (of a type), or patience ends; return the last one."""
        for left in range(self.patience, -1, -2):
            answer = ask()
            if (answer and isinstance(answer, lasting)) or left < 2:
                return answer
            time.sleep(2)
        return ask()


def said(call: Any) -> Any:
    """Return what a call was answered, or how it was refused."""
    try:
        return call.execute()
    except HttpError as error:
        return Refusal(status=int(error.resp.status), message=re.sub(r"\s+", " ", str(error.reason)).strip())


def header(message: Any, name: str) -> str:
    """Return a message's header, empty when it has none."""
    headers = message["payload"]["headers"]
    return next((h["value"] for h in headers if h["name"].lower() == name.lower()), "")


def answer_of(event: Any, person: str) -> str:
    found: str = next(a["responseStatus"] for a in event.get("attendees", ()) if a["email"] == person)
    return found
