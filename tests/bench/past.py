"""Years of a programme as the jobs would have written them, a quarter at a time: pairs, letters, answers, promises.

Everybody gets two mails and answers one in each month.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cast import Cast
from peerpact.google.sheets import Append, Change, Upsert, Workbook
from peerpact.jobs.archive import HEADER_ONLY
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.archive import row_of
from peerpact.programme.commitments import Commitment, Outcome, answered, asked, erased, made
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord, planned
from peerpact.programme.pairing import PastGroup
from peerpact.programme.pairings import Pairing, PairingState, add_months, pairing_id
from peerpact.programme.people import Person
from peerpact.programme.settings import Settings
from peerpact.tables.archive import ARCHIVE, Leaving, archived
from peerpact.tables.cells import is_empty, write_cell
from peerpact.tables.records import as_row, history_rows, pairing_row
from peerpact.tables.schema import tab

AT_ONCE = 500
"""Rows of the archive in one commit."""
MONTHS = 3
"""Of a round."""
WORDS = [
    "ask",
    "two",
    "colleagues",
    "from",
    "the",
    "other",
    "team",
    "what",
    "they",
    "would",
    "change",
    "first,",
    "and",
    "write",
    "it",
    "down",
    "by",
    "Friday",
]


@dataclass(slots=True)
class Quarter:
    """One round, and what came of it until its end."""

    pairings: list[Pairing] = field(default_factory=list)
    introductions: list[LetterRecord] = field(default_factory=list)
    letters: list[LetterRecord] = field(default_factory=list)
    replies: list[ReplyRecord] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)


def quarter(people: Sequence[Person], number: int, opens: date, mailbox: str) -> Quarter:
    """Return a round that opened on a day, as it is at its end, before the next one opens."""
    dice = random.Random(f"{number}/{opens}")  # noqa: S311 - a past, seeded
    made_up = Quarter()
    order = [p.email for p in people]
    dice.shuffle(order)
    for pair in zip(order[::2], order[1::2], strict=False):
        _of_pair(made_up, tuple(sorted(pair)), number, opens, dice, mailbox)
    made_up.runs = [
        _run(job, at, dice) for at in _days(opens) for job in JOBS for _ in range(_runs_a_day(job))
    ]
    return made_up


def _of_pair(
    made_up: Quarter, pair: tuple[str, ...], number: int, opens: date, dice: random.Random, mailbox: str
) -> None:
    approved = _at(opens + timedelta(days=3))
    meeting = _at(opens + timedelta(days=8), 9)
    pairing = Pairing(
        id=pairing_id(number, pair),
        round=number,
        people=pair,
        why="different teams, 6 common hours a day, both speak English",
        state=PairingState.APPROVED,
        proposed_on=opens,
        approved_on=approved,
        meeting_start=meeting,
        meeting_state="held",
        answers=", ".join(f"{p.partition('@')[0].title()} accepted" for p in pair),
        link=f"https://www.google.com/calendar/event?eid={_id(dice, 60)}",
        booking=f"m{_id(dice, 52)} 2026-01-13T09:00:00+00:00 2026-01-08T09:12:00+00:00 30",
    )
    made_up.pairings.append(pairing)
    for person in pair:
        made_up.introductions.append(
            _sent(
                "introduction",
                f"introduction:{pairing.id}:{person}",
                pairing,
                person,
                approved,
                dice,
                mailbox,
            )
        )
        last: Commitment | None = None
        for month in range(MONTHS):
            asked_at = _at(add_months(meeting.date(), month) + timedelta(days=1))
            last = _month(made_up, pairing, person, month, asked_at, last, dice, mailbox)


def _month(
    made_up: Quarter,
    pairing: Pairing,
    person: str,
    month: int,
    at: datetime,
    last: Commitment | None,
    dice: random.Random,
    mailbox: str,
) -> Commitment:
    """Ask somebody, take the answer, and say it back; returns what they promised."""
    kind = "follow-up" if month else "commitment-request"
    key = f"{kind}:{pairing.id}:{person}" + (f":{month}" if month else "")
    about = (last.id,) if last and month else ()
    letter = _sent(kind, key, pairing, person, at, dice, mailbox, about=about)
    received = at + timedelta(hours=dice.randint(2, 50), minutes=dice.randint(0, 59))
    mail = _id(dice, 16)
    letter = replace(letter, answered=received)
    made_up.letters.append(letter)
    made_up.replies.append(_reply(letter, mail, received))
    back, soon = f"acknowledgement:{mail}", received + timedelta(minutes=14)
    answer = _sent("acknowledgement", back, pairing, person, soon, dice, mailbox, about=about)
    made_up.letters.append(replace(answer, thread_id=letter.thread_id))
    if last:
        ended = answered(
            asked(last, letter.reference, at.date()),
            dice.choice([Outcome.KEPT, Outcome.KEPT, Outcome.DROPPED]),
            received.date(),
        )
        made_up.commitments[-1] = ended
    made_up.commitments.append(_promised(pairing, person, received.date(), dice))
    return made_up.commitments[-1]


def _reply(letter: LetterRecord, mail: str, received: datetime) -> ReplyRecord:
    return ReplyRecord(
        message_id=mail,
        received=received,
        kind="answer",
        person=letter.person,
        letter=letter.key,
        thread_id=letter.thread_id,
        taken_as="1 outcome, 1 commitment",
    )


def _promised(pairing: Pairing, person: str, day: date, dice: random.Random) -> Commitment:
    return made(
        Commitment(
            id=f"c{_id(dice, 8)}",
            person=person,
            pairing=pairing.id,
            text=" ".join(dice.sample(WORDS, dice.randint(8, len(WORDS)))),
            made_on=day,
            due=add_months(day, 1),
            audience=pairing.partners_of(person),
        )
    )


def _sent(
    kind: str,
    key: str,
    pairing: Pairing,
    person: str,
    at: datetime,
    dice: random.Random,
    mailbox: str,
    about: tuple[str, ...] = (),
) -> LetterRecord:
    record = planned(kind, key, person, at=at, pairing=pairing.id, about=about)
    mail = _id(dice, 16)
    name = hashlib.sha256(key.encode()).hexdigest()[:40]
    return replace(
        record,
        state=LetterState.SENT,
        sent=at + timedelta(seconds=40),
        draft_id=f"r{_id(dice, 18)}",
        message_id=mail,
        thread_id=mail,
        rfc_message_id=f"<{name}@{mailbox.rpartition('@')[2]}>",
    )


def _days(opens: date) -> Iterator[datetime]:
    last = add_months(opens, MONTHS)
    days = (opens + timedelta(days=n) for n in range((last - opens).days))
    return (_at(day) for day in days if day.weekday() < 5)


def _runs_a_day(job: str) -> int:
    return {"collect_replies": 6, "book_first_meetings": 2, "send_follow_ups": 1}.get(job, 0)


def _run(job: str, at: datetime, dice: random.Random) -> dict[str, Any]:
    started = at + timedelta(minutes=dice.randint(0, 700))
    return {
        "id": _id(dice, 8),
        "job": job,
        "started": started,
        "seconds": dice.randint(2, 30),
        "done": "3 replies taken; problems brought up to date",
        "problems": 2,
        "letters": 3,
    }


def _at(day: date, hour: int = 7) -> datetime:
    return datetime.combine(day, time(hour, 12), UTC)


def _id(dice: random.Random, length: int) -> str:
    return f"{dice.getrandbits(4 * length):0{length}x}"


def write(cast: Cast, made_up: Quarter, people: dict[str, Person]) -> None:
    """Write a round into both spreadsheets: its pairings ended, as the next one opens."""
    access = cast.company.access(JOBS["send_follow_ups"])
    programme, ledger = access.programme, access.ledger
    programme.read(["Pairings", "Letters", "Runs", "History"])
    ledger.read(["Commitments", "Letters", "Replies"])
    _commit(programme, Upsert("Pairings", [pairing_row(p, people) for p in made_up.pairings]))
    _commit(programme, Upsert("Letters", [as_row(x) for x in made_up.introductions]))
    _commit(programme, Upsert("Runs", made_up.runs))
    groups = [PastGroup(round=p.round, people=p.people) for p in made_up.pairings]
    _commit(programme, Upsert("History", history_rows(groups, programme.contents("History"))))
    _commit(ledger, Upsert("Commitments", [as_row(c) for c in made_up.commitments]))
    _commit(ledger, Upsert("Letters", [as_row(x) for x in made_up.letters]))
    _commit(ledger, Upsert("Replies", [as_row(r) for r in made_up.replies]))


def _commit(workbook: Workbook, change: Change) -> None:
    workbook.commit([change])


def end(cast: Cast, number: int) -> None:
    """End a round's pairings, as the turn does."""
    programme = cast.company.access(JOBS["send_follow_ups"]).programme
    programme.read(["Pairings"])
    over = [
        r for r in programme.contents("Pairings").rows if r["round"] == number and r["state"] == "Approved"
    ]
    rows = [{"id": r["id"], "state": "Ended", "notes": "Ended: its round is over."} for r in over]
    programme.commit([Upsert("Pairings", rows)])


