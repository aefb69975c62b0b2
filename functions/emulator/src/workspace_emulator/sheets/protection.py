"""Protected ranges: who may edit which cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.files import role_of
from workspace_emulator.sheets.a1 import Block, holds, touch
from workspace_emulator.sheets.book import Tab, block_of

REFUSAL = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection "
    "if you need to edit."
)


def check_may_edit(call: Call, tab: Tab, block: Block) -> None:
    """Refuse an edit that touches cells protected from the caller; the spreadsheet's owner always may.

    Raises:
        ApiError: 400 in Google's words.
    """
    for protected in tab.document.get("protectedRanges", ()):
        if not protected.get("warningOnly") and not may_edit(call, tab, protected):
            free = [block_of(r) for r in protected.get("unprotectedRanges", ())]
            if touch(block_of(protected["range"]), block) and not any(holds(f, block) for f in free):
                raise ApiError(400, "badRequest", REFUSAL, "INVALID_ARGUMENT")


def check_may_unprotect(call: Call, tab: Tab, protected: Mapping[str, Any]) -> None:
    """Refuse to change or lift a protection to whoever it keeps out.

    Raises:
        ApiError: 400 in Google's words.
    """
    if not protected.get("warningOnly") and not may_edit(call, tab, protected):
        raise ApiError(400, "badRequest", REFUSAL, "INVALID_ARGUMENT")


def may_edit(call: Call, tab: Tab, protected: Mapping[str, Any]) -> bool:
    users = [u.lower() for u in protected.get("editors", {}).get("users", ())]
    return call.user.lower() in users or role_of(call.workspace, tab.book.key, call.user) == "owner"
