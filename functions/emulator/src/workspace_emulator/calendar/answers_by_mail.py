"""Answers to invitations that come by mail from other calendars (iTIP replies, RFC 5546) and change the event."""

from __future__ import annotations

import re
from typing import Any

from icalendar import Calendar

from workspace_emulator.calendar.book import Book
from workspace_emulator.calendar.table import primary_place
from workspace_emulator.core.accounts import User
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.delivery import on_arrival

_ANSWER = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}

_CALENDAR = re.compile(rb"text/calendar((?:[^\r\n]|\r?\n[ \t])*)")
"""How a part begins that holds a calendar, in lower case, with what is said of it."""


@on_arrival
def take_answer(workspace: Workspace, user: User, raw: bytes) -> None:
    """Note a guest's answer in the event that its organiser's mail holds; another's answer counts for nothing.

    An answer about one occurrence of a repeated event is left alone.
    """
    if all(b"method=" in said and b"reply" not in said for said in _CALENDAR.findall(raw.lower())):
        return  # no calendar, or each says that it is something else: most are invitations
    fields, _ = mime.split(raw)
    authors = {a.lower() for a in mime.addresses(fields, "From")}
    for part in mime.leaves(mime.parse(raw)):
        if part.get_content_type() == "text/calendar":
            for uid, guest, answer in _answers(mime.content(part)):
                if guest in authors:
                    _note(workspace, user, uid, guest, answer)


def _answers(content: bytes) -> list[tuple[str, str, str]]:
    """Return what a reply says: of which event, which guest, which answer. What can't be read says nothing."""
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except ValueError:
        return []
    return [
        (str(event["UID"]), _address(guest), _ANSWER[state])
        for calendar in calendars
        if str(calendar.get("METHOD", "")).upper() == "REPLY"
        for event in calendar.walk("VEVENT")
        if "UID" in event and "RECURRENCE-ID" not in event
        for guest in _listed(event.get("ATTENDEE"))
        if (state := str(getattr(guest, "params", {}).get("PARTSTAT", "")).upper()) in _ANSWER
    ]


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else [] if found is None else [found]


def _address(guest: Any) -> str:
    return str(guest).lower().removeprefix("mailto:")


def _note(workspace: Workspace, user: User, uid: str, guest: str, answer: str) -> None:
    book = Book(workspace)
    for _, event in list(book.with_uid(primary_place(user), uid)):
        is_new = any(
            a["email"].lower() == guest and a["responseStatus"] != answer for a in event["attendees"]
        )
        if is_new and event["organizer"].lower() == user.email.lower():
            guests = [
                {**a, "responseStatus": answer} if a["email"].lower() == guest else a
                for a in event["attendees"]
            ]
            book.save({**event, "attendees": guests})
