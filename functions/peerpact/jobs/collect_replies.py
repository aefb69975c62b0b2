"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id stands on Replies, written in one batch with everything it changed. Then the
acknowledgement goes out, and last the mail gets its label, so that a run that died is taken up where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.credentials import MODIFY
from peerpact.google.doors import Doors
from peerpact.google.mail import AUTOMATIC, DONE, NEEDS_A_PERSON, Mail
from peerpact.google.outbox import LetterToSend
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import Programme, read_programme
from peerpact.jobs.job import Done, Job, Plan, Run, over_limit
from peerpact.jobs.posting import Post, cycle_of
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.faults import Fault
from peerpact.programme.keys import short_key
from peerpact.programme.pairings import Pairing, add_months
from peerpact.programme.people import Person
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.reading import Reply, read_reply
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.replies.tokens import is_genuine, tokens_in
from peerpact.programme.requests import Request, Wish
from peerpact.tables.records import as_row, read_commitments, read_letters, read_replies

MOST_MAILS = 200
"""Mails read in one run; the rest waits for the next."""
MOST_ACKNOWLEDGEMENTS_PER_THREAD = 3
ASKS = {"commitment-request", "follow-up", "reminder"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the replies are judged by."""

    programme: Programme
    config: Config
    mails: tuple[Mail, ...]
    commitments: dict[str, Commitment]
    letters: dict[str, LetterRecord]
    replies: dict[str, ReplyRecord]
    waiting: int
    """Mails that need a person, from earlier runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReply:
    """A reply that counts, and all that it changes."""

    record: ReplyRecord
    letter: LetterRecord
    person: Person
    commitments: tuple[Commitment, ...] = ()
    """As they are after the reply: answered ones and new ones."""
    requests: tuple[Request, ...] = ()
    acknowledgement: LetterRecord | None = None
    understood: Understood
    subject: str = ""
    rfc_message_id: str = ""
    """The reply's own Message-ID, for threading the acknowledgement."""
    is_recorded: bool = False
    """An earlier run has written its effect already; only the acknowledgement and label are left."""

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    def sentence(self, *, show_texts: bool = False) -> str:
        said = f"Take the reply of {self.person.name}: {self.record.taken_as}"
        texts = [f"“{c.text}” ({c.outcome or 'new'})" for c in self.commitments] if show_texts else []
        return said + "".join(f"\n      {t}" for t in texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A mail that changes nothing: automatic, or waiting for a person."""

    record: ReplyRecord
    label: str

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    def sentence(self, *, show_texts: bool = False) -> str:  # noqa: ARG002 - nobody's words in it
        return f"Label a mail “{self.label}” ({self.record.kind}: {self.record.taken_as})"


def gather(doors: Doors, now: datetime) -> Situation:
    programme = read_programme(doors.programme, now, ("Letters",))
    doors.ledger.read(["Commitments", "Letters", "Replies"])
    ids = doors.mailbox.unread_replies()[:MOST_MAILS]
    return Situation(
        programme=programme,
        config=doors.config,
        mails=tuple(doors.mailbox.read(i) for i in ids),
        commitments={c.id: c for c in read_commitments(doors.ledger.contents("Commitments"))},
        letters={**read_letters(programme.tabs["Letters"]), **read_letters(doors.ledger.contents("Letters"))},
        replies=read_replies(doors.ledger.contents("Replies")),
        waiting=doors.mailbox.count(NEEDS_A_PERSON) if ids else 0,
    )


def decide(situation: Situation) -> Plan:
    actions: list[TakeReply | SetAside] = []
    faults = _standing_bounces(situation)
    acknowledged = _acknowledged(situation)
    ours = _ours(situation)
    for mail in situation.mails:
        reply = read_reply(mail.raw, ours=ours)
        action = _judge(mail, reply, situation)
        if isinstance(action, TakeReply):
            action = _with_acknowledgement(action, situation, acknowledged)
            situation = _after(action, situation)
        actions.append(action)
        faults += _bounce_faults(reply, situation)
    written_to = frozenset(a.person.email for a in actions if isinstance(a, TakeReply) and a.acknowledgement)
    most = situation.programme.settings.most_letters
    return Plan(
        actions=tuple(actions),
        faults=tuple(dict.fromkeys(faults)),
        writes_to=written_to,
        too_much=over_limit(written_to, most),
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
    letters = [_acknowledgement(a, situation) for a in taken if a.acknowledgement]
    _, finished = doors.outbox(doors.ledger).send(letters, now=run.now, time_left=run.time_left)
    if finished:
        for label in (DONE, AUTOMATIC, NEEDS_A_PERSON):
            ids = [a.record.message_id for a in plan.actions if _label_of(a) == label]
            doors.mailbox.label(ids, label)
    waiting = situation.waiting + sum(_label_of(a) == NEEDS_A_PERSON for a in plan.actions)
    return Done(finished=finished, needs_a_person=waiting)


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


def _judge(mail: Mail, reply: Reply, situation: Situation) -> TakeReply | SetAside:
    received = datetime.fromtimestamp(mail.received_ms // 1000, UTC)
    record = ReplyRecord(
        message_id=mail.message_id, received=received, kind=str(reply.kind), thread_id=mail.thread_id
    )
    if reply.kind is not MailKind.ANSWER:
        return SetAside(record=replace(record, taken_as="nothing changed"), label=AUTOMATIC)
    letter, why_not = _letter_answered(mail, reply, situation)
    if letter is None:
        return SetAside(record=replace(record, taken_as=why_not), label=NEEDS_A_PERSON)
    return _take(record, letter, reply, situation)


def _letter_answered(mail: Mail, reply: Reply, situation: Situation) -> tuple[LetterRecord | None, str]:
    """Return the letter that a reply answers, or why it can't count. Strongest evidence first."""
    person = situation.programme.people.get(reply.sender)
    if person is None:
        return None, "the sender is not on the roster"
    mine = {k: letter for k, letter in situation.letters.items() if letter.person == person.email}
    by_token = _by_token(reply, person, mine, situation)
    found = by_token or _by_thread(mail, reply, mine)
    if found is None:
        return None, "it belongs to no letter that we sent them"
    if reply.verdict is Verdict.REFUSED or (reply.verdict is Verdict.SILENT and by_token is None):
        return None, "nothing vouches for the sender"
    return _asking(found, situation), ""


def _by_token(
    reply: Reply, person: Person, letters: Mapping[str, LetterRecord], situation: Situation
) -> LetterRecord | None:
    secret, today = situation.config.token_key.encode(), situation.programme.now.date()
    for token in tokens_in(reply.recipients):
        if is_genuine(token, secret=secret, person=person.email, on=today):
            for letter in letters.values():
                if cycle_of(letter.reference) == token.cycle:
                    return letter
    return None


def _by_thread(mail: Mail, reply: Reply, letters: Mapping[str, LetterRecord]) -> LetterRecord | None:
    """Find the letter by thread, by the headers that name it, or by the reference in the quoted text."""
    named = {*reply.references, reply.in_reply_to}
    latest_first = sorted(
        letters.values(), key=lambda letter: letter.planned or datetime.min.replace(tzinfo=UTC)
    )[::-1]
    return next(
        (
            letter
            for letter in latest_first
            if letter.thread_id == mail.thread_id
            or (letter.rfc_message_id and letter.rfc_message_id in named)
            or letter.reference in reply.quoted_references
        ),
        None,
    )


def _asking(letter: LetterRecord, situation: Situation) -> LetterRecord:
    """Return the letter that asked: for an answer to a reminder or an acknowledgement, the one it was about."""
    parts = letter.key.split(":", 1)
    if parts[0] == "reminder" and parts[1] in situation.letters:
        return situation.letters[parts[1]]
    if letter.kind in ASKS:
        return letter
    same_thread = [
        o for o in situation.letters.values() if o.thread_id == letter.thread_id and o.kind in ASKS
    ]
    return same_thread[0] if same_thread else letter


def _take(record: ReplyRecord, letter: LetterRecord, reply: Reply, situation: Situation) -> TakeReply:
    programme = situation.programme
    person = programme.people[letter.person]
    pairing = next((p for p in programme.pairings if p.id == letter.pairing), None)
    asked_about = [situation.commitments[c] for c in letter.about if c in situation.commitments]
    understood = understand(
        reply.text,
        open_commitments=[c.text for c in asked_about],
        languages=person.languages,
        on=record.received.date(),
        asked=Asked.OUTCOMES if asked_about else Asked.COMMITMENT,
    )
    if letter.kind not in ASKS:
        understood = _wishes_only(understood)
    answered = _answered(understood, asked_about, record)
    made = _made(understood, letter, pairing, record)
    requests = _requests(understood, person, record)
    return TakeReply(
        record=replace(
            record,
            person=person.email,
            letter=letter.key,
            taken_as=_in_numbers(answered, made, requests, understood),
        ),
        letter=letter,
        person=person,
        commitments=(*answered, *made),
        requests=requests,
        understood=understood,
        subject=reply.subject,
        rfc_message_id=reply.message_id,
        is_recorded=record.message_id in situation.replies,
    )


def _wishes_only(understood: Understood) -> Understood:
    """Return what counts in an answer to a letter that asked for nothing: requests and questions, no promises."""
    return replace(understood, outcomes=MappingProxyType({}), new_commitments=(), unclear=None)


def _answered(
    understood: Understood, asked_about: Sequence[Commitment], record: ReplyRecord
) -> tuple[Commitment, ...]:
    on = record.received.date()
    return tuple(
        replace(
            asked_about[number - 1],
            outcome=outcome,
            answered_on=on,
            history=asked_about[number - 1].history + f"; {on}: {outcome}",
        )
        for number, outcome in sorted(understood.outcomes.items())
        if 1 <= number <= len(asked_about)
    )


def _made(
    understood: Understood, letter: LetterRecord, pairing: Pairing | None, record: ReplyRecord
) -> tuple[Commitment, ...]:
    on = record.received.date()
    return tuple(
        Commitment(
            id="c-" + short_key("commitment", record.message_id, str(number)),
            person=letter.person,
            pairing=pairing.id if pairing else letter.pairing,
            text=text,
            made_on=on,
            due=add_months(on, 1),
            history=f"{on}: made",
        )
        for number, text in enumerate(understood.new_commitments)
    )


def _requests(understood: Understood, person: Person, record: ReplyRecord) -> tuple[Request, ...]:
    wishes = [(Wish(str(r.kind)), r.until) for r in understood.requests]
    wishes += [(Wish.QUESTION, None)] if understood.question else []
    return tuple(
        Request(
            id="q-" + short_key("request", record.message_id, kind),
            person=person.email,
            kind=kind,
            asked_on=record.received.date(),
            until=until,
        )
        for kind, until in wishes
    )


def _in_numbers(
    answered: Sequence[Commitment],
    made: Sequence[Commitment],
    requests: Sequence[Request],
    understood: Understood,
) -> str:
    outcomes = Counter(str(c.outcome) for c in answered)
    parts = [f"{n} {outcome}" for outcome, n in outcomes.items()]
    parts += [f"{len(made)} new"] if made else []
    parts += [f"asks: {r.kind}" for r in requests]
    return ", ".join(parts) or ("unclear, asked again" if understood.unclear else "nothing changed")


def _with_acknowledgement(action: TakeReply, situation: Situation, acknowledged: Counter[str]) -> TakeReply:
    """Add the acknowledgement: at most one a person and day, three a thread; one that was begun is finished."""
    key = f"acknowledgement:{action.record.message_id}"
    begun = situation.letters.get(key)
    if begun:
        unfinished = begun.state in {LetterState.PLANNED, LetterState.DRAFTED}
        return replace(action, acknowledgement=begun) if unfinished else action
    if action.letter.kind not in ASKS and not action.requests:
        return action
    today = f"{action.person.email}/{situation.programme.now.date()}"
    if acknowledged[today] or acknowledged[action.record.thread_id] >= MOST_ACKNOWLEDGEMENTS_PER_THREAD:
        return action
    acknowledged.update([today, action.record.thread_id])
    programme = situation.programme
    record = Post(programme.settings, situation.config, programme.now).record(
        "ask-again" if action.understood.unclear else "acknowledgement",
        key,
        action.person.email,
        pairing=action.letter.pairing,
        about=action.letter.about,
    )
    return replace(action, acknowledgement=record)


def _acknowledged(situation: Situation) -> Counter[str]:
    """Count what was acknowledged before, by person and day and by thread."""
    counted: Counter[str] = Counter()
    for letter in situation.letters.values():
        if letter.kind in {"acknowledgement", "ask-again"} and letter.planned:
            counted.update([f"{letter.person}/{letter.planned.date()}", letter.thread_id])
    return counted


def _after(action: TakeReply, situation: Situation) -> Situation:
    """Return the situation in which the next mail is judged: a later reply corrects an earlier one."""
    return replace(situation, commitments=situation.commitments | {c.id: c for c in action.commitments})


def _acknowledgement(action: TakeReply, situation: Situation) -> LetterToSend:
    record = action.acknowledgement
    assert record is not None
    programme = situation.programme
    post = Post(programme.settings, situation.config, programme.now)
    letter: Any
    if action.understood.unclear:
        letter = writing.AskAgain(
            to=action.person,
            sender=post.sender,
            reference=record.reference,
            commitments=_texts(action, situation),
        )
    else:
        letter = writing.Acknowledgement(
            to=action.person,
            sender=post.sender,
            reference=record.reference,
            outcomes=tuple((c.text, c.outcome) for c in action.commitments if c.outcome),
            new_commitments=tuple((c.text, c.due) for c in action.commitments if not c.outcome),
            requests=tuple((str(r.kind), r.until) for r in action.requests),
        )
    return post.ready(
        record,
        letter,
        action.person,
        in_reply_to=action.rfc_message_id,
        subject=action.subject,
        thread_id=action.record.thread_id,
        is_answer=True,
    )


def _texts(action: TakeReply, situation: Situation) -> tuple[str, ...]:
    return tuple(situation.commitments[c].text for c in action.letter.about if c in situation.commitments)


def _standing_bounces(situation: Situation) -> list[Fault]:
    """Keep the bounces on Problems that earlier runs found, while the address is on the roster."""
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
        if r["source"] == JOB.name and r["row_key"] in situation.programme.people
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


def _ours(situation: Situation) -> OurLetters:
    return OurLetters(
        addresses=(situation.config.mailbox,),
        names=(situation.programme.settings.programme_name, "Peerpact"),
        bodies=(*_our_sentences(), *(c.text for c in situation.commitments.values())),
        references=tuple(letter.reference for letter in situation.letters.values()),
    )


@cache
def _our_sentences() -> tuple[str, ...]:
    return tuple(writing.our_sentences())


JOB = Job(
    name="collect_replies",
    summary="Reads replies, updates the ledger and says back what was understood.",
    schedule="*/15 * * * *",
    gather=gather,
    decide=decide,
    act=act,
    mailbox_scopes=(MODIFY,),
    opens_ledger=True,
)
