"""Carrying out the requests of a batch, in order."""

from __future__ import annotations

from collections.abc import Sequence

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request, not_here
from workspace_emulator.sheets.book import Book
from workspace_emulator.sheets.requests import (
    cells,
    comments,
    dimensions,
    filling,
    looks,
    metadata,
    names,
    pasting,
    reshaping,
    tabs,
    texts,
)
from workspace_emulator.sheets.requests.table import KINDS, Body, Reply

_ENTERED = (cells, comments, dimensions, filling, looks, metadata, names, pasting, reshaping, tabs, texts)
"""Importing them entered their kinds into the table."""


def apply_all(call: Call, book: Book, requests: Sequence[Body]) -> list[Reply]:
    """Carry out requests in order and return their replies.

    Raises:
        ApiError: One can't be carried out; the message begins with its place, as Google's does.
    """
    replies: list[Reply] = []
    for number, request in enumerate(requests):
        name, body = next(((k, v) for k, v in request.items()), ("", {}))
        kind = KINDS.get(name)
        if kind is None:
            raise not_here(f"the Sheets request {name}")
        try:
            replies.append(kind(call, book, body) or {})
        except ApiError as error:
            if error.status != 400 or error.message.startswith("Invalid requests"):
                raise
            raise bad_request(f"Invalid requests[{number}].{name}: {error.message}") from None
        except KeyError as missing:
            raise bad_request(f"Invalid requests[{number}].{name}: {missing.args[0]} is required.") from None
    return replies
