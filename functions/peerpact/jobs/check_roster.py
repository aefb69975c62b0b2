"""The job ``check_roster``: reads the admins' tabs, says on Problems what can't be used, keeps Start here current."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.sheets import Replace, Workbook
from peerpact.jobs.gathering import Accounts, read_programme
from peerpact.jobs.job import Done, Run, Steps
from peerpact.programme.figures.dashboard import Line
from peerpact.programme.plan import Plan
from peerpact.programme.roster.decision import AdminTabs, decide
from peerpact.tables.records import as_row, read_entered_pairs, read_figures

PAIR_TABS = ("Never pair", "Locked pairs")
OTHER_TABS = ("Guidance", "Pairings", "Requests")
"""Tabs whose cells can be wrong, too, the system's own among them: admins decide there."""

LINKED = ("Pairings", "Requests", "Problems", "Roster", "Overview")
"""Tabs that lines of Start here lead to."""


def gather(access: Access, now: datetime) -> AdminTabs:
    workbook = access.programme
    accounts = Accounts(closed=partial(closed_accounts, access))
    programme = read_programme(
        workbook, now, (*PAIR_TABS, "Guidance", "Start here", "Overview"), accounts=accounts
    )
    entered = [read_entered_pairs(workbook.contents(title), programme.people) for title in PAIR_TABS]
    return AdminTabs(
        programme=programme,
        pairs=tuple(pair for tab in entered for pair in tab.pairs),
        problems=(
            *(problem for tab in entered for problem in tab.problems),
            *(problem for title in OTHER_TABS for problem in workbook.contents(title).problems),
        ),
        start_here={r["topic"]: _line(r.values) for r in workbook.contents("Start here").rows},
        figures=read_figures(workbook.contents("Overview")),
        links={title: workbook.address(title) for title in LINKED},
        needs_a_person=_needs_a_person(workbook),
    )


def closed_accounts(access: Access) -> frozenset[str] | None:
    """Return the addresses of suspended and deleted accounts; None where the directory doesn't tell."""
    try:
        return access.directory.closed()
    except PeerpactError:
        return None


def _line(row: Mapping[str, Any]) -> Line:
    """Return a line of Start here as it stands."""
    return Line(
        topic=row["topic"],
        stands=row["stands"] or "",
        figure=row["figure"],
        lately=row["lately"] or "",
        link=row["link"] or "",
    )


def _needs_a_person(workbook: Workbook) -> int:
    """Return how many mails wait for a person, as the last run that counted them noted."""
    counted = [r for r in workbook.contents("Runs").rows if r["needs_a_person"] is not None and r["started"]]
    return int(max(counted, key=lambda r: r["started"])["needs_a_person"]) if counted else 0


def act(plan: Plan, _seen: AdminTabs, _access: Access, _run: Run) -> Done:
    lines = [as_row(line) for action in plan.actions for line in action.lines]
    return Done(changes=(Replace("Start here", lines),) if lines else ())


STEPS = Steps(gather=gather, decide=decide, act=act)