def write_over(cast: Cast, rounds: Sequence[Quarter], people: dict[str, Person], today: date) -> None:
    """Write rounds that are over where the jobs have moved such ones: into both archives, and into History.

    Words whose time has come by ``today`` are erased, as the jobs have done by then.
    """
    access = cast.company.access(JOBS["send_follow_ups"])
    programme, ledger = access.programme, access.ledger
    for workbook, titles in ((programme, ["History"]), (ledger, [])):
        workbook.read_along(HEADER_ONLY)
        workbook.read(titles)
    groups = [PastGroup(round=p.round, people=p.people) for made_up in rounds for p in made_up.pairings]
    _commit(programme, Upsert("History", history_rows(groups, programme.contents("History"))))
    for made_up in rounds:
        at = max(r.received for r in made_up.replies) + timedelta(days=60)
        ends = add_months(made_up.pairings[0].proposed_on, MONTHS)
        time_is_over = add_months(ends, Settings().retention_months)
        _keep(programme, _of_programme(made_up, people), at)
        _keep(ledger, _of_ledger(made_up, time_is_over if time_is_over <= today else None), at)


def _of_programme(made_up: Quarter, people: dict[str, Person]) -> Iterator[tuple[Leaving, Any]]:
    for p in made_up.pairings:
        row = pairing_row(replace(p, state=PairingState.ENDED), people)
        yield _kept("Pairings", (p.id,), p.id, p.people, row)
    for x in made_up.introductions:
        yield _kept("Letters", (x.key,), x.pairing, (x.person,), as_row(x))
    for run in made_up.runs:
        yield _kept("Runs", (run["id"],), f"{run['started']:%Y-%m}", (), run)


