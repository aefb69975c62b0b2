"""What a text weighs where a language's weights are these few: reckoned by hand."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.weights import NOTHING, parts_of, sense_of, weight_of

WEIGHTS = 'every_reply = -1.0\n[parts]\n"2.0" = "a, dog"\n"-0.5" = "cat, cat dog"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "weights.toml").write_text(WEIGHTS, encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "weighed"),
    [
        ("a", -1 + 2.0),
        ("dog", -1 + 2.0 / sqrt(3)),  # dog, <dog, dog>
        ("cat dog", -1 + (2.0 - 0.5 - 0.5) / sqrt(7)),
        ("what", -1),
        (
            "what a. A",
            -1 + 2.0 / sqrt(6),
        ),  # its first sentence: what, a, <wha, what, hat>, what a; the whole weighs less
    ],
)
def test_reckons_parts_together_by_the_root_of_their_number(text: str, weighed: float) -> None:
    assert weight_of(text, ("xx",)) == pytest.approx(weighed)


@pytest.mark.parametrize(
    ("text", "between", "sense"),
    [
        ("a", "", 2.0),
        ("what", "", 0.0),
        ("a", "a", 0.0),
        ("a dog", "", (2.0 + 2.0) / sqrt(5)),  # a, dog, a dog, <dog, dog>
        ("a dog", "a", 2.0 / sqrt(5)),
        ("cat dog", "cat", (2.0 - 0.5) / sqrt(7)),  # a pair is left out only with both its words
        ("cat dog", "cat dog", 0.0),
        ("a a. cat dog", "", 2.0 / sqrt(2)),  # of the heaviest sentence
        ("a a. cat dog", "a", 0.0),  # though the other has more sense
    ],
)
def test_reckons_words_of_sense_in_the_heaviest_sentence(text: str, between: str, sense: float) -> None:
    assert sense_of(text, {"xx": frozenset(between.split())}) == pytest.approx(sense)


def test_hears_the_language_in_which_it_is_heaviest(folder: Path) -> None:
    (folder / "yy").mkdir()
    (folder / "yy" / "weights.toml").write_text(WEIGHTS.replace("-1.0", "1.0"), encoding="utf-8")
    assert weight_of("a", ("xx", "yy")) == weight_of("a", ("yy", "xx", "zz")) == pytest.approx(1 + 2.0)
    assert sense_of("a", {"xx": frozenset(), "yy": frozenset("a")}) == 0.0


def test_weighs_nothing_in_languages_without_weights() -> None:
    assert weight_of("a dog", ("zz",)) == sense_of("a dog", {"zz": frozenset()}) == NOTHING


def test_leaves_words_out_with_what_is_of_nothing_else() -> None:
    assert parts_of("to go to me", but_for=("to", "me")) == ("#<go>", "go", "go to", "go_me", "to go")
    assert parts_of("to me to", but_for=("to", "me")) == ()
