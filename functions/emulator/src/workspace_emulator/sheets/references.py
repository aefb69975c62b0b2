"""How references in formulas follow when rows or columns are inserted, deleted or moved, or a tab is renamed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from workspace_emulator.sheets.a1 import column_letters, column_number, quoted

_CELL = r"\$?[A-Za-z]{1,3}\$?\d+"
_REFERENCE = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")|"
    r"(?<![\w.$'!])(?P<tab>(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?"
    rf"(?P<first>{_CELL}|\$?[A-Za-z]{{1,3}}(?=:)|\$?\d+(?=:))"
    rf"(?::(?P<last>{_CELL}|\$?[A-Za-z]{{1,3}}|\$?\d+))?(?![\w(.])"
)
_CORNER = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)$")
BROKEN = "#REF!"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a tab's rows or columns; ``start`` and ``end`` count from 0, ``end`` is exclusive.

    ``to`` is where a moved span goes, in the numbering before the move; None for an insertion or a deletion.
    """

    tab: str
    is_rows: bool
    start: int
    end: int
    is_deletion: bool = False
    to: int | None = None

    def place(self, index: int) -> int | None:
        """Return where a row or column is afterwards; None when it is gone."""
        length = self.end - self.start
        if self.to is not None:
            return self._moved(index, self.to, length)
        if not self.is_deletion:
            return index + length if index >= self.start else index
        if self.start <= index < self.end:
            return None
        return index - length if index >= self.end else index

    def _moved(self, index: int, to: int, length: int) -> int:
        if self.start <= index < self.end:
            return index + (to - self.start if to <= self.start else to - self.end)
        if self.end <= index < to:
            return index - length
        return index + length if to <= index < self.start else index

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Return where a span from first to last is afterwards; None when all of it is gone."""
        start, end = self.place(first), self.place(last)
        start = self.start if start is None else start
        end = self.start - 1 if end is None else end
        if self.to is not None:
            return min(start, end), max(start, end)
        return (start, end) if start <= end else None


def followed(formula: str, home: str, change: Change) -> str:
    """Return a formula of the tab ``home`` as it reads after a change."""

    def replaced(match: re.Match[str]) -> str:
        if match["text"] or _title(match["tab"], home).lower() != change.tab.lower():
            return match[0]
        first = _parts(match["first"])
        last = _parts(match["last"]) if match["last"] else None
        axis = 3 if change.is_rows else 1
        if not first[axis]:
            return match[0]
        found = change.span(_index(first[axis]), _index(last[axis] if last and last[axis] else first[axis]))
        if found is None:
            return BROKEN
        first[axis] = _named(found[0], change)
        if last is None:
            return f"{match['tab'] or ''}{''.join(first)}"
        if last[axis]:
            last[axis] = _named(found[1], change)
        return f"{match['tab'] or ''}{''.join(first)}:{''.join(last)}"

    return _REFERENCE.sub(replaced, formula)


def retitled(formula: str, before: str, after: str) -> str:
    """Return a formula whose references to a tab carry its new title."""

    def replaced(match: re.Match[str]) -> str:
        if match["text"] or not match["tab"] or _title(match["tab"], "").lower() != before.lower():
            return match[0]
        return f"{quoted(after)}!{match[0][len(match['tab']) :]}"

    return _REFERENCE.sub(replaced, formula)


def with_formulas(
    row: dict[str, dict[str, object]], change: Callable[[str], str]
) -> dict[str, dict[str, object]]:
    """Return a row in which each formula has been changed; the same row when none differs."""
    new = dict(row)
    for column, cell in row.items():
        value = cell.get("userEnteredValue")
        if isinstance(value, dict) and "formulaValue" in value:
            formula = change(value["formulaValue"])
            if formula != value["formulaValue"]:
                new[column] = {**cell, "userEnteredValue": {"formulaValue": formula}}
    return new if new != row else row


def _title(tab: str | None, home: str) -> str:
    if not tab:
        return home
    title = tab[:-1]
    return title[1:-1].replace("''", "'") if title.startswith("'") else title


def _parts(corner: str) -> list[str]:
    match = _CORNER.match(corner)
    assert match, corner
    fixed, letters, second, digits = match.groups()
    return [fixed, letters, second, digits] if letters else ["", "", fixed, digits]


def _index(name: str) -> int:
    return int(name) - 1 if name.isdigit() else column_number(name)


def _named(index: int, change: Change) -> str:
    return str(index + 1) if change.is_rows else column_letters(index)
