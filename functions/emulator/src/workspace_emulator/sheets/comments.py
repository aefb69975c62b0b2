"""Comments on cells as a reader sees them, if at all: by the view that was asked for and the reader's access."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import forbidden
from workspace_emulator.core.files import role_of

INCLUDED, OMITTED = "COMMENTS_VIEW_MODE_INCLUDED", "COMMENTS_VIEW_MODE_OMITTED"


def view_mode(call: Call, wanted: str | None, key: str) -> str:
    """Return whether comments are shown.

    Raises:
        ApiError: They were asked for by somebody who may only look at the cells.
    """
    only_reads = role_of(call.workspace, key, call.user) == "reader"
    if wanted == INCLUDED and only_reads:
        raise forbidden()
    if wanted == "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS":
        return OMITTED if only_reads else INCLUDED
    return INCLUDED if wanted == INCLUDED else OMITTED


def thread_shown(thread: Mapping[str, Any], user: str) -> dict[str, Any]:
    posts: dict[str, Any] = {"headPost": post_shown(thread["headPost"], user)}
    if "replies" in thread:
        posts["replies"] = [post_shown(post, user) for post in thread["replies"]]
    return {**thread, **posts}


def post_shown(post: Mapping[str, Any], user: str) -> dict[str, Any]:
    if "author" not in post:
        return dict(post)
    address = post["author"]["email"].lower()
    number = int(sha256(address.encode()).hexdigest()[:15], 16)
    author = {"displayName": post["author"]["displayName"], "user": f"users/{number}"}
    return {**post, "author": {**author, "me": True} if address == user.lower() else author}
