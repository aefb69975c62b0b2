"""Letters as a person reads and writes them: a Gmail message taken apart, and an answer put together.

Pure: takes and gives the shapes of Gmail v1. What is shown safely in a browser is ``safe_html``'s affair.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, parseaddr
from html import escape
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    name: str
    content_type: str
    part_id: str
    attachment_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message, taken apart.

    ``pictures`` are inline images as data URIs, by content id; ``calendar_uid`` names the event to which an
    invitation invites.
    """

    id: str
    thread_id: str
    sender: str
    to: str
    cc: str
    reply_to: str
    subject: str
    message_id: str
    references: str
    moment: datetime
    labels: tuple[str, ...]
    text: str
    html: str
    pictures: Mapping[str, str]
    attachments: tuple[Attachment, ...]
    calendar_uid: str


def letter(message: Json) -> Letter:
    """Take apart a message got with ``format=full``."""
    payload = message.get("payload", {})
    parts = list(_leaves(payload))
    return Letter(
        id=message["id"],
        thread_id=message["threadId"],
        sender=header(payload, "From"),
        to=header(payload, "To"),
        cc=header(payload, "Cc"),
        reply_to=header(payload, "Reply-To"),
        subject=header(payload, "Subject"),
        message_id=header(payload, "Message-ID"),
        references=header(payload, "References"),
        moment=datetime.fromtimestamp(int(message.get("internalDate", 0)) / 1000, UTC),
        labels=tuple(message.get("labelIds", ())),
        text=_first(parts, "text/plain"),
        html=_first(parts, "text/html"),
        pictures=dict(_pictures(parts)),
        attachments=tuple(_attachments(parts)),
        calendar_uid=_calendar_uid(_first(parts, "text/calendar")),
    )


def header(payload: Json, name: str) -> str:
    """Return a header's value, decoded as Gmail gives it, or an empty string."""
    wanted = name.lower()
    return next((str(h["value"]) for h in payload.get("headers", ()) if h["name"].lower() == wanted), "")


def person(address_line: str) -> str:
    """Return the name in a ``From``-like line, or else the address."""
    name, address = parseaddr(address_line)
    return name or address or "(nobody)"


def answer(original: Letter, *, writer: str, name: str, words: str, zone: tzinfo) -> bytes:
    """Put together the reply that Gmail's own page would send: quoted, threaded, in text and HTML."""
    message = _blank(writer, name)
    mine = original.sender and parseaddr(original.sender)[1].lower() == writer.lower()
    message["To"] = original.to if mine else original.reply_to or original.sender
    subject = original.subject
    message["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    if original.message_id:
        message["In-Reply-To"] = original.message_id
        message["References"] = f"{original.references} {original.message_id}".strip()
    message.set_content(words.rstrip() + "\n\n" + _quoted_text(original, zone))
    message.add_alternative(_paragraphs(words) + _quoted_html(original, zone), subtype="html")
    return message.as_bytes()


def new_letter(*, writer: str, name: str, to: str, cc: str = "", subject: str = "", words: str = "") -> bytes:
    """Put together a letter that begins a thread."""
    message = _blank(writer, name)
    message["To"] = to
    if cc:
        message["Cc"] = cc
    message["Subject"] = subject
    message.set_content(words.rstrip() + "\n")
    message.add_alternative(_paragraphs(words), subtype="html")
    return message.as_bytes()


def raw(content: bytes) -> str:
    """Encode a message as ``Message.raw`` wants it."""
    return base64.urlsafe_b64encode(content).decode()


def attribution(original: Letter, zone: tzinfo) -> str:
    """Return the line that Gmail's page puts above a quotation, in English."""
    moment = original.moment.astimezone(zone)
    hour = moment.hour % 12 or 12
    when = f"{moment:%a, %b} {moment.day}, {moment:%Y} at {hour}:{moment:%M} {moment:%p}"
    name, address = parseaddr(original.sender)
    return f"On {when} {name} <{address}> wrote:" if name else f"On {when} <{address}> wrote:"


def _blank(writer: str, name: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((name, writer)) if name else writer
    return message


def _quoted_text(original: Letter, zone: tzinfo) -> str:
    lines = original.text.splitlines()
    return "\n".join([attribution(original, zone), "", *(f"> {line}".rstrip() for line in lines), ""])


def _quoted_html(original: Letter, zone: tzinfo) -> str:
    body = original.html or _paragraphs(original.text)
    return (
        '<br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(attribution(original, zone))}<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        f'border-left:1px solid rgb(204,204,204);padding-left:1ex">{body}</blockquote></div>'
    )


def _paragraphs(words: str) -> str:
    lines = (
        f"<div>{escape(line)}</div>" if line.strip() else "<div><br></div>" for line in words.splitlines()
    )
    return f'<div dir="ltr">{"".join(lines)}</div>'


def _leaves(part: Json) -> Iterator[Json]:
    children = part.get("parts", ())
    if not children:
        yield part
    for child in children:
        yield from _leaves(child)


def _first(parts: list[Json], content_type: str) -> str:
    wanted = (p for p in parts if p.get("mimeType") == content_type and not p.get("filename"))
    return next((_decoded(p).decode(_charset(p), "replace") for p in wanted), "")


def _calendar_uid(calendar: str) -> str:
    """Return the UID of the event that an invitation is about (RFC 5545; long lines are folded)."""
    if "METHOD:REQUEST" not in calendar:
        return ""
    lines = calendar.replace("\r\n", "\n").replace("\n ", "").split("\n")
    return next((line.removeprefix("UID:").strip() for line in lines if line.startswith("UID:")), "")


def _decoded(part: Json) -> bytes:
    data = part.get("body", {}).get("data", "")
    return base64.urlsafe_b64decode(data + "=" * (-len(data) % 4))


def _charset(part: Json) -> str:
    """Return utf-8: Gmail hands text parts over in it whatever they were sent in, unless the name is known."""
    _, _, after = header(part, "Content-Type").lower().partition("charset=")
    name = after.split(";")[0].strip().strip("\"'") or "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _pictures(parts: list[Json]) -> Iterator[tuple[str, str]]:
    for part in parts:
        content_id, kind = header(part, "Content-ID").strip("<>"), str(part.get("mimeType", ""))
        if content_id and kind.startswith("image/") and part.get("body", {}).get("data"):
            yield content_id, f"data:{kind};base64,{base64.b64encode(_decoded(part)).decode()}"


def _attachments(parts: list[Json]) -> Iterator[Attachment]:
    for part in parts:
        if part.get("filename"):
            body = part.get("body", {})
            yield Attachment(
                name=part["filename"],
                content_type=part.get("mimeType", ""),
                part_id=part.get("partId", ""),
                attachment_id=body.get("attachmentId"),
            )
