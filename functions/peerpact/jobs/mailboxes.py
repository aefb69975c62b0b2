"""How one unit brings together what the jobs of several mailboxes write, and gives each its share of the programme.

Each mailbox's jobs read and write a spreadsheet of their own, which to them is the programme's: people, settings and
pairings as they are in the one that admins see, as far as they concern that mailbox. What they write there (meetings,
requests, problems, runs) is taken over from it. Everything is told by what is there: done again, nothing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from peerpact.config import MailboxPlace
from peerpact.errors import GoogleError, OutOfTime, PeerpactError, SheetError
from peerpact.google.access import Access
from peerpact.google.copies import Request, copied
from peerpact.google.sheets import OvertakenError, Replace, Upsert, Workbook
from peerpact.jobs.archive import HEADER_ONLY, move
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.announcements.told import is_told_of
from peerpact.programme.archive import (
    MoveToArchive,
    OverRow,
    letters_over,
    requests_over,
    runs_over,
)
from peerpact.programme.figures.counted import of_mailbox
from peerpact.programme.figures.summed import OfMailbox, summed
from peerpact.programme.mailboxes import Mailboxes, Share, from_when_it_was_alone, shares
from peerpact.programme.memory import COUNTED, FILLED, FORGOTTEN, TOLD, Memo
from peerpact.programme.problems import Problem
from peerpact.programme.requests import who_asked_to_be_forgotten
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say
from peerpact.tables.days_off import TAB as DAYS_OFF
from peerpact.tables.records import as_row, read_figures, read_letters, read_memory, read_requests
from peerpact.tables.rows import Row
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import Grid, header_row

Change = Upsert | Replace
MEETING = ("first_meeting", "next_meeting", "meeting_state", "answers", "meetings", "link", "booking")
"""What the jobs of a mailbox write of a pairing; all else is the programme's."""
COPIED = ("Settings", "Guidance", DAYS_OFF)
"""Tabs that each share has as they are; of the roster it has its people's rows."""
READ = ("Roster", "Pairings", "Requests", "Problems", "Runs", "Memory", "Letters", "Overview")
THEIRS = frozenset(job.name for job in JOBS.values() if job.is_of_mailbox)
"""The jobs that each mailbox has. What the others ask admins, these go by as well."""
OWN = (FILLED, TOLD, FORGOTTEN, COUNTED)
"""Kinds of what a mailbox's jobs keep in mind themselves."""
ByKey = dict[tuple[str, ...], Row]
RUNS_FOR = timedelta(days=14)
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


@dataclass(slots=True, kw_only=True)
class Exchange:
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
    meetings: tuple[dict[str, Any], ...]
    requests: tuple[Mapping[str, Any], ...]
    runs: tuple[dict[str, Any], ...]
    problems: tuple[dict[str, Any], ...]
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
    each, pairings = shares(programme, mailboxes), _by_key(access.programme, "Pairings")
    for place in access.config.mailboxes:
        try:
            kept = _read(place, access)
        except OutOfTime:
            raise
        except PeerpactError as error:
            problems.append(_unread(place, error))
            continue
        programme = with_what_was_told(programme, kept)
        it = exchange(access.programme, kept, each[place.mailbox], mailboxes, programme, pairings)
        found.append(_written(access.programme, kept, mailboxes, programme, pairings, it.rows))
    return found, problems, programme


def _read(place: MailboxPlace, access: Access) -> Kept:
    workbook = access.share(place)
    workbook.read_along(HEADER_ONLY)
    workbook.read([*COPIED, *READ])
    return Kept(place=place, workbook=workbook)


