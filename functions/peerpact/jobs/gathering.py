"""How the jobs read the programme from its spreadsheet: settings, people, pairings, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from peerpact.google.sheets import Workbook
from peerpact.programme.requests import with_requests
from peerpact.programme.seen import ProgrammeSeen
from peerpact.tables.records import read_pairings, read_problems, read_requests
from peerpact.tables.roster import read_roster
from peerpact.tables.settings import with_admins

ALWAYS = ("Settings", "Roster", "Pairings", "Requests", "Problems", "Runs")
"""Tabs that every job reads; one call whatever their number."""


def read_programme(workbook: Workbook, now: datetime, more: Sequence[str] = ()) -> ProgrammeSeen:
    """Read the tabs that every job needs, and some more that the job takes from the workbook, in two calls.

    Raises:
        SheetError: the spreadsheet, a tab or a column is not as described.
    """
    workbook.read([*ALWAYS, *more])
    settings, setting_problems = workbook.settings()
    roster = read_roster(workbook.contents("Roster"), settings)
    settings, unknown_admins = with_admins(settings, roster.people)
    requests = tuple(read_requests(workbook.contents("Requests")))
    for title in more:
        workbook.contents(title)
    return ProgrammeSeen(
        now=now,
        settings=settings,
        people={p.email: p for p in with_requests(roster.people.values(), requests)},
        pairings=tuple(read_pairings(workbook.contents("Pairings"))),
        requests=requests,
        problems=(*setting_problems, *unknown_admins, *roster.problems),
        shown=read_problems(workbook.contents("Problems")),
    )
