"""The functions that formulas may call, and how their arguments are taken: as numbers, texts, truths, lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import zip_longest
from typing import Any

from workspace_emulator.sheets.shown import plain

Value = float | str | bool | None
Grid = list[list[Value]]


class Linked(str):
    """A text that leads somewhere, as HYPERLINK makes it."""

    __slots__ = ("address",)
    address: str


class Failed(Exception):  # noqa: N818 - a value in Sheets: #N/A and its like
    """A formula that comes to an error; ``kind`` is Google's ErrorValue type."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


SHOWN = {
    "N_A": "#N/A",
    "NAME": "#NAME?",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "ERROR": "#ERROR!",
    "NUM": "#NUM!",
}


def error(kind: str) -> dict[str, Any]:
    return {"errorValue": {"type": kind, "type_shown": SHOWN.get(kind, "#ERROR!")}}


def number(value: Value) -> float:
    if value is None or value == "":
        return 0.0
    if isinstance(value, bool | int | float):
        return float(value)
    try:
        return float(value)
    except ValueError:
        raise Failed("VALUE") from None


def text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return plain(value) if isinstance(value, int | float) else value


def truth(value: Value) -> bool:
    if isinstance(value, str):
        if value.upper() in {"TRUE", "FALSE"}:
            return value.upper() == "TRUE"
        raise Failed("VALUE")
    return bool(value)


def folded(value: Value) -> Any:
    return value.casefold() if isinstance(value, str) else value


def comparable(left: Value, right: Value) -> tuple[Any, Any]:
    if left is None or right is None:
        other = right if left is None else left
        blank: Any = "" if isinstance(other, str) else 0
        left, right = (blank if left is None else left), (blank if right is None else right)
    if isinstance(left, str) != isinstance(right, str):
        return (0, 1) if isinstance(right, str) else (1, 0)
    return folded(left), folded(right)


def flat(value: Value | Grid) -> Iterator[Value]:
    if isinstance(value, list):
        for row in value:
            yield from row
    else:
        yield value


def _all(values: Sequence[Value | Grid]) -> Iterator[Value]:
    for value in values:
        yield from flat(value)


def _one(value: Value | Grid) -> Value:
    return next(flat(value), None)


def _matches(value: Value, criterion: Value) -> bool:
    if isinstance(criterion, str):
        for sign in ("<=", ">=", "<>", "<", ">", "="):
            if criterion.startswith(sign):
                wanted: Value = criterion[len(sign) :]
                with suppress(ValueError):
                    wanted = float(str(wanted))
                return bool(COMPARE[sign](*comparable(value, wanted)))
    return bool(folded(value) == folded(criterion))


def _count_ifs(*parts: Value | Grid) -> float:
    """Count the places where all match. An open range ends with its last cell, another one beside it may go on."""
    columns = [list(flat(parts[i])) for i in range(0, len(parts), 2)]
    criteria = [_one(parts[i]) for i in range(1, len(parts), 2)]
    rows = Counter(zip_longest(*columns))  # so that like rows are looked at once
    return sum(
        times
        for row, times in rows.items()
        if all(_matches(v, c) for v, c in zip(row, criteria, strict=True))
    )


def _joined(separator: Value | Grid, *values: Value | Grid) -> str:
    return text(_one(separator)).join(text(v) for v in _all(values))


def _text_joined(separator: Value | Grid, skip_empty: Value | Grid, *values: Value | Grid) -> str:
    texts = [text(v) for v in _all(values)]
    return text(_one(separator)).join(t for t in texts if t or not truth(_one(skip_empty)))


def _picked(grid: Value | Grid, row: Value | Grid = 1, column: Value | Grid = 1) -> Value | Grid:
    """Return one of a range's cells; with row 0, a whole column of it."""
    rows = grid if isinstance(grid, list) else [[grid]]
    r, c = int(number(_one(row))), int(number(_one(column)))
    if r == 0 and all(1 <= c <= len(line) for line in rows):
        return [[line[c - 1]] for line in rows]
    if not (1 <= r <= len(rows) and 1 <= c <= len(rows[r - 1])):
        raise Failed("REF")
    return rows[r - 1][c - 1]


def _filtered(grid: Value | Grid, *conditions: Value | Grid) -> Grid:
    rows = grid if isinstance(grid, list) else [[grid]]
    columns = [list(flat(c)) for c in conditions]
    kept = [row for i, row in enumerate(rows) if all(i < len(c) and truth(c[i]) for c in columns)]
    if not kept:
        raise Failed("N_A")
    return kept


def _linked(link: Value | Grid, label: Value | Grid = None) -> Linked:
    address = text(_one(link))
    linked = Linked(address if label is None else text(_one(label)))
    linked.address = address
    return linked


def _average(numbers: Sequence[float]) -> float:
    if not numbers:
        raise Failed("DIVIDE_BY_ZERO")
    return sum(numbers) / len(numbers)


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "<>": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    ">": lambda a, b: bool(a > b),
    "<=": lambda a, b: bool(a <= b),
    ">=": lambda a, b: bool(a >= b),
}
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": lambda a, b: a**b,
}
BY_ELEMENT = {
    "IF": 3,
    "IFERROR": 2,
    "IFNA": 2,
    "HYPERLINK": 2,
    "VLOOKUP": 1,
    "XLOOKUP": 1,
    "MATCH": 1,
    "ARRAYFORMULA": 1,
    "ROW": 1,
    "LOWER": 1,
    "UPPER": 1,
    "TRIM": 1,
    "LEN": 1,
    "NOT": 1,
}
"""How many of a function's first arguments an array formula takes element by element; the rest are whole ranges."""
PLAIN: dict[str, Callable[..., Value | Grid]] = {
    "HYPERLINK": _linked,
    "AVERAGE": lambda *v: _average(
        [x for x in _all(v) if isinstance(x, int | float) and not isinstance(x, bool)]
    ),
    "MIN": lambda *v: min(
        (x for x in _all(v) if isinstance(x, int | float) and not isinstance(x, bool)), default=0
    ),
    "MAX": lambda *v: max(
        (x for x in _all(v) if isinstance(x, int | float) and not isinstance(x, bool)), default=0
    ),
    "LOWER": lambda v: text(_one(v)).lower(),
    "UPPER": lambda v: text(_one(v)).upper(),
    "TRIM": lambda v: " ".join(text(_one(v)).split()),
    "LEN": lambda v: len(text(_one(v))),
    "SUM": lambda *v: sum(x for x in _all(v) if isinstance(x, int | float) and not isinstance(x, bool)),
    "COUNTA": lambda *v: sum(x is not None for x in _all(v)),
    "COUNT": lambda *v: sum(isinstance(x, int | float) and not isinstance(x, bool) for x in _all(v)),
    "COUNTIF": _count_ifs,
    "COUNTIFS": _count_ifs,
    "AND": lambda *v: all(truth(x) for x in _all(v)),
    "OR": lambda *v: any(truth(x) for x in _all(v)),
    "NOT": lambda v: not truth(_one(v)),
    "JOIN": _joined,
    "TEXTJOIN": _text_joined,
    "CONCATENATE": lambda *v: "".join(text(x) for x in _all(v)),
    "INDEX": _picked,
    "FILTER": _filtered,
}
