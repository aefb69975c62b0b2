"""Exported cells: no program that opens the files finds a formula in them, whatever somebody typed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peerpact.operating.export import inert

SIGNS = ("=", "+", "-", "@")
TYPED = st.text(alphabet=st.sampled_from("=+-@\t\r\n \u00a0\"';,|ab1\u200e\ufeff"), max_size=12)


@given(TYPED)
@example('x\n=HYPERLINK("http://example.com")')
@example("x;=1+1")
@example(";\t")
@example("\r\t")
@example(';"\t')
def test_begins_no_cell_as_a_formula_whichever_sign_a_program_splits_at(typed: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow(["a", inert(typed), "z"])
    for delimiter in (",", ";", "\t"):
        lines = io.StringIO(file.getvalue(), newline="")
        cells = [cell for row in csv.reader(lines, delimiter=delimiter) for cell in row]
        assert not [c for c in cells if c.startswith(("\t", "\r", "\n", *SIGNS))]
        assert not [c for c in cells if c.lstrip(' \u00a0"\u200e\ufeff').startswith(SIGNS)]


@pytest.mark.parametrize(
    "typed",
    ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", '"=1', "'=1", "\u200e=1", "\uff1d1", "\tx"],
)
def test_puts_an_apostrophe_before_what_may_be_a_formula(typed: str) -> None:
    assert inert(typed).startswith("'" + typed[0])


@pytest.mark.parametrize(
    "typed", ["", "Ada", "2026-01-05", "a = b", "Sales & Data", "r1-084f0l", "1;2", "a, -b"]
)
def test_leaves_other_cells_as_they_are(typed: str) -> None:
    assert inert(typed) == typed
