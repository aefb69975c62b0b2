"""Gmail's labels: the system's and those that people make."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.gmail.mailbox import SYSTEM_LABELS, Mailbox
from workspace_emulator.gmail.search import label_key
from workspace_emulator.gmail.shapes import Json
from workspace_emulator.gmail.table import invalid, mailbox_of, methods

_WRITABLE = ("name", "messageListVisibility", "labelListVisibility", "color")
_MOST_LABELS = 10_000
# As recorded; of these labels Gmail says nothing about where they are shown.
_IN_SIGHT = frozenset({"SENT", "INBOX", "DRAFT", "STARRED", "UNREAD"})


@methods.on("gmail.users.labels.list")
def list_labels(call: Call) -> Json:
    mailbox = mailbox_of(call)
    system = [_system(name) for name in SYSTEM_LABELS]
    return {"labels": [*system, *({**d, "type": "user"} for d in mailbox.labels.values())]}


@methods.on("gmail.users.labels.get")
def get_label(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return _found(mailbox, call.params["id"]) | _counts(mailbox, call.params["id"])


@methods.on("gmail.users.labels.create")
def create_label(call: Call) -> Json:
    mailbox = mailbox_of(call)
    given = {k: v for k, v in (call.body or {}).items() if k in _WRITABLE}
    _require_free(mailbox, given.get("name", ""))
    if len(mailbox.labels) >= _MOST_LABELS:
        raise invalid("Maximum number of labels exceeded")
    number = call.workspace.store.next_number(f"gmail/label/{mailbox.address.lower()}")
    visible = {"messageListVisibility": "show", "labelListVisibility": "labelShow"}
    label = visible | given | {"id": f"Label_{number}"}
    mailbox.labels[label["id"]] = label
    return label


@methods.on("gmail.users.labels.patch", "gmail.users.labels.update")
def change_label(call: Call) -> Json:
    mailbox = mailbox_of(call)
    label = _own(mailbox, call.params["id"])
    given = {k: v for k, v in (call.body or {}).items() if k in _WRITABLE}
    name = given.get("name", label["name"])
    if label_key(name) != label_key(label["name"]):
        _require_free(mailbox, name)
    mailbox.labels[label["id"]] = label = {**label, **given}
    return label


@methods.on("gmail.users.labels.delete")
def delete_label(call: Call) -> None:
    mailbox = mailbox_of(call)
    label = _own(mailbox, call.params["id"])
    for _, message_id in list(mailbox.index.label(label["id"]).places):
        mailbox.relabel(mailbox.messages[message_id], remove=[label["id"]])
    del mailbox.labels[label["id"]]


def _system(name: str) -> Json:
    hidden = (
        {} if name in _IN_SIGHT else {"messageListVisibility": "hide", "labelListVisibility": "labelHide"}
    )
    return {"id": name, "name": name, "type": "system"} | hidden


def _found(mailbox: Mailbox, label_id: str) -> Json:
    if label_id in SYSTEM_LABELS:
        return _system(label_id)
    if label_id not in mailbox.labels:
        raise not_found()
    return dict(mailbox.labels[label_id]) | {"type": "user"}


def _own(mailbox: Mailbox, label_id: str) -> Any:
    if label_id in SYSTEM_LABELS:
        raise invalid("Invalid update request")
    if label_id not in mailbox.labels:
        raise not_found()
    return mailbox.labels[label_id]


def _require_free(mailbox: Mailbox, name: str) -> None:
    if not name.strip() or len(name) > 225 or name.upper() in SYSTEM_LABELS:
        raise invalid("Invalid label name")
    if label_key(name) in (label_key(d["name"]) for d in mailbox.labels.values()):
        raise ApiError(409, "aborted", "Label name exists or conflicts", "ABORTED")


def _counts(mailbox: Mailbox, label_id: str) -> Json:
    found = mailbox.index.label(label_id)
    return {
        "messagesTotal": len(found.places),
        "messagesUnread": found.unread,
        "threadsTotal": len(found.threads),
        "threadsUnread": len(found.unread_threads),
    }
