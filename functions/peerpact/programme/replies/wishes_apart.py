"""Several wishes in one sentence: "find me another partner and pause me until 5 May" are two, each in its own part."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.requests import Wish

ABOUT_MEETING = {Wish.MET, Wish.NOT_MET}
STRONGER = (Wish.NOT_MET, Wish.FORGET_ME, Wish.NEVER_WITH, Wish.SKIP)
"""What wins over a longer phrase of another wish: "delete all the data that you keep about me"."""
OWN = {Wish.PAUSE, Wish.STOP, Wish.SKIP}
_SUBJECTS = (
    OWN | {Wish.BACK},
    {Wish.ANOTHER_PARTNER, Wish.NEW_PARTNER, Wish.NEVER_WITH, Wish.STAY, Wish.WRONG_PERSON, Wish.NO_ANSWER},
    {Wish.EVERY_WEEKS, Wish.OWN_PLAN, Wish.MOVE_MEETING},
    {Wish.STATUS, Wish.MY_DATA, Wish.FORGET_ME},
)
"""Wishes of one subject are one in a sentence: "skip this round and pause me until June"."""


class Said(NamedTuple):
    """A wish in a sentence, between two places among its words."""

    length: int
    wish: Wish
    is_negated: bool
    start: int
    end: int


def are_two(found: Sequence[Said]) -> bool:
    """Tell of "skip this round and pause me": two wishes are hardly ever a promise."""
    return len({each.wish for each in found}) > 1 and not any(each.is_negated for each in found)


def wishes_apart(
    found: Sequence[Said], words: Sequence[str], language: AnswerWords
) -> list[tuple[Said, tuple[int, int]]]:
    """Return the wish of each subject with where its part of the sentence is: signs, "and" and "or" are between.

    Where nothing is between them, or one is whether the two met, the strongest is all that is said.
    """

    def strength(each: Said) -> tuple[bool, int]:
        return each.wish in STRONGER, each.length

    whole = [(max(found, key=strength), (0, len(words)))]
    of = [[each for each in found if each.wish in subject] for subject in _SUBJECTS]
    best = sorted((max(some, key=strength) for some in of if some), key=lambda each: each.start)
    joins = language.dates.alternatives | language.dates.joiners
    borders = [at for at, word in enumerate(words) if word in joins or not word[:1].isalnum()]
    between = [[b for b in borders if one.end <= b < other.start] for one, other in pairwise(best)]
    if len(best) < 2 or not all(between) or any(each.wish in ABOUT_MEETING for each in found):
        return whole
    places = [0, *(some[0] for some in between), len(words)]
    return list(zip(best, pairwise(places), strict=True))
