"""Taking from a new value what a field mask names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from workspace_emulator.sheets.book import Cell
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.requests.table import Body


def masked(old: Body, new: Body, fields: str, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return ``old`` with the fields that the mask names taken from ``new``; absent there means gone."""
    if fields == "*":
        return {**old, **{k: v for k, v in new.items() if k not in skip}}
    result: dict[str, Any] = dict(old)
    for path in _paths(fields):
        if path[0] not in skip:
            _take(result, new, path)
    return result


def _take(result: dict[str, Any], new: Body, path: Sequence[str]) -> None:
    name, *rest = path
    if not rest or rest == ["*"]:
        if name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
        return
    inner = dict(result.get(name, {}))
    _take(inner, new.get(name, {}), rest)
    result[name] = inner


def _paths(fields: str) -> list[list[str]]:
    """Split a mask such as ``a.b,c(d,e.f)`` into paths."""
    paths: list[list[str]] = []
    stack: list[list[str]] = [[]]
    for token in re.findall(r"[^,().]+|[,().]", fields.replace(" ", "").replace("/", ".")):
        if token == "(":
            stack.append(list(paths.pop()))
        elif token == ")":
            stack.pop()
        elif token == ".":
            paths[-1].append("")
        elif token != ",":
            if paths and paths[-1] and paths[-1][-1] == "":
                paths[-1][-1] = token
            else:
                paths.append([*stack[-1], token])
    return paths


def cell_masked(old: Cell, new: Body, fields: str) -> Cell:
    cell = {k: v for k, v in masked(old, new, fields).items() if v not in ({}, None, "")}
    return with_styles(cell) if "userEnteredFormat" in cell else cell
