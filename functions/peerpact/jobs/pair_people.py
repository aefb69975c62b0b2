"""The job ``pair_people``: proposes pairings when a round opens, carries out admins' decisions, repairs what breaks."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.changes import sorting
from peerpact.google.sheets import Replace, Upsert, Workbook
from peerpact.jobs.archive import HEADER_ONLY, move
from peerpact.jobs.job import Done, Run, Steps
from peerpact.jobs.mailboxes import several_mailboxes
from peerpact.jobs.private_wishes import read_private_wishes
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.archive import MoveToArchive
from peerpact.programme.pairing.decision import (
    ChangePairing,
    ProposePairing,
    RememberGroups,
    RoundSeen,
    decide,
)
from peerpact.programme.pairing.order import NewestOnTop
from peerpact.programme.plan import Action, Plan
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import (
    history_rows,
    pairing_row,
    partner_rows,
    read_entered_pairs,
    read_history,
    read_letters,
)

log = logging.getLogger(__name__)


def gather(access: Access, now: datetime) -> RoundSeen:
    workbook = access.programme
    workbook.read_along(HEADER_ONLY)
    programme = read_programme(workbook, now, ("Never pair", "Locked pairs", "History", "Letters"))
    never, locked = (
        read_entered_pairs(access.programme.contents(t), programme.people)
        for t in ("Never pair", "Locked pairs")
    )
    together = read_history(access.programme.contents("History"))
    return RoundSeen(
        programme=programme,
        never=tuple(p.people for p in never.pairs),
        locked=locked.pairs,
        wishes=read_private_wishes(access, programme),
        held=never.held | locked.held,
        history=together.groups,
        problems=together.problems,
        letters=tuple(read_letters(workbook.contents("Letters")).values()),
        runs=tuple((r["id"], r["started"]) for r in workbook.contents("Runs").rows),
        has_archive=workbook.has(ARCHIVE),
        rows=tuple(r["round"] for r in workbook.contents("Pairings").rows if r["round"] is not None),
        mailboxes=several_mailboxes(access),
    )


def act(plan: Plan, seen: RoundSeen, access: Access, run: Run) -> Done:
    people = seen.programme.people
    changed = [a.pairing for a in plan.actions if isinstance(a, ProposePairing | ChangePairing)]
    after = {p.id: p for p in seen.programme.pairings} | {p.id: p for p in changed}
    groups = [group for a in plan.actions if isinstance(a, RememberGroups) for group in a.groups]
    together = dict.fromkeys([*seen.history, *groups])
    partners = partner_rows([p for p in after.values() if p.is_standing], people, together)
    # It grows with the rounds, and quiet runs don't need it; of its many rows no more than cells are held.
    access.programme.read_more(["Partners"], {"Partners": lambda _row: True})
    return Done(
        finished=move(plan.actions, access.programme, run.now, run.time_left),
        changes=(
            Upsert("Pairings", [pairing_row(pairing, people) for pairing in changed]),
            Upsert("History", history_rows(groups, access.programme.contents("History"))),
            Replace("Partners", partners),
        ),
        afterwards=partial(_sort, access.programme) if _sorts(plan) else None,
    )


def _sorts(plan: Plan) -> bool:
    return any(isinstance(action, NewestOnTop) for action in plan.actions)


def _sort(workbook: Workbook) -> None:
    """Sort Pairings where Google keeps it: what an admin writes meanwhile moves along with its row.

    In a batch of its own, after all else: what it moves, no other write of the run has to find.
    """
    try:
        workbook.commit([], along=[sorting(workbook.contents("Pairings"), workbook.sheet_ids()["Pairings"])])
    except GoogleError as error:
        if not error.permanent:
            raise
        log.warning("Pairings could not be sorted", extra={"why": str(error)})  # cells merged by hand


def _rests(action: Action) -> bool:
    return not isinstance(action, MoveToArchive)


STEPS = Steps(gather=gather, decide=decide, act=act, rests=_rests)
