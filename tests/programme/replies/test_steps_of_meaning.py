"""Hostile answers: twice the text takes at most two and a half times the steps."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.meaning import Asked, understand
from work import calls_for

UNITS = [
    "1 done 2 not yet ",
    "not ",
    "I will I will ",
    "done, but not yet, and maybe if ",
    "1 2 3 4 5 6 7 8 ",
    "by Friday until 3. March ",
    "two days before the ",
    "Monday two days before ",
    "- read the book\n",
    '"done" ',
    "Ask Dina about the canary report ",
    "he he me me ",
    "stop please pause me until ",
    "? ",
    "a" * 30 + " ",
    "\n",
    "🙄",
]


@pytest.mark.parametrize("asked", [Asked.OUTCOMES, Asked.COMMITMENT])
@pytest.mark.parametrize("unit", UNITS)
def test_does_little_more_than_twice_the_work_for_twice_the_text(unit: str, asked: Asked) -> None:
    promises = ["Ask Dina about the canary report", "Read the chapter"] if asked is Asked.OUTCOMES else []

    def read(length: int) -> None:
        text = (unit * length)[:length]
        understand(text, open_commitments=promises, languages=("en",), on=date(2026, 1, 12), asked=asked)

    read(100)
    once, twice = (calls_for(lambda n=n: read(n)) for n in (1400, 2800))
    assert twice <= 2.5 * once
