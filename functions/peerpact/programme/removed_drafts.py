"""Letters that never left, because somebody removed their draft from the mailbox: an admin is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say

TOLD_FOR = timedelta(days=14)
"""After that the programme has written to the person again, or the letter isn't news any more."""


def removed_drafts(letters: Iterable[LetterRecord], now: datetime) -> Iterator[Problem]:
    """Yield a problem for each letter of late that waits for somebody's look. Never which letter: kinds tell things."""
    for letter in letters:
        if letter.state is LetterState.NEEDS_REVIEW and letter.planned and now - letter.planned < TOLD_FOR:
            yield Problem(
                tab="Roster",
                row_key=letter.person,
                what=say(
                    "A mail to {person} of {day} didn't leave: somebody removed its draft from the mentoring "
                    "mailbox.",
                    person=letter.person,
                    day=letter.planned.date(),
                ),
                remedy=say(
                    "It isn't written again. Whoever removed it can tell {person} what it was about; the next mail "
                    "leaves as always. Drafts of the mailbox are best left alone.",
                    person=letter.person,
                ),
            )
