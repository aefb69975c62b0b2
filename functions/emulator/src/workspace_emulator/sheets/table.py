"""The table of the Sheets methods, and what each does that changed something."""

from __future__ import annotations

from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.files import note_change
from workspace_emulator.sheets.book import Book

methods = Methods("sheets", "v4")


def finish(call: Call, book: Book) -> None:
    """Note that cells were changed, and by whom."""
    book.touch()
    note_change(call.workspace, book.key, call.user)
