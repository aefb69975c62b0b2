"""Who asked to be told of changes (``watch``): kept, and told when somebody says so.

Nothing is sent by itself: ``notice`` returns what Google would send, and ``POST /local/notices`` sends it.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.workspace import Workspace

_WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is sent to whoever watches."""

    address: str
    headers: dict[str, str]
    body: bytes


def open_channel(call: Call, resource: str) -> dict[str, Any]:
    """Keep a channel that a call asks for, and answer as every API with channels does."""
    body = call.body or {}
    if not body.get("id") or not body.get("address"):
        raise ApiError(400, "required", "Required")
    if body.get("type", "web_hook") not in {"web_hook", "webhook"}:
        raise ApiError(400, "channelTypeInvalid", "Channel type is invalid.")
    channels = call.workspace.store.collection("channels")
    if body["id"] in channels:
        raise ApiError(400, "channelIdNotUnique", f"Channel id {body['id']} not unique")
    usual = int((call.workspace.clock.now().timestamp() + _WEEK) * 1000)
    channel = {
        "kind": "api#channel",
        "id": body["id"],
        "resourceId": sha256(resource.encode()).hexdigest()[:27],
        "resourceUri": f"https://www.googleapis.com{resource}",
        "expiration": str(body.get("expiration") or usual),
        **({"token": body["token"]} if body.get("token") else {}),
    }
    kept = {"shown": channel, "address": body["address"], "user": call.user, "number": 0}
    channels[body["id"]] = kept
    return channel


def close_channel(call: Call) -> None:
    """End a channel of the caller's."""
    body = call.body or {}
    channels = call.workspace.store.collection("channels")
    kept = channels.get(body.get("id", ""))
    wanted = body.get("resourceId")
    if kept is None or kept["user"] != call.user or kept["shown"]["resourceId"] != wanted:
        raise not_found(f"Channel '{body.get('id')}' not found for project")
    del channels[body["id"]]


def notice(workspace: Workspace, channel_id: str, state: str = "exists") -> Notice:
    """Return what a channel would be sent of a change; ``sync`` is what Google sends when it is opened.

    Raises:
        KeyError: There is no such channel.
    """
    channels = workspace.store.collection("channels")
    kept = channels[channel_id]
    channels[channel_id] = kept = {**kept, "number": kept["number"] + 1}
    shown = kept["shown"]
    headers = {
        "X-Goog-Channel-ID": channel_id,
        "X-Goog-Message-Number": str(kept["number"]),
        "X-Goog-Resource-ID": shown["resourceId"],
        "X-Goog-Resource-State": state,
        "X-Goog-Resource-URI": shown["resourceUri"],
        "X-Goog-Channel-Expiration": shown["expiration"],
        **({"X-Goog-Channel-Token": shown["token"]} if "token" in shown else {}),
    }
    return Notice(address=kept["address"], headers=headers, body=b"")


def mail_notice(workspace: Workspace, address: str, history_id: int, to: str) -> Notice:
    """Return what Pub/Sub would push to an address about a mailbox that is watched."""
    data = json.dumps({"emailAddress": address, "historyId": history_id}).encode()
    message = {
        "data": base64.b64encode(data).decode(),
        "messageId": str(secrets.randbelow(10**16)),
        "publishTime": workspace.clock.now().isoformat(),
    }
    body = json.dumps({"message": message, "subscription": "projects/local/subscriptions/gmail"}).encode()
    return Notice(address=to, headers={"Content-Type": "application/json"}, body=body)
