"""Which replies are read again where the tab Requests has no more what they asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from by_value import at
from peerpact.programme.correspondence import ReplyRecord
from peerpact.programme.replies.lost_requests import LOST_WITHIN, counts_still, with_lost_requests
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen

NOW = at("2026-02-20T10:00")
ADA = "ada@example.com"
PAUSED = ReplyRecord(
    message_id="m1",
    received=NOW - timedelta(days=2),
    kind="answer",
    person=ADA,
    letter="turn:r1",
    taken_as="1 kept, 1 new, asks: pause",
)
PAUSE = Request(id="q1", person=ADA, kind=Wish.PAUSE, asked_on=PAUSED.received.date())
FORGET = replace(PAUSED, taken_as="asks: forget me")
AGAIN = replace(FORGET, message_id="m2", received=NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("replies", "requests", "lost"),
    [
        ([PAUSED], [], ["m1"]),
        ([PAUSED], [PAUSE], []),
        ([PAUSED], [replace(PAUSE, person="ben@example.com")], ["m1"]),
        ([PAUSED], [replace(PAUSE, kind=Wish.STOP)], ["m1"]),
        ([PAUSED], [replace(PAUSE, asked_on=NOW.date())], ["m1"]),
        ([replace(PAUSED, taken_as="asks: pause, asks: question")], [PAUSE], ["m1"]),
        ([replace(PAUSED, received=NOW - LOST_WITHIN)], [], ["m1"]),
        ([replace(PAUSED, received=NOW - LOST_WITHIN - timedelta(seconds=1))], [], []),
        ([replace(PAUSED, letter="")], [], []),
        ([replace(PAUSED, taken_as="1 kept")], [], []),
        ([replace(PAUSED, taken_as="asks: another partner, asks: status")], [], []),
        ([FORGET], [], []),
        ([AGAIN, FORGET], [], ["m2"]),
        ([AGAIN, FORGET], [replace(PAUSE, kind=Wish.FORGET_ME, asked_on=AGAIN.received.date())], []),
        ([FORGET, replace(AGAIN, person="ben@example.com")], [], []),
    ],
)
def test_reads_again_what_asked_for_more_than_the_tab_tells_of(
    replies: Sequence[ReplyRecord], requests: Sequence[Request], lost: list[str]
) -> None:
    seen = RepliesSeen(
        programme=ProgrammeSeen(now=NOW, people={}, requests=tuple(requests)),
        mailbox="mentoring@example.com",
        token_key=b"secret",
        commitments={},
        letters={},
        replies={r.message_id: r for r in replies},
    )
    assert with_lost_requests(seen) == lost


@pytest.mark.parametrize(
    ("reply", "is_needed"),
    [
        (replace(PAUSED, received=NOW - LOST_WITHIN), True),
        (replace(PAUSED, received=NOW - LOST_WITHIN - timedelta(seconds=1)), False),
        (replace(FORGET, received=NOW - 9 * LOST_WITHIN), True),
        (replace(PAUSED, received=NOW - 9 * LOST_WITHIN, kind="unread"), True),
        (replace(PAUSED, received=NOW - 9 * LOST_WITHIN, kind="too large"), False),
    ],
)
def test_needs_of_what_was_taken_long_ago_what_counts_still(reply: ReplyRecord, *, is_needed: bool) -> None:
    assert counts_still(reply, NOW) == is_needed