def _written(
    centre: Workbook,
    kept: Kept,
    mailboxes: Mailboxes,
    programme: ProgrammeSeen,
    pairings: ByKey,
    lacks: int,
) -> Written:
    memory = read_memory(kept.workbook.contents("Memory"))
    return Written(
        place=kept.place,
        meetings=tuple(_meetings(pairings, kept, mailboxes)),
        requests=tuple(_new_requests(centre, kept, who_asked_to_be_forgotten(programme.requests))),
        runs=tuple(_runs(centre, kept, programme)),
        problems=tuple(_found_by(kept)),
        figures=of_mailbox(read_figures(kept.workbook.contents("Overview")), memory),
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


def has_written(centre: Workbook) -> bool:
    """Tell whether letters have left already when there was one mailbox, by what its jobs noted."""
    told = any(key.startswith(TOLD) for key in read_memory(centre.contents("Memory")))
    return told or any(row["job"] in THEIRS for row in centre.contents("Runs").rows)


def with_what_was_told(programme: ProgrammeSeen, kept: Kept) -> ProgrammeSeen:
    """Return the programme with what a mailbox's jobs keep in mind of who has heard of a round that still counts."""
    if programme.remembered is None:
        return programme
    theirs = read_memory(kept.workbook.contents("Memory")).values()
    others = [memo for memo in programme.remembered if not memo.key.startswith(TOLD)]
    told = {m.key: m for m in (*theirs, *programme.remembered) if is_told_of(m, programme)}
    memos = sorted([*others, *told.values()], key=lambda memo: memo.key)
    return replace(programme, remembered=tuple(memos))


def gathered(
    centre: Workbook, written: Sequence[Written], mailboxes: Mailboxes, programme: ProgrammeSeen
) -> list[Change]:
    """Return what the jobs of all mailboxes have written that admins don't see yet."""
    requests = {row["id"]: row for it in reversed(written) for row in it.requests}
    changes: list[Change] = [
        Upsert("Pairings", [row for it in written for row in it.meetings]),
        Upsert("Requests", [*requests.values()]),
        Upsert("Runs", [row for it in written for row in it.runs]),
    ]
    if {it.place.mailbox for it in written} == {*mailboxes.all}:  # else figures would lack somebody's
        changes.append(Upsert("Overview", _figures(centre, written, programme)))
    problems = _problems(centre, written, mailboxes)
    there = [dict(row.values) for row in centre.contents("Problems").rows]
    if _plain(problems) != _plain(there):
        changes.append(Replace("Problems", problems))
    return [change for change in changes if isinstance(change, Replace) or change.rows]


def _figures(
    centre: Workbook, written: Sequence[Written], programme: ProgrammeSeen
) -> Sequence[Mapping[str, Any]]:
    there = read_figures(centre.contents("Overview"))
    return summed([it.figures for it in written], there, programme.settings, programme.today)


def _meetings(pairings: ByKey, kept: Kept, mailboxes: Mailboxes) -> Iterator[dict[str, Any]]:
    for (key,), mine in _by_key(kept.workbook, "Pairings").items():
        row = pairings.get((key,))
        if row is None or (row.values.get("mailbox") or mailboxes.all[0]) != kept.place.mailbox:
            continue
        news = {f: mine.values.get(f) for f in MEETING if mine.values.get(f) != row.values.get(f)}
        if news:
            yield {"id": key, **news}


def _new_requests(centre: Workbook, kept: Kept, leaving: Collection[str]) -> Iterator[Mapping[str, Any]]:
    known = _by_key(centre, "Requests")
    for key, row in _by_key(kept.workbook, "Requests").items():
        is_forgotten = row.values["person"] in leaving and not row.values.get("words")
        if key not in known or (is_forgotten and known[key].values.get("words")):
            yield {f: v for f, v in row.values.items() if f != "decision"}


def _runs(centre: Workbook, kept: Kept, programme: ProgrammeSeen) -> Iterator[dict[str, Any]]:
    known, since = _by_key(centre, "Runs"), programme.now - RUNS_FOR
    for key, row in _by_key(kept.workbook, "Runs").items():
        if key not in known and row["started"] > since:
            yield {**row.values, "job": name_in(row["job"], kept.place.mailbox)}


def name_in(job: str, mailbox: str) -> str:
    """Return how admins see a job of one of several mailboxes."""
    return f"{job}, {mailbox}"


def _problems(centre: Workbook, written: Sequence[Written], mailboxes: Mailboxes) -> list[dict[str, Any]]:
    """Return the tab Problems with what each mailbox's jobs found as it is now, and what admins answered to it."""
    read = {it.place.mailbox for it in written}
    there = [dict(row.values) for row in centre.contents("Problems").rows]
    answers = {_named(row): row["answer"] for row in there if row["answer"]}
    unread = {m for m in mailboxes.all if m not in read}
    others = [r for r in there if _is_of_the_whole(r) or str(r["source"]).partition(", ")[2] in unread]
    theirs = [row | {"answer": answers.get(_named(row))} for it in written for row in it.problems]
    return sorted(
        [*others, *theirs], key=lambda r: (str(r["tab"]), r["row"] or 0, str(r["row_key"]), str(r["problem"]))
    )


def _in_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return str(row["tab"]), row["row"] or 0, str(row["row_key"]), str(row["problem"])


def _is_of_the_whole(row: Mapping[str, Any]) -> bool:
    """Tell of a problem whether a job found it that looks after the whole."""
    return str(row["source"]).partition(", ")[0] not in THEIRS


def _found_by(kept: Kept) -> Iterator[dict[str, Any]]:
    """Yield what a mailbox's own jobs found; in which row of its copies is of no use to admins."""
    for row in kept.workbook.contents("Problems").rows:
        if row["source"] in THEIRS:
            yield {**row.values, "row": None, "source": name_in(row["source"], kept.place.mailbox)}


def _named(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[f] or "") for f in ("tab", "row_key", "column", "source", "problem"))


