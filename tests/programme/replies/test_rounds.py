"""Rounds of replies as companies get them, tried once before anything was mended: what is recorded is right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from said import Said, in_words, is_accepted
from test_care import COUNT, ON, OPEN

from peerpact.programme.replies.meaning import Asked, understand

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
