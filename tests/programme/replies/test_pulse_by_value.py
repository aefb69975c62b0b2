"""The answer to "how was it, from 1 to 5", and what a line says besides. By value."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.pulse import number_in

ENGLISH = answer_words("en")


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("1", 1, ""),
        ("5", 5, ""),
        ("It was a 4", 4, ""),
        ("These weeks were a 4", 4, ""),
        ("of these weeks: 4", 4, ""),
        ("a 4 these weeks", 4, ""),
        ("four!", 4, ""),
        ("a four", None, "a four"),  # words beside it: it may count something
        ("four five", None, "four five"),
        ("good", None, "good"),
        ("0", None, "0"),
        ("6", None, "6"),
        ("14", None, "14"),
        ("4/5", 4, ""),
        ("4 / 5, it was good", 4, "it was good"),
        ("It was 4/5 for me", 4, ""),
        ("4/5, 3 times", 4, "3 times"),
        ("I say 4/5, 3 times", None, "I say 4, 3 times"),
        ("4/50", None, "4/50"),
        ("5 out of 5", 5, ""),
        ("4 of 5", 4, ""),
        ("3 out of 4", None, "3 out of 4"),
        ("3 or 5", None, "3 or 5"),
        ("5 5", None, "5 5"),
        ("1 out of 5 or 2", None, "1 out of 5 or 2"),
        ("1-2", None, "1-2"),
        ("4.5", None, "4.5"),
        ("4,5", None, "4,5"),
        ("4: good talk", 4, "good talk"),
        ("4, with 2 friends", None, "4, with 2 friends"),  # which of the two is the answer?
        ("4 times", None, "4 times"),
        ("we met 2 weeks ago", None, "we met 2 weeks ago"),
        ("⭐⭐⭐⭐⭐", 5, ""),
        ("★", 1, ""),
        ("★★★★★★", None, "★★★★★★"),
        ("⭐⭐⭐ 4", 4, ""),
        ("~", None, "~"),
        ("", None, ""),
    ],
)
def test_takes_a_number_that_stands_for_itself(line: str, number: int | None, rest: str) -> None:
    assert number_in(line, ENGLISH) == (number, rest)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("2", 2),
        ("4!", 4),
        ("4/5", 4),
        ("It was a 4", 4),
        ("These weeks were a 4", None),  # five words may say what became of one
        ("2 done", None),
        ("2 asked", None),
        ("2 started", None),
        ("2 yes", None),
        ("2 no", None),
        ("2 not", None),
        ("2 nothing", None),
        ("2 fine", None),
        ("2 nein", None),  # in any language that is read
        ("4: good talk", 4),
        ("4: good talk it was", None),
    ],
)
def test_leaves_a_number_that_may_be_of_a_promise(line: str, number: int | None) -> None:
    assert number_in(line, ENGLISH, bare=True) == (number, "" if number else line)
