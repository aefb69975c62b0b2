"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id stands on Replies, written in one batch with everything it changed. Then the
acknowledgement goes out, and last the mail gets its label, so that a run that died is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.errors import GoogleError
from peerpact.google.credentials import DIRECTORY, MODIFY
from peerpact.google.doors import Doors
from peerpact.google.mail import AUTOMATIC, DONE, NEEDS_A_PERSON
from peerpact.google.outbox import Posted
from peerpact.google.sheets import Upsert
from peerpact.jobs.acknowledging import acknowledged_before, acknowledgement, with_acknowledgement
from peerpact.jobs.answered_letters import letter_answered, may_be_an_answer
from peerpact.jobs.gathering import Programme, read_programme
from peerpact.jobs.inbox import ASKS, Aliases, Incoming, Situation
from peerpact.jobs.job import Done, Job, Plan, Run, after_posting
from peerpact.jobs.taking import SetAside, TakeReply, take
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.faults import Fault
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.quotes import NOTHING_SENT
from peerpact.programme.replies.reading import Reply, read_reply
from peerpact.tables.records import as_row, read_commitments, read_letters, read_replies

MOST_MAILS = 200
"""Mails read in one run, those first that no run has taken; the rest waits for the next."""
DIRECTORY_ROW = "directory"
"""The row key of the problem that the directory can't be asked."""


def gather(doors: Doors, now: datetime) -> Situation:
    programme = read_programme(doors.programme, now, ("Letters",))
    doors.ledger.read(["Commitments", "Letters", "Replies"])
    replies = read_replies(doors.ledger.contents("Replies"))
    ids = sorted(doors.mailbox.unread_replies(), key=lambda i: i in replies)[:MOST_MAILS]
    commitments = {c.id: c for c in read_commitments(doors.ledger.contents("Commitments"))}
    letters = {**read_letters(programme.tabs["Letters"]), **read_letters(doors.ledger.contents("Letters"))}
    ours = _ours(doors.config, programme, commitments.values(), letters.values()) if ids else NOTHING_SENT
    incoming = tuple(Incoming(mail, read_reply(mail.raw, ours=ours)) for mail in doors.mailbox.read_all(ids))
    return Situation(
        programme=programme,
        config=doors.config,
        incoming=incoming,
        aliases=_aliases(incoming, programme, letters, doors),
        commitments=commitments,
        letters=letters,
        replies=replies,
        waiting=doors.mailbox.count(NEEDS_A_PERSON) if ids else 0,
    )


def decide(situation: Situation) -> Plan:
    actions: list[TakeReply | SetAside] = []
    faults = [*_standing_faults(situation), *_directory_faults(situation)]
    acknowledged = acknowledged_before(situation)
    for incoming in situation.incoming:
        action = _judge(incoming, situation)
        if isinstance(action, TakeReply):
            action = with_acknowledgement(action, situation, acknowledged)
            situation = _after(action, situation)
        actions.append(action)
        faults += _bounce_faults(incoming.reply, situation)
    written_to = frozenset(a.person.email for a in actions if isinstance(a, TakeReply) and a.acknowledgement)
    most = situation.programme.settings.most_letters
    return Plan(
        actions=tuple(actions),
        faults=tuple(dict.fromkeys(faults)),
        writes_to=written_to,
        most_letters=most,
    )


def act(plan: Plan, situation: Situation, doors: Doors, run: Run) -> Done:
    taken = [a for a in plan.actions if isinstance(a, TakeReply)]
    requests = [as_row(r) for a in taken for r in a.requests]
    for row in requests:
        row.pop("decision")
    introductions = [a for a in _fresh(plan) if a.letter.kind not in ASKS]
    doors.programme.commit(
        [Upsert("Requests", requests), Upsert("Letters", _answered_letters(introductions))]
    )
    doors.ledger.commit(_ledger_changes(plan))
    letters = [acknowledgement(a, situation) for a in taken if a.acknowledgement]
    posted = doors.outbox(doors.ledger).send(letters, **run.posting, are_answers=True)
    for label in (DONE, AUTOMATIC, NEEDS_A_PERSON):
        ids = [a.record.message_id for a in plan.actions if _label_of(a) == label and _is_answered(a, posted)]
        doors.mailbox.label(ids, label)
    waiting = situation.waiting + sum(_label_of(a) == NEEDS_A_PERSON for a in plan.actions)
    return replace(after_posting(posted), needs_a_person=waiting)


def _is_answered(action: TakeReply | SetAside, posted: Posted) -> bool:
    """Tell whether nothing is left to say back, so that the mail need not be looked at again."""
    acknowledgement = action.acknowledgement if isinstance(action, TakeReply) else None
    return acknowledgement is None or posted.is_done(acknowledgement.key)


