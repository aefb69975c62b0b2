"""Distress is sure where rules and weights agree, asked about where one hears it alone, and recorded nowhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies import meaning
from peerpact.programme.replies.care import Care, care_beside, care_for, is_read
from peerpact.programme.replies.distress import Distress
from peerpact.programme.replies.explained import Explained
from peerpact.programme.replies.meaning import Asked, Unclear, Understood, understand

HERE = Path(__file__).parent
ON = date(2026, 1, 12)
OPEN = {
    "en": ("Talk to Priya about the Atlas handover", "Read the chapter on feedback"),
    "de": ("Mit Priya über die Atlas-Übergabe sprechen", "Das Kapitel über Feedback lesen"),
    "fr": ("Parler à Priya de la passation Atlas", "Lire le chapitre sur le feedback"),
    "es": ("Hablar con Priya sobre el traspaso de Atlas", "Leer el capítulo sobre feedback"),
}
COUNT = {"o": 1, "p": 2, "c": 0}
EVERY = 6
"""Of the rounds of replies every sixth is read here: all of them take half a minute."""


@pytest.mark.parametrize(
    ("distress", "weight", "care"),
    [
        (Distress.NONE, 9.0, Care.NONE),
        (Distress.NEAR, 0.1, Care.SURE),
        (Distress.NEAR, 0.0, Care.ASK),
        (Distress.NEAR, -1.0, Care.ASK),
        (Distress.NEAR, -1.3, Care.ASK),
        (Distress.NEAR, -2.0, Care.NONE),
        (Distress.SURE, -1.0, Care.SURE),
        (Distress.SURE, -4.0, Care.ASK),
    ],
)
def test_confirms_rules_by_weights(distress: Distress, weight: float, care: Care) -> None:
    assert care_for(distress, weight) is care


@pytest.mark.parametrize(
    ("how", "weight", "says_nothing", "care"),
    [
        (Explained.FOR_PEOPLE, -1.3, False, Care.ASK),
        (Explained.FOR_PEOPLE, -1.4, False, Care.NONE),
        (Explained.ALL, 2.2, False, Care.ASK),
        (Explained.ALL, 2.2, True, Care.SURE),
        (Explained.ALL, 3.0, False, Care.SURE),
        (Explained.ALL, -0.5, False, Care.NONE),
        (Explained.NEARLY, 1.6, False, Care.SURE),
        (Explained.NEARLY, 1.5, False, Care.NONE),
        (Explained.FOR_PEOPLE, 0.6, False, Care.SURE),
        (Explained.FOR_PEOPLE, 0.5, False, Care.ASK),
        (Explained.FOR_PEOPLE, -1.0, False, Care.ASK),
        (Explained.FOR_PEOPLE, -1.5, False, Care.NONE),
    ],
)
def test_needs_less_weight_the_less_is_explained(
    how: Explained, weight: float, says_nothing: bool, care: Care
) -> None:
    assert care_beside(how, weight, says_nothing=says_nothing) is care


@pytest.mark.parametrize(
    ("how", "weight", "promises", "counts"),
    [
        (Explained.ALL, 0.0, False, True),
        (Explained.ALL, 0.1, True, False),
        (Explained.ALL, 0.5, False, True),
        (Explained.ALL, 0.6, False, False),
        (Explained.ALL, -1.0, True, True),
        (Explained.NEARLY, -1.0, False, False),
        (Explained.NEARLY, -1.5, True, False),
        (Explained.NEARLY, -1.6, True, True),
        (Explained.FOR_PEOPLE, -1.5, False, False),
        (Explained.FOR_PEOPLE, -2.5, False, True),
    ],
)
def test_reads_what_is_explained_or_plainly_of_work(
    how: Explained, weight: float, promises: bool, counts: bool
) -> None:
    assert is_read(how, weight, promises=promises) is counts


@pytest.mark.parametrize(("weight", "care"), [(1.0, True), (-1.0, False)])
def test_asks_about_what_is_near_distress_and_not_heavy(
    weight: float, care: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "weight_of", lambda *_: weight)
    read = _read("en", "Done. I do not want to work with him.", "o")
    assert (read.care, read.unclear) == (care, None if care else Unclear.NEAR_DISTRESS)
    assert not _records(read)


def test_records_nothing_of_distress_and_hears_it_in_the_rounds_of_replies() -> None:
    read = [_read(la, text, asked) for la, asked, _, text in _rows(is_distress=True)]
    assert [r for r in read if _records(r)] == []
    assert sum(r.care for r in read) >= 0.95 * len(read)


def test_takes_little_of_what_is_ordinary_for_distress_in_the_rounds_of_replies() -> None:
    read = [_read(la, text, asked) for la, asked, _, text in _rows(is_distress=False)]
    assert sum(r.care for r in read) <= 0.02 * len(read)


@pytest.mark.parametrize("text", ["👍", "🎉", "💪💪"])
def test_takes_a_gesture_alone_for_no_answer(text: str) -> None:
    read = _read("en", text, "o")
    assert not _records(read)
    assert (read.unclear, list(read.likely)) == (Unclear.UNKNOWN, [1])
    assert _read("en", text, "p").unclear is Unclear.WHICH


@pytest.mark.parametrize(
    ("language", "asked", "text", "recorded"),
    [
        ("en", "o", "No. Half the team is down with norovirus", "not yet?"),
        ("en", "o", "Sat down with her for half an hour", "kept"),
        ("de", "o", "erste Hälfte geschafft", "partly"),
        ("de", "o", "Meine Oma ist gestorben", ""),
        ("en", "o", "I think so?", ""),
        ("es", "o", "Lo técnico sí, lo humano queda abierto", ""),
        ("fr", "o", "J'oublie tout le temps", "not yet"),
        ("en", "o", "Honestly? Slept.", ""),
    ],
)
def test_tells_a_share_and_a_doubt_from_an_outcome(
    language: str, asked: str, text: str, recorded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "weight_of", lambda *_: -3.0)
    read = _read(language, text, asked)
    outcomes = "".join(str(o) for o in read.outcomes.values())
    assert outcomes in {recorded, ""} if recorded.endswith("?") else outcomes == recorded
    assert not read.question


def _rows(*, is_distress: bool) -> list[list[str]]:
    lines = [
        line for path in sorted(HERE.glob("fresh_*.tsv")) for line in path.read_text("utf-8").splitlines()
    ]
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "@"))]
    some = [row for row in rows if (row[2] == "care") is is_distress][::EVERY]
    return [[*row[:3], row[3].replace("\\n", "\n")] for row in some]


def _read(language: str, text: str, asked: str) -> Understood:
    promises = OPEN[language][: COUNT[asked]]
    return understand(
        text,
        open_commitments=promises,
        languages=(language,),
        on=ON,
        asked=Asked.OUTCOMES if promises else Asked.COMMITMENT,
    )


def _records(read: Understood) -> bool:
    return bool(read.outcomes or read.promises or read.requests or read.question or read.number)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "When pigs fly"),
        ("de", "Am Sankt-Nimmerleins-Tag"),
        ("fr", "Dès que les poules auront des dents"),
        ("es", "cuando las ranas críen pelo"),
    ],
)
def test_takes_a_saying_for_irony_and_not_for_distress(language: str, text: str) -> None:
    read = understand(text, open_commitments=["Ask Marta for feedback"], languages=[language], on=ON)
    assert not read.care
    assert not read.outcomes
