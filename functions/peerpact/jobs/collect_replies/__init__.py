"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id is on Replies, written in one batch with everything it changed. Then the acknowledgement
goes out, and last the mail gets its label, so that a run that died is taken up where it stopped. What is to be done,
``programme.replies.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.mail import AUTOMATIC, DONE, NEEDS_A_PERSON
from peerpact.google.outbox import Posted
from peerpact.google.sheets import Upsert
from peerpact.jobs.collect_replies.inbox import aliases_of, read_mails
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.programme.plan import Plan
from peerpact.programme.replies.actions import ASKS, SetAside, TakeReply
from peerpact.programme.replies.decision import decide
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.tables.records import as_row, read_commitments, read_letters, read_replies

MOST_MAILS = 200
"""Mails read in one run, those first that no run has taken; the rest waits for the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(RepliesSeen):
    """What replies are judged by, and what else acknowledgements and the digest are made of."""

    config: Config
    waiting: int = 0
    """Mails that need a person, from earlier runs."""


def gather(access: Access, now: datetime) -> Gathered:
    programme, ledger = read_programme(access.programme, now, ("Letters",)), access.ledger
    ledger.read(["Commitments", "Letters", "Replies"])
    gathered = Gathered(
        programme=programme,
        config=access.config,
        mailbox=access.config.mailbox,
        token_key=access.config.secret("token_key"),
        commitments={c.id: c for c in read_commitments(ledger.contents("Commitments"))},
        letters={
            **read_letters(access.programme.contents("Letters")),
            **read_letters(ledger.contents("Letters")),
        },
        replies=read_replies(ledger.contents("Replies")),
    )
    ids = sorted(access.mailbox.unread_replies(), key=lambda i: i in gathered.replies)[:MOST_MAILS]
    return _with_mails(gathered, ids, access) if ids else gathered


def _with_mails(gathered: Gathered, ids: Sequence[str], access: Access) -> Gathered:
    mails = read_mails(access.mailbox.read_all(ids), gathered)
    return replace(
        gathered,
        mails=mails,
        aliases=aliases_of(mails, gathered, access),
        waiting=access.mailbox.count(NEEDS_A_PERSON),
    )


def act(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    from peerpact.jobs.collect_replies.words import acknowledgement  # noqa: PLC0415 - most runs write none

    taken = [a for a in plan.actions if isinstance(a, TakeReply)]
    requests = [as_row(r) for a in taken for r in a.requests]
    for row in requests:
        row.pop("decision")
    introductions = [a for a in _fresh(plan) if a.letter.kind not in ASKS]
    access.programme.commit(
        [Upsert("Requests", requests), Upsert("Letters", _answered_letters(introductions))]
    )
    access.ledger.commit(_ledger_changes(plan))
    letters = [acknowledgement(a, a.acknowledgement, gathered) for a in taken if a.acknowledgement]
    posted = access.outbox(access.ledger).send(letters, **run.posting, are_answers=True)
    for label in (DONE, AUTOMATIC, NEEDS_A_PERSON):
        ids = [a.record.message_id for a in plan.actions if _label_of(a) == label and _is_answered(a, posted)]
        access.mailbox.label(ids, label)
    waiting = gathered.waiting + sum(_label_of(a) == NEEDS_A_PERSON for a in plan.actions)
    return replace(after_posting(posted), needs_a_person=waiting)


def _is_answered(action: TakeReply | SetAside, posted: Posted) -> bool:
    """Tell whether nothing is left to say back, so that the mail need not be looked at again."""
    acknowledgement = action.acknowledgement if isinstance(action, TakeReply) else None
    return acknowledgement is None or posted.is_done(acknowledgement.key)


def _label_of(action: TakeReply | SetAside) -> str:
    if isinstance(action, TakeReply):
        return DONE
    return NEEDS_A_PERSON if action.needs_a_person else AUTOMATIC


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


def _answered_letters(taken: Sequence[TakeReply]) -> list[dict[str, object]]:
    return [{"key": a.letter.key, "answered": a.record.received} for a in taken]


def _reaches(action: TakeReply | SetAside) -> tuple[str, ...]:
    return (action.person.email,) if isinstance(action, TakeReply) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
