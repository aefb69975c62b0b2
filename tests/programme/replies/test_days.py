"""Days found in a few words: numbers, names, weekdays, spans and what is counted, each by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.spans import When, middle

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "days.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _told(when: When) -> str:
    first, last = str(when.first or "?"), str(when.last or "?")
    tense = when.tense if when.tense in {"past", "future"} else ""
    span = first if first == last else f"{first}..{last}"
    return " ".join(part for part in (span, when.said, tense, when.unit) if part)


@pytest.mark.parametrize(("language", "said_on", "text", "found"), ROWS)
def test_finds_the_days_of_a_few_words(language: str, said_on: str, text: str, found: str) -> None:
    known = answer_words(language)
    days = dates_in(words_of(text, known.writing.spelling), known, date.fromisoformat(said_on))
    assert ("; ".join(map(_told, days)) or "-") == found


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("by Friday, please", ["by friday"]),
        ("on Friday and by 5 April at the latest please", ["on friday", "by 5 april at the latest"]),
        ("Friday, 13 March, at ten", ["friday , 13 march"]),
        ("March 13:30", ["march"]),
        ("the report of 5 April, 2026 is done", ["of 5 april , 2026"]),
        ("two weeks ago I began", ["two weeks ago"]),
    ],
)
def test_tells_which_words_a_day_takes(text: str, covered: list[str]) -> None:
    known = answer_words("en")
    words = words_of(text, known.writing.spelling)
    days = dates_in(words, known, date(2026, 3, 11))
    assert [" ".join(words[when.start : when.end]) for when in days] == covered


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        ("2026-02-01", "2026-02-28", "2026-02-15"),
        ("2026-03-01", "2026-03-31", "2026-03-15"),
        ("2026-03-09", "2026-03-13", "2026-03-11"),
        ("2026-04-01", "2026-06-30", "2026-05-16"),
        ("2026-01-01", "2026-12-31", "2026-07-02"),
    ],
)
def test_takes_the_15th_for_the_middle_of_a_month_and_else_the_day_halfway(
    first: str, last: str, day: str
) -> None:
    assert middle(date.fromisoformat(first), date.fromisoformat(last)) == date.fromisoformat(day)
