"""The play: the clock runs through some months, jobs run when their schedule says, people do what people do."""

from __future__ import annotations

import heapq
import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType

from cronsim import CronSim
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from peerpact.demo.colleagues import WRITES_IN_THE_MEETING, Colleagues
from peerpact.demo.company import Company, found
from peerpact.demo.laptop import write_configuration
from peerpact.demo.leave import send_on_leave
from peerpact.demo.summary import summarise
from peerpact.errors import ConfigError, OutOfTime
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.import_roster import left_out, refuse_without_managers
from peerpact.operating.roster_files import read_roster_file
from peerpact.programme.days_off import Absence
from peerpact.programme.pairings import add_months
from peerpact.programme.roster.asked import EXAMPLES
from peerpact.programme.sentences import in_english
from peerpact.tables.cells import Unusable, read_cell
from peerpact.tables.schema import tab
from workspace_emulator import Clock, Workspace

FIRST_DAY = date(2026, 1, 5)
"""A Monday; the months after it have a pause that ends, somebody who joins, and both clock changes."""
BEFORE = timedelta(days=14)
"""So long before its first round the company begins: announcements leave five working days before it, and the days
between the years are none.
"""
LOOKS = (time(9, 40), time(15, 40))
"""When people look at their inbox and calendar (UTC), on working days."""
EVENING = time(18, 0)
"""When the day's meetings are over."""
SATURDAY = 5
SPREADSHEET_ONLY = {"check_roster", "pair_people"}
ALWAYS = "send_follow_ups"
"""Depends on the hour, so it runs at every tick; the others only when something has happened since."""


class Play:
    """A company, its people, and the time that passes for them."""

    def __init__(
        self,
        company: Company,
        *,
        seed: int,
        leave: Mapping[str, Absence] = MappingProxyType({}),
        writes_in_the_meeting: float = WRITES_IN_THE_MEETING,
    ) -> None:
        self.company = company
        self.leave = leave
        """Whose mailbox answers for them, and in which days."""
        self.colleagues = Colleagues(
            company,
            seed=seed,
            languages=_languages(company),
            leave=leave,
            writes_in_the_meeting=writes_in_the_meeting,
        )
        self.runs: Counter[str] = Counter()
        self.passed_over: Counter[str] = Counter()
        self.refusals: list[str] = []
        self.latest: running.Outcome | None = None
        """What came of the run before."""
        self._seen: dict[str, tuple[object, date]] = {}

    def until(self, end: datetime) -> Iterator[datetime]:
        """Let time pass; yields each moment at which something was due."""
        for moment, what in _ticks(self.company.workspace.clock.now(), end):
            self.company.workspace.clock.set(moment)
            if what == "people":
                self.colleagues.end_meetings()
                self.colleagues.live()
            elif what == "evening":
                self.colleagues.end_meetings()
            else:
                self._tick(what, moment)
            yield moment
        self.company.workspace.clock.set(end)

    def _tick(self, name: str, moment: datetime) -> None:
        """Run a job, unless nothing at all has happened since it last looked."""
        state = self._state(name, moment)
        if name != ALWAYS and self._seen.get(name) == state:
            self.passed_over[name] += 1
            return
        self.run(name)
        self._seen[name] = self._state(name, moment)

    def _state(self, name: str, moment: datetime) -> tuple[object, date]:
        """Return what a job looks at: the programme spreadsheet alone, or everything in the Workspace."""
        store = self.company.workspace.store
        if name in SPREADSHEET_ONLY:
            return store.collection("sheets/books")[self.company.config.programme_spreadsheet][
                "revision"
            ], moment.date()
        return store.revision, moment.date()

    def run(self, name: str) -> running.Outcome | None:
        """Run a job now and apply what it decides."""
        job = JOBS[name]
        try:
            outcome = running.run(job, lambda: self.company.access(job), self.company.workspace.clock.now)
        except OutOfTime as later:
            self.refusals.append(str(later))
            return None
        self.runs[name] += 1
        self.latest = outcome
        return outcome


