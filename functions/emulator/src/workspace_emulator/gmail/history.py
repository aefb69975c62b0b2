"""Gmail's history and profile: what changed since a moment, and how much there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import not_found
from workspace_emulator.gmail.mailbox import FIRST_HISTORY, Mailbox
from workspace_emulator.gmail.shapes import Json
from workspace_emulator.gmail.table import invalid, mailbox_of, methods, page_size

# "History IDs are typically valid for at least a week"; here exactly a week.
_REMEMBERED = timedelta(days=7)
_KINDS = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


@methods.on("gmail.users.getProfile")
def get_profile(call: Call) -> Json:
    mailbox = mailbox_of(call)
    return {
        "emailAddress": mailbox.address,
        "messagesTotal": len(mailbox.messages),
        "threadsTotal": len(mailbox.threads),
        "historyId": str(mailbox.history_id),
    }


@methods.on("gmail.users.history.list")
def list_history(call: Call) -> Json:
    mailbox = mailbox_of(call)
    start = _start(call, mailbox)
    records = [r for n in range(start + 1, mailbox.history_id + 1) if (r := _record(call, mailbox, n))]
    offset = int(call.params.get("pageToken", "0"))
    size = page_size(call)
    answer: Json = {"historyId": str(mailbox.history_id)}
    if chosen := records[offset : offset + size]:
        answer["history"] = chosen
    if len(records) > offset + size:
        answer["nextPageToken"] = str(offset + size)
    return answer


def _start(call: Call, mailbox: Mailbox) -> int:
    """Return the number to begin after; 404 when it was never given, or what followed it is forgotten."""
    text = str(call.params.get("startHistoryId", ""))
    if not text.isdigit() or not int(text):
        raise invalid(
            "Missing or invalid startHistoryId" if text else "Missing required field: startHistoryId"
        )
    if not call.params.get("pageToken", "0").isdigit():
        raise invalid("Invalid pageToken")
    following = mailbox.history.get(str(int(text) + 1))
    if int(text) < FIRST_HISTORY:
        raise not_found()
    oldest = (call.workspace.clock.now() - _REMEMBERED).timestamp() * 1000
    if following and following["at"] < oldest:
        raise not_found()
    return int(text)


def _record(call: Call, mailbox: Mailbox, number: int) -> Json | None:
    stored = mailbox.history.get(str(number))
    if not stored:
        return None
    kinds = [_KINDS[k] for k in call.params.get("historyTypes", _KINDS)]
    changes: Mapping[str, Mapping[str, Any]] = {k: v for k, v in stored["changes"].items() if k in kinds}
    label = call.params.get("labelId")
    if not changes or (label and label not in stored["message"]["labelIds"]):
        return None
    message = stored["message"]
    short = {"id": message["id"], "threadId": message["threadId"]}
    told = {kind: [{"message": message, **extra}] for kind, extra in changes.items()}
    return {"id": str(number), "messages": [short], **told}
