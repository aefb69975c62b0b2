"""Who is alone in a round's last days waits for the next one, and admins are told that nothing is to be done."""

from __future__ import annotations

import pytest

from by_value import address, pairing, people, seen
from peerpact.programme.pairing import LeftOver
from peerpact.programme.pairing.late import alone_late, without
from peerpact.programme.pairing.unpaired import unpaired
from peerpact.programme.pairings import round_on


@pytest.mark.parametrize(
    ("day", "alone"),
    [("2026-03-15", ""), ("2026-03-16", "ad"), ("2026-03-31", "ad")],
)
def test_leaves_in_the_last_days_who_has_nobody_of_a_pairing_with_them(day: str, alone: str) -> None:
    programme = seen(day, people("abcd"))
    current = round_on(programme.today, programme.settings)
    assert current
    left = alone_late(current, programme, people("abcd"), [pairing("ax"), pairing("bc")])
    assert [over.email for over in left] == [address(x) for x in alone]
    assert all(over.is_late for over in left)
    assert {str(p.remedy) for p in unpaired(programme, left)} <= {"Nothing is to be done."}


def test_leaves_out_who_waits_for_the_next_round() -> None:
    left = [LeftOver(email=address(x), reason="") for x in "bx"]
    assert without(people("abc"), left) == people("ac")
    assert without(people("abc"), []) == people("abc")
