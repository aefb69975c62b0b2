"""Which days were left out of a meeting's days, and what they are called: what preview and Problems say of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from peerpact.programme.days_off import DaysOff, is_weekday
from peerpact.programme.sentences import Sentence, all_of, joined, say

MOST = 5
LEAVE = say("leave")


def left_out(offs: Iterable[DaysOff], first: date, last: date) -> Sentence:
    """Return the weekdays from one to another on which one of some people is off, each with its name.

    Of leave it is only said that it is some. Empty where there is none; of many the first ones are named.
    """
    offs, found = tuple(offs), list[Sentence]()
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        names = [off.name_on(day) or LEAVE for off in offs if is_weekday(day) and day in off]
        called = joined(dict.fromkeys(names), ", ")
        found += [say("{day:short} ({names})", day=day, names=called)] if names else []
    more = [say("{many} more", many=len(found) - MOST)] if len(found) > MOST else []
    return all_of([joined(found[:MOST], ", "), *more]) if found else say("")
