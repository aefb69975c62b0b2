"""The average of one number and the share who gave it: of five people and more, and never what all said alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import address, at, on
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.figures.overview import Row
from peerpact.programme.figures.pulse import pulse_figures

MARCH = on("2026-03-01")


def letter(number: int | None, who: str, sent: str = "2026-03-10", pairing: str = "steady") -> LetterRecord:
    record = planned("turn", f"turn:{pairing}:{who}", address(who), at=at(sent), pairing=pairing)
    return replace(record, number=number, state=LetterState.SENT, sent=at(sent))


def figures(numbers: Sequence[int | None], *more: LetterRecord) -> Row:
    people = [letter(n, chr(ord("a") + i)) for i, n in enumerate(numbers)]
    return pulse_figures([*people, *more], {"steady"}, MARCH)


@pytest.mark.parametrize(
    ("numbers", "worth", "share"),
    [
        ([], None, None),
        ([4, 5, 3, 4], None, None),
        ([4, 5, 3, 4, 0], None, 0.8),
        ([4, 5, 3, 4, 4], None, 0.8),
        ([4, 5, 3, 4, 4, 0], 4.0, 0.8333),
        ([4, 5, 3, 4, 4, 4], 4.0, 0.8333),
        ([0, 0, 0, 0, 0], None, 0.2),
        ([4, 5, 3, 4, 4, 0, 0, 0], 4.0, 0.625),
        ([5, 5, 5, 5, 5, 0], 4.8, 0.8333),
        ([1, 1, 1, 1, 1, 0], 1.2, 0.8333),
        ([None, 4, 5, 3, 4, 4, 0], 4.0, 0.8333),
    ],
)
def test_tells_only_of_five_and_more(
    numbers: list[int | None], worth: float | None, share: float | None
) -> None:
    assert figures(numbers) == {"worth": worth, "worth_answered": share}


def test_counts_the_months_own_letters_of_pairings_that_stayed_as_they_were() -> None:
    others = [
        letter(1, "x", "2026-02-28"),
        letter(1, "y", "2026-04-01"),
        letter(1, "z", pairing="changed"),
        replace(letter(1, "w"), state=LetterState.DRAFTED),
    ]
    assert figures([4, 5, 3, 4, 4, 0], *others) == figures([4, 5, 3, 4, 4, 0])


@given(st.integers(1, 5), st.integers(6, 30))
def test_says_of_no_number_that_all_gave_it(number: int, many: int) -> None:
    worth = figures([number] * min(many, 26))["worth"]
    assert worth is not None
    assert 1 <= worth <= 5
