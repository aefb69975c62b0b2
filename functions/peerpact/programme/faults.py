"""A fault: something in a row that could not be used, said so that an admin can mend it. Values, not errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """What is wrong, where it stands, and what makes it go away."""

    tab: str
    row_key: str
    """The person, setting or pairing concerned, as the admin knows it."""
    problem: str
    remedy: str
    column: str = ""
    row: int | None = None
    """Row number in the tab, counted from 1 as the spreadsheet shows it."""
