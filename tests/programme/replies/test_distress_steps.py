"""What distress is judged by, step by step: shares of a language's words, whose name it is, and what work does."""

from __future__ import annotations

from collections import defaultdict

import pytest

from peerpact.programme.replies.distress import (
    Distress,
    _is_about_work,
    _languages,
    _plain_words,
    _share,
    distress_in,
)
from peerpact.programme.replies.phrases import Mark

LANGUAGES = {language.code: language for language in _languages()}


@pytest.mark.parametrize(
    ("text", "code", "share"),
    [
        ("the the xylo", "en", 2 / 3),
        ("the the xylo", "de", 0),
        ("the 12 xylo!", "en", 1 / 2),
        ("l'ami xylo de", "fr", 2 / 4),
        ("12!", "en", 0),
    ],
)
def test_tells_which_share_of_the_words_a_language_knows(text: str, code: str, share: float) -> None:
    assert _share(text, LANGUAGES[code]) == share


@pytest.mark.parametrize(
    ("said", "people", "is_about_work"),
    [
        ("the deadline scares me", {}, True),
        ("so , the deadline scares me", {}, True),
        ("so the deadline scares me", {}, False),
        ("the boss scares me", {"they": 1}, True),
        ("the boss scares me", {"they": 0}, True),
        ("the deadline he set scares me", {"they": 2}, False),
        ("the deadline scares me , he says", {"they": 5}, True),
        ("the deadline of bob , scares me", {"person": 3}, False),
        ("the deadline scares my leg", {"body": 4}, False),
        ("the deadline scares women", {"group": 3}, False),
    ],
)
def test_tells_that_a_thing_of_work_does_it_and_nobody_beside_it(
    said: str, people: dict[str, int], is_about_work: bool
) -> None:
    words = said.split()
    at = words.index("the")
    marks = defaultdict(list, {"work": [Mark(at, at + 2, "work")]})
    for sort, place in people.items():
        marks[sort].append(Mark(place, place + 1, sort))
    assert _is_about_work(words, marks) is is_about_work


@pytest.mark.parametrize(
    ("text", "distress"),
    [
        ("I am terrified of Bob", Distress.SURE),
        ("I am terrified of Bo", Distress.NEAR),
        ("I am terrified of Bobby", Distress.SURE),
    ],
)
def test_takes_three_letters_for_a_name(text: str, distress: Distress) -> None:
    assert distress_in(text) is distress


@pytest.mark.parametrize(
    ("text", "distress"),
    [("She onboarded me", Distress.NONE), ("He hired me", Distress.NONE), ("He zapped me", Distress.NEAR)],
)
def test_takes_what_is_done_at_work_for_friendly(text: str, distress: Distress) -> None:
    assert distress_in(text) is distress


@pytest.mark.parametrize(("code", "word"), [("en", "onboard*"), ("de", "meinte"), ("fr", "il me reste")])
def test_knows_the_words_of_work_of_a_language(code: str, word: str) -> None:
    assert word in ", ".join(_plain_words(code)).split(", ")


def test_knows_no_words_of_work_of_a_language_without_any() -> None:
    assert _plain_words("xx") == []
