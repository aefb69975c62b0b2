"""Messages as Gmail v1 shows them: minimal, metadata, full (the tree of parts) and raw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from email.message import Message
from typing import Any

from workspace_emulator.core.errors import not_found
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.mailbox import Document, Mailbox

Json = dict[str, Any]


def reference(document: Document) -> Json:
    return {"id": document["id"], "threadId": document["threadId"]}


def with_labels(document: Document) -> Json:
    """Return what sending, drafting and the bin answer."""
    labels = {"labelIds": list(document["labelIds"])} if document["labelIds"] else {}
    return reference(document) | labels


def in_short(document: Document) -> Json:
    """Return what labelling answers, and what all formats have in common."""
    return with_labels(document) | {
        "snippet": document["snippet"],
        "historyId": str(document["historyId"]),
        "internalDate": str(document["internalDate"]),
        "sizeEstimate": document["size"],
    }


def shown(mailbox: Mailbox, document: Document, form: str = "full", only: Iterable[str] = ()) -> Json:
    """Return a message in one of the four formats; ``only`` names the headers that metadata keeps."""
    message = in_short(document)
    if form == "minimal":
        return {k: v for k, v in message.items() if k != "snippet"} | {"payload": {"partId": ""}}
    raw = mailbox.raw(document["id"])
    if form == "raw":
        return message | {"raw": mime.to_text(raw)}
    wanted = {name.lower() for name in only}
    return message | {"payload": _metadata(raw, wanted) if form == "metadata" else _tree(mime.parse(raw), "")}


def attachment(mailbox: Mailbox, document: Document, attachment_id: str) -> Json:
    """Return one attachment's bytes.

    Raises:
        ApiError: The message has no such attachment.
    """
    waiting = [("", mime.parse(mailbox.raw(document["id"])))]
    while waiting:
        part_id, part = waiting.pop()
        if _attachment_id(part_id) == attachment_id and _stands_apart(part):
            content = mime.content(part)
            return {"size": len(content), "data": mime.to_text(content)}
        waiting.extend(_children(part, part_id))
    raise not_found()


def _metadata(raw: bytes, wanted: Collection[str]) -> Json:
    message = mime.parse(raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    headers = [h for h in _headers(message) if not wanted or h["name"].lower() in wanted]
    return {"mimeType": message.get_content_type()} | ({"headers": headers} if headers else {})


def _tree(part: Message, part_id: str) -> Json:
    children = _children(part, part_id)
    node: Json = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": mime.filename(part),
        "headers": _headers(part),
        "body": {"size": 0} if children else _body(part, part_id),
    }
    return node | ({"parts": [_tree(child, i) for i, child in children]} if children else {})


def _children(part: Message, part_id: str) -> list[tuple[str, Message]]:
    payload = part.get_payload()
    if part.get_content_maintype() != "multipart" or not isinstance(payload, list):
        return []
    start = f"{part_id}." if part_id else ""
    return [(f"{start}{i}", child) for i, child in enumerate(payload)]


def _body(part: Message, part_id: str) -> Mapping[str, Any]:
    content = mime.content(part)
    if _stands_apart(part):
        return {"attachmentId": _attachment_id(part_id), "size": len(content)}
    return {"size": len(content)} | ({"data": mime.to_text(content)} if content else {})


def _stands_apart(part: Message) -> bool:
    return bool(mime.filename(part)) or part.get_content_maintype() not in ("text", "multipart")


def _attachment_id(part_id: str) -> str:
    return "ANGjdJ_" + mime.to_text(f"part {part_id or 'root'}".encode()).rstrip("=")


def _headers(part: Message) -> list[Json]:
    return [{"name": name, "value": mime.decoded(name, str(value))} for name, value in part.raw_items()]