def _of_ledger(made_up: Quarter, forgotten: date | None) -> Iterator[tuple[Leaving, Any]]:
    of = {x.key: x.pairing for x in made_up.letters}
    for known in made_up.commitments:
        c = erased(known, forgotten) if forgotten else known
        over = row_of(c)
        yield _kept("Commitments", over.key, over.of, over.people, as_row(c), over.words)
    for x in made_up.letters:
        yield _kept("Letters", (x.key,), x.pairing, (x.person,), as_row(x))
    for r in made_up.replies:
        yield _kept("Replies", (r.message_id,), of[r.letter], (r.person,), as_row(r))


def _kept(
    title: str,
    key: tuple[str, ...],
    of: str,
    people: tuple[str, ...],
    row: dict[str, Any],
    words: tuple[str, ...] = (),
) -> tuple[Leaving, Any]:
    names = {c.field: c.name for c in tab(title).columns}
    cells = {names[f]: write_cell(v) for f, v in row.items() if f in names}
    leaving = Leaving(title=title, key=key, of=of, people=people, words=words)
    return leaving, {name: cell for name, cell in cells.items() if not is_empty(cell)}


def _keep(workbook: Workbook, leaving: Iterator[tuple[Leaving, Any]], at: datetime) -> None:
    rows = archived(leaving, at)
    for start in range(0, len(rows), AT_ONCE):
        _commit(workbook, Append(ARCHIVE, rows[start : start + AT_ONCE]))
