"""Comments on cells, new in Sheets in October 2026: what an answer shows of ours, and what changes ask of Google.

They are saved or not as a whole, whatever becomes of the rest of their batch (``commentUpdateState``), and an
installation of Google's that doesn't know them yet refuses the whole batch. So they never share one with what counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.moved_rows import FIELDS
from peerpact.programme.roster.comments import (
    Cell,
    CommentChange,
    Insert,
    Reply,
    Resolve,
    Thread,
    key_at_foot,
)
from peerpact.programme.sentences import in_every_language

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


def refuse_unsaved(answer: Mapping[str, Any] | None) -> None:
    """Say so where a batch was carried out but for its comments.

    Raises:
        UnsavedError: they were not saved.
    """
    if answer and answer.get("commentUpdateState") == _UNSAVED:
        raise UnsavedError


def threads_in(
    answer: Mapping[str, Any], titles: Mapping[int, str], farewells: Sequence[str]
) -> list[Thread]:
    """Return the comments that are ours; ``farewells`` are the sentences with which we resolve."""
    cells = dict(_anchored(answer, titles))
    goodbyes = {said for farewell in farewells for said in in_every_language(farewell)}
    return [
        _thread(thread, cells.get(thread.get("anchorId", "")), goodbyes)
        for thread in answer.get("comments", ())
        if key_at_foot(thread["headPost"].get("content", ""))
    ]


def _thread(thread: Mapping[str, Any], cell: Cell | None, goodbyes: set[str]) -> Thread:
    head = thread["headPost"]["content"]
    replies = [reply for reply in thread.get("replies", ()) if not reply.get("deleted")]
    ours = [head, *(r["content"] for r in replies if key_at_foot(r.get("content", "")))]
    closing = [r.get("content", "") for r in replies if r.get("commentAction") == "RESOLVE"]
    is_open = thread.get("status") != "RESOLVED"
    return Thread(
        id=thread["commentId"],
        cell=cell,
        key=key_at_foot(head),
        says=ours[-1],
        is_open=is_open,
        is_left_alone=not is_open and (not closing or closing[-1] not in goodbyes),
    )


def _anchored(answer: Mapping[str, Any], titles: Mapping[int, str]) -> Iterator[tuple[str, Cell]]:
    for sheet in answer.get("sheets", ()):
        title = titles.get(sheet.get("properties", {}).get("sheetId", 0))
        for anchor in sheet.get("commentAnchors", ()) if title else ():
            area = anchor.get("range", {})
            yield (
                anchor["anchorId"],
                (title or "", area.get("startRowIndex", 0) + 1, area.get("startColumnIndex", 0)),
            )


def request_for(change: CommentChange, ids: Mapping[str, int], *, assignee: str, farewell: str) -> Request:
    """Return what a change asks; ``ids`` are the tabs', by title. Without an assignee nobody is assigned."""
    match change:
        case Insert():
            title, row, column = change.comment.cell
            place = {"sheetId": ids[title], "rowIndex": row - 1, "columnIndex": column}
            assigned = {"assigneeEmailAddress": assignee} if assignee else {}
            return {"insertComment": {"content": change.comment.says, "coordinate": place, **assigned}}
        case Reply():
            action = "REOPEN" if change.reopens else "NO_COMMENT_ACTION_CHANGE"
            post = {"content": change.says, "commentAction": action}
            return {"addCommentReply": {"commentId": change.thread.id, "post": post}}
        case Resolve():
            post = {"content": farewell, "commentAction": "RESOLVE"}
            return {"addCommentReply": {"commentId": change.thread.id, "post": post}}
