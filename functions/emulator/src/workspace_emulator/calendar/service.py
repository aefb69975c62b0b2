"""Calendar v3, put together: importing this enters every method into the table."""

from __future__ import annotations

from workspace_emulator.calendar import (
    acl,
    answers_by_mail,
    calendar_list,
    calendars,
    colours,
    event_methods,
    free_busy,
    listing,
    more_event_methods,
)
from workspace_emulator.calendar.table import methods

__all__ = [
    "acl",
    "answers_by_mail",
    "calendar_list",
    "calendars",
    "colours",
    "event_methods",
    "free_busy",
    "listing",
    "methods",
    "more_event_methods",
]
