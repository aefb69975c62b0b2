"""The word to the confidential contact that a mail waits for them: not whose, and nothing of it."""

from __future__ import annotations

from dataclasses import replace

from peerpact.programme.correspondence import LetterState, planned
from peerpact.programme.keys import event_id
from peerpact.programme.replies.actions import TakeReply
from peerpact.programme.replies.seen import RepliesSeen

MAIL_WAITS = "mail-waits"


def with_word(action: TakeReply, seen: RepliesSeen) -> TakeReply:
    """Add the word to the confidential contact that a mail waits for them, once a mail; its key tells of no mail."""
    contact = seen.programme.settings.confidential_contact
    if not contact or not action.waits_for_the_contact:
        return action
    key = f"{MAIL_WAITS}:{event_id(action.record.message_id, secret=seen.token_key)[:16]}"
    begun = seen.letters.get(key)
    if begun and begun.state not in {LetterState.PLANNED, LetterState.DRAFTED}:
        return action
    return replace(action, word=begun or planned(MAIL_WAITS, key, contact, at=seen.programme.now))
