"""Spans by their ends, days by what stands beside them; a day that could be another is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, understand
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.said_days import due_in, pause_in
from peerpact.programme.requests import Wish
from work import calls_for

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "spans.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "said_on", "kind", "day", "text"), ROWS)
def test_reads_the_end_of_a_span_and_no_uncertain_day(
    language: str, said_on: str, kind: str, day: str, text: str
) -> None:
    known, on = answer_words(language), date.fromisoformat(said_on)
    words = words_of(text, known.writing.spelling)
    if kind == "due":
        assert str(due_in(words, known, on) or "ask") == day
    else:
        first, last = pause_in(words, known, on)
        assert f"{first if first and first > on else ''}..{last or 'ask'}" == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Next week a break please"),
        ("de", "Bitte nächste Woche Pause"),
        ("fr", "La semaine prochaine une pause s'il vous plaît"),
        ("es", "Pausa la semana que viene, por favor"),
    ],
)
def test_takes_a_day_and_the_word_for_a_pause_alone_for_a_pause(language: str, text: str) -> None:
    read = understand(
        text, open_commitments=[], languages=(language,), on=date(2026, 3, 11), asked=Asked.ANYTHING
    )
    assert [(r.kind, str(r.since), str(r.until)) for r in read.requests] == [
        (Wish.PAUSE, "2026-03-16", "2026-03-23")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "by 5 april",
        "for the next month",
        "5 april or",
        "from 5 to 9 april",
        "not before 5 april",
        "by 5 april, later",
    ],
)
def test_takes_twice_the_steps_for_twice_the_days(said: str) -> None:
    known, on = answer_words("en"), date(2026, 3, 11)
    for read in (due_in, pause_in):
        few, many = (
            calls_for(lambda n=n, read=read: read(words_of(f"{said} " * n), known, on)) for n in (40, 80)
        )
        assert many <= 2.2 * few
