"""Comments of ours on cells as values: which there are, and what a change to them asks of Google."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peerpact.google.cell_comments import Request
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


def threads_in(
    answer: Mapping[str, Any], titles: Mapping[int, str], farewells: Sequence[str]
) -> list[Thread]:
    """Return the comments that are ours; ``farewells`` are the sentences with which we resolve."""
    cells = dict(_anchored(answer, titles))
    goodbyes = {said for farewell in farewells for said in in_every_language(farewell)}
    return [
        _thread(thread, cells.get(thread.get("anchorId", "")), goodbyes)
        for thread in answer.get("comments", ())
        if thread.get("commentId") and key_at_foot(_content(thread.get("headPost")))
    ]


def _thread(thread: Mapping[str, Any], cell: Cell | None, goodbyes: set[str]) -> Thread:
    head = _content(thread["headPost"])
    replies = [reply for reply in thread.get("replies", ()) if not reply.get("deleted")]
    ours = [head, *(content for content in map(_content, replies) if key_at_foot(content))]
    closing = [_content(r) for r in replies if r.get("commentAction") == "RESOLVE"]
    is_open = thread.get("status") != "RESOLVED"
    return Thread(
        id=thread["commentId"],
        cell=cell,
        key=key_at_foot(head),
        says=ours[-1],
        is_open=is_open,
        is_left_alone=not is_open and (not closing or closing[-1] not in goodbyes),
    )


def _content(post: Mapping[str, Any] | None) -> str:
    """Return what a post says; nothing for one that was deleted."""
    return str((post or {}).get("content") or "")


def _anchored(answer: Mapping[str, Any], titles: Mapping[int, str]) -> Iterator[tuple[str, Cell]]:
    for sheet in answer.get("sheets", ()):
        title = titles.get(sheet.get("properties", {}).get("sheetId", 0))
        for anchor in sheet.get("commentAnchors", ()) if title else ():
            area = anchor.get("range", {})
            if not anchor.get("anchorId"):
                continue
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
