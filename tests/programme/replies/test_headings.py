"""Lists under a word of what became of them: each item is told it, and none is a new promise."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.clauses import Cutter
from peerpact.programme.replies.headings import taken_back, told_each
from peerpact.programme.replies.meaning import Asked, Unclear, understand
from peerpact.programme.replies.named import promises_of

TODAY = date(2026, 1, 12)
OPEN = ("Ask Marta for feedback on my slides", "Block two hours of focus time on Thursdays")
WORDS = (answer_words("en"),)
CUTTER = Cutter(promises=promises_of(OPEN, WORDS), on=TODAY, languages=WORDS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Not done:\n- the plan\n- Ann", "the plan: Not done\nAnn: Not done", id="bullets"),
        pytest.param("Not done: 1) the plan 2) Ann", "the plan: Not done\nAnn: Not done", id="in one line"),
        pytest.param("Done:\n\n1\n2", "1: Done\n2: Done", id="numbers, behind an empty line"),
        pytest.param("Done:\n1\nNot done:\n2", "1: Done\n2: Not done", id="two headings"),
        pytest.param("Done:\n1\n\nand Ann", "1: Done\n\nand Ann", id="an empty line ends it"),
        pytest.param("Hi Kim. Still open:\n1", "Hi Kim.\n1: Still open", id="behind another sentence"),
        pytest.param("Not done:", "Not done:", id="nothing under it"),
        pytest.param("Not done:\n ", "Not done:\n ", id="nothing but spaces under it"),
        pytest.param("I did it, here are my notes:\n- 4", "I did it, here are my notes:\n- 4", id="notes"),
        pytest.param("Done the slides' colours:\n- 4", "Done the slides' colours:\n- 4", id="a thing's own"),
        pytest.param("Marta done:\n- 4", "Marta done:\n- 4", id="a promise's own"),
        pytest.param("Next:\n- 4", "Next:\n- 4", id="another heading"),
        pytest.param(
            "So I have still done none of this:\n1", "So I have still done none of this:\n1", id="of 8 words"
        ),
        pytest.param(
            "I have still done none of this:\n1", "1: I have still done none of this", id="of 7 words"
        ),
        pytest.param("✅:\n1\n❌ :\n2", "1: ✅\n2: ❌", id="a sign alone"),
        pytest.param("\n \n1\n\n2", "\n \n1\n\n2", id="no heading at all"),
        pytest.param(
            "Done:\n1\n\n\nNot done:\n\n2", "1: Done\n\n\n2: Not done", id="empty lines between two"
        ),
    ],
)
def test_tells_each_item_what_its_heading_says(text: str, told: str) -> None:
    assert told_each(text, CUTTER) == told


@pytest.mark.parametrize(
    ("heading", "is_taken_back"),
    [
        ("Not done:", True),
        ("What I didn't get to:", True),
        ("We talked, but not about:", True),
        ("Nothing about the zebra:", True),
        ("No plans for Zed:", True),
        ("Plans for Zed:", False),
        ("To do:", False),
        ("We agreed on:", False),
        ("Not done", False),
    ],
)
def test_takes_nothing_for_promised_under_what_was_not_done(heading: str, *, is_taken_back: bool) -> None:
    lines = [heading, "- write the plan", "- call Ann", "", "Write to Bo"]
    told = taken_back(lines, CUTTER)
    assert [line for line, is_back in told if is_back] == (lines[1:3] if is_taken_back else [])
    assert ("Write to Bo", False) in told


@pytest.mark.parametrize(
    ("language", "heading", "items"),
    [
        ("en", "Not done:", ("write the plan", "call Ann")),
        ("en", "Nothing of this happened:", ("write the plan", "call Ann")),
        ("en", "Done:", ("write the plan", "call Ann")),
        ("de", "noch offen:", ("Plan schreiben", "Ann anrufen")),
        ("fr", "pas fait :", ("écrire le plan", "appeler Ann")),
        ("es", "pendiente:", ("escribir el plan", "llamar a Ana")),
    ],
)
def test_promises_nothing_that_a_list_says_was_not_done(
    language: str, heading: str, items: tuple[str, str]
) -> None:
    one, other = items
    for text in (f"{heading} 1) {one} 2) {other}", f"{heading}\n- {one}\n- {other}"):
        read = understand(text, open_commitments=[], languages=[language], on=TODAY, asked=Asked.COMMITMENT)
        assert not read.promises
        assert read.unclear is Unclear.UNKNOWN


def test_says_of_each_promise_what_its_heading_says() -> None:
    text = "Done:\n- Marta for feedback\nNot done:\n- focus time on Thursdays"
    read = understand(text, open_commitments=OPEN, languages=["en"], on=TODAY)
    assert {n: str(outcome) for n, outcome in read.outcomes.items()} == {1: "kept", 2: "not yet"}
