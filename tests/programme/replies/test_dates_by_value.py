"""Sides of weeks and months, and the ends of what comes next: each day by a sentence or two."""

from __future__ import annotations

import pytest
from test_due_days import _due


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
