"""The programme as the jobs read it from its spreadsheet: settings, people, pairings, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peerpact.google.sheets import Workbook
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.requests import Request, with_requests
from peerpact.programme.settings import Settings
from peerpact.tables.reading import TabContents
from peerpact.tables.records import read_pairings, read_requests
from peerpact.tables.roster import read_roster

ALWAYS = ("Settings", "Roster", "Pairings", "Requests", "Problems", "Runs")
"""Tabs that every job reads; one call whatever their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What the programme spreadsheet says at one moment."""

    now: datetime
    settings: Settings
    people: dict[str, Person]
    """Everybody on the roster by address, as the roster and their own requests make them."""
    pairings: tuple[Pairing, ...]
    requests: tuple[Request, ...]
    problems: tuple[Problem, ...]
    """Of Settings and Roster."""
    tabs: dict[str, TabContents]

    def name(self, address: str) -> str:
        return self.people[address].name if address in self.people else address


def read_programme(workbook: Workbook, now: datetime, more: Sequence[str] = ()) -> Programme:
    """Read the tabs that every job needs, and some more, in two calls.

    Raises:
        SheetError: the spreadsheet, a tab or a column is not as described.
    """
    titles = [*ALWAYS, *more]
    workbook.read(titles)
    settings, setting_problems = workbook.settings()
    tabs = {title: workbook.contents(title) for title in titles if title != "Settings"}
    roster = read_roster(tabs["Roster"], settings)
    requests = tuple(read_requests(tabs["Requests"]))
    people = {p.email: p for p in with_requests(roster.people.values(), requests)}
    return Programme(
        now=now,
        settings=settings,
        people=people,
        pairings=tuple(read_pairings(tabs["Pairings"])),
        requests=requests,
        problems=(*setting_problems, *roster.problems),
        tabs=tabs,
    )
