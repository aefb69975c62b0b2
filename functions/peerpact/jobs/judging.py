"""What each waiting mail is taken for: read, matched to the letter that it answers, and judged in turn.

Loaded when a mail waits, and not for the many ticks that find none: reading mail takes a third of what
``collect_replies`` imports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from peerpact import letters as writing
from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.mail import AUTOMATIC, NEEDS_A_PERSON, Mail
from peerpact.jobs.acknowledging import acknowledged_before, with_acknowledgement
from peerpact.jobs.answered_letters import letter_answered, may_be_an_answer
from peerpact.jobs.inbox import Aliases, Incoming, SetAside, Situation, TakeReply
from peerpact.jobs.taking import take
from peerpact.programme.correspondence import ReplyRecord
from peerpact.programme.problems import Problem
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.reading import Reply, read_reply


def read_incoming(mails: Iterable[Mail], situation: Situation) -> tuple[Incoming, ...]:
    """Read mails, knowing what we wrote, so that it is not taken for theirs."""
    ours = _ours(situation)
    return tuple(Incoming(mail, read_reply(mail.raw, ours=ours)) for mail in mails)


def aliases_of(incoming: Iterable[Incoming], situation: Situation, access: Access) -> Aliases:
    """Ask the directory about senders who are not on the roster, but seem to answer a letter of ours."""
    people, letters = situation.programme.people, situation.letters
    unknown = {
        i.reply.sender
        for i in incoming
        if i.reply.sender not in people and may_be_an_answer(i, letters.values())
    }
    known: dict[str, str] = {}
    try:
        for address in sorted(unknown):
            theirs = access.directory.addresses_of(address) & people.keys()
            known.update({address: next(iter(theirs))} if len(theirs) == 1 else {})
    except GoogleError as error:
        if not error.permanent:
            raise
        return Aliases(people=known, was_asked=True, was_refused=True)
    return Aliases(people=known, was_asked=bool(unknown))


def judged(situation: Situation) -> tuple[tuple[TakeReply | SetAside, ...], list[Problem]]:
    """Return what each mail is taken for, in order, and the bounces among them."""
    actions: list[TakeReply | SetAside] = []
    problems: list[Problem] = []
    acknowledged = acknowledged_before(situation)
    for incoming in situation.incoming:
        action = _judge(incoming, situation)
        if isinstance(action, TakeReply):
            action = with_acknowledgement(action, situation, acknowledged)
            situation = _after(action, situation)
        actions.append(action)
        problems += _bounce_problems(incoming.reply, situation)
    return tuple(actions), problems


def _judge(incoming: Incoming, situation: Situation) -> TakeReply | SetAside:
    mail, reply = incoming.mail, incoming.reply
    received = datetime.fromtimestamp(mail.received_ms // 1000, UTC)
    record = ReplyRecord(
        message_id=mail.message_id, received=received, kind=str(reply.kind), thread_id=mail.thread_id
    )
    if reply.kind is not MailKind.ANSWER:
        return SetAside(record=replace(record, taken_as="nothing changed"), label=AUTOMATIC)
    found = letter_answered(mail, reply, situation)
    if isinstance(found, str):
        return SetAside(record=replace(record, taken_as=found), label=NEEDS_A_PERSON)
    return take(record, found, reply, situation)


def _after(action: TakeReply, situation: Situation) -> Situation:
    """Return the situation in which the next mail is judged: a later reply corrects an earlier one."""
    return replace(situation, commitments=situation.commitments | {c.id: c for c in action.commitments})


def _bounce_problems(reply: Reply, situation: Situation) -> list[Problem]:
    if reply.bounce is None or reply.bounce.temporary:
        return []
    return [
        Problem(
            tab="Roster",
            row_key=address,
            column="E-mail",
            what=f"Letters to {address} come back undelivered.",
            remedy="Mend the address, or set “Taking part” to no.",
        )
        for address in reply.bounce.addresses
        if address in situation.programme.people
    ]


def _ours(situation: Situation) -> OurLetters:
    programme, mailbox = situation.programme, situation.config.mailbox
    return OurLetters(
        addresses=(mailbox,),
        names=(programme.settings.programme_name, "Peerpact"),
        bodies=(*_our_sentences(), *(c.text for c in situation.commitments.values())),
        references=tuple(letter.reference for letter in situation.letters.values()),
    )


@cache
def _our_sentences() -> tuple[str, ...]:
    return tuple(writing.our_sentences())
