"""Words weigh together: where rules leave a reply open, those of distress are heard, and ordinary ones hardly ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import weigh_words

from peerpact.programme import languages
from peerpact.programme.replies.meaning import Asked, Unclear, understand
from peerpact.programme.replies.weights import NOTHING, familiar, parts_of, scopes, weight_of

LINES = (Path(__file__).parent / "unseen.tsv").read_text(encoding="utf-8").splitlines()
UNSEEN = [line.split("\t") for line in LINES if not line.startswith("#")]
PROMISE = {"en": "Ask Dina", "de": "Dina fragen", "fr": "Demander à Dina", "es": "Preguntar a Dina"}


def _is_heard(language: str, asked: str, text: str) -> bool:
    promises = [PROMISE[language]] if asked == "o" else []
    said_to = Asked.OUTCOMES if promises else Asked.COMMITMENT
    read = understand(
        text, open_commitments=promises, languages=(language,), on=date(2026, 1, 12), asked=said_to
    )
    return read.care


@pytest.mark.parametrize("kind", ["care", "plain"])
def test_hears_distress_that_it_has_not_learnt_from(kind: str) -> None:
    heard = [_is_heard(la, asked, text) for la, asked, meant, text in UNSEEN if meant == kind]
    least, most = (0.9, 1.0) if kind == "care" else (0.0, 0.03)
    assert least * len(heard) <= sum(heard) <= most * len(heard)


def test_records_nothing_of_distress_that_it_has_not_learnt_from() -> None:
    for la, asked, meant, text in UNSEEN:
        if meant == "care":
            read = understand(
                text,
                open_commitments=[PROMISE[la]] if asked == "o" else [],
                languages=(la,),
                on=date(2026, 1, 12),
                asked=Asked.OUTCOMES if asked == "o" else Asked.COMMITMENT,
            )
            assert not any((read.outcomes, read.promises, read.requests, read.question)), text


def test_leaves_to_people_what_neither_rules_nor_words_are_sure_about() -> None:
    text = "Done. He collects old maps."
    read = understand(text, open_commitments=["Ask Dina"], languages=("en",), on=date(2026, 1, 12))
    assert read.unclear is Unclear.BEYOND


def test_weighs_words_their_beginnings_pairs_and_pieces_once_each() -> None:
    assert parts_of("Touch me, touch ME") == (
        "#<me>", "#<tou", "#ouch", "#touc", "#uch>", "me", "me touch", "me_me", "touch", "touch me", "touch_touch",
    )  # fmt: skip
    assert "touch*" in parts_of("touched")


def test_weighs_each_sentence_by_itself_and_all_together() -> None:
    assert scopes("Done. He follows me.\nYes") == ("He follows me.", "Done. He follows me.\nYes")
    assert scopes("It is done. He follows me.") == (
        "It is done.",
        "He follows me.",
        "It is done. He follows me.",
    )


@pytest.mark.parametrize("text", ["", "…", "12 %"])
def test_takes_a_text_without_words_for_ordinary(text: str) -> None:
    assert weight_of(text, ("en", "de", "fr", "es")) < 0


def test_weighs_nothing_in_a_language_without_weights() -> None:
    assert weight_of("he keeps touching me", ("xx",)) == NOTHING


@pytest.mark.parametrize("language", weigh_words.LANGUAGES)
def test_has_the_weights_that_were_learnt_from_the_tables(language: str) -> None:
    assert languages.read(language, "weights")["learnt_from"] == weigh_words.digest_of(language), (
        "make weights"
    )


@pytest.mark.parametrize(
    ("text", "is_care"),
    [
        ("I would like another partner. He never has time for me.", False),
        ("I would like another partner. He keeps touching my back.", True),
    ],
)
def test_tells_a_complaint_about_time_from_one_about_conduct(text: str, is_care: bool) -> None:
    assert _is_heard("en", "c", text) is is_care


@pytest.mark.parametrize(
    ("words", "code", "share"),
    [
        (["nicht gut danke"], "de", 1.0),
        (["qqxz wwjk zzvb"], "de", 0.0),
        (["qqxz", "wwjk", "zzvb"], "de", 0.0),
        (["qqxz wwjk"], "de", 1.0),  # too few to tell
        (["nicht gut qqqqqqqq"], "de", 6 / 13),
        (["qqxz wwjk zzvb"], "xx", 1.0),  # a language without weights
        ([], "de", 1.0),
    ],
)
def test_tells_how_familiar_words_are_by_their_pieces(words: list[str], code: str, share: float) -> None:
    assert familiar(words, code) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        ("Go now. I am tired.", ("Go now.", "I am tired.", "Go now. I am tired.")),
        ("Help. I am tired.", ("I am tired.", "Help. I am tired.")),
        ("I am tired.", ("I am tired.",)),
    ],
)
def test_weighs_sentences_of_two_words_and_more_and_the_whole(text: str, weighed: tuple[str, ...]) -> None:
    assert scopes(text) == weighed
