"""What kind of mail a message is, told from its headers and parts. What it says is meaning's."""

from __future__ import annotations

import logging
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
_LONGEST_BOUNCE = 40_000
_REPLY_PREFIX = re.compile(
    r"^(?:re|aw|sv|antw|fwd?|wg|tr|vs|odp|ynt|rif|回复|答复|回覆|返信) ?(?:\[\d{1,3}\])?[:：] ?"
)
_OPENING = " [(（【*<\"'«"
_DAEMONS = re.compile(
    r"(?:mailer-daemon|mail-daemon|postmaster|mailerdaemon|bounces?|mmdf|mail[-.]delivery|microsoftexchange[0-9a-f]{20,40})"
    r"(?:[+\-.=][^@]*)?(?:@|$)"
)
_MACHINES = re.compile(r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster)(?:[+\-.][^@]*)?@")
_SENDERS_OF_NEWS = re.compile(r"(?:notifications?|alerts?|newsletter|news)(?:[+\-.][^@]*)?@")
_RESPONDERS = (
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Amazon-Auto-Reply",
    "X-FC-MachineGenerated",
    "X-Vacation",
)
_DELIVERED = frozenset({"delivered", "relayed", "expanded"})


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
    if _is_receipt(message, parts):
        return MailKind.OTHER
    if _is_automatic_reply(message):
        return MailKind.OUT_OF_OFFICE
    if _is_from_a_list(message):
        return MailKind.MAILING_LIST
    return MailKind.OTHER if _is_from_a_machine(message) else MailKind.ANSWER


def bounce_of(message: Message, parts: Parts) -> Bounce:
    """Return whom a bounce is about, by its delivery status, else by flufl.bounce."""
    failed, delayed = _delivery_status(message)
    if not (failed or delayed):
        failed, delayed = _second_opinion(message, parts)
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
        return not _is_delivered(message)
    if message.get("X-Failed-Recipients") is not None:
        return True
    daemon, said = _is_from_a_daemon(message), _is_bounce_subject(message)
    empty_path = str(message.get("Return-Path", "x")).strip() == "<>"
    if (said and (daemon or empty_path)) or (daemon and empty_path):
        return True
    machine = daemon or (said and message.get("In-Reply-To") is None)
    return machine and any(_second_opinion(message, parts))


def _is_from_a_daemon(message: Message) -> bool:
    """Tell whether the mail system itself writes; old ones leave their host out."""
    found = [a for _, a in addresses(message, "From")] or [header(message, "From").casefold().strip("<> ")]
    return bool(_DAEMONS.match(found[0]) or found[0].endswith("<mailer-daemon"))


def _is_delivered(message: Message) -> bool:
    actions = {str(block.get("Action", "")).strip().casefold() for block in _status_blocks(message)} - {""}
    return bool(actions) and actions <= _DELIVERED


def _delivery_status(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    failed: dict[str, None] = {}
    delayed: dict[str, None] = {}
    for block in _status_blocks(message):
        address = str(block.get("Original-Recipient") or "").rpartition(";")[2].strip()
        address = (
            str(block.get("Final-Recipient") or address).rpartition(";")[2].strip(" <>\r\n\t").casefold()
        )
        action, status = str(block.get("Action", "")).strip().casefold(), str(block.get("Status", "")).strip()
        if "@" not in address or action in _DELIVERED:
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


def _second_opinion(message: Message, parts: Parts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ask flufl.bounce; it takes its time over long mail, of which it gets the beginning of the text."""
    if _length(message) > _LONGEST_BOUNCE:
        text, sender, message = parts.plain[: _LONGEST_BOUNCE // 2], header(message, "From"), Message()
        message["From"] = sender
        message.set_payload(text)
    # it logs what it stumbles over, which may be somebody's words
    logging.getLogger("flufl.bounce").disabled = True
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # an opinion that fails on hostile mail is no opinion
        return (), ()
    return _texts(permanent), _texts(temporary)


def _length(message: Message) -> int:
    """The characters in all parts, attached messages included."""
    waiting, length = [message], 0
    while waiting and length <= _LONGEST_BOUNCE:
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting += [p for p in inner if isinstance(p, Message)]
        length += len(inner) if isinstance(inner, str) else 100
    return length


def _texts(found: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(sorted(a.decode("ascii", "replace").casefold() for a in found))


def _said_in(parts: Parts) -> str:
    """The first address in the text of a bounce that has no report."""
    match = re.search(r"[\w.+\-]{1,64}@[\w.\-]{1,190}\w", parts.plain[:5000])
    return match[0] if match else ""


def _is_receipt(message: Message, parts: Parts) -> bool:
    """A read receipt, a report that a letter did arrive, or a complaint about it."""
    reports = {"message/disposition-notification", "message/feedback-report", "message/delivery-status"}
    return (
        bool(reports & parts.types)
        or str(message.get_param("report-type", "")).casefold() == "feedback-report"
    )


def _is_automatic_reply(message: Message) -> bool:
    """RFC 3834 and the headers that responders used before it; X-Auto-Response-Suppress alone proves nothing."""
    submitted = _submitted(message)
    if submitted == "auto-generated":
        return _is_away_subject(message) or _is_suppressed_answer(message)
    if submitted and submitted != "no":
        return True
    if any(header(message, name).casefold() not in {"", "no", "false"} for name in _RESPONDERS):
        return True
    precedence = {header(message, name).casefold() for name in ("Precedence", "X-Precedence", "Preference")}
    return bool(precedence & {"auto_reply", "auto-reply", "autoreply"}) or _is_away_subject(message)


def _submitted(message: Message) -> str:
    return header(message, "Auto-Submitted").partition(";")[0].partition("(")[0].strip().casefold()


def _is_suppressed_answer(message: Message) -> bool:
    """Exchange's automatic replies in a language that we don't know."""
    return (
        message.get("X-Auto-Response-Suppress") is not None
        and message.get("In-Reply-To") is not None
        and message.get("List-Id") is None
    )


def _is_away_subject(message: Message) -> bool:
    """Tell whether the subject says so; "Re:" before it in an answer is of somebody who answers the notice."""
    subject = header(message, "Subject").casefold().replace("’", "'")
    words = client_words()
    bare = _REPLY_PREFIX.sub("", subject.lstrip(_OPENING)).lstrip(_OPENING)
    for _ in range(4):
        bare = _REPLY_PREFIX.sub("", bare).lstrip(_OPENING)
    is_answer = bool(_REPLY_PREFIX.match(subject))
    if bare.startswith(words.away_subjects):
        return not (is_answer and message.get("In-Reply-To") is not None)
    return not is_answer and any(phrase in subject for phrase in words.away_phrases)


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
    if _submitted(message) == "auto-generated":
        return True
    senders = [address for _, address in addresses(message, "From")]
    if message.get("In-Reply-To") is None and any(map(_SENDERS_OF_NEWS.match, senders)):
        return True
    return any(map(_MACHINES.match, senders))
