"""A problem: something in a row that could not be used, said so that an admin can correct it. Values, not errors."""

from __future__ import annotations

from dataclasses import dataclass

from peerpact.programme.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """What is wrong, where it is, and what makes it go away."""

    tab: str
    row_key: str
    """The person, setting or pairing concerned, as the admin knows it."""
    what: Sentence
    remedy: Sentence
    column: str = ""
    row: int | None = None
    """Row number in the tab, counted from 1 as the spreadsheet shows it."""
