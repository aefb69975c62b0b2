"""What to take from each waiting mail, what to acknowledge or ask again, and which mail a person has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from peerpact.programme.correspondence import ReplyRecord
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.replies.acknowledgement import acknowledged_before, with_acknowledgement
from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply, asks
from peerpact.programme.replies.answered_letter import NO_LETTER, STRANGER, letter_answered, may_be_an_answer
from peerpact.programme.replies.away import leave_told
from peerpact.programme.replies.confidence import with_word
from peerpact.programme.replies.effect import NOTHING, is_taken, taken, taken_unasked
from peerpact.programme.replies.erasures import forgotten
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.seen import MailSeen, RepliesSeen, Unread
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.sentences import say

JOB = "collect_replies"
ADDRESS = "E-mail"
DIRECTORY_ROW = "directory"
"""The row key of the problem that the directory can't be asked."""
LOOK_BACK = timedelta(days=30)
"""Mails that came earlier are not looked at again."""
MOST_ANSWERS = 20
"""So many replies of one person to one letter count; what comes after them, a person looks at."""
UNREAD, TOO_LARGE = "unread", "too large"
A_DAY = timedelta(days=1)
REACTION = "a reaction, nothing changed"
TOO_MANY = f"they have answered this letter {MOST_ANSWERS} times already"
NOT_UNDERSTOOD = "something in it is as Peerpact did not foresee"


def decide(seen: RepliesSeen) -> Plan:
    actions: list[TakeReply | SetAside | ForgetPerson] = []
    problems = [*_standing_problems(seen), *_directory_problems(seen), *_unread_problems(seen)]
    acknowledged, answers = acknowledged_before(seen), answers_before(seen)
    for mail in seen.mails:
        action = _judged(mail, seen, answers)
        if isinstance(action, TakeReply):
            action = with_word(with_acknowledgement(action, seen, acknowledged), seen)
            seen = _after(action, seen)
        actions.append(_kept(action, seen))
        problems += _bounces(mail, seen)
    actions += [_left_unread(mail, seen) for mail in seen.unread]
    actions += _forgotten(actions, seen)
    return Plan(
        actions=tuple(actions),
        problems=tuple(dict.fromkeys(problems)),
        writes_to=frozenset(
            letter.person
            for a in actions
            if isinstance(a, TakeReply)
            for letter in (a.acknowledgement, a.word)
            if letter
        ),
        most_letters=seen.programme.settings.most_letters,
    )


def to_be_looked_at_again(seen: RepliesSeen) -> list[str]:
    """Return the ids of mails that were set aside for a reason that is gone, or may be gone by another day."""
    threads = {(letter.thread_id, letter.person) for letter in seen.letters.values() if letter.thread_id}
    return [r.message_id for r in seen.replies.values() if _may_count_now(r, seen, threads)]


def _may_count_now(record: ReplyRecord, seen: RepliesSeen, threads: Collection[tuple[str, str]]) -> bool:
    """Tell whether the sender is on the roster by now, or their letter known again, or Gmail may give the mail now."""
    ago = seen.programme.now - record.received
    if record.kind == UNREAD:
        return ago >= A_DAY
    if record.taken_as == NO_LETTER:
        return ago < LOOK_BACK and (record.thread_id, record.person) in threads
    return record.taken_as == STRANGER and record.person in seen.programme.people and ago < LOOK_BACK


def strangers(mails: Iterable[MailSeen], seen: RepliesSeen) -> list[str]:
    """Return the senders who are not on the roster but seem to answer a letter of ours, in order."""
    people, letters = seen.programme.people, seen.letters.values()
    return sorted(
        {m.reply.sender for m in mails if m.reply.sender not in people and may_be_an_answer(m, letters)}
    )


def answers_before(seen: RepliesSeen) -> Counter[tuple[str, str]]:
    """Count the replies that were taken before, by person and letter."""
    return Counter((r.person, r.letter) for r in seen.replies.values() if r.letter)


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


def _forgotten(actions: Iterable[object], seen: RepliesSeen) -> list[ForgetPerson]:
    """Return whom to forget; not who wrote just now, as they may take it back."""
    wrote = {a.person.email for a in actions if isinstance(a, TakeReply)}
    return [action for action in forgotten(seen) if action.email not in wrote]


def _unasked(mail: MailSeen, record: ReplyRecord, seen: RepliesSeen) -> TakeReply | None:
    """Return what somebody asks about themselves in a mail that answers nothing; they must be vouched for."""
    person = seen.programme.people.get(mail.reply.sender)
    if person is None or mail.reply.verdict is not Verdict.VOUCHED:
        return None
    return taken_unasked(record, person, mail.reply, seen)


def _left_unread(mail: Unread, seen: RepliesSeen) -> SetAside:
    """Return what is noted of it. Of one that was taken before, what it was taken as stays noted."""
    known = is_taken(mail.id, seen.replies)
    record = (
        seen.replies[mail.id]
        if known
        else ReplyRecord(message_id=mail.id, received=seen.programme.now, kind="", taken_as=mail.why)
    )
    kind = TOO_LARGE if mail.is_too_large else UNREAD
    return SetAside(record=replace(record, received=seen.programme.now, kind=kind), needs_a_person=True)


def _unread_problems(seen: RepliesSeen) -> list[Problem]:
    return [
        Problem(
            tab="Roster",
            row_key=f"mail {mail.id}",
            what=say("A mail in the mentoring mailbox could not be read: {why}.", why=mail.why),
            remedy=say(
                "Look at it there, under the label “peerpact/needs a person”, and answer it by hand if need "
                "be."
            ),
        )
        for mail in seen.unread
    ]


def _after(action: TakeReply, seen: RepliesSeen) -> RepliesSeen:
    """Return what the next mail is judged by: a later reply corrects an earlier one, or answers what we said to it."""
    return replace(
        seen,
        commitments={**seen.commitments, **{c.id: c for c in action.commitments}},
        replies={**seen.replies, action.record.message_id: action.record},
    )


def _bounces(mail: MailSeen, seen: RepliesSeen) -> Iterator[Problem]:
    bounce = mail.reply.bounce
    for address in bounce.addresses if bounce and not bounce.temporary else ():
        if address in seen.programme.people:
            yield Problem(
                tab="Roster",
                row_key=address,
                column=ADDRESS,
                what=say("Mails to {address} come back undelivered.", address=address),
                remedy=say("Correct the address, or set “Taking part” to no."),
            )


def _standing_problems(seen: RepliesSeen) -> list[Problem]:
    """Keep what earlier runs found: bounces while the address is on the roster, a refusal until the next asking."""
    kept = set(seen.programme.people) | (set() if seen.aliases.was_asked else {DIRECTORY_ROW})
    shown = seen.programme.shown.get(JOB, ())
    return [p for p in shown if p.row_key in kept and p.column == ADDRESS]


def _directory_problems(seen: RepliesSeen) -> list[Problem]:
    if not seen.aliases.was_refused:
        return []
    return [
        Problem(
            tab="Roster",
            row_key=DIRECTORY_ROW,
            column=ADDRESS,
            what=say(
                "Somebody answered from an address that is not on the roster, and the directory may not be "
                "asked whose it is. The mail waits in the mailbox under the label “peerpact/needs a person”."
            ),
            remedy=say(
                "Grant the scope https://www.googleapis.com/auth/admin.directory.user.readonly in the Admin "
                "console, so that aliases are known; or enter on the roster the addresses that people write "
                "from."
            ),
        )
    ]
