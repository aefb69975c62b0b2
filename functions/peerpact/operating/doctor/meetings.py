"""Whether first meetings can be booked: the mailbox's calendar, its Meet links, and what free/busy says of people."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.scopes import EVENTS, FREE_BUSY, HOURS
from peerpact.operating.doctor.findings import PATIENCE, Ailment, Check, Examination, NotLookedAt, said
from peerpact.programme.keys import event_id
from peerpact.programme.meetings.rules import Busy

SAMPLE = 20
"""So many people's calendars are asked for."""
AHEAD = timedelta(days=365)
"""Where trial events are for a moment: nobody looks there, and nothing is booked there yet."""
TRIAL = timedelta(minutes=5)


def _calendar(it: Examination) -> str:
    calendar = it.access(EVENTS).calendar
    body = _trial(it)
    try:
        calendar.insert(body)
        again = calendar.insert(body)
        calendar.cancel(again.id)
        gone = calendar.insert(body)
    except GoogleError as error:
        if error.status not in {401, 403, 404}:
            raise
        raise Ailment(
            f"{it.config.mailbox} can't write to its own calendar: {said(error)} Switch Calendar on for the "
            "mailbox in the Admin console, and sign in to it once."
        ) from error
    if again.is_cancelled or not gone.is_cancelled:
        raise Ailment(
            "Calendar made one event twice, or brought a cancelled one back. Pause book_first_meetings, and "
            "tell Peerpact's makers."
        )
    return "writable; an event is made once, and stays cancelled."


def _free_busy(it: Examination) -> str:
    sample = it.people[:SAMPLE]
    now = it.clock()
    found = it.access(FREE_BUSY).free_busy.of(sample, now, now + timedelta(days=1))
    hidden = [address for address in sample if found[address] is None]
    if hidden:
        raise Ailment(
            f"The free/busy times of {len(hidden)} of {len(sample)} people can't be read ({', '.join(hidden[:3])}). "
            "They are asked to find a time themselves. Check the addresses on Roster; in the Admin console "
            "let colleagues see free/busy (Calendar, Sharing settings)."
        )
    return f"readable for {len(sample)} people of the roster."


def _hours(it: Examination) -> str:
    people = it.without_hours[:SAMPLE]
    if not people:
        raise NotLookedAt("everybody's working hours are on the roster, which counts before calendars.")
    found = [own for own in it.access(HOURS).hours.of(people).values() if own.hours]
    if not found:
        raise NotLookedAt(
            "nobody's own calendar tells us when they work, so the roster's column Working hours counts alone. If "
            "calendars are to tell it, grant calendar.calendars.readonly to the delegate for meetings, and let "
            "colleagues see calendars (Admin console, Calendar, Sharing settings)."
        )
    return (
        f"{len(found)} of {len(people)} people's own calendars tell when they work, of those whose cell on Roster is "
        "empty."
    )


def _meet(it: Examination) -> str:
    """Ask for a Meet link as an invitation does; Google may make it a little later."""
    calendar = it.access(EVENTS).calendar
    body = _trial(it)
    request = {"requestId": body["id"], "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    event = calendar.insert(body | {"conferenceData": {"createRequest": request}})
    try:
        for seconds in PATIENCE:
            if not event.awaits_meet_link:
                break
            it.pause(seconds)
            event = calendar.get(body["id"])
    finally:
        calendar.cancel(body["id"])
    if not event.meet_link:
        raise Ailment(
            "Calendar made no Meet link, so invitations come without one and people have to find their own. "
            f"In the Admin console switch Google Meet on for {it.config.mailbox} (Apps, Google Workspace, Google "
            "Meet, Service status and Meet video settings), wait an hour, and run the doctor again."
        )
    return "made with the invitation."


def _working_location(it: Examination) -> str:
    """See that free/busy tells meetings, and leaves out where somebody works: else an office day is a full day."""
    calendar, day = it.access(EVENTS).calendar, (it.clock() + AHEAD).date()
    place = _trial(it) | {
        "eventType": "workingLocation",
        "visibility": "public",
        "workingLocationProperties": {"type": "homeOffice", "homeOffice": {}},
        "start": {"date": day.isoformat()},
        "end": {"date": (day + timedelta(days=1)).isoformat()},
    }
    meeting = _trial(it) | {"transparency": "opaque"}
    try:
        calendar.insert(place)
    except GoogleError as error:
        if error.status not in {400, 403}:
            raise
        raise NotLookedAt("this mailbox may not have working locations.") from error
    try:
        calendar.insert(meeting)
        spans = _busy_spans(it, _start(it))
    finally:
        calendar.cancel(place["id"])
        calendar.cancel(meeting["id"])
    if not spans:
        raise Ailment(
            "Free/busy does not tell of a meeting that is in the calendar, so first meetings could be booked over "
            "others. Pause book_first_meetings, and tell Peerpact's makers."
        )
    if max(end - start for start, end in spans) > TRIAL:
        raise Ailment(
            "Free/busy takes a working location for a meeting, so whoever enters where they work has no free time. "
            "Ask people to mark working locations as free, or not to enter them, and tell Peerpact's makers."
        )
    return "free, as expected; a meeting is busy."


def _busy_spans(it: Examination, start: datetime) -> Busy:
    """Return what free/busy tells of the trial's hour, as soon as it tells anything."""
    free_busy = it.access(FREE_BUSY).free_busy
    for seconds in (0, *PATIENCE):
        it.pause(seconds)
        found = free_busy.of([it.config.mailbox], start - TRIAL, start + 2 * TRIAL)[it.config.mailbox]
        if found:
            return found
    return ()


def _start(it: Examination) -> datetime:
    return (it.clock() + AHEAD).replace(hour=12, minute=0, second=0, microsecond=0)


def _trial(it: Examination) -> dict[str, Any]:
    start = _start(it)
    return {
        "id": event_id("doctor", secrets.token_hex(8)),
        "summary": "Peerpact doctor: cancelled at once",
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + TRIAL).isoformat()},
        "transparency": "transparent",
    }


CHECKS: dict[str, Check] = {
    "calendar": _calendar,
    "Meet link": _meet,
    "free/busy": _free_busy,
    "working location": _working_location,
    "working hours": _hours,
}
