"""How the jobs read the programme from its spreadsheet: settings, people, pairings, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from peerpact.google.sheets import Workbook
from peerpact.programme.memory import in_force, remembered
from peerpact.programme.requests import with_requests
from peerpact.programme.seen import ProgrammeSeen
from peerpact.tables.records import read_answers, read_memory, read_pairings, read_problems, read_requests
from peerpact.tables.roster import read_roster
from peerpact.tables.settings import with_admins

ALWAYS = ("Settings", "Roster", "Pairings", "Requests", "Problems", "Runs", "Memory")
"""Tabs that every job reads; one call whatever their number."""


def read_programme(workbook: Workbook, now: datetime, more: Sequence[str] = ()) -> ProgrammeSeen:
    """Read the tabs that every job needs, and some more that the job takes from the workbook, in two calls.

    Raises:
        SheetError: the spreadsheet, a tab or a column is not as described.
    """
    workbook.read([*ALWAYS, *more])
    for title in more:
        workbook.contents(title)
    typed, setting_problems = workbook.settings()
    pairings = tuple(read_pairings(workbook.contents("Pairings")))
    memory = read_memory(workbook.contents("Memory"))
    answered = read_answers(workbook.contents("Problems"))
    settings, questions = in_force(typed, memory, pairings, answered)
    roster = read_roster(workbook.contents("Roster"), settings)
    settings, unknown_admins = with_admins(settings, roster.people)
    requests = tuple(read_requests(workbook.contents("Requests")))
    people = {p.email: p for p in with_requests(roster.people.values(), requests)}
    return ProgrammeSeen(
        now=now,
        settings=settings,
        people=people,
        pairings=pairings,
        requests=requests,
        problems=(*setting_problems, *questions, *unknown_admins, *roster.problems),
        shown=read_problems(workbook.contents("Problems")),
        memory=memory,
        remembered=remembered(settings, memory, people=people, pairings=pairings, today=now.date()),
        answered=answered,
        doubles=roster.doubles,
        is_all_known=not workbook.contents("Pairings").unusable,
    )
