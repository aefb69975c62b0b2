"""Count the letters of the example company: how many a person and month, and whether any promise or end was missed.

The same months tell whether each pair always has a meeting ahead.

Counted are all letters but answers to what people wrote (acknowledgements, questions back, status and the like).
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from rhythm import Rhythm
from rich.console import Console

from peerpact.demo.play import FIRST_DAY, prepare
from peerpact.google.access import Access
from peerpact.jobs.archiving import recalled
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.send_follow_ups import gather
from peerpact.programme.commitments import Step, events_of
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.follow_ups.decision import CommitmentsSeen
from peerpact.programme.pairings import PairingState, add_months
from peerpact.programme.requests import Wish
from peerpact.tables.records import read_commitments, read_letters, read_pairings

MONTHS = 7
CONSOLE = Console(width=110)
ANSWERS = {"acknowledgement", "ask-again", "status", "my-data", "forget-me", "digest", "care"}
LATE = 3
"""Working days after its day, or a pause, within which a promise must have been asked about."""


def main(months: int) -> None:
    play = prepare(roster=None, seed=1)
    end = datetime.combine(add_months(FIRST_DAY, months), time(4, 0), UTC)
    rhythm = Rhythm()
    for moment in play.until(end):
        rhythm.look(play, moment)
    job = JOBS["send_follow_ups"]
    access = play.company.access(job)
    seen = gather(access, end)
    access.programme.read(["Letters"])
    letters = [*seen.letters.values(), *read_letters(access.programme.contents("Letters")).values()]
    seen, archived_letters = _with_archive(seen, access)
    letters += archived_letters
    _tell_counts(letters, months)
    _tell_promises(seen, end.date())
    _tell_ends(seen, letters)
    _tell_waits(seen)
    rhythm.tell(CONSOLE)


def _with_archive(seen: CommitmentsSeen, access: Access) -> tuple[CommitmentsSeen, list[LetterRecord]]:
    """Return also what is over: most pairings, promises and letters of seven months are in the archive by then."""
    programme, people = seen.programme, set(seen.programme.people)
    ours, theirs = (recalled(w, people, programme.renamed) for w in (access.programme, access.ledger))
    over = read_commitments(theirs["Commitments"]) if "Commitments" in theirs else ()
    pairings = read_pairings(ours["Pairings"]) if "Pairings" in ours else ()
    letters = [
        x for part in (ours, theirs) if "Letters" in part for x in read_letters(part["Letters"]).values()
    ]
    return replace(
        seen,
        programme=replace(programme, pairings=(*programme.pairings, *pairings)),
        commitments={**{c.id: c for c in over}, **seen.commitments},
    ), letters


def _tell_counts(letters: list[LetterRecord], months: int) -> None:
    sent = [x for x in letters if x.state is LetterState.SENT and x.kind not in ANSWERS]
    by_person = Counter(x.person for x in sent)
    each = sorted(count / months for count in by_person.values())
    CONSOLE.print(
        f"letters a person and month over {months} months: median {median(each):.2f}, most {each[-1]:.2f}"
    )
    kinds = Counter(x.kind for x in sent)
    CONSOLE.print(
        "of which", ", ".join(f"{kind} {n / len(by_person):.1f}" for kind, n in kinds.most_common())
    )


def _tell_promises(seen: CommitmentsSeen, today: date) -> None:
    late, never = [], []
    paused = {r.person: r.until for r in seen.programme.requests if r.kind is Wish.PAUSE and r.until}
    for c in seen.commitments.values():
        limit = _working_days_after(max(c.due, paused.get(c.person, c.due)), LATE)
        asked = [e.on for e in events_of(c) if e.step in {Step.ASKED, Step.ANSWERED}]
        if limit < today and not c.is_erased and not any(on <= limit for on in asked):
            (late if asked else never).append(c.due)
    CONSOLE.print(
        f"promises: {len(seen.commitments)}; asked later than {LATE} working days after their day: {len(late)}; "
        f"never: {len(never)}",
        ", ".join(map(str, [*late, *never])),
    )


def _tell_ends(seen: CommitmentsSeen, letters: list[LetterRecord]) -> None:
    last = {"turn", "closing", "partner-left"}
    told = {x.pairing for x in letters if x.kind in last and x.state is LetterState.SENT}
    ended = [p for p in seen.programme.pairings if p.state is PairingState.ENDED and p.approved_on]
    CONSOLE.print(
        f"pairings that ended: {len(ended)}; without a word: {len([p for p in ended if p.id not in told])}"
    )


def _tell_waits(seen: CommitmentsSeen) -> None:
    """Tell how many working days after asking for another partner somebody had one; paused and gone ones aside."""
    asked = [w for w in seen.wishes if w.kind is not Wish.NEVER_WITH and not w.settled]
    waited = []
    for wish in asked:
        theirs = (p for p in seen.programme.pairings if wish.person in p.people and p.id != wish.pairing)
        days = [
            p.approved_on.date() for p in theirs if p.approved_on and p.approved_on.date() > wish.asked_on
        ]
        span = (min(days) - wish.asked_on).days if days else 0
        waited += [sum((wish.asked_on + timedelta(days=n + 1)).weekday() < 5 for n in range(span))] * bool(
            days
        )
    CONSOLE.print(
        f"asked for another partner: {len(asked)}; working days until they had one: {sorted(waited)}; "
        f"without one: {len(asked) - len(waited)}"
    )


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MONTHS)
