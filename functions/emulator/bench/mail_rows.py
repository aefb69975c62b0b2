"""Gmail, beside emulate 0.12.2 of npm, with 1,000 mails there; and from 100 to 50,000 mails."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from frame import Ask, Client, Growth, Row

BOX = "/gmail/v1/users/me"
THERE = 1_000


def _raw(number: int, sender: str = "ben@example.com", to: str = "admin@example.com") -> dict[str, str]:
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: Letter {number}",
        f"Message-ID: <{number}@bench.example>",
        "Date: Mon, 2 Mar 2026 09:00:00 +0000",
        "Content-Type: text/plain; charset=utf-8",
        "",
        f"How did meeting {number} go? Tell us in a line or two.",
    ]
    return {"raw": base64.urlsafe_b64encode("\r\n".join(lines).encode()).decode()}


def filled(client: Client, mails: int = THERE) -> list[str]:
    """Put mails into the inbox, every third unread; return their ids. A mailbox that has enough keeps what it has."""
    found = client.call("GET", f"{BOX}/messages?maxResults=500&labelIds=INBOX").get("messages", [])
    if len(found) >= min(mails, 500):
        return [message["id"] for message in found]
    ids = []
    for number in range(mails):
        labels = ["INBOX", *(["UNREAD"] if number % 3 == 0 else [])]
        made = client.call("POST", f"{BOX}/messages", {**_raw(number), "labelIds": labels})
        ids.append(made["id"])
    return ids


def _getting(path: str, mails: int = THERE) -> Row:
    def prepare(client: Client) -> Ask:
        filled(client, mails)
        return lambda _: client.call("GET", f"{BOX}/{path}")

    return Row(name=path, prepare=prepare)


def _get(client: Client, mails: int = THERE, form: str = "full") -> Ask:
    ids = filled(client, mails)
    return lambda number: client.call("GET", f"{BOX}/messages/{ids[number % len(ids)]}?format={form}")


def _insert(client: Client, mails: int = THERE) -> Ask:
    filled(client, mails)
    return lambda number: client.call(
        "POST", f"{BOX}/messages", {**_raw(10**6 + number), "labelIds": ["INBOX"]}
    )


def _send(client: Client) -> Ask:
    filled(client)
    return lambda number: client.call(
        "POST", f"{BOX}/messages/send", _raw(10**7 + number, "admin@example.com", "ben@example.com")
    )


def _modify(client: Client) -> Ask:
    ids = filled(client)

    def ask(number: int) -> object:
        body = {["addLabelIds", "removeLabelIds"][number % 2]: ["STARRED"]}
        return client.call("POST", f"{BOX}/messages/{ids[number // 2 % len(ids)]}/modify", body)

    return ask


def _by_message_id(client: Client, mails: int) -> Ask:
    filled(client, mails)
    query = f"{BOX}/messages?q=rfc822msgid:"
    return lambda number: client.call("GET", f"{query}{number % mails}@bench.example")


ROWS: Sequence[Row] = (
    _getting("messages"),
    _getting("messages?maxResults=20"),
    _getting("messages?labelIds=UNREAD"),
    _getting("messages?q=is:unread+subject:letter"),
    Row(name="messages.get", prepare=_get),
    Row(name="messages.get, headers only", prepare=lambda client: _get(client, form="metadata")),
    _getting("labels"),
    _getting("labels/INBOX"),
    _getting("threads?maxResults=20"),
    Row(name="messages.modify", prepare=_modify),
    Row(name="messages.insert", prepare=_insert),
    Row(name="messages.send", prepare=_send),
)


def _growing(name: str, path: str) -> Growth:
    return Growth(
        name=f"{name}, 100 to 50,000 mails",
        sizes=_SIZES,
        prepare=lambda client, mails: _getting(path, mails).prepare(client),
    )


_SIZES = (100, 50_000)
GROWTH: Sequence[Growth] = (
    _growing("messages.list", "messages?maxResults=50"),
    _growing("messages.list of unread", "messages?maxResults=20&labelIds=UNREAD"),
    Growth(name="messages.get, 100 to 50,000 mails", sizes=_SIZES, prepare=_get),
    _growing("labels.get", "labels/INBOX"),
    _growing("labels.list", "labels"),
    Growth(name="list by rfc822msgid, 100 to 50,000 mails", sizes=_SIZES, prepare=_by_message_id),
    Growth(name="messages.insert, 100 to 50,000 mails", sizes=_SIZES, prepare=_insert),
)
