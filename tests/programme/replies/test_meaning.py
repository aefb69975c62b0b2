"""What answers mean, phrase by phrase, from ``phrases.toml``; the accuracy is printed."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.meaning import Understood, understand

TODAY = date(2026, 3, 12)
TABLE = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
OPEN = ("Ask Maria for feedback on my talk", "Read two chapters of the book")
PHRASES = [
    (language, count, text, meaning)
    for language, sizes in TABLE.items()
    for count, size in ((1, "one"), (2, "two"))
    for text, meaning in sizes[size]
]


def _read(language: str, count: int, text: str) -> Understood:
    return understand(text, open_commitments=OPEN[:count], languages=(language,), on=TODAY)


def _said(understood: Understood, count: int) -> str:
    """Write what was understood as the table does."""
    numbered = " ".join(f"{n}={outcome}" for n, outcome in sorted(understood.outcomes.items()))
    said = [numbered.removeprefix("1=") if count == 1 else numbered] * bool(numbered)
    said += [f"{r.kind} {r.until}" if r.until else str(r.kind) for r in understood.requests]
    said += ["question"] * understood.question + ["next"] * bool(understood.new_commitments)
    return "ask" if understood.unclear else ", ".join(said)


@pytest.mark.parametrize(("language", "count", "text", "meaning"), PHRASES)
def test_understands(language: str, count: int, text: str, meaning: str) -> None:
    assert _said(_read(language, count, text), count) == meaning


def test_is_right_about_at_least_300_phrases(capsys: pytest.CaptureFixture[str]) -> None:
    right = sum(_said(_read(la, n, text), n) == meaning for la, n, text, meaning in PHRASES)
    with capsys.disabled():
        print(f"\nunderstood {right} of {len(PHRASES)} phrases: {right / len(PHRASES):.1%}")  # noqa: T201 - asked for
    assert right >= 300


def test_never_takes_what_is_to_be_asked_for_an_outcome() -> None:
    guessed = [
        text
        for la, n, text, meaning in PHRASES
        if meaning == "ask" and _read(la, n, text).outcomes and n == 1
    ]
    assert guessed == []
