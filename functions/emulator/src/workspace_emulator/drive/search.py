"""Searching files by what ``q`` says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workspace_emulator.core.errors import ApiError

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")|(?P<sign>!=|<=|>=|=|<|>|\(|\)|\{|\})|(?P<word>[\w.:+-]+))"
)
_PEOPLE = {
    "owners": ("owner",),
    "writers": ("owner", "writer"),
    "readers": ("owner", "writer", "commenter", "reader"),
}
_COMPARED: dict[str, Callable[[str, str], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
Test = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Who searches, and what the names ``root`` and ``me`` stand for."""

    user: str
    root: str


def search(query: str, ground: Ground) -> Test:
    """Return the test that a query is: clauses joined by ``and`` and ``or``, with ``not`` and brackets.

    Raises:
        ApiError: The query can't be read.
    """
    return _Reader(query, ground).test() if query.strip() else lambda _: True


class _Reader:
    def __init__(self, query: str, ground: Ground) -> None:
        self._ground = ground
        self._tokens: list[str] = []
        at = 0
        while at < len(query.rstrip()):
            match = _TOKEN.match(query, at)
            if match is None:
                raise _unreadable()
            self._tokens.append(match[match.lastgroup or 0])
            at = match.end()
        self._tokens.reverse()

    def test(self) -> Test:
        found = self._either()
        if self._tokens:
            raise _unreadable()
        return found

    def _either(self) -> Test:
        tests = [self._both()]
        while self._takes("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda d: any(t(d) for t in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._takes("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda d: all(t(d) for t in tests)

    def _one(self) -> Test:
        if self._takes("not"):
            negated = self._one()
            return lambda d: not negated(d)
        if self._takes("("):
            inner = self._either()
            if not self._takes(")"):
                raise _unreadable()
            return inner
        return self._clause()

    def _clause(self) -> Test:
        first = self._next()
        if self._takes("in"):
            return self._membership(_plain(first), self._next())
        if first == "sharedWithMe" and (not self._tokens or self._tokens[-1] in {"and", "or", ")"}):
            return self._shared
        sign = self._next()
        if sign == "has":
            return self._property(first)
        value = self._next()
        if first == "sharedWithMe":
            return lambda d: self._shared(d) is (value == "true")
        return lambda d: _holds(d, first, sign, value)

    def _shared(self, document: Mapping[str, Any]) -> bool:
        return bool(document["owner"] != self._ground.user.lower())

    def _membership(self, value: str, group: str) -> Test:
        if group == "parents":
            wanted = {value, self._ground.root} if value == "root" else {value}
            return lambda d: bool(wanted & set(d["parents"] or [self._ground.root]))
        if group not in _PEOPLE:
            raise _unreadable()
        address = self._ground.user.lower() if value == "me" else value.lower()
        roles = _PEOPLE[group]
        return lambda d: any(
            p.get("emailAddress", "").lower() == address and p["role"] in roles for p in d["permissions"]
        )

    def _property(self, kind: str) -> Test:
        tokens = [self._next() for _ in range(9)]  # { key = 'a' and value = 'b' }
        if kind not in {"properties", "appProperties"} or (tokens[0], tokens[1], tokens[-1]) != (
            "{",
            "key",
            "}",
        ):
            raise _unreadable()
        name, value = _plain(tokens[3]), _plain(tokens[7])
        return lambda d: bool(d.get(kind, {}).get(name) == value)

    def _takes(self, token: str) -> bool:
        if self._tokens and self._tokens[-1].lower() == token:
            self._tokens.pop()
            return True
        return False

    def _next(self) -> str:
        if not self._tokens:
            raise _unreadable()
        return self._tokens.pop()


def _holds(document: Mapping[str, Any], field: str, sign: str, written: str) -> bool:
    there: Any = document.get("name" if field in {"title", "fullText"} else field)
    wanted: Any = written == "true" if written in {"true", "false"} else _plain(written)
    if field in {"trashed", "starred"}:
        there = bool(there)
    if sign == "contains":
        text = str(there or "").lower()
        return any(w.startswith(wanted.lower()) for w in [text, *re.split(r"\W+", text)]) or (
            field == "fullText" and wanted.lower() in text
        )
    if sign in {"=", "!="}:
        return (there == wanted) is (sign == "=")
    if sign not in _COMPARED:
        raise _unreadable()
    return _COMPARED[sign](str(there or ""), str(wanted))


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text[:1] in {"'", '"'} else text


def _unreadable() -> ApiError:
    return ApiError(400, "invalid", "Invalid Value", location="q")
