"""The colours that calendars and events may have, as Google's documentation lists them."""

from __future__ import annotations

from workspace_emulator.calendar.shapes import Json
from workspace_emulator.calendar.table import caller, methods
from workspace_emulator.core.api import Call

_TEXT = "#1d1d1d"
CALENDARS = (
    *("#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#42d692", "#16a765"),
    *("#7bd148", "#b3dc6c", "#fbe983", "#fad165", "#92e1c0", "#9fe1e7", "#9fc6e7", "#4986e7"),
    *("#9a9cff", "#b99aff", "#c2c2c2", "#cabdbf", "#cca6ac", "#f691b2", "#cd74e6", "#a47ae2"),
)
EVENTS = (
    *("#a4bdfc", "#7ae7bf", "#dbadff", "#ff887c", "#fbd75b", "#ffb878"),
    *("#46d6db", "#e1e1e1", "#5484ed", "#51b749", "#dc2127"),
)


@methods.on("calendar.colors.get")
def get_colours(call: Call) -> Json:
    caller(call)
    tables = {"calendar": CALENDARS, "event": EVENTS}
    numbered = {name: _numbered(colours) for name, colours in tables.items()}
    return {"kind": "calendar#colors", "updated": "2012-02-14T00:00:00.000Z", **numbered}


def _numbered(colours: tuple[str, ...]) -> Json:
    return {str(n): {"background": c, "foreground": _TEXT} for n, c in enumerate(colours, 1)}
