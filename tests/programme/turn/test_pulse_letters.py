"""The number is asked for once in the midst of a round, in a letter that is due anyway."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_value import address, at, on, pairing
from peerpact.programme.correspondence import planned
from peerpact.programme.follow_ups.due import DueLetter, Kind
from peerpact.programme.turn.pulse import is_pulse

PAIR = pairing("ab", id="ab")
"""Approved on 4 January."""
MONTHLY = DueLetter(kind=Kind.FOLLOW_UP, person=address("a"), pairing=PAIR, due=on("2026-02-03"), number=1)


@pytest.mark.parametrize(("day", "asks"), [("2026-01-30", False), ("2026-01-31", True), ("2026-03-20", True)])
def test_asks_from_three_days_before_the_thirtieth_on(day: str, asks: bool) -> None:
    assert is_pulse(MONTHLY, [], on(day)) == asks


def test_asks_once_in_a_round() -> None:
    def before(number: int | None, pair: str = "ab", who: str = "a") -> bool:
        letter = planned("follow-up", "k", address(who), at=at("2026-02-03"), pairing=pair)
        return is_pulse(MONTHLY, [replace(letter, number=number)], on("2026-03-03"))

    assert [before(None), before(0), before(4)] == [True, False, False]
    assert before(4, pair="cd")
    assert before(4, who="b")


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.FOLLOW_UP])
def test_asks_in_no_other_letter(kind: Kind) -> None:
    assert not is_pulse(replace(MONTHLY, kind=kind), [], on("2026-03-03"))


def test_leaves_the_quiet_in_peace_and_waits_for_approval() -> None:
    assert not is_pulse(replace(MONTHLY, is_short=True), [], on("2026-03-03"))
    assert not is_pulse(replace(MONTHLY, pairing=replace(PAIR, approved_on=None)), [], on("2026-03-03"))
