"""The job ``check_roster``: reads the admins' tabs, says on Problems what can't be used, keeps Start here current."""

from __future__ import annotations

from datetime import datetime

from peerpact.google.access import Access
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps
from peerpact.programme.plan import Plan
from peerpact.programme.roster.decision import AdminTabs, decide
from peerpact.tables.records import read_entered_pairs

PAIR_TABS = ("Never pair", "Locked pairs")
ADMIN_TABS = (*PAIR_TABS, "Guidance")


def gather(access: Access, now: datetime) -> AdminTabs:
    workbook = access.programme
    programme = read_programme(workbook, now, (*ADMIN_TABS, "Start here"))
    return AdminTabs(
        programme=programme,
        pairs=tuple(p for title in PAIR_TABS for p in read_entered_pairs(workbook.contents(title))),
        problems=tuple(p for title in ADMIN_TABS for p in workbook.contents(title).problems),
        start_here={r["topic"]: r["stands"] for r in workbook.contents("Start here").rows},
    )


def act(plan: Plan, _seen: AdminTabs, _access: Access, _run: Run) -> Done:
    lines = [{"topic": topic, "stands": says} for action in plan.actions for topic, says in action.lines]
    return Done(changes=(Upsert("Start here", lines),))


STEPS = Steps(gather=gather, decide=decide, act=act)
