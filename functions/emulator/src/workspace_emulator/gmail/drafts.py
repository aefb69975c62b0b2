"""Gmail's drafts. Sending one consumes it: the draft and its message go, a new message appears under SENT."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import not_found
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.delivery import new_message_id, outgoing_fields, send
from workspace_emulator.gmail.mailbox import Document, Mailbox
from workspace_emulator.gmail.messages import (
    form_of,
    given_message,
    owner,
    page,
    require_recipients,
    require_thread,
    search,
)
from workspace_emulator.gmail.shapes import Json, reference, shown, with_labels
from workspace_emulator.gmail.table import invalid, mailbox_of, methods


@methods.on("gmail.users.drafts.create")
def create_draft(call: Call) -> Json:
    mailbox = mailbox_of(call)
    message = _draft_message(call, mailbox)
    number = call.workspace.store.next_number("gmail/draft")
    draft_id = f"r{8_000_000_000_000_000_000 + number}"
    mailbox.drafts[draft_id] = {"id": draft_id, "message": message["id"]}
    return {"id": draft_id, "message": with_labels(message)}


@methods.on("gmail.users.drafts.get")
def get_draft(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft = mailbox.draft(call.params["id"])
    document = mailbox.messages[draft["message"]]
    return {"id": draft["id"], "message": shown(mailbox, document, form_of(call))}


@methods.on("gmail.users.drafts.list")
def list_drafts(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft_of = {d["message"]: d["id"] for d in mailbox.drafts.values()}
    found = [d for d in search(call, mailbox) if d["id"] in draft_of]
    return page(
        call,
        found,
        "drafts",
        lambda d: f"{d['internalDate']}{int(d['id'], 16):020d}",
        lambda d: {"id": draft_of[d["id"]], "message": reference(d)},
    )


@methods.on("gmail.users.drafts.update")
def update_draft(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft = mailbox.draft(call.params["id"])
    message = _replaced(call, mailbox, draft)
    return {"id": draft["id"], "message": with_labels(message)}


@methods.on("gmail.users.drafts.delete")
def delete_draft(call: Call) -> None:
    mailbox = mailbox_of(call)
    _consume(mailbox, mailbox.draft(call.params["id"]))


@methods.on("gmail.users.drafts.send")
def send_draft(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft_id = (call.body or {}).get("id")
    if not draft_id:
        raise invalid("Invalid draft")
    draft = mailbox.draft(draft_id)
    if call.media is not None or (call.body.get("message") or {}).get("raw"):
        _replaced(call, mailbox, draft)
        draft = mailbox.draft(draft_id)
    document = mailbox.messages[draft["message"]]
    raw = mailbox.raw(document["id"])
    require_recipients(raw)
    thread_id = document["threadId"] if len(mailbox.threads[document["threadId"]]) > 1 else None
    _consume(mailbox, draft)
    return with_labels(send(call.workspace, owner(call), raw, thread_id=thread_id))


def _draft_message(call: Call, mailbox: Mailbox) -> Document:
    """Keep a new draft's message. It gets its Message-ID now, as at Gmail."""
    raw, thread_id = given_message(call, (call.body or {}).get("message"))
    require_thread(mailbox, thread_id)
    fields, body = mime.split(raw)
    if not mime.value(fields, "Message-ID"):
        fields = [new_message_id(call.workspace), *fields]
    if not mime.value(fields, "From"):
        fields = outgoing_fields(call.workspace, owner(call), fields)
    return mailbox.add(mime.join(fields, body), ["DRAFT"], thread_id=thread_id)


def _replaced(call: Call, mailbox: Mailbox, draft: Any) -> Document:
    """Give a draft another message: the old one goes, the new one has an id of its own."""
    message = _draft_message(call, mailbox)
    mailbox.remove(mailbox.messages[draft["message"]])
    mailbox.drafts[draft["id"]] = {**draft, "message": message["id"]}
    return message


def _consume(mailbox: Mailbox, draft: Any) -> None:
    if draft["message"] not in mailbox.messages:
        raise not_found()
    del mailbox.drafts[draft["id"]]
    mailbox.remove(mailbox.messages[draft["message"]])
