"""Rows of cells that a request writes, made only where they are looked at.

As Google wants them, cells take ten times the room of their values: a round of 100,000 people has two million. They
are made batch by batch, as each is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, overload

from peerpact.tables.cells import Link, cell_data

Request = dict[str, Any]


class CellRows(Sequence[Any]):
    """RowData for rows of values, each with the same fields from left to right; a field that has no name is empty."""

    __slots__ = ("_fields", "_rows")

    def __init__(self, rows: Sequence[Mapping[str, Any]], fields: Sequence[str | None]) -> None:
        self._rows, self._fields = rows, fields

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> CellRows: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return CellRows(self._rows[at], self._fields)
        values = self._rows[at]
        return {"values": [cell_data(None if f is None else values.get(f)) for f in self._fields]}

    @property
    def have_links(self) -> bool:
        """Tell whether any of the cells leads somewhere."""
        return any(isinstance(row.get(f), Link) for row in self._rows for f in self._fields if f is not None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and [*self] == [*other]

    __hash__ = None  # type: ignore[assignment]  # as of lists


def as_sent(request: Request) -> Request:
    """Return a request with the cells that it writes."""
    return {
        kind: {**asked, "rows": [*asked["rows"]]} if "rows" in asked else asked
        for kind, asked in request.items()
    }
