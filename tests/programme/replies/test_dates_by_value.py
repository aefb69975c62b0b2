"""Sides of weeks and months, and the ends of what comes next: each day by a sentence or two."""

from __future__ import annotations

from datetime import date

import pytest
from test_due_days import _due

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.phrases import words_of


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "I will call Tom the week after next", "2026-02-13"),
        ("en", "I will call Tom the month after next", "2026-03-31"),
        ("en", "I will call Tom on Monday after next", "2026-02-09"),
        ("de", "Ich rufe übernächste Woche an", "2026-02-13"),
        ("de", "Ich rufe Tom übernächsten Montag an", "ask"),
        ("en", "I will call Tom this week", "2026-01-30"),
        ("en", "I will call Tom next week", "2026-02-06"),
        ("en", "I will call Tom next month", "2026-02-28"),
        ("fr", "Je vais présenter fin de mois", "2026-01-31"),
        ("fr", "Je vais présenter fin de mois prochain", "2026-02-28"),
        ("fr", "Je vais présenter fin du mois prochain", "2026-02-28"),
        ("fr", "Je vais présenter fin de semaine prochaine", "2026-02-06"),
        ("en", "I will present eom next", "2026-02-28"),
        ("en", "I will present eow", "2026-01-30"),
    ],
)
def test_knows_the_sides_and_ends_of_weeks_and_months(language: str, text: str, day: str) -> None:
    assert _due(language, "2026-01-28", text) == day


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("de", "bis Fr, 13.3. rufe ich an", ["until 2026-03-13"]),
        ("de", "bis Fr 13.3. rufe ich an", ["until 2026-03-13"]),
        ("de", "bis Fr. 13.3. rufe ich an", ["until 2026-03-13"]),
        ("de", "bis Fr rufe ich an", ["until 2026-03-13"]),
        ("de", "bis Fr 13 rufe ich an", []),
        ("de", "Am 17. rufe ich an", ["on 2026-03-17"]),
        ("de", "Am 17 rufe ich an", []),
        ("de", "Am 17 % mehr", []),
        ("de", "Am 17: ja", []),
        ("de", "am Mittwoch, den 22. rufe ich an", ["on 2026-04-22"]),
        ("de", "am Mittwoch, den 25: ja", ["on 2026-03-25"]),
        ("de", "am Mittwoch, den 24: ja", ["on 2026-03-18"]),
        ("de", "am Mittwoch, den 24, ja", ["on None"]),
        ("fr", "j'appelle le 17, promis", ["on 2026-03-17"]),
        ("fr", "j'appelle le 17.. promis", ["on 2026-03-17"]),
        ("fr", "j'appelle le 17!", ["on 2026-03-17"]),
        ("fr", "j'appelle (le 17) promis", ["on 2026-03-17"]),
        ("fr", "j'appelle le 17 promis", []),
        ("fr", "le 17 j'appelle", ["on 2026-03-17"]),
        ("fr", "le 17", []),
        ("fr", "le 17 % des gens", []),
        ("fr", "le 17/5", ["on 2026-05-17"]),
        ("fr", "le 17-18 j'appelle", []),
        ("fr", "le 10 j'appelle", []),
        ("en", "in February and March", ["in 2027-02-28", " 2026-03-31"]),
        ("en", "we met, March past", []),
        ("en", "May and March", [" 2026-03-31"]),
        ("en", "Tom and March", []),
    ],
)
def test_reads_days_by_what_is_beside_them(language: str, text: str, days: list[str]) -> None:
    known = answer_words(language)
    found = dates_in(words_of(text, known.writing.spelling), known, date(2026, 3, 11))
    assert [f"{when.said} {when.last}" for when in found] == days
