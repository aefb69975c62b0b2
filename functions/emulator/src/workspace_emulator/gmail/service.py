"""Gmail v1, put together: importing this enters every method into the table."""

from __future__ import annotations

from workspace_emulator.gmail import drafts, history, labels, messages, send_as, settings, threads
from workspace_emulator.gmail.table import methods

__all__ = ["drafts", "history", "labels", "messages", "methods", "send_as", "settings", "threads"]
