"""One person's mailbox: messages with their labels, threads, drafts and history, kept in the store.

How mail gets from one mailbox to another is ``delivery.py``'s affair; what the API shows is ``shapes.py``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.store import Collection
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.index import MailIndex, newest_before, place_of
from workspace_emulator.gmail.telling import Told, told_by

Document = Mapping[str, Any]

SYSTEM_LABELS = (
    "CHAT",
    "SENT",
    "INBOX",
    "IMPORTANT",
    "TRASH",
    "DRAFT",
    "SPAM",
    "CATEGORY_FORUMS",
    "CATEGORY_UPDATES",
    "CATEGORY_PERSONAL",
    "CATEGORY_PROMOTIONS",
    "CATEGORY_SOCIAL",
    "STARRED",
    "UNREAD",
)
_SHOWN_FIRST = ("UNREAD", "STARRED", "IMPORTANT", "TRASH", "SPAM", "DRAFT", "SENT", "CHAT")
"""How a message's labels are ordered, as far as recorded: these, the categories, the inbox, people's own."""
_BY_ID = frozenset({"messages", "raw", "words", "rfc822", "threads", "drafts"})
"""Collections of which nobody asks the order: the index knows that of messages."""
FIRST_HISTORY = 1_000
"""The history of a mailbox begins after this number; what is below was before its time."""


class Mailbox:
    """A view on the store: cheap to make, keeps nothing itself but where things are."""

    def __init__(self, workspace: Workspace, address: str) -> None:
        self.workspace = workspace
        self.address = address
        self._owner = address.lower()
        self._history_counter = f"gmail/history/{self._owner}"
        self._found: dict[str, Collection] = {}

    @property
    def messages(self) -> Collection:
        return self._collection("messages")

    @property
    def body_words(self) -> Collection:
        """The searchable words of each message's body, by message id."""
        return self._collection("words")

    @property
    def labels(self) -> Collection:
        return self._collection("labels")

    @property
    def drafts(self) -> Collection:
        return self._collection("drafts")

    @property
    def threads(self) -> Collection:
        """The message ids of each thread, oldest first."""
        return self._collection("threads")

    @property
    def history(self) -> Collection:
        return self._collection("history")

    @property
    def history_id(self) -> int:
        counted = self.workspace.store.collection("counters").get(self._history_counter, 0)
        return FIRST_HISTORY + int(counted)

    def message(self, message_id: str) -> Document:
        """Return a message's document.

        Raises:
            ApiError: The id isn't one, or no message has it.
        """
        if not _is_id(message_id):
            raise ApiError(400, "invalidArgument", "Invalid id value", "INVALID_ARGUMENT")
        document: Document = self._known(self.messages, message_id.lower())
        return document

    def draft(self, draft_id: str) -> Document:
        """Return a draft; also one whose message was sent by hand, of which ``is_sent`` tells."""
        draft: Document = self._known(self.drafts, draft_id)
        return draft

    def is_sent(self, draft: Document) -> bool:
        """Tell whether a draft's message is a draft no longer."""
        return "DRAFT" not in self.messages[draft["message"]]["labelIds"]

    def thread(self, thread_id: str) -> list[Document]:
        """Return the messages of a thread, oldest first."""
        if not _is_id(thread_id):
            raise ApiError(400, "invalidArgument", "Invalid id value", "INVALID_ARGUMENT")
        return [self.messages[i] for i in self._known(self.threads, thread_id.lower())]

    def raw(self, message_id: str) -> bytes:
        kept: list[str] | str = self._collection("raw")[message_id]  # older files have it in one piece
        return "".join(kept).encode("latin-1")

    @property
    def index(self) -> MailIndex:
        return self.messages.index(MailIndex)

    def newest_first(self) -> list[Document]:
        return [self.messages[i] for i in newest_before(self.index.label().places)]

    def add(
        self,
        raw: bytes | mime.Mail,
        labels: Iterable[str],
        *,
        thread_id: str | None = None,
        internal_date: int | None = None,
        any_subject: bool = False,
        stays_in: str | None = None,
        told: Told | None = None,
    ) -> Document:
        """Put a message in, find its thread, and return its document.

        ``thread_id`` is a wish: the message joins if it refers to that thread and has its subject. With
        ``any_subject`` a reference is enough (bounces). ``stays_in`` is the thread of the draft that it was;
        ``told`` what the message tells, where it has been read already.
        """
        mail = mime.read(raw)
        now = _milliseconds(self.workspace)
        message_id = self._new_id(now)
        told = told or told_by(mail)
        document = {
            **told.document,
            "size": len(mail.raw),
            "id": message_id,
            "threadId": stays_in or self._thread_for(told.document, thread_id, any_subject) or message_id,
            "labelIds": _in_order(labels),
            "internalDate": now if internal_date is None else internal_date,
            "added": now,
        }
        head = mail.raw[: len(mail.raw) - len(mail.body)]
        self._collection("raw")[message_id] = [head.decode("latin-1"), _body(mail.body)]
        self.body_words[message_id] = told.words
        return self._enter(document)

    def relabel(self, document: Document, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Document:
        """Add and remove labels; return the message as it is then."""
        gone = set(remove)
        before = document["labelIds"]
        after = _in_order(i for i in [*before, *add] if i not in gone)
        added, removed = [i for i in after if i not in before], [i for i in before if i not in after]
        if not added and not removed:
            return document
        document = {**document, "labelIds": after}
        changes = {"labelsAdded": added, "labelsRemoved": removed}
        history_id = self._remember(document, {k: {"labelIds": v} for k, v in changes.items() if v})
        self.messages[document["id"]] = document = {**document, "historyId": history_id}
        return document

    def remove(self, document: Document) -> None:
        """Delete a message for good."""
        message_id, thread_id = document["id"], document["threadId"]
        self._remember(document, {"messagesDeleted": {}})
        del self.messages[message_id], self._collection("raw")[message_id], self.body_words[message_id]
        rest = [i for i in self.threads[thread_id] if i != message_id]
        if rest:
            self.threads[thread_id] = rest
        else:
            del self.threads[thread_id]
        same = self._collection("rfc822")
        if same.get(document["rfc822msgid"]) == message_id:
            del same[document["rfc822msgid"]]

    def holding(self, rfc822_id: str) -> Document | None:
        """Return the message that has a Message-ID (without its angle brackets)."""
        message_id = self._collection("rfc822").get(rfc822_id)
        return self.messages.get(message_id) if message_id else None

    def _collection(self, name: str) -> Collection:
        found = self._found.get(name)
        if found is None:
            # Sending takes drafts away one by one: remembering where each was would cost as much as there are.
            name_here = f"gmail/{name}/{self._owner}"
            found = self.workspace.store.collection(name_here, ordered=name not in _BY_ID)
            self._found[name] = found
        return found

    def _known(self, collection: Collection, key: str) -> Any:
        if key not in collection:
            raise not_found()
        return collection[key]

    def _new_id(self, now: int) -> str:
        number = self.workspace.store.next_number("gmail/message")
        return f"{(now << 20) | (number & 0xFFFFF):016x}"

    def _thread_for(self, document: Document, wish: str | None, any_subject: bool) -> str | None:
        for other in self._referred(document):
            same = any_subject or mime.plain_subject(other["subject"]) == mime.plain_subject(
                document["subject"]
            )
            if same and wish in (None, other["threadId"]):
                return str(other["threadId"])
        return None

    def _referred(self, document: Document) -> Iterator[Document]:
        for rfc822_id in reversed(document["references"]):
            if other := self.holding(rfc822_id):
                yield other

    def _enter(self, document: dict[str, Any]) -> Document:
        document["historyId"] = self._remember(document, {"messagesAdded": {}}, now=document["added"])
        message_id, thread_id = document["id"], document["threadId"]
        self.messages[message_id] = document
        others = self.threads.get(thread_id, ())
        members = [*others, message_id]
        self.threads[thread_id] = (
            sorted(members, key=lambda i: place_of(self.messages[i])) if others else members
        )
        if document["rfc822msgid"]:
            self._collection("rfc822")[document["rfc822msgid"]] = message_id
        return document

    def _remember(
        self, document: Document, changes: dict[str, dict[str, Any]], *, now: int | None = None
    ) -> int:
        """Write a line of history; return its number."""
        number = FIRST_HISTORY + self.workspace.store.next_number(self._history_counter)
        self.history[str(number)] = {
            "at": _milliseconds(self.workspace) if now is None else now,
            "message": {
                "id": document["id"],
                "threadId": document["threadId"],
                "labelIds": document["labelIds"],
            },
            "changes": changes,
        }
        return number


@lru_cache(maxsize=16)
def _body(body: bytes) -> str:
    """Return a body as it is kept: the copies of a letter hold one."""
    return body.decode("latin-1")


def _in_order(labels: Iterable[str]) -> list[str]:
    return list(_ordered(tuple(labels)))


@lru_cache(maxsize=256)
def _ordered(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(labels), key=_place_of))


def _place_of(label: str) -> tuple[int, str]:
    if label in _SHOWN_FIRST:
        return _SHOWN_FIRST.index(label), ""
    place = 0 if label.startswith("CATEGORY_") else 1 if label == "INBOX" else 2
    return len(_SHOWN_FIRST) + place, label


def _is_id(text: str) -> bool:
    return 0 < len(text) <= 16 and all(c in "0123456789abcdefABCDEF" for c in text)


def _milliseconds(workspace: Workspace) -> int:
    return int(workspace.clock.now().timestamp() * 1000)
