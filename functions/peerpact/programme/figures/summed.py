"""Figures about commitments of several mailboxes, brought together for the Overview that admins see.

Each mailbox publishes those of its own pairings under the rules of ``published``, out of admins' sight: each covers at
least five people, and never says that all or none of them did something. Made of nothing but these, a sum tells of no
one more than they do. A month is summed once, when every mailbox has had the time to publish it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from peerpact.programme.figures.overview import OFTEN_QUOTED, Row, months_until, name_of, news_among
from peerpact.programme.figures.published import (
    DAYS_FOR_ANSWERS,
    is_published,
)
from peerpact.programme.pairings import add_months
from peerpact.programme.settings import Settings

DAYS_FOR_ALL = 7
"""After a month may be published, before it is summed: a mailbox's jobs may rest over holidays or fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMailbox:
    """What one mailbox has published, by month, and on how many letters its shares rest."""

    rows: Mapping[str, Row]
    asked: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """How many follow-ups there were in a month, and how many letters that asked for a number."""

    def so_far(self, name: str, month: str) -> int:
        """Return a figure that adds up, as it was last published until a month."""
        known = [m for m, row in self.rows.items() if m <= month and row.get(name) not in {None, ""}]
        return int(self.rows[max(known)][name]) if known else 0

    def has_run_after(self, month: date) -> bool:
        return name_of(add_months(month, 1)) in self.rows


def summed(
    of_each: Sequence[OfMailbox], there: Mapping[str, Row], settings: Settings, today: date
) -> tuple[Row, ...]:
    """Return the Overview's lines that say something new; what it has published stays."""
    published = {month: row for month, row in there.items() if is_published(row)}
    rows: list[Row] = []
    for month in months_until(today, settings):
        name = name_of(month)
        row: Row = {"month": name, "quoted": OFTEN_QUOTED}
        ready = add_months(month, 1) + timedelta(days=DAYS_FOR_ANSWERS + DAYS_FOR_ALL) <= today
        if name > max(published, default="") and ready and all(m.has_run_after(month) for m in of_each):
            row |= _sum(name, of_each, published)
            published |= {name: row} if is_published(row) else {}
        rows.append(row)
    return news_among(rows, there)


def _sum(month: str, of_each: Sequence[OfMailbox], published: Mapping[str, Row]) -> Row:
    before = max((m for m, row in published.items() if row.get("due")), default="")
    due, kept = (
        int(published.get(before, {}).get(name) or 0)
        + sum(max(0, m.so_far(name, month) - m.so_far(name, before)) for m in of_each)
        for name in ("due", "kept")
    )
    rows = [(m.rows.get(month, {}), *m.asked.get(month, (0, 0))) for m in of_each]
    said = [(row.get("worth"), (row.get("worth_answered") or 0) * numbers) for row, _, numbers in rows]
    return {
        "made": _total(row.get("made") for row, _, _ in rows),
        "due": due or None,
        "kept": kept if due else None,
        "follow_through": round(kept / due, 4) if due else None,
        "answered": _average(((row.get("answered"), letters) for row, letters, _ in rows), 4),
        "quiet": _total(row.get("quiet") for row, _, _ in rows),
        "worth": _average(said, 1),
        "worth_answered": _average(((row.get("worth_answered"), n) for row, _, n in rows), 4),
    }


def _total(figures: Iterable[float | str | None]) -> int | None:
    known = [int(figure) for figure in figures if figure not in {None, ""}]
    return sum(known) if known else None


def _average(figures: Iterable[tuple[float | str | None, float]], digits: int) -> float | None:
    """Return the average of figures by the letters that each rests on."""
    known = [(float(figure), weight) for figure, weight in figures if figure not in {None, ""} and weight]
    weights = sum(weight for _, weight in known)
    return round(sum(figure * weight for figure, weight in known) / weights, digits) if weights else None
