"""The job ``report``: keeps the Overview's figures about pairings, and writes the weekly digest to the admins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.mail import NEEDS_A_PERSON
from peerpact.google.outbox import LetterToSend
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.jobs.letterhead import Letterhead
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.overview import Row, pairing_figures
from peerpact.programme.pairings import PairingState, round_on
from peerpact.programme.people import Person
from peerpact.programme.plan import Action, Plan
from peerpact.programme.seen import ProgrammeSeen
from peerpact.tables.records import read_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is reported on."""

    programme: ProgrammeSeen
    config: Config
    letters: dict[str, LetterRecord]
    figures: dict[str, dict[str, Any]]
    needs_a_person: int
    """Mails that wait in the mailbox for somebody to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigest(Action):
    """The week's digest to one admin: figures, no texts."""

    record: LetterRecord

    @property
    def key(self) -> str:
        return self.record.key

    @property
    def summary(self) -> str:
        return f"Send the digest to {self.record.person}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshFigures(Action):
    """Lines of the Overview that say something new."""

    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        return "overview"

    @property
    def summary(self) -> str:
        return f"Refresh the Overview: {', '.join(row['month'] for row in self.rows)}"


def gather(access: Access, now: datetime) -> Situation:
    programme = read_programme(access.programme, now, ("Overview", "Letters"))
    return Situation(
        programme=programme,
        config=access.config,
        letters=read_letters(access.programme.contents("Letters")),
        figures={r["month"]: dict(r.values) for r in access.programme.contents("Overview").rows},
        needs_a_person=access.mailbox.count(NEEDS_A_PERSON),
    )


def decide(situation: Situation) -> Plan:
    programme = situation.programme
    rows = pairing_figures(programme.pairings, programme.settings, programme.now)
    news = tuple(row for row in rows if not _same(situation.figures.get(row["month"], {}), row))
    digests = _digests(situation)
    return Plan(
        actions=(*([RefreshFigures(rows=news)] if news else []), *digests),
        problems=None,
        writes_to=frozenset(d.record.person for d in digests),
    )


def act(plan: Plan, situation: Situation, access: Access, run: Run) -> Done:
    rows = [row for a in plan.actions if isinstance(a, RefreshFigures) for row in a.rows]
    letters = [_letter(a, situation, rows) for a in plan.actions if isinstance(a, SendDigest)]
    posted = access.outbox(access.programme).send(letters, **run.posting)
    return replace(after_posting(posted), changes=(Upsert("Overview", rows),))


def _digests(situation: Situation) -> list[SendDigest]:
    """Return the digests that are to leave: one a week and admin, keyed by the ISO week.

    Where a whole Monday failed, the digest that it began leaves a week late in place of the next: nobody gets two.
    """
    programme = situation.programme
    is_on = round_on(programme.now.date(), programme.settings) is not None
    digests = []
    for admin in programme.settings.admins:
        theirs = [r for r in situation.letters.values() if r.kind == "digest" and r.person == admin]
        begun = [r for r in theirs if r.state in {LetterState.PLANNED, LetterState.DRAFTED}]
        this_week = planned("digest", f"digest:{_week(programme.now)}:{admin}", admin, at=programme.now)
        had_it = any(
            r.key == this_week.key or (r.sent and _week(r.sent) == _week(programme.now)) for r in theirs
        )
        digests += begun or ([this_week] if is_on and not had_it else [])
    return [SendDigest(record=record) for record in digests]


def _week(moment: datetime) -> str:
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"


def _letter(action: SendDigest, situation: Situation, news: list[Row]) -> LetterToSend:
    programme = situation.programme
    post = Letterhead(programme.settings, situation.config, programme.now)
    to = programme.people.get(action.record.person) or Person(email=action.record.person, name="")
    month = f"{programme.now:%Y-%m}"
    latest = situation.figures.get(month, {}) | next((row for row in news if row["month"] == month), {})
    words = writing.Digest(
        to=to,
        sender=post.sender,
        reference=action.record.reference,
        figures=figures_in_words(latest),
        waiting_for_approval=sum(p.state is PairingState.PROPOSED for p in programme.pairings),
        problems=sum(map(len, programme.shown.values())),
        requests=sum(
            r.decision is None
            and r.kind in {"another partner", "wrong person", "question", "move the meeting"}
            for r in programme.requests
        ),
        needs_a_person=situation.needs_a_person,
    )
    return post.ready(action.record, words, to)


def figures_in_words(row: dict[str, Any]) -> tuple[tuple[str, float | None], ...]:
    names = (
        "taking_part",
        "pairings",
        "meetings_held",
        "made",
        "due",
        "kept",
        "follow_through",
        "answered",
        "quiet",
    )
    return tuple((name, row.get(name)) for name in names)


def _same(there: dict[str, Any], row: Row) -> bool:
    return all((there.get(name) or None) == (value or None) for name, value in row.items())


def _reaches(action: SendDigest | RefreshFigures) -> tuple[str, ...]:
    return (action.record.person,) if isinstance(action, SendDigest) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