def exchange(
    centre: Workbook,
    kept: Kept,
    share: Share,
    mailboxes: Mailboxes,
    programme: ProgrammeSeen,
    pairings: ByKey,
) -> Exchange:
    """Return what one mailbox's share lacks, or has no longer."""
    workbook, is_first = kept.workbook, kept.place.mailbox == mailboxes.all[0]
    found = Exchange(kept=kept, copies=[*_copies(centre, workbook, share)])
    found.changes = [
        Upsert("Pairings", [*_given_pairings(pairings, workbook, share, mailboxes)]),
        Upsert("Requests", [*_given_requests(centre, workbook, share, programme)]),
        Upsert("Letters", [*_given_letters(centre, workbook, programme)] if is_first else []),
    ]
    memory = _memory(workbook, share, programme)
    if memory != [*read_memory(workbook.contents("Memory")).values()]:
        found.changes.append(Replace("Memory", [as_row(memo) for memo in memory]))
    problems = _given_problems(centre, kept, share)
    if _plain(problems) != _plain(row.values for row in workbook.contents("Problems").rows):
        found.changes.append(Replace("Problems", problems))
    found.changes = [c for c in found.changes if isinstance(c, Replace) or c.rows]
    found.over = [*_over(workbook, share, programme)]
    return found


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


def _given_pairings(
    rows: ByKey, workbook: Workbook, share: Share, mailboxes: Mailboxes
) -> Iterator[dict[str, Any]]:
    there = _by_key(workbook, "Pairings")
    for pairing, is_own in (*((p, True) for p in share.pairings), *((p, False) for p in share.elsewhere)):
        row, known = rows.get((pairing.id,)), there.get((pairing.id,))
        if row is None:
            continue
        keeps = {"decision", *(MEETING if is_own and known else ())}
        wanted = {f: v for f, v in row.values.items() if f not in keeps} | {"mailbox": mailboxes.of(pairing)}
        if known is None or any(known.values.get(f) != v for f, v in wanted.items()):
            yield wanted


def _given_requests(
    centre: Workbook, workbook: Workbook, share: Share, programme: ProgrammeSeen
) -> Iterator[Mapping[str, Any]]:
    there = _by_key(workbook, "Requests")
    leaving = who_asked_to_be_forgotten(programme.requests)
    """Who asked to be forgotten, which holds in all shares, as each has its own archive."""
    over = {row.key for row in requests_over(programme.requests, programme)}
    for key, row in _by_key(centre, "Requests").items():
        known = there.get(key)
        if row["person"] in share.people | leaving and known is None and key not in over:
            yield row.values
        elif known is not None and known.values.get("decision") != row.values.get("decision"):
            yield {"id": row["id"], "decision": row["decision"]}
        is_forgotten = row["person"] in leaving and not row.values.get("words")
        if known is not None and is_forgotten and known.values.get("words"):
            yield {"id": row["id"], "words": None}


def _given_letters(
    centre: Workbook, workbook: Workbook, programme: ProgrammeSeen
) -> Iterator[Mapping[str, Any]]:
    """Yield what letters the first mailbox wrote when it was the only one, and examples that admins asked for."""
    there = _by_key(workbook, "Letters")
    letters = from_when_it_was_alone(read_letters(centre.contents("Letters")).values(), programme)
    yield from (as_row(letter) for letter in letters if (letter.key,) not in there)


