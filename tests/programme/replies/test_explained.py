"""Nothing counts of a reply unless all of it is explained: what hints at distress is recorded nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from said import said_in, understood

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies import meaning
from peerpact.programme.replies.distress import Distress
from peerpact.programme.replies.meaning import Asked, Unclear, Understood, understand
from peerpact.programme.requests import Wish

HERE = Path(__file__).parent
LANGUAGES = ["en", "de", "fr", "es"]
PROMISED = {
    "en": "Ask Dina about the canary report",
    "de": "Dina nach dem Canary-Bericht fragen",
    "fr": "Demander à Dina le rapport canari",
    "es": "Preguntar a Dina por el informe canario",
}


def _rows(name: str) -> Iterator[list[str]]:
    lines = (HERE / f"oblique_{name}.tsv").read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


def _read(language: str, text: str, asked: str = "o") -> Understood:
    return understand(
        text,
        open_commitments=[PROMISED[language]] if asked == "o" else [],
        languages=(language,),
        on=date(2026, 1, 12),
        asked=Asked.OUTCOMES if asked == "o" else Asked.COMMITMENT,
    )


def _records(read: Understood) -> bool:
    return bool(read.outcomes or read.promises or read.requests or read.number)


def _is_heard(read: Understood) -> bool:
    return read.care or read.unclear in meaning.FOR_PEOPLE


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "e", "f", "g"])
def test_records_nothing_of_what_hints_at_distress(name: str) -> None:
    read = [(text, _read(la, text, asked)) for la, asked, meant, text in _rows(name) if meant == "care"]
    assert [text for text, said in read if _records(said)] == []
    assert [text for text, said in read if not _is_heard(said)] == []


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_takes_what_is_ordinary_and_asks_seldom(name: str) -> None:
    plain = [row for row in _rows(name) if row[2] != "care"]
    heard = [text for la, asked, _, text in plain if _is_heard(_read(la, text, asked))]
    lost = [
        text
        for la, asked, meant, text in plain
        if "ask" not in meant and not _records(_read(la, text, asked))
    ]
    assert len(heard) <= 0.01 * len(plain)
    assert len(lost) <= 0.25 * len(plain)


def test_offers_nobody_help_for_what_is_ordinary() -> None:
    replies = [said for la in LANGUAGES for name in (la, f"{la}_more") for said in said_in(name)]
    ordinary = [said for said in replies if "care" not in said.accepted]
    heard = [said.text for said in ordinary if _is_heard(understood(said))]
    assert len(heard) <= 0.01 * len(ordinary), heard


def test_takes_what_work_does_to_somebody_for_a_figure_of_speech() -> None:
    lines = (HERE / "figures.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    heard = [text for la, text in rows if _is_heard(_read(la, text))]
    assert len(heard) <= 0.1 * len(rows), heard


@pytest.mark.parametrize(
    ("language", "somebody", "something"),
    [
        ("en", "He drives me mad", "That spreadsheet drives me mad"),
        ("de", "Er bringt mich um", "Der Abgabetermin bringt mich um"),
        ("fr", "Il me rend fou", "Ce tableau me rend fou"),
        ("es", "Él me está matando", "Este plazo me está matando"),
    ],
)
def test_asks_who_does_it(language: str, somebody: str, something: str) -> None:
    assert _is_heard(_read(language, somebody))
    assert not _is_heard(_read(language, something))
    assert not _records(_read(language, something))


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("Done. I lost the gizmo report", Outcome.KEPT),
        ("Not yet. I need the gizmo for the report first", Outcome.NOT_YET),
    ],
)
def test_offers_what_it_may_mean_where_a_word_of_work_is_unknown(
    text: str, likely: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "weight_of", lambda *_: -1.0)
    read = _read("en", text)
    assert not _records(read)
    assert (read.unclear, dict(read.likely)) == (Unclear.UNKNOWN, {1: likely})


@pytest.mark.parametrize("language", LANGUAGES)
def test_lets_through_hardly_any_distress_without_a_list_of_its_words(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "distress_in", lambda _: Distress.NONE)
    lines = (HERE / f"distress_{language}.tsv").read_text(encoding="utf-8").splitlines()
    texts = [text for sort, _, text in (line.partition("\t") for line in lines) if sort == "care"]
    read = [_read(language, text, asked) for text in texts for asked in "oc"]
    assert sum(map(_records, read)) <= 0.05 * len(read)
    assert sum(map(_is_heard, read)) >= 0.92 * len(read)


@pytest.mark.parametrize(
    ("language", "clear", "one_more"),
    [
        ("en", "Done yesterday.", "He knows which bus I take."),
        ("de", "Gestern erledigt.", "Sie weiß, welchen Bus ich nehme."),
        ("fr", "Fait hier.", "Il sait quel bus je prends."),
        ("es", "Lo hice ayer.", "Sabe qué autobús tomo."),
    ],
)
def test_takes_back_all_for_one_sentence_that_it_can_not_place(
    language: str, clear: str, one_more: str
) -> None:
    assert _records(_read(language, clear))
    for text in (f"{clear} {one_more}", f"{one_more} {clear}", f"{clear}\n\n{one_more}"):
        read = _read(language, text)
        assert read in (Understood(care=True), Understood(unclear=Unclear.BEYOND)), text


def test_keeps_a_wish_for_a_button_where_the_rest_is_for_people() -> None:
    read = _read("en", "I would like another partner. He collects old maps.", "c")
    assert not _records(read)
    assert [r.kind for r in read.perhaps] == [Wish.ANOTHER_PARTNER]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("I will ask her for feedback on my slides", True),
        ("I will bring somebody along whenever I have to see him", False),
        ("When my boss asks for more, I will name the price", True),
        ("When he interrupts me, I will put my hand on the door", False),
        ("Read the article that she sent me", True),
        ("Stay out of his way", False),
    ],
)
def test_takes_a_promise_about_the_partner_only_in_plain_words(text: str, is_one: bool) -> None:
    assert bool(_read("en", text, "c").promises) is is_one


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "mit Dina gesprochen. Noch keine Seite gelesen"),
        ("fr", "j'ai parlé à Dina. Pas lu une page"),
    ],
)
def test_asks_where_one_sentence_says_done_and_the_next_not(language: str, text: str) -> None:
    promises = [PROMISED[language], "Listen"]
    read = understand(text, open_commitments=promises, languages=(language,), on=date(2026, 1, 12))
    assert read.outcomes.get(1) is not Outcome.NOT_YET


def test_takes_what_was_done_to_something_else_for_no_drop() -> None:
    read = _read("en", "No, my train was cancelled and then I had no time")
    assert Outcome.DROPPED not in read.outcomes.values()
