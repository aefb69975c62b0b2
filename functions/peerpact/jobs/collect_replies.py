"""The job ``collect_replies``: reads what people answered, writes it into the ledger, says back what was understood.

A mail is taken once: its id stands on Replies, written in one batch with everything it changed. Then the
acknowledgement goes out, and last the mail gets its label, so that a run that died is taken up where it stopped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from peerpact.google.access import Access
from peerpact.google.mail import AUTOMATIC, DONE, NEEDS_A_PERSON
from peerpact.google.outbox import Posted
from peerpact.google.scopes import DIRECTORY
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.inbox import ASKS, SetAside, Situation, TakeReply
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.tables.records import as_row, read_commitments, read_letters, read_replies

MOST_MAILS = 200
"""Mails read in one run, those first that no run has taken; the rest waits for the next."""
DIRECTORY_ROW = "directory"
"""The row key of the problem that the directory can't be asked."""


def gather(access: Access, now: datetime) -> Situation:
    programme = read_programme(access.programme, now, ("Letters",))
    ledger = access.ledger
    ledger.read(["Commitments", "Letters", "Replies"])
    replies = read_replies(ledger.contents("Replies"))
    situation = Situation(
        programme=programme,
        config=access.config,
        commitments={c.id: c for c in read_commitments(ledger.contents("Commitments"))},
        letters={
            **read_letters(access.programme.contents("Letters")),
            **read_letters(ledger.contents("Letters")),
        },
        replies=replies,
    )
    ids = sorted(access.mailbox.unread_replies(), key=lambda i: i in replies)[:MOST_MAILS]
    return _with_mails(situation, ids, access) if ids else situation


def _with_mails(situation: Situation, ids: Sequence[str], access: Access) -> Situation:
    from peerpact.jobs import judging  # noqa: PLC0415 - its docstring says why

    incoming = judging.read_incoming(access.mailbox.read_all(ids), situation)
    return replace(
        situation,
        incoming=incoming,
        aliases=judging.aliases_of(incoming, situation, access),
        waiting=access.mailbox.count(NEEDS_A_PERSON),
    )


def decide(situation: Situation) -> Plan:
    actions: tuple[TakeReply | SetAside, ...] = ()
    problems = [*_standing_problems(situation), *_directory_problems(situation)]
    if situation.incoming:
        from peerpact.jobs import judging  # noqa: PLC0415

        actions, bounces = judging.judged(situation)
        problems += bounces
    return Plan(
        actions=actions,
        problems=tuple(dict.fromkeys(problems)),
        writes_to=frozenset(
            a.person.email for a in actions if isinstance(a, TakeReply) and a.acknowledgement
        ),
        most_letters=situation.programme.settings.most_letters,
    )


def act(plan: Plan, situation: Situation, access: Access, run: Run) -> Done:
    from peerpact.jobs.acknowledging import acknowledgement  # noqa: PLC0415 - it brings judging's half along

    taken = [a for a in plan.actions if isinstance(a, TakeReply)]
    requests = [as_row(r) for a in taken for r in a.requests]
    for row in requests:
        row.pop("decision")
    introductions = [a for a in _fresh(plan) if a.letter.kind not in ASKS]
    access.programme.commit(
        [Upsert("Requests", requests), Upsert("Letters", _answered_letters(introductions))]
    )
    access.ledger.commit(_ledger_changes(plan))
    letters = [acknowledgement(a, situation) for a in taken if a.acknowledgement]
    posted = access.outbox(access.ledger).send(letters, **run.posting, are_answers=True)
    for label in (DONE, AUTOMATIC, NEEDS_A_PERSON):
        ids = [a.record.message_id for a in plan.actions if _label_of(a) == label and _is_answered(a, posted)]
        access.mailbox.label(ids, label)
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


def _standing_problems(situation: Situation) -> list[Problem]:
    """Keep what earlier runs found: bounces while the address is on the roster, a refusal until the next asking."""
    kept = set(situation.programme.people) | (set() if situation.aliases.was_asked else {DIRECTORY_ROW})
    return [p for p in situation.programme.shown.get("collect_replies", ()) if p.row_key in kept]


def _directory_problems(situation: Situation) -> list[Problem]:
    if not situation.aliases.was_refused:
        return []
    return [
        Problem(
            tab="Roster",
            row_key=DIRECTORY_ROW,
            column="E-mail",
            what="Somebody answered from an address that is not on the roster, and the directory may not be asked "
            f"whose it is. The mail waits in the mailbox's label “{NEEDS_A_PERSON}”.",
            remedy=f"Grant the scope {DIRECTORY} in the Admin console, so that aliases are known; or enter on the "
            "roster the addresses that people write from.",
        )
    ]


def _reaches(action: TakeReply | SetAside) -> tuple[str, ...]:
    return (action.person.email,) if isinstance(action, TakeReply) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
