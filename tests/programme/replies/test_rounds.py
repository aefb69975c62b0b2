"""Rounds of replies as companies get them, tried once before anything was mended: what is recorded is right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from said import Said, in_words, is_accepted
from test_care import COUNT, ON, OPEN

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.meaning import Asked, Unclear, understand

HERE = Path(__file__).parent
ROWS = [
    line.split("\t")
    for name in ("fresh_j", "fresh_k", "fresh_l", "fresh_m", "fresh_n")
    for line in (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def _said(language: str, asked: str, meanings: str, text: str) -> tuple[Said, str]:
    promises = OPEN[language][: COUNT[asked]]
    read = understand(
        text.replace("\\n", "\n"),
        open_commitments=promises,
        languages=(language,),
        on=ON,
        asked=Asked.OUTCOMES if promises else Asked.COMMITMENT,
    )
    said = Said(language=language, promises=promises, text=text, accepted=tuple(meanings.split(" / ")))
    return said, in_words(read).replace("pause ", "pause ..")


def test_records_next_to_nothing_wrong_and_asks_about_a_quarter_at_most() -> None:
    judged: Counter[str] = Counter()
    wrong = []
    for row in ROWS:
        said, words = _said(*row)
        right = is_accepted(words, said)
        judged.update(["plain"] if said.has_plain_reading else [])
        judged.update([] if right else ["asked"] if words == "ask" else ["wrong"])
        judged.update(["needless care"] if words == "care" and not right else [])
        wrong += [f"{said.text}: {words}, not {said.accepted}"] if not right and words != "ask" else []
    assert judged["wrong"] <= 0.02 * len(ROWS), wrong
    assert judged["needless care"] <= 0.01 * len(ROWS)
    assert judged["asked"] <= 0.25 * judged["plain"]


@pytest.mark.parametrize(
    ("language", "asked", "text", "recorded"),
    [
        ("en", "o", "next week hopefully", "1=not yet"),
        ("en", "o", "Asked her on Tuesday, she had a lot to say lol", "1=kept"),
        ("fr", "o", "presque pas dormi", "ask"),
        ("es", "o", "casi sin dormir", "ask"),
        ("de", "c", "Hat noch nicht stattgefunden, sie musste absagen", "not met"),
        ("de", "o", "Streicht das, jetzt präsentiert jemand anders", "ask"),
        ("en", "o", "Two of the three parts are handed over", "1=partly"),
        ("de", "o", "Zwei der drei Teile sind übergeben", "1=partly"),
        ("en", "p", "Did one, not the other", "ask"),
        ("fr", "p", "L'un oui, l'autre non", "ask"),
        ("es", "p", "Uno sí, el otro no", "ask"),
        ("es", "p", "Uno de los dos está hecho.", "ask"),
        ("es", "o", "No he conseguido coincidir con Priya", "1=not yet"),
        ("es", "o", "Hice algo mejor", "ask"),
        ("de", "o", "Ich habe was Besseres gemacht", "ask"),
        ("de", "c", "Vielleicht suche ich mir einen Kurs", "ask"),
        ("de", "o", "Noch offen. Priya ist bis Ende Januar in Elternzeit.", "1=not yet"),
        ("en", "o", "Partly: sent her the docs, the talk itself is next week", "1=partly"),
        ("en", "c", "Thanks for the nudge, no promise this time", "ask"),
        ("en", "o", "Sort of forgot what this was about tbh", "ask"),
        ("de", "o", "Weiß ehrlich gesagt nicht mehr, worum es ging", "ask"),
        ("es", "p", "El primero dejadlo, el segundo está terminado", "1=dropped 2=kept"),
        ("en", "p", "Skip the first, finished the second", "ask"),
        ("en", "o", "Managed the first bit, the rest after the release", "ask"),
        ("en", "o", "Did the first half, rest next week", "1=partly"),
        ("en", "o", "Done, the rest too", "1=kept"),
        ("de", "o", "Den ersten Teil habe ich geschafft, den Rest nach dem Release", "ask"),
        ("de", "o", "Erledigt, den Rest auch", "1=kept"),
        ("fr", "o", "J'ai fait le début, le reste après la livraison", "ask"),
        ("es", "o", "Hice la primera parte, el resto después de la entrega", "ask"),
    ],
)
def test_takes_parts_others_and_doubts_for_what_they_are(
    language: str, asked: str, text: str, recorded: str
) -> None:
    assert _said(language, asked, recorded, text)[1] == recorded


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "- ask Jo for feedback\n- my boss says the budget is tight"),
        ("de", "- Jo um Feedback bitten\n- Unser Chef meint, das Budget sei knapp"),
        ("fr", "- demander un retour à Jo\n- le chef trouve le budget serré"),
        ("es", "- pedir feedback a Jo\n- el jefe dice que no hay presupuesto"),
    ],
)
def test_asks_about_an_item_that_is_no_promise(language: str, text: str) -> None:
    read = understand(text, open_commitments=(), languages=(language,), on=ON, asked=Asked.COMMITMENT)
    assert (len(read.promises), read.unclear) == (1, Unclear.UNKNOWN)


def test_says_nothing_of_a_rhythm_where_a_promise_is_named() -> None:
    read = understand(
        "Marta hat mir Feedback gegeben. Fokuszeit klappt etwa jede zweite Woche",
        open_commitments=("Marta um Feedback bitten", "Donnerstags zwei Stunden Fokuszeit blocken"),
        languages=("de",),
        on=ON,
    )
    assert (dict(read.outcomes), read.unclear, read.perhaps) == ({1: Outcome.KEPT}, Unclear.CONTRADICTING, ())


@pytest.mark.parametrize(
    ("language", "promise", "text"),
    [
        (
            "en",
            "Ask Marta for feedback on my slides",
            "I asked but she's only looked at the first few slides",
        ),
        (
            "fr",
            "Demander à Marta un retour sur mes diapos",
            "On ne montre finalement pas de diapos, ma présentation est annulée",
        ),
    ],
)
def test_asks_where_an_objection_or_an_end_stands_beside_an_answer(
    language: str, promise: str, text: str
) -> None:
    read = understand(text, open_commitments=(promise,), languages=(language,), on=ON)
    assert (dict(read.outcomes), bool(read.unclear)) == ({}, True)
