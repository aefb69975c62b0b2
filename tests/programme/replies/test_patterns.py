"""Tense, negation, verb and language, from ``patterns.toml``: what will be or would have been is never kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from said import TODAY

from peerpact.programme.replies.meaning import understand

TABLE = tomllib.loads((Path(__file__).parent / "patterns.toml").read_text(encoding="utf-8"))
PROMISE = {
    "en": "Go through the plan with Dina",
    "de": "Den Plan mit Dina durchgehen",
    "fr": "Revoir le plan avec Dina",
    "es": "Repasar el plan con Dina",
}
MOST_WRONG = 0.01


def _sentences(language: str) -> list[tuple[str, str]]:
    """Return each pattern with each verb, in three spellings, and its meaning."""
    table = TABLE[language]
    plain = [
        (pattern.format(did=did, do=do, done=done), meaning)
        for meaning in ("kept", "not yet", "ask")
        for pattern in table[meaning]
        for did, do, done in table["verbs"]
    ]
    return [
        (spelt, meaning)
        for text, meaning in plain
        for spelt in dict.fromkeys((text, text.lower(), f"{text}."))
    ]


def _said(text: str, language: str) -> str:
    read = understand(text, open_commitments=[PROMISE[language]], languages=(language,), on=TODAY)
    return str(read.outcomes.get(1, "ask"))


@pytest.mark.parametrize("language", TABLE)
def test_takes_what_was_done_for_kept_and_nothing_else(language: str) -> None:
    read = [(text, meaning, _said(text, language)) for text, meaning in _sentences(language)]
    wrong = [each for each in read if each[2] not in {each[1], "ask"} and each[1] != "ask"]
    guessed = [each for each in read if each[1] == "ask" and each[2] == "kept"]
    asked = [each for each in read if each[1] != "ask" and each[2] == "ask"]
    assert len(wrong + guessed) <= MOST_WRONG * len(read), wrong + guessed
    assert len(asked) <= 0.15 * len(read), asked


def test_knows_at_least_1500_sentences() -> None:
    assert sum(len(_sentences(language)) for language in TABLE) >= 1500
