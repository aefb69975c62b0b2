"""Whole numbers, those of rounds, and the reach of reporting lines."""

from __future__ import annotations

import re

from peerpact.programme.sentences import say
from peerpact.tables.cells.cell import Cell, Unusable, shown, text


def read_number(cell: Cell) -> int:
    """Read a whole number.

    Raises:
        Unusable: it is none.
    """
    words = "" if isinstance(cell, bool) else text(cell)
    match = re.fullmatch(r"([+-]?\d{1,15})(?:[.,]0+)?", words, re.ASCII)
    if not match:
        raise Unusable(say("{cell} is not a whole number", cell=shown(cell)), say("Enter a whole number."))
    return int(match[1])


MOST_ROUNDS = 999
"""Of a year each, they end long before the calendar does."""


def read_round(cell: Cell) -> int:
    """Read a round's number.

    Raises:
        Unusable: no round has it.
    """
    number = read_number(cell)
    if not 1 <= number <= MOST_ROUNDS:
        raise Unusable(
            say("{cell} is not a round's number", cell=shown(cell)),
            say("Enter a round's number, such as 2."),
        )
    return number


def read_month(cell: Cell) -> str:
    """Read a month as we write it: 2026-01.

    Raises:
        Unusable: it is none.
    """
    words = "" if isinstance(cell, bool) else text(cell)
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", words, re.ASCII):
        raise Unusable(
            say("{cell} is not a month", cell=shown(cell)), say("Enter a month, such as 2026-01, as text.")
        )
    return words


def read_levels(cell: Cell) -> int | None:
    """Read how far reporting lines count: None is all the way.

    Raises:
        Unusable: it is neither a number of levels nor one of the two phrases.
    """
    words = text(cell).casefold()
    if words in {"whole line", "whole"}:
        return None
    if words in {"direct manager only", "direct manager", "direct"}:
        return 1
    digits = re.fullmatch(r"(\d{1,3})( levels?)?", words, re.ASCII)
    if isinstance(cell, bool) or not digits or int(digits.group(1)) < 1:
        raise Unusable(
            say("{cell} is not a reach of reporting lines", cell=shown(cell)),
            say("Enter whole line, direct manager only, or a number of levels such as 2."),
        )
    return int(digits.group(1))


def read_figure(cell: Cell) -> int | None:
    return read_number(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def read_percentage(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
