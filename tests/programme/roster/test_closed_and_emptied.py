"""Closed accounts and emptied columns, by value: whom a word goes out about, and from which loss on."""

from __future__ import annotations

from datetime import date

import pytest

from by_value import NO, address, ended, pairing, people, person, seen
from peerpact.programme.memory import CLOSED, Memo, absent
from peerpact.programme.roster.closed import closed_problems
from peerpact.programme.roster.doubtful import with_doubts
from peerpact.programme.roster.emptied import Filled, emptied

A, B, C, D, X = map(address, "abcdx")


def test_tells_of_each_closed_account_on_the_roster_that_does_not_say_no() -> None:
    who = {p.email: p for p in (person("a", taking_part=NO), *people("bc"))}
    problems = list(closed_problems([C, B, A, X], who))
    assert [(p.tab, p.column, p.row_key) for p in problems] == [
        ("Roster", "E-mail", B),
        ("Roster", "E-mail", C),
    ]


def test_goes_by_what_the_directory_last_said_where_it_was_not_asked() -> None:
    noted = [CLOSED + A, CLOSED + C, CLOSED + D, absent(B)]
    memory = {key: Memo(key=key, since=date(2026, 1, 2)) for key in noted}
    programme = seen("2026-01-10", people("ab"), pairing("bc"), ended("bd"), memory=memory)
    assert with_doubts(programme, closed=None, filled=()).closed == {A, C}
    assert with_doubts(programme, closed=frozenset(), filled=()).closed == set()
    bare = seen("2026-01-10", people("ab"), memory={B: Memo(key=B, since=date(2026, 1, 2))})
    assert with_doubts(bare, closed=None, filled=()).closed == set()


@pytest.mark.parametrize(
    ("before", "cells", "rows", "asks"),
    [
        ("5 of 5", 3, 5, True),
        ("5 of 5", 4, 5, False),
        ("2 of 2", 1, 2, False),
        ("10 of 10", 8, 10, False),
        ("10 of 10", 7, 10, True),
        ("10 of 10", 7, 7, False),
        ("10 of 10", 0, 0, False),
        (None, 0, 5, False),
    ],
)
def test_asks_about_a_column_from_two_cells_and_a_fifth_on(
    before: str | None, cells: int, rows: int, asks: bool
) -> None:
    column = Filled(tab="Roster", column="Manager", cells=cells, rows=rows)
    memory = {column.key: Memo(key=column.key, since=date(2026, 1, 2), value=before)} if before else {}
    keeps, problems = emptied([column], memory, ())
    assert bool(problems) is asks
    assert keeps == {column.key: before if asks or not rows else column.value}
    answered = {(p.row_key, p.what) for p in problems}
    assert emptied([column], memory, answered)[1] == ()


@pytest.mark.parametrize(
    ("before", "rows", "asks"),
    [("3", 0, True), ("3", 1, True), ("4", 2, False), ("1", 0, False), ("3", 5, False), (None, 0, False)],
)
def test_asks_about_a_tab_of_exceptions_that_lost_two_rows_and_more_than_half(
    before: str | None, rows: int, asks: bool
) -> None:
    tab = Filled(tab="Never pair", column="Person", cells=rows)
    memory = {tab.key: Memo(key=tab.key, since=date(2026, 1, 2), value=before)} if before else {}
    keeps, problems = emptied([tab], memory, ())
    assert keeps == {tab.key: before if asks else str(rows)}
    assert [p.what.split(" Until")[0] for p in problems] == (
        [f"{before} rows of the tab Never pair were filled, and now {rows} are."] if asks else []
    )


def test_keeps_in_mind_how_full_a_tab_was_that_a_job_does_not_read() -> None:
    tab = Filled(tab="Never pair", column="Person", cells=3)
    memory = {tab.key: Memo(key=tab.key, since=date(2026, 1, 2), value="3")}
    assert emptied([], memory, ()) == ({tab.key: "3"}, ())


@pytest.mark.parametrize("before", ["", "many", "-9", "9 of", "9 of 09", "9 of 9 of 9", "1234567890", "9"])
def test_asks_nothing_where_somebody_made_another_note_of_how_full_a_column_was(before: str) -> None:
    column = Filled(tab="Roster", column="Manager", cells=1, rows=9)
    memory = {column.key: Memo(key=column.key, since=date(2026, 1, 2), value=before)}
    assert emptied([column], memory, ()) == ({column.key: column.value}, ())


def test_asks_nothing_of_a_tab_of_exceptions_that_was_noted_as_a_column_is() -> None:
    tab = Filled(tab="Never pair", column="Person", cells=1)
    memory = {tab.key: Memo(key=tab.key, since=date(2026, 1, 2), value="9 of 9")}
    assert emptied([tab], memory, ()) == ({tab.key: tab.value}, ())
