"""A record comes of each usable row, whatever somebody made of the cells that it could do without."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest

from by_value import pairing
from peerpact.programme.commitments import Commitment, events_of
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.guidance import GuidanceLine
from peerpact.programme.memory import Memo, in_force, setting
from peerpact.programme.pairings import Pairing
from peerpact.programme.requests import Request
from peerpact.programme.roster.emptied import Filled, emptied
from peerpact.programme.settings import Settings
from peerpact.tables.records import as_row, read_pairings
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab

RECORDS: dict[str, type] = {
    "Commitments": Commitment,
    "Letters": LetterRecord,
    "Replies": ReplyRecord,
    "Guidance": GuidanceLine,
    "Memory": Memo,
    "Pairings": Pairing,
    "Requests": Request,
}


@pytest.mark.parametrize("title", RECORDS)
def test_needs_nothing_that_a_usable_row_may_lack(title: str) -> None:
    record: Any = RECORDS[title]
    needed = {f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING}
    assert needed <= {c.field for c in tab(title).columns if c.required}


@pytest.mark.parametrize("number", [1, 2, 7.0])
def test_reads_a_pairing_s_round_from_its_id(number: float) -> None:
    known, described = pairing("ab", 3), tab("Pairings")
    cells = as_row(known) | {"round": number, "people": ", ".join(known.people)}
    row = [
        cells.get(c.field) if c.field not in {"approved_on", "proposed_on"} else "" for c in described.columns
    ]
    read = read_pairings(
        read_tab(described, [[c.name for c in described.columns], ["" if v is None else v for v in row]])
    )
    assert [p.round for p in read] == [3]


@pytest.mark.parametrize("value", ["", "x", "-1 of 2", "3", "9 of 0", "²", "7 of x"])
def test_goes_on_where_what_was_kept_in_mind_was_edited(value: str) -> None:
    since = pairing("ab").proposed_on
    assert since
    column = Filled(tab="Roster", column="Manager", cells=1, rows=9)
    kept, asked = emptied([column], {column.key: Memo(key=column.key, since=since, value=value)}, ())
    assert (kept[column.key], asked) == ("1 of 9", ())
    memory = {setting(f): Memo(key=f, since=since, value=value) for f in ("first_round", "round_months")}
    typed = Settings(first_round=since, round_months=5)
    held, _ = in_force(typed, {k: m for k, m in memory.items() if value != "3"}, [pairing("ab")], ())
    assert held.round_months == typed.round_months


def test_passes_over_days_of_a_history_that_are_none() -> None:
    made = pairing("ab").proposed_on
    assert made
    history = "2026-13-45 made; 2026-01-02 asked; 0000-00-00 answered kept"
    known = Commitment(id="c", person="a", pairing="p", made_on=made, due=made, history=history)
    assert [str(event) for event in events_of(known)] == ["2026-01-02 asked"]


def test_counts_the_first_of_two_rows_of_one_key_and_names_the_other() -> None:
    described = tab("Requests")
    header = [c.name for c in described.columns]
    known = {"Request": "q1", "Person": "ben@example.com", "Asked for": "stop", "Asked on": 46030}
    rows = (known, known | {"Asked for": "pause"}, known | {"Request": "q2"})
    read = read_tab(described, [header, *([row.get(name, "") for name in header] for row in rows)])
    assert [(r.number, r["id"], r["kind"]) for r in read.rows] == [(2, "q1", "stop"), (4, "q2", "stop")]
    assert [(p.row, p.row_key) for p in read.problems] == [(3, "q1")]


@pytest.mark.parametrize(
    "key", ["", "yes", "46034.5", "introduction", "introduction:", ":x", "https://x.example"]
)
def test_knows_a_letter_s_key_that_was_typed_over(key: str) -> None:
    assert not LetterRecord(key=key, kind="introduction", person="a").is_whole
    assert LetterRecord(
        key="introduction:r1-084f0l:ben@example.com", kind="introduction", person="a"
    ).is_whole
