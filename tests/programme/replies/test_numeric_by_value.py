"""Days in figures, by value: which day they are and where they end, at each limit of days, months and years."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.numeric import day_in_figures, is_at, number_at
from peerpact.programme.replies.phrases import words_of

ON = date(2026, 3, 11)
KNOWN = {first: words_from("xx", {"dates": {"day_first": first}}).dates for first in (True, False)}


def read(text: str, said: str = "", *, day_first: bool = True) -> str:
    """Return the day at the beginning of a text and what is left, "none" where it is no certain one."""
    words = words_of(text)
    found = day_in_figures(words, 0, said, KNOWN[day_first], ON)
    return f"{found.last or 'none'} | {' '.join(words[found.end :])}".strip() if found else ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-04-05 ok", "2026-04-05 | ok"),
        ("2026/4/5", "2026-04-05 |"),
        ("2000-01-02", "2000-01-02 |"),
        ("1999-01-02", ""),
        ("2026-13-02", "none |"),
        ("2026-02-30 ok", "none | ok"),
        ("2026-04", ""),
        ("2026-04-", ""),
        ("2026-04/05", ""),
        ("2026-0-5", ""),
        ("2026-4-0", ""),
        ("2026 - 4 - 5 - 6", "2026-04-05 | - 6"),
        ("2026-04-05/6", "2026-04-05 | / 6"),
    ],
)
def test_reads_a_day_from_its_year_on(text: str, found: str) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("5.4. ok", "", "2026-04-05 | ok"),
        ("5.4.2027 ok", "", "2027-04-05 | ok"),
        ("5.4.27 ok", "", "2027-04-05 | ok"),
        ("5.4.31 ok", "", "2031-04-05 | ok"),
        ("5.4.32 ok", "", "2026-04-05 | 32 ok"),
        ("5.4.26 ok", "", "2026-04-05 | ok"),
        ("5.4.25 ok", "", "2026-04-05 | 25 ok"),
        ("5.4.2001 ok", "", "2001-04-05 | ok"),
        ("5.4.2199 ok", "", "2199-04-05 | ok"),
        ("5.4.2000 ok", "", "2026-04-05 | 2000 ok"),
        ("5.4.2200 ok", "", "2026-04-05 | 2200 ok"),
        ("5.4.20270 ok", "", "2026-04-05 | 20270 ok"),
        ("5.4 ok", "by", "2026-04-05 | ok"),
        ("5.4 ok", "", ""),
        ("31.12. ok", "", "2025-12-31 | ok"),
        ("31.4. ok", "", "none | ok"),
        ("32.1. ok", "", ""),
        ("31.13. ok", "", ""),
        ("5.0. ok", "", ""),
        ("5. ok", "by", ""),
        ("5", "by", ""),
        ("ok", "by", ""),
        ("", "by", ""),
    ],
)
def test_reads_a_day_with_dots(text: str, said: str, found: str) -> None:
    assert read(text, said) == found


@pytest.mark.parametrize(
    ("text", "said", "day_first", "found"),
    [
        ("5/4/2027 ok", "", True, "2027-04-05 | ok"),
        ("5/4/27 ok", "", True, "2027-04-05 | ok"),
        ("5/4 ok", "by", True, "2026-04-05 | ok"),
        ("5/4 ok", "", True, ""),
        ("5/4/ ok", "", True, ""),
        ("12/12/2026", "", True, "2026-12-12 |"),
        ("5/13/2026", "", True, ""),
        ("5/0/2026", "", True, ""),
        ("5-4-6", "by", True, ""),
        ("13/4 ok", "by", False, "2026-04-13 | ok"),
        ("4/13 ok", "by", False, "2026-04-13 | ok"),
        ("4/13/2027 ok", "", False, "2027-04-13 | ok"),
        ("4/4 ok", "by", False, "2026-04-04 | ok"),
        ("12/12/2027 ok", "", False, "2027-12-12 | ok"),
        ("12/11/2027 ok", "", False, "none | ok"),
        ("11/12/2027 ok", "", False, "none | ok"),
        ("13/12/2027 ok", "", False, "2027-12-13 | ok"),
        ("13/13/2027 ok", "", False, ""),
        ("3/4/2027 ok", "", False, "none | ok"),
        ("3/12 ok", "by", False, "none | ok"),
    ],
)
def test_reads_a_day_with_slashes_and_none_that_may_be_two(
    text: str, said: str, found: str, *, day_first: bool
) -> None:
    assert read(text, said, day_first=day_first) == found


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("7", 7),
        ("0007", 7),
        ("9999", 9999),
        ("10000", None),
        ("x", None),
        ("-1", None),
        ("٧", None),
        ("²", None),
    ],
)
def test_takes_up_to_four_digits_for_a_number(word: str, number: int | None) -> None:
    assert number_at(["a", word], 1) == number
    assert number_at([word], -1) is None
    assert number_at([word], 1) is None


def test_tells_whether_a_sign_is_there() -> None:
    assert is_at([".", ":"], 1, ":")
    assert not is_at([".", ":"], 0, ":")
    assert not is_at([":"], 1, ":")
