"""What each waiting mail comes to, one after the other: a reply that counts, with what is said back, or set aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from peerpact.programme.correspondence import ReplyRecord
from peerpact.programme.replies.acknowledgement import acknowledged_before, with_acknowledgement
from peerpact.programme.replies.actions import SetAside, TakeReply, asks
from peerpact.programme.replies.answered_letter import letter_answered
from peerpact.programme.replies.away import leave_told
from peerpact.programme.replies.confidence import with_word
from peerpact.programme.replies.effect import NOTHING, taken, taken_unasked
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.own import MOST_LOOKED_UP
from peerpact.programme.replies.seen import NO_LETTER, STRANGER, MailSeen, RepliesSeen, is_taken
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.requests import MY_DATA

MOST_ANSWERS = 20
"""So many replies of one person to one letter count; what comes after them, a person looks at."""
REACTION = "a reaction, nothing changed"
TOO_MANY = f"they have answered this letter {MOST_ANSWERS} times already"
NOT_UNDERSTOOD = "something in it is as Peerpact did not foresee"


def judged(seen: RepliesSeen) -> tuple[list[TakeReply | SetAside], RepliesSeen]:
    """Return what each mail comes to, in order, and what is known after the last."""
    actions: list[TakeReply | SetAside] = []
    acknowledged, answers = acknowledged_before(seen), answers_before(seen)
    commitments, replies = dict(seen.commitments), dict(seen.replies)
    seen = replace(seen, commitments=commitments, replies=replies)
    looked_up, later = {*seen.recalled}, set[str]()
    for mail in seen.mails:
        writer = seen.aliases.writer_of(mail)
        action = None if writer in later else _judged(mail, seen, answers)
        if action is None or _waits(action, looked_up):
            later.add(writer)
            continue
        if isinstance(action, TakeReply):
            action = with_word(with_acknowledgement(action, seen, acknowledged), seen)
            # The next mail is judged by it: a later reply corrects an earlier one, or answers what we said to it.
            commitments.update({c.id: c for c in action.commitments})
            replies[action.record.message_id] = action.record
        actions.append(_kept(action, seen))
    return actions, seen


def _waits(action: TakeReply | SetAside, looked_up: set[str]) -> bool:
    """Tell whether it waits for the next run, as enough people's whole past is looked up in this one."""
    if not isinstance(action, TakeReply) or action.asks_for != MY_DATA:
        return False
    if action.person.email not in looked_up and len(looked_up) >= MOST_LOOKED_UP:
        return True
    looked_up.add(action.person.email)
    return False


def answers_before(seen: RepliesSeen) -> Counter[tuple[str, str]]:
    """Count the replies that were taken before of those who wrote, by person and letter."""
    who = {seen.aliases.writer_of(mail) for mail in seen.mails}
    return Counter((r.person, r.letter) for r in seen.replies.values() if r.person in who)


def _judged(mail: MailSeen, seen: RepliesSeen, answers: Counter[tuple[str, str]]) -> TakeReply | SetAside:
    """Return what one mail comes to; whatever is odd about it is for a person to look at, and nobody else's affair."""
    record = ReplyRecord(
        message_id=mail.id,
        received=mail.received,
        kind=str(mail.reply.kind),
        thread_id=mail.thread,
    )
    if mail.reply.kind is not MailKind.ANSWER:
        away = leave_told(mail, seen) if mail.reply.kind is MailKind.OUT_OF_OFFICE else ()
        return SetAside(record=replace(record, taken_as=NOTHING), needs_a_person=False, requests=away)
    found = letter_answered(mail, seen)
    if found == NO_LETTER and (unasked := _unasked(mail, record, seen)):
        return unasked
    if isinstance(found, str):
        sender = mail.reply.sender if found in {STRANGER, NO_LETTER} else ""
        return SetAside(record=replace(record, taken_as=found, person=sender), needs_a_person=True)
    if mail.reply.reaction and (not asks(found.direct) or found.asking.answered):
        return SetAside(record=replace(record, taken_as=REACTION), needs_a_person=False)
    key = found.person.email, found.asking.key
    if answers[key] >= MOST_ANSWERS and not is_taken(mail.id, seen.replies):
        return SetAside(record=replace(record, taken_as=TOO_MANY), needs_a_person=True)
    try:
        action = taken(record, found, mail.reply, seen)
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        odd = f"{NOT_UNDERSTOOD} ({type(error).__name__})"
        return SetAside(record=replace(record, taken_as=odd), needs_a_person=True)
    answers[key] += not action.is_recorded
    return action


def _kept(action: TakeReply | SetAside, seen: RepliesSeen) -> TakeReply | SetAside:
    """Return an action that leaves the row of a mail as it is which was taken before, and can't be read so now."""
    if isinstance(action, TakeReply) or not is_taken(action.record.message_id, seen.replies):
        return action
    return replace(action, record=seen.replies[action.record.message_id])


def _unasked(mail: MailSeen, record: ReplyRecord, seen: RepliesSeen) -> TakeReply | None:
    """Return what somebody asks about themselves in a mail that answers nothing; they must be vouched for."""
    person = seen.programme.people.get(mail.reply.sender)
    if person is None or mail.reply.verdict is not Verdict.VOUCHED:
        return None
    return taken_unasked(record, person, mail.reply, seen)
