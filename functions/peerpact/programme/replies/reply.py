"""From raw RFC 822 bytes to a Reply: the newly written text, the kind of mail, and what its headers say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from peerpact.programme.keys import REFERENCE
from peerpact.programme.replies.bounces import Bounce, bounce_of
from peerpact.programme.replies.clean_text import cleaned
from peerpact.programme.replies.kinds import MailKind, kind_of
from peerpact.programme.replies.list_unsubscribe import leaves_by_subject
from peerpact.programme.replies.markup import documents_of_markup
from peerpact.programme.replies.mime import Parts, addresses, header, parsed, parts_of, sent_at
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.quotes import NOTHING_SENT, newly_written, newly_written_lines
from peerpact.programme.replies.reactions import reaction_in
from peerpact.programme.replies.sender import Verdict, vouched_for

__all__ = [
    "Bounce",
    "MailKind",
    "OurLetters",
    "Reply",
    "Verdict",
    "newly_written",
    "read_reply",
    "verdict_of",
]

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One mail as read. ``text`` is clean and bounded, and only an answer's is somebody's own words."""

    kind: MailKind
    text: str
    sender: str
    """Lower-case address of From; empty when there is none or more than one."""
    sender_name: str
    verdict: Verdict
    """Whether the receiving server vouches for the sender."""
    subject: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    recipients: tuple[str, ...]
    """Addresses of To, Cc and Delivered-To, plus-addresses as they are."""
    quoted_references: tuple[str, ...]
    """Our letters' references, such as FU-7KQ9-M2AA, found in the subject or anywhere in the body."""
    sent_at: datetime | None
    bounce: Bounce | None
    reaction: str = ""
    """The emoji, where the mail is nothing but a reaction: then ``text`` is empty."""


def read_reply(raw: bytes, *, ours: OurLetters = NOTHING_SENT) -> Reply:
    """Read a mail, whatever its bytes are; never raises on account of them."""
    message = parsed(raw)
    parts = parts_of(message)
    written = _text(parts, ours)
    kind = kind_of(message, parts, ours, written=written)
    name, address = _sender(message)
    references = _message_ids(message, "References")
    in_reply_to = next(iter(_message_ids(message, "In-Reply-To")), "")
    text = ("" if in_reply_to else leaves_by_subject(header(message, "Subject"))) or written
    reaction = parts.reaction or reaction_in(text)
    return Reply(
        kind=kind,
        text="" if reaction else text,
        reaction=reaction,
        sender=address,
        sender_name=name,
        verdict=vouched_for(message, sender=address),
        subject=header(message, "Subject"),
        message_id=next(iter(_message_ids(message, "Message-ID")), ""),
        in_reply_to=in_reply_to,
        references=references,
        recipients=_recipients(message),
        quoted_references=_quoted_references(message, parts),
        sent_at=sent_at(message),
        bounce=bounce_of(message, parts) if kind is MailKind.BOUNCE else None,
    )


def verdict_of(raw: bytes, *, of: Collection[str]) -> Verdict | None:
    """Return what the receiving server says of a mail's author; None where that is none of these people."""
    message = parsed(raw)
    _, address = _sender(message)
    return vouched_for(message, sender=address) if address in of else None


def texts_of_letter(raw: bytes) -> tuple[str, ...]:
    """Return what a letter of ours says, as plain text and as its HTML shows it: what a reply to it may quote."""
    parts = parts_of(parsed(raw))
    shown = (line.text for document in documents_of_markup(parts.markup) for line in document)
    return tuple(text for text in (parts.plain, "\n".join(shown)) if text)


def _text(parts: Parts, ours: OurLetters) -> str:
    """Prefer the plain text: what mail programs make of a quote there is simpler."""
    written = newly_written(parts.plain, ours=ours)
    if written or not parts.markup:
        return written
    documents = (newly_written_lines(lines, ours=ours) for lines in documents_of_markup(parts.markup))
    return next((text for text in documents if text), "")


def _sender(message: Message) -> tuple[str, str]:
    found = addresses(message, "From")
    return found[0] if len(found) == 1 else ("", "")


def _recipients(message: Message) -> tuple[str, ...]:
    found = (a for _, a in addresses(message, "To", "Cc", "Delivered-To", "X-Original-To"))
    return tuple(dict.fromkeys(found))


def _message_ids(message: Message, name: str) -> tuple[str, ...]:
    text = " ".join(str(v)[:20_000] for v in message.get_all(name, [])[:5])
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(text)))[:100]


def _quoted_references(message: Message, parts: Parts) -> tuple[str, ...]:
    text = f"{header(message, 'Subject')}\n{cleaned(parts.plain)}\n{parts.markup[:100_000]}"
    return tuple(dict.fromkeys(REFERENCE.findall(text)))[:20]
