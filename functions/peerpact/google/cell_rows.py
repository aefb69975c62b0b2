"""Rows of cells that a request writes, made only where they are looked at.

As Google wants them, cells take ten times the room of their values: a round of 100,000 people has two million. They
are made batch by batch, as each is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

from peerpact.tables.cells import Link, cell_data

Request = dict[str, Any]


class CellRows(Sequence[Any]):
    """RowData for rows of values, each with the same fields from left to right; a field that has no name is empty."""

    __slots__ = ("_fields", "_rows")

    def __init__(self, rows: Sequence[Any], fields: Sequence[Any]) -> None:
        self._rows, self._fields = rows, fields

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> CellRows: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return type(self)(self._rows[at], self._fields)
        row = self._rows[at]
        return {"values": [cell_data(self._value(row, field)) for field in self._fields]}

    def _value(self, row: Any, field: Any) -> Any:
        return None if field is None else row.get(field)

    @property
    def have_links(self) -> bool:
        """Tell whether any of the cells leads somewhere."""
        return any(isinstance(self._value(row, f), Link) for row in self._rows for f in self._fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]  # as of lists


class GridRows(CellRows):
    """RowData for rows as a tab's cells are read: those of a row that is shorter than the fields are empty."""

    __slots__ = ()

    def _value(self, row: Any, field: Any) -> Any:
        return row[field] if field < len(row) else None


def as_sent(request: Request) -> Request:
    """Return a request with the cells that it writes."""
    return {
        kind: {**asked, "rows": [*asked["rows"]]} if "rows" in asked else asked
        for kind, asked in request.items()
    }
