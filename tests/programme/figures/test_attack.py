"""An admin with a year, the roster, Settings, Days off and the spreadsheet's older versions reads one person's outcome?

Each look's lines are kept. For whatever one person did there must be another story in which they did the opposite and
every look shows the same: then nothing that was read tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from by_value import at, on, pairing
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.figures.overview import Row
from peerpact.programme.figures.published import Told, commitment_figures, is_published
from peerpact.programme.pairings import add_months
from peerpact.programme.settings import Settings

MONTHS = [add_months(on("2026-01-01"), n) for n in range(12)]
PAIRS = tuple(pairing(f"{a}{b}") for a, b in zip("abcdef", "ijklmn", strict=True))
PEOPLE = sorted(person for pair in PAIRS for person in pair.people)
PAIR_OF = {person: pair for pair in PAIRS for person in pair.people}
Item = tuple[str, int]
"""What somebody promised, or was asked, in a month."""
Story = Mapping[Item, tuple[bool, bool, int]]
"""Of each: whether it was kept, whether the letter was answered, and the number given (0: none)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What the admin does before a look."""

    out: frozenset[str]
    on_leave: frozenset[str]
    first_round: date
    restores: bool
    """Puts back the programme spreadsheet of before anything was published; the ledger isn't theirs."""


def some(people: list[str]) -> st.SearchStrategy[frozenset[str]]:
    few = st.frozensets(st.sampled_from(people), max_size=3)
    return few | few.map(frozenset(people).difference)


EDITS = st.builds(
    Edit,
    out=some([p.people[0] for p in PAIRS]),
    on_leave=some(PEOPLE),
    first_round=st.sampled_from([MONTHS[0]] * 3 + [MONTHS[1], MONTHS[3], on("2025-11-01")]),
    restores=st.booleans(),
)
STORIES = st.fixed_dictionaries(
    {item: st.tuples(st.booleans(), st.booleans(), st.integers(0, 5)) for item in product(PEOPLE, range(12))}
)


@settings(max_examples=25)
@given(
    edits=st.lists(EDITS, min_size=4, max_size=8), story=STORIES, who=st.sampled_from(PEOPLE), data=st.data()
)
def test_tells_no_outcome_to_an_admin_who_has_a_year(
    edits: list[Edit], story: Story, who: str, data: st.DataObject
) -> None:
    item, what = (who, data.draw(st.integers(0, 11))), data.draw(st.integers(0, 1))
    seen = looks(story, edits)
    assert any(looks(other, edits) == seen for other in _opposites(story, item, what))


def _opposites(story: Story, item: Item, what: int) -> Iterator[Story]:
    """Yield stories in which somebody did the opposite: they alone, or changed with somebody else, for a while."""
    kept, answered, number = story[item]
    flipped = (not kept, answered, number) if what == 0 else (kept, not answered, number)
    yield {**story, item: flipped}
    person, month = item
    for other in PEOPLE:
        if other != person and story[other, month][what] != story[item][what]:
            for first, last in _spans(month):
                yield {**story, **_exchanged(story, person, other, range(first, last), what)}


def _spans(month: int) -> Iterator[tuple[int, int]]:
    yield from ((first, last) for first in range(month, -1, -1) for last in range(month + 1, 13))


def _exchanged(story: Story, one: str, other: str, months: range, what: int) -> Story:
    changed = {}
    for mine, theirs in (((one, m), (other, m)) for m in months):
        changed[mine] = (
            (story[theirs][0], *story[mine][1:]) if what == 0 else (story[mine][0], *story[theirs][1:])
        )
        changed[theirs] = (
            (story[mine][0], *story[theirs][1:]) if what == 0 else (story[theirs][0], *story[mine][1:])
        )
    return changed


def looks(story: Story, edits: list[Edit]) -> list[dict[str, Row]]:
    """Return what the Overview shows at each look: two a month, a year long."""
    promised, letters = [_promise(i, *story[i]) for i in story], [_letter(i, *story[i]) for i in story]
    ledger: dict[str, Row] = {}
    shown: list[dict[str, Row]] = []
    for number, day in enumerate(on("2026-02-01") + timedelta(days=15 * n) for n in range(24)):
        edit = edits[number % len(edits)]
        before = {} if edit.restores or not shown else shown[-1]
        told = Told(
            commitments=promised,
            letters=letters,
            pairings=PAIRS,
            taking_part=set(PEOPLE) - edit.out,
            off={p: DaysOff(leave=(Absence(first=MONTHS[0], last=day),)) for p in edit.on_leave},
            published=before | ledger,
        )
        rows = commitment_figures(told, Settings(first_round=edit.first_round, round_months=24), day)
        ledger = {r["month"]: r for r in rows if is_published(r)} | ledger
        shown.append({r["month"]: r for r in rows if is_published(r)})
    return shown


def _promise(item: Item, kept: bool, _answered: bool, _number: int) -> Commitment:
    person, month = item
    return Commitment(
        id=f"{person}-{month}",
        person=person,
        pairing=PAIR_OF[person].id,
        text="Call.",
        made_on=MONTHS[month] + timedelta(days=4),
        due=MONTHS[month] + timedelta(days=19),
        outcome=Outcome.KEPT if kept else Outcome.NOT_YET,
    )


def _letter(item: Item, _kept: bool, answered: bool, number: int) -> LetterRecord:
    person, month = item
    sent = at(f"{MONTHS[month] + timedelta(days=9)}T08:00")
    record = LetterRecord(
        key=f"follow-up:{person}:{month}",
        kind="follow-up",
        person=person,
        pairing=PAIR_OF[person].id,
        reference="",
        state=LetterState.SENT,
    )
    return replace(record, sent=sent, answered=sent if answered else None, number=number if answered else 0)
