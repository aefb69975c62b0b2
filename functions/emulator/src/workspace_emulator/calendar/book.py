"""Events and people's copies of them, in the store: one shared event, one small copy per calendar.

A copy holds what is that person's own (private properties, reminders, whether they took it off their
calendar); the rest is shared, so a guest's answer and a move are seen by everybody at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from workspace_emulator.calendar.index import CopiesIndex, looked_up
from workspace_emulator.calendar.table import Place, primary_place, stamp
from workspace_emulator.core.errors import not_found
from workspace_emulator.core.store import Collection
from workspace_emulator.core.workspace import Workspace

Event = Mapping[str, Any]
Copy = Mapping[str, Any]

PRESENT, LEFT, TAKEN_OFF = "", "left", "taken off"


class Book:
    """A view on the store: cheap to make, keeps nothing itself."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def events(self) -> Collection:
        return self.workspace.store.collection("calendar/events")

    def copies(self, place: Place) -> Collection:
        return self.workspace.store.collection(f"calendar/copies/{place.id}")

    def find(self, place: Place, event_id: str) -> tuple[Copy, Event]:
        """Return a calendar's copy of an event and the event.

        Raises:
            ApiError: It never was on that calendar.
        """
        copy = self.copies(place).get(event_id)
        if copy is None:
            raise not_found("Not Found")
        return copy, self.events[copy["event"]]

    def all(self, place: Place) -> Iterator[tuple[Copy, Event]]:
        events = self.events
        return ((copy, events[copy["event"]]) for copy in self.copies(place).values())

    def between(self, place: Place, lower: datetime, upper: datetime) -> list[tuple[Copy, Event]]:
        """Return what may touch a time, in the order of making; whether it does is the caller's affair."""
        found = self.touching(place, lower, upper)
        return sorted(found, key=lambda e: (e[1]["number"], e[0]["id"]))

    def touching(self, place: Place, lower: datetime, upper: datetime) -> Iterator[tuple[Copy, Event]]:
        """Go through what may touch a time, in no order."""
        return self._those(place, self._index(place).touching(lower, upper))

    def in_order(
        self, place: Place, lower: datetime, upper: datetime
    ) -> Iterator[tuple[int, tuple[Copy, Event]]]:
        """Go through what may touch a time and isn't repeated, with the second at which it begins at the earliest."""
        copies, events = self.copies(place), self.events
        for begins, key in self._index(place).in_order(lower, upper):
            copy = copies[key]
            yield begins, (copy, events[copy["event"]])

    def at_any_time(self, place: Place) -> Iterator[tuple[Copy, Event]]:
        """Go through what is repeated, and may be at any time."""
        return self._those(place, self._index(place).at_any_time())

    def absences(self, place: Place) -> Iterator[tuple[Copy, Event]]:
        return self._those(place, self._index(place).absences())

    def changed_after(self, place: Place, number: int) -> Iterator[tuple[Copy, Event]]:
        return self._those(place, self._index(place).changed_after(number))

    def last_changed(self, place: Place) -> str | None:
        """Return when a calendar was changed last."""
        copy_id = self._index(place).last_change()
        return None if copy_id is None else str(self.copies(place)[copy_id]["updated"])

    def with_uid(self, place: Place, ical_uid: str) -> Iterator[tuple[Copy, Event]]:
        return self._those(place, self._index(place).with_uid(ical_uid))

    def _index(self, place: Place) -> CopiesIndex:
        return self.copies(place).index(CopiesIndex)

    def _those(self, place: Place, ids: Iterable[str]) -> Iterator[tuple[Copy, Event]]:
        copies, events = self.copies(place), self.events
        return ((copies[i], events[copies[i]["event"]]) for i in ids)

    def add(self, place: Place, event: Event, own: Mapping[str, Any]) -> None:
        """Enter a new event on its organiser's calendar."""
        self.copies(place)[event["id"]] = self._copy(event, event["id"], own)
        self._keep(event, [place.id])

    def add_apart(self, series: Event, occurrence: Event) -> None:
        """Enter one occurrence of a series as an event of its own, on every calendar that has the series."""
        self.events[occurrence["key"]] = {**occurrence, "copies": list(series["copies"])}
        noted = looked_up(occurrence["fields"], occurrence["iCalUID"])
        for calendar_id in series["copies"]:
            copies = self.workspace.store.collection(f"calendar/copies/{calendar_id}")
            of_series = next(c for i in _ids(series) if (c := copies.get(i)) and c["event"] == series["key"])
            own = {"id": occurrence["id"], "event": occurrence["key"], **noted, **self._now()}
            copies[occurrence["id"]] = {**of_series, **own}

    def save(self, event: Event, *, place: Place | None = None, own: Mapping[str, Any] | None = None) -> None:
        """Keep a changed event, and what is new in one calendar's copy of it. Every copy counts as changed."""
        if place is not None and own is not None:
            self.change_copy(place, self.copy_id(place, event), own=own)
        self._keep(event, self.events[event["key"]]["copies"])

    def change_copy(self, place: Place, event_id: str, **changes: Any) -> Copy:
        copies = self.copies(place)
        copies[event_id] = {**copies[event_id], **changes, **self._now()}
        copy: Copy = copies[event_id]
        return copy

    def copy_id(self, place: Place, event: Event) -> str:
        """Return the id that an event has on a calendar."""
        copies = self.copies(place)
        return next(i for i in _ids(event) if i in copies and copies[i]["event"] == event["key"])

    def guests_here(self, event: Event) -> Iterator[tuple[Place, Mapping[str, Any]]]:
        """Go through the guests with a calendar in this Workspace, the organiser left out."""
        for guest in event["attendees"]:
            user = self.workspace.user(guest["email"])
            if user and user.email.lower() != event["home"]:
                yield primary_place(user), guest

    def _keep(self, event: Event, before: Iterable[str]) -> None:
        homes = [event["home"], *(place.id for place, _ in self.guests_here(event))]
        everywhere = list(dict.fromkeys([*before, *homes]))
        self.events[event["key"]] = event = {**event, "copies": everywhere}
        for calendar_id in everywhere:
            self._touch(calendar_id, event, is_guest=calendar_id in homes)

    def _touch(self, calendar_id: str, event: Event, *, is_guest: bool) -> None:
        copies = self.workspace.store.collection(f"calendar/copies/{calendar_id}")
        event_id = next((i for i in _ids(event) if self._is_free(copies, i, event)), event["id"])
        copy = copies.get(event_id) or self._copy(event, event_id, {})
        gone = copy["gone"]
        if not is_guest:
            gone = TAKEN_OFF
        elif gone == TAKEN_OFF:
            gone = PRESENT
        noted = looked_up(event["fields"], event["iCalUID"])
        bare = {k: v for k, v in copy.items() if k != "when"}
        copies[event_id] = {**bare, **noted, "gone": gone, **self._now()}

    def _is_free(self, copies: Collection, event_id: str, event: Event) -> bool:
        return event_id not in copies or copies[event_id]["event"] == event["key"]

    def _copy(self, event: Event, event_id: str, own: Mapping[str, Any]) -> dict[str, Any]:
        return {"id": event_id, "event": event["key"], "own": own, "gone": PRESENT, **self._now()}

    def _now(self) -> dict[str, Any]:
        number = self.workspace.store.next_number("calendar/change")
        return {"updated": stamp(self.workspace.clock.now()), "changed": number}


def _ids(event: Event) -> list[str]:
    """Return the ids to try for a copy: the event's own, then one that no client would choose."""
    return [event["id"], f"{event['id'][:900]}v{len(event['home'])}v{event['number']}"]
