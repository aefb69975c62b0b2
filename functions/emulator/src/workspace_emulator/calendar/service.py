"""Calendar v3, put together: importing this enters every method into the table."""

from __future__ import annotations

from workspace_emulator.calendar import answers_by_mail, calendars, event_methods, free_busy, listing
from workspace_emulator.calendar.table import methods

__all__ = ["answers_by_mail", "calendars", "event_methods", "free_busy", "listing", "methods"]
