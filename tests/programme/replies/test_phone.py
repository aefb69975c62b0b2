"""Replies as they are typed on phones, to every letter that asks: hardly ever wrong, seldom asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from recorded import parts_of, recorded

from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
PROMISES = {
    "en": ["Ask Dina about the canary report", "Read the chapter on listening", "Book a slot with Tom"],
    "de": [
        "Mit Dina über den Bericht sprechen",
        "Das Kapitel über Zuhören lesen",
        "Einen Termin mit Tom ausmachen",
    ],
    "fr": ["Parler à Dina du rapport", "Lire le chapitre sur l'écoute", "Prendre rendez-vous avec Tom"],
    "es": ["Hablar con Dina del informe", "Leer el capítulo sobre la escucha", "Pedir cita con Tom"],
}
ASKED = {
    "C": Asked.COMMITMENT,
    "M": Asked.COMMITMENT,
    "O": Asked.OUTCOMES,
    "A": Asked.ANYTHING,
    "T": Asked.NEXT_ROUND,
}


def _rows(name: str, language: str) -> Iterator[tuple[str, str, str]]:
    said_to = ""
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            said_to = line
        elif line and not line.startswith("#") and said_to.startswith(f"@{language} "):
            text, _, meanings = line.partition("\t")
            yield said_to.split()[1], text.replace("\\n", "\n"), meanings


def _understood(language: str, letter: str, text: str) -> Understood:
    count = int(letter[1:] or 0)
    promises = PROMISES[language][:count]
    asked = ASKED[letter[0]]
    return understand(text, open_commitments=promises, languages=(language,), on=TODAY, asked=asked)


def _recorded(read: Understood, letter: str) -> set[str]:
    return recorded(read, {Wish.ANOTHER_PARTNER: Wish.NEW_PARTNER} if letter == "T" else {})


def _accepted(meanings: str) -> list[set[str]]:
    """Return each meaning that may be recorded; "1=kept 2=not yet, new 1" has three parts."""
    each = (meaning.split(", ") for meaning in meanings.split(" / "))
    return [set().union(*map(parts_of, parts)) for parts in each]


def _is(found: set[str], accepted: set[str]) -> bool:
    whole = {part for part in accepted if not part.endswith(" *")}
    any_days = {part[:-2] for part in accepted - whole}
    others = found - whole
    return (
        whole <= found
        and all(any(o.startswith(a) for a in any_days) for o in others)
        and len(others) == len(any_days)
    )


@pytest.mark.parametrize("language", PROMISES)
def test_records_hardly_ever_anything_wrong_and_asks_seldom(language: str) -> None:
    wrong, asked, plain, every = [], [], 0, 0
    for letter, text, meanings in _rows("phone", language):
        read = _understood(language, letter, text)
        found, accepted = _recorded(read, letter), _accepted(meanings)
        every, plain = every + 1, plain + (set() not in accepted)
        if any(_is(found, a) for a in accepted):
            continue
        safe = not found or (read.unclear is not None and any(found < a for a in accepted))
        (asked if safe else wrong).append(f"{text}: {found}, not {meanings}")
    assert len(wrong) <= 0.01 * every, wrong
    assert len(asked) <= 0.2 * plain, asked


@pytest.mark.parametrize("language", PROMISES)
def test_records_nothing_of_distress(language: str) -> None:
    rows = list(_rows("phone_distress", language))
    kept = [
        text for letter, text, _ in rows if _recorded(_understood(language, letter, text), letter) - {"care"}
    ]
    assert rows
    assert kept == []


def test_takes_ordinary_words_seldom_for_distress() -> None:
    rows = [(language, *row) for language in PROMISES for row in _rows("phone_near", language)]
    care = [text for language, letter, text, _ in rows if _understood(language, letter, text).care]
    assert len(care) <= 0.05 * len(rows), care
