"""The job ``check_roster``: reads the admins' tabs, says on Problems what can't be used, keeps Start here current."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import Accounts, read_programme
from peerpact.jobs.job import Done, Run, Steps
from peerpact.programme.plan import Plan
from peerpact.programme.roster.decision import AdminTabs, decide
from peerpact.tables.records import read_entered_pairs

PAIR_TABS = ("Never pair", "Locked pairs")
OTHER_TABS = ("Guidance", "Pairings", "Requests")
"""Tabs whose cells can be wrong, too, the system's own among them: admins decide there."""


def gather(access: Access, now: datetime) -> AdminTabs:
    workbook = access.programme
    accounts = Accounts(closed=partial(closed_accounts, access))
    programme = read_programme(workbook, now, (*PAIR_TABS, "Guidance", "Start here"), accounts=accounts)
    entered = [read_entered_pairs(workbook.contents(title), programme.people) for title in PAIR_TABS]
    return AdminTabs(
        programme=programme,
        pairs=tuple(pair for tab in entered for pair in tab.pairs),
        problems=(
            *(problem for tab in entered for problem in tab.problems),
            *(problem for title in OTHER_TABS for problem in workbook.contents(title).problems),
        ),
        start_here={r["topic"]: r["stands"] for r in workbook.contents("Start here").rows},
    )


def closed_accounts(access: Access) -> frozenset[str] | None:
    """Return the addresses of suspended and deleted accounts; None where the directory doesn't tell."""
    try:
        return access.directory.closed()
    except PeerpactError:
        return None


def act(plan: Plan, _seen: AdminTabs, _access: Access, _run: Run) -> Done:
    lines = [{"topic": topic, "stands": says} for action in plan.actions for topic, says in action.lines]
    return Done(changes=(Upsert("Start here", lines),))


STEPS = Steps(gather=gather, decide=decide, act=act)
