"""A1 notation: from ``'My tab'!B2:D`` to a block of cells and back. Rows and columns count from 0 inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELL = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)$")


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells; an end of None reaches to the tab's edge. Ends are exclusive."""

    row: int = 0
    column: int = 0
    end_row: int | None = None
    end_column: int | None = None


class NotANotation(ValueError):  # noqa: N818 - says what the text is
    """The text is no range in A1 notation."""


def split(notation: str) -> tuple[str | None, str]:
    """Return the tab's title, if one is named, and the cells part (possibly empty)."""
    if notation.startswith("'"):
        match = re.match(r"'((?:[^']|'')*)'(?:!(.*))?$", notation, re.DOTALL)
        if not match:
            raise NotANotation(notation)
        return match[1].replace("''", "'"), match[2] or ""
    title, mark, cells = notation.rpartition("!")
    return (title, cells) if mark else (None, notation)


def block(cells: str) -> Block:
    """Return the block that ``B2``, ``B2:D9``, ``B:D``, ``2:9`` or ``B2:D`` names.

    Raises:
        NotANotation: it is none of these.
    """
    first, colon, last = cells.partition(":")
    column, row = _corner(first)
    if not colon:
        if row is None or column is None:
            raise NotANotation(cells)
        return Block(row, column, row + 1, column + 1)
    end_column, end_row = _corner(last)
    if column is None and row is None:
        raise NotANotation(cells)
    rows, columns = sorted_ends(row, end_row), sorted_ends(column, end_column)
    return Block(rows[0], columns[0], rows[1], columns[1])


def sorted_ends(start: int | None, end: int | None) -> tuple[int, int | None]:
    """Return where a side begins and its exclusive end, whichever corner was named first."""
    if start is not None and end is not None:
        return min(start, end), max(start, end) + 1
    return (start or 0), (end + 1 if end is not None else None)


def _corner(text: str) -> tuple[int | None, int | None]:
    match = _CELL.match(text)
    if not match or not text:
        raise NotANotation(text)
    row = int(match[2]) - 1 if match[2] else None
    if row is not None and row < 0:
        raise NotANotation(text)
    return (column_number(match[1]) if match[1] else None), row


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(title: str) -> str:
    """Return a title as a range shows it: in quotes unless it is plain letters, digits and underscores."""
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", title) and not re.fullmatch(r"[A-Za-z]{1,3}\d+", title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(title: str, found: Block) -> str:
    """Return a bounded block as Google writes it in answers: ``Sheet1!A1:B2``, one cell without a colon."""
    assert found.end_row is not None
    assert found.end_column is not None
    start = f"{column_letters(found.column)}{found.row + 1}"
    end = f"{column_letters(found.end_column - 1)}{found.end_row}"
    return f"{quoted(title)}!{start}" + ("" if start == end else f":{end}")


def as_named(title: str, wanted: Block) -> str:
    """Return a block as Google names it in complaints: open ends are left out, ``Sheet1!A1001:B``, ``Sheet1!AA1:2``."""
    start = f"{column_letters(wanted.column)}{wanted.row + 1}"
    column = "" if wanted.end_column is None else column_letters(wanted.end_column - 1)
    end = f"{column}{wanted.end_row or ''}"
    return f"{quoted(title)}!{start}" + (f":{end}" if end not in {"", start} else "")


def touch(one: Block, other: Block) -> bool:
    """Tell whether two blocks have a cell in common."""
    return _spans_touch(one.row, one.end_row, other.row, other.end_row) and _spans_touch(
        one.column, one.end_column, other.column, other.end_column
    )


def holds(outer: Block, inner: Block) -> bool:
    """Tell whether a block has all cells of another."""
    return _span_holds(outer.row, outer.end_row, inner.row, inner.end_row) and _span_holds(
        outer.column, outer.end_column, inner.column, inner.end_column
    )


def _spans_touch(start: int, end: int | None, other_start: int, other_end: int | None) -> bool:
    return (end is None or other_start < end) and (other_end is None or start < other_end)


def _span_holds(start: int, end: int | None, inner_start: int, inner_end: int | None) -> bool:
    return start <= inner_start and (end is None or (inner_end is not None and inner_end <= end))
