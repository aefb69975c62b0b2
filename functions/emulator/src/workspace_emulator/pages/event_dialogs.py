"""What opens when somebody clicks an event, or begins one: details, answers, moving, cancelling, inviting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from nicegui import context, ui

from workspace_emulator.pages.answers import EVENTS, draw_answers, event_path, give_answer, own_entry
from workspace_emulator.pages.frame import Visit, attempt
from workspace_emulator.pages.safe_html import plain_prose
from workspace_emulator.pages.week import is_all_day, span

Event = Mapping[str, Any]
_ICONS = {
    "accepted": "check_circle",
    "declined": "cancel",
    "tentative": "help",
    "needsAction": "radio_button_unchecked",
}
_STATES = {
    "accepted": "Accepted",
    "declined": "Declined",
    "tentative": "Maybe",
    "needsAction": "No answer yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """An event somebody is about to create."""

    title: str = ""
    begins: datetime
    minutes: int = 30
    guests: str = ""
    words: str = ""

    @classmethod
    def next_hour(cls, now: datetime) -> Drafted:
        return cls(begins=now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1))

    @classmethod
    def from_link(cls, query: Mapping[str, str], zone: ZoneInfo, now: datetime) -> Drafted:
        """Read the fields of Google Calendar's ``action=TEMPLATE`` link."""
        begins, minutes = _dates(query.get("dates", ""), zone, now.astimezone(zone))
        return cls(
            title=query.get("text", ""),
            begins=begins,
            minutes=minutes,
            guests=query.get("add", ""),
            words=query.get("details", ""),
        )


def show_event(visit: Visit, event: Event, zone: ZoneInfo) -> None:
    """Open an event's details with everything this person can do about it."""
    with (
        context.client.content,
        ui.dialog() as dialog,
        ui.card().style("width: 520px; max-width: 94vw; gap: 12px; flex-wrap: nowrap"),
    ):
        _draw_title(dialog, event, zone)
        if event.get("hangoutLink"):
            _draw_meet(event["hangoutLink"])
        if event.get("location"):
            _line("place", event["location"])
        if event.get("attendees"):
            _draw_guests(event["attendees"])
        if event.get("description"):
            ui.html(plain_prose(event["description"], user=visit.user)).classes("prose w-full").style(
                "max-height: 260px; overflow-y: auto"
            )
        if own_entry(event):
            _draw_answers(visit, dialog, event)
        _draw_acts(visit, dialog, event, zone)
    dialog.on_value_change(lambda e: dialog.delete() if not e.value else None)
    dialog.open()


def show_new_event(visit: Visit, drafted: Drafted, zone: ZoneInfo) -> None:
    """Open the form for a new event."""
    with (
        context.client.content,
        ui.dialog() as dialog,
        ui.card().style("width: 520px; max-width: 94vw; gap: 12px; flex-wrap: nowrap"),
    ):
        ui.label("New event").style("font-size: 18px; font-weight: 600")
        title = ui.input("Title", value=drafted.title).props("outlined dense autofocus").classes("w-full")
        day, time, minutes = _draw_time(drafted.begins, drafted.minutes)
        guests = ui.input("Guests", value=drafted.guests, placeholder="addresses, with commas between them")
        guests.props("outlined dense").classes("w-full")
        words = ui.textarea("Description", value=drafted.words).props("outlined dense").classes("w-full")
        meet = ui.checkbox("Add a Google Meet link", value=True)

        async def create() -> None:
            begins = _moment(day.value, time.value, zone)
            body = _new(title.value, begins, int(minutes.value), guests.value, words.value, zone)
            if meet.value:
                key = {"type": "hangoutsMeet"}
                body["conferenceData"] = {
                    "createRequest": {"requestId": uuid4().hex, "conferenceSolutionKey": key}
                }
            if await attempt(visit.desk.post, EVENTS, body, done="Saved; the guests are invited.",
                             sendUpdates="all", conferenceDataVersion=1):  # fmt: skip
                dialog.close()

        _buttons(dialog, "Save", create)
    dialog.open()


def _draw_title(dialog: ui.dialog, event: Event, zone: ZoneInfo) -> None:
    with ui.row().classes("w-full no-wrap items-start justify-between"):
        with ui.column().classes("gap-1"):
            ui.label(event.get("summary") or "(no title)").style(
                "font-size: 19px; font-weight: 600; line-height: 1.3"
            )
            ui.label(_when(event, zone)).classes("muted")
        ui.button(icon="close", on_click=dialog.close).props('flat round dense aria-label="Close"')


def _draw_meet(link: str) -> None:
    with ui.row().classes("items-center gap-2 no-wrap"):
        ui.icon("videocam", color="primary", size="20px")
        ui.link(link.removeprefix("https://"), link, new_tab=True).props('rel="noopener noreferrer"')


def _line(icon: str, words: str) -> None:
    with ui.row().classes("items-center gap-2 no-wrap"):
        ui.icon(icon, size="20px").classes("muted")
        ui.label(words)


