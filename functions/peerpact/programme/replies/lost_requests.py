"""Replies whose requests the tab Requests has no more: somebody restored the programme spreadsheet alone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from peerpact.programme.correspondence import ReplyRecord
from peerpact.programme.replies.seen import UNREAD, RepliesSeen
from peerpact.programme.requests import ANSWERS, Wish
from peerpact.programme.wishes import PRIVATE

LOST_WITHIN = timedelta(days=45)
_NOT_SHOWN = PRIVATE | ANSWERS.keys()


def counts_still(reply: ReplyRecord, now: datetime) -> bool:
    """Tell whether a reply may be looked at again, or is one of a person's words that they want to be forgotten."""
    is_late = reply.received >= now - LOST_WITHIN
    return is_late or reply.kind == UNREAD or str(Wish.FORGET_ME) in reply.taken_as


def with_lost_requests(seen: RepliesSeen) -> list[str]:
    """Return the ids of replies that were taken of late, and asked for what no row tells of."""
    known = {(r.person, r.asked_on, r.kind) for r in seen.programme.requests}
    since = seen.programme.now - LOST_WITHIN
    return [
        reply.message_id
        for reply, wishes in _asked_for(seen)
        if reply.received >= since
        and any((reply.person, reply.received.date(), wish) not in known for wish in wishes)
    ]


def _asked_for(seen: RepliesSeen) -> list[tuple[ReplyRecord, set[Wish]]]:
    """Return the replies that count, as they came, and what each asked for that admins see."""
    found, times = [], Counter[str]()
    for reply in sorted((r for r in seen.replies.values() if r.letter), key=lambda r: r.received):
        parts = reply.taken_as.split(", ")
        wishes = {wish for wish in Wish if f"asks: {wish}" in parts}
        times[reply.person] += Wish.FORGET_ME in wishes
        confirms = wishes & {Wish.FORGET_ME} if times[reply.person] > 1 else set()
        found.append((reply, wishes - _NOT_SHOWN | confirms))
    return found
