"""Whether "never with Bob" is a wish or a report, by the words around it: in a small language of our own."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.answer_words import AnswerWords, words_from
from peerpact.programme.replies.never_with import is_about_pairing
from peerpact.programme.replies.phrases import Mark, words_of

WORDS = words_from(
    "en",
    {
        "answers": {
            "did": ["talked"],
            "does": ["talk", "unpair"],
            "kept": ["done"],
            "begun": ["started"],
            "must": ["must"],
            "aux": ["would"],
            "praise": ["great"],
        },
        "sentences": {
            "pairs": ["pair", "let us talk", "unpair"],
            "polite": ["please", "would please", "s'il"],
            "leads": ["and"],
            "greetings": ["hello", "good morning"],
        },
    },
)
FEW = words_from("en", {})


def _is_wish(text: str, language: AnswerWords = WORDS, phrase: str = "never with bob") -> bool:
    words, said = words_of(text), words_of(phrase)
    start = next(at for at in range(len(words)) if words[at : at + len(said)] == said)
    return is_about_pairing(words, Mark(start, start + len(said), "wish"), language)


@pytest.mark.parametrize(
    "text",
    [
        "never with Bob",
        "never with Bob, thanks",
        "please never with Bob",
        "Please, never with Bob",
        "Good morning! And please: never with Bob",
        "s'il never with Bob",
    ],
)
def test_hears_a_wish_that_begins_its_sentence_behind_kind_words(text: str) -> None:
    assert _is_wish(text)


@pytest.mark.parametrize(
    "text",
    ["well never with Bob", "and well, never with Bob", "good never with Bob", "please so never with Bob"],
)
def test_hears_none_behind_other_words(text: str) -> None:
    assert not _is_wish(text)


def test_hears_none_behind_any_word_where_a_language_lists_no_kind_ones() -> None:
    assert _is_wish("never with Bob", FEW)
    assert not _is_wish("please never with Bob", FEW)


@pytest.mark.parametrize(
    ("text", "is_wish"),
    [
        ("never with Bob talked", False),
        ("never with Bob talk", False),
        ("never with Bob done", False),
        ("never with Bob started", False),
        ("never with Bob s' talked", False),
        ("never with Bob, talked", True),
        ("never with Bob great", True),
        ("never with Bob great, talked", True),
    ],
)
def test_takes_what_was_done_beside_it_for_a_report(text: str, *, is_wish: bool) -> None:
    assert _is_wish(text) is is_wish


@pytest.mark.parametrize(
    ("text", "is_wish"),
    [
        ("never with Bob would", False),
        ("never with Bob must", False),
        ("never with Bob great would", False),
        (", never with Bob would", False),
        ("would please never with Bob", True),
        ("never with Bob, would", True),
    ],
)
def test_takes_it_for_whoever_would_do_something_only_before_that_word(text: str, *, is_wish: bool) -> None:
    assert _is_wish(text) is is_wish


@pytest.mark.parametrize(
    ("text", "is_wish"),
    [
        ("so pair never with Bob", True),
        ("so pair s' never with Bob", True),
        ("never with Bob s' pair", True),
        ("so pair, never with Bob", False),
        ("so never with Bob pair would", True),
        ("pair never with Bob talked", False),
        ("talked pair never with Bob", False),
        ("Hello, pair never with Bob talked", False),
        ("pair never with Bob, talked", True),
        ("let us talk never with Bob", True),
    ],
)
def test_hears_a_wish_beside_a_word_of_pairing_unless_more_is_done_there(text: str, *, is_wish: bool) -> None:
    assert _is_wish(text) is is_wish


def test_lets_the_phrase_itself_name_what_is_done() -> None:
    assert _is_wish(", pair never talked with Bob", phrase="never talked with bob")
    assert _is_wish("Pair, unpair Bob", phrase="unpair")
    assert not _is_wish("never talked with Bob", phrase="never talked with bob")