def _ticks(start: datetime, end: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield every moment at which a job is due or people look up, in order."""
    streams: list[Iterator[tuple[datetime, str]]] = [_people(start, end)]
    streams += [_schedule(job.schedule, name, start, end) for name, job in JOBS.items()]
    return heapq.merge(*streams)


def _schedule(cron: str, name: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, str]]:
    for moment in CronSim(cron, start):
        if moment > end:
            return
        yield moment, name


def _people(start: datetime, end: datetime) -> Iterator[tuple[datetime, str]]:
    day = start.date()
    while day <= end.date():
        for look, what in (*((at, "people") for at in LOOKS), (EVENING, "evening")):
            moment = datetime.combine(day, look, UTC)
            if start < moment <= end and day.weekday() < SATURDAY:
                yield moment, what
        day += timedelta(days=1)


def monday_after(months: int) -> datetime:
    """Return the Monday morning after so many months: after those of a round its next proposals wait."""
    day = add_months(FIRST_DAY, months)
    return datetime.combine(day + timedelta(days=-day.weekday() % 7), time(8, 0), UTC)


def _languages(company: Company) -> dict[str, str]:
    """Return which language each person writes in: the first on the roster."""
    languages: dict[str, str] = {}
    for row in company.sheet().worksheet("Roster").get_all_records():
        try:
            spoken = read_cell(str(row["Languages"]), "languages")
            languages[read_cell(str(row["E-mail"]), "email")] = spoken[0] if spoken else "en"
        except Unusable:
            continue
    return languages


def prepare(
    *,
    roster: Path | None,
    seed: int,
    first_day: date = FIRST_DAY,
    writes_in_the_meeting: float = WRITES_IN_THE_MEETING,
) -> Play:
    """Found the company early enough before the first round that everybody hears of it first."""
    opens = datetime.combine(first_day, time(5, 0), UTC)
    workspace = Workspace(clock=Clock(opens - BEFORE), accept_any_token=True)
    company = found(workspace, roster=roster, first_round=first_day, seed=seed)
    leave = send_on_leave(company, first_day, seed)
    return Play(company, seed=seed, leave=leave, writes_in_the_meeting=writes_in_the_meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """How a demo is shown: for how long, with whom, where its page is, and what another process may read."""

    months: int
    roster: Path | None
    seed: int
    port: int
    serve: bool
    write: Path | None = None
    no_managers: bool = False
    """The roster names no managers, and that is right."""


def _tell_columns(console: Console, roster: Path, *, no_managers: bool) -> None:
    """Say which of the file's columns became what."""
    read = read_roster_file(roster)
    refuse_without_managers(read, roster.name, without_managers=no_managers)
    used = ", ".join(f"{tab('Roster').column(f).name} is “{h}”" for f, h in read.columns.items())
    console.print(f"{roster.name}: {len(read.rows)} rows. Row {read.header} names the columns: {used}.")
    if read.ignored:
        console.print(f"Not used: {', '.join(read.ignored)}.")
    for line in left_out(read):
        console.print(f"{line}.", markup=False)
    if list(read.rows) != list(range(2, len(read.rows) + 2)):
        console.print("Rows named below are those of the tab Roster, not of the file.")


def show(it: Showing, console: Console) -> dict[str, str]:
    """Play some months with progress shown, print the summary, and serve the page if wanted; return the figures.

    Raises:
        ConfigError: the page's port is taken, told before anything is played.
        SheetError: the roster can't be read, or names no managers.
    """
    held = _held(it.port) if it.serve else None
    if it.roster:
        _tell_columns(console, it.roster, no_managers=it.no_managers)
    play = _played(it, console)
    look_up_somebody(play)
    figures = summarise(play, console)
    ask_for_examples(play)
    url = f"http://127.0.0.1:{it.port}"
    if it.write:
        write_configuration(play.company, url, it.write)
        console.print(
            f"Other commands look at this demo with “peerpact --env {it.write} ...” while it is served."
        )
    if held:
        from peerpact.demo.page import serve as serve_page  # noqa: PLC0415 - the page's library loads slowly

        console.print(f"\nThe page is at [bold]{url}[/]  (Ctrl+C ends it)")
        serve_page(play, held)
    return figures


def look_up_somebody(play: Play) -> None:
    """Enter somebody who has a partner on the tab Person, as an admin would, so that it shows what it is for."""
    sheet = play.company.sheet()
    people = [str(row["People"]) for row in sheet.worksheet("Pairings").get_all_records()]
    if people:
        sheet.worksheet("Person").update_acell("A2", people[0].partition(" & ")[0])


def ask_for_examples(play: Play) -> None:
    """Ask on Start here for one of each mail, as an admin does: some months don't bring every kind about."""
    sheet = play.company.sheet().worksheet("Start here")
    topics, titles = [in_english(str(topic)) for topic in sheet.col_values(1)], sheet.row_values(1)
    if EXAMPLES in topics:
        sheet.update_cell(topics.index(EXAMPLES) + 1, titles.index("Answer") + 1, "yes")
        for name in ("check_roster", "book_first_meetings"):
            play.run(name)


def _played(it: Showing, console: Console) -> Play:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[day]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Founding the company", day="", total=it.months * 30.5)
        play = prepare(roster=it.roster, seed=it.seed)
        start = play.company.workspace.clock.now()
        end = monday_after(it.months)
        for moment in play.until(end):
            progress.update(
                task,
                description="Playing the months",
                day=f"{moment.day} {moment:%B %Y}",
                completed=(moment - start).total_seconds() / 86_400,
            )
        progress.update(task, completed=it.months * 30.5, description="Played")
    return play


def _held(port: int) -> socket.socket:
    """Take the page's port before anything is played, and keep it: whoever opens the page early waits for it.

    Raises:
        ConfigError: it is taken.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("127.0.0.1", port))
        held.listen()
    except OSError as error:
        held.close()
        raise ConfigError(
            f"Port {port} is taken by another program, perhaps by another demo. Name another one: “peerpact demo "
            f"--port {port + 1}”."
        ) from error
    return held
