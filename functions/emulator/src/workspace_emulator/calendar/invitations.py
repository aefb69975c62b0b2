"""The mails that Calendar sends: invitations, updates, cancellations, answers. Who gets one, and how it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from html import escape, unescape
from typing import Any
from zoneinfo import ZoneInfo

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import Event
from workspace_emulator.calendar.icalendar import calendar_object
from workspace_emulator.calendar.table import Place
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.delivery import deliver

Guest = Mapping[str, Any]

# Calendar's descriptions may be HTML.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINE_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|div|h\d)>", re.IGNORECASE)
_KINDS = {
    "Invitation": "REQUEST",
    "Updated invitation": "REQUEST",
    "Canceled event": "CANCEL",
    "Accepted": "REPLY",
    "Declined": "REPLY",
    "Tentatively Accepted": "REPLY",
}
_ANSWER_KIND = {"accepted": "Accepted", "declined": "Declined", "tentative": "Tentatively Accepted"}
_SENTENCE = {
    "Invitation": "You have been invited to the following event.",
    "Updated invitation": "This event has been changed.",
    "Canceled event": "This event has been canceled.",
}


class Post:
    """Sends the mails about one change, as ``sendUpdates`` says."""

    def __init__(self, workspace: Workspace, place: Place, updates: str) -> None:
        self._workspace = workspace
        self._place = place
        self._updates = updates

    def tell_guests(self, event: Event, before: Event | None) -> None:
        """Tell everybody but the one who made the change: those new, those staying, those taken off."""
        known = {a["email"].lower(): a for a in before["attendees"]} if before else {}
        was_there = before is not None and before["status"] != "cancelled"
        if event["status"] == "cancelled":
            self._tell(event, list(event["attendees"]), "Canceled event")
            return
        for guest in event["attendees"]:
            old = was_there and guest["email"].lower() in known
            self._tell(event, [guest], "Updated invitation" if old else "Invitation")
        now = {a["email"].lower() for a in event["attendees"]}
        self._tell(event, [a for k, a in known.items() if k not in now], "Canceled event")
        if self._place.id != event["home"] and not self._lists_organiser(event):
            self._tell(event, [{"email": event["organizer"]}], "Updated invitation")

    def tell_organiser(self, event: Event, guest: Guest) -> None:
        """Send a guest's answer to the organiser. No answer is no mail."""
        kind = _ANSWER_KIND.get(guest["responseStatus"])
        mute = self._updates == "none" or (
            self._updates == "externalOnly" and self._workspace.user(event["organizer"])
        )
        if kind and not mute:
            self._send(event, kind, sender=guest["email"], recipient=event["organizer"], guests=[guest])

    def _lists_organiser(self, event: Event) -> bool:
        return any(a["email"].lower() == event["organizer"].lower() for a in event["attendees"])

    def _tell(self, event: Event, guests: list[Guest], kind: str) -> None:
        for guest in guests:
            user = self._workspace.user(guest["email"])
            is_self = user is not None and user.email.lower() == self._place.owner
            wanted = self._updates == "all" or (self._updates == "externalOnly" and user is None)
            if wanted and not is_self and not guest.get("resource"):
                self._send(
                    event,
                    kind,
                    sender=event["creator"],
                    recipient=guest["email"],
                    guests=self._visible(event, guest),
                )

    def _visible(self, event: Event, guest: Guest) -> list[Guest]:
        if event["fields"].get("guestsCanSeeOtherGuests") is False:
            return [guest]
        return list(event["attendees"])

    def _send(self, event: Event, kind: str, *, sender: str, recipient: str, guests: list[Guest]) -> None:
        raw = _mail(self._workspace, event, kind, sender, recipient, guests)
        number = self._workspace.store.next_number("calendar/envelope")
        envelope = f"3{number:07d}@calendar-server.bounces.google.com"
        deliver(self._workspace, raw, envelope_from=envelope, recipients=[recipient], authentication="pass")


