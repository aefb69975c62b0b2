"""Partial answers: Google's ``fields`` parameter, parsed once and applied to any JSON answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from workspace_emulator.core.discovery import document
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.wire import Kept

# What to keep: names to inner masks; None keeps everything below.
Mask = dict[str, "Mask | None"]

_TOKEN = re.compile(r"[A-Za-z0-9_$@:-]+|[*(),/.]|\s+")


@lru_cache(maxsize=512)
def parse(text: str) -> Mask:
    """Read a mask such as ``sheets(properties(sheetId,title)),namedRanges`` or ``a/b,c`` or ``*``.

    Raises:
        ApiError: The mask can't be read.
    """
    tokens = [t for t in _TOKEN.findall(text) if not t.isspace()]
    if "".join(tokens) != re.sub(r"\s", "", text) or not tokens:
        raise _unreadable(text)
    reader = _Reader(tokens, text)
    mask = reader.union()
    if reader.tokens:
        raise _unreadable(text)
    return mask


def keep(mask: Mask | None, value: Any) -> Any:
    """Return the parts of a JSON value that the mask names; what is absent stays absent."""
    if mask is None or ("*" in mask and mask["*"] is None):
        return value
    if isinstance(value, list):
        return [keep(mask, item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value, Kept) and getattr(value, "cut_by", None) is mask:
        return value
    return _parts(mask, value)


def cut(mask: Mask | None, value: dict[str, Any]) -> Kept:
    """Return what a mask leaves of something that is shown again and again."""
    if mask is None:
        return Kept(value)
    kept = Kept(_parts(mask, value))
    kept.cut_by = mask
    return kept


def of_items(text: str) -> Mask | None:
    """Return what a mask keeps of a list's items: None for all."""
    mask = parse(text)
    return mask["*"] if "*" in mask else mask.get("items")


def _parts(mask: Mask, value: dict[str, Any]) -> dict[str, Any]:
    if "*" in mask:
        return {key: keep(mask["*"], inner) for key, inner in value.items()}
    return {key: keep(mask[key], inner) for key, inner in value.items() if key in mask}


def names(mask: Mask | None, *path: str) -> frozenset[str] | None:
    """Return the names that a mask keeps below a path: None for all, none where it keeps nothing of it."""
    for step in path:
        if mask is None or "*" in mask:
            return None
        if step not in mask:
            return frozenset()
        mask = mask[step]
    return None if mask is None or "*" in mask else frozenset(mask)


@lru_cache(maxsize=512)
def for_answer(text: str, document_name: str, schema: str) -> Mask:
    """Read a mask for answers of a schema.

    Raises:
        ApiError: The mask can't be read, or names what such an answer never has.
    """
    mask = parse(text)
    schemas = document(document_name).source["schemas"]
    _refuse_unknown(mask, {"$ref": schema}, schemas, text)
    return mask


def _refuse_unknown(mask: Mask, schema: dict[str, Any], schemas: dict[str, Any], text: str) -> None:
    while "$ref" in schema or "items" in schema:
        schema = schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
    known = schema.get("properties", {})
    if "additionalProperties" in schema or schema.get("type", "any") == "any":
        return
    for name, inner in mask.items():
        if name != "*" and name not in known:
            raise _unreadable(text)
        if name != "*" and inner is not None:
            _refuse_unknown(inner, known[name], schemas, text)


class _Reader:
    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens = tokens[::-1]
        self._text = text

    def union(self) -> Mask:
        mask: Mask = {}
        while True:
            name, inner = self._selection()
            mask[name] = _merged(mask[name], inner) if name in mask else inner
            if not self._next_is(","):
                return mask
            self.tokens.pop()

    def _selection(self) -> tuple[str, Mask | None]:
        name = self._name()
        if self._next_is("/") or self._next_is("."):
            self.tokens.pop()
            return name, dict([self._selection()])
        if self._next_is("("):
            self.tokens.pop()
            inner = self.union()
            if not self._next_is(")"):
                raise _unreadable(self._text)
            self.tokens.pop()
            return name, inner
        return name, None

    def _name(self) -> str:
        if not self.tokens or self.tokens[-1] in "(),/.":
            raise _unreadable(self._text)
        return self.tokens.pop()

    def _next_is(self, token: str) -> bool:
        return bool(self.tokens) and self.tokens[-1] == token


def _merged(one: Mask | None, other: Mask | None) -> Mask | None:
    if one is None or other is None:
        return None
    both = dict(one)
    for name, inner in other.items():
        both[name] = _merged(both[name], inner) if name in both else inner
    return both


def _unreadable(text: str) -> ApiError:
    return ApiError(
        400, "invalidParameter", f"Invalid field selection {text}", "INVALID_ARGUMENT", location="fields"
    )
