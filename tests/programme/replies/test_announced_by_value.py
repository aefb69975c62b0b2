"""What follows words that announce it, as "Next: ask Tom": read in a language of a few words. By value."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.announced import behind_label, behind_words
from peerpact.programme.replies.answer_words import words_from

WORDS = words_from(
    "xx",
    {
        "sentences": {
            "next": ["next (step)", "what I will now do first", "a b c d e f g"],
            "talk": ["I want to"],
        }
    },
)
BARE = words_from("yy", {})


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("Next: ask Tom", "ask Tom"),
        ("next step:  ask Tom: today ", "ask Tom: today"),
        ("- Next: ask Tom", "ask Tom"),
        ("Next - ask Tom", "ask Tom"),
        ("Next-ask Tom", None),
        ("Next ask Tom", None),
        ("Next:", None),
        ("Next - ", None),
        ("Then: ask Tom", None),
        ("Next week: ask Tom", None),
        (": ask Tom", None),
        ("What I will now do first: ask Tom", "ask Tom"),
        ("a b c d e f g: ask Tom", None),  # seven words are no label
    ],
)
def test_reads_what_a_label_announces(line: str, behind: str | None) -> None:
    assert behind_label(line, "next", (BARE, WORDS)) == behind


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("I want to talk about pay", "talk about pay"),
        ("I want to  talk,  please!", "talk, please!"),
        ("I want to", None),
        ("I want", None),
        ("Pay is what I want to know", None),
        ("", None),
    ],
)
def test_reads_what_follows_words_that_lead_to_it(line: str, behind: str | None) -> None:
    assert behind_words(line, "talk", (BARE, WORDS)) == behind


def test_reads_behind_a_single_word_too() -> None:
    assert behind_words("Next ask Tom", "next", (WORDS,)) == "ask Tom"
