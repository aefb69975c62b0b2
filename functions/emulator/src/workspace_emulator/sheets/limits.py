"""How large a spreadsheet may be, and what Google says of more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workspace_emulator.core.errors import bad_request

MOST_CELLS = 10_000_000
MOST_COLUMNS = 18_278
MOST_LETTERS = 50_000
"""In one cell."""

Grid = Mapping[str, int]
"""A tab's ``rowCount`` and ``columnCount``."""


def check_grids(new: Grid, others: Iterable[Grid]) -> None:
    """Refuse a tab's new size, beside the other tabs.

    Raises:
        ApiError: It has no cells, too many columns, or all tabs together too many cells.
    """
    if new["rowCount"] < 1 or new["columnCount"] < 1:
        raise bad_request(
            f"You can't delete all the {'rows' if new['rowCount'] < 1 else 'columns'} on the sheet."
        )
    if new["columnCount"] > MOST_COLUMNS:
        raise bad_request(
            f"This action would increase the number of columns above the limit of {MOST_COLUMNS} columns."
        )
    if sum(grid["rowCount"] * grid["columnCount"] for grid in (new, *others)) > MOST_CELLS:
        raise bad_request(
            f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
        )


def check_letters(text: str) -> None:
    """Refuse a text that is too long for a cell.

    Raises:
        ApiError: It is.
    """
    if len(text) > MOST_LETTERS:
        raise bad_request(
            f"Your input contains more than the maximum of {MOST_LETTERS} characters in a single cell."
        )
