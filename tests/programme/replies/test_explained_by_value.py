"""Whether each clause of a reply is plain, in two small languages that are dropped in. By value."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.explained import Explained, Said, explained
from peerpact.programme.replies.named import promises_of

TODAY = date(2026, 1, 12)
TABLE = (Path(__file__).parent / "explained_by_value.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.replace("\\n", "\n").split("\t") for line in TABLE if not line.startswith("#")]
ANSWERS = """
[language]
common = ["the"]
[sentences]
closings = ["regards"]
[answers]
kept = ["done", "out there"]
praise = ["great", "very good"]
empty = ["no need"]
all = ["all three"]
none = ["none now"]
irony = ["as if"]
did = ["asked"]
me = ["i", "me"]
it = ["it", "that"]
has = ["hath"]
surely = ["sure"]
no = ["nay"]
fine = ["ok"]
must = ["must"]
also = ["too"]
because = ["as"]
and = ["und"]
aux = ["was"]
not = ["not"]
yes = ["yes"]
but = ["but"]
almost = ["nearly"]
other = ["otherwise"]
[numbers]
first = 1
[dates]
today = ["today"]
weekdays = [["monday"]]
"""
PLAIN = """
being = ["be"]
[words]
light = ["so", "boss", "mate", "promised", "wanted", "never", "wondered"]
i = ["i"]
me = ["i", "me"]
person = ["boss"]
partner = ["mate"]
named = ["client"]
guard = ["afraid"]
private = ["wedding"]
plain = ["plan", "budget", "so", "it", "i"]
before_nouns = ["a"]
"""
FIGURES = """
[words]
figure = ["killing me"]
[lists]
things = ["deadline"]
"""


def drop_in(folder: Path) -> None:
    for code, settings in (
        ("xx", "capitals_are_names = true"),
        ("yy", "verbs_say_who = true"),
        ("zz", ""),
    ):
        (folder / code).mkdir()
        (folder / code / "answers.toml").write_text(ANSWERS, encoding="utf-8")
        (folder / code / "distress.toml").write_text(FIGURES, encoding="utf-8")
        if settings:
            (folder / code / "plain.toml").write_text(f"{settings}\n{PLAIN}", encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_in(tmp_path)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


def told(text: str, language: str = "xx") -> str:
    """Return how much is explained of a text in which each sentence's first word tells as what it was taken."""
    words = [answer_words(language)]
    promises = promises_of(["file the report"], words)

    def said_as(sentence: str) -> Said:
        return TAKEN.get(sentence.split(maxsplit=1)[0], Said.REST)

    return explained(text, words, promises, TODAY, said_as=said_as).value


TAKEN = {
    "promised": Said.PROMISE,
    "wanted": Said.REQUEST,
    "never": Said.NEVER_WITH,
    "wondered": Said.QUESTION,
}
"""As what a sentence was taken is said by its first word."""


@pytest.mark.parametrize(("text", "by_capitals", "by_verbs"), ROWS)
def test_explains_a_reply_only_where_each_clause_is_plain(text: str, by_capitals: str, by_verbs: str) -> None:
    assert (told(text), told(text, "yy")) == (by_capitals, by_verbs)


@pytest.mark.parametrize("text", ["promised xylo", "promised mate xylo", "xylo me", "i xylo"])
def test_judges_nothing_in_a_language_without_plain_words(text: str) -> None:
    assert told(text, "zz") == Explained.ALL


@pytest.mark.parametrize(
    ("text", "by_capitals", "by_verbs"),
    [
        ("promised plan, the", "all", "nearly"),
        ("promised plan, the me", "all", "nearly"),
        ("promised the, the", "nearly", "nearly"),
        ("promised plan, the it", "all", "all"),
        ("promised plan, the that", "nearly", "nearly"),
        ("promised plan, they the", "nearly", "nearly"),
        ("promised plan, boss the", "nearly", "nearly"),
        ("promised plan, the Kim", "nearly", "nearly"),
        ("promised plan, the xylo", "nearly", "nearly"),
        ("promised plan, be the", "for people", "for people"),
        ("promised plan, afraid the", "for people", "for people"),
        ("promised plan, wedding the", "for people", "for people"),
        ("wanted plan, the", "all", "all"),
        ("promised plan. xylo the", "all", "for people"),
    ],
)
def test_goes_on_with_common_words_in_a_promise_that_has_sense(
    text: str, by_capitals: str, by_verbs: str
) -> None:
    assert (told(text), told(text, "yy")) == (by_capitals, by_verbs)
