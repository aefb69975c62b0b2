"""What kind of mail a message is, told from its headers and parts. What it says is meaning's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from flufl.bounce import all_failures

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.mime import Parts, addresses, header
from peerpact.programme.replies.ours import OurLetters

_MOST_BOUNCED = 20
_LONGEST_BOUNCE = 20_000
_REPLY_PREFIX = re.compile(r"^(?:re|aw|sv|antw|fwd?|wg|tr|vs|odp|ynt|rif|回复|答复) ?[:：] ?")
_DAEMONS = re.compile(
    r"(?:mailer-daemon|mail-daemon|postmaster|mailerdaemon|bounces?|mmdf)(?:[+\-.=][^@]*)?@"
)
_MACHINES = re.compile(
    r"(?:no-?reply|do-?not-?reply|notifications?|alerts?|newsletter|news)(?:[+\-.][^@]*)?@|mailer-daemon@|postmaster@"
)


class MailKind(StrEnum):
    """Only an ANSWER is read as somebody's words; all other kinds change no commitment."""

    ANSWER = "answer"
    OUT_OF_OFFICE = "out of office"
    BOUNCE = "bounce"
    CALENDAR_ANSWER = "calendar answer"
    MAILING_LIST = "mailing list"
    OUR_OWN = "our own"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """Whom a letter could not reach. ``temporary`` means that the sending server may still succeed."""

    addresses: tuple[str, ...] = ()
    temporary: bool = False


def kind_of(message: Message, parts: Parts, ours: OurLetters) -> MailKind:
    """Judge in the order of certainty: our own, calendar (it carries Auto-Submitted), bounce, automatic, list."""
    if _is_our_own(message, ours):
        return MailKind.OUR_OWN
    if parts.calendar_methods & {"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"}:
        return MailKind.CALENDAR_ANSWER
    if _is_bounce(message, parts):
        return MailKind.BOUNCE
    if parts.calendar_methods & {"REQUEST", "CANCEL", "PUBLISH", "ADD"}:
        return MailKind.OTHER
    if _is_receipt(parts):
        return MailKind.OTHER
    if _is_automatic_reply(message):
        return MailKind.OUT_OF_OFFICE
    if _is_from_a_list(message):
        return MailKind.MAILING_LIST
    return MailKind.OTHER if _is_from_a_machine(message) else MailKind.ANSWER


def bounce_of(message: Message, parts: Parts) -> Bounce:
    """Return whom a bounce is about, by its delivery status, else by flufl.bounce."""
    failed, delayed = _delivery_status(message)
    if not (failed or delayed) and len(parts.plain) <= _LONGEST_BOUNCE:
        failed, delayed = _second_opinion(message)
    if not (failed or delayed):
        found = header(message, "X-Failed-Recipients") or _said_in(parts)
        failed = tuple(a.strip().casefold() for a in found.split(",") if "@" in a)
    return Bounce(addresses=(failed or delayed)[:_MOST_BOUNCED], temporary=not failed and bool(delayed))


def _is_our_own(message: Message, ours: OurLetters) -> bool:
    if message.get("X-Peerpact") is not None:
        return True
    return any(ours.is_from_us(address) for _, address in addresses(message, "From"))


def _is_bounce(message: Message, parts: Parts) -> bool:
    report = str(message.get_param("report-type", "")).casefold()
    if report == "delivery-status" or "message/delivery-status" in parts.types:
        return True
    sender = next(iter(a for _, a in addresses(message, "From")), "")
    empty_path = str(message.get("Return-Path", "x")).strip() == "<>"
    daemon = bool(_DAEMONS.match(sender))
    said = _is_bounce_subject(message)
    failed = message.get("X-Failed-Recipients") is not None
    return failed or (daemon and (said or empty_path)) or (said and empty_path)


def _delivery_status(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    failed: dict[str, None] = {}
    delayed: dict[str, None] = {}
    for block in _status_blocks(message):
        address = str(block.get("Original-Recipient") or "").rpartition(";")[2].strip()
        address = (
            str(block.get("Final-Recipient") or address).rpartition(";")[2].strip(" <>\r\n\t").casefold()
        )
        action, status = str(block.get("Action", "")).strip().casefold(), str(block.get("Status", "")).strip()
        if "@" not in address or action in {"delivered", "relayed", "expanded"}:
            continue
        (delayed if action == "delayed" or status.startswith("4") else failed)[address] = None
    return tuple(failed), tuple(delayed)


def _status_blocks(message: Message) -> list[Message]:
    waiting: list[Message] = [message]
    found: list[Message] = []
    while waiting and len(found) < 200:
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            messages = [p for p in inner if isinstance(p, Message)]
            if part.get_content_type() == "message/delivery-status":
                found += messages
            elif part.get_content_maintype() == "multipart":
                waiting += messages
    return found


def _second_opinion(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # an opinion that fails on hostile mail is no opinion
        return (), ()
    return _texts(permanent), _texts(temporary)


def _texts(found: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted(a.decode("ascii", "replace").casefold() for a in found))


def _said_in(parts: Parts) -> str:
    """The first address in the text of a bounce that has no report."""
    match = re.search(r"[\w.+\-]{1,64}@[\w.\-]{1,190}\w", parts.plain[:5000])
    return match[0] if match else ""


def _is_receipt(parts: Parts) -> bool:
    return "message/disposition-notification" in parts.types


def _is_automatic_reply(message: Message) -> bool:
    """RFC 3834 and the headers that responders used before it; X-Auto-Response-Suppress alone proves nothing."""
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    if submitted and submitted != "no":
        return submitted != "auto-generated" or _is_away_subject(message)
    if any(
        message.get(name) is not None
        for name in ("X-Autoreply", "X-Autorespond", "X-AutoReply-From", "X-Mail-Autoreply")
    ):
        return header(message, "X-Autoreply").casefold() != "no"
    if header(message, "Precedence").casefold() in {"auto_reply", "auto-reply"}:
        return True
    return _is_away_subject(message)


def _is_away_subject(message: Message) -> bool:
    subject = _REPLY_PREFIX.sub("", header(message, "Subject").casefold().replace("’", "'"), count=4)
    return subject.startswith(client_words().away_subjects)


def _is_bounce_subject(message: Message) -> bool:
    subject = header(message, "Subject").casefold().replace("’", "'")
    return any(words in subject for words in client_words().bounce_subjects)


def _is_from_a_list(message: Message) -> bool:
    """A person's own mail may carry List-Unsubscribe, added by a tracking tool: then it answers something."""
    if message.get("List-Id") is not None or message.get("List-Post") is not None:
        return True
    bulk = header(message, "Precedence").casefold() in {"list", "bulk", "junk"}
    named = message.get("List-Unsubscribe") is not None or message.get("Feedback-ID") is not None
    return (bulk or named) and message.get("In-Reply-To") is None


def _is_from_a_machine(message: Message) -> bool:
    submitted = header(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    if submitted == "auto-generated":
        return True
    return any(_MACHINES.match(address) for _, address in addresses(message, "From"))
