"""In which languages a text is read, where ours are English and two invented ones of a few words each. By value."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.client_words import FOLDER
from peerpact.programme.replies.tongue import tongue_of

WORDS = {
    "en": ("the plan is done we met", "ok"),
    "xx": ("plok dran mas fol", "ja"),
    "yy": ("urd brum mas", "yo"),
}
FOREIGN = tomllib.loads((FOLDER / "foreign.toml").read_text(encoding="utf-8"))["languages"]
NOT_READ = ("", False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for code, (common, yes) in WORDS.items():
        drop_in(tmp_path, code, f'[language]\ncommon = ["{common}"]\n[answers]\nyes = ["{yes}"]\n')
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    return tmp_path


def drop_in(folder: Path, code: str, answers: str = "", pieces: str = "") -> None:
    (folder / code).mkdir(exist_ok=True)
    if answers or not pieces:
        (folder / code / "answers.toml").write_text(answers, encoding="utf-8")
    if pieces:
        weights = f'learnt_from = ""\nevery_reply = -1.0\n[parts]\n"1.0" = "{pieces}"\n'
        (folder / code / "weights.toml").write_text(weights, encoding="utf-8")


def read(text: str, own: str, names: str = "") -> tuple[str, bool]:
    """Return the languages that a text is read in, and whether it is in one of the person's own."""
    tongue = tongue_of(text, own.split(), frozenset(names.split()))
    return " ".join(words.language for words in tongue.words), tongue.is_own


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        pytest.param("plok dran", "xx", ("xx", True), id="their own"),
        pytest.param("plok dran", "xx xx qq", ("xx", True), id="once, and none that we don't know"),
        pytest.param("plok dran", "en xx", ("xx en", True), id="of their own the one that it is in first"),
        pytest.param("mas urd", "xx en yy", ("yy xx en", True), id="the others by how much of it is theirs"),
        pytest.param("mas urd", "en xx yy", ("yy xx en", True), id="in whatever order they have them"),
        pytest.param("qudo wopi", "xx en", ("xx en", True), id="nothing that tells: as they have them"),
        pytest.param("", "xx", ("xx", True), id="no words"),
        pytest.param("ok", "xx", ("xx", True), id="half a yes tells no language"),
        pytest.param("the plan", "xx", ("en xx", False), id="surely another of ours, before their own"),
        pytest.param("the", "xx", ("en xx", False), id="one word that tells, and no other"),
        pytest.param("the the the qudo", "xx", ("en xx", False), id="the same word in three of four"),
        pytest.param("the the qudo", "xx", ("xx", True), id="two of three are not sure"),
        pytest.param("the plan qudo wopi", "xx", ("en xx", False), id="two words that tell, in half of it"),
        pytest.param("the plan qudo wopi zefu", "xx", ("xx", True), id="in less than half of it"),
        pytest.param("ok ok", "xx", ("xx", True), id="a yes tells no language"),
        pytest.param("plok the plan", "xx", ("en xx", False), id="twice as much of another"),
        pytest.param("plok dran the plan is", "xx", ("xx", True), id="half as much again is too little"),
        pytest.param("plok dran", "en", ("xx en", False), id="another language in answer to English"),
        pytest.param(
            "the plan", "", ("en", False), id="nobody knows theirs, but it is English as the letter"
        ),
        pytest.param("the plan", "qq", ("en", False), id="we don't read theirs, but it is English"),
        pytest.param("plok dran", "qq", ("xx en", False), id="we don't read theirs, but it is one of ours"),
        pytest.param("qudo wopi", "qq", NOT_READ, id="neither theirs nor surely ours"),
        pytest.param("ok", "", NOT_READ, id="a yes alone, and nobody knows in what"),
    ],
)
def test_reads_in_their_own_languages_or_what_it_surely_is(
    text: str, own: str, expected: tuple[str, bool]
) -> None:
    assert read(text, own) == expected


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("gli plok", ("xx", True), id="as much of theirs as of Italian"),
        pytest.param("gli che plok", NOT_READ, id="more of Italian"),
        pytest.param("gli qudo wopi zefu ruxa tibo", NOT_READ, id="one of six words, and none of theirs"),
        pytest.param("gli qudo wopi zefu ruxa tibo zork", ("xx", True), id="one of seven is too little"),
        pytest.param("gli qudo plok dran", ("xx", True), id="less of Italian than of theirs"),
        pytest.param("абв", NOT_READ, id="another script"),
        pytest.param("абвгд abcd", NOT_READ, id="more than half of the letters"),
        pytest.param("абвг abcd", ("xx", True), id="half of them are a name"),
        pytest.param("ɐɐɐ", NOT_READ, id="the first letter that is none of Latin's"),
        pytest.param("ɏɏɏ", ("xx", True), id="the last one that is"),
    ],
)
def test_reads_nothing_that_is_more_of_a_language_that_we_do_not_read(
    text: str, expected: tuple[str, bool]
) -> None:
    assert read(text, "xx") == expected


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param("the plan plok", "the plan", ("xx", True), id="of a language of ours"),
        pytest.param("gli che plok", "gli che", ("xx", True), id="of one that we don't read"),
        pytest.param("gli", "gli", ("xx", True), id="alone"),
        pytest.param("иван ok", "иван ok", NOT_READ, id="alone, in another script"),
        pytest.param("ɏ 12 👍", "ɏ", ("xx", True), id="alone, in Latin"),
        pytest.param("ɐ", "ɐ", NOT_READ, id="alone, and not in Latin"),
    ],
)
def test_learns_nothing_from_names(text: str, names: str, expected: tuple[str, bool]) -> None:
    assert read(text, "xx", names) == expected


