"""The home page, when the application brings none of its own: what there is to see."""

from __future__ import annotations

from nicegui import ui

from workspace_emulator.pages.frame import Visit, heading

_WORDS = {
    "/spreadsheets": "Open, edit, and watch cells change as programs write them.",
    "/calendars": "Anybody's week: invitations to accept, decline or move.",
    "/mail": "Anybody's mailbox: read, answer, write.",
    "/clock": "Stop the time, set it, or jump a week ahead.",
}


def show_home(visit: Visit) -> None:
    domain = visit.workspace.domain
    heading(
        visit.pages.title,
        f"A Google Workspace for {domain} that lives on this machine. Nothing here leaves it.",
    )
    with ui.element("div").classes("tiles"):
        for panel in visit.pages.navigation():
            if panel.path != "/":
                with ui.element("a").props(f'href="{panel.path}"').classes("tile"):
                    ui.icon(panel.icon)
                    ui.html(f"<b>{panel.title}</b>")
                    ui.html(f"<span>{panel.summary or _WORDS.get(panel.path, '')}</span>")
