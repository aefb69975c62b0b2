"""The table of the kinds of batch requests, into which the modules beside this one enter theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.sheets.book import Book

Body = Mapping[str, Any]
Reply = dict[str, Any]
Kind = Callable[[Call, Book, Body], Reply | None]

KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    def register(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return register
