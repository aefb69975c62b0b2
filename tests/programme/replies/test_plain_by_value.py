"""A language's plain words as its file has them, and which words of a clause nothing explains. By value."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.plain import left_over, places, plain_of

ANSWERS = """
[language]
common = ["today"]
[dates]
articles = ["the"]
"""
PLAIN = """
capitals_are_names = true
verbs_say_who = true
being = ["be", "become"]
[words]
light = ["So, very much", "as well"]
i = ["ich|wir"]
me = ["me, my own*"]
person = ["Chéf, {team lead|boss}"]
partner = ["partner (there)", "buddy, you"]
work = ["plan, budget"]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drop in three languages: with plain words, with a file of none, and without a file."""
    for code in ("xx", "yy", "zz"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "answers.toml").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "xx" / "plain.toml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "yy" / "plain.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


def test_reads_a_languages_plain_words() -> None:
    plain = plain_of("xx")
    assert (plain.is_known, plain.capitals_are_names, plain.verbs_say_who) == (True, True, True)
    assert plain.being == {"be", "become"}
    said = ["so", "much", "wir", "plan", "boss", "very", "much", "partner", "there", "buddy"]
    sorts = {" ".join(said[m.start : m.end]): m.sort for m in plain.words.everywhere(said)}
    assert sorts == {
        "so": "light",
        "wir": "i",
        "plan": "work",
        "boss": "person",
        "very much": "light",
        "partner there": "partner",
        "buddy": "partner",
    }


def test_takes_single_words_that_carry_a_sentence_or_say_who_for_words_between() -> None:
    """Words of phrases, beginnings of words and those of work tell what happened."""
    assert plain_of("xx").between == {"so", "ich", "wir", "me", "chef", "buddy", "you"}


@pytest.mark.parametrize("code", ["yy", "zz"])
def test_knows_no_plain_words_of_a_language_without_them(code: str) -> None:
    plain = plain_of(code)
    assert (plain.is_known, plain.capitals_are_names, plain.verbs_say_who) == (False, False, False)
    assert plain.being == plain.between == frozenset()
    assert not plain.words.everywhere(["so", "plan"])


def left(text: str, code: str = "xx", marks: tuple[Mark, ...] = ()) -> str:
    """Return the words that are left over."""
    words = tuple(text.split())
    clause = Clause(words=words, marks=marks, dates=(), language=answer_words(code), sentence=0)
    return " ".join(words[at] for at in left_over(clause))


@pytest.mark.parametrize(
    ("text", "marks", "over"),
    [
        pytest.param("so ich me very much as well", (), "", id="words that carry a sentence"),
        pytest.param("much well", (), "much well", id="words of a phrase outside of it"),
        pytest.param("plan buddy boss", (), "plan buddy boss", id="what one speaks of, and who, is not"),
        pytest.param("the plan , x 12 !", (), "plan", id="an article, a letter, a number and signs are none"),
        pytest.param("today plan", (), "today plan", id="a common word is"),
        pytest.param("did plan it", (Mark(0, 2, "did"),), "it", id="what an answer covers is not"),
    ],
)
def test_leaves_over_what_nothing_explains(text: str, marks: tuple[Mark, ...], over: str) -> None:
    assert left(text, marks=marks) == over


@pytest.mark.parametrize("code", ["yy", "zz"])
def test_leaves_over_what_is_unknown_where_there_are_no_plain_words(code: str) -> None:
    assert left("so today plan the", code) == "so plan"


def test_counts_the_places_of_marks() -> None:
    assert list(places([Mark(0, 2, "did"), Mark(3, 4, "it")])) == [0, 1, 3]
