"""Letters to send, and one person's Gmail in the words of the tests."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import requests

from workspace_emulator.clients import client


def letter(
    *, to: str = "ben@example.com", subject: str = "Hello", text: str = "Hi.\n", **headers: str
) -> bytes:
    """Write a plain letter; an underscore in a header's name stands for a dash."""
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("From", "Ada Byron <ada@example.com>")
    message["To"], message["Subject"] = to, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


class Box:
    """One person's Gmail, in the words of the tests."""

    def __init__(self, session: requests.Session) -> None:
        self.users = client("gmail", "v1", session).users()
        self.messages, self.drafts = self.users.messages(), self.users.drafts()
        self.threads, self.labels = self.users.threads(), self.users.labels()

    def send(self, raw: bytes | None = None, thread_id: str | None = None, **parts: str) -> Any:
        body = {"raw": encoded(raw or letter(**parts))}
        if thread_id:
            body["threadId"] = thread_id
        return self.messages.send(userId="me", body=body).execute()

    def insert(self, raw: bytes, *labels: str) -> Any:
        body = {"raw": encoded(raw), "labelIds": list(labels)}
        return self.messages.insert(userId="me", body=body).execute()

    def find(self, q: str | None = None, **options: Any) -> list[str]:
        found = self.messages.list(userId="me", q=q, **options).execute()
        return [m["id"] for m in found.get("messages", [])]

    def get(self, message_id: str, form: str = "full", **options: Any) -> Any:
        return self.messages.get(userId="me", id=message_id, format=form, **options).execute()

    def raw(self, message_id: str) -> bytes:
        return base64.urlsafe_b64decode(self.get(message_id, "raw")["raw"])

    def newest(self, q: str | None = None) -> Any:
        return self.get(self.find(q)[0])


def header(message: Any, name: str) -> str | None:
    found = (h["value"] for h in message["payload"]["headers"] if h["name"].lower() == name.lower())
    return next(found, None)
