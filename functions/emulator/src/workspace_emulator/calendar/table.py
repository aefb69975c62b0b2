"""The table of Calendar methods, and which calendar a call means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workspace_emulator.core.accounts import User
from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.groups import members_of
from workspace_emulator.core.workspace import Workspace

methods = Methods("calendar", "v3")
RANK = {"freeBusyReader": 1, "reader": 2, "writerWithoutPrivateAccess": 3, "writer": 4, "owner": 5}
WRITES = "writerWithoutPrivateAccess"
"""The least role that changes events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One calendar: a person's primary one, whose id is their address, or a further one of theirs."""

    id: str
    owner: str
    name: str
    time_zone: str
    description: str = ""
    location: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_primary(self) -> bool:
        return self.id == self.owner


def caller(call: Call) -> User:
    """Return the account that a call acts as.

    Raises:
        ApiError: Whoever it is has no calendar.
    """
    user = call.workspace.user(call.user)
    if user is None:
        raise ApiError(403, "notACalendarUser", "The user must be signed up for Google Calendar.")
    return user


def place_of(call: Call, need: str = "reader") -> Place:
    """Return the calendar that ``calendarId`` names, if the caller has at least that role on it.

    Raises:
        ApiError: There is none, or they don't see it (404), or may do less (403).
    """
    user = call.workspace.user(call.user)
    if user is None and call.user:
        caller(call)
    wanted = call.params["calendarId"].lower()
    if user and wanted in ("primary", user.email.lower(), *(a.lower() for a in user.aliases)):
        return primary_place(user)
    place = find_place(call.workspace, wanted)
    role = role_on(call.workspace, place, user) if place else None
    if place is None or role is None or RANK[role] < RANK["reader"]:
        raise not_found("Not Found")
    if RANK[role] < RANK[need]:
        message = f"You need to have {'writer' if need == WRITES else need} access to this calendar."
        raise ApiError(403, "requiredAccessLevel", message, domain="calendar")
    return place


def access_of(call: Call, place: Place) -> str:
    return role_on(call.workspace, place, call.workspace.user(call.user)) or "none"


def role_on(workspace: Workspace, place: Place, user: User | None) -> str | None:
    """Return the strongest role that somebody, or with no user anybody at all, has on a calendar."""
    if user and place.owner == user.email.lower():
        return "owner"
    rules = workspace.store.collection(f"calendar/acl/{place.id}").values()
    roles = [r["role"] for r in rules if _is_for(workspace, r["scope"], user)]
    return max(roles, key=lambda r: RANK[r], default=None)


def _is_for(workspace: Workspace, scope: Mapping[str, str], user: User | None) -> bool:
    kind, value = scope["type"], scope.get("value", "").lower()
    if kind == "default" or user is None:
        return kind == "default"
    addresses = {user.email.lower(), *(a.lower() for a in user.aliases)}
    if kind == "domain":
        return user.email.lower().endswith(f"@{value}")
    if kind == "group":
        return not addresses.isdisjoint(members_of(workspace.store, value))
    return value in addresses


def primary_place(user: User) -> Place:
    address = user.email.lower()
    return Place(id=address, owner=address, name=user.email, time_zone=user.time_zone)


def find_place(workspace: Workspace, calendar_id: str) -> Place | None:
    """Return the calendar of that id, whoever has it."""
    kept = workspace.store.collection("calendar/calendars").get(calendar_id.lower())
    if kept:
        return Place(**kept)
    user = workspace.user(calendar_id)
    return primary_place(user) if user else None


def stamp(moment: datetime) -> str:
    """Write a moment as Calendar does: UTC with milliseconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def invalid(message: str, reason: str = "invalid") -> ApiError:
    return ApiError(400, reason, message, "INVALID_ARGUMENT")
