"""What people and programs put into cells, row by row (cells.tsv), and what no cell at all may do to a reader."""

from __future__ import annotations

import ast
import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.tables.cells import Cell, Unusable, as_words, first_name, read_cell
from peerpact.tables.schema import all_tabs

CHOICES = {"taking part": ("yes", "paused", "no"), "decision": ("approve", "reject", "lock")}
TYPES = sorted(
    {c.type for t in all_tabs() for c in t.columns} | {s.type for t in all_tabs() for s in t.settings}
)
WITH_ROWS = Path(__file__).parent / "cells.tsv"


def rows() -> list[tuple[str, ...]]:
    with WITH_ROWS.open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def understood(field: str, cell: Cell, locale: str) -> str:
    """Return what a cell is read as, in the table's words."""
    kind = "choice" if field in CHOICES else field
    try:
        value = read_cell(cell, kind, CHOICES.get(field, ()), locale=locale)
    except Unusable as unusable:
        return (
            "fault" if unusable.what and unusable.remedy.endswith((".", "?")) else "a fault without a remedy"
        )
    if field == "working hours":
        return as_words(value)
    if field == "name":
        return f"{value} | {first_name(value)}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("field", "locale", "typed", "expected"), rows())
def test_reads_what_was_typed_or_says_what_it_cannot_read(
    field: str, locale: str, typed: str, expected: str
) -> None:
    cell = ast.literal_eval(typed.removeprefix("py:")) if typed.startswith("py:") else typed
    assert understood(field, cell, locale) == expected


anything = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789:-–., /;()amphMonFriDi@<>\"'\n", max_size=40),
    st.integers(),
    st.floats(allow_nan=True),
    st.booleans(),
    st.sampled_from(
        [
            "#N/A",
            "#REF!",
            "Loading...",
            "#NV",
            "#¡VALOR!",
            "x" * 50_000,
            "\u202e@\u0000",
            "=1/0",
            "Wird geladen...",
        ]
    ),
)


@given(
    st.sampled_from(TYPES), anything, st.sampled_from(["en_GB", "en_US", "de_DE", "fr_FR", "ja_JP", "xx", ""])
)
def test_raises_nothing_but_the_fault_of_a_cell(type: str, cell: Cell, locale: str) -> None:
    with suppress(Unusable):
        read_cell(cell, type, ("yes", "no"), locale=locale)


@pytest.mark.parametrize("type", [t for t in TYPES if t not in {"formula", "link"}])
@pytest.mark.parametrize(
    "cell", ["#N/A", "#REF!", "Loading...", "#DIV/0!", "#NV", "#BEZUG!", "Wird geladen…", "#ERROR!"]
)
def test_takes_no_error_value_for_content(type: str, cell: str) -> None:
    with pytest.raises(Unusable):
        read_cell(cell, type, ("yes", "no"))
