"""A promise is what its writer will do: no footer, no news, no complaint, and nothing that is said to the reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.meaning import Asked, Understood, understand

LINES = (Path(__file__).parent / "no_promises.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


def _read(language: str, text: str) -> Understood:
    return understand(
        text, open_commitments=[], languages=(language,), on=date(2026, 1, 12), asked=Asked.COMMITMENT
    )


@pytest.mark.parametrize(("language", "text"), ROWS)
def test_takes_none_for_a_promise(language: str, text: str) -> None:
    assert _read(language, text).promises == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I will let you know", 0),
        ("I will ask Kim to look at it", 1),
        ("The team will move to Berlin", 0),
        ("I will ask my team and will write it down", 1),
        ("Questions? Write to kim@example.com", 0),
        ("Write to Kim about the slides", 1),
        ("Note: the room has changed", 0),
        ("Next: read the second chapter", 1),
    ],
)
def test_tells_the_writers_own_doing_from_what_only_sounds_so(text: str, count: int) -> None:
    assert len(_read("en", text).promises) == count


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no action this time, we just talked"),
        ("en", "No actions from me"),
        ("en", "No new action, but we had a good talk"),
        ("en", "I'll do nothing this month"),
        ("en", "No next step"),
        ("de", "Keine Aktion diesmal"),
        ("de", "Diesmal keine konkrete Aufgabe, wir haben nur geredet"),
        ("de", "Kein nächster Schritt"),
        ("fr", "aucune action"),
        ("es", "sin compromiso"),
    ],
)
def test_takes_a_denied_promise_for_none(language: str, text: str) -> None:
    assert _read(language, text).promises == ()


def test_reads_on_behind_one_condition_only() -> None:
    assert _read("en", "If I am asked, " * 400 + "I breathe first").promises == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "When a customer writes, I will send my reply within a day, by 30 March"),
        ("en", "I will shorten my replies"),
        ("en", "Improve my response time to customers"),
        ("en", "Following your note, I will speak up more in meetings"),
        ("en", "I will not read mails after 6 pm"),
        ("de", "Wenn eine Anfrage kommt, gebe ich meine Antwort am selben Tag"),
        ("de", "Ich werde meine Rückmeldung künftig früher geben"),
        ("de", "Ich lese keine Mails mehr nach 18 Uhr"),
        ("fr", "Je préparerai mes réponses avant la réunion"),
        ("fr", "Répondre à tous les mails le jour même"),
        ("es", "Prepararé mis respuestas antes de la reunión"),
        ("es", "No leer correos por la noche"),
    ],
)
def test_takes_what_somebody_will_do_about_mails_for_a_promise(language: str, text: str) -> None:
    assert [p.text for p in _read(language, text).promises] == [text]
