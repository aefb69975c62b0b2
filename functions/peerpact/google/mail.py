"""Gmail: drafts that are sent once, mails read whole, and the labels by which they are told apart."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parseaddr
from functools import cached_property
from itertools import islice
from typing import Any

from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.apart import Apart, in_parts, is_for_good
from peerpact.google.apis import collection, execute
from peerpact.google.session import Session
from peerpact.google.workers import Workers

DONE, NEEDS_A_PERSON, AUTOMATIC = "peerpact/done", "peerpact/needs a person", "peerpact/automatic"
CONFIDENTIAL = "peerpact/confidential"
"""Mails that wait for the Confidential contact of Settings, and are counted nowhere."""
LABELS = (DONE, NEEDS_A_PERSON, AUTOMATIC, CONFIDENTIAL)
KEY_HEADER = "X-Peerpact"
"""Each letter carries its key, so that it can be told again without reading it."""
ABOUT_HEADER = "X-Peerpact-About"
"""What it asks about: ids, by which answers are understood where a restored spreadsheet knows nothing of the letter."""
ASKED = ("To", "Message-ID", "List-Unsubscribe", ABOUT_HEADER)
"""What else is asked of mails in Sent."""
_REFERENCE = re.compile(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}")
"""A letter's reference, as its address to unsubscribe names it."""
PAGE = 500
"""Most mails in one answer to a list."""
MOST_IDS = 1000
"""batchModify takes no more ids in one call."""
SMALL = 200_000
"""Bytes up to which a mail needs no look at its size before it is read."""
FEW_OF_A_CROWD = 20
"""Who has more mails waiting, where many wait, has so many read in one run."""
SAMPLE = 3 * FEW_OF_A_CROWD
"""In so many of the oldest mails is looked for whoever crowds out the others."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter as Gmail keeps it."""

    message_id: str
    thread_id: str
    at: datetime | None = None
    """When it was sent, as far as that was asked; so, too, what follows."""
    to: str = ""
    rfc_message_id: str = ""
    reference: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits to be read. ``size`` in bytes is Gmail's estimate; of a small one it is the most it may be."""

    message_id: str
    size: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A received mail: Gmail's ids and its bytes as RFC 822 has them."""

    message_id: str
    thread_id: str
    received_ms: int
    """0: Gmail doesn't say."""
    raw: bytes = field(repr=False)
    oddity: str = ""
    """Why it could not be read; empty when it was."""


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
        """Create a draft and return its id; where its thread is gone, outside of any."""
        body: dict[str, Any] = {"raw": base64.urlsafe_b64encode(message.as_bytes()).decode()}
        try:
            return self._create_draft(body | ({"threadId": thread_id} if thread_id else {}))
        except GoogleError as error:
            if not (thread_id and error.status in {400, 404}):
                raise
        return self._create_draft(body)

    def _create_draft(self, message: dict[str, Any]) -> str:
        return str(self._call(self._drafts.create(userId="me", body={"message": message}))["id"])

    def send_draft(self, draft_id: str) -> Sent | None:
        """Send a draft; None when there is no such draft (any more): it was sent, or a person removed it."""
        try:
            sent = self._call(self._drafts.send(userId="me", body={"id": draft_id}))
        except GoogleError as error:
            if not _is_gone(error):
                raise
            return None
        return Sent(sent["id"], sent.get("threadId", ""))

    def drafts_by_key(self, except_for: Collection[str] = ()) -> dict[str, str]:
        """Return the ids of our drafts by the letter's key, but for some ids that are known.

        Works without leave to search or read bodies.
        """
        found: dict[str, str] = {}

        def look(draft_id: str) -> None:
            request = self._drafts.get(userId="me", id=draft_id, format="metadata")
            key = _header(self._seen(request).get("message", {}), KEY_HEADER)
            found.update({key: draft_id} if key else {})

        listed = [d["id"] for d in self._pages(self._drafts, "drafts")]
        self._look_at_each(look, [i for i in listed if i not in except_for])
        return found

    def sent_by_key(
        self,
        since: datetime,
        wanted: Collection[str] | None = None,
        *,
        but_for: Collection[str] = (),
        at_most: int | None = None,
        unread: dict[str, PeerpactError] | None = None,
    ) -> dict[str, Sent]:
        """Return what we sent since a moment by the letter's key, or only some letters.

        Looked at are mails but for some ids that are known, ``at_most`` so many. ``unread`` gets the ids of those that
        Gmail won't show, with the reason: one of them may be what was looked for. Works without leave to search or
        read bodies.
        """
        found: dict[str, Sent] = {}
        most = float("inf") if wanted is None else len(wanted)
        ends: list[str] = []

        def look(message_id: str) -> None:
            if ends or len(found) >= most:
                return
            request = self._messages.get(
                userId="me", id=message_id, format="metadata", metadataHeaders=[KEY_HEADER, *ASKED]
            )
            whole = self._seen(request)
            key, stamp = _header(whole, KEY_HEADER), _received(whole)
            if 0 < stamp < since.timestamp() * 1000:
                ends.append(message_id)
            elif bool(key) if wanted is None else key in wanted:
                at = datetime.fromtimestamp(stamp // 1000, UTC) if stamp else None
                found[key] = _as_sent(message_id, whole, at)

        newest_first = (m["id"] for m in self._pages(self._messages, "messages", labelIds=["SENT"]))
        unknown = islice((i for i in newest_first if i not in but_for), at_most)
        while len(found) < most and not ends and (some := list(islice(unknown, PAGE))):
            failed = self._look_at_each(look, some)
            (unread if unread is not None else {}).update(failed)
        return found

    def unread_replies(self, most: int, *, days: int = 30, also: Iterable[str] = ()) -> list[Waiting]:
        """Return so many of the mails in the inbox that no run has labelled yet, the oldest of them first.

        Where somebody has sent a great many, few of theirs are among them, so that the others' don't wait.
        ``also`` are ids of mails that are to be read although they carry a label.
        """
        none_of = " ".join(f"-label:{_in_search(label)}" for label in LABELS)
        query = f"in:inbox {none_of} newer_than:{days}d"
        found, crowding = self._oldest_first(query), set[str]()
        while len(found) > most and (new := self._crowding(found) - crowding):
            crowding |= new
            found = self._oldest_first(f"{query} {' '.join(f'-from:{a}' for a in sorted(crowding))}")
        theirs = [
            i for a in sorted(crowding) for i in self._oldest_first(f"{query} from:{a}")[:FEW_OF_A_CROWD]
        ]
        chosen = [*found[: max(0, most - len(theirs))], *theirs]
        return self._with_sizes(list(dict.fromkeys([*also, *chosen])), query)

    def _oldest_first(self, query: str) -> list[str]:
        return [found["id"] for found in reversed(list(self._pages(self._messages, "messages", q=query)))]

    def _crowding(self, message_ids: Sequence[str]) -> set[str]:
        """Return who wrote a great part of the first of these mails."""
        senders: list[str] = []

        def look(message_id: str) -> None:
            request = self._messages.get(
                userId="me", id=message_id, format="metadata", metadataHeaders=["From"]
            )
            senders.append(parseaddr(_header(self._seen(request), "From"))[1].lower())

        self._look_at_each(look, message_ids[:SAMPLE])
        counts = Counter(sender for sender in senders if re.fullmatch(r"[^\s@\"()]+@[\w.-]+", sender))
        return {sender for sender, count in counts.items() if count > FEW_OF_A_CROWD}

    def _with_sizes(self, message_ids: Sequence[str], query: str) -> list[Waiting]:
        """Return mails with their sizes; only those that are not small are asked for theirs."""
        small = {m["id"] for m in self._pages(self._messages, "messages", q=f"{query} smaller:{SMALL}")}
        sizes: dict[str, int] = {}

        def look(message_id: str) -> None:
            request = self._messages.get(userId="me", id=message_id, format="minimal")
            sizes[message_id] = int(self._seen(request).get("sizeEstimate") or 0)

        self._look_at_each(look, [i for i in message_ids if i not in small])
        return [Waiting(i, sizes.get(i, SMALL)) for i in message_ids]

    def count(self, label: str) -> int:
        """Return how many mails carry one of our labels; 0 when the label does not exist yet."""
        found = self._label_ids.get(label)
        if found is None:
            return 0
        answer = self._call(self._labels.get(userId="me", id=found))
        return int(answer.get("messagesTotal", 0))

    def read_all(self, message_ids: Iterable[str]) -> list[Mail]:
        """Read mails whole, several at a time; in the order asked for, without those that are gone by now."""
        found: dict[str, Mail] = {}
        ids = list(message_ids)
        failed = Apart(self._workers).each(lambda i: found.update({i: self.read(i)}), ids)
        for message_id, error in failed.items():
            if isinstance(error, GoogleError) and not error.permanent:
                raise error
            if not _is_gone(error):
                found[message_id] = Mail(message_id, "", 0, b"", oddity=str(error))
        return [found[i] for i in ids if i in found]

    def read(self, message_id: str) -> Mail:
        answer = self._call(self._messages.get(userId="me", id=message_id, format="raw"))
        raw = base64.urlsafe_b64decode(answer["raw"] + "=" * (-len(answer["raw"]) % 4))
        return Mail(message_id, answer.get("threadId", ""), _received(answer), raw)

    def label(self, message_ids: Sequence[str], name: str) -> None:
        """Put one of our labels on mails in place of the others, making it on first use; not on mails that are gone."""
        for i in range(0, len(message_ids), MOST_IDS):
            in_parts(lambda some: self._label_some(some, name), message_ids[i : i + MOST_IDS])

    def _label_some(self, message_ids: Sequence[str], name: str) -> None:
        others = [self._label_ids[n] for n in LABELS if n != name and n in self._label_ids]
        body = {"ids": list(message_ids), "addLabelIds": [self._label_id(name)], "removeLabelIds": others}
        try:
            self._call(self._messages.batchModify(userId="me", body=body))
        except GoogleError as error:
            if not (len(message_ids) == 1 and _is_gone(error)):
                raise

    def taken_replies(self, days: int = 30) -> Iterator[str]:
        """Yield the ids of mails that carry our label for what was taken, the newest first."""
        query = f"label:{_in_search(DONE)} newer_than:{days}d"
        return (found["id"] for found in self._pages(self._messages, "messages", q=query))

    def came(self, days: int) -> Iterator[str]:
        """Yield the ids of mails of others that came in the last days, the newest first."""
        query = f"newer_than:{days}d -in:sent -in:drafts -in:trash -in:spam"
        return (found["id"] for found in self._pages(self._messages, "messages", q=query))

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
        """Move a mail to the bin. One that is gone already stays so."""
        try:
            self._call(self._messages.trash(userId="me", id=message_id))
        except GoogleError as error:
            if not _is_gone(error):
                raise

    def discard(self, mails: Sequence[str], drafts: Sequence[str] = ()) -> frozenset[str]:
        """Move mails to the bin and delete drafts; return those with which it went wrong: they may be there still.

        Raises:
            GoogleError: it is refused with all, or Gmail can't be reached.
        """
        each = Apart(self._workers).each
        return frozenset((*each(self.trash, mails), *each(self.delete_draft, drafts)))

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
            if not _is_gone(error):
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
                if error.status not in {400, 409}:
                    raise
                del self._label_ids
                if name not in self._label_ids:
                    raise
        return self._label_ids[name]

    @cached_property
    def _label_ids(self) -> dict[str, str]:
        """Our labels' ids by name. Gmail takes names that differ in capitals for one."""
        ours = {name.casefold(): name for name in LABELS}
        labels = self._call(self._labels.list(userId="me")).get("labels", ())
        there = {str(label.get("name", "")): label["id"] for label in labels if label.get("id")}
        return there | {ours[n.casefold()]: i for n, i in there.items() if n.casefold() in ours}

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

    def _seen(self, request: Any) -> Mapping[str, Any]:
        """Return what a request answers, or nothing where it is about something that is gone."""
        try:
            return dict(self._call(request))
        except GoogleError as error:
            if not _is_gone(error):
                raise
            return {}

    def _look_at_each(self, look: Callable[[str], None], ids: Sequence[str]) -> dict[str, PeerpactError]:
        """Look at things one by one; return those that Gmail won't show, which tell nothing; the others do."""
        failed = Apart(self._workers).each(look, ids)
        for error in failed.values():
            if not is_for_good(error):
                raise error
        return failed

    def _pages(self, resource: Any, name: str, **wanted: Any) -> Iterator[dict[str, str]]:
        page: str | None = None
        while True:
            answer = self._call(resource.list(userId="me", maxResults=PAGE, pageToken=page, **wanted))
            yield from (entry for entry in answer.get(name, ()) if entry.get("id"))
            page = answer.get("nextPageToken")
            if not page:
                return


def _as_sent(message_id: str, message: Mapping[str, Any], at: datetime | None) -> Sent:
    to, rfc_message_id, unsubscribe, about = (_header(message, name) for name in ASKED)
    named = _REFERENCE.findall(unsubscribe)
    return Sent(
        message_id,
        message.get("threadId", ""),
        at,
        to=parseaddr(to)[1].lower(),
        rfc_message_id=rfc_message_id,
        reference=named[-1] if named else "",
        about=tuple(about.split()),
    )


def _is_gone(error: Exception) -> bool:
    """Tell whether Google says that something isn't there (any more), in any of its ways.

    A draft that a person sent by hand is a message, and then "Message not a draft".
    """
    if not isinstance(error, GoogleError):
        return False
    not_a_draft = error.status == 400 and "not a draft" in str(error).lower()
    return error.status in {404, 410} or not_a_draft


def _received(message: Mapping[str, Any]) -> int:
    stamp = str(message.get("internalDate") or "")
    return int(stamp) if stamp.isdecimal() else 0


def _header(message: Mapping[str, Any], name: str) -> str:
    headers = (message.get("payload") or {}).get("headers") or ()
    named = (h for h in headers if str(h.get("name", "")).lower() == name.lower())
    return next((str(h.get("value", "")) for h in named), "")


def _in_search(label: str) -> str:
    """Return a label as Gmail's search writes it: spaces and slashes become hyphens."""
    return label.replace(" ", "-").replace("/", "-")
