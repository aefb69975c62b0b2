"""Where a sentence of several wishes is cut: each wish with its part of it. By value, in a language of five words."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.wishes_apart import Said, are_two, wishes_apart
from peerpact.programme.requests import Wish

WORDS = words_from("xx", {"dates": {"alternatives": ["or"], "joiners": ["and"]}})
PLACES = {
    "pause": Wish.PAUSE,
    "skip": Wish.SKIP,
    "data": Wish.MY_DATA,
    "forget": Wish.FORGET_ME,
    "other": Wish.ANOTHER_PARTNER,
    "weeks": Wish.EVERY_WEEKS,
    "met": Wish.MET,
    "unmet": Wish.NOT_MET,
}


def said(sentence: str, *, but_not: str = "") -> list[Said]:
    """Return each wish that a sentence names; "other_partner" is one of two words."""
    found, at = [], 0
    for word in sentence.split():
        name, _, more = word.partition("_")
        length = 2 if more else 1
        if name in PLACES:
            found.append(Said(length, PLACES[name], name == but_not, at, at + length))
        at += length
    return found


def apart(sentence: str) -> dict[str, str]:
    """Return by wish its part of the sentence."""
    words = sentence.replace("_", " ").split()
    found = wishes_apart(said(sentence), words, WORDS)
    return {one.wish.value: " ".join(words[start:end]) for one, (start, end) in found}


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        pytest.param("now pause me", {"pause": "now pause me"}, id="one wish has all of it"),
        pytest.param(
            "pause me and my data",
            {"pause": "pause me", "my data": "and my data"},
            id="and is between two wishes",
        ),
        pytest.param("pause me or my data", {"pause": "pause me", "my data": "or my data"}, id="or is, too"),
        pytest.param("pause , data", {"pause": "pause", "my data": ", data"}, id="a sign is, too"),
        pytest.param(
            "data now and pause me , please",
            {"my data": "data now", "pause": "and pause me , please"},
            id="in the order in which they come, by the first border between them",
        ),
        pytest.param(
            "pause , me and data", {"pause": "pause", "my data": ", me and data"}, id="the first of two"
        ),
        pytest.param(
            "well , pause and data",
            {"pause": "well , pause", "my data": "and data"},
            id="a sign before both is none between them",
        ),
        pytest.param("pause me data , now", {"pause": "pause me data , now"}, id="nor is one behind both"),
        pytest.param("pause data", {"pause": "pause data"}, id="nothing between: the first of two alike"),
        pytest.param("pause l' data", {"pause": "pause l' data"}, id="nor is a word cut at its apostrophe"),
        pytest.param("pause 3 data", {"pause": "pause 3 data"}, id="a number is no sign"),
        pytest.param(
            "pause other_partner",
            {"another partner": "pause other partner"},
            id="nothing between: the longer one of them",
        ),
        pytest.param(
            "other_partner forget",
            {"forget me": "other partner forget"},
            id="a strong one is more than a long one",
        ),
        pytest.param("pause and skip", {"skip a round": "pause and skip"}, id="of one subject they are one"),
        pytest.param(
            "pause and skip , data",
            {"skip a round": "pause and skip", "my data": ", data"},
            id="of each subject the strongest",
        ),
        pytest.param(
            "pause and data , weeks and other",
            {
                "pause": "pause",
                "my data": "and data",
                "every so many weeks": ", weeks",
                "another partner": "and other",
            },
            id="four subjects, four parts",
        ),
        pytest.param(
            "pause and data weeks", {"pause": "pause and data weeks"}, id="one border lacks: all is one"
        ),
        pytest.param(
            "unmet and pause , data",
            {"not met": "unmet and pause , data"},
            id="whether they met is all that is said",
        ),
        pytest.param("met and pause", {"met": "met and pause"}, id="met, and a wish"),
    ],
)
def test_gives_each_wish_its_part_of_the_sentence(sentence: str, parts: dict[str, str]) -> None:
    assert apart(sentence) == parts


def test_takes_no_word_of_a_wish_for_what_is_between() -> None:
    found = [Said(1, Wish.PAUSE, False, 0, 1), Said(2, Wish.MY_DATA, False, 1, 3)]
    assert wishes_apart(found, ["pause", "and", "data"], WORDS) == [(found[1], (0, 3))]


@pytest.mark.parametrize(
    ("sentence", "but_not", "two"),
    [
        ("pause and data", "", True),
        ("pause and pause", "", False),
        ("pause", "", False),
        ("pause and data", "data", False),
        ("pause and data", "pause", False),
    ],
)
def test_tells_two_wishes_of_which_none_is_denied(sentence: str, but_not: str, *, two: bool) -> None:
    assert are_two(said(sentence, but_not=but_not)) is two
