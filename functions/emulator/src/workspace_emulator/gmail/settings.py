"""Gmail's settings, of which the local Workspace knows the vacation responder."""

from __future__ import annotations

from datetime import UTC, datetime

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import not_here
from workspace_emulator.gmail.shapes import Json
from workspace_emulator.gmail.table import invalid, mailbox_of, methods
from workspace_emulator.gmail.vacation import end_vacation, set_vacation, vacation


@methods.on("gmail.users.settings.getVacation")
def get_vacation(call: Call) -> Json:
    return _shown(call, mailbox_of(call).address)


@methods.on("gmail.users.settings.updateVacation")
def update_vacation(call: Call) -> Json:
    address, body = mailbox_of(call).address, call.body or {}
    if not body.get("enableAutoReply"):
        end_vacation(call.workspace, address)
        return _shown(call, address)
    if body.get("restrictToContacts") or body.get("responseBodyHtml"):
        raise not_here("holiday answers in HTML or to contacts only")
    if not body.get("responseSubject") and not body.get("responseBodyPlainText"):
        raise invalid("Auto-reply requires a response subject or body")
    start, end = _moment(body.get("startTime")), _moment(body.get("endTime"))
    if start and end and start >= end:
        raise invalid("Start time must precede end time")
    set_vacation(
        call.workspace,
        address,
        body.get("responseBodyPlainText", ""),
        subject=body.get("responseSubject", ""),
        start=start,
        end=end,
        domain_only=bool(body.get("restrictToDomain")),
    )
    return _shown(call, address)


def _shown(call: Call, address: str) -> Json:
    """Return the settings; unlike Gmail, a responder that is off has forgotten its words."""
    kept = vacation(call.workspace, address)
    if kept is None:
        return {"enableAutoReply": False, "restrictToContacts": False, "restrictToDomain": False}
    times = {"startTime": kept["start"], "endTime": kept["end"]}
    return {
        "enableAutoReply": True,
        "responseSubject": kept["subject"],
        "responseBodyPlainText": kept["text"],
        "restrictToContacts": False,
        "restrictToDomain": kept["domain_only"],
        **{name: str(int(moment * 1000)) for name, moment in times.items() if moment},
    }


def _moment(milliseconds: str | None) -> datetime | None:
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if milliseconds else None
