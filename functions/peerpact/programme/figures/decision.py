"""What the weekly report says: which lines of the Overview are news, and which admins get which digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from peerpact.programme.archive import Ends
from peerpact.programme.correspondence import LetterRecord, planned
from peerpact.programme.figures.dashboard import Standing
from peerpact.programme.figures.one_page import RefreshReport, is_news, one_page
from peerpact.programme.figures.overview import RefreshFigures, Row, name_of, news_among, pairing_figures
from peerpact.programme.figures.published import PUBLISHED, is_published
from peerpact.programme.pairings import PairingState, round_on
from peerpact.programme.plan import Action, Plan
from peerpact.programme.requests import wait_for_an_admin
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, counted, said_in

TOLD = (
    "taking_part",
    "pairings",
    "meetings_held",
    "made",
    "due",
    "kept",
    "follow_through",
    "answered",
    "quiet",
    "worth",
    "worth_answered",
)
"""The figures that a digest tells, in its order: of this month, and of commitments those published last."""


PAIRING_FIGURES = TOLD[:3]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSeen:
    """What is reported on."""

    programme: ProgrammeSeen
    letters: Mapping[str, LetterRecord] = field(default_factory=dict)
    figures: Mapping[str, Row] = field(default_factory=dict)
    """The Overview's lines by month, as they are now."""
    needs_a_person: int = 0
    """Mails that wait in the mailbox for somebody to look at."""
    page: Mapping[str, tuple[float | None, str]] | None = None
    """Figure and words of each line of the tab Report; None: an older spreadsheet has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDigest(Action):
    """The week's digest to one admin: figures, no texts."""

    record: LetterRecord
    figures: Mapping[str, float | None]
    waiting_for_approval: int
    problems: int
    requests: int
    needs_a_person: int

    @property
    def key(self) -> str:
        return self.record.key

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 digest", "{many} digests")

    @property
    def summary(self) -> str:
        return f"Send the digest to {self.record.person}"


def decide(seen: WeekSeen) -> Plan:
    programme = seen.programme
    is_kept = partial(_is_kept, seen=seen, ends=Ends.of(programme))
    rows = pairing_figures(programme.pairings, programme.settings, programme.now, is_kept=is_kept)
    news = news_among(rows, seen.figures)
    digests = [
        _digest(record, seen, news) for admin in programme.settings.admins for record in _due(seen, admin)
    ]
    return Plan(
        actions=(*([RefreshFigures(rows=news)] if news else []), *_page(seen, news), *digests),
        problems=(),
        writes_to=frozenset(d.record.person for d in digests),
    )


def _page(seen: WeekSeen, news: tuple[Row, ...]) -> list[RefreshReport]:
    """Return the tab Report anew, by the figures as they are after this run."""
    figures = {**seen.figures, **{r["month"]: {**seen.figures.get(r["month"], {}), **r} for r in news}}
    page = one_page(Standing(programme=seen.programme, figures=figures))
    lines = tuple(said_in(line, seen.programme.settings.admin_language) for line in page)
    return [RefreshReport(lines=lines)] if seen.page is not None and is_news(lines, seen.page) else []


def _is_kept(month: date, seen: WeekSeen, ends: Ends) -> bool:
    """Tell whether a month's line stays as it is, because pairings of then may have moved to the archive."""
    is_there = any(seen.figures.get(name_of(month), {}).get(name) for name in PAIRING_FIGURES)
    return is_there and ends.month_is(month)


def _due(seen: WeekSeen, admin: str) -> list[LetterRecord]:
    """Return the digests that are to leave: one a week and admin, keyed by the ISO week.

    Where a whole Monday failed, the digest that it began leaves a week late in place of the next: nobody gets two.
    """
    programme = seen.programme
    theirs = [r for r in seen.letters.values() if r.kind == "digest" and r.person == admin]
    if begun := [r for r in theirs if r.is_begun]:
        return begun
    week = _week(programme.now)
    this_week = planned("digest", f"digest:{week}:{admin}", admin, at=programme.now)
    had_it = any(r.key == this_week.key or (r.sent and _week(r.sent) == week) for r in theirs)
    is_on = round_on(programme.today, programme.settings) is not None
    return [this_week] if is_on and not had_it else []


def _digest(record: LetterRecord, seen: WeekSeen, news: tuple[Row, ...]) -> SendDigest:
    programme, month = seen.programme, name_of(seen.programme.today)
    latest = {**seen.figures.get(month, {}), **next((row for row in news if row["month"] == month), {})}
    latest |= {
        n: seen.figures[m].get(n)
        for m in sorted(seen.figures)
        for n in PUBLISHED
        if is_published(seen.figures[m])
    }
    return SendDigest(
        record=record,
        figures={name: latest.get(name) for name in TOLD},
        waiting_for_approval=sum(p.state is PairingState.PROPOSED for p in programme.pairings),
        problems=sum(map(len, programme.shown.values())),
        requests=len(wait_for_an_admin(programme.requests)),
        needs_a_person=seen.needs_a_person,
    )


def _week(moment: datetime) -> str:
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"
