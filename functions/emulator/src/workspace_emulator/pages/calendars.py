"""The page for a person's calendar: their week, and what a guest or an organiser can do with an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nicegui import ui

from workspace_emulator.pages.answers import EVENTS, own_entry
from workspace_emulator.pages.desk import Desk, Refused, part
from workspace_emulator.pages.event_dialogs import Drafted, show_event, show_new_event
from workspace_emulator.pages.frame import Visit, ask, empty, heading, person_address
from workspace_emulator.pages.week import (
    Block,
    all_day_on,
    blocks_on,
    days_of,
    is_all_day,
    monday_of,
    span,
)  # fmt: skip

Event = Mapping[str, Any]
_HOUR = 52
_ICONS = {"accepted": "✓ ", "tentative": "? ", "declined": "", "needsAction": ""}


async def show_calendar(visit: Visit, query: Mapping[str, str]) -> None:
    """Show the week of ``?day=``, or this one; ``?event=`` opens one, ``?new=1`` begins one from a link."""
    zone = await _zone(visit)
    view = _View(visit, zone, query.get("day"))
    await view.draw()
    visit.on_change(view.fill)
    if "event" in query:
        await view.jump_to(query["event"])
    if "new" in query:
        view.begin(Drafted.from_link(query, zone, visit.now()))


async def _zone(visit: Visit) -> ZoneInfo:
    """Return the calendar's own time zone, as its owner has set it."""
    answer = await ask(visit.desk.get, "/calendar/v3/calendars/primary")
    try:
        return ZoneInfo(answer.get("timeZone", str(visit.zone)))
    except (ZoneInfoNotFoundError, ValueError):
        return visit.zone


class _View:
    """One person's calendar on one page: which week it shows."""

    def __init__(self, visit: Visit, zone: ZoneInfo, day: str | None) -> None:
        self.visit, self.zone = visit, zone
        self.desk: Desk = visit.desk
        self.monday = monday_of(_day(day) or self.today())
        self.events: list[Event] = []

    def today(self) -> date:
        return self.visit.workspace.clock.now().astimezone(self.zone).date()

    async def draw(self) -> None:
        with heading(f"{self.visit.name}'s calendar"):
            ui.element("div").classes("fill")
            self.title = ui.label().style("font-weight: 500")
            ui.button(icon="chevron_left", on_click=lambda: self.go(-1)).props(
                'flat round dense aria-label="Previous week"'
            )
            ui.button("Today", on_click=lambda: self.go(0)).props("outline dense padding='4px 12px'")
            ui.button(icon="chevron_right", on_click=lambda: self.go(1)).props(
                'flat round dense aria-label="Next week"'
            )
            ui.button("New event", icon="add", on_click=self._begin_now).props(
                "unelevated dense padding='5px 14px'"
            )
        with ui.element("div").classes("sheet-card"):
            with ui.element("div").classes("week-box"):
                self.head = ui.element("div")
                hours = ui.element("div").classes("week-scroll")  # stays, so that its scrolling does
                with hours.props('tabindex="0" role="region" aria-label="The hours of the week"'):
                    self.hours = ui.element("div").classes("week week-hours")
            self.agenda = ui.element("div").classes("agenda")
        await self.fill()
        self._scroll_to_morning()

    async def go(self, weeks: int) -> None:
        """Go on or back by weeks; 0 is the present one."""
        self.monday = self.monday + timedelta(weeks=weeks) if weeks else monday_of(self.today())
        await self.fill()
        self._scroll_to_morning()
        address = person_address("calendars", self.visit.user)
        ui.navigate.history.replace(f"{address}?day={self.monday.isoformat()}")

    async def fill(self) -> None:
        """Fetch the week and show it."""
        self.events = await ask(self._fetch)
        self.title.set_text(_week_title(self.monday))
        for element, draw in (
            (self.head, self._draw_head),
            (self.hours, self._draw_hours),
            (self.agenda, self._draw_agenda),
        ):
            element.clear()
            with element:
                draw()

    def _fetch(self) -> list[Event]:
        start = datetime.combine(self.monday, datetime.min.time(), self.zone)
        found: list[Event] = []
        page: str | None = None
        while page != "":
            answer = self.desk.get(
                EVENTS, timeMin=start.isoformat(), timeMax=(start + timedelta(days=7)).isoformat(),
                singleEvents=True, orderBy="startTime", maxResults=250, timeZone=str(self.zone), pageToken=page,
            )  # fmt: skip
            found += [e for e in answer.get("items", ()) if e.get("status") != "cancelled"]
            page = answer.get("nextPageToken", "")
        return found

    # the week as a grid of hours

    def _draw_hours(self) -> None:
        _draw_hour_names()
        for day in days_of(self.monday):
            self._draw_day(day)

    def _draw_head(self) -> None:
        days = days_of(self.monday)
        with ui.element("div").classes("week week-head"):
            with ui.element("div"):
                ui.label(_offset(self.monday, self.zone))
            for day in days:
                with ui.element("div").classes("today" if day == self.today() else ""):
                    ui.html(f"{day:%a}<b>{day.day}</b>")
        if any(is_all_day(e) for e in self.events):
            self._draw_all_day(days)

    def _draw_all_day(self, days: list[date]) -> None:
        with ui.element("div").classes("week all-day"):
            with ui.element("div"):
                ui.label("all day")
            for day in days:
                with ui.element("div"):
                    for event in all_day_on(self.events, day):
                        self._draw_event(event, [])

    def _draw_day(self, day: date) -> None:
        with ui.element("div").classes("day weekend" if day.weekday() > 4 else "day"):
            for block in blocks_on(self.events, day, self.zone):
                self._draw_block(block)
            if day == self.today():
                now = self.visit.workspace.clock.now().astimezone(self.zone)
                ui.element("div").classes("now-line").style(
                    f"top: {(now.hour + now.minute / 60) * _HOUR:.0f}px"
                )

    def _draw_block(self, block: Block) -> None:
        begins, ends = span(block.event, self.zone)
        lines = [f"{begins:%H:%M} – {ends:%H:%M}", *_company(block.event, self.visit.user)]
        button = self._draw_event(block.event, lines if block.minutes >= 40 else [])
        button.classes("short" if block.minutes < 40 else "").style(
            f"top: {block.start / 60 * _HOUR + 1:.0f}px; height: {block.minutes / 60 * _HOUR - 2:.0f}px;"
            f"left: calc({block.left:.2%} + 2px); width: calc({block.width:.2%} - 6px)"
        )

    def _draw_event(self, event: Event, lines: list[str]) -> ui.element:
        state = _own_answer(event)
        button = ui.element("button").classes(f"event {state}{' out' if _is_out(event) else ''}")
        button.props["aria-label"] = f"{_title(event)}, {_when(event, self.zone)}, {_ANSWERED.get(state, '')}"
        button.on("click", lambda: self.look_at(event), [])
        with button:
            with ui.element("b"):
                ui.label(_ICONS.get(state, "") + _title(event))
            for line in lines:
                with ui.element("span"):
                    ui.label(line)
        return button

    # the same week as a list, for a narrow page

    def _draw_agenda(self) -> None:
        for day in days_of(self.monday):
            timed = (block.event for block in blocks_on(self.events, day, self.zone))
            events = [*all_day_on(self.events, day), *timed]
            if events or day == self.today():
                today = " · today" if day == self.today() else ""
                ui.html(f"<h2>{day:%A} {day.day} {day:%B}{today}</h2>")
            for event in events:
                self._draw_event(event, [_when(event, self.zone), *_company(event, self.visit.user)])
        if not self.events:
            empty("event_available", "Nothing this week.")

    def _scroll_to_morning(self) -> None:
        ui.run_javascript(
            f"const w = document.querySelector('.week-scroll'); if (w) w.scrollTop = {7.4 * _HOUR:.0f}"
        )

    # one event

    def look_at(self, event: Event) -> None:
        show_event(self.visit, event, self.zone)

    async def jump_to(self, event_id: str) -> None:
        """Turn to an event's week and open it."""
        try:
            event = await ask(self.desk.get, f"{EVENTS}/{part(event_id)}")
        except Refused as refusal:
            ui.notify(refusal.message, type="warning")
            return
        self.monday = monday_of(span(event, self.zone)[0].date())
        await self.fill()
        self.look_at(event)

    def begin(self, drafted: Drafted) -> None:
        show_new_event(self.visit, drafted, self.zone)

    def _begin_now(self) -> None:
        now = self.visit.workspace.clock.now().astimezone(self.zone)
        self.begin(Drafted.next_hour(now))


