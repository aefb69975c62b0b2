"""Which mails wait in the mailbox to be read: those that no run has labelled, and those to be looked at again."""

from __future__ import annotations

from itertools import islice

from peerpact.google.access import Access
from peerpact.google.mail import PAGE, Waiting
from peerpact.programme.replies.decision import to_be_looked_at_again
from peerpact.programme.replies.lost_requests import with_lost_requests
from peerpact.programme.replies.seen import RepliesSeen, is_taken

MOST_MAILS = 200
"""Mails read in one run; the rest waits for the next."""


def waiting_mails(access: Access, seen: RepliesSeen) -> list[Waiting]:
    """Return them; those first that no run has taken."""
    again = [*_forgotten(access, seen), *to_be_looked_at_again(seen), *with_lost_requests(seen)]
    unlabelled = access.mailbox.unread_replies(MOST_MAILS, also=again)
    return sorted(unlabelled, key=lambda w: is_taken(w.message_id, seen.replies))


def _forgotten(access: Access, seen: RepliesSeen) -> list[str]:
    """Return the ids of mails that were taken although no row says so, the oldest first.

    Somebody restored an older ledger. If the newest are all known, so are the others.
    """
    found: list[str] = []
    newest_first = access.mailbox.taken_replies()
    while some := list(islice(newest_first, PAGE)):
        unknown = [i for i in some if i not in seen.replies]
        found += unknown
        if not unknown:
            break
    return found[::-1][:MOST_MAILS]
