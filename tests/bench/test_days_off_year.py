"""A year in five countries with three leaves each: nothing falls on a day off, and nothing is lost through one."""

from __future__ import annotations

from days_off import figures, played


def test_keeps_a_year_s_days_off_free_and_asks_about_every_promise_in_time() -> None:
    told = figures(played())
    assert min(told["letters"], told["promises"], 2 * told["meetings"]) > 100
    assert {what: n for what, n in told.items() if what not in {"letters", "meetings", "promises"}} == {
        "letters on holidays and leave": 0,
        "meetings on holidays and leave": 0,
        "returns from leave to more than one letter": 0,
        "promises asked about late": 0,
    }
