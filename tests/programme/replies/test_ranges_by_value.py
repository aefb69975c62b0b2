"""Two days that belong together, and what beside a day makes it another one: in a small language of our own.

A text has its days in brackets, as they were read; the one that is asked about in square ones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.ranges import are_alternatives, is_whole, leads_to_another, range_in
from peerpact.programme.replies.spans import When

WORDS = words_from(
    "en",
    {
        "dates": {
            "articles": ["the", "on"],
            "firm": ["by"],
            "weekdays": [["monday"], ["tuesday"], ["wednesday"], ["thursday"], ["friday"]],
            "counts": {"two": 2},
            "day_endings": ["th"],
            "alternatives": ["or"],
            "joiners": ["and"],
            "loose": ["about", "or so", "some time of"],
            "idle": ["all about"],
            "ago": ["ago"],
            "from_now": ["from now"],
            "a_week_later": ["in a week"],
            "day": ["days"],
            "week": ["week"],
            "until": ["until"],
            "between": ["between"],
            "end_of": ["end of"],
        }
    },
)


def _read(text: str, *days: dict[str, Any]) -> tuple[list[str], list[When], When | None]:
    """Return the words without brackets, the days between any of these, and the one between square ones."""
    words: list[str] = []
    found: list[When] = []
    asked, start = None, 0
    for word in words_of(text):
        if word in {"[", "{"}:
            start = len(words)
        elif word in {"]", "}"}:
            more = days[len(found)] if len(found) < len(days) else {"unit": "weekday"}
            found.append(When(start=start, end=len(words), **more))
            asked = found[-1] if word == "]" else asked
        else:
            words.append(word)
    return words, found, asked


def _is_whole(text: str, unit: str = "weekday") -> bool:
    words, found, asked = _read(text, *({"unit": unit},) * text.count("["))
    assert asked
    return is_whole(asked, found, words, WORDS)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("[Friday]", True),
        ("the [Friday]", True),
        ("see [Friday] see", True),
        ("see [week]", True),
        ("about [Friday]", False),
        ("about the [Friday]", False),
        ("about on the [Friday]", False),
        ("or so [Friday]", False),
        ("end of the [Friday]", False),
        ("some time of [Friday]", False),
        ("week [Friday]", False),
        ("ago [Friday]", True),
        ("about see [Friday]", True),
        ("all about [Friday]", True),
        ("about [by Friday]", True),
        ("{about} [Friday]", True),
        ("{about} the [Friday]", True),
        ("about {the} [Friday]", True),
    ],
)
def test_knows_what_before_a_day_moves_it(text: str, *, whole: bool) -> None:
    assert _is_whole(text) is whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("[Friday] the", True),
        ("[Friday] ago", False),
        ("[Friday] from now", False),
        ("[Friday] in a week", False),
        ("[Friday] week", False),
        ("[Friday] about", False),
        ("[Friday] the about", False),
        ("[Friday] on the about", False),
        ("[Friday] see about", True),
        ("[Friday] Monday", False),
        ("[Friday] {Monday}", True),
        ("[Friday] the {Monday}", True),
        ("[Friday] two days", False),
        ("[Friday] 2 days", False),
        ("[Friday] two talks", True),
        ("[Friday] 2 about", True),
        ("[Friday] two", True),
        ("[Friday] talks week", True),
    ],
)
def test_knows_what_behind_a_day_moves_it(text: str, *, whole: bool) -> None:
    assert _is_whole(text) is whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("[Friday] the 28", False),
        ("[Friday], the 28", False),
        ("[Friday] 28th", False),
        ("[Friday], 28th", False),
        ("[Friday] the 28th", False),
        ("[Friday] 28", True),
        ("[Friday], 28 talks", True),
        ("[Friday], talks the 28", True),
        ("[Friday], , 28th", True),
        ("[Friday] the 280", True),
        ("[Friday] the 8", False),
        ("[Friday] the talks", True),
        ("[Friday] talks th", True),
        ("[Friday] 28 talks th", True),
        ("[Friday see] the 28", True),
    ],
)
def test_takes_no_weekday_whose_number_was_not_read(text: str, *, whole: bool) -> None:
    assert _is_whole(text) is whole
    assert _is_whole(text, unit="day")


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("{Monday} or {Tuesday}", True),
        ("{Monday} or on {Tuesday}", True),
        ("{Monday} th or {Tuesday}", True),
        ("{Monday} or on the {Tuesday}", False),
        ("{Monday} and {Tuesday}", False),
        ("{Monday} {Tuesday}", False),
    ],
)
def test_knows_two_days_of_which_it_is_one(text: str, *, either: bool) -> None:
    words, (one, other), _ = _read(text)
    assert are_alternatives(one, other, words, WORDS) is either


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("15 or [16]", True),
        ("15 or the [16]", True),
        ("15 or on the [16]", True),
        ("15th or [16]", True),
        ("15. or [16]", True),
        ("15th. or [16]", True),
        ("talk or [16]", False),
        ("th or [16]", False),
        ("or [16]", False),
        ("the [16]", False),
        ("15 and [16]", False),
        ("15 or talk [16]", False),
        ("[15] or 16", True),
        ("[15] - 16", True),
        ("[15] – 16", True),
        ("[15] — 16", True),
        ("[15] ‑ 16", True),
        ("[15] and 16", False),
        ("[15] or", False),
        ("[15] or talk", False),
        ("[15] or talk 16", False),
        ("[15] 16 or", False),
        ("[15]", False),
    ],
)
def test_knows_a_bare_number_joined_to_a_day(text: str, *, another: bool) -> None:
    words, _, asked = _read(text)
    assert asked
    assert leads_to_another(asked, words, WORDS) is another


def _day(day: date | None, said: str = "", unit: str = "day") -> dict[str, Any]:
    return {"first": day, "last": day, "said": said, "unit": unit}


def _nov(day: int) -> date:
    return date(2026, 11, day)


MONDAY, FRIDAY = _nov(9), _nov(20)


def _range(text: str, *days: dict[str, Any]) -> tuple[date, date | None] | None:
    words, found, _ = _read(text, *days)
    span = range_in(found, words, WORDS)
    if span is None:
        return None
    first, end = span
    assert end.first == end.last
    assert end.said == "until"
    return first, end.last


@pytest.mark.parametrize(
    ("text", "said", "joined"),
    [
        ("{9 November} {until 20 November}", "until", True),
        ("{9 November}, {until 20 November}", "until", True),
        ("{9 November}. {until 20 November}", "until", True),
        ("{9 November} see {until 20 November}", "until", False),
        ("{9 November} {20 November}", "", False),
        ("{9 November} - {20 November}", "", True),
        ("{9 November}, – {20 November}", "", True),
        ("{9 November} -–—‑ {20 November}", "", True),
        ("{9 November} - see {20 November}", "", False),
        ("{9 November} and {20 November}", "", False),
        ("between {9 November} and {20 November}", "", True),
        ("between the {9 November} and {20 November}", "", True),
        ("see between on the {9 November} and see {20 November}", "", True),
        ("between see {9 November} and {20 November}", "", False),
        ("between {9 November} see and {20 November}", "", False),
        ("between {9 November} {20 November}", "", False),
    ],
)
def test_joins_two_days_to_a_span(text: str, said: str, *, joined: bool) -> None:
    for unit in ("day", "weekday"):
        span = _range(text, _day(MONDAY), _day(FRIDAY, said, unit))
        assert span == ((MONDAY, FRIDAY) if joined else None)


@pytest.mark.parametrize("said", ["until", "by", "back_on"])
def test_begins_no_span_with_what_is_an_end(said: str) -> None:
    assert _range("{9 November} - {20 November}", _day(MONDAY, said), _day(FRIDAY)) is None
    assert _range("{9 November} - {20 November}", _day(MONDAY, "from"), _day(FRIDAY)) == (MONDAY, FRIDAY)


def test_ends_no_span_with_what_is_no_day() -> None:
    text = "{9 November} - {20 November}"
    assert _range(text, _day(MONDAY), _day(FRIDAY, unit="week")) is None
    assert _range(text, _day(MONDAY), _day(None)) is None
    assert _range(text, _day(None), _day(FRIDAY)) is None
    assert _range("{see} {9 November} - {20 November}", _day(None), _day(MONDAY), _day(FRIDAY)) == (
        MONDAY,
        FRIDAY,
    )


@pytest.mark.parametrize(
    ("first", "end", "last"),
    [
        (date(2026, 12, 20), date(2026, 1, 6), date(2027, 1, 6)),
        (date(2026, 7, 21), date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 7, 20), date(2026, 1, 1), date(2026, 1, 1)),
        (date(2024, 12, 20), date(2024, 2, 29), None),
        (date(2026, 12, 20), date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_ends_a_span_in_the_next_year_where_its_end_is_more_than_200_days_before(
    first: date, end: date, last: date | None
) -> None:
    assert _range("{20 December} - {6 January}", _day(first), _day(end)) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "end", "last"),
    [
        ("{Monday} {until Friday} the 20", _nov(9), _nov(13), _nov(20)),
        ("{Monday} {until Friday}, the 20th", _nov(9), _nov(13), _nov(20)),
        ("{Monday} {until Friday} 20th", _nov(9), _nov(13), _nov(20)),
        ("{Monday} {until Friday} 20", _nov(9), _nov(13), _nov(13)),
        ("{Monday} {until Friday} the 19", _nov(9), _nov(13), None),
        ("{Monday} {until Friday} the 6", _nov(9), _nov(13), None),
        ("{Monday} {until Friday} the 31", _nov(9), _nov(13), None),
        ("{Friday} {until Friday} the 20", _nov(20), _nov(13), None),
    ],
)
def test_reads_the_number_of_the_last_day_in_the_month_of_the_first(
    text: str, first: date, end: date, last: date | None
) -> None:
    assert _range(text, _day(first), _day(end, "until", "weekday")) == (first, last)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("9-{20 November}", 9),
        ("9.-{20 November}", 9),
        ("9th - the {20 November}", 9),
        ("see 9 – on {20 November}", 9),
        ("19-{20 November}", 19),
        ("20-{20 November}", None),
        ("0-{20 November}", None),
        ("009-{20 November}", None),
        ("1-{20 November}", 1),
        ("9 {20 November}", None),
        ("9 the {20 November}", None),
        ("see-{20 November}", None),
        ("- {20 November}", None),
        ("9 see - {20 November}", None),
        ("9 and {20 November}", None),
        ("between 9 and {20 November}", 9),
        ("between the 9th and the {20 November}", 9),
        ("between Monday 9 and {20 November}", 9),
        ("between the Monday 9. and {20 November}", 9),
        ("Monday 9 and {20 November}", None),
        ("between see 9 and {20 November}", None),
        ("Monday 9-{20 November}", 9),
    ],
)
def test_begins_a_span_with_a_number_that_is_joined_to_the_day_behind_it(
    text: str, first: int | None
) -> None:
    assert _range(text, _day(FRIDAY)) == (None if first is None else (_nov(first), FRIDAY))


def test_begins_a_span_with_a_number_right_before_the_word_until() -> None:
    assert _range("9 {until 20 November}", _day(FRIDAY, "until")) == (MONDAY, FRIDAY)
    assert _range("9 the {until 20 November}", _day(FRIDAY, "until")) == (MONDAY, FRIDAY)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("{November 9}-20", 20),
        ("{November 9} until 20", 20),
        ("{November 9}-10", 10),
        ("{November 9}-9", None),
        ("{November 9}-020", None),
        ("{November 9}-31", None),
        ("{November 9}-", None),
        ("{November 9} until", None),
        ("{November 9} and 20", None),
        ("{November 9} 20", None),
        ("{November 9}-see", None),
        ("{November 9}-20 see", 20),
        ("{November 9}-20.", None),
        ("{November 9}-20:30", None),
        ("{November 9}-20/11", None),
        ("{November 9}-20 days", None),
        ("{9 November}-20", None),
    ],
)
def test_ends_a_span_with_a_number_that_is_joined_to_the_day_before_it(text: str, last: int | None) -> None:
    assert _range(text, _day(MONDAY)) == (None if last is None else (MONDAY, _nov(last)))


@pytest.mark.parametrize("said", ["until", "by"])
def test_goes_on_behind_no_day_that_is_an_end(said: str) -> None:
    assert _range("{November 9}-20", _day(MONDAY, said)) is None


def test_tells_where_a_span_ends_in_the_text() -> None:
    words, found, _ = _read("{November 9}-20 see", _day(MONDAY))
    assert range_in(found, words, WORDS) == (
        MONDAY,
        replace(found[0], first=FRIDAY, last=FRIDAY, end=4, said="until"),
    )
