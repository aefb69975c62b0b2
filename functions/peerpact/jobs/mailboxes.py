"""How one unit brings together what the jobs of several mailboxes write, and gives each its share of the programme.

Each mailbox's jobs read and write a spreadsheet of their own, which to them is the programme's: people, settings and
pairings as they are in the one that admins see, as far as they concern that mailbox. What they write there (meetings,
requests, problems, runs) is taken over from it. Everything is told by what is there: done again, nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from peerpact.config import MailboxPlace
from peerpact.errors import GoogleError, OutOfTime, PeerpactError, SheetError
from peerpact.google.access import Access
from peerpact.google.cell_rows import Request
from peerpact.google.copies import copied
from peerpact.google.sheets import OvertakenError, Replace, Upsert, Workbook
from peerpact.jobs.archive import HEADER_ONLY, move
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.archive import MoveToArchive, OverRow
from peerpact.programme.exchange import (
    Exchange,
    Fields,
    Tabs,
    has_written,
    letters_from_before,
    says_the_same,
    with_what_was_told,
)
from peerpact.programme.figures.counted import of_mailbox
from peerpact.programme.figures.summed import OfMailbox, summed
from peerpact.programme.mailboxes import Mailboxes, Share, shares
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say
from peerpact.tables.days_off import TAB as DAYS_OFF
from peerpact.tables.records import as_row, read_figures, read_letters, read_memory, read_requests
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import Grid, header_row

Change = Upsert | Replace
COPIED = ("Settings", "Guidance", DAYS_OFF)
"""Tabs that each share has as they are; of the roster it has its people's rows."""
READ = ("Roster", "Pairings", "Requests", "Problems", "Runs", "Memory", "Letters", "Overview")
THEIRS = frozenset(job.name for job in JOBS.values() if job.is_of_mailbox)
"""The jobs that each mailbox has. What the others ask admins, these go by as well."""
COVERED = "#REF!"
"""What a copy has of a cell that a merge covers: it can't be told, so it must not look empty."""


def several_mailboxes(access: Access) -> Mailboxes | None:
    """Return the mailboxes of an installation that has several.

    Raises:
        SheetError: the tab Pairings has no place to say which one a pairing has.
    """
    places = access.config.mailboxes
    if not places:
        return None
    if "mailbox" not in access.programme.contents("Pairings").places:
        raise SheetError(_NO_COLUMN)
    return Mailboxes(
        all=tuple(place.mailbox for place in places),
        closing=frozenset(place.mailbox for place in places if place.is_closing),
    )


