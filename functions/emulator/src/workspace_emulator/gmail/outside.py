"""The world beyond the domain: where mail to it ends, and which addresses can't be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from workspace_emulator.core.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMail:
    """One message that left the domain."""

    envelope_from: str
    recipient: str
    raw: bytes
    at: datetime


def outside_mail(workspace: Workspace, recipient: str | None = None) -> list[OutsideMail]:
    """Return what left the domain, oldest first, for one recipient or all."""
    kept = workspace.store.collection("gmail/outside").values()
    return [_read(d) for d in kept if recipient in (None, d["recipient"])]


def keep_outside(workspace: Workspace, raw: bytes, *, envelope_from: str, recipient: str) -> None:
    number = workspace.store.next_number("gmail/outside")
    workspace.store.collection("gmail/outside")[str(number)] = {
        "envelope_from": envelope_from,
        "recipient": recipient,
        "raw": raw.decode("latin-1"),
        "at": workspace.clock.now().timestamp(),
    }


def fail_address(
    workspace: Workspace, address: str, *, status: str = "5.1.1", text: str = "The address was not found."
) -> None:
    """Let mail to an address come back from now on; a status such as 4.2.2 reports a delay."""
    workspace.store.collection("gmail/failing")[address.lower()] = [status, text]


def heal_address(workspace: Workspace, address: str) -> None:
    workspace.store.collection("gmail/failing").pop(address.lower(), None)


def failure_of(workspace: Workspace, address: str) -> tuple[str, str] | None:
    """Return status and text when mail to an address comes back: it was marked so, or nobody has it."""
    marked = workspace.store.collection("gmail/failing").get(address.lower())
    if marked:
        return marked[0], marked[1]
    here = address.rpartition("@")[2].lower() == workspace.domain.lower()
    return ("5.1.1", "The address was not found.") if here and not workspace.user(address) else None


def _read(document: dict[str, str | float]) -> OutsideMail:
    return OutsideMail(
        envelope_from=str(document["envelope_from"]),
        recipient=str(document["recipient"]),
        raw=str(document["raw"]).encode("latin-1"),
        at=datetime.fromtimestamp(float(document["at"]), UTC),
    )
