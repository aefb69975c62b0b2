"""Exported cells: no program that opens the files finds a formula in them, whatever somebody typed."""

from __future__ import annotations

import csv
import io
import unicodedata
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peerpact.operating.export import file_names, inert

ENDS = set("\t\r\n\x85\u2028\u2029")
"""After these there is another apostrophe."""
SIGNS = ("=", "+", "-", "@")
UNSEEN = (
    " \u00a0\u3000\u00ad\u034f\u061c\u115f\u1160\u17b4\u180e\u200b\u200e\u202e\u2060\u2066\u2800\u3164\ufe0f\ufeff"
    "\uffa0"
    '\ufff9\U0001d173\U000e0020\ue000\U000f0000\u0378\x00\x08\x1b\x7f\x85\x9f\u2028\u2029"\u201c\u00b4\u2039'
)
WIDE = "\uff1d\uff0b\uff0d\uff20\u2212\ufe66\ufe62\ufe63\ufe6b\u207a\u207b\u207c\u208a\u208b\u208c"
TYPED = st.text(alphabet=st.sampled_from(f"=+-@\t\r\n';,|ab1{UNSEEN}{WIDE}"), max_size=12)


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
        assert not [c for c in cells if c.lstrip(UNSEEN).startswith((*SIGNS, *WIDE))]


@pytest.mark.parametrize(
    "typed",
    ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", '"=1', "'=1", "\u200e=1", "\uff1d1", "\tx"],
)
def test_puts_an_apostrophe_before_what_may_be_a_formula(typed: str) -> None:
    assert inert(typed).startswith("'" + typed[0])


def test_lets_no_lead_of_two_or_three_hide_a_formula() -> None:
    leads = ("".join(lead) for n in (2, 3) for lead in product(f"\t\r\n{UNSEEN}", repeat=n))
    assert [lead for lead in leads if inert(f"{lead}=1") != f"'{lead}=1" and not set(lead) & ENDS] == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Ada",
        "2026-01-05",
        "a = b",
        "Sales & Data",
        "r1-084f0l",
        "1;2",
        "a, -b",
        "(-5)",
        "# -1",
        "Zoë – x",
    ],
)
def test_leaves_other_cells_as_they_are(typed: str) -> None:
    assert inert(typed) == typed


@given(st.lists(st.text(alphabet=st.sampled_from("aAb/\\:-.() 2é\u0301e\x00😀"), max_size=100), max_size=30))
@example(["a/b", "a-b", "A:B", "a-b (2)", "a/b"])
@example(["Letters (archive)"] * 3)
@example(["..", ".", "/", " "])
@example(["😀" * 100, "😀" * 99 + "x"])
def test_gives_each_tab_a_file_of_its_own(titles: list[str]) -> None:
    names = list(file_names(titles))
    assert len({unicodedata.normalize("NFD", name).casefold() for name in names}) == len(titles)
    assert not [
        n for n in names if set(n) & set('/\\:*?"<>|\x00') or n.strip(" .") != n or len(n.encode()) > 250
    ]


def test_leaves_titles_as_they_are_that_any_system_can_write() -> None:
    titles = ["Roster", "Letters (archive)", "Größen", "Year 2026-27"]
    assert list(file_names(titles)) == titles