def _label_of(action: TakeReply | SetAside) -> str:
    return action.label if isinstance(action, SetAside) else DONE


def _ledger_changes(plan: Plan) -> list[Upsert]:
    taken = _fresh(plan)
    records = [a.record for a in taken] + [a.record for a in plan.actions if isinstance(a, SetAside)]
    commitments = {c.id: c for a in taken for c in a.commitments}
    return [
        Upsert("Commitments", [as_row(c) for c in commitments.values()]),
        Upsert("Letters", _answered_letters([a for a in taken if a.letter.kind in ASKS])),
        Upsert("Replies", [as_row(r) for r in records]),
    ]


def _fresh(plan: Plan) -> list[TakeReply]:
    """Return the replies whose effect no earlier run has written."""
    return [a for a in plan.actions if isinstance(a, TakeReply) and not a.is_recorded]


def _answered_letters(taken: Sequence[TakeReply]) -> list[dict[str, Any]]:
    return [{"key": a.letter.key, "answered": a.record.received} for a in taken]


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


def _standing_faults(situation: Situation) -> list[Fault]:
    """Keep what earlier runs found: bounces while the address is on the roster, a refusal until the next asking."""
    kept = set(situation.programme.people) | (set() if situation.aliases.was_asked else {DIRECTORY_ROW})
    rows = situation.programme.tabs["Problems"].rows
    return [
        Fault(
            tab=r["tab"],
            row_key=r["row_key"],
            column=r["column"] or "",
            problem=r["problem"],
            remedy=r["remedy"],
        )
        for r in rows
        if r["source"] == JOB.name and r["row_key"] in kept
    ]


def _bounce_faults(reply: Reply, situation: Situation) -> list[Fault]:
    if reply.bounce is None or reply.bounce.temporary:
        return []
    return [
        Fault(
            tab="Roster",
            row_key=address,
            column="E-mail",
            problem=f"Letters to {address} come back undelivered.",
            remedy="Mend the address, or set “Taking part” to no.",
        )
        for address in reply.bounce.addresses
        if address in situation.programme.people
    ]


def _directory_faults(situation: Situation) -> list[Fault]:
    if not situation.aliases.was_refused:
        return []
    return [
        Fault(
            tab="Roster",
            row_key=DIRECTORY_ROW,
            column="E-mail",
            problem="Somebody answered from an address that is not on the roster, and the directory may not be asked "
            f"whose it is. The mail waits in the mailbox's label “{NEEDS_A_PERSON}”.",
            remedy=f"Grant the scope {DIRECTORY} in the Admin console, so that aliases are known; or enter on the "
            "roster the addresses that people write from.",
        )
    ]


def _aliases(
    incoming: Sequence[Incoming], programme: Programme, letters: Mapping[str, LetterRecord], doors: Doors
) -> Aliases:
    """Ask the directory about senders who are not on the roster, but seem to answer a letter of ours."""
    unknown = {
        i.reply.sender
        for i in incoming
        if i.reply.sender not in programme.people and may_be_an_answer(i, letters.values())
    }
    known: dict[str, str] = {}
    try:
        for address in sorted(unknown):
            theirs = doors.directory.addresses_of(address) & programme.people.keys()
            known.update({address: next(iter(theirs))} if len(theirs) == 1 else {})
    except GoogleError as error:
        if not error.permanent:
            raise
        return Aliases(people=known, was_asked=True, was_refused=True)
    return Aliases(people=known, was_asked=bool(unknown))


def _ours(
    config: Config,
    programme: Programme,
    commitments: Iterable[Commitment],
    letters: Iterable[LetterRecord],
) -> OurLetters:
    return OurLetters(
        addresses=(config.mailbox,),
        names=(programme.settings.programme_name, "Peerpact"),
        bodies=(*_our_sentences(), *(c.text for c in commitments)),
        references=tuple(letter.reference for letter in letters),
    )


@cache
def _our_sentences() -> tuple[str, ...]:
    return tuple(writing.our_sentences())


def _reaches(action: TakeReply | SetAside) -> tuple[str, ...]:
    return (action.person.email,) if isinstance(action, TakeReply) else ()


JOB = Job(
    name="collect_replies",
    summary="Reads replies, updates the ledger and says back what was understood.",
    schedule="*/15 * * * *",
    gather=gather,
    decide=decide,
    act=act,
    mailbox_scopes=(MODIFY,),
    optional_scopes=(DIRECTORY,),
    opens_ledger=True,
    reaches=_reaches,
)
