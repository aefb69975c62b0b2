"""Mail that machines write: delivery reports and the vacation responder's answers.

Only what they say and when; carrying them is ``delivery.py``'s affair.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Any

from workspace_emulator.gmail import mime
from workspace_emulator.workspace import User, Workspace

_DAEMON = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
_ANSWER_AGAIN_AFTER = timedelta(days=4)
_SUPPRESSED = {"all", "oof", "autoreply"}
_MACHINES = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@", "donotreply@", "do-not-reply@")


def bounce(workspace: Workspace, raw: bytes, sender: str, recipient: str, failure: tuple[str, str]) -> bytes:
    """Write the delivery report (RFC 3464) for a message that didn't reach a recipient."""
    fields, _ = mime.split(raw)
    status, reason = failure
    delayed = status.startswith("4.")
    report = MIMEMultipart("report", boundary=_boundary(workspace), report_type="delivery-status")
    report["From"], report["To"] = _DAEMON, sender
    report["Auto-Submitted"] = "auto-replied"
    report["Subject"] = f"Delivery Status Notification ({'Delay' if delayed else 'Failure'})"
    report["Date"] = format_datetime(workspace.clock.now())
    number = workspace.store.next_number("gmail/bounce")
    report["Message-ID"] = f"<{number:012x}.bounce@mx.google.com>"
    report["X-Failed-Recipients"] = recipient
    if rfc822_id := mime.value(fields, "Message-ID"):
        report["In-Reply-To"] = report["References"] = rfc822_id
    report.attach(MIMEText(_bounce_words(recipient, reason, delayed), "plain", "utf-8"))
    report.attach(_delivery_status(workspace, recipient, status, reason))
    report.attach(_message_part(mime.join(fields, b"")))
    return report.as_bytes()


def set_vacation(
    workspace: Workspace,
    address: str,
    text: str,
    *,
    subject: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
) -> None:
    """Switch somebody's vacation responder on, for good or for a time."""
    workspace.store.collection("gmail/vacation")[address.lower()] = {
        "text": text,
        "subject": subject,
        "start": start.timestamp() if start else None,
        "end": end.timestamp() if end else None,
        "answered": {},
    }


def end_vacation(workspace: Workspace, address: str) -> None:
    workspace.store.collection("gmail/vacation").pop(address.lower(), None)


def vacation_answer(workspace: Workspace, user: User, raw: bytes, sender: str) -> bytes | None:
    """Return the responder's answer to a message, or None when it keeps silent.

    It answers each sender once in four days, and never machines: nothing automatic (RFC 3834), no list or
    bulk mail, nobody who asked for no answers with X-Auto-Response-Suppress.
    """
    responder = workspace.store.collection("gmail/vacation").get(user.email.lower())
    now = workspace.clock.now()
    fields, _ = mime.split(raw)
    if not responder or not _is_on(responder, now) or not _is_from_a_person(fields, sender):
        return None
    last = responder["answered"].get(sender.lower())
    if last is not None and now.timestamp() - last < _ANSWER_AGAIN_AFTER.total_seconds():
        return None
    answered = {**responder["answered"], sender.lower(): now.timestamp()}
    workspace.store.collection("gmail/vacation")[user.email.lower()] = {**responder, "answered": answered}
    return _vacation_letter(user, responder, fields, sender, now)


def _is_on(responder: Mapping[str, Any], now: datetime) -> bool:
    start, end = responder["start"] or 0, responder["end"] or float("inf")
    return bool(start <= now.timestamp() < end)


def _is_from_a_person(fields: mime.Fields, sender: str) -> bool:
    submitted = mime.value(fields, "Auto-Submitted").lower() or "no"
    suppressed = {w.strip() for w in mime.value(fields, "X-Auto-Response-Suppress").lower().split(",")}
    precedence = mime.value(fields, "Precedence").lower()
    listed = any(name.lower().startswith("list-") for name, _ in fields)
    return (
        bool(sender)
        and submitted == "no"
        and not suppressed & _SUPPRESSED
        and precedence not in ("bulk", "list", "junk")
        and not listed
        and not sender.lower().startswith(_MACHINES)
    )


def _vacation_letter(
    user: User, responder: Mapping[str, Any], fields: mime.Fields, sender: str, now: datetime
) -> bytes:
    letter = MIMEText(responder["text"] + "\n", "plain", "utf-8")
    letter["From"], letter["To"] = formataddr((user.name, user.email)), sender
    letter["Subject"] = f"{responder['subject']} Re: {mime.value(fields, 'Subject')}".strip()
    letter["Date"] = format_datetime(now)
    letter["Precedence"], letter["X-Autoreply"], letter["Auto-Submitted"] = "bulk", "yes", "auto-replied"
    if rfc822_id := mime.value(fields, "Message-ID"):
        letter["In-Reply-To"] = rfc822_id
        letter["References"] = f"{mime.value(fields, 'References')} {rfc822_id}".strip()
    return mime.normal(letter.as_bytes())


def _bounce_words(recipient: str, reason: str, delayed: bool) -> str:
    if delayed:
        return (
            "** Delivery incomplete **\n\n"
            f"There was a temporary problem delivering your message to {recipient}: {reason}\n"
            "Delivery will be tried again.\n"
        )
    return (
        "** Address not found **\n\n"
        f"Your message wasn't delivered to {recipient}: {reason}\n"
        "Check for misspellings or unnecessary spaces and try again.\n"
    )


def _delivery_status(workspace: Workspace, recipient: str, status: str, reason: str) -> MIMEBase:
    code = "450" if status.startswith("4.") else "550"
    about_server, about_recipient = Message(), Message()
    about_server["Reporting-MTA"] = "dns; googlemail.com"
    about_server["Arrival-Date"] = format_datetime(workspace.clock.now())
    about_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    about_recipient["Action"] = "delayed" if code == "450" else "failed"
    about_recipient["Status"] = status
    about_recipient["Diagnostic-Code"] = f"smtp; {code}-{status} {' '.join(reason.split())}"
    part = MIMEBase("message", "delivery-status")
    part.set_payload([about_server, about_recipient])
    return part


def _message_part(raw: bytes) -> MIMEBase:
    part = MIMEBase("message", "rfc822")
    part.set_payload(raw.decode("latin-1").encode("ascii", "replace").decode())
    return part


def _boundary(workspace: Workspace) -> str:
    return f"{workspace.store.next_number('gmail/boundary'):028x}"
