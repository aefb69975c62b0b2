"""The job ``report``: keeps the Overview's figures about pairings, and writes the weekly digest to the admins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from peerpact import letters as writing
from peerpact.google.access import Access
from peerpact.google.mail import NEEDS_A_PERSON
from peerpact.google.outbox import LetterToSend
from peerpact.google.sheets import Replace, Upsert, Workbook
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.jobs.letterhead import Letterhead
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.figures.decision import SendDigest, WeekSeen, decide
from peerpact.programme.figures.one_page import RefreshReport
from peerpact.programme.figures.overview import RefreshFigures
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.seen import ProgrammeSeen
from peerpact.tables.records import as_row, read_figures, read_letters

REPORT = "Report"
PAGE = {REPORT: ("topic", "figure", "in_words")}
"""A tab that an older spreadsheet lacks until it is upgraded."""


def gather(access: Access, now: datetime) -> WeekSeen:
    access.programme.read_along(PAGE)
    programme = read_programme(access.programme, now, ("Overview", "Letters"))
    return WeekSeen(
        programme=programme,
        letters=read_letters(access.programme.contents("Letters")),
        figures=read_figures(access.programme.contents("Overview")),
        needs_a_person=access.mailbox.count(NEEDS_A_PERSON),
        page=_page(access.programme),
    )


def _page(workbook: Workbook) -> dict[str, tuple[float | None, str]] | None:
    """Return what the tab Report says; None where there is none."""
    if not workbook.is_read(REPORT):
        return None
    return {r["topic"]: (r["figure"], r["in_words"] or "") for r in workbook.contents(REPORT).rows}


def act(plan: Plan, seen: WeekSeen, access: Access, run: Run) -> Done:
    letterhead = Letterhead(seen.programme.settings, access.config, seen.programme.now)
    rows = [row for a in plan.actions if isinstance(a, RefreshFigures) for row in a.rows]
    letters = [_letter(a, seen.programme, letterhead) for a in plan.actions if isinstance(a, SendDigest)]
    posted = access.outbox(access.programme).send(letters, **run.posting)
    pages = [
        Replace(REPORT, [as_row(line) for line in a.lines])
        for a in plan.actions
        if isinstance(a, RefreshReport)
    ]
    return replace(after_posting(posted), changes=(Upsert("Overview", rows), *pages))


def _letter(action: SendDigest, programme: ProgrammeSeen, letterhead: Letterhead) -> LetterToSend:
    to = programme.people.get(action.record.person) or Person(email=action.record.person, name="")
    to = replace(to, languages=(programme.settings.admin_language,))
    words = writing.Digest(
        to=to,
        sender=letterhead.sender,
        reference=action.record.reference,
        figures=tuple(action.figures.items()),
        waiting_for_approval=action.waiting_for_approval,
        problems=action.problems,
        requests=action.requests,
        needs_a_person=action.needs_a_person,
        spreadsheet=f"https://docs.google.com/spreadsheets/d/{letterhead.config.programme_spreadsheet}/edit",
    )
    return letterhead.ready(action.record, words, to)


def _reaches(action: SendDigest | RefreshFigures | RefreshReport) -> tuple[str, ...]:
    return (action.record.person,) if isinstance(action, SendDigest) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
