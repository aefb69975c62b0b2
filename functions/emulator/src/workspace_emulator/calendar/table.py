"""The table of Calendar methods, and which calendar a call means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workspace_emulator.core.accounts import User
from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.workspace import Workspace

methods = Methods("calendar", "v3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One calendar: a person's primary one, whose id is their address, or a further one of theirs."""

    id: str
    owner: str
    name: str
    time_zone: str
    description: str = ""

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


def place_of(call: Call) -> Place:
    """Return the calendar that ``calendarId`` names. People see their own only."""
    user = caller(call)
    wanted = call.params["calendarId"].lower()
    if wanted in ("primary", user.email.lower(), *(a.lower() for a in user.aliases)):
        return primary_place(user)
    place = find_place(call.workspace, wanted)
    if place is None or place.owner != user.email.lower():
        raise not_found("Not Found")
    return place


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
