"""A year in five countries with three leaves each: nothing falls on a day off, and nothing is lost through one."""

from __future__ import annotations

import pytest
from days_off import figures, played


@pytest.mark.parametrize("by_calendar", [False, True])
def test_keeps_a_year_s_days_off_free_and_asks_about_every_promise_in_time(by_calendar: bool) -> None:
    told = figures(played(by_calendar=by_calendar))
    assert min(told["letters"], told["promises"], 2 * told["meetings"]) > 100
    assert {what: n for what, n in told.items() if what not in {"letters", "meetings", "promises"}} == {
        "letters on holidays and leave": 0,
        "meetings on holidays and leave": 0,
        "returns from leave to more than one letter": 0,
        "promises asked about late": 0,
    }