def _memory(workbook: Workbook, share: Share, programme: ProgrammeSeen) -> list[Memo]:
    own = read_memory(workbook.contents("Memory")).values()
    kept = {memo.key: memo for memo in own if memo.key.startswith(OWN)}
    whole = programme.memory.values() if programme.remembered is None else programme.remembered
    given = {memo.key: memo for memo in whole if not memo.key.startswith(FILLED) and share.is_about(memo)}
    return sorted((kept | given).values(), key=lambda memo: memo.key)


def _given_problems(centre: Workbook, kept: Kept, share: Share) -> list[dict[str, Any]]:
    """Return what a share's tab Problems is to say: what its jobs found, with admins' answers, and what they go by."""
    there = [dict(row.values) for row in centre.contents("Problems").rows]
    answers = {_named(row): row["answer"] for row in there}
    ids, mailbox = share.people | {p.id for p in share.pairings}, kept.place.mailbox
    asked = [r for r in there if _is_of_the_whole(r) and (r["answer"] or str(r["row_key"]) in ids)]
    own = [
        {
            **row.values,
            "answer": answers.get(_named({**row.values, "source": name_in(row["source"], mailbox)})),
        }
        for row in kept.workbook.contents("Problems").rows
        if row["source"] in THEIRS
    ]
    return sorted(
        [*asked, *own], key=lambda r: (str(r["tab"]), r["row"] or 0, str(r["row_key"]), str(r["problem"]))
    )


def _over(workbook: Workbook, share: Share, programme: ProgrammeSeen) -> Iterator[OverRow]:
    """Yield what leaves the tabs of a share: as in the programme spreadsheet, and pairings that have left that."""
    wanted = {p.id for p in (*share.pairings, *share.elsewhere)}
    for (key,), row in _by_key(workbook, "Pairings").items():
        if key not in wanted and programme.is_all_known:
            yield OverRow(title="Pairings", key=(key,), of=key, people=row["people"])
    requests = read_requests(workbook.contents("Requests"))
    letters = read_letters(workbook.contents("Letters"))
    yield from letters_over(letters.values(), replace(programme, pairings=share.pairings))
    yield from requests_over(requests, programme)
    yield from runs_over(((r["id"], r["started"]) for r in workbook.contents("Runs").rows), programme.today)


def write_shares(
    lacking: Sequence[MailboxPlace], access: Access, programme: ProgrammeSeen, time_left: Callable[[], bool]
) -> tuple[bool, list[Problem]]:
    """Write what shares lack, one read again and written after the other; returns whether all could be gone through.

    Where a share's own jobs were quicker, or it can't be read or reached any more, the next run goes on; one that
    Google refuses to write is told of. The others go on.
    """
    mailboxes = several_mailboxes(access) if lacking else None
    if mailboxes is None:
        return True, []
    is_whole, each = True, shares(programme, mailboxes)
    pairings, problems = _by_key(access.programme, "Pairings"), list[Problem]()
    for place in lacking:
        if not time_left():
            return False, problems
        try:
            kept = _read(place, access)
            it = exchange(access.programme, kept, each[place.mailbox], mailboxes, programme, pairings)
            _write_share(it, programme)
        except OvertakenError:
            is_whole = False
        except SheetError:  # gone since it was looked at, which the next run tells
            is_whole = False
        except GoogleError as error:
            if error.concerns_all:
                raise
            is_whole = is_whole and error.permanent
            problems += [_unread(place, error)] if error.permanent else []
    return is_whole, problems


def _write_share(it: Exchange, programme: ProgrammeSeen) -> None:
    """Write what a share lacks, at one moment, and move what is over."""
    it.kept.workbook.commit(it.changes, along=it.copies)
    over = [MoveToArchive(rows=tuple(it.over))] if it.over else []
    move(over, it.kept.workbook, lambda: programme.now, lambda: True)


def _by_key(workbook: Workbook, title: str) -> ByKey:
    contents = workbook.contents(title)
    return {contents.key_of(row.values): row for row in contents.rows}


def _plain(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{f: v or "" for f, v in row.items()} for row in rows]
