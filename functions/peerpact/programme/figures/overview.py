"""The programme in figures, month by month. A figure that rests on fewer than five people is never given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.follow_ups.due import Kind, is_quiet
from peerpact.programme.pairings import Pairing, add_months
from peerpact.programme.plan import Action
from peerpact.programme.settings import Settings

FEWEST_PEOPLE = 5
OFTEN_QUOTED = 0.8
"""The follow-through rate that programmes of this kind quote."""

Row = dict[str, Any]


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


def news_among(rows: Iterable[Row], there: Mapping[str, Row]) -> tuple[Row, ...]:
    """Return the lines that say something else than the Overview's; no figure and none at all are the same."""
    return tuple(row for row in rows if not _same(there.get(row["month"], {}), row))


def _same(there: Row, row: Row) -> bool:
    return all((there.get(name) or None) == (value or None) for name, value in row.items())


def months_until(today: date, settings: Settings) -> list[date]:
    """Return the first day of each month from the first round's to this one's."""
    if settings.first_round is None or settings.first_round > today:
        return []
    first = settings.first_round.replace(day=1)
    count = (today.year - first.year) * 12 + today.month - first.month + 1
    return [add_months(first, n) for n in range(count)]


def pairing_figures(pairings: Sequence[Pairing], settings: Settings, now: datetime) -> list[Row]:
    """Return each month's figures about people, pairings and first meetings."""
    rows = []
    for month in months_until(now.date(), settings):
        standing = [p for p in pairings if _stood_in(p, month, settings)]
        people = {address for p in standing for address in p.people}
        held = [p for p in standing if _met_by(p, min(add_months(month, 1), now.date() + timedelta(days=1)))]
        rows.append(
            {
                "month": name_of(month),
                "taking_part": _if_enough(people, len(people)),
                "pairings": _if_enough(people, len(standing)),
                "meetings_held": _if_enough({a for p in held for a in p.people}, len(held)),
            }
        )
    return rows


def commitment_figures(
    commitments: Sequence[Commitment], letters: Iterable[LetterRecord], settings: Settings, now: datetime
) -> list[Row]:
    """Return each month's figures about commitments and answers. ``due`` and ``kept`` count from the beginning."""
    follow_ups = sorted(
        (letter for letter in letters if letter.kind == Kind.FOLLOW_UP and letter.sent),
        key=lambda letter: (letter.sent, letter.key),
    )
    return [
        _commitment_row(month, commitments, follow_ups, now) for month in months_until(now.date(), settings)
    ]


def _commitment_row(
    month: date, commitments: Sequence[Commitment], follow_ups: Sequence[LetterRecord], now: datetime
) -> Row:
    end = min(add_months(month, 1) - timedelta(days=1), now.date())
    made = [c for c in commitments if c.made_on.replace(day=1) == month]
    due = [c for c in commitments if c.due <= end]
    kept = sum(c.outcome is Outcome.KEPT for c in due)
    letters = [f for f in follow_ups if f.sent and f.sent.date().replace(day=1) == month]
    due_people = {c.person for c in due}
    by_person: dict[str, list[LetterRecord]] = defaultdict(list)
    for letter in follow_ups:
        if letter.sent and letter.sent.date() <= end:
            by_person[letter.person].append(letter)
    return {
        "month": name_of(month),
        "made": _if_enough({c.person for c in made}, len(made)),
        "due": _if_enough(due_people, len(due)),
        "kept": _if_enough(due_people, kept),
        "follow_through": _if_enough(due_people, round(kept / max(len(due), 1), 4)),
        "quoted": OFTEN_QUOTED,
        "answered": _if_enough(
            {f.person for f in letters},
            round(sum(f.answered is not None for f in letters) / max(len(letters), 1), 4),
        ),
        "quiet": _if_enough(by_person, sum(is_quiet(sent, end) for sent in by_person.values())),
    }


def _stood_in(pairing: Pairing, month: date, settings: Settings) -> bool:
    """Tell whether the pairing was approved by that month's end and its round had not ended before the month."""
    if pairing.approved_on is None or settings.first_round is None:
        return False
    ends = add_months(settings.first_round, pairing.round * settings.round_months)
    return pairing.approved_on.date() < add_months(month, 1) and ends > month


def _met_by(pairing: Pairing, day: date) -> bool:
    return (
        pairing.meeting_start is not None
        and pairing.meeting_start.date() < day
        and pairing.meeting_state not in {"cancelled", "declined"}
    )


def _if_enough(people: Iterable[str] | Mapping[str, Any], figure: float | None) -> float | None:
    return figure if len(set(people)) >= FEWEST_PEOPLE else None


def name_of(month: date) -> str:
    """Return a month as the Overview names it."""
    return f"{month:%Y-%m}"
