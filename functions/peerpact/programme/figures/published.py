"""Figures about commitments and answers, so that none of them, and no difference of two, tells of one person.

A month's figures are published once, some time after its end, none after those of a later month, and stay as they
are: the ledger keeps them, too, out of reach of admins. They cover pairings that began when their round opened and are
as they were then; what is due is counted in one month only; each figure and each addition covers at least five people,
and never says that all or none of them did something. What remains: whoever knows all others of the five knows the
fifth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.days_off import NONE_OFF, DaysOff
from peerpact.programme.figures.overview import (
    FEWEST_PEOPLE,
    OFTEN_QUOTED,
    Row,
    months_until,
    name_of,
    not_all,
    share,
)
from peerpact.programme.figures.pulse import asked_for_number, pulse_figures
from peerpact.programme.follow_ups.due import Kind, is_quiet, may_be_quiet
from peerpact.programme.pairings import Pairing, PairingState, add_months, round_on
from peerpact.programme.settings import Settings

DAYS_FOR_ANSWERS = 14
"""After a month's end, before its figures are published."""
DAYS_TO_BEGIN = 7
"""After a round has opened: whatever is proposed later joined it midway."""
PUBLISHED = ("made", "due", "kept", "follow_through", "answered", "quiet", "worth", "worth_answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What there is to count."""

    commitments: Collection[Commitment] = ()
    letters: Collection[LetterRecord] = ()
    pairings: Sequence[Pairing] = ()
    taking_part: Collection[str] = ()
    """The addresses of those who take part today."""
    off: Mapping[str, DaysOff] = field(default_factory=dict)
    """When people are off: nobody counts as quiet through leave."""
    published: Mapping[str, Row] = field(default_factory=dict)
    """The Overview's lines by month, as they are now."""


def commitment_figures(told: Told, settings: Settings, today: date) -> list[Row]:
    """Return a line for each month until today's; with figures in those that are to be published today."""
    steady = _more_than_few(told.pairings, unchanged(told.pairings, told.taking_part, settings, today))
    published = {month: row for month, row in told.published.items() if is_published(row)}
    rows: list[Row] = []
    for month in months_until(today, settings):
        name = name_of(month)
        ready = add_months(month, 1) + timedelta(days=DAYS_FOR_ANSWERS) <= today
        row: Row = {"month": name, "quoted": OFTEN_QUOTED}
        if name in published:
            row |= {figure: published[name].get(figure) for figure in PUBLISHED}
        elif ready and name > max(published, default=""):
            row |= _figures(month, told, steady, _before(published, month))
            published |= {name: row} if is_published(row) else {}
        rows.append(row)
    return rows


def asked_in(name: str, told: Told, settings: Settings, today: date) -> tuple[int, int]:
    """Return on how many follow-ups, and on how many letters that asked for a number, a month's figures rest."""
    steady = _more_than_few(told.pairings, unchanged(told.pairings, told.taking_part, settings, today))
    month = date.fromisoformat(f"{name}-01")
    follow_ups = [
        x
        for x in told.letters
        if x.kind == Kind.FOLLOW_UP
        and x.sent
        and month <= x.sent.date() < add_months(month, 1)
        and x.pairing in steady
    ]
    return len(follow_ups), len(asked_for_number(told.letters, steady, month))


def unchanged(
    pairings: Sequence[Pairing], taking_part: Collection[str], settings: Settings, today: date
) -> frozenset[str]:
    """Return the ids of pairings that began with their round and have been left as they were until today or its end."""
    of_round: dict[tuple[int, str], int] = defaultdict(int)
    for pairing in pairings:
        if pairing.approved_on:
            for person in pairing.people:
                of_round[pairing.round, person] += 1
    now = round_on(today, settings)
    return frozenset(
        p.id
        for p in pairings
        if p.approved_on
        and _began_with_its_round(p, settings)
        and (p.is_approved or (p.state is PairingState.ENDED and (now is None or p.round < now.number)))
        and all(person in taking_part and of_round[p.round, person] == 1 for person in p.people)
    )


def _more_than_few(pairings: Sequence[Pairing], steady: Collection[str]) -> Collection[str]:
    """Return the pairings that count, or none where they are of five people: a figure would tell that all are in it."""
    people = {person for p in pairings if p.id in steady for person in p.people}
    return steady if len(people) > FEWEST_PEOPLE else frozenset()


def _began_with_its_round(pairing: Pairing, settings: Settings) -> bool:
    if settings.first_round is None or pairing.proposed_on is None:
        return False
    opened = add_months(settings.first_round, (pairing.round - 1) * settings.round_months)
    return pairing.proposed_on <= opened + timedelta(days=DAYS_TO_BEGIN)


def is_published(row: Row) -> bool:
    return any(row.get(name) not in {None, ""} for name in PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What was published of the months before: how much was due and kept, and until when."""

    due: int = 0
    kept: int = 0
    until: date = date.min
    """The first day of what was not counted yet."""


def _before(published: Mapping[str, Row], month: date) -> _Before:
    latest = _Before()
    for name in sorted(name for name in published if name < name_of(month)):
        due, kept = (int(published[name].get(n) or 0) for n in ("due", "kept"))
        if due > latest.due:
            latest = _Before(due=due, kept=kept, until=add_months(date.fromisoformat(f"{name}-01"), 1))
    return latest


def _figures(month: date, told: Told, steady: Collection[str], before: _Before) -> Row:
    end = add_months(month, 1)
    mine = [c for c in told.commitments if c.pairing in steady]
    made = [c for c in mine if month <= c.made_on < end]
    due, kept = _added([c for c in mine if before.until <= c.due < end], before)
    return {
        "made": len(made) if _are_enough(c.person for c in made) else None,
        "due": due or None,
        "kept": kept if due else None,
        "follow_through": round(kept / due, 4) if due else None,
        **_answers(told, steady, month),
        **pulse_figures(told.letters, steady, month),
    }


def _added(due: Sequence[Commitment], before: _Before) -> tuple[int, int]:
    """Return how much is due and kept so far; where all or none were kept, one of them is taken for the other."""
    if not _are_enough(c.person for c in due):
        return before.due, before.kept
    kept = sum(c.outcome is Outcome.KEPT for c in due)
    return before.due + len(due), before.kept + not_all(kept, len(due))


def _answers(told: Told, steady: Collection[str], month: date) -> Row:
    """Return who answered; how many are quiet only where no few people have left who were asked with them before."""
    end = add_months(month, 1)
    follow_ups = [(f.sent.date(), f) for f in told.letters if f.kind == Kind.FOLLOW_UP and f.sent]
    until_then = sorted((e for e in follow_ups if e[0] < end), key=lambda e: (e[1].sent, e[1].key))
    by_person: dict[str, list[LetterRecord]] = defaultdict(list)
    for _, letter in until_then:
        if letter.pairing in steady:
            by_person[letter.person].append(letter)
    this_month = [f for on, f in until_then if on >= month and f.pairing in steady]
    before = {f.person for on, f in until_then if on >= add_months(month, -1)}
    return {
        "answered": share(sum(f.answered is not None for f in this_month), len(this_month))
        if _are_enough(f.person for f in this_month)
        else None,
        "quiet": _quiet(by_person, before, told, end - timedelta(days=1)),
    }


def _quiet(
    by_person: Mapping[str, Sequence[LetterRecord]], before: Collection[str], told: Told, last: date
) -> int | None:
    """Return how many are quiet of those who can be; ``before`` are those who were asked of late, still there or not.

    Whoever is on leave can't be, and leave is what admins enter: so few who are left out for it would be told of.
    """
    can_be = {
        p: off for p in by_person if may_be_quiet(by_person[p], last, off=(off := told.off.get(p, NONE_OFF)))
    }
    on_leave = {p for p in by_person if p not in can_be and may_be_quiet(by_person[p], last)}
    left = (set(before) - set(by_person)) | on_leave
    if not _are_enough(can_be) or (left and not _are_enough(left)):
        return None
    return not_all(sum(is_quiet(by_person[p], last, off=off) for p, off in can_be.items()), len(can_be))


def _are_enough(people: Iterable[str]) -> bool:
    return len(set(people)) >= FEWEST_PEOPLE
