"""What preview and Problems say of days that were left out."""

from __future__ import annotations

from datetime import date

from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.meetings.left_out import left_out

CLOSED = DaysOff(company=(Absence(first=date(2026, 12, 24), last=date(2026, 12, 27), name="Closure"),))
AWAY = DaysOff(leave=(Absence(first=date(2026, 12, 25), last=date(2026, 12, 28)),))


def test_names_the_weekdays_on_which_one_of_them_is_off_and_of_leave_only_that() -> None:
    said = left_out([CLOSED, AWAY], date(2026, 12, 23), date(2026, 12, 30))
    assert said == "24 December (Closure), 25 December (Closure, leave), 28 December (leave)"


def test_says_nothing_where_nobody_is_off_and_counts_the_rest_of_many() -> None:
    assert left_out([CLOSED], date(2026, 12, 1), date(2026, 12, 23)) == ""
    long = DaysOff(leave=(Absence(first=date(2026, 3, 2), last=date(2026, 3, 13)),))
    assert left_out([long], date(2026, 3, 2), date(2026, 3, 13)).endswith("6 March (leave) and 5 more")
