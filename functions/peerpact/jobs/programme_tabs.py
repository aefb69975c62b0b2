"""How the jobs read the programme from its spreadsheet: settings, people, pairings, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from peerpact.config import Config
from peerpact.errors import OutOfTime
from peerpact.google.sheets import Workbook
from peerpact.programme.memory import Memory, in_force
from peerpact.programme.people import Person
from peerpact.programme.requests import Request, with_requests
from peerpact.programme.roster.doubtful import with_doubts
from peerpact.programme.roster.emptied import Filled
from peerpact.programme.roster.identity import Asked, Identities, identities, not_asked
from peerpact.programme.seen import ProgrammeSeen
from peerpact.tables.cells.names import keys_of
from peerpact.tables.days_off import TAB as DAYS_OFF
from peerpact.tables.days_off import with_days_off
from peerpact.tables.records import (
    names_in_pairings,
    read_answers,
    read_memory,
    read_pairings,
    read_problems,
    read_requests,
)
from peerpact.tables.roster import Roster, exceptions, fullness, read_roster
from peerpact.tables.rows import Row
from peerpact.tables.settings import with_admins

ALWAYS = ("Settings", "Roster", "Pairings", "Requests", "Problems", "Runs", "Memory")
"""Tabs that every job reads; one call whatever their number."""
EXCEPTIONS = ("Never pair",)
"""Tabs that protect people by their rows; where a job reads one, it is asked about when it was emptied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What the directory tells, for the jobs that may ask it."""

    accounts: Asked = not_asked
    """What it knows of an old and a new address."""
    closed: Callable[[], frozenset[str] | None] = lambda: None
    """The addresses of suspended and deleted accounts; None where that can't be told."""


UNASKED = Directory()


def read_programme(
    workbook: Workbook,
    now: datetime,
    more: Sequence[str] = (),
    *,
    directory: Directory = UNASKED,
    config: Config | None = None,
    keeps_roster: bool = False,
) -> ProgrammeSeen:
    """Read the tabs that every job needs, and some more that the job takes from the workbook, in two calls.

    Raises:
        SheetError: the spreadsheet, a tab or a column is not as described.
    """
    _read(workbook, more)
    typed, setting_problems = workbook.settings()
    memory, answered = read_memory(workbook.contents("Memory")), read_answers(workbook.contents("Problems"))
    settings, questions = in_force(typed, memory, read_pairings(workbook.contents("Pairings")), answered)
    roster = _with_days_off(workbook, read_roster(workbook.contents("Roster"), settings))
    settings, unknown_admins = with_admins(settings, roster.people)
    known = _identities(workbook, roster.people, memory, answered, directory)
    requests = tuple(read_requests(workbook.contents("Requests")))
    seen = ProgrammeSeen(
        now=now,
        settings=settings,
        people=_people(roster, requests, known, now.date()),
        pairings=tuple(read_pairings(workbook.contents("Pairings"))),
        requests=requests,
        problems=(*setting_problems, *questions, *unknown_admins, *roster.problems, *known.problems),
        shown=read_problems(workbook.contents("Problems")),
        memory=memory,
        answered=answered,
        denied=read_answers(workbook.contents("Problems"), "no"),
        doubles=roster.doubles,
        renamed=known.renamed,
        asked_about=known.asked,
        unread=frozenset(map(_named, workbook.contents("Pairings").unusable)),
    )
    filled = _filled(workbook, more, keeps=keeps_roster)
    return with_doubts(_of_mailbox(seen, config), closed=directory.closed(), filled=filled)


def _named(row: Row) -> str:
    """Return the id of the pairing on a row that can't be read, or as much as can be known of it."""
    number = row.values.get("round")
    return row.values.get("id") or (f"r{number}" if isinstance(number, int) else "")


def _people(roster: Roster, requests: Sequence[Request], known: Identities, today: date) -> dict[str, Person]:
    return {p.email: _held(p, known) for p in with_requests(roster.people.values(), requests, today)}


def _of_mailbox(seen: ProgrammeSeen, config: Config | None) -> ProgrammeSeen:
    """Return the programme without the pairings to which another mailbox writes, where a job looks after one.

    Raises:
        OutOfTime: it is one mailbox's share, and nothing has been put into it yet.
    """
    if config is None:
        return seen
    if config.unit and not seen.memory:
        raise OutOfTime(f"The share of {config.mailbox} is filled by the next run of check_roster.")
    mine = {"", config.mailbox}
    return replace(
        seen,
        mailbox=config.mailbox,
        pairings=tuple(p for p in seen.pairings if p.mailbox in mine),
        elsewhere=tuple(p for p in seen.pairings if p.mailbox not in mine),
    )


def _filled(workbook: Workbook, more: Sequence[str], *, keeps: bool) -> list[Filled]:
    """Return how full the columns and tabs are that protect people.

    Of the roster's rows nothing is held from then on; cells and addresses for a job that keeps them.
    """
    tabs = (workbook.contents(title) for title in EXCEPTIONS if title in more)
    filled = [*fullness(workbook.contents("Roster")), *map(exceptions, tabs)]
    workbook.let_go("Roster", but=["email"] if keeps else (), with_cells=keeps)
    return filled


def _read(workbook: Workbook, more: Sequence[str]) -> None:
    """Read the tabs; where one of a job's own is not as described, it shows before anything else is done."""
    workbook.read([*ALWAYS, *more, *([DAYS_OFF] if workbook.has(DAYS_OFF) else [])])
    for title in more:
        workbook.contents(title)


def _with_days_off(workbook: Workbook, roster: Roster) -> Roster:
    """Return the roster with the company's days off; a spreadsheet that was not upgraded has no tab for them."""
    if not workbook.has(DAYS_OFF):
        return roster
    people, problems = with_days_off(roster.people, workbook.contents(DAYS_OFF))
    return replace(roster, people=people, problems=(*roster.problems, *problems))


def _identities(
    workbook: Workbook,
    people: Mapping[str, Person],
    memory: Memory,
    answered: frozenset[tuple[str, str]],
    directory: Directory,
) -> Identities:
    names = names_in_pairings(workbook.contents("Pairings"))
    known = {e for row in workbook.contents("Pairings").rows for e in row["people"]}
    found = identities(
        people,
        {e: name for e, name in names.items() if e not in people},
        newcomers=people.keys() - known,
        memory=memory,
        answered=answered,
        denied=read_answers(workbook.contents("Problems"), "no"),
        keys_of=keys_of,
        accounts=directory.accounts,
    )
    workbook.rename(found.renamed)
    return found


def _held(person: Person, known: Identities) -> Person:
    """Return somebody who may be a missing partner under a new address as held until an admin has said so."""
    if person.email not in known.maybe:
        return person
    return replace(person, held=f"they may be {known.maybe[person.email]} under a new address")
