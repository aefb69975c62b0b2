"""The days of a pause that is asked for, where another sentence says them."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Wish


def pauses_with_days(requests: Sequence[Requested], away: Sequence[Requested]) -> list[Requested]:
    """Return the requests; a pause without days has those that another sentence says."""
    pauses = [r for r in requests if r.kind is Wish.PAUSE]
    days = {(r.since, r.until): r for r in [*pauses, *away] if r.until}
    if len(days) != 1 or all(r.until for r in pauses):
        return list(requests)
    return [r for r in requests if r.kind is not Wish.PAUSE] + [*days.values()]
