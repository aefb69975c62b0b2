"""Bounces: whether a mail says that one of ours didn't arrive, whom that is about, and whether it may still arrive.

Read from the delivery report (RFC 3464, RFC 6533), else by flufl.bounce, else from what the mail says.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from flufl.bounce import all_failures

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.mime import Parts, addresses, header, raw_headers, text_of

_MOST_BOUNCED = 20
_MOST_BLOCKS = 200
_LONGEST_BOUNCE = 40_000
_LONGEST_SAID = 20_000
_DAEMONS = re.compile(
    r"(?:mailer-daemon|mail-daemon|mdaemon|post_?master|mailerdaemon|bounces?|mmdf|mail[-.]delivery|microsoftexchange[0-9a-f]{20,40})"
    r"(?:[+\-.=\\][^@]*)?(?:@|$)"
)
_MACHINES = re.compile(r"(?:no-?reply|do-?not-?reply|mailer-daemon|post_?master)(?:[+\-.][^@]*)?@")
_DELIVERED = frozenset({"delivered", "relayed", "expanded"})
_REPORTS = frozenset({"message/delivery-status"})
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']{1,64}@[^\s<>()\[\],;:\"']{1,190}\w")
_STATUS = re.compile(
    r"\b5\d\d[ -]+(?:#?5\.\d{1,2}\.\d{1,3}\b|\D)|\b5\.\d{1,2}\.\d{1,3}\b|RCPT TO:", re.IGNORECASE
)
_FIELD = re.compile(
    r"^[> ]{0,4}(final-recipient|original-recipient|action|status)[ \t]*:[ \t]*(.{1,400})$",
    re.IGNORECASE | re.MULTILINE,
)
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """Whom a letter could not reach. ``temporary`` means that the sending server may still succeed."""

    addresses: tuple[str, ...] = ()
    temporary: bool = False


def is_bounce(message: Message, parts: Parts) -> bool:
    report = str(message.get_param("report-type", "")).casefold()
    if report in {"delivery-status", "global-delivery-status"} or _REPORTS & parts.types:
        return not _is_delivered(message)
    if message.get("X-Failed-Recipients") is not None:
        return True
    daemon, said = _is_from_a_daemon(message), _says(message, client_words().bounce_subjects)
    empty_path = str(message.get("Return-Path", "x")).strip() == "<>"
    if (said and (daemon or empty_path)) or (daemon and empty_path):
        return True
    if daemon and _tells_a_failure(parts):
        return True
    machine = daemon or _is_from_a_machine(message)
    if machine and said and ("message/rfc822" in parts.types or _tells_a_failure(parts)):
        return True
    unasked = machine or (said and message.get("In-Reply-To") is None)
    return unasked and any(_second_opinion(message, parts))


def bounce_of(message: Message, parts: Parts) -> Bounce:
    """Return whom a bounce is about, and whether it only tells of a delay."""
    failed, delayed = _sorted(_report(message))
    if not (failed or delayed):
        failed, delayed = _sorted(_written_report(message, parts))
    if not (failed or delayed):
        failed, delayed = _second_opinion(message, parts)
    if not (failed or delayed):
        found = header(message, "X-Failed-Recipients") or _said_in(parts)
        failed = tuple(a.strip().casefold() for a in found.split(",") if "@" in a)
    if failed and _only_waits(message, parts):
        failed, delayed = (), failed
    return Bounce(addresses=(failed or delayed)[:_MOST_BOUNCED], temporary=not failed and bool(delayed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a report tells of one recipient: the address written to, and that where it ended."""

    recipients: tuple[str, ...]
    action: str
    status: str

    @property
    def is_delivered(self) -> bool:
        return self.action in _DELIVERED

    @property
    def is_delayed(self) -> bool:
        """RFC 3464: "failed" is final, whatever its status; without an action the status tells."""
        return self.action == "delayed" or (not self.action and self.status.startswith("4"))


def _is_delivered(message: Message) -> bool:
    told = [t for t in _report(message) if t.action]
    return bool(told) and all(t.is_delivered for t in told)


