"""The day of a promise, said at the turn of a month and of a year: right nearly always, wrong hardly ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.meaning import Asked, understand

ROWS = [
    line.split("\t")
    for name in ("due_days", "due_rounds")
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _due(language: str, said_on: str, text: str) -> str:
    on = date.fromisoformat(said_on)
    read = understand(text, open_commitments=[], languages=(language,), on=on, asked=Asked.COMMITMENT)
    return str(next((p.due for p in read.promises if p.due), "ask"))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_finds_the_day_that_is_said(language: str) -> None:
    judged = [(_due(la, on, text), right, text) for la, on, right, text in ROWS if la == language]
    missed = [each for each in judged if each[0] not in each[1].split("|")]
    assert [each for each in missed if each[0] != "ask"] == []
    assert len(missed) <= 0.05 * len(judged), missed


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "I will present on Thursday next week", "2026-02-05"),
        ("de", "Ich präsentiere nächste Woche Donnerstag", "2026-02-05"),
        ("fr", "Je vais présenter jeudi de la semaine prochaine", "2026-02-05"),
        ("es", "Voy a presentar el jueves de la semana que viene", "2026-02-05"),
        ("de", "Ich lese zwei Kapitel bis zum 15.", "2026-02-15"),
        ("fr", "Je vais lire deux chapitres d'ici le 15", "2026-02-15"),
        ("de", "Ich lese bis zum 15. Kapitel 3", "2026-02-15"),
        ("de", "Ich lese bis Seite 15", "ask"),
        ("de", "Ich spare bis zum 15.000 Euro", "ask"),
        ("fr", "Je vais lire jusqu'à la page 15", "ask"),
        ("de", "Ich mache heute in vierzehn Tagen einen Probelauf", "2026-02-13"),
        ("fr", "Je vais présenter d'ici la fin du mois prochain", "2026-02-28"),
        ("en", "I will present a week from today", "2026-02-06"),
        ("en", "I will call the bank the Monday after next", "2026-02-09"),
        ("en", "I will clear my backlog by the last day of February", "2026-02-28"),
        ("de", "Ich schließe die alten Tickets bis zum letzten Tag im Februar", "2026-02-28"),
        ("en", "I'll book it sometime next year", "ask"),
    ],
)
def test_reads_weekdays_of_a_week_bare_days_and_what_is_counted(language: str, text: str, day: str) -> None:
    assert _due(language, "2026-01-30", text) == day
