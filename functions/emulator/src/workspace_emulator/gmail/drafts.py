"""Gmail's drafts. Sending one consumes it: the draft and its message go, a new message appears under SENT."""

from __future__ import annotations

from email.utils import format_datetime
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.delivery import deliver_copies, new_message_id, own_sender, send
from workspace_emulator.gmail.listing import Search, page
from workspace_emulator.gmail.mailbox import Document, Mailbox
from workspace_emulator.gmail.messages import (
    form_of,
    given_message,
    owner,
    require_thread,
)
from workspace_emulator.gmail.options import mail_options
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
    draft = _unsent(mailbox, call.params["id"])
    document = mailbox.messages[draft["message"]]
    return {"id": draft["id"], "message": shown(mailbox, document, form_of(call))}


@methods.on("gmail.users.drafts.list")
def list_drafts(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft_of = {d["message"]: d["id"] for d in mailbox.drafts.values() if not mailbox.is_sent(d)}
    found = Search(call, mailbox, label="DRAFT", only=lambda d: d["id"] in draft_of)
    return page(call, found, "drafts", lambda d: {"id": draft_of[d["id"]], "message": reference(d)})


@methods.on("gmail.users.drafts.update")
def update_draft(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft = _unsent(mailbox, call.params["id"])
    message = _replaced(call, mailbox, draft)
    return {"id": draft["id"], "message": with_labels(message)}


@methods.on("gmail.users.drafts.delete")
def delete_draft(call: Call) -> None:
    """Delete a draft for good: also one that was sent by hand, which erases what was sent (as reported of Gmail)."""
    mailbox = mailbox_of(call)
    _consume(mailbox, mailbox.draft(call.params["id"]))


@methods.on("gmail.users.drafts.send")
def send_draft(call: Call) -> Json:
    mailbox = mailbox_of(call)
    draft_id = (call.body or {}).get("id")
    if not draft_id:
        raise invalid("Invalid draft")
    draft = _unsent(mailbox, draft_id)
    if call.media is not None or (call.body.get("message") or {}).get("raw"):
        _replaced(call, mailbox, draft)
        draft = mailbox.draft(draft_id)
    document = mailbox.messages[draft["message"]]
    mail = mime.read(mailbox.raw(document["id"]))
    _consume(mailbox, draft)
    return with_labels(send(call.workspace, owner(call), mail, stays_in=document["threadId"]))


def send_draft_by_hand(workspace: Workspace, address: str, draft_id: str) -> Document:
    """Send a draft as its owner does in Gmail itself: the message keeps its id, and the draft points to it still."""
    user, mailbox = workspace.user(address), Mailbox(workspace, address)
    assert user, f"{address} is no account here"
    document = mailbox.messages[mailbox.draft(draft_id)["message"]]
    mail = mime.read(mailbox.raw(document["id"]))
    deliver_copies(workspace, user, mail)
    return mailbox.relabel(document, add=["SENT"], remove=["DRAFT"])


def _unsent(mailbox: Mailbox, draft_id: str) -> Document:
    """Return a draft that is one still.

    Raises:
        ApiError: Its owner sent it by hand. Gmail gives two answers to that.
    """
    draft = mailbox.draft(draft_id)
    if mailbox.is_sent(draft):
        tells = mail_options(mailbox.workspace).answers_that_a_draft_was_sent
        raise ApiError(400, "failedPrecondition", "Message not a draft") if tells else not_found()
    return draft


def _draft_message(call: Call, mailbox: Mailbox) -> Document:
    """Keep a new draft's message. It gets From, Date and Message-ID now, at the end, as at Gmail."""
    mail, thread_id = given_message(call, (call.body or {}).get("message"))
    require_thread(mailbox, thread_id)
    fields = [*own_sender(owner(call), mail.fields)]
    if not mime.value(fields, "Date"):
        fields.append(mime.field("Date", format_datetime(call.workspace.clock.now())))
    if not mime.value(fields, "Message-ID"):
        fields.append(new_message_id(call.workspace))
    return mailbox.add(mime.written(fields, mail.body), ["DRAFT"], thread_id=thread_id)


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
