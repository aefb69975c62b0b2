"""Columns and tabs that protect people and were emptied: that is a slip until an admin says otherwise.

How full each was is kept in mind; while the question is open, nobody is paired again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from peerpact.programme.memory import FILLED, Memory, filled
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say

FEWEST = 2
MOST_LOST = 0.2
"""The share of its cells that a column may lose at once without being asked about."""
MOST_ROWS_LOST = 0.5
"""The same of a tab's rows, which admins delete more often, since it lists exceptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How many of a column's cells are filled, of how many rows; of a tab that lists exceptions, how many rows."""

    tab: str
    column: str
    cells: int
    rows: int | None = None

    @property
    def key(self) -> str:
        return filled(f"{self.tab}, {self.column}")

    @property
    def value(self) -> str:
        return str(self.cells) if self.rows is None else f"{self.cells} of {self.rows}"


def emptied(
    columns: Collection[Filled], memory: Memory, answered: Collection[tuple[str, str]]
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return what to keep in mind of each column, and the questions about those that were emptied."""
    kept = {key: memo.value for key, memo in memory.items() if key.startswith(FILLED)}
    problems = []
    for column in columns:
        memo = memory.get(column.key)
        kept[column.key] = column.value
        if memo and column.rows == 0:  # whoever comes back is asked about then
            kept[column.key] = memo.value
        elif memo and _has_lost(column, memo.value):
            question = _question(column, memo.value)
            if (question.row_key, question.what) not in answered:
                problems.append(question)
                kept[column.key] = memo.value
    return kept, tuple(problems)


def _has_lost(column: Filled, before: str) -> bool:
    """Tell whether cells were emptied, rather than rows deleted or added; or a tab of exceptions."""
    noted = re.fullmatch(r"(\d{1,9})(?: of ([1-9]\d{0,8}))?", before)
    if noted is None or (noted[2] is None) is not (column.rows is None):
        return False  # somebody edited the tab Memory
    cells = int(noted[1])
    if cells - column.cells < FEWEST:
        return False
    if column.rows is None:
        return column.cells < (1 - MOST_ROWS_LOST) * cells
    return column.cells / column.rows < (1 - MOST_LOST) * cells / int(noted[2])


def _question(column: Filled, before: str) -> Problem:
    what = say(
        "{before} cells of the column {column} were filled, and now {value} are.",
        before=before,
        column=column.column,
        value=column.value,
    )
    if column.rows is None:
        what = say(
            "{before} rows of the tab {tab} were filled, and now {value} are.",
            before=before,
            tab=column.tab,
            value=column.value,
        )
    return Problem(
        tab=column.tab,
        column=column.column,
        row_key=f"column {column.column}",
        what=say("{what} Until you say so, nobody is paired again.", what=what),
        remedy=say(
            "If that is a slip, bring the cells back (File, Version history). If it is meant so, put yes "
            "into the column Answer."
        ),
    )
