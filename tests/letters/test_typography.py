"""Letters are set as somebody at work who writes that language would set them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from peerpact.letters import Digest, Invitation, Reminder, Turn, render
from peerpact.letters.examples import examples
from peerpact.letters.rendering import _day, _listed, _when
from peerpact.programme import languages

FOLDER = languages.FOLDER / "fr"
LOOSE = re.compile(r"« | [»:;?!](?!/)")


@pytest.mark.parametrize("file", ["letters.po", "guidance.csv", "handbook.csv", "admins.toml"])
def test_keeps_french_signs_with_their_words_at_the_end_of_a_line(file: str) -> None:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    french = [line for line in lines if not line.startswith(("msgid", '"', "#"))]
    if file == "admins.toml":
        french = [*languages.read("fr", "admins").values()]
    assert len(french) > 1
    assert [line for line in french if LOOSE.search(line)] == []


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fr", "1er avril 2026", "2 avril 2026"),
        ("en", "1 April 2026", "2 April 2026"),
        ("de", "1. April 2026", "2. April 2026"),
        ("es", "1 de abril de 2026", "2 de abril de 2026"),
    ],
)
def test_says_the_first_of_a_month_as_the_language_does(language: str, first: str, second: str) -> None:
    assert [_day(date(2026, 4, day), "long", language) for day in (1, 2)] == [first, second]


def test_says_it_beside_a_weekday_too() -> None:
    assert _when(datetime(2026, 4, 1, 11, tzinfo=UTC), "UTC", "fr").startswith("mercredi 1er avril 2026")


def test_parts_a_french_colon_from_what_people_wrote_before_it() -> None:
    texts = [(e.case, render(e.letter, language="fr").text) for e in examples(language="fr")]
    stuck = [
        (case, line) for case, text in texts for line in text.splitlines() if re.search(r"[^\W\d]: ", line)
    ]
    assert stuck == []


@pytest.mark.parametrize(
    ("language", "familiar"), [("de", "Schreib an"), ("fr", "Écris à"), ("es", "Escribe a")]
)
def test_speaks_to_admins_as_the_spreadsheet_does_also_in_the_foot(language: str, familiar: str) -> None:
    letters = [e.letter for e in examples(language=language)]
    for letter in letters:
        shown = render(letter, language=language)
        formal = isinstance(letter, Digest)
        if formal or isinstance(letter, Reminder):
            assert [familiar in words for words in (shown.text, shown.html)] == [not formal] * 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_writes_the_printers_apostrophe_but_in_what_people_wrote(language: str) -> None:
    for example in examples(language=language):
        shown = render(example.letter, language=language)
        assert (
            re.findall(r".{12}[a-zA-Z]'[a-zA-Z].{12}", re.sub(r"\s+", " ", shown.text + shown.subject)) == []
        )


@pytest.mark.parametrize(
    ("language", "names", "listed"),
    [
        ("es", ["Ana", "Inés"], "Ana e Inés"),
        ("es", ["Ana", "Hilario"], "Ana e Hilario"),
        ("es", ["Ana", "Yves"], "Ana e Yves"),
        ("es", ["Inés", "Ana"], "Inés y Ana"),
        ("es", ["Ana", "Yolanda"], "Ana y Yolanda"),
        ("es", ["Ana", "Hierro"], "Ana y Hierro"),
        ("es", ["Ana", "José y Inés"], "Ana y José y Inés"),
        ("es", ["Ivo", "Ana", "Íñigo"], "Ivo, Ana e Íñigo"),
        ("es", ["Inés"], "Inés"),
        ("es", [], ""),
        ("en", ["Ana", "Inés"], "Ana and Inés"),
        ("fr", ["Ana", "Inés"], "Ana et Inés"),
    ],
)
def test_lists_names_by_the_sound_of_the_last(language: str, names: list[str], listed: str) -> None:
    assert _listed(names, language) == listed


def test_puts_no_and_of_the_translation_before_a_name() -> None:
    """A name after a fixed "y" would be wrong for Inés, so the sentences have it before."""
    spanish = (languages.FOLDER / "es" / "letters.po").read_text(encoding="utf-8")
    assert re.findall(r"msgstr.* y %\((?:partner|names|name|person|who)s?\)s", spanish) == []


def test_counts_what_was_done_and_says_nothing_where_nothing_was() -> None:
    turn = next(e.letter for e in examples() if isinstance(e.letter, Turn) and e.letter.done)
    said = [
        render(replace(turn, promised=promised, done=done), language="en").text
        for promised, done in ((4, 0), (1, 1), (4, 2))
    ]
    told = [re.findall(r"Between you, [^.]*\.", " ".join(text.split())) for text in said]
    assert told == [
        [],
        ["Between you, you took on one thing and did it."],
        ["Between you, you took on 4 things and did 2 of them."],
    ]


@pytest.mark.parametrize("language", languages.codes())
def test_greets_nobody_by_an_address(language: str) -> None:
    for example in examples(language=language):
        if isinstance(example.letter, Invitation):
            continue
        nameless = replace(example.letter, to=replace(example.letter.to, name="", called=""))
        assert example.letter.to.email not in render(nameless, language=language).text.split("\n\n")[0]
