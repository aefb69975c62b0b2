"""Whatever one cell of the roster holds: pairing goes on, nobody meets their own line, and the cell is named."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.pairing.decision import ProposePairing, RoundSeen, decide
from peerpact.programme.people import Person
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings
from peerpact.tables.cells import Cell, Unusable, is_empty, read_cell
from peerpact.tables.roster import Roster, read_roster
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab

ROSTER = tab("Roster")
COLUMNS = [c for c in ROSTER.columns if c.type != "formula"]
SETTINGS = Settings(first_round=datetime(2026, 1, 1, tzinfo=UTC).date(), domains=("example.com",))
WIDTH, HEIGHT = len(COLUMNS), 12
ERRORS = [
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "Loading...",
    "#NV",
    "#BEZUG!",
    "Wird geladen…",
    "#¡VALOR!",
]
CONTENTS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.sampled_from(
        [
            *ERRORS,
            "n/a",
            "-",
            "?",
            "tbd",
            "x" * 50_000,
            "山田太郎",
            "مرحبا",
            "🙂",
            "=1+1",
            "a@b",
            "@",
            "<>",
            "a;b",
        ]
    ),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
)


def grid() -> list[list[Cell]]:
    """Return a company of three levels: a head, three leads, and the people of each."""
    rows: list[list[Cell]] = [[c.name for c in COLUMNS]]
    for number in range(HEIGHT):
        manager = "" if not number else address(0) if number < 4 else address(1 + number % 3)
        cells = {
            "name": f"Person No{number}",
            "email": address(number),
            "team": f"T{number}",
            "managers": manager,
        }
        cells |= {
            "taking_part": "yes",
            "working_hours": "9-17",
            "time_zone": "Europe/Berlin",
            "languages": "English",
        }
        rows.append([cells.get(c.field, "") for c in COLUMNS])
    return rows


def address(number: int) -> str:
    return f"p{number}@example.com"


def read(cells: list[list[Cell]]) -> Roster:
    return read_roster(read_tab(ROSTER, cells), SETTINGS)


def lines_of(people: dict[str, Person]) -> ReportingLines:
    return ReportingLines({p.email: p.managers for p in people.values()})


def proposed(roster: Roster) -> list[tuple[str, ...]]:
    now = datetime(2026, 1, 1, 6, tzinfo=UTC)
    programme = ProgrammeSeen(now=now, settings=SETTINGS, people=roster.people)
    plan = decide(RoundSeen(programme=programme))
    return [a.pairing.people for a in plan.actions if isinstance(a, ProposePairing)]


@given(st.integers(1, HEIGHT), st.integers(0, WIDTH - 1), CONTENTS)
def test_pairs_nobody_with_their_own_line_whatever_a_cell_holds(row: int, column: int, content: Cell) -> None:
    spoilt = grid()
    spoilt[row][column] = content
    truth = lines_of(read(grid()).people)
    for people in proposed(read(spoilt)):
        for one, other in combinations(people, 2):
            is_known = {one, other} <= {address(n) for n in range(HEIGHT)}
            if (is_known and COLUMNS[column].field not in {"managers", "email"}) or not is_empty(content):
                assert other not in truth.above(one), (content, COLUMNS[column].name)
                assert one not in truth.above(other), (content, COLUMNS[column].name)


@given(st.integers(1, HEIGHT), st.integers(0, WIDTH - 1), CONTENTS)
def test_names_each_cell_that_it_cannot_read_and_reads_all_others(
    row: int, column: int, content: Cell
) -> None:
    spoilt = grid()
    spoilt[row][column] = content
    described, roster, plain = COLUMNS[column], read(spoilt), read(grid())
    others = {e: p for e, p in plain.people.items() if e != address(row - 1)}
    assert {e: roster.people[e] for e in others if e in roster.people} == others
    if is_empty(content):
        return
    try:
        read_cell(content, described.type, described.choices)
    except Unusable:
        assert any((p.row, p.column) == (row + 1, described.name) for p in roster.problems)
