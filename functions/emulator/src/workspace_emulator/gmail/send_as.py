"""The addresses that somebody sends as, with their signatures; and who watches a mailbox."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.store import Collection
from workspace_emulator.gmail.mailbox import Mailbox
from workspace_emulator.gmail.shapes import Json
from workspace_emulator.gmail.table import invalid, mailbox_of, methods

_SAID = ("displayName", "replyToAddress", "signature", "treatAsAlias")
_WEEK = 7 * 24 * 3600


@methods.on("gmail.users.settings.sendAs.list")
def list_addresses(call: Call) -> Json:
    return {"sendAs": _all(call, mailbox_of(call))}


@methods.on("gmail.users.settings.sendAs.get")
def get_address(call: Call) -> Json:
    return _found(call, mailbox_of(call))


@methods.on("gmail.users.settings.sendAs.create")
def create_address(call: Call) -> Json:
    """Add an address outside; it stays pending, as nobody here answers the mail that asks."""
    mailbox, body = mailbox_of(call), call.body or {}
    address = str(body.get("sendAsEmail", ""))
    if "@" not in address:
        raise invalid("Invalid sendAs address")
    if any(a["sendAsEmail"].lower() == address.lower() for a in _all(call, mailbox)):
        raise ApiError(409, "duplicate", "A resource already exists", "ALREADY_EXISTS")
    state = "accepted" if call.workspace.user(address) else "pending"
    kept = {k: body[k] for k in _SAID if k in body}
    _kept(call, mailbox)[address.lower()] = {"sendAsEmail": address, "verificationStatus": state, **kept}
    return _found(call, mailbox, address)


@methods.on("gmail.users.settings.sendAs.patch", "gmail.users.settings.sendAs.update")
def change_address(call: Call) -> Json:
    mailbox, body = mailbox_of(call), call.body or {}
    address = _found(call, mailbox)["sendAsEmail"]
    kept = _kept(call, mailbox)
    if body.get("isDefault"):
        for other in list(kept):
            kept[other] = {k: v for k, v in kept[other].items() if k != "isDefault"}
    said = {k: body[k] for k in (*_SAID, "isDefault") if body.get(k) is not None}
    kept[address.lower()] = {**kept.get(address.lower(), {}), **said}
    return _found(call, mailbox, address)


@methods.on("gmail.users.settings.sendAs.delete")
def delete_address(call: Call) -> None:
    mailbox = mailbox_of(call)
    address = _found(call, mailbox)["sendAsEmail"].lower()
    if address in _own(call, mailbox):
        raise invalid("The account's own addresses can't be deleted.")
    del _kept(call, mailbox)[address]


@methods.on("gmail.users.settings.sendAs.verify")
def verify_address(call: Call) -> None:
    """Do as if the mail that asks were sent again, to which nobody here answers."""
    if _found(call, mailbox_of(call)).get("verificationStatus") != "pending":
        raise invalid("The address needs no verification.")


@methods.on("gmail.users.watch")
def watch(call: Call) -> Json:
    """Keep whom a mailbox's changes are published to; ``POST /local/notices`` tells them."""
    mailbox, body = mailbox_of(call), call.body or {}
    if not str(body.get("topicName", "")).startswith("projects/"):
        raise invalid(f"Invalid topicName does not match projects/*/topics/*: {body.get('topicName', '')}")
    until = int((call.workspace.clock.now().timestamp() + _WEEK) * 1000)
    watched = {**body, "expiration": str(until)}
    call.workspace.store.collection("gmail/watches")[mailbox.address.lower()] = watched
    return {"historyId": str(mailbox.history_id), "expiration": str(until)}


@methods.on("gmail.users.stop")
def stop(call: Call) -> None:
    call.workspace.store.collection("gmail/watches").pop(mailbox_of(call).address.lower(), None)


def _kept(call: Call, mailbox: Mailbox) -> Collection:
    return call.workspace.store.collection(f"gmail/send as/{mailbox.address.lower()}")


def _own(call: Call, mailbox: Mailbox) -> list[str]:
    user = call.workspace.user(mailbox.address)
    return [mailbox.address.lower(), *(a.lower() for a in (user.aliases if user else ()))]


def _all(call: Call, mailbox: Mailbox) -> list[Json]:
    kept, own = _kept(call, mailbox), _own(call, mailbox)
    default = next((a for a, d in kept.items() if d.get("isDefault")), own[0])
    addresses = dict.fromkeys([*own, *kept])
    return [_shown(call, a, kept.get(a, {}), own, default) for a in addresses]


def _shown(call: Call, address: str, kept: Any, own: list[str], default: str) -> Json:
    user = call.workspace.user(own[0])
    is_own = address in own
    shown: Json = {
        "sendAsEmail": kept.get("sendAsEmail", address),
        "displayName": kept.get("displayName", user.name if user and is_own else ""),
        "replyToAddress": kept.get("replyToAddress", ""),
        "signature": kept.get("signature", ""),
    }
    if address == own[0]:
        shown["isPrimary"] = True
    else:
        shown |= {"treatAsAlias": kept.get("treatAsAlias", False)}
        shown["verificationStatus"] = "accepted" if is_own else kept["verificationStatus"]
    return shown | ({"isDefault": True} if address == default else {})


def _found(call: Call, mailbox: Mailbox, address: str = "") -> Json:
    wanted = (address or call.params["sendAsEmail"]).lower()
    for shown in _all(call, mailbox):
        if shown["sendAsEmail"].lower() == wanted:
            return shown
    raise not_found()
