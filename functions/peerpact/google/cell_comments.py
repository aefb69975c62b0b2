"""Comments on cells, new in Sheets in October 2026: how they are asked for, and whether they were saved.

They are saved or not as a whole, whatever becomes of the rest of their batch (``commentUpdateState``), and an
installation of Google's that doesn't know them yet refuses the whole batch. So they never share one with what counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.moved_rows import FIELDS

Request = dict[str, Any]
SHOWN = {
    "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED",
    "fields": "comments(commentId,anchorId,status,headPost.content,replies(content,commentAction,deleted)),"
    "sheets(properties.sheetId,commentAnchors)",
}
"""With which ``spreadsheets.get`` shows them."""
_KINDS = frozenset({"insertComment", "addCommentReply", "deleteComment"})
_UNSAVED = "ALL_FAILED_UNKNOWN_REASON"


class UnsavedError(GoogleError):
    """A batch was carried out but for its comments."""

    def __init__(self) -> None:
        super().__init__(
            "Google Sheets did not save the comments. The next run tries again.", permanent=False
        )


def fields_for(requests: Sequence[Request]) -> str:
    """Return what a batch's answer is to tell; Sheets without comments doesn't know the field about them."""
    has_comments = any(not _KINDS.isdisjoint(request) for request in requests)
    return f"{FIELDS},commentUpdateState" if has_comments else FIELDS


def refuse_unsaved(answer: Mapping[str, Any]) -> None:
    """Say so where a batch was carried out but for its comments.

    Raises:
        UnsavedError: they were not saved.
    """
    if answer.get("commentUpdateState") == _UNSAVED:
        raise UnsavedError