_ANSWERED = {
    "accepted": "accepted",
    "declined": "declined",
    "tentative": "answered maybe",
    "needsAction": "not answered yet",
}


def _draw_hour_names() -> None:
    with ui.element("div").classes("hours"):
        for hour in range(1, 24):
            with ui.element("span").style(f"top: {hour * _HOUR}px"):
                ui.label(f"{hour:02}:00")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _week_title(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        return f"{monday.day} – {sunday.day} {sunday:%B %Y}"
    return f"{monday.day} {monday:%b} – {sunday.day} {sunday:%b %Y}"


def _offset(day: date, zone: ZoneInfo) -> str:
    """Return the zone's place against Greenwich on a day, as ``GMT+02``."""
    minutes = int(
        (datetime.combine(day, datetime.min.time(), zone).utcoffset() or timedelta()).total_seconds() // 60
    )
    sign, hours, rest = "−" if minutes < 0 else "+", *divmod(abs(minutes), 60)
    return f"GMT{sign}{hours:02}" + (f":{rest:02}" if rest else "")


def _title(event: Event) -> str:
    return str(event.get("summary") or "(no title)")


def _when(event: Event, zone: ZoneInfo) -> str:
    if is_all_day(event):
        return "all day"
    begins, ends = span(event, zone)
    return f"{begins:%H:%M} – {ends:%H:%M}"


def _own_answer(event: Event) -> str:
    return str((own_entry(event) or {"responseStatus": "accepted"})["responseStatus"])


def _company(event: Event, user: str) -> list[str]:
    """Return who else is there, and that there is a video link."""
    others = [a.get("displayName") or a["email"] for a in event.get("attendees", ())
              if not a.get("self") and a["email"].lower() != user and not a.get("organizer")]  # fmt: skip
    return [", ".join(others[:3])] * bool(others) + ["Google Meet"] * bool(event.get("hangoutLink"))


def _is_out(event: Event) -> bool:
    return event.get("eventType") in ("outOfOffice", "focusTime") or (
        is_all_day(event) and not event.get("attendees")
    )
