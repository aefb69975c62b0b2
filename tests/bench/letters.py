"""Count the letters of the example company by kind and month, and show what seven months of it must show.

    python tests/bench/letters.py [months] [--faults]

The months are played twice: with people who answer mails only, which is what the bar is for, and with some who write
their promise down at a meeting's end, by the link in its event (``WRITES_IN_THE_MEETING``); with faults once, with
these. They tell too whether each pair always has a meeting ahead; with faults on, Google fails now and then and runs
are killed (``unsteady``). Counted are all letters but answers to what people wrote (acknowledgements, questions back,
status and the like).
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from statistics import median

from kept import Months, figures
from rhythm import Rhythm
from rich.console import Console
from rich.table import Table
from unsteady import Unsteady

from peerpact.demo.colleagues import WRITES_IN_THE_MEETING
from peerpact.demo.play import BEFORE, FIRST_DAY, Play, prepare
from peerpact.jobs.archive import recalled
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.send_follow_ups import gather
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.pairings import add_months
from peerpact.tables.records import read_commitments, read_letters, read_pairings, read_requests

MONTHS = 7
BAR = 1.5
"""So many a person and month there were before announcements, turns and the rest."""
MONTH = timedelta(days=365.25 / 12)
EVENTS = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
CONSOLE = Console(width=110)
ANSWERS = {"acknowledgement", "ask-again", "status", "my-data", "forget-me", "digest", "care", "mail-waits"}


def main(months: int, *, faults: bool) -> None:
    for share in (WRITES_IN_THE_MEETING,) if faults else (0.0, WRITES_IN_THE_MEETING):
        CONSOLE.print(f"\n[bold]Of all people {share:.0%} write their promise at a meeting's end[/]")
        _played(months, share, faults=faults)


def _played(months: int, share: float, *, faults: bool) -> None:
    play = prepare(roster=None, seed=1, writes_in_the_meeting=share)
    unsteady = Unsteady(play, seed=1) if faults else None
    steady = unsteady.steady if unsteady else nullcontext
    rhythm = Rhythm()
    for month in range(1, months + 1):
        end = datetime.combine(add_months(FIRST_DAY, month), time(4, 0), UTC)
        for moment in (unsteady or play).until(end):
            with steady():
                rhythm.look(play, moment)
        CONSOLE.print(f"\n[bold]{end:%d %B %Y}[/]")
        if unsteady:
            unsteady.tell(CONSOLE)
        if month in {MONTHS, months}:
            with steady():
                _tell(_found(play, end), end)
        rhythm.tell(CONSOLE)


def _tell(found: Months, end: datetime) -> None:
    _tell_counts([x for x in found.sent if x.kind not in ANSWERS], end)
    for what, figure in figures(found).items():
        CONSOLE.print(f"{what}: {figure}")


def _found(play: Play, end: datetime) -> Months:
    """Return what there is, with what is over: most of seven months is in the archive by then."""
    access = play.company.access(JOBS["send_follow_ups"])
    seen = gather(access, end)
    access.programme.read(["Letters"])
    letters = [*seen.letters.values(), *read_letters(access.programme.contents("Letters")).values()]
    programme, people = seen.programme, set(seen.programme.people)
    ours, theirs = (recalled(w, people, programme.renamed) for w in (access.programme, access.ledger))
    over = read_commitments(theirs["Commitments"]) if "Commitments" in theirs else ()
    pairings = read_pairings(ours["Pairings"]) if "Pairings" in ours else ()
    requests = read_requests(ours["Requests"]) if "Requests" in ours else ()
    for part in (ours, theirs):
        letters += read_letters(part["Letters"]).values() if "Letters" in part else ()
    return Months(
        programme=replace(
            programme,
            pairings=(*programme.pairings, *pairings),
            requests=(*requests, *programme.requests),
        ),
        commitments={**{c.id: c for c in over}, **seen.commitments},
        letters=letters,
        wishes=seen.wishes,
        leave={person: (absence,) for person, absence in play.leave.items()},
        out=frozenset(filter(partial(_is_out_of_office, play), play.leave)),
    )


def _is_out_of_office(play: Play, person: str) -> bool:
    found = play.company.session(person).get(EVENTS, params={"eventTypes": "outOfOffice"})
    return bool(found.json().get("items"))


def _tell_counts(sent: list[LetterRecord], end: datetime) -> None:
    """Tell how many letters people got from the day on which the programme began, announcements before it and all."""
    months = (end.date() - (FIRST_DAY - BEFORE)) / MONTH
    by_person = Counter(x.person for x in sent)
    each = sorted(by_person.values())
    counts = Counter((x.kind, f"{x.sent:%Y-%m}") for x in sent)
    names = {f"{x.sent:%Y-%m}": f"{x.sent:%b}" for x in sorted(sent, key=lambda x: str(x.sent))}
    table = Table("letters a person", *names.values(), "all", box=None)
    for kind, count in Counter(x.kind for x in sent).most_common():
        row = (counts[kind, name] for name in names)
        table.add_row(kind, *(f"{n / len(by_person):.2f}" for n in row), f"{count / len(by_person):.2f}")
    CONSOLE.print(table)
    CONSOLE.print(
        f"letters a person in {months:.2f} months, the two weeks before the first round with them: "
        f"median {median(each):.1f}, a month {median(each) / months:.2f} (bar {BAR}), most {each[-1] / months:.2f}"
    )


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--faults"]
    main(int(given[0]) if given else MONTHS, faults="--faults" in sys.argv)
