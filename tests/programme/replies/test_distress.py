"""Distress is heard by what words mean together: nearly all of it surely, none of it recorded, seldom where none is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.distress import Distress, distress_in
from peerpact.programme.replies.meaning import Asked, Unclear, understand

HERE = Path(__file__).parent
LANGUAGES = ["en", "de", "fr", "es"]


def _replies(language: str, kind: str) -> list[str]:
    lines = (HERE / f"distress_{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [text for sort, _, text in (line.partition("\t") for line in lines) if sort == kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hears_distress_and_seldom_where_there_is_none(language: str) -> None:
    distressed = [distress_in(text) for text in _replies(language, "care")]
    plain = [distress_in(text) for text in _replies(language, "plain")]
    assert distressed.count(Distress.NONE) == 0
    assert distressed.count(Distress.SURE) >= 0.95 * len(distressed)
    assert plain.count(Distress.SURE) <= 0.01 * len(plain)
    assert plain.count(Distress.NEAR) <= 0.08 * len(plain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He touched me", Distress.SURE),
        ("The film touched me", Distress.NONE),
        ("I was harassed at the training", Distress.SURE),
        ("Read the slides of the harassment training", Distress.NONE),
        ("I am afraid of my mentor", Distress.SURE),
        ("I am afraid I forgot", Distress.NONE),
        ("She makes jokes about my accent", Distress.SURE),
        ("She makes jokes about the printer", Distress.NONE),
        ("There is no point in living", Distress.SURE),
        ("There is no way to finish this", Distress.NONE),
        ("I never want to be alone with him again", Distress.SURE),
        ("I do not want to work with him", Distress.NEAR),
        ("Never with Bob Smith", Distress.NONE),
        ("My boss is killing me with kindness", Distress.NONE),
    ],
)
def test_tells_what_is_done_to_somebody_from_what_only_sounds_so(text: str, expected: Distress) -> None:
    assert distress_in(text) is expected


@pytest.mark.parametrize("asked", [Asked.COMMITMENT, Asked.OUTCOMES])
def test_records_nothing_of_what_comes_near_distress(asked: Asked) -> None:
    promises = ["Ask Dina"] if asked is Asked.OUTCOMES else []
    text = "Done. I will ask Lena for feedback. I do not want to work with him."
    read = understand(text, open_commitments=promises, languages=("en",), on=date(2026, 1, 12), asked=asked)
    assert read.care or read.unclear is Unclear.NEAR_DISTRESS
    assert not any((read.outcomes, read.promises, read.requests, read.question))


def test_hears_one_clause_of_distress_in_a_long_ordinary_answer() -> None:
    before = "We met on Tuesday and talked about the roadmap, which was useful. I updated my plan as well. "
    after = " Next week I will ask Lena for feedback on my slides and send her the summary."
    assert distress_in(before + "He keeps putting his hand on my knee." + after) is Distress.SURE
    assert distress_in(before + after) is Distress.NONE


@pytest.mark.parametrize(
    "text", ["HE TOUCHED ME", "he touched   me!!!", "he touched me, again", "“He touched me.”"]
)
def test_hears_it_however_it_is_typed(text: str) -> None:
    assert distress_in(text) is Distress.SURE


def test_judges_a_text_by_the_language_that_it_is_in() -> None:
    assert distress_in("Die Agenda für Montag an alle schicken") is Distress.NONE


@pytest.mark.parametrize(
    "text",
    [
        "J'ai besoin d'aide pour finir la présentation",
        "C'est en retard à cause de ma charge de travail",
        "Je ne veux pas perdre mon temps en réunions",
        "Je subis beaucoup de retards des fournisseurs",
        "Hugo m'attend pour le déjeuner",
        "Necesito ayuda con la hoja de Excel",
        "No lo hice debido a mi carga de trabajo",
        "Solo tuvimos 20 minutos, así que por mi parte todavía ninguna acción",
    ],
)
def test_hears_no_distress_in_the_beginning_of_a_phrase(text: str) -> None:
    assert distress_in(text) is Distress.NONE


@pytest.mark.parametrize(
    "text",
    [
        "He sent me a picture I never asked for",
        "She told the others not to talk to me and now nobody does",
        "They go to lunch and never ask me, it's been months",
        "He writes to me every night and I never answer",
        "Er hat mir ein Bild geschickt, um das ich nie gebeten habe",
        "Sie hat das ganze Team gegen mich aufgebracht",
        "Alle gehen essen und fragen mich nie, seit Monaten",
        "Il m'a envoyé une photo que je n'ai jamais demandée",
        "Elle a dit aux autres de ne plus me parler",
        "Ils vont tous déjeuner et ne me demandent jamais",
        "Me mandó una foto que nunca le pedí",
        "Les dijo a los demás que no me hablaran",
        "Va enseñando mis mensajes privados",
    ],
)
def test_hears_what_nobody_asked_for_and_who_is_shut_out(text: str) -> None:
    assert distress_in(text) is Distress.SURE


@pytest.mark.parametrize(
    "text",
    [
        "He sent me the document I never asked for",
        "She sent me a picture of the slide",
        "We go to lunch together and talk about the release",
        "Estaría hecho si no se me hubiera roto el portátil",
    ],
)
def test_hears_no_distress_in_what_is_near_it(text: str) -> None:
    assert distress_in(text) is Distress.NONE
