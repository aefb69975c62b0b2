"""What a tick comes to: what each mail does, which are looked at again, what is told of them, whom to forget."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from peerpact.programme.correspondence import ReplyRecord
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.replies.seen import (
    NO_LETTER,
    STRANGER,
    TOO_LARGE,
    UNREAD,
    MailSeen,
    RepliesSeen,
    Unread,
    is_taken,
)
from peerpact.programme.requests import to_be_forgotten
from peerpact.programme.sentences import say

if TYPE_CHECKING:  # most ticks have nothing to do: they need not load what can be done
    from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply

JOB = "collect_replies"
ADDRESS = "E-mail"
DIRECTORY_ROW = "directory"
"""The row key of the problem that the directory can't be asked."""
LOOK_BACK = timedelta(days=30)
"""Mails that came earlier are not looked at again."""
A_DAY = timedelta(days=1)


def decide(seen: RepliesSeen) -> Plan:
    problems = [*_standing_problems(seen), *_directory_problems(seen), *_unread_problems(seen)]
    problems += [problem for mail in seen.mails for problem in _bounces(mail, seen)]
    actions = _actions(seen)
    return Plan(
        actions=tuple(actions),
        problems=tuple(dict.fromkeys(problems)),
        writes_to=_written_to(actions),
        most_letters=seen.programme.settings.most_letters,
    )


def _actions(seen: RepliesSeen) -> list[TakeReply | SetAside | ForgetPerson]:
    """Return what the mails come to, and whom to forget; not who wrote just now, as they may take it back."""
    actions: list[TakeReply | SetAside | ForgetPerson] = []
    if seen.mails:
        from peerpact.programme.replies.judgement import judged  # noqa: PLC0415 - most ticks have no mail

        judgements, seen = judged(seen)
        actions += judgements
    actions += [_left_unread(mail, seen) for mail in seen.unread]
    programme = seen.programme
    if to_be_forgotten(programme.requests, programme.settings.grace_days, programme.today):
        from peerpact.programme.replies.erasures import forgotten  # noqa: PLC0415 - as above, nobody to forget

        wrote = {a.person.email for a in _replies(actions)}
        actions += [action for action in forgotten(seen) if action.email not in wrote]
    return actions


def _written_to(actions: Sequence[object]) -> frozenset[str]:
    letters = [letter for a in _replies(actions) for letter in (a.acknowledgement, a.word) if letter]
    return frozenset(letter.person for letter in letters)


def _replies(actions: Sequence[object]) -> list[TakeReply]:
    """Return those of the actions that are replies which count."""
    if not actions:
        return []
    from peerpact.programme.replies.actions import TakeReply  # noqa: PLC0415 - most ticks have no action

    return [a for a in actions if isinstance(a, TakeReply)]


def whose_letter_was_unknown(seen: RepliesSeen) -> set[str]:
    """Return who wrote a mail that is looked at again once their letter is known."""
    return {r.person for r in seen.replies.values() if r.taken_as == NO_LETTER and _is_late(r, seen)}


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
        return _is_late(record, seen) and (record.thread_id, record.person) in threads
    is_known = record.person in seen.programme.people
    return record.taken_as == STRANGER and is_known and _is_late(record, seen)


def _is_late(record: ReplyRecord, seen: RepliesSeen) -> bool:
    return seen.programme.now - record.received < LOOK_BACK


def _left_unread(mail: Unread, seen: RepliesSeen) -> SetAside:
    """Return what is noted of it. Of one that was taken before, what it was taken as stays noted."""
    known = is_taken(mail.id, seen.replies)
    record = (
        seen.replies[mail.id]
        if known
        else ReplyRecord(message_id=mail.id, received=seen.programme.now, kind="", taken_as=mail.why)
    )
    kind = TOO_LARGE if mail.is_too_large else UNREAD
    from peerpact.programme.replies.actions import SetAside  # noqa: PLC0415 - hardly any mail can't be read

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
