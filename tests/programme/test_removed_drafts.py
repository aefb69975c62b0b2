"""Whether admins are told of letters whose draft somebody removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from by_value import at
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.removed_drafts import removed_drafts

NOW = at("2026-02-20T10:00")
LETTER = LetterRecord(
    key="reminder:r1-ab:bo@example.com:1",
    kind="reminder",
    person="bo@example.com",
    state=LetterState.NEEDS_REVIEW,
    planned=NOW - timedelta(days=1),
)


@pytest.mark.parametrize(
    ("letter", "told"),
    [
        (LETTER, ["bo@example.com"]),
        (replace(LETTER, planned=NOW - timedelta(days=13, hours=23)), ["bo@example.com"]),
        (replace(LETTER, planned=NOW - timedelta(days=14)), []),
        (replace(LETTER, planned=None), []),
        *[
            (replace(LETTER, state=state), [])
            for state in LetterState
            if state is not LetterState.NEEDS_REVIEW
        ],
    ],
)
def test_tells_of_a_letter_whose_draft_was_removed_of_late(letter: LetterRecord, told: list[str]) -> None:
    assert [problem.row_key for problem in removed_drafts([letter], NOW)] == told


def test_never_says_which_letter_it_was() -> None:
    [problem] = removed_drafts([LETTER], NOW)
    assert problem.tab == "Roster"
    assert "reminder" not in f"{problem.what} {problem.remedy}"
