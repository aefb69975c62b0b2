"""How this Calendar behaves where Google's behaviour is not documented or differs between Workspaces."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from workspace_emulator.core.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOptions:
    """The switches of one local Calendar.

    ``makes_meet_links``: a request for a conference is answered with a Meet link; otherwise it is read over.
    ``working_locations_are_busy``: free/busy tells of where people work as if it were a meeting.
    ``resets_unstated_answers``: an organiser's guest list that doesn't state somebody's answer asks them again, as
    reported of Google; otherwise the answer given before stays.
    ``has_working_locations``: they may be entered; otherwise Google refuses them, as for some editions.
    """

    makes_meet_links: bool = True
    working_locations_are_busy: bool = False
    has_working_locations: bool = True
    resets_unstated_answers: bool = True


def calendar_options(workspace: Workspace) -> CalendarOptions:
    return CalendarOptions(**workspace.store.collection("calendar/options").get("options", {}))


def set_calendar_options(workspace: Workspace, **changes: Any) -> CalendarOptions:
    """Change some switches; the others stay as they are."""
    options = replace(calendar_options(workspace), **changes)
    workspace.store.collection("calendar/options")["options"] = asdict(options)
    return options
