"""Reads a formula into a tree and moves its relative references. What it comes to is ``calculation``'s affair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from workspace_emulator.sheets.a1 import column_letters, column_number

_REFERENCE = (
    r"(?:(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!)?\$?[A-Za-z]{1,3}\$?\d*(?::\$?[A-Za-z]{0,3}\$?\d*)?"
)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")|(?P<number>\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)|"
    r"(?P<function>[A-Za-z][A-Za-z0-9_.]*)\(|(?P<reference>" + _REFERENCE + r"(?![A-Za-z0-9_(]))|"
    r"(?P<broken>#REF!)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign><=|>=|<>|[-+*/^&=<>(),;%]))"
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d*)$")


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Corner:
    """One corner of a reference; None means a whole row or column."""

    column: int | None
    row: int | None
    column_fixed: bool
    row_fixed: bool


@dataclass(frozen=True, slots=True)
class Reference:
    tab: str | None
    first: Corner
    last: Corner | None


@dataclass(frozen=True, slots=True)
class Name:
    value: str


@dataclass(frozen=True, slots=True)
class Operation:
    sign: str
    left: Node | None
    right: Node


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An argument that is left out."""


Node = Text | Number | Reference | Name | Operation | Function | Missing

_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}


class Unreadable(ValueError):  # noqa: N818 - shown as #ERROR!
    """The formula is not one."""


@lru_cache(maxsize=20_000)
def parse(formula: str) -> Node:
    """Return the tree of a formula such as ``=IF(A1="","",B$2)``.

    Raises:
        Unreadable: It can't be read.
    """
    parser = _Parser(_tokens(formula[1:]))
    tree = parser.expression(0)
    if parser.peek() is not None:
        raise Unreadable(formula)
    return tree


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or match.end() == at:
            raise Unreadable(text)
        kind = match.lastgroup or ""
        tokens.append((kind, match[kind]))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def peek(self) -> str | None:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else None

    def expression(self, least: int) -> Node:
        left = self._operand()
        while (sign := self.peek()) in _BINDING and self._tokens[self._at][0] == "sign":
            binding = _BINDING[sign]
            if binding <= least:
                break
            self._at += 1
            left = Operation(sign, left, self.expression(binding))
        return left

    def _operand(self) -> Node:
        if self._at >= len(self._tokens):
            raise Unreadable("ends too early")
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "sign":
            return self._after_sign(text)
        node = self._function(text) if kind == "function" else _leaf(kind, text)
        while self.peek() == "%":
            self._at += 1
            node = Operation("/", node, Number(100))
        return node

    def _after_sign(self, sign: str) -> Node:
        if sign == "(":
            inner = self.expression(0)
            self._expect(")")
            return inner
        if sign in {"-", "+"}:
            return Operation(sign, None, self.expression(4))
        raise Unreadable(sign)

    def _function(self, name: str) -> Node:
        arguments: list[Node] = []
        if self.peek() == ")":
            self._at += 1
            return Function(name.upper(), ())
        while True:
            arguments.append(Missing() if self.peek() in {",", ";", ")"} else self.expression(0))
            if self.peek() in {",", ";"}:
                self._at += 1
                continue
            self._expect(")")
            return Function(name.upper(), tuple(arguments))

    def _expect(self, sign: str) -> None:
        if self.peek() != sign:
            raise Unreadable(f"no {sign}")
        self._at += 1


def _leaf(kind: str, text: str) -> Node:
    if kind == "text":
        return Text(text[1:-1].replace('""', '"'))
    if kind == "number":
        return Number(float(text))
    if kind == "reference" and text.upper() not in {"TRUE", "FALSE"}:
        return _reference(text)
    return Name(text.upper())  # TRUE, FALSE, #REF! or a name


def _reference(text: str) -> Node:
    title, _, cells = text.rpartition("!")
    tab = title[1:-1].replace("''", "'") if title.startswith("'") else title or None
    first, colon, last = cells.partition(":")
    corner = _corner(first)
    if not colon and (corner.row is None or corner.column is None):
        return Name(text.upper())
    return Reference(tab, corner, _corner(last) if colon else None)


def _corner(text: str) -> Corner:
    match = _PARTS.match(text)
    if not match:
        raise Unreadable(text)
    column = column_number(match[2]) if match[2] else None
    row = int(match[4]) - 1 if match[4] else None
    return Corner(column, row, match[1] == "$", match[3] == "$")


_MOVABLE = re.compile(
    r"(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!)|(?<![A-Za-z0-9_])(\$?)([A-Za-z]{1,3})(\$?)(\d+)(?![A-Za-z0-9_(])"
)


def moved(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it reads when copied so many rows and columns away: relative references follow."""

    def shifted(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        column = match[3] if match[2] else column_letters(column_number(match[3]) + columns)
        row = match[5] if match[4] else str(int(match[5]) + rows)
        return f"{match[2]}{column}{match[4]}{row}"

    return _MOVABLE.sub(shifted, formula) if rows or columns else formula
