"""A sample of the quarters that ``make quarter-test`` plays."""

from __future__ import annotations

from quarter import Quarter

from cast import Cast

SEEDS = (2, 96, 112)
"""In the last two a meeting was booked while the last one of their own series went on."""


def test_keeps_calendars_right_whatever_six_people_do_with_their_meetings(founded: Cast) -> None:
    quarter = Quarter(founded)
    played = {seed: quarter.play(seed) for seed in SEEDS}
    assert {seed: p.wrong for seed, p in played.items() if p.wrong} == {}
    assert all(p.moves <= 1 and p.looks == p.ahead + p.excused for p in played.values())
    assert max(p.moves for p in played.values()) == 1