_NO_COLUMN = say(
    "The tab “Pairings” has no column “Mailbox”, which it needs where there are several mailboxes. Run “peerpact init”."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One mailbox's share as it is now."""

    place: MailboxPlace
    workbook: Workbook
    tabs: Tabs


@dataclass(slots=True, kw_only=True)
class Given:
    """What is to be written to one mailbox's share."""

    kept: Kept
    copies: list[Request] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    over: list[OverRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        copied_rows = sum(len(r["updateCells"]["rows"]) for r in self.copies if "updateCells" in r)
        return copied_rows + sum(len(c.rows) for c in self.changes) + len(self.over)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one mailbox's jobs have written that admins don't see yet, and how much of the programme its share lacks.

    So much is held on to; of shares themselves there is never more than one in memory.
    """

    place: MailboxPlace
    metadata: dict[str, Any]
    """Of its share: where something is written, that is refused if the share's own jobs were quicker."""
    meetings: tuple[Fields, ...]
    requests: tuple[Fields, ...]
    runs: tuple[Fields, ...]
    problems: tuple[Fields, ...]
    figures: OfMailbox
    lacks: int
    """Rows."""


def look_at_shares(
    access: Access, mailboxes: Mailboxes, programme: ProgrammeSeen
) -> tuple[list[Written], list[Problem], ProgrammeSeen]:
    """Look at each mailbox's share, one after the other; one that can't be opened is told of, and the others go on.

    Returns the programme with what their jobs keep in mind, too: a share that comes before hears of it in the next run.
    """
    found, problems = [], []
    each, it = shares(programme, mailboxes), _exchange(access, mailboxes, programme)
    for place in access.config.mailboxes:
        try:
            kept = _read(place, access.share(place))
        except OutOfTime:
            raise
        except PeerpactError as error:
            problems.append(_unread(place, error))
            continue
        it = replace(it, programme=with_what_was_told(it.programme, kept.tabs.memory.values()))
        given = _given(access.programme, kept, each[place.mailbox], it)
        found.append(_written(kept, it, given.rows))
    return found, problems, it.programme


def _exchange(access: Access, mailboxes: Mailboxes, programme: ProgrammeSeen) -> Exchange:
    return Exchange(programme=programme, mailboxes=mailboxes, centre=_tabs(access.programme), jobs=THEIRS)


def _read(place: MailboxPlace, workbook: Workbook) -> Kept:
    workbook.read_along(HEADER_ONLY)
    workbook.read([*COPIED, *READ])
    return Kept(place=place, workbook=workbook, tabs=_tabs(workbook))


def _tabs(workbook: Workbook) -> Tabs:
    """Return what the tabs of a spreadsheet say that is exchanged."""
    return Tabs(
        pairings=_by_id(workbook, "Pairings"),
        requests=_by_id(workbook, "Requests"),
        runs=_by_id(workbook, "Runs"),
        problems=[row.values for row in workbook.contents("Problems").rows],
        memory=read_memory(workbook.contents("Memory")),
    )


def _written(kept: Kept, it: Exchange, lacks: int) -> Written:
    mailbox, theirs = kept.place.mailbox, kept.tabs
    return Written(
        place=kept.place,
        metadata=kept.workbook.metadata,
        meetings=tuple(it.new_meetings(mailbox, theirs)),
        requests=tuple(it.new_requests(theirs)),
        runs=tuple(it.new_runs(mailbox, theirs)),
        problems=tuple(it.found_by(mailbox, theirs)),
        figures=of_mailbox(read_figures(kept.workbook.contents("Overview")), theirs.memory),
        lacks=lacks,
    )


def _unread(place: MailboxPlace, error: PeerpactError) -> Problem:
    return Problem(
        tab="Settings",
        row_key=place.mailbox,
        what=say(
            "What {mailbox} looks after can't be brought up to date. {error}",
            mailbox=place.mailbox,
            error=error.sentence,
        ),
        remedy=say(
            "Run “peerpact init”, which makes and shares what is missing. Its mails go on with what was known last."
        ),
    )


def has_one_written(centre: Workbook) -> bool:
    """Tell whether letters have left already when there was one mailbox."""
    runs = (row.values for row in centre.contents("Runs").rows)
    return has_written(read_memory(centre.contents("Memory")), runs, THEIRS)


def gathered(
    access: Access, written: Sequence[Written], mailboxes: Mailboxes, programme: ProgrammeSeen
) -> list[Change]:
    """Return what the jobs of all mailboxes have written that admins don't see yet."""
    it = _exchange(access, mailboxes, programme)
    requests = {row["id"]: row for one in reversed(written) for row in one.requests}
    changes: list[Change] = [
        Upsert("Pairings", [row for one in written for row in one.meetings]),
        Upsert("Requests", [*requests.values()]),
        Upsert("Runs", [row for one in written for row in one.runs]),
    ]
    if {one.place.mailbox for one in written} == {*mailboxes.all}:  # else figures would lack somebody's
        changes.append(Upsert("Overview", _figures(access.programme, written, programme)))
    problems = it.problems({one.place.mailbox: one.problems for one in written})
    if not says_the_same(problems, it.centre.problems):
        changes.append(Replace("Problems", problems))
    return [change for change in changes if isinstance(change, Replace) or change.rows]


def _figures(
    centre: Workbook, written: Sequence[Written], programme: ProgrammeSeen
) -> Sequence[Mapping[str, Any]]:
    there = read_figures(centre.contents("Overview"))
    return summed([it.figures for it in written], there, programme.settings, programme.today)


def _given(centre: Workbook, kept: Kept, share: Share, it: Exchange) -> Given:
    """Return what one mailbox's share lacks, or has no longer."""
    workbook, theirs, mailbox = kept.workbook, kept.tabs, kept.place.mailbox
    letters = read_letters(workbook.contents("Letters"))
    given = Given(kept=kept, copies=[*_copies(centre, workbook, share)])
    pairings = (row for own in (True, False) for row in it.given_pairings(share, theirs, own=own))
    changes: list[Change] = [
        Upsert("Pairings", [*pairings]),
        Upsert("Requests", [*it.given_requests(share, theirs)]),
    ]
    if mailbox == it.mailboxes.all[0]:
        before = read_letters(centre.contents("Letters")).values()
        lacking = letters_from_before(letters.keys(), before, it.programme)
        changes.append(Upsert("Letters", [as_row(letter) for letter in lacking]))
    memory = it.given_memory(share, theirs)
    if memory != [*theirs.memory.values()]:
        changes.append(Replace("Memory", [as_row(memo) for memo in memory]))
    problems = it.given_problems(mailbox, share, theirs)
    if not says_the_same(problems, theirs.problems):
        changes.append(Replace("Problems", problems))
    given.changes = [c for c in changes if isinstance(c, Replace) or c.rows]
    given.over = [*it.over(share, theirs, read_requests(workbook.contents("Requests")), letters.values())]
    return given


def _copies(centre: Workbook, workbook: Workbook, share: Share) -> Iterator[Request]:
    sheets = {s["properties"]["title"]: s["properties"] for s in workbook.metadata["sheets"]}
    for title in (t for t in COPIED if centre.has(t)):
        grid = centre.grid(title)
        yield from copied(sheets[title], workbook.grid(title), grid, header_row(tab(title), grid) + 1)
    roster, top = _roster(centre, share)
    yield from copied(sheets["Roster"], workbook.grid("Roster"), roster, top)
    if workbook.locale != centre.locale:
        properties = {"properties": {"locale": centre.locale}, "fields": "locale"}
        yield {"updateSpreadsheetProperties": properties}


def _roster(centre: Workbook, share: Share) -> tuple[Grid, int]:
    """Return the roster's header and the rows of a share's people, as they were typed; and how high the header is."""
    contents, grid = centre.contents("Roster"), centre.grid("Roster")
    covered, top = centre.covered("Roster"), header_row(contents.tab, grid) + 1
    formulas = {
        contents.places[c.field] for c in contents.tab.columns if c.formula and c.field in contents.places
    }
    rows = sorted((*contents.rows, *contents.unusable, *contents.doubles), key=lambda row: row.number)
    numbers = [row.number for row in rows if row.values.get("email") in share.people]
    return [
        *grid[:top],
        *(
            [
                COVERED if (n - 1, i) in covered else "" if i in formulas else cell
                for i, cell in enumerate(grid[n - 1])
            ]
            for n in dict.fromkeys(numbers)
        ),
    ], top


def write_shares(
    lacking: Sequence[Written], access: Access, programme: ProgrammeSeen, time_left: Callable[[], bool]
) -> tuple[bool, list[Problem]]:
    """Write what shares lack, one read again and written after the other; returns whether all could be gone through.

    Where a share's own jobs were quicker, or it can't be read or reached any more, the next run goes on; one that
    Google refuses to write is told of. The others go on.
    """
    mailboxes = several_mailboxes(access) if lacking else None
    if mailboxes is None:
        return True, []
    is_whole, each = True, shares(programme, mailboxes)
    it, problems = _exchange(access, mailboxes, programme), list[Problem]()
    for one in lacking:
        if not time_left():
            return False, problems
        try:
            _bring_up_to_date(one, access, each[one.place.mailbox], it)
        except OvertakenError:
            is_whole = False
        except SheetError:  # gone since it was looked at, which the next run tells
            is_whole = False
        except GoogleError as error:
            if error.concerns_all:
                raise
            is_whole = is_whole and error.permanent
            problems += [_unread(one.place, error)] if error.permanent else []
    return is_whole, problems


def _bring_up_to_date(one: Written, access: Access, share: Share, it: Exchange) -> None:
    """Write what a share lacks, at one moment, and move what is over.

    Where its own jobs wrote since it was looked at, once more.

    Raises:
        OvertakenError: they were quicker again.
    """
    for metadata in (one.metadata, None):
        workbook = access.share(one.place)
        if metadata:
            workbook.metadata = metadata
        kept = _read(one.place, workbook)
        given = _given(access.programme, kept, share, it)
        try:
            workbook.commit(given.changes, along=given.copies)
        except OvertakenError:
            if metadata is None:
                raise
            continue
        over = [MoveToArchive(rows=tuple(given.over))] if given.over else []
        move(over, workbook, lambda: it.programme.now, lambda: True)
        return


def _by_id(workbook: Workbook, title: str) -> dict[str, Fields]:
    contents = workbook.contents(title)
    return {contents.key_of(row.values)[0]: row.values for row in contents.rows}
