"""Rounds by the calendar, and pairings' names."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.pairings import Pairing, Round, add_months, pairing_id, review_is_over, round_on
from peerpact.programme.settings import Settings

FIRST = date(2026, 1, 31)
SETTINGS = Settings(first_round=FIRST, round_months=1)


def test_has_no_round_before_the_first_or_without_one() -> None:
    assert round_on(FIRST - timedelta(days=1), SETTINGS) is None
    assert round_on(FIRST, Settings()) is None


def test_opens_rounds_on_the_same_day_of_the_month_or_the_last() -> None:
    assert round_on(date(2026, 2, 27), SETTINGS) == Round(number=1, opens=FIRST, ends=date(2026, 2, 28))
    assert round_on(date(2026, 2, 28), SETTINGS) == Round(
        number=2, opens=date(2026, 2, 28), ends=date(2026, 3, 31)
    )


@given(st.dates(date(2026, 1, 31), date(2040, 1, 1)), st.integers(1, 12))
def test_puts_every_day_into_exactly_one_round(day: date, months: int) -> None:
    found = round_on(day, Settings(first_round=FIRST, round_months=months))
    assert found is not None
    assert found.opens <= day < found.ends


def test_adds_months_up_to_the_last_day() -> None:
    assert add_months(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_names_the_same_people_in_a_round_the_same_way() -> None:
    assert pairing_id(2, ("b@x.co", "a@x.co")) == pairing_id(2, ("a@x.co", "b@x.co"))
    assert pairing_id(3, ("a@x.co", "b@x.co")) != pairing_id(2, ("a@x.co", "b@x.co"))


def test_ends_the_review_after_the_days_in_settings() -> None:
    pairing = Pairing(id="p", round=1, people=("a@x.co", "b@x.co"), proposed_on=FIRST)
    assert not review_is_over(pairing, FIRST + timedelta(days=2), SETTINGS)
    assert review_is_over(pairing, FIRST + timedelta(days=3), SETTINGS)
