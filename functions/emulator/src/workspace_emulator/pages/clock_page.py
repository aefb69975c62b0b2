"""The clock's page: see the Workspace's time (UTC), stop it, let it run, set it, move it on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from nicegui import ui

from workspace_emulator.pages.frame import Visit, heading

_STEPS = (("1 hour", timedelta(hours=1)), ("1 day", timedelta(days=1)), ("1 week", timedelta(weeks=1)))


def show_clock(visit: Visit) -> None:
    clock = visit.workspace.clock
    heading("Clock", "All calendars, letters and programs here go by this clock and no other.")
    with ui.card().classes("w-full").style("max-width: 640px; padding: 28px; gap: 18px"):
        time = ui.label().classes("big-clock").props('role="timer"')
        day = ui.label().classes("lead")
        with ui.row().classes("gap-2"):
            run = ui.button(icon="play_arrow", on_click=lambda: _toggle(visit)).props("unelevated")
            for words, step in _STEPS:
                ui.button(f"+ {words}", on_click=lambda _, by=step: clock.move(by)).props("outline")
        ui.separator()
        _setting(visit)

    def tick() -> None:
        now = clock.now().astimezone(UTC)
        time.set_text(f"{now:%H:%M:%S}")
        state = "stands still" if clock.stands_still else "is running"
        day.set_text(f"{now:%A} {now.day} {now:%B %Y} · UTC · the clock {state}")
        run.set_text("Let it run" if clock.stands_still else "Stop it")
        run.set_icon("play_arrow" if clock.stands_still else "pause")

    tick()
    ui.timer(0.5, tick, immediate=False)


def _toggle(visit: Visit) -> None:
    clock = visit.workspace.clock
    if clock.stands_still:
        clock.run()
    else:
        clock.set(clock.now())


def _setting(visit: Visit) -> None:
    now = visit.workspace.clock.now().astimezone(UTC)
    with ui.row().classes("items-end gap-3"):
        day = ui.input("Day", value=now.date().isoformat()).props('type="date" outlined dense stack-label')
        time = ui.input("Time", value=f"{now:%H:%M}").props('type="time" outlined dense stack-label')
        ui.button("Stop it there", on_click=lambda: _set(visit, day.value, time.value)).props("flat")


def _set(visit: Visit, day: str, time: str) -> None:
    try:
        moment = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)
    except ValueError:
        ui.notify("Please give a day and a time.", type="warning")
        return
    visit.workspace.clock.set(moment)
