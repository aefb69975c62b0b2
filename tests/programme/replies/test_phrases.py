"""Phrases as the files of words write them, and the texts in which they are found."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.distress import Distress, distress_in
from peerpact.programme.replies.phrases import Mark, Phrases, Writing, words_of

WRITING = Writing(
    {"anymore": "any more", "don't": "do not", "svp": "s' il vous plait"},
    {"they": frozenset({"he", "she", "dana"})},
)


def found(phrase: str, text: str) -> list[str]:
    """Return what of a text is the phrase, from left to right."""
    phrases = Phrases()
    phrases.add(phrase, "it", None, WRITING)
    words = words_of(text, WRITING.spelling)
    return [" ".join(words[mark.start : mark.end]) for mark in phrases.in_order(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("done", "all done", ["done"]),
        ("done", "DÖNE", ["done"]),
        ("done", "donee", []),
        ("a|b c|d", "a c, b d, a b c d", ["a c", "b d", "b c"]),
        ("{a b|c} d", "a b d, c d, a d, b d", ["a b d", "c d"]),
        ("(a) b", "a b, b", ["a b", "b"]),
        ("(a b|c) d", "a b d, c d, d, a d", ["a b d", "c d", "d", "d"]),
        ("(a|b) c", "a c b c c", ["a c", "b c", "c"]),
        ("a … b", "a b, a x b, a x x x b, a x x x x b", ["a b", "a x b", "a x x x b"]),
        ("a … b", "a, b", []),
        ("a … b", "a x", []),
        ("a.", "a b, a", ["a"]),
        ("<they> left", "he left, dana left, you left", ["he left", "dana left"]),
        ("<they>|you left", "he left, you left", ["he left", "you left"]),
        ("harass*", "harassed by, rehearse", ["harassed"]),
        ("*ieren", "probieren und ieren und xieren", ["probieren"]),
        ("a harass*", "a harassing b", ["a harassing"]),
        ("done.", "done. done, done it, done", ["done", "done", "done"]),
        ("any longer|anymore", "any longer, anymore", ["any longer"]),
        (
            "not longer|anymore",
            "not longer, not anymore, not any more, not any",
            ["not longer", "not any more", "not any more"],
        ),
        ("not (longer|anymore) now", "not now, not anymore now", ["not now", "not any more now"]),
        ("peux|d'ici", "d'ici", ["d' ici"]),
        ("aide svp", "aide s'il vous plaît", ["aide s' il vous plait"]),
        ("soooo", "so soooo", ["so", "so"]),
        ("so", "so soooo", ["so", "so"]),
        ("don't", "don't, do not, don’t", ["do not", "do not", "do not"]),
        ("für", "fuer, für, fur", ["fuer", "fur", "fur"]),
        ("selbstverletzung*", "selbstverletzungen", ["selbstverletzungen"]),
    ],
)
def test_is_found_where_a_reader_would_find_it(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize("word", ["harass", "harassed"])
def test_finds_a_beginning_once(word: str) -> None:
    phrases = Phrases()
    phrases.add("harass*", "it", None, WRITING)
    assert phrases.at([word], 0) == phrases.each([word]) == [Mark(0, 1, "it")]


def test_takes_the_longest_and_all_that_are_as_long() -> None:
    phrases = Phrases()
    for text, value in (("not", 1), ("not yet", 2), ("not|never yet", 3), ("yet", 4)):
        phrases.add(text, "it", value, WRITING)
    words = ["not", "yet"]
    assert phrases.at(words, 0) == [Mark(0, 2, "it", 2), Mark(0, 2, "it", 3)]
    assert phrases.in_order(words) == phrases.at(words, 0)
    assert phrases.everywhere(words) == [*phrases.at(words, 0), Mark(1, 2, "it", 4)]
    assert sorted(m.value for m in phrases.each(words)) == [1, 2, 3, 4]
    assert (
        phrases.begins(words),
        phrases.begins(["yet", "not"]),
        phrases.begins(["x"]),
        phrases.begins([]),
    ) == (
        2,
        1,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alles ist sinnlos.", Distress.SURE),
        ("Ich wurde eingeschüchtert und bedroht.", Distress.SURE),
        ("He is waiting outside my home.", Distress.SURE),
        ("Es lief wie ein Uhrwerk.", Distress.NONE),
        ("Il me parle comme un ami.", Distress.NONE),
        ("Ich komme heute nicht mehr ins Büro.", Distress.NONE),
    ],
)
def test_hears_distress_by_whole_choices(text: str, expected: Distress) -> None:
    """Each of these was missed, or heard, because a choice ended at its first space."""
    assert distress_in(text) is expected


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_reads_the_hyphens_of_word_processors_as_the_one_on_the_keyboard(hyphen: str) -> None:
    assert words_of(f"follow{hyphen}up") == ["follow", "up"]
    assert words_of(f"9{hyphen}20") == ["9", "-", "20"]


def test_holds_what_phrases_have_in_common_once() -> None:
    """Of all languages there were 49,000 places, of 14,000 sorts, in every process that reads a mail."""
    phrases = Phrases()
    phrases.add("not (really) done", "it", None, WRITING)
    phrases.add("done (really) not", "it", None, WRITING)
    one, other = (phrases._exact[word][0].slots for word in ("not", "done"))
    assert len({*map(id, (*one, *other))}) == 3
