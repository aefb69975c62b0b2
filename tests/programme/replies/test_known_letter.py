"""A letter of ours known again in what somebody quotes: lines of a mail, and which of them are surely the letter's."""

from __future__ import annotations

import pytest

from peerpact.letters import our_sentences
from peerpact.programme.replies.known_letter import LetterKnown, letters_of

PROMISED, ASKED = "You promised to read the guide by Friday.", "How did it go with your team this week?"
LINKED = "More: https://example.com/help?x=1 for ideas"
LETTER = f"Hi Ada,\n{PROMISED}\n1 done\n{ASKED}\n{LINKED}\nKind regards"
LEFT_OUT = "promised to read the guide by Friday did it go with your team"
"""Words of the letter, in pieces of four and more, of which no line is made."""
LONG = "one two three four five six seven eight nine"
AGAIN = "\n".join(f"{PROMISED}\n{number} piece" for number in range(1, 6))


def found(body: str, *lines: str, way: int = 0) -> set[int]:
    return LetterKnown.both_ways(body)[way].lines_in(lines)


@pytest.mark.parametrize(
    ("lines", "ours"),
    [
        ((PROMISED,), {0}),
        (("> " + PROMISED.upper(),), {0}),
        (("Thanks!", PROMISED), {1}),
        (("You promised to read", "the guide by Friday."), {0, 1}),
        (("You promised to read", "", "the guide by Friday."), set()),
        (("You promised to read", "the guide by Monday."), set()),
        (("1 done",), set()),
        ((PROMISED, "1 done"), {0, 1}),
        ((PROMISED, "", "1 done"), {0, 1, 2}),
        ((PROMISED, "1 done", "well"), {0, 1}),
        ((PROMISED, "1 do"), {0}),
        ((PROMISED, "1 done well"), {0}),
        ((PROMISED, "2 done", "1 done"), {0}),
        (("1 done", ASKED), {0, 1}),
        (("1 done", "", ASKED), {0, 1, 2}),
        (("done", ASKED), {1}),
        (("1 done", "well", ASKED), {2}),
        (("Hi Ada,", PROMISED), {0, 1}),
        ((PROMISED, "1 do", "ne", ASKED), {0, 1, 2, 3}),
        ((PROMISED, "1 do", "it", ASKED), {0, 3}),
        (("How did it go with your",), {0}),
        (("How did it go with you",), set()),
        ((LEFT_OUT,), {0}),
        ((LEFT_OUT, "1 done"), {0}),
        (("1 done", LEFT_OUT), {1}),
        (("promised to read the did it go with",), {0}),
        (("promised to read did it go",), set()),
        (("read the guide by it go with",), set()),
        ((f"{LEFT_OUT} truly",), {0}),
        (("promised to read the guide did it go with truly",), {0}),
        ((f"{LEFT_OUT} truly well",), set()),
    ],
)
def test_tells_the_lines_that_are_surely_the_letter_s(lines: tuple[str, ...], ours: set[int]) -> None:
    assert found(LETTER, *lines) == ours


@pytest.mark.parametrize(("number", "ours"), [(1, {0, 1}), (4, {0, 1}), (5, {0})])
def test_follows_a_line_that_comes_again_and_again_from_four_places(number: int, ours: set[int]) -> None:
    assert found(AGAIN, PROMISED, f"{number} piece") == ours


@pytest.mark.parametrize(("pieces", "ours"), [(8, set(range(8))), (9, set())])
def test_puts_a_line_together_from_eight_pieces_at_most(pieces: int, ours: set[int]) -> None:
    words = LONG.split()[:pieces]
    assert found(" ".join(words), *words) == ours


def test_follows_no_line_from_a_place_that_it_does_not_have() -> None:
    before = "x" * (len(letters_of(LEFT_OUT)) - 1)
    assert found(f"{before}\nyes\n{LETTER}", LEFT_OUT, "yes") == {0}


def test_puts_together_no_line_of_fewer_letters_than_one_alone_needs() -> None:
    assert found("How did it go with your", "How did it go", "with your") == {0, 1}
    assert found("How did it go with you", "How did it go", "with you") == set()


def test_knows_links_left_out_and_spelt_out() -> None:
    torn = ("More: https://example.com/", "help?x=1 for ideas")
    assert len(LetterKnown.both_ways(LETTER)) == 2
    assert len(LetterKnown.both_ways(PROMISED)) == 1
    assert (found(LETTER, *torn), found(LETTER, *torn, way=1)) == (set(), {0, 1})
    assert found("How did it go this week?", "How did it go <https://safe.example> this week?") == {0}
    assert found(LETTER, ASKED, "More: <https://safe.example/?u=1> for ideas") == {0, 1}


def test_compares_by_letters_and_digits_alone() -> None:
    assert letters_of("Ein ＷORT, 2-mal!") == "einwort2mal"
    assert letters_of("see https://example.com/a now") == "seenow"
    assert letters_of("see https://example.com/a now", with_links=True) == "seehttpsexamplecomanow"
    assert letters_of("see [cid:logo@1] now") == "seenow"


def test_knows_our_sentences_in_all_languages_to_the_last_one() -> None:
    sentences = our_sentences()
    [known] = LetterKnown.both_ways("\n".join(sentences))
    assert known.letters.endswith(letters_of(sentences[-1]))
