"""Until when something is promised, and from when until when somebody is away: each rule by a few words."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.said_days import due_in, is_earliest, pause_in
from peerpact.programme.replies.spans import When

ENGLISH = answer_words("en")
MONDAY = date(2026, 1, 12)


def _words(text: str) -> list[str]:
    return words_of(text, ENGLISH.writing.spelling)


def _due(text: str, on: date = MONDAY) -> str:
    return str(due_in(_words(text), ENGLISH, on) or "")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I call by 16 January", "2026-01-16"),
        ("I call on Friday", "2026-01-16"),
        ("I call from Friday", "2026-01-16"),
        ("I call in February", "2026-02-28"),
        ("I call next month", "2026-02-28"),
        ("I call in two weeks", "2026-01-26"),
        ("I have called since Friday", ""),
        ("I call every Friday", ""),
        ("I did it on Friday last week", ""),
        ("by 15 January, in March", "2026-01-15"),
        ("in March by 15 January", "2026-01-15"),
        ("by Friday, not Thursday", "2026-01-16"),
        ("on Friday instead of Thursday", "2026-01-16"),
        ("by end of day on 29 January", "2026-01-29"),
        ("by end of day", "2026-01-12"),
        ("by the weekend", "2026-01-16"),
        ("on the weekend", "2026-01-18"),
    ],
)
def test_takes_the_last_day_to_come_and_rather_one_with_by(text: str, day: str) -> None:
    assert _due(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I call by February", ""),
        ("I call until February", ""),
        ("I call by February and on Friday", ""),
        ("I call early next week", ""),
        ("I call by early next week", "2026-01-19"),
        ("starting today I call", ""),
        ("starting Friday I call", "2026-01-16"),
        ("I call during next week", "2026-01-23"),
        ("I call within next month", "2026-02-28"),
        ("the day after tomorrow so 15 January", ""),
        ("the day after tomorrow so see 15 January", "2026-01-15"),
        ("on Friday, not Thursday", "2026-01-16"),
        ("on Friday rather than Thursday", "2026-01-16"),
        ("on 15 January, the second later", ""),
        ("by 15 January and later, the second", ""),
        ("report from January", ""),
        ("see January report", ""),
        ("a week I call", "2026-01-19"),
        ("I call a week", ""),
        ("I call for the next week", ""),
        ("I call for the next month", ""),
        ("I call for next week", ""),
        ("I call not before 16 January", ""),
        ("I call not until 16 January", ""),
        ("I call on 16 January at the earliest", ""),
        ("I write up what we said on Monday", ""),
        ("On Monday I write up what we said", "2026-01-19"),
        ("I write up what we said by Monday", "2026-01-19"),
        ("the first by 15 January, the second later", "2026-01-15"),
        ("the first by 15 January or later, the second", ""),
        ("Monday or Tuesday", ""),
        ("on the 15 or 16", ""),
        ("two days before Friday", "2026-01-14"),
        ("two days before the audit", ""),
        ("the day after tomorrow, 15 January", ""),
        ("the day after tomorrow, 14 January", "2026-01-14"),
        ("in two weeks, on 26 January", "2026-01-26"),
        ("in two weeks on 27 January", ""),
        ("for two weeks on 27 January", "2026-01-27"),
        ("ten push ups a day", ""),
        ("I call in a day", "2026-01-13"),
        ("prepare the Monday meeting", ""),
        ("prepare on the Monday", "2026-01-19"),
        ("the report from January", ""),
        ("January", "2026-01-31"),
    ],
)
def test_takes_no_day_that_could_be_another(text: str, day: str) -> None:
    assert _due(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("next week I call by Friday", "2026-01-23"),
        ("by next week I call on Friday", "2026-01-23"),
        ("next month I call by the 15th", "2026-02-15"),
    ],
)
def test_takes_a_day_inside_the_week_or_month_that_was_named(text: str, day: str) -> None:
    assert _due(text) == day


@pytest.mark.parametrize(
    ("text", "on", "day"),
    [
        ("on 2 March", date(2026, 6, 12), "2027-03-02"),
        ("by 2 March", date(2026, 6, 12), "2027-03-02"),
        ("on 2 March", date(2026, 5, 1), "2027-03-02"),
        ("on 2 March", date(2026, 4, 30), ""),
        ("on 2 March 2026", date(2026, 6, 12), ""),
        ("2 March", date(2026, 6, 12), ""),
    ],
)
def test_takes_a_day_of_60_days_ago_for_the_next_year_s(text: str, on: date, day: str) -> None:
    assert _due(text, on) == day


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("until 16 January", "", "2026-01-16"),
        ("until 16 January and until 20 January", "", "2026-01-20"),
        ("back on 16 January", "", "2026-01-16"),
        ("until February", "", "2026-02-01"),
        ("until next week", "", "2026-01-19"),
        ("until end of January", "", "2026-02-01"),
        ("back in February", "", "2026-02-01"),
        ("not before 19 January", "", "2026-01-19"),
        ("from 19 January until 30 January", "2026-01-19", "2026-01-30"),
        ("from 30 January until 19 January", "2026-01-30", ""),
        ("19 to 30 January", "2026-01-19", "2026-01-30"),
        ("from 19 January", "2026-01-19", ""),
        ("since 5 January until 19 January", "", "2026-01-19"),
        ("every Friday until 30 January", "", "2026-01-30"),
        ("until Monday or Tuesday", "", ""),
        ("until about Friday", "", ""),
        ("until yesterday", "", ""),
        ("last week", "", ""),
    ],
)
def test_ends_a_pause_on_the_first_day_back(text: str, first: str, end: str) -> None:
    days = pause_in(_words(text), ENGLISH, MONDAY)
    assert tuple(str(day or "") for day in days) == (first, end)


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("this week", "2026-01-12", "2026-01-19"),
        ("next week", "2026-01-19", "2026-01-26"),
        ("in February", "2026-02-01", "2026-03-01"),
        ("for February", "2026-02-01", "2026-03-01"),
        ("for a week", "", "2026-01-19"),
        ("two weeks", "", "2026-01-26"),
        ("for two weeks from 19 January", "2026-01-19", "2026-02-02"),
        ("from 19 January for two weeks", "2026-01-19", "2026-02-02"),
        ("from 12 January for two weeks", "2026-01-12", "2026-01-26"),
        ("for two weeks from 5 January", "", "2026-01-26"),
        ("for next week", "", ""),
        ("for the next month", "", ""),
    ],
)
def test_counts_a_pause_from_its_first_day_and_names_it_by_a_week_or_month(
    text: str, first: str, end: str
) -> None:
    days = pause_in(_words(text), ENGLISH, MONDAY)
    assert tuple(str(day or "") for day in days) == (first, end)


@pytest.mark.parametrize(
    ("text", "on", "first", "end"),
    [
        ("from 19 January, back on 19 January", MONDAY, "2026-01-19", ""),
        ("from 19 January, back on 20 January", MONDAY, "2026-01-19", "2026-01-20"),
        ("starting today for two weeks", MONDAY, "2026-01-12", "2026-01-26"),
        ("this week", date(2026, 1, 15), "2026-01-12", "2026-01-19"),
        ("this week", date(2026, 1, 16), "", ""),
        ("this month", date(2026, 1, 30), "2026-01-01", "2026-02-01"),
        ("this month", date(2026, 1, 31), "", ""),
    ],
)
def test_names_no_pause_that_ends_before_it_begins_or_is_over(
    text: str, on: date, first: str, end: str
) -> None:
    days = pause_in(_words(text), ENGLISH, on)
    assert tuple(str(day or "") for day in days) == (first, end)


@pytest.mark.parametrize(
    ("text", "start", "earliest"),
    [("not before Friday", 2, True), ("Friday at the earliest", 0, True), ("by Friday", 1, False)],
)
def test_knows_the_earliest_day(text: str, start: int, *, earliest: bool) -> None:
    assert is_earliest(When(start=start, end=start + 1), _words(text), ENGLISH) is earliest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("To have it by May, I call them", ""),
        ("To have it by May I call them", ""),
        ("To have it by May, I call on Monday", "2026-01-19"),
        ("I call not before 16 April", ""),
        ("I call not before xylo 16 April", "2026-04-16"),
    ],
)
def test_takes_no_day_of_a_purpose_and_none_before_which_nothing_is_done(text: str, day: str) -> None:
    assert _due(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("away until 15 May", "None 2026-05-15"),
        ("away until 15 May inclusive", "None 2026-05-16"),
        ("inclusive away until 15 May", "None 2026-05-15"),
        ("through 15 May", "None 2026-05-16"),
        ("from 5 May until 5 May", "2026-05-05 2026-05-05"),
        ("from 5 May until 4 May", "2026-05-05 None"),
        ("pause me for the next month", "None None"),
        ("pause me for xylo next month", "2026-02-01 2026-03-01"),
    ],
)
def test_ends_a_pause_on_the_day_that_is_said_or_behind_it(text: str, days: str) -> None:
    assert "{} {}".format(*pause_in(_words(text), ENGLISH, MONDAY)) == days
