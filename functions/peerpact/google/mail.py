"""Gmail: drafts that are sent once, mails read whole, and the labels by which they are told apart."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from functools import cached_property
from itertools import islice
from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.apis import collection, execute
from peerpact.google.session import Session
from peerpact.google.workers import Workers

DONE, NEEDS_A_PERSON, AUTOMATIC = "peerpact/done", "peerpact/needs a person", "peerpact/automatic"
LABELS = (DONE, NEEDS_A_PERSON, AUTOMATIC)
KEY_HEADER = "X-Peerpact"
"""Each letter carries its key, so that it can be told again without reading it."""
PAGE = 500
"""Most mails in one answer to a list."""
MOST_IDS = 1000
"""batchModify takes no more ids in one call."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter as Gmail keeps it."""

    message_id: str
    thread_id: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A received mail: Gmail's ids, the label ids it carries and its bytes as RFC 822 has them."""

    message_id: str
    thread_id: str
    received_ms: int
    raw: bytes = field(repr=False)


class Mailbox:
    """The mentoring mailbox."""

    def __init__(self, session: Session, workers: Workers) -> None:
        self._session = session
        self._workers = workers

    def address(self) -> str:
        """Return whose mailbox this is, as Gmail says."""
        profile = self._call(collection("gmail", "users").getProfile(userId="me"))
        return str(profile["emailAddress"]).lower()

    def create_draft(self, message: EmailMessage, *, thread_id: str = "") -> str:
        """Create a draft and return its id."""
        body: dict[str, Any] = {"raw": base64.urlsafe_b64encode(message.as_bytes()).decode()}
        if thread_id:
            body["threadId"] = thread_id
        draft = self._call(self._drafts.create(userId="me", body={"message": body}))
        return str(draft["id"])

    def send_draft(self, draft_id: str) -> Sent | None:
        """Send a draft; None when there is no such draft (any more): it was sent, or a person removed it."""
        try:
            sent = self._call(self._drafts.send(userId="me", body={"id": draft_id}))
        except GoogleError as error:
            if error.status != 404:
                raise
            return None
        return Sent(sent["id"], sent["threadId"])

    def drafts_by_key(self, except_for: Collection[str] = ()) -> dict[str, str]:
        """Return the ids of our drafts by the letter's key, but for some ids that are known.

        Works without leave to search or read bodies.
        """
        found: dict[str, str] = {}

        def look(draft_id: str) -> None:
            request = self._drafts.get(userId="me", id=draft_id, format="metadata")
            key = _header(self._call(request)["message"], KEY_HEADER)
            found.update({key: draft_id} if key else {})

        listed = [d["id"] for d in self._pages(self._drafts, "drafts")]
        self._workers.each(look, [i for i in listed if i not in except_for])
        return found

    def sent_by_key(self, since: datetime, wanted: Collection[str] | None = None) -> dict[str, Sent]:
        """Return what we sent since a moment by the letter's key, or only some letters.

        Works without leave to search or read bodies.
        """
        found: dict[str, Sent] = {}
        ends: list[str] = []

        def look(message_id: str) -> None:
            request = self._messages.get(
                userId="me", id=message_id, format="metadata", metadataHeaders=[KEY_HEADER]
            )
            whole = self._call(request)
            key = _header(whole, KEY_HEADER)
            is_one = bool(key) if wanted is None else key in wanted
            found.update({key: Sent(whole["id"], whole["threadId"])} if is_one else {})
            if int(whole["internalDate"]) < since.timestamp() * 1000:
                ends.append(message_id)

        newest_first = self._pages(self._messages, "messages", labelIds=["SENT"])
        most = float("inf") if wanted is None else len(wanted)
        while len(found) < most and not ends and (some := [m["id"] for m in islice(newest_first, PAGE)]):
            self._workers.each(look, some, lambda: not ends and len(found) < most)
        return found

    def unread_replies(self, days: int = 30) -> list[str]:
        """Return the ids of mails in the inbox that no run has labelled yet, oldest first."""
        none_of = " ".join(f"-label:{_in_search(label)}" for label in LABELS)
        query = f"in:inbox {none_of} newer_than:{days}d"
        return [found["id"] for found in reversed(list(self._pages(self._messages, "messages", q=query)))]

    def count(self, label: str) -> int:
        """Return how many mails carry one of our labels; 0 when the label does not exist yet."""
        found = self._label_ids.get(label)
        if found is None:
            return 0
        answer = self._call(self._labels.get(userId="me", id=found))
        return int(answer.get("messagesTotal", 0))

    def read_all(self, message_ids: Iterable[str]) -> list[Mail]:
        """Read mails whole, several at a time; in the order asked for."""
        found: dict[str, Mail] = {}
        ids = list(message_ids)
        self._workers.each(lambda i: found.update({i: self.read(i)}), ids)
        return [found[i] for i in ids]

    def read(self, message_id: str) -> Mail:
        answer = self._call(self._messages.get(userId="me", id=message_id, format="raw"))
        raw = base64.urlsafe_b64decode(answer["raw"] + "=" * (-len(answer["raw"]) % 4))
        return Mail(answer["id"], answer["threadId"], int(answer["internalDate"]), raw)

    def label(self, message_ids: Sequence[str], name: str) -> None:
        """Put one of our labels on mails, making the label on first use."""
        for i in range(0, len(message_ids), MOST_IDS):
            body = {"ids": list(message_ids[i : i + MOST_IDS]), "addLabelIds": [self._label_id(name)]}
            self._call(self._messages.batchModify(userId="me", body=body))

    def missing_labels(self) -> list[str]:
        """Return those of our labels that the mailbox does not have yet."""
        return [name for name in LABELS if name not in self._label_ids]

    def count_sent(self, days: int = 1) -> int:
        """Return how many mails were sent in the last days."""
        return sum(1 for _ in self._pages(self._messages, "messages", q=f"in:sent newer_than:{days}d"))

    def arrived(self, letter: EmailMessage, since: datetime) -> Mail | None:
        """Return the mail in the inbox that is this letter, by its address, if it came after a moment."""
        for message in self._pages(self._messages, "messages", labelIds=["INBOX"]):
            mail = self.read(message["id"])
            if mail.received_ms < since.timestamp() * 1000:
                return None
            if message_from_bytes(mail.raw)["To"] == letter["To"]:
                return mail
        return None

    def trash(self, message_id: str) -> None:
        self._call(self._messages.trash(userId="me", id=message_id))

    def our_labels(self) -> list[str]:
        """Return those of our labels that the mailbox has."""
        return [name for name in LABELS if name in self._label_ids]

    def labelled(self) -> list[str]:
        """Return the ids of all mails that carry one of our labels."""
        ids = (self._label_ids[name] for name in self.our_labels())
        return [m["id"] for i in ids for m in self._pages(self._messages, "messages", labelIds=[i])]

    def delete_label(self, name: str) -> None:
        self._call(self._labels.delete(userId="me", id=self._label_ids[name]))

    def delete_draft(self, draft_id: str) -> None:
        """Delete a draft for good. One that is gone already stays so."""
        try:
            self._call(self._drafts.delete(userId="me", id=draft_id))
        except GoogleError as error:
            if error.status != 404:
                raise

    def make_labels(self) -> list[str]:
        """Make those of our labels that are missing, and return them."""
        missing = self.missing_labels()
        for name in missing:
            self._label_id(name)
        return missing

    def _label_id(self, name: str) -> str:
        if name not in self._label_ids:
            body = {"name": name, "labelListVisibility": "labelShow", "messageListVisibility": "show"}
            try:
                self._label_ids[name] = self._call(self._labels.create(userId="me", body=body))["id"]
            except GoogleError as error:
                if error.status != 409:
                    raise
                del self._label_ids
        return self._label_ids[name]

    @cached_property
    def _label_ids(self) -> dict[str, str]:
        labels = self._call(self._labels.list(userId="me")).get("labels", ())
        return {label["name"]: label["id"] for label in labels}

    @property
    def _drafts(self) -> Any:
        return collection("gmail", "users", "drafts")

    @property
    def _messages(self) -> Any:
        return collection("gmail", "users", "messages")

    @property
    def _labels(self) -> Any:
        return collection("gmail", "users", "labels")

    def _call(self, request: Any) -> Any:
        return execute(request, self._session)

    def _pages(self, resource: Any, name: str, **wanted: Any) -> Iterator[dict[str, str]]:
        page: str | None = None
        while True:
            answer = self._call(resource.list(userId="me", maxResults=PAGE, pageToken=page, **wanted))
            yield from answer.get(name, ())
            page = answer.get("nextPageToken")
            if not page:
                return


def _header(message: Mapping[str, Any], name: str) -> str:
    headers = message.get("payload", {}).get("headers", ())
    return next((str(h["value"]) for h in headers if h["name"].lower() == name.lower()), "")


def _in_search(label: str) -> str:
    """Return a label as Gmail's search writes it: spaces and slashes become hyphens."""
    return label.replace(" ", "-").replace("/", "-")
