"""Answering an invitation, wherever it is shown: in the calendar, or above the letter that brought it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nicegui import ui

from workspace_emulator.pages.desk import part
from workspace_emulator.pages.frame import Visit, ask, attempt, day_and_time, person_address
from workspace_emulator.pages.week import is_all_day, span

Event = Mapping[str, Any]
EVENTS = "/calendar/v3/calendars/primary/events"
_ANSWERS = (("Yes", "accepted"), ("No", "declined"), ("Maybe", "tentative"))


def own_entry(event: Event) -> dict[str, Any] | None:
    """Return the person's own entry among the guests."""
    return next((guest for guest in event.get("attendees", ()) if guest.get("self")), None)


def event_path(event: Event) -> str:
    return f"{EVENTS}/{part(event['id'])}"


def draw_answers(event: Event, choose: Callable[[str], Awaitable[None]]) -> None:
    """Draw the three answers, the given one filled in; ``choose`` is called with the one clicked."""
    given = (own_entry(event) or {}).get("responseStatus")
    with ui.row().classes("answers items-center gap-2"):
        ui.label("Going?").style("font-weight: 500")
        for words, state in _ANSWERS:
            button = ui.button(words, on_click=lambda _, s=state: choose(s))
            button.props(f"outline padding='4px 18px' aria-pressed={str(state == given).lower()}")
            button.classes("here" if state == given else "")


async def give_answer(visit: Visit, event: Event, state: str, note: str = "") -> bool:
    """Answer an invitation as the guest; the organiser is told."""

    def answered(guest: dict[str, Any]) -> dict[str, Any]:
        if not guest.get("self"):
            return guest
        comment = {"comment": note} if note or "comment" in guest else {}
        return guest | {"responseStatus": state} | comment

    body = {"attendees": [answered(guest) for guest in event["attendees"]]}
    return await attempt(
        visit.desk.patch, event_path(event), body, done="Your answer is on its way.", sendUpdates="all"
    )


async def draw_invitation(visit: Visit, calendar_uid: str) -> None:
    """Draw the event that a letter is about, as it is now, with the answers; nothing when it is gone."""
    found = (await ask(visit.desk.get, EVENTS, iCalUID=calendar_uid)).get("items", [])
    events = [event for event in found if event.get("status") != "cancelled"]
    if events:
        with ui.element("div").classes("invitation"):
            _fill_invitation(visit, events[0])


def _fill_invitation(visit: Visit, event: Event) -> None:
    place = ui.element("div")

    def draw(now: Event) -> None:
        place.clear()
        with place:
            address = f"{person_address('calendars', visit.user)}?event={part(event['id'])}"
            ui.link(event.get("summary") or "(no title)", address).style("font-weight: 600")
            ui.label(_when(event, visit)).classes("muted")
            if own_entry(now):
                draw_answers(now, choose)

    async def choose(state: str) -> None:
        if await give_answer(visit, event, state):
            draw(await ask(visit.desk.get, event_path(event)))

    draw(event)


def _when(event: Event, visit: Visit) -> str:
    begins, ends = span(event, visit.zone)
    return f"{begins:%A} {begins.day} {begins:%B %Y}, all day" if is_all_day(event) else (
        f"{day_and_time(begins, visit.zone)} – {ends:%H:%M} ({visit.zone})")  # fmt: skip