def test_reads_what_is_surely_one_of_ours_where_english_is_none(folder: Path) -> None:
    (folder / "en" / "answers.toml").rename(folder / "en" / "kept.toml")
    languages.FOLDER = folder.rename(folder.parent / "no_english")
    assert read("plok dran", "") == ("xx", False)
    assert read("qudo wopi", "") == NOT_READ


def test_takes_no_language_for_foreign_that_was_dropped_in(folder: Path) -> None:
    assert read("gli che", "xx") == NOT_READ
    for code in FOREIGN:
        drop_in(folder, code)
    languages.FOLDER = folder.rename(folder.parent / "all")
    assert read("gli che", "xx") == ("xx", True)


@pytest.mark.usefixtures("folder")
def test_reads_four_hundred_words() -> None:
    english, others = "the plan " * 100, "qudo " * 200
    assert read(english + others, "xx") == ("en xx", False)
    assert read(english + others + "wopi", "xx") == ("en xx", False)
    assert read("wopi " + others + english, "xx") == ("xx", True)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param("ab abc abd", "", ("xx", True), id="two of five pieces are known"),
        pytest.param("ab abd abe", "", NOT_READ, id="none is"),
        pytest.param("ab abc abd", "abc", ("xx", True), id="two words are too few to tell"),
        pytest.param("ab abc abd abe", "", NOT_READ, id="two of seven"),
        pytest.param("ab abc abd abe", "abe", ("xx", True), id="a name is left out"),
        pytest.param("plok qudo wopi", "", NOT_READ, id="a word that tells is not enough"),
        pytest.param("the plan is qudo wopi zefu", "", ("en xx", False), id="three are, in half of it"),
        pytest.param("the plan the qudo wopi zefu", "", NOT_READ, id="two of them are not"),
        pytest.param("the plan is qudo wopi zefu ruxa", "", NOT_READ, id="nor three in less than half"),
    ],
)
def test_reads_no_words_that_are_built_as_none_of_ours(
    text: str, names: str, expected: tuple[str, bool], folder: Path
) -> None:
    for code in WORDS:
        drop_in(folder, code, pieces="#<abc, #abc>" if code == "xx" else "#~~~~")
    assert read(text, "xx", names) == expected
