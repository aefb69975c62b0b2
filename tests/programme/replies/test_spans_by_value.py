"""Days by the calendar: the spans and steps from a day, at the ends of weeks, months and years."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.spans import (
    PLAIN,
    SPANS,
    STEPS,
    When,
    calendar_week,
    day_of,
    last_of_month,
    middle,
    month_later,
)

THURSDAY = date(2026, 12, 31)


def _days(*days: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(
    ("unit", "steps", "first", "last"),
    [
        ("day", 0, "2026-12-31", "2026-12-31"),
        ("day", 1, "2027-01-01", "2027-01-01"),
        ("day", -1, "2026-12-30", "2026-12-30"),
        ("week", 0, "2026-12-28", "2027-01-01"),
        ("week", 1, "2027-01-04", "2027-01-08"),
        ("weekend", 0, "2027-01-02", "2027-01-03"),
        ("weekend", -1, "2026-12-26", "2026-12-27"),
        ("month", 0, "2026-12-01", "2026-12-31"),
        ("month", 2, "2027-02-01", "2027-02-28"),
        ("month", -1, "2026-11-01", "2026-11-30"),
        ("quarter", 0, "2026-10-01", "2026-12-31"),
        ("quarter", 1, "2027-01-01", "2027-03-31"),
        ("quarter", -1, "2026-07-01", "2026-09-30"),
        ("year", 0, "2026-01-01", "2026-12-31"),
        ("year", 1, "2027-01-01", "2027-12-31"),
    ],
)
def test_spans_a_number_of_units_from_a_day(unit: str, steps: int, first: str, last: str) -> None:
    assert SPANS[unit](THURSDAY, steps) == _days(first, last)


@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-28", "2026-03-31"])
def test_begins_the_first_quarter_on_new_year(day: str) -> None:
    assert SPANS["quarter"](date.fromisoformat(day), 0) == _days("2026-01-01", "2026-03-31")
    assert SPANS["quarter"](date(2026, 4, 1), 0) == _days("2026-04-01", "2026-06-30")


@pytest.mark.parametrize(
    ("unit", "steps", "day"),
    [
        ("day", 1, "2027-01-01"),
        ("week", 2, "2027-01-14"),
        ("month", 1, "2027-01-31"),
        ("month", 2, "2027-02-28"),
        ("month", -1, "2026-11-30"),
        ("year", 1, "2027-12-31"),
    ],
)
def test_steps_to_the_same_day_of_another_week_month_or_year(unit: str, steps: int, day: str) -> None:
    assert STEPS[unit](THURSDAY, steps) == date.fromisoformat(day)


def test_keeps_to_the_last_day_of_a_shorter_month() -> None:
    assert month_later(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert month_later(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert month_later(date(2026, 1, 15), 11) == date(2026, 12, 15)
    assert month_later(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert last_of_month(date(2028, 2, 1)) == date(2028, 2, 29)
    assert day_of(2026, 2, 29) is None
    assert day_of(2028, 2, 29) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("first", "last", "halfway"),
    [
        ("2026-02-01", "2026-02-28", "2026-02-15"),
        ("2026-12-01", "2026-12-31", "2026-12-15"),
        ("2026-12-01", "2026-12-22", "2026-12-15"),
        ("2026-12-01", "2026-12-21", "2026-12-11"),
        ("2026-12-07", "2026-12-11", "2026-12-09"),
        ("2026-12-28", "2027-01-01", "2026-12-30"),
        ("2026-10-01", "2026-12-31", "2026-11-15"),
        ("2026-01-01", "2027-01-31", "2026-07-17"),
        ("2026-12-05", "2026-12-06", "2026-12-05"),
    ],
)
def test_takes_the_15th_for_the_middle_of_a_month_and_else_the_day_halfway(
    first: str, last: str, halfway: str
) -> None:
    assert middle(*_days(first, last)) == date.fromisoformat(halfway)


@pytest.mark.parametrize(
    ("on", "number", "days"),
    [
        ("2026-03-05", 10, ("2026-03-02", "2026-03-06")),
        ("2026-03-06", 10, ("2026-03-02", "2026-03-06")),
        ("2026-03-07", 10, ("2027-03-08", "2027-03-12")),
        ("2026-03-05", 11, ("2026-03-09", "2026-03-13")),
        ("2026-03-05", 53, ("2026-12-28", "2027-01-01")),
        ("2027-01-01", 53, ("2026-12-28", "2027-01-01")),
        ("2027-01-02", 53, None),
        ("2027-01-01", 1, ("2027-01-04", "2027-01-08")),
        ("2026-03-05", 0, None),
        ("2026-03-05", 54, None),
    ],
)
def test_finds_the_next_week_of_a_number_that_is_not_over(
    on: str, number: int, days: tuple[str, str] | None
) -> None:
    assert calendar_week(date.fromisoformat(on), number) == (_days(*days) if days else None)


@pytest.mark.parametrize(
    ("said", "first", "last", "tense"),
    [
        ("today", "2026-12-31", "2026-12-31", ""),
        ("tomorrow", "2027-01-01", "2027-01-01", "future"),
        ("day_after", "2027-01-02", "2027-01-02", "future"),
        ("yesterday", "2026-12-30", "2026-12-30", "past"),
        ("day_before", "2026-12-29", "2026-12-29", "past"),
        ("weekend", "2027-01-02", "2027-01-03", ""),
        ("end_of_week", "2027-01-01", "2027-01-01", "future"),
        ("end_of_month", "2026-12-31", "2026-12-31", "future"),
        ("end_of_year", "2026-12-31", "2026-12-31", "future"),
        ("in_a_week", "2027-01-07", "2027-01-07", "future"),
        ("fortnight", "2027-01-14", "2027-01-14", "future"),
    ],
)
def test_knows_the_days_of_plain_words(said: str, first: str, last: str, tense: str) -> None:
    span, told = PLAIN[said]
    assert span
    assert (span(THURSDAY), told) == (_days(first, last), tense)


def test_knows_words_that_name_no_day() -> None:
    assert (PLAIN["before"], PLAIN["soon"]) == ((None, "past"), (None, "future"))
    assert When(start=0, end=1, said="every").is_recurring
    assert not When(start=0, end=1, said="by").is_recurring