def _draw_guests(guests: list[dict[str, Any]]) -> None:
    with ui.column().classes("w-full gap-0"):
        for guest in guests:
            state = guest.get("responseStatus", "needsAction")
            with ui.element("div").classes(f"guest {state}"):
                ui.icon(_ICONS[state]).props(f'aria-label="{_STATES[state]}"')
                ui.label(guest.get("displayName") or guest["email"])
                with ui.element("span").classes("muted"):
                    ui.label(_remark(guest, state))


def _remark(guest: Mapping[str, Any], state: str) -> str:
    parts = ["organiser" if guest.get("organizer") else "", _STATES[state].lower(), guest.get("comment", "")]
    return "· " + " · ".join(p for p in parts if p)


def _draw_answers(visit: Visit, dialog: ui.dialog, event: Event) -> None:
    own = own_entry(event) or {}
    note = ui.input("Add a note for the others", value=own.get("comment", "")).props("outlined dense")
    note.classes("w-full")

    async def choose(state: str) -> None:
        if await give_answer(visit, event, state, note.value or ""):
            dialog.close()

    draw_answers(event, choose)


def _draw_acts(visit: Visit, dialog: ui.dialog, event: Event, zone: ZoneInfo) -> None:
    organiser = bool(event.get("organizer", {}).get("self", not event.get("attendees")))
    with ui.row().classes("w-full justify-end gap-1"):
        if (organiser or event.get("guestsCanModify")) and not is_all_day(event):
            ui.button("Move", icon="update", on_click=lambda: _move(visit, dialog, event, zone)).props("flat")
        words, done = ("Cancel the event", "Cancelled; the guests are told.") if organiser else (
            "Remove from my calendar", "Gone from this calendar.")  # fmt: skip
        ui.button(words, on_click=lambda: _cancel(visit, dialog, event, done)).props("flat color=negative")


async def _cancel(visit: Visit, dialog: ui.dialog, event: Event, done: str) -> None:
    if await attempt(visit.desk.delete, event_path(event), done=done, sendUpdates="all"):
        dialog.close()


def _move(visit: Visit, outer: ui.dialog, event: Event, zone: ZoneInfo) -> None:
    begins, ends = span(event, zone)
    with (
        context.client.content,
        ui.dialog() as dialog,
        ui.card().style("width: 420px; max-width: 94vw; gap: 12px"),
    ):
        ui.label("Move to").style("font-size: 18px; font-weight: 600")
        day, time, minutes = _draw_time(begins, int((ends - begins).total_seconds() // 60))
        ui.label(f"In {zone}.").classes("muted")

        async def move() -> None:
            start = _moment(day.value, time.value, zone)
            body = _times(start, int(minutes.value), zone)
            if await attempt(
                visit.desk.patch, event_path(event), body, done="Moved; everybody is told.", sendUpdates="all"
            ):
                dialog.close()
                outer.close()

        _buttons(dialog, "Move it", move)
    dialog.open()


def _draw_time(begins: datetime, minutes: int) -> tuple[ui.input, ui.input, ui.number]:
    with ui.row().classes("w-full gap-2"):
        day = ui.input("Day", value=begins.date().isoformat()).props('type="date" outlined dense stack-label')
        time = ui.input("Begins", value=f"{begins:%H:%M}").props('type="time" outlined dense stack-label')
        length = ui.number("Minutes", value=minutes, min=5, step=5, format="%.0f").props(
            "outlined dense stack-label"
        )
    return day.classes("grow"), time, length.style("width: 92px")


def _buttons(dialog: ui.dialog, words: str, act: Any) -> None:
    with ui.row().classes("w-full justify-end gap-2"):
        ui.button("Leave it", on_click=dialog.close).props("flat")
        ui.button(words, on_click=act).props("unelevated")


def _new(
    title: str, begins: datetime, minutes: int, guests: str, words: str, zone: ZoneInfo
) -> dict[str, Any]:
    addresses = [a.strip() for a in guests.replace(";", ",").split(",") if a.strip()]
    body: dict[str, Any] = {"summary": title, "description": words} | _times(begins, minutes, zone)
    return body | ({"attendees": [{"email": a} for a in addresses]} if addresses else {})


def _times(begins: datetime, minutes: int, zone: ZoneInfo) -> dict[str, Any]:
    def at(moment: datetime) -> dict[str, str]:
        return {"dateTime": moment.isoformat(), "timeZone": str(zone)}

    return {"start": at(begins), "end": at(begins + timedelta(minutes=minutes))}


def _moment(day: str, time: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone)


def _dates(text: str, zone: ZoneInfo, now: datetime) -> tuple[datetime, int]:
    """Read ``20260301T090000/20260301T093000``, with a Z when it is in UTC; else the next full hour."""
    try:
        begins, ends = (datetime.fromisoformat(half) for half in text.split("/"))
    except ValueError:
        return Drafted.next_hour(now).begins, 30
    placed = begins.astimezone(zone) if begins.tzinfo else begins.replace(tzinfo=zone)
    return placed, max(5, int((ends - begins).total_seconds() // 60))


def _when(event: Event, zone: ZoneInfo) -> str:
    begins, ends = span(event, zone)
    if is_all_day(event):
        return f"{begins:%A} {begins.day} {begins:%B %Y}, all day"
    return f"{begins:%A} {begins.day} {begins:%B %Y}, {begins:%H:%M} – {ends:%H:%M} ({zone})"
