"""The job ``send_follow_ups``: asks for a commitment after the meeting, and once a month what became of each.

It also keeps the Overview's figures about commitments, and erases texts whose time has come. What is to be done,
``programme.follow_ups.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from peerpact.config import Config
from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.apart import is_for_good
from peerpact.google.sheets import Upsert, Workbook
from peerpact.jobs.archive import (
    WORDS,
    LeftOut,
    erase_archived,
    move,
    note_where_words_begin,
    words_in,
)
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.jobs.letterhead import ready_or_odd
from peerpact.jobs.private_wishes import read_private_wishes
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.announcements.told import with_told
from peerpact.programme.figures.counted import with_counted
from peerpact.programme.figures.overview import RefreshFigures, Row
from peerpact.programme.figures.published import PUBLISHED as FIGURES
from peerpact.programme.figures.published import is_published
from peerpact.programme.follow_ups.by_calendar import Calendars, leave_by_calendar, window_of
from peerpact.programme.follow_ups.decision import (
    FollowUpAction,
    SendLetter,
    decide,
    noted,
    over_but_for_replies,
    to_be_told,
    whom_to_look_at,
)
from peerpact.programme.follow_ups.joined import joined_later, joining
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.guidance import Guidance
from peerpact.programme.plan import Plan
from peerpact.programme.retention import EraseWords, looks_through_all
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import (
    read_commitments,
    read_figures,
    read_guidance,
    read_letters,
    read_replies,
)

PUBLISHED = "Published"
KEPT = {PUBLISHED: ("month", *FIGURES)}
"""A tab that an older ledger lacks until it is upgraded."""
ON_RECORD = {"Commitments": (), "Letters": ("message_id",)}
"""What is looked for beside keys in those rows too that are not held."""


@dataclass(frozen=True, kw_only=True)
class Gathered(CommitmentsSeen):
    """What is due is judged by, and what else letters are made of."""

    config: Config
    guidance: Guidance
    left_out: LeftOut


def gather(access: Access, now: datetime) -> Gathered:
    programme = read_programme(access.programme, now, ("Guidance", "Overview"), config=access.config)
    ledger = access.ledger
    ledger.read_along({**WORDS, **KEPT}, from_begin=not looks_through_all(now.date()))
    left_out = LeftOut(ledger, programme)
    ledger.read(["Commitments", "Letters"], left_out.of_all())
    ledger.hold_keys(ON_RECORD)
    ledger.rename(programme.renamed)
    letters = read_letters(ledger.contents("Letters"))
    commitments = {c.id: c for c in read_commitments(ledger.contents("Commitments"))}
    gathered = Gathered(
        programme=with_told(programme, letters.values()),
        config=access.config,
        left_out=left_out,
        guidance=read_guidance(access.programme.contents("Guidance")),
        commitments=commitments,
        letters=letters,
        figures=read_figures(access.programme.contents("Overview")),
        published=read_figures(ledger.contents(PUBLISHED)) if ledger.is_read(PUBLISHED) else None,
        archived=words_in(ledger, programme.renamed),
        has_archive=ledger.has(ARCHIVE),
        wishes=read_private_wishes(access, programme),
    )
    if any(p.is_approved and p.has_changed for p in programme.pairings):
        access.programme.read_more(["Letters"])
        introduced = read_letters(access.programme.contents("Letters")).values()
        gathered = replace(
            gathered,
            joined=joined_later(programme.pairings, introduced),
            joining=joining(programme.pairings, introduced),
        )
    if calendars := _calendars(gathered, access):
        gathered = replace(gathered, calendars=calendars)
    if access.config.unit:
        counted = with_counted(gathered.programme, to_be_told(gathered))
        gathered = replace(gathered, programme=counted)
    return _with_replies(gathered, ledger) if over_but_for_replies(gathered) else gathered


def _with_replies(gathered: Gathered, ledger: Workbook) -> Gathered:
    ledger.read_more(["Replies"], gathered.left_out.of_replies(gathered.letters))
    ledger.hold_keys({"Replies": ()})
    return replace(gathered, replies=read_replies(ledger.contents("Replies")))


def _calendars(gathered: Gathered, access: Access) -> Calendars | None:
    """Look at the free/busy of those whose letter may have to wait; of nobody's where nobody has one."""
    programme = gathered.programme
    people = whom_to_look_at(gathered)
    if not people:
        return None
    try:
        busy = access.free_busy.of(people, *window_of(programme.now))
    except PeerpactError as error:
        if not is_for_good(error):
            raise
        return Calendars(refused=error.sentence)
    found = {a: leave_by_calendar(busy[a], programme.people[a], programme.now) for a in people}
    return Calendars(leave={a: leave for a, leave in found.items() if leave})


def act(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    from peerpact.jobs.send_follow_ups.words import letter  # noqa: PLC0415 - most runs write no letter

    today = gathered.programme.today
    access.ledger.commit([_noted([a for a in plan.actions if isinstance(a, EraseWords)], today)])
    in_time, unread = erase_archived(plan.actions, access.ledger, gathered.programme, run.time_left)
    if in_time:
        note_where_words_begin(plan.actions, gathered.archived, unread, access.ledger)
    in_time = move(plan.actions, access.ledger, run.now, run.time_left) and in_time
    written = [a for a in plan.actions if isinstance(a, SendLetter)]
    letters = [ready_or_odd(a.record, partial(letter, a, gathered)) for a in written]
    posted = access.outbox(access.ledger).send(
        letters,
        **run.posting,
        along=lambda keys: [_noted([a for a in written if a.key in keys], today)],
    )
    figures = [row for a in plan.actions if isinstance(a, RefreshFigures) for row in a.rows]
    if gathered.published is not None:
        access.ledger.commit([Upsert(PUBLISHED, [_kept(row) for row in figures if is_published(row)])])
    done = after_posting(posted)
    return replace(
        done,
        finished=done.finished and in_time and not gathered.left_out.is_much,
        problems=(*done.problems, *unread),
        changes=(Upsert("Overview", figures),),
    )


def _noted(actions: Iterable[FollowUpAction], today: date) -> Upsert:
    """Return the rows of commitments with what these actions make of them."""
    rows = [{"id": c.id, "text": c.text, "history": c.history} for c in noted(actions, today)]
    return Upsert("Commitments", rows)


def _kept(row: Row) -> Row:
    return {field: row.get(field) for field in KEPT[PUBLISHED]}


def _reaches(action: FollowUpAction) -> tuple[str, ...]:
    return (action.person.email,) if isinstance(action, SendLetter) else ()


def _rests(action: FollowUpAction) -> bool:
    return bool(_reaches(action))


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches, rests=_rests)
