"""Gmail's threads: conversations listed, read, labelled, put in the bin, deleted."""

from __future__ import annotations

from collections.abc import Callable

from workspace_emulator.core.api import Call
from workspace_emulator.gmail.listing import Search, page
from workspace_emulator.gmail.mailbox import Document, Mailbox
from workspace_emulator.gmail.messages import erase, form_of, label_changes, trash
from workspace_emulator.gmail.shapes import Json, in_short, shown, with_labels
from workspace_emulator.gmail.table import mailbox_of, methods


@methods.on("gmail.users.threads.list")
def list_threads(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return page(call, Search(call, mailbox, whole_threads=True), "threads", _line(mailbox))


@methods.on("gmail.users.threads.get")
def get_thread(call: Call) -> Json:
    mailbox = mailbox_of(call)
    members = mailbox.thread(call.params["id"])
    form, only = form_of(call), call.params.get("metadataHeaders", ())
    return _head(members) | {"messages": [shown(mailbox, m, form, only) for m in members]}


@methods.on("gmail.users.threads.modify")
def modify_thread(call: Call) -> Json:
    mailbox = mailbox_of(call)
    members = mailbox.thread(call.params["id"])
    add, remove = label_changes(mailbox, call.body)
    after = [mailbox.relabel(m, add=add, remove=remove) for m in members]
    return _head(after) | {"messages": [in_short(m) for m in after]}


@methods.on("gmail.users.threads.trash")
def trash_thread(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return _labelled([trash(mailbox, m) for m in mailbox.thread(call.params["id"])])


@methods.on("gmail.users.threads.untrash")
def untrash_thread(call: Call) -> Json:
    mailbox = mailbox_of(call)
    members = mailbox.thread(call.params["id"])
    return _labelled([mailbox.relabel(m, remove=["TRASH"]) for m in members])


@methods.on("gmail.users.threads.delete")
def delete_thread(call: Call) -> None:
    mailbox = mailbox_of(call)
    for member in mailbox.thread(call.params["id"]):
        erase(mailbox, member)


def _line(mailbox: Mailbox) -> Callable[[Document], Json]:
    return lambda d: _head(mailbox.thread(d["threadId"])) | {"snippet": d["snippet"]}


def _head(members: list[Document]) -> Json:
    newest = max(m["historyId"] for m in members)
    return {"id": members[0]["threadId"], "historyId": str(newest)}


def _labelled(members: list[Document]) -> Json:
    return {"id": members[0]["threadId"], "messages": [with_labels(m) for m in members]}