def _mail(
    workspace: Workspace, event: Event, kind: str, sender: str, recipient: str, guests: list[Guest]
) -> bytes:
    now, method = workspace.clock.now(), _KINDS[kind]
    zone = _zone_of(workspace, recipient)
    when = in_words(event, zone)
    about = recipient if method != "REPLY" else sender
    subject = f"{kind}: {_title(event)} @ {when} ({about})"
    calendar = calendar_object(event, method=method, now=now, guests=guests)
    user = workspace.user(sender)
    number = workspace.store.next_number("calendar/message-id")
    words, charset = " ".join(subject.split()), "us-ascii" if subject.isascii() else "utf-8"
    content_type, body = _content(event, kind, _lines(event, kind, when, guests), calendar, method)
    fields = {
        "Reply-To": sender,
        "Sender": "Google Calendar <calendar-notification@google.com>",
        "Auto-Submitted": "auto-replied" if method == "REPLY" else "auto-generated",
        "Message-ID": f"<calendar-{number:08d}-{event['number']:08d}@google.com>",
        "Date": format_datetime(now),
        "Subject": Header(words, charset).encode(linesep="\r\n"),
        "From": formataddr((user.name, sender)) if user else sender,
        "To": recipient,
        "MIME-Version": "1.0",
    }
    return mime.join([*(mime.field(n, v) for n, v in fields.items()), content_type], body)


def _content(
    event: Event, kind: str, lines: list[str], calendar: str, method: str
) -> tuple[tuple[str, bytes], bytes]:
    """Return the body: words, the same as HTML, the calendar object as an alternative and as a file."""
    words = event["fields"].get("description", "") if kind in _SENTENCE else ""
    html = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    html += f"<div>{words if _TAG.search(words) else escape(words).replace(chr(10), '<br>')}</div>"
    lines = [*lines, "", unescape(_TAG.sub("", _LINE_BREAK.sub("\n", words)))]
    alternative, both = mime.multipart(
        "multipart/alternative",
        "=_calendar_bodies",
        mime.part("text/plain", "\n".join(lines) + "\n"),
        mime.part("text/html", f"<html><body>{html}</body></html>"),
        mime.part(f"text/calendar; method={method}", calendar),
    )
    attached = mime.field("Content-Disposition", 'attachment; filename="invite.ics"')
    file = mime.part('application/ics; name="invite.ics"', calendar, attached)
    return mime.multipart("multipart/mixed", "=_calendar", mime.join([alternative], both), file)


def _lines(event: Event, kind: str, when: str, guests: list[Guest]) -> list[str]:
    fields = event["fields"]
    first = _SENTENCE.get(kind) or f"{guests[0]['email']} has {_done(kind)} this invitation."
    note = [f'"{guests[0]["comment"]}"'] if kind not in _SENTENCE and guests[0].get("comment") else []
    meet = [f"Join with Google Meet: {fields['hangoutLink']}"] if fields.get("hangoutLink") else []
    return [
        first,
        *note,
        "",
        _title(event),
        when,
        *([fields["location"]] if fields.get("location") else []),
        "",
        *meet,
        "Guests: " + ", ".join(g["email"] for g in guests),
    ]


def _done(kind: str) -> str:
    return kind.lower().replace("tentatively accepted", "replied “Maybe” to")


def _title(event: Event) -> str:
    return str(event["fields"].get("summary") or "(No title)")


def _zone_of(workspace: Workspace, address: str) -> ZoneInfo:
    user = workspace.user(address)
    return ZoneInfo(user.time_zone) if user else times.UTC_ZONE


def in_words(event: Event, zone: ZoneInfo) -> str:
    """Return when an event is, as subjects say it: ``Tue Nov 24, 2026 10am - 10:45am (CET)``."""
    start, end = (m.astimezone(zone) for m in times.span(event["fields"], zone))
    if "date" in event["fields"]["start"]:
        return _day(start)
    last = "" if end.date() == start.date() else f"{_day(end)} "
    return f"{_day(start)} {_hour(start)} - {last}{_hour(end)} ({start:%Z})"


def _day(moment: datetime) -> str:
    return f"{moment:%a %b} {moment.day}, {moment.year}"


def _hour(moment: datetime) -> str:
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"
