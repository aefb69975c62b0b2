"""How worthwhile people find it: the average of many, and the share who answered. Never one person's number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.figures.overview import FEWEST_PEOPLE, Row, share
from peerpact.programme.pairings import add_months

MOST = 5


def pulse_figures(letters: Iterable[LetterRecord], steady: Collection[str], month: date) -> Row:
    """Return a month's figures, of letters that asked for a number in it; ``steady`` are the pairings that count.

    The average takes somebody more than its five, as of five alone it would tell that each has answered.
    """
    asked = asked_for_number(letters, steady, month)
    answered = [x for x in asked if x.number]
    return {
        "worth": _average([x.number or 0 for x in answered])
        if _are_enough(answered) and len({x.person for x in asked}) > FEWEST_PEOPLE
        else None,
        "worth_answered": share(len(answered), len(asked)) if _are_enough(asked) else None,
    }


def asked_for_number(
    letters: Iterable[LetterRecord], steady: Collection[str], month: date
) -> list[LetterRecord]:
    """Return the letters of a month that asked for a number, of pairings that count."""
    return [
        x
        for x in letters
        if x.number is not None
        and x.state is LetterState.SENT
        and x.sent
        and month <= x.sent.date() < add_months(month, 1)
        and x.pairing in steady
    ]


def _average(numbers: list[int]) -> float:
    """Return it with one decimal; where all said the same, one of them is taken for the next number."""
    total = sum(numbers)
    if len(set(numbers)) == 1:
        total += 1 if numbers[0] < MOST else -1
    return round(total / len(numbers), 1)


def _are_enough(letters: Iterable[LetterRecord]) -> bool:
    return len({x.person for x in letters}) >= FEWEST_PEOPLE
