"""A greeting before a promise is none of it; and whoever says please asks somebody else."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, Understood, understand

PROMISES = {
    "en": "I will call Ben about the budget.",
    "de": "ich werde Ben wegen des Budgets anrufen.",
    "fr": "je vais appeler Ben au sujet du budget.",
    "es": "voy a llamar a Ben por el presupuesto.",
}
GREETINGS = {
    "en": ("Hello", "Hi Sam", "Thanks", "Good morning"),
    "de": ("Hallo", "Hi Sam", "Danke", "Guten Morgen"),
    "fr": ("Bonjour", "Salut Sam", "Merci"),
    "es": ("Hola", "Hola Sam", "Gracias", "Buenos días"),
}


def said(text: str, language: str) -> Understood:
    return understand(
        text, open_commitments=[], languages=(language,), on=date(2026, 1, 12), asked=Asked.COMMITMENT
    )


@pytest.mark.parametrize(("language", "greeting"), [(la, g) for la, some in GREETINGS.items() for g in some])
def test_takes_a_promise_behind_a_greeting_and_leaves_the_greeting_out(language: str, greeting: str) -> None:
    taken = said(f"{greeting}, {PROMISES[language]}", language)
    assert [p.text for p in taken.promises] == [PROMISES[language]]


@pytest.mark.parametrize("language", languages.codes())
def test_takes_nothing_for_a_promise_that_thanks_or_is_away_behind_a_greeting(language: str) -> None:
    away = {
        "en": "I am away until Monday.",
        "de": "ich bin bis Montag im Urlaub.",
        "fr": "je suis absent jusqu'à lundi.",
        "es": "estoy fuera hasta el lunes.",
    }
    thanks = {
        "en": "great session, thanks!",
        "de": "danke für das Gespräch!",
        "fr": "merci pour la séance !",
        "es": "gracias por todo.",
    }
    for words in (away[language], thanks[language]):
        assert said(f"{GREETINGS[language][0]}, {words}", language).promises == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Skip February please"),
        ("fr", "Sautez février s'il vous plaît"),
        ("es", "Saltad febrero por favor"),
    ],
)
def test_takes_what_is_asked_of_us_for_no_promise(language: str, text: str) -> None:
    assert said(text, language).promises == ()


def test_knows_a_please_to_somebody_else_from_one_to_us() -> None:
    assert [p.text for p in said("I will ask Lena to please review it.", "en").promises] == [
        "I will ask Lena to please review it."
    ]
    assert answer_words("en").sentences.get("polite") is not None
