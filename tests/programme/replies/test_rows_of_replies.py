"""Each row of the tables of replies, one by one: what is read of it, and how sure it is of distress."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Said, in_words, is_accepted, said_in, understood

from peerpact.programme.replies.distress import Distress, distress_in

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")
MISSED = frozenset((HERE / "rows_missed.txt").read_text(encoding="utf-8").splitlines())
SAID = [
    (name, number, said)
    for name in (*LANGUAGES, *(f"{la}_more" for la in LANGUAGES), "other")
    for number, said in enumerate(said_in(name))
]
DISTRESS = [
    (f"{language} {number}", *line.split("\t"))
    for language in LANGUAGES
    for number, line in enumerate((HERE / f"distress_{language}.tsv").read_text("utf-8").splitlines())
    if not line.startswith("#")
]


@pytest.mark.parametrize("said", [said for *_, said in SAID], ids=[f"{name} {n}" for name, n, _ in SAID])
def test_reads_a_reply_as_its_row_says(said: Said) -> None:
    words = in_words(understood(said))
    is_asked = words == "ask" and said.language not in LANGUAGES
    assert is_accepted(words, said) or is_asked or said.text in MISSED, words


@pytest.mark.parametrize(("kind", "text"), [row[1:] for row in DISTRESS], ids=[row[0] for row in DISTRESS])
def test_hears_how_sure_it_is_that_somebody_is_in_distress(kind: str, text: str) -> None:
    assert distress_in(text) is (Distress.SURE if kind == "care" else Distress.NONE) or text in MISSED
