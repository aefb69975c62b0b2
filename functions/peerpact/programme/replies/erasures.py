"""What is to be erased of those who want to be forgotten, once the days are over in which they may take it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from peerpact.programme.correspondence import PRIVATE
from peerpact.programme.memory import FORGOTTEN
from peerpact.programme.replies.actions import ForgetPerson
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.requests import to_be_forgotten


def forgotten(seen: RepliesSeen) -> Iterator[ForgetPerson]:
    """Yield each of whom something is left, with all of it; erasing twice erases what is left."""
    programme = seen.programme
    due = to_be_forgotten(programme.requests, programme.settings.grace_days, programme.today)
    for email, request in sorted(due.items()):
        letters = [x for x in seen.letters.values() if x.person == email]
        replies = [r for r in seen.replies.values() if r.person == email]
        promises = [c.id for c in seen.commitments.values() if c.person == email]
        mails = [*(x.message_id for x in letters), *(r.message_id for r in replies)]
        private = tuple(x.key for x in letters if x.kind in PRIVATE)
        wishes = tuple(w.id for w in seen.wishes or () if email in {w.person, *w.others})
        said = tuple(replace(r, words="") for r in programme.requests if r.person == email and r.words)
        looks_in_archive = seen.has_archive and f"{FORGOTTEN}{request.id}" not in programme.memory
        if private or replies or promises or wishes or said or looks_in_archive:
            yield ForgetPerson(
                email=email,
                request=request.id,
                mails=tuple(filter(None, mails)),
                drafts=tuple(x.draft_id for x in letters if x.draft_id and not x.message_id),
                letters=private,
                replies=tuple(r.message_id for r in replies),
                commitments=tuple(promises),
                wishes=wishes,
                said=said,
            )
