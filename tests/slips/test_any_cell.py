"""Whatever one cell of any tab holds: a sample of what ``any_cell.py`` plays in each column of each tab."""

from __future__ import annotations

import random

import pytest
from any_cell import CONTENTS, Begun, begun, columns, wrong

CHOSEN = random.Random("any cell")  # noqa: S311 - a sample that is the same everywhere
SAMPLE = [(*place, CHOSEN.choice(CONTENTS)) for place in CHOSEN.sample(columns(), 7)]
SAMPLE += [
    ("programme", "Pairings", "Addresses", "#N/A"),
    ("programme", "Pairings", "Decision", "maybe"),
    ("programme", "Pairings", "State", 7),
    ("programme", "Never pair", "Never with", "#N/A"),
    ("programme", "Start here", "Answer", "maybe"),
    ("programme", "Settings", "Value", True),
    ("programme", "Letters", "Letter", 7),
    ("ledger", "Commitments", "Text", "Loading..."),
]


@pytest.fixture(scope="module")
def running() -> Begun:
    return begun()


@pytest.mark.parametrize(("book", "title", "column", "content"), SAMPLE)
def test_goes_on_for_everybody_else_whatever_a_cell_holds(
    running: Begun, book: str, title: str, column: str, content: object
) -> None:
    assert list(wrong(running, book, title, column, content)) == []
