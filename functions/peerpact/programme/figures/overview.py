"""People, pairings and meetings, month by month. A figure that rests on fewer than five people is never given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.history import all_meetings, first_meeting
from peerpact.programme.pairings import Pairing, add_months
from peerpact.programme.plan import Action
from peerpact.programme.sentences import Sentence, say
from peerpact.programme.settings import Settings

FEWEST_PEOPLE = 5
OFTEN_QUOTED = 0.8
"""The follow-through rate that programmes of this kind quote."""

IS_HELD = {MeetingState.HELD, MeetingState.ACCEPTED}
"""One of them said so, or all had accepted and nobody says otherwise."""
IS_NOT_KNOWN = {MeetingState.NOT_KNOWN, MeetingState.INVITED, MeetingState.MOVED}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshFigures(Action):
    """Lines of the Overview that say something new."""

    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        return "overview"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("Overview brought up to date")

    @property
    def summary(self) -> str:
        return f"Refresh the Overview: {', '.join(row['month'] for row in self.rows)}"


def news_among(rows: Iterable[Row], there: Mapping[str, Row]) -> tuple[Row, ...]:
    """Return the lines that say something else than the Overview's; an empty cell and no figure are the same."""
    return tuple(row for row in rows if not _same(there.get(row["month"], {}), row))


def _same(there: Row, row: Row) -> bool:
    return all(_shown(there.get(name)) == _shown(value) for name, value in row.items())


def _shown(value: object) -> object:
    return None if value == "" else value


def months_until(today: date, settings: Settings) -> list[date]:
    """Return the first day of each month from the first round's to this one's."""
    if settings.first_round is None or settings.first_round > today:
        return []
    first = settings.first_round.replace(day=1)
    count = (today.year - first.year) * 12 + today.month - first.month + 1
    return [add_months(first, n) for n in range(count)]


def pairing_figures(
    pairings: Sequence[Pairing],
    settings: Settings,
    now: datetime,
    *,
    is_kept: Callable[[date], bool] = lambda _: False,
) -> list[Row]:
    """Return each month's figures about people, pairings and first meetings, but for months that stay as they are."""
    rows, meetings, spans = [], _by_month(pairings, now), [*_spans(pairings, settings)]
    for month in (m for m in months_until(now.date(), settings) if not is_kept(m)):
        after = add_months(month, 1)
        standing = [p for p, since, ends in spans if since < after and ends > month]
        people = {address for p in standing for address in p.people}
        held = [p for p in standing if _met_by(p, min(after, now.date() + timedelta(days=1)))]
        rows.append(
            {
                "month": name_of(month),
                "taking_part": _if_enough(people, len(people)),
                "pairings": _if_enough(people, len(standing)),
                "meetings_held": _if_enough({a for p in held for a in p.people}, len(held)),
                "all_meetings_held": _meetings(meetings[month], IS_HELD),
                "meetings_not_known": _meetings(meetings[month], IS_NOT_KNOWN),
            }
        )
    return rows


def _spans(pairings: Iterable[Pairing], settings: Settings) -> Iterator[tuple[Pairing, date, date]]:
    """Yield each pairing that was approved with the day on which it was, and that on which its round ends."""
    for pairing in pairings:
        if pairing.approved_on is not None and settings.first_round is not None:
            ends = add_months(settings.first_round, pairing.round * settings.round_months)
            yield pairing, pairing.approved_on.date(), ends


def _met_by(pairing: Pairing, day: date) -> bool:
    first = first_meeting(pairing)
    return (
        first is not None and first.start is not None and first.start.date() < day and first.state in IS_HELD
    )


def _by_month(pairings: Iterable[Pairing], now: datetime) -> Mapping[date, list[tuple[Pairing, str]]]:
    """Return by month whose meetings are over, and in what state each ended."""
    found: dict[date, list[tuple[Pairing, str]]] = defaultdict(list)
    for pairing in pairings:
        for meeting in all_meetings(pairing):
            if meeting.start and meeting.start <= now:
                found[meeting.start.date().replace(day=1)].append((pairing, meeting.state))
    return found


def _meetings(meetings: Iterable[tuple[Pairing, str]], states: Collection[str]) -> float | None:
    """Return how many meetings of a month ended in one of these states."""
    found = [pairing for pairing, state in meetings if state in states]
    return _if_enough({a for p in found for a in p.people}, len(found))


def _if_enough(people: Iterable[str] | Mapping[str, Any], figure: float | None) -> float | None:
    return figure if len(set(people)) >= FEWEST_PEOPLE else None


def not_all(some: int, of: int) -> int:
    """Return how many did something, but one fewer than all and one more than none, which would tell of each."""
    return min(max(some, 1), of - 1)


def share(some: int, of: int) -> float:
    return round(not_all(some, of) / of, 4)


def name_of(month: date) -> str:
    """Return a month as the Overview names it."""
    return f"{month:%Y-%m}"
