"""When the one number is asked for in the midst of a round: once, in the first monthly letter a month in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.follow_ups.due import DueLetter, Kind

A_MONTH_IN = timedelta(days=30)
A_LITTLE_BEFORE = timedelta(days=3)
"""A letter that comes so shortly before asks for it, since the next one comes weeks later."""


def is_pulse(due: DueLetter, letters: Iterable[LetterRecord], today: date) -> bool:
    """Tell whether a letter that is due anyway asks for the number; not of those who have gone quiet."""
    began = due.pairing.approved_on
    if due.kind is not Kind.FOLLOW_UP or due.is_short or began is None:
        return False
    if today < began.date() + A_MONTH_IN - A_LITTLE_BEFORE:
        return False
    theirs = (x for x in letters if x.pairing == due.pairing.id and x.person == due.person)
    return all(x.number is None for x in theirs)
