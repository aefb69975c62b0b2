"""Delivery reports (RFC 3464): what the mail system writes when a message didn't arrive."""

from __future__ import annotations

from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime

_DAEMON = "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"


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
