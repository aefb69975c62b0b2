"""How somebody's text is made harmless before anything reads it. By value."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.clean_text import MOST_CHARACTERS, cleaned, cleaned_line


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\u00a0b\u1680c\u2000d\u200ae\u202ff\u205fg", "a b c d e f g"),
        ("a\u200bb\u202ec\x00d", "abcd"),
    ],
)
def test_leaves_plain_line_ends_and_spaces_and_nothing_unseen(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_reads_sixty_thousand_characters() -> None:
    assert MOST_CHARACTERS == 60_000
    assert cleaned("x" * 60_000 + "y") == "x" * 60_000


def test_looks_for_them_in_twice_as_many_and_no_further() -> None:
    unseen = "\u200b"
    assert cleaned(unseen * 60_000 + "x" * 60_000 + "y") == "x" * 60_000
    assert cleaned(unseen * 119_999 + "xy") == "x"


def test_makes_one_line_of_a_thousand_characters() -> None:
    assert cleaned_line("  Re:\r\n Hello\t there ") == "Re: Hello there"
    assert cleaned_line("x" * 1000 + "y") == "x" * 1000
