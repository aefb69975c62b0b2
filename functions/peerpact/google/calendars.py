"""Calendar: meetings inserted under their own ids, read back, changed and cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.apis import collection, execute
from peerpact.google.seen import event_seen, moment_of
from peerpact.google.session import Session
from peerpact.programme.keys import digest, short_key
from peerpact.programme.meetings.event import EventSeen
from peerpact.tables.kept import kept

MARK = {"peerpact": "1"}
"""Private extended property by which our events are found again."""
SEEN = (
    "nextPageToken,items(id,etag,status,htmlLink,hangoutLink,created,updated,organizer,start,end,recurrence,"
    "recurringEventId,originalStartTime,attendees(email,organizer,responseStatus,comment),attendeesOmitted,"
    "extendedProperties/private,conferenceData/createRequest/status)"
)
"""What is asked for of each event, of very many: all that ``event_seen`` makes a value of, and none of its text."""
WORDS = ("summary", "description")
"""What an event says, in words."""


class Calendar:
    """The mentoring mailbox's own calendar."""

    def __init__(self, session: Session, calendar_id: str = "primary") -> None:
        self._session = session
        self._id = calendar_id

    @property
    def _events(self) -> Any:
        return collection("calendar", "events")

    def insert(self, event: Mapping[str, Any]) -> EventSeen:
        """Insert an event under its own id and invite its guests; if it is there already, return that one.

        What we have just inserted is ours, however it is shown; of what was there already its organiser tells.
        An event that somebody deleted keeps its id: it comes back with ``status`` cancelled and stays so.
        """
        request = self._events.insert(
            calendarId=self._id, body=dict(event), conferenceDataVersion=1, sendUpdates="all"
        )
        try:
            return replace(event_seen(execute(request, self._session)), is_ours=True)
        except GoogleError as error:
            if error.status != 409:
                raise
        return event_seen(self._raw(event["id"]))

    def _raw(self, event_id: str) -> dict[str, Any]:
        return dict(execute(self._events.get(calendarId=self._id, eventId=event_id), self._session))

    def get(self, event_id: str) -> EventSeen:
        return event_seen(self._raw(event_id))

    def patch(self, event: EventSeen, changes: Mapping[str, Any]) -> EventSeen | None:
        """Change an event that is still as it was seen, and return it; None if somebody changed it meanwhile.

        Every guest is told, so call this only with a real difference. Carried out once, whatever is repeated on the
        way: the second time, the event is no longer the one that was seen.
        """
        request = self._events.patch(
            calendarId=self._id,
            eventId=event.id,
            body=dict(changes),
            conferenceDataVersion=1,
            sendUpdates="all",
        )
        request.headers["If-Match"] = event.etag
        try:
            return event_seen(execute(request, self._session))
        except GoogleError as error:
            if error.status != 412:
                raise
        now = self._raw(event.id)
        return event_seen(now) if _holds(now, changes) else None

    def change_guests(
        self, event: EventSeen, new: Iterable[str], gone: Collection[str], words: Mapping[str, Any]
    ) -> EventSeen | None:
        """Change the guests of an event that is still as it was seen; the others' answers stay.

        Its title and text become what ``words`` have, as far as nobody has changed ours. Returns None if somebody
        changed it meanwhile.
        """
        now = self._raw(event.id)
        if now.get("etag") != event.etag:
            return None
        stay = [a for a in now.get("attendees", ()) if str(a.get("email", "")).lower() not in gone]
        ours = _private(now)
        fresh = {name: words[name] for name in WORDS if ours.get(name) == word_key(now.get(name))}
        notes = {name: word_key(text) for name, text in fresh.items()}
        changes = {
            **fresh,
            "attendees": [*stay, *({"email": address} for address in new)],
            "extendedProperties": {"private": {**ours, **_private(words), **notes}},
        }
        known = self.patch(event, changes)
        return known if known and not {g.email for g in known.guests} & set(gone) else None

    def cancel(self, event_id: str) -> None:
        """Cancel an event and tell its guests. One that is gone already stays so."""
        request = self._events.delete(calendarId=self._id, eventId=event_id, sendUpdates="all")
        try:
            execute(request, self._session)
        except GoogleError as error:
            if error.status not in {404, 410}:
                raise

    def ours(self, since: datetime) -> list[EventSeen]:
        """Return all events of our meetings that end after a moment, cancelled ones included."""
        return self.ours_and_theirs(since)[0]

    def ours_and_theirs(self, since: datetime) -> tuple[list[EventSeen], list[EventSeen]]:
        """Return our meetings, and the events of others to which the mailbox is invited."""
        raw = [event for event in self._listed(since, fields=SEEN) if event.get("id")]
        seen = seen_of(raw)
        ours = [event for event, of in zip(seen, raw, strict=True) if is_marked(of)]
        others = [event for event, of in zip(seen, raw, strict=True) if not is_marked(of)]
        return ours, [event for event in others if not event.is_ours]

    def as_they_are(self, since: datetime) -> list[dict[str, Any]]:
        """Return our meetings as Google gives them, all that people wrote in them included."""
        return [event for event in self._listed(since) if is_marked(event)]

    def _listed(self, since: datetime, **how: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page: str | None = None
        while True:
            request = self._events.list(
                calendarId=self._id,
                timeMin=since.isoformat(),
                showDeleted=True,
                maxResults=2500,
                pageToken=page,
                **how,
            )
            answer = execute(request, self._session)
            found += answer.get("items", ())
            page = answer.get("nextPageToken")
            if not page:
                return found


def seen_of(raw: Sequence[Mapping[str, Any]]) -> list[EventSeen]:
    """Make values of events; those that say what they said when they were listed last are the same."""
    said = [repr(event) for event in raw]
    known, says = kept().of("events", EventSeen), [digest(words) for words in said]
    seen = [known.get(key) or event_seen(event) for key, event in zip(says, raw, strict=True)]
    kept().keep("events", EventSeen, dict(zip(says, seen, strict=True)), sum(map(len, said)))
    return seen


def is_marked(event: Mapping[str, Any]) -> bool:
    """Tell whether an event carries the property by which we know our own again."""
    private = _private(event)
    return all(private.get(name) == value for name, value in MARK.items())


def word_key(words: object) -> str:
    """Return by what we know again on an event that its title, or its text, is still ours."""
    return short_key(str(words or ""))


def _private(event: Mapping[str, Any]) -> Mapping[str, Any]:
    private: Mapping[str, Any] = (event.get("extendedProperties") or {}).get("private") or {}
    return private


def _holds(event: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Tell whether an event is as changes of ours would have made it."""
    guests = {g.email for g in event_seen(event).guests}
    same_time = all(
        moment_of(event, side) == moment_of(changes, side) for side in ("start", "end") if side in changes
    )
    return same_time and all(a["email"].lower() in guests for a in changes.get("attendees", ()))
