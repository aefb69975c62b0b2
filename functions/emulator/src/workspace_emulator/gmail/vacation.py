"""The vacation responder: when it answers and what it writes. Carrying the answer is ``delivery.py``'s affair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from typing import Any

from workspace_emulator.core.accounts import User
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime

_ANSWER_AGAIN_AFTER = timedelta(days=4)
_ONE_TO_ONE = "list-unsubscribe"
"""Alone it makes no mailing list: Gmail knows one by its List-ID, and mails to one person have it, too."""
_SUPPRESSED = {"all", "oof", "autoreply"}
_MACHINES = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@", "donotreply@", "do-not-reply@")


def set_vacation(
    workspace: Workspace,
    address: str,
    text: str,
    *,
    subject: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
    domain_only: bool = False,
) -> None:
    """Switch somebody's vacation responder on, for good or for a time."""
    workspace.store.collection("gmail/vacation")[address.lower()] = {
        "text": text,
        "subject": subject,
        "start": start.timestamp() if start else None,
        "end": end.timestamp() if end else None,
        "domain_only": domain_only,
        "answered": {},
    }


def end_vacation(workspace: Workspace, address: str) -> None:
    workspace.store.collection("gmail/vacation").pop(address.lower(), None)


def vacation(workspace: Workspace, address: str) -> Mapping[str, Any] | None:
    """Return what somebody's responder is set to, or None when it is off."""
    responder: Mapping[str, Any] | None = workspace.store.collection("gmail/vacation").get(address.lower())
    return responder


def vacation_answer(workspace: Workspace, user: User, fields: mime.Fields, sender: str) -> bytes | None:
    """Return the responder's answer to a message, or None when it keeps silent.

    It answers each sender once in four days, and never machines: nothing automatic (RFC 3834), no list or
    bulk mail, nobody who asked for no answers with X-Auto-Response-Suppress.
    """
    responder, now = vacation(workspace, user.email), workspace.clock.now()
    if not responder or not _is_on(responder, now) or not _is_from_a_person(fields, sender):
        return None
    if responder["domain_only"] and not sender.lower().endswith(f"@{workspace.domain.lower()}"):
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
    listed = any(name.lower().startswith("list-") and name.lower() != _ONE_TO_ONE for name, _ in fields)
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
