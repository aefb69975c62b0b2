"""A year of an admin's, by value: two programmes that differ in one outcome of one person, and all that each tells.

The Overview, the tabs Report and Start here, the digest and what Problems says of commitments are the same each time,
until the figure of that month is published; and that one adds five people and more.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from by_value import address, at, on, pairing
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.figures.dashboard import Standing, lines
from peerpact.programme.figures.decision import SendDigest, WeekSeen
from peerpact.programme.figures.decision import decide as decide_week
from peerpact.programme.figures.one_page import RefreshReport
from peerpact.programme.figures.overview import FEWEST_PEOPLE, RefreshFigures, Row, name_of
from peerpact.programme.figures.published import DAYS_FOR_ANSWERS, PUBLISHED, is_published
from peerpact.programme.follow_ups.decision import decide
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.pairings import add_months
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

MONTHS = [add_months(on("2026-01-01"), n) for n in range(12)]
PAIRS = tuple(
    pairing(f"{a}{b}", meeting_start=at("2026-01-08T10:00"), meeting_state=MeetingState.ACCEPTED)
    for a, b in zip("abcdef", "ijklmn", strict=True)
)
PAIR_OF = {person: pair for pair in PAIRS for person in pair.people}
PEOPLE = sorted(PAIR_OF)
DEPARTMENTS = {person: "Sales" if n < 6 else "Data" for n, person in enumerate(PEOPLE)}
HOW = (Outcome.KEPT, Outcome.NOT_YET, Outcome.DROPPED, None)
Item = tuple[str, int]
Story = Mapping[Item, Outcome | None]
"""What became of what each promised in each month; None: they don't answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What the admin does before a look."""

    out: frozenset[str]
    on_leave: frozenset[str]
    departments: Mapping[str, str]
    first_round: date
    restores: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What an admin reads on a day."""

    day: date
    overview: Mapping[str, Row]
    words: tuple[str, ...]
    """Of Report, Start here, Problems and the digest."""


def edits(dice: random.Random) -> Iterator[Edit]:
    while True:
        few = frozenset(dice.sample(PEOPLE, dice.choice([0, 1, 2, 10, 11])))
        moved = dict(DEPARTMENTS) | {p: dice.choice(["Sales", "Data", p]) for p in dice.sample(PEOPLE, 3)}
        yield Edit(
            out=few if dice.random() < 0.4 else frozenset(),
            on_leave=frozenset(dice.sample(PEOPLE, dice.choice([0, 0, 1, 5, 11]))),
            departments=moved,
            first_round=dice.choice([MONTHS[0]] * 4 + [MONTHS[1], on("2025-11-01")]),
            restores=dice.random() < 0.2,
        )


def looks(story: Story, seed: int) -> Iterator[Looked]:
    """Yield what is told on two days of each month."""
    acts = edits(random.Random(seed))  # noqa: S311 - a play, seeded
    commitments, letters = {}, {}
    for (person, month), how in story.items():
        commitments[f"{person}-{month}"] = _promise(person, month, how)
        letters[f"{person}-{month}"] = _letter(person, month, how)
    ledger: dict[str, Row] = {}
    overview: dict[str, Row] = {}
    for day, edit in zip((on("2026-01-20") + timedelta(days=15 * n) for n in range(25)), acts, strict=False):
        programme = _programme(day, edit)
        overview = {} if edit.restores else overview
        past = {k: x for k, x in letters.items() if x.sent and x.sent.date() < day}
        plan = decide(
            CommitmentsSeen(
                programme=programme,
                commitments={k: c for k, c in commitments.items() if c.made_on < day},
                letters=past,
                figures=overview,
                published=ledger,
            )
        )
        news = [row for a in plan.actions if isinstance(a, RefreshFigures) for row in a.rows]
        overview = overview | {r["month"]: {**overview.get(r["month"], {}), **r} for r in news}
        ledger = ledger | {r["month"]: r for r in news if is_published(r)}
        yield Looked(
            day=day,
            overview=overview,
            words=(*_told(programme, overview), *(p.what for p in plan.problems or ())),
        )


def _told(programme: ProgrammeSeen, overview: Mapping[str, Row]) -> Iterator[str]:
    week = decide_week(WeekSeen(programme=programme, figures=overview, page={}))
    for action in week.actions:
        if isinstance(action, RefreshReport):
            yield from (f"{x.topic} {x.figure} {x.in_words} {x.lately}" for x in action.lines)
        if isinstance(action, SendDigest):
            yield f"{action.figures} {action.problems} {action.requests} {action.waiting_for_approval}"
    for line in lines(Standing(programme=programme, problems=0, figures=overview)):
        yield f"{line.topic} {line.figure} {line.in_words} {line.lately}"


def _programme(day: date, edit: Edit) -> ProgrammeSeen:
    people = {
        p: Person(
            email=p,
            name=p[0].upper(),
            team=p[0],
            department=edit.departments[p],
            taking_part=TakingPart.NO if p in edit.out else TakingPart.YES,
            days_off=DaysOff(leave=(Absence(first=MONTHS[0], last=day),))
            if p in edit.on_leave
            else DaysOff(),
        )
        for p in PEOPLE
    }
    return ProgrammeSeen(
        now=datetime.combine(day, time(9), UTC),
        settings=Settings(first_round=edit.first_round, round_months=24, admins=(address("z"),)),
        people=people,
        pairings=PAIRS,
    )


def _promise(person: str, month: int, how: Outcome | None) -> Commitment:
    return Commitment(
        id=f"{person}-{month}",
        person=person,
        pairing=PAIR_OF[person].id,
        text="Call.",
        made_on=MONTHS[month] + timedelta(days=4),
        due=MONTHS[month] + timedelta(days=19),
        outcome=how,
    )


def _letter(person: str, month: int, how: Outcome | None) -> LetterRecord:
    sent = at(f"{MONTHS[month] + timedelta(days=9)}T08:00")
    record = LetterRecord(
        key=f"follow-up:{PAIR_OF[person].id}:{person}:{month}",
        kind="follow-up",
        person=person,
        pairing=PAIR_OF[person].id,
        reference="",
        state=LetterState.SENT,
    )
    number = 1 + month % 5 if how else 0
    return replace(record, sent=sent, answered=sent if how else None, number=number)


@pytest.mark.parametrize("seed", range(6))
def test_tells_one_outcome_of_one_person_nowhere_before_a_figure_of_five(seed: int) -> None:
    assert told_by(seed) == []


def told_by(seed: int) -> list[str]:
    """Return where a year tells of the one outcome in which two programmes differ."""
    dice = random.Random(seed)  # noqa: S311 - a play, seeded
    story: dict[Item, Outcome | None] = {item: dice.choice(HOW) for item in product(PEOPLE, range(12))}
    item = dice.choice(PEOPLE), dice.randrange(12)
    other = {**story, item: dice.choice([how for how in HOW if how != story[item]])}
    month = MONTHS[item[1]]
    due = add_months(month, 1) + timedelta(days=DAYS_FOR_ANSWERS)
    found = []
    for one, two in zip(looks(story, seed), looks(other, seed), strict=True):
        unlike = [m for m in {*one.overview, *two.overview} if one.overview.get(m) != two.overview.get(m)]
        if one.overview == two.overview and one.words != two.words:
            found.append(f"{one.day}: {set(one.words) ^ set(two.words)}")
        if unlike and one.day < due:
            found.append(f"{one.day}: the Overview of {unlike}")
        found += [f"{one.day}: {m} of few" for m in unlike if _is_of_few(m, month, one.overview)]
    return found


def _is_of_few(name: str, month: date, overview: Mapping[str, Row]) -> bool:
    """Tell whether a line that differs adds fewer than five people's, or is of an earlier month than theirs."""
    if name < name_of(month):
        return True
    row = {n: overview.get(name, {}).get(n) for n in PUBLISHED}
    earlier = [r.get("due") or 0 for m, r in overview.items() if m < name]
    added = (row["due"] or 0) - max(earlier, default=0)
    return 0 < added < FEWEST_PEOPLE
