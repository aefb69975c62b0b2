"""Batch requests about comments on cells: threads of posts, each tied to a cell by an anchor on its tab.

By the schemas that Google published in October 2026; nobody has recorded what the service answers yet.
"""

from __future__ import annotations

from datetime import UTC
from html import escape
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request, forbidden, not_found
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book
from workspace_emulator.sheets.comments import post_shown, thread_shown
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.requests.places import grid_block, range_of
from workspace_emulator.sheets.requests.table import Body, Reply, kind

LONGEST = 2048
"""UTF-8 code units of a post's content, and of an assignee's address."""
_CHANGES = {"RESOLVE": "RESOLVED", "REOPEN": "OPEN"}

Thread = dict[str, Any]


@kind("insertComment")
def _insert_comment(call: Call, book: Book, body: Body) -> Reply:
    place = body["coordinate"]
    tab = book.tab(place.get("sheetId", 0))
    row, column = place.get("rowIndex", 0), place.get("columnIndex", 0)
    area = range_of(tab, Block(row, column, row + 1, column + 1))
    grid_block(tab, area)
    head = _post(call, _content(body), assignee=_assignee(body.get("assigneeEmailAddress", "")))
    anchor = {"anchorId": str(book.next_id("anchor")), "range": area}
    quoted = Reader(book).values(tab, grid_block(tab, area), render="FORMATTED_VALUE", dates="SERIAL_NUMBER")
    thread = {
        "commentId": f"AAAA{book.next_id('comment'):07}",
        "anchorId": anchor["anchorId"],
        "headPost": head,
        "status": "OPEN",
        **({"plainTextQuote": str(quoted[0][0])} if quoted and quoted[0] else {}),
    }
    tab.change(commentAnchors=[*tab.document.get("commentAnchors", ()), anchor])
    book.change(comments=[*book.document.get("comments", ()), thread])
    return {"insertComment": {"commentThread": thread_shown(thread, call.user)}}


@kind("addCommentReply")
def _add_reply(call: Call, book: Book, body: Body) -> Reply:
    """Reply to a thread, or resolve or reopen it, with or without words."""
    thread, wanted = _thread(book, body), body["post"]
    action = wanted.get("commentAction", "NO_COMMENT_ACTION_CHANGE")
    assignee = _assignee(wanted.get("assigneeEmail", ""))
    if assignee and (action in _CHANGES or "assigneeEmail" not in thread["headPost"]):
        raise bad_request(
            "Only a thread that has an assignee can be assigned anew, and not while it is resolved."
        )
    content = wanted.get("content", "") if action in _CHANGES else _content(wanted)
    post = {**_post(call, content, assignee=assignee), "commentAction": action}
    status = _CHANGES.get(action, thread["status"])
    _keep(book, {**thread, "replies": [*thread.get("replies", ()), post], "status": status})
    return {"addCommentReply": {"post": post_shown(post, call.user)}}


@kind("updateCommentPost")
def _update_post(call: Call, book: Book, body: Body) -> None:
    thread, content = _thread(book, body), _content(body)

    def updated(post: Body) -> dict[str, Any]:
        _check_author(call, post)
        return {**post, "content": content, "contentHtml": escape(content), "updateTime": _now(call)}

    _keep(book, _with_post(thread, body["postId"], updated))


@kind("deleteComment")
def _delete_comment(call: Call, book: Book, body: Body) -> None:
    thread = _thread(book, body)
    _check_author(call, thread["headPost"])
    book.change(comments=[c for c in book.document["comments"] if c["commentId"] != thread["commentId"]])
    for tab in book.tabs():
        anchors = tab.document.get("commentAnchors", ())
        if any(a["anchorId"] == thread["anchorId"] for a in anchors):
            tab.change(commentAnchors=[a for a in anchors if a["anchorId"] != thread["anchorId"]])


@kind("deleteCommentReply")
def _delete_reply(call: Call, book: Book, body: Body) -> None:
    thread = _thread(book, body)
    if body["postId"] == thread["headPost"]["postId"]:
        raise bad_request("The first post of a thread can't be deleted by itself; delete the comment.")

    def emptied(post: Body) -> dict[str, Any]:
        _check_author(call, post)
        return {k: post[k] for k in ("postId", "createTime")} | {"updateTime": _now(call), "deleted": True}

    _keep(book, _with_post(thread, body["postId"], emptied))


def _thread(book: Book, body: Body) -> Thread:
    for thread in book.document.get("comments", ()):
        if thread["commentId"] == body["commentId"]:
            return dict(thread)
    raise not_found(f"Comment not found: {body['commentId']}")


def _keep(book: Book, new: Thread) -> None:
    comments = book.document["comments"]
    book.change(comments=[new if c["commentId"] == new["commentId"] else c for c in comments])


def _with_post(thread: Thread, post_id: str, change: Any) -> Thread:
    if thread["headPost"]["postId"] == post_id:
        return {**thread, "headPost": change(thread["headPost"])}
    replies = thread.get("replies", ())
    if not any(p["postId"] == post_id for p in replies):
        raise not_found(f"Post not found: {post_id}")
    return {**thread, "replies": [change(p) if p["postId"] == post_id else p for p in replies]}


def _post(call: Call, content: str, *, assignee: str) -> dict[str, Any]:
    user = call.workspace.user(call.user)
    return {
        "postId": f"AAAB{call.workspace.store.next_number('sheets/post'):07}",
        "author": {"displayName": user.name if user else call.user, "email": call.user},
        "content": content,
        "contentHtml": escape(content),
        "createTime": _now(call),
        "updateTime": _now(call),
        **({"assigneeEmail": assignee} if assignee else {}),
    }


def _content(body: Body) -> str:
    content = str(body.get("content", ""))
    if not content or len(content.encode()) > LONGEST:
        raise bad_request(f"The content must have between 1 and {LONGEST} UTF-8 code units.")
    return content


def _assignee(address: str) -> str:
    if len(address.encode()) > LONGEST or (address and "@" not in address):
        raise bad_request(f"The assignee must be an e-mail address of at most {LONGEST} UTF-8 code units.")
    return address


def _check_author(call: Call, post: Body) -> None:
    if post.get("author", {}).get("email", "").lower() != call.user.lower():
        raise forbidden()


def _now(call: Call) -> str:
    return call.workspace.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
