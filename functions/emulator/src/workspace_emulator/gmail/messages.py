"""Gmail's messages: listing, reading, labelling, deleting, sending, inserting."""

from __future__ import annotations

import binascii
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import forbidden
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.delivery import send
from workspace_emulator.gmail.listing import METADATA, Search, page
from workspace_emulator.gmail.mailbox import SYSTEM_LABELS, Document, Mailbox
from workspace_emulator.gmail.shapes import Json, attachment, in_short, reference, shown, with_labels
from workspace_emulator.gmail.table import invalid, mailbox_of, methods

_NEVER_BY_HAND = frozenset({"SENT", "DRAFT", "CHAT"})
_NO_RAW = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"


@methods.on("gmail.users.messages.list")
def list_messages(call: Call) -> Json:
    return page(call, Search(call, mailbox_of(call)), "messages", reference)


@methods.on("gmail.users.messages.get")
def get_message(call: Call) -> Json:
    mailbox = mailbox_of(call)
    document = mailbox.message(call.params["id"])
    form, only = form_of(call), call.params.get("metadataHeaders", ())
    return shown(mailbox, document, form, only)


@methods.on("gmail.users.messages.attachments.get")
def get_attachment(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return attachment(mailbox, mailbox.message(call.params["messageId"]), call.params["id"])


@methods.on("gmail.users.messages.send")
def send_message(call: Call) -> Json:
    mailbox = mailbox_of(call)
    mail, thread_id = given_message(call, call.body)
    require_thread(mailbox, thread_id)
    return with_labels(send(call.workspace, owner(call), mail, thread_id=thread_id))


@methods.on("gmail.users.messages.insert", "gmail.users.messages.import")
def insert_message(call: Call) -> Json:
    """Put a message in as it is. Both take it as delivered already: nothing is sent, bounced or answered."""
    mailbox = mailbox_of(call)
    mail, thread_id = given_message(call, call.body)
    require_thread(mailbox, thread_id)
    labels = list((call.body or {}).get("labelIds", ()))
    require_labels(mailbox, labels)
    imported = call.method_id.endswith("import")
    by_header = call.params.get("internalDateSource", "dateHeader" if imported else "receivedTime")
    date = _date_header(mail) if by_header == "dateHeader" else None
    return with_labels(mailbox.add(mail, labels, thread_id=thread_id, internal_date=date))


@methods.on("gmail.users.messages.modify")
def modify_message(call: Call) -> Json:
    mailbox = mailbox_of(call)
    document = mailbox.message(call.params["id"])
    add, remove = label_changes(mailbox, call.body)
    return in_short(mailbox.relabel(document, add=add, remove=remove))


@methods.on("gmail.users.messages.batchModify")
def modify_messages(call: Call) -> None:
    mailbox = mailbox_of(call)
    add, remove = label_changes(mailbox, call.body)
    for document in _named(mailbox, call.body):
        mailbox.relabel(document, add=add, remove=remove)


@methods.on("gmail.users.messages.trash")
def trash_message(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return with_labels(trash(mailbox, mailbox.message(call.params["id"])))


@methods.on("gmail.users.messages.untrash")
def untrash_message(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return with_labels(mailbox.relabel(mailbox.message(call.params["id"]), remove=["TRASH"]))


@methods.on("gmail.users.messages.delete")
def delete_message(call: Call) -> None:
    mailbox = mailbox_of(call)
    erase(mailbox, mailbox.message(call.params["id"]))


@methods.on("gmail.users.messages.batchDelete")
def delete_messages(call: Call) -> None:
    mailbox = mailbox_of(call)
    for document in _named(mailbox, call.body):
        erase(mailbox, document)


def form_of(call: Call) -> str:
    """Return how messages are to be shown.

    Raises:
        ApiError: The token may see headers alone: that counts, whatever else it may.
    """
    form = str(call.params.get("format", "full"))
    if METADATA in call.scopes and form in {"full", "raw"}:
        raise forbidden(f"Metadata scope doesn't allow format {form.upper()}")
    return form


def given_message(call: Call, message: Json | None) -> tuple[mime.Mail, str | None]:
    """Return the message that a call brings, either way, and its wished-for thread.

    Raises:
        ApiError: There is no message, or its ``raw`` is not base64.
    """
    message = message or {}
    if call.media is not None:
        raw = call.media
    elif message.get("raw"):
        try:
            raw = mime.from_text(message["raw"])
        except (binascii.Error, ValueError):
            raise invalid("Invalid value for ByteString: raw") from None
    else:
        raise invalid(_NO_RAW)
    return mime.read(raw), message.get("threadId") or None


def require_thread(mailbox: Mailbox, thread_id: str | None) -> None:
    if thread_id:
        mailbox.thread(thread_id)


def require_labels(mailbox: Mailbox, label_ids: Iterable[str]) -> None:
    for label_id in label_ids:
        if label_id not in SYSTEM_LABELS and label_id not in mailbox.labels:
            raise invalid(f"Invalid label: {label_id}")


def label_changes(mailbox: Mailbox, body: Json | None) -> tuple[list[str], list[str]]:
    """Return the labels to add and to remove.

    Raises:
        ApiError: A label does not exist or is not for people to set.
    """
    add, remove = (list((body or {}).get(k, ())) for k in ("addLabelIds", "removeLabelIds"))
    if not add and not remove:
        raise invalid("No label add or removes specified")
    require_labels(mailbox, [*add, *remove])
    for label_id in (*add, *remove):
        if label_id in _NEVER_BY_HAND:
            raise invalid(f"Invalid label: {label_id}")
    if both := set(add) & set(remove):
        raise invalid(f"Cannot both add and remove the same label: {min(both)}")
    return add, remove


def trash(mailbox: Mailbox, document: Document) -> Document:
    return mailbox.relabel(document, add=["TRASH"], remove=["INBOX"])


def erase(mailbox: Mailbox, document: Document) -> None:
    """Delete a message for good, and the draft that it was."""
    for draft_id, draft in list(mailbox.drafts.items()):
        if draft["message"] == document["id"]:
            del mailbox.drafts[draft_id]
    mailbox.remove(document)


def owner(call: Call) -> Any:
    return call.workspace.user(call.user)


def _named(mailbox: Mailbox, body: Json | None) -> list[Document]:
    ids = list((body or {}).get("ids", ()))
    if not ids:
        raise invalid("No message ids specified")
    if len(ids) > 1000:
        raise invalid("Too many message ids specified. Maximum is 1000")
    return [mailbox.messages[i] for i in dict.fromkeys(ids) if i in mailbox.messages]


def _date_header(mail: mime.Mail) -> int | None:
    try:
        moment = parsedate_to_datetime(mime.value(mail.fields, "Date"))
        return int(moment.timestamp() * 1000)
    except (ValueError, TypeError, OverflowError):
        return None