def _sorted(told: Iterable[_Told]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    failed: dict[str, None] = {}
    delayed: dict[str, None] = {}
    for one in told:
        if not one.is_delivered:
            (delayed if one.is_delayed else failed).update(dict.fromkeys(one.recipients))
    return tuple(failed), tuple(a for a in delayed if a not in failed)


def _report(message: Message) -> tuple[_Told, ...]:
    return tuple(_told_in(block) for block in _blocks(message))


def _told_in(block: Message) -> _Told:
    def field(name: str) -> str:
        return next(iter(raw_headers(block, name)), "").strip()

    found = (_address_in(field(name)) for name in ("Original-Recipient", "Final-Recipient"))
    return _Told(
        recipients=tuple(dict.fromkeys(a for a in found if a)),
        action=field("Action").casefold().partition(" ")[0],
        status=field("Status"),
    )


def _address_in(value: str) -> str:
    """Return the address of ``rfc822; a@b`` or ``utf-8; a@b``, whose signs may be escaped; else nothing."""
    address = value.rpartition(";")[2].strip(" <>\r\n\t")
    unescaped = _ESCAPED.sub(_sign, address)
    return unescaped.casefold() if "@" in unescaped and len(unescaped) <= 320 else ""


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number < 0x110000 else ""


def _blocks(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    seen = 0
    while waiting and seen < _MOST_BLOCKS:
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        messages = [p for p in inner if isinstance(p, Message)] if isinstance(inner, list) else []
        if part.get_content_type() in _REPORTS:
            seen += len(messages)
            yield from _unencoded(part, messages[:_MOST_BLOCKS])
        elif part.get_content_maintype() == "multipart":
            waiting += messages


def _unencoded(report: Message, blocks: list[Message]) -> list[Message]:
    """Return the blocks of a report; the parser leaves alone what was encoded on its way."""
    if str(report.get("Content-Transfer-Encoding", "")).strip().casefold() not in {
        "base64",
        "quoted-printable",
    }:
        return blocks
    carrier = Message()
    carrier["Content-Transfer-Encoding"] = str(report["Content-Transfer-Encoding"])
    carrier.set_payload("\n\n".join(p for b in blocks if isinstance(p := b.get_payload(), str)))
    decoded = text_of(carrier).replace("\r\n", "\n").strip()
    return [message_from_bytes(block.encode()) for block in decoded.split("\n\n")[:_MOST_BLOCKS]]


def _written_report(message: Message, parts: Parts) -> Iterator[_Told]:
    """Yield what the fields of a report say that are in the text: its parts were lost on the way."""
    payload = message.get_payload()
    text = payload if isinstance(payload, str) else parts.plain
    found: dict[str, str] = {}
    for match in _FIELD.finditer(text[:_LONGEST_BOUNCE]):
        name = match[1].casefold()
        if name in found:
            yield _as_told(found)
            found = {}
        found[name] = match[2].strip()
    if found:
        yield _as_told(found)


def _as_told(found: dict[str, str]) -> _Told:
    both = (_address_in(found.get(name, "")) for name in ("original-recipient", "final-recipient"))
    return _Told(
        recipients=tuple(dict.fromkeys(a for a in both if a)),
        action=found.get("action", "").casefold().partition(" ")[0],
        status=found.get("status", ""),
    )


def _is_from_a_daemon(message: Message) -> bool:
    """Tell whether the mail system itself writes; old ones leave their host out."""
    found = [a for _, a in addresses(message, "From")] or [header(message, "From").casefold().strip("<> ")]
    return bool(_DAEMONS.match(found[0]) or found[0].endswith("<mailer-daemon"))


def _is_from_a_machine(message: Message) -> bool:
    return any(_MACHINES.match(address) for _, address in addresses(message, "From"))


def _says(message: Message, phrases: Iterable[str]) -> bool:
    subject = header(message, "Subject").casefold().replace("’", "'")
    return any(phrase in subject for phrase in phrases)


def _tells_a_failure(parts: Parts) -> bool:
    text = (parts.plain or parts.markup)[:_LONGEST_SAID]
    return bool(_STATUS.search(text) and _ADDRESS.search(text))


def _only_waits(message: Message, parts: Parts) -> bool:
    """Tell whether a mail without a report says that the server goes on trying."""
    if any(t.action for t in _report(message)):
        return False
    words = client_words()
    text = " ".join((parts.plain or parts.markup)[:_LONGEST_SAID].casefold().split())
    return _says(message, words.delay_subjects) or any(phrase in text for phrase in words.delays)


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
    match = _ADDRESS.search(parts.plain[:5000]) or _ADDRESS.search(parts.markup[:20_000])
    return match[0] if match else ""
