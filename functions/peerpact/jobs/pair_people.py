"""The job ``pair_people``: proposes pairings when a round opens, carries out admins' decisions, repairs what breaks."""

from __future__ import annotations

from datetime import datetime

from peerpact.google.access import Access
from peerpact.google.sheets import Replace, Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps
from peerpact.programme.pairing.decision import RoundSeen, decide
from peerpact.programme.plan import Plan
from peerpact.tables.records import pairing_row, partner_rows, read_entered_pairs


def gather(access: Access, now: datetime) -> RoundSeen:
    programme = read_programme(access.programme, now, ("Never pair", "Locked pairs", "Partners"))
    never, locked = (
        read_entered_pairs(access.programme.contents(t), programme.people)
        for t in ("Never pair", "Locked pairs")
    )
    return RoundSeen(
        programme=programme,
        never=tuple(p.people for p in never.pairs),
        locked=locked.pairs,
        held=never.held | locked.held,
    )


def act(plan: Plan, seen: RoundSeen, _access: Access, _run: Run) -> Done:
    people = seen.programme.people
    after = {p.id: p for p in seen.programme.pairings} | {a.pairing.id: a.pairing for a in plan.actions}
    rows = [pairing_row(a.pairing, people) for a in plan.actions]
    partners = partner_rows([p for p in after.values() if p.is_standing], people)
    return Done(changes=(Upsert("Pairings", rows), Replace("Partners", partners)))


STEPS = Steps(gather=gather, decide=decide, act=act)
