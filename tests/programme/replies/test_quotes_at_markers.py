"""Markers in one line and in two, bars, a list parted by dashes: what is left of a mail below each."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.quotes import newly_written

WROTE = "On Thu, 12 Mar 2026 at 10:04, Anna <anna@example.com> wrote:"
HEADER = ("From: Bob <b@example.org>", "Sent: Thursday, 12 March 2026 10:04", "To: A <a@b.c>", "Subject: S")
MARKER = "----- Original Message -----"
PAIR = ("Date: Thu, 12 Mar 2026 10:04:00 +0100", "From: Bob <b@example.org>")
BARRED = tuple(f"| {line}" for line in PAIR)
SET_IN = tuple("\t" + line for line in HEADER)
PLAN = "Yes\n----- Our\nPlan -----"


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        pytest.param(("Yes", WROTE, "| a", "|", "| b"), "Yes", id="bars to the end"),
        pytest.param(("Yes", WROTE, "| a", "", "| b", "", "No"), "Yes\n\nNo", id="bars, and more below"),
        pytest.param(("Yes", "-----Original Message-----", "> a", "No"), "Yes\n\nNo", id="marked below a marker"),
        pytest.param(("Yes", "-----Original Message-----", "a", "No"), "Yes", id="a marker that is known"),
        pytest.param((MARKER, "From: <b@c.org>", "", "> a", "No"), "No", id="a header of one line below a marker"),
        pytest.param((MARKER, "From: <b@c.org>", "", "a", "No"), "", id="and nothing marked below it"),
        pytest.param((*BARRED, "| ", "| a", "", "No"), "No", id="a header between bars, and more below"),
        pytest.param((*PAIR, "", "| a", "", "No", "", "| b", "", "Yes"), "No\n\nYes", id="bars below a header, twice"),
        pytest.param((*PAIR, "| a", "No", "| b | c |"), "No\n| b | c |", id="a table is no bar"),
        pytest.param(("Yes", WROTE, ") a", ") b", "No"), "Yes\n\nNo", id="drawn with brackets"),
        pytest.param(("Yes", WROTE, "[...]", "> a", "No"), "Yes\n\n[...]\n\nNo", id="a part left out above the quote"),
        pytest.param(("Yes", WROTE, "[later]", "> a", "No"), "Yes", id="none left out"),
        pytest.param(("Yes", "----- Our", "Plan -----", *HEADER, "", "a"), "Yes", id="one that isn't, above a header"),
        pytest.param(("Yes", "----- Our", "Plan -----", "", "a"), f"{PLAN}\n\na", id="and above none"),
        pytest.param(("Yes", "\tAcme Limited", *SET_IN, "", "a"), "Yes", id="a letterhead set in"),
        pytest.param(("1 done", "--", "2 not yet"), "1 done\n--\n2 not yet", id="dashes in a list"),
        pytest.param(("1 done", "", "--", "", "2 not yet"), "1 done\n\n--\n\n2 not yet", id="and blank lines"),
        pytest.param(("1 done", "--", "Anna", "2 High Street"), "1 done", id="a signature below a list"),
        pytest.param(("Done", "--", "2 High Street"), "Done", id="a number in a signature"),
    ],
)  # fmt: skip
def test_leaves_what_is_theirs_beside_a_marker(lines: tuple[str, ...], left: str) -> None:
    assert newly_written("\n".join(lines)) == left
