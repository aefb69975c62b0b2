"""What people read keeps to the glossary of their language, which is beside its translations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from peerpact.letters.examples import examples
from peerpact.letters.kinds import Letter
from peerpact.letters.rendering import render
from peerpact.operating.letters import sentences_side_by_side
from peerpact.programme import languages
from peerpact.programme.sentences import known_in

OTHERS = [code for code in languages.codes() if code != languages.FALLBACK]
IN_QUOTES = re.compile(r"[“„«](.*?)[”“»]")
QUOTED = re.compile(r"\{[^}]*\}|%\(\w+\)s|[„“«»].*?[“”«»]|\S+@\S+")
"""Gaps, names of columns and settings, and addresses: no words of ours."""


def said(language: str) -> Iterator[str]:
    for row in sentences_side_by_side():
        yield QUOTED.sub("", row.get(language, ""))


@pytest.mark.parametrize("language", OTHERS)
def test_uses_every_word_of_the_glossary_and_none_that_is_not_for_it(language: str) -> None:
    glossary, texts = languages.read(language, "glossary"), [*said(language)]
    whole = "\n".join(texts).casefold()
    assert [w for w in glossary["words"].values() if w.casefold() not in whole] == []
    found = [(never, text) for never in glossary["never"] for text in texts if re.search(never, text)]
    assert found == []


@pytest.mark.parametrize("language", OTHERS)
def test_names_lines_of_start_here_in_the_handbook_as_they_are_called_there(language: str) -> None:
    def named(code: str) -> set[str]:
        return {
            q.strip() for row in languages.lines(code, "handbook.csv") for q in IN_QUOTES.findall(row["text"])
        }

    known = known_in(language)
    assert named(language) == {known[name] for name in named(languages.FALLBACK)}


@pytest.mark.parametrize("language", OTHERS)
def test_names_the_same_words_in_every_language(language: str) -> None:
    assert {*languages.read(language, "glossary")["words"]} == {*languages.read("de", "glossary")["words"]}


@pytest.mark.parametrize("language", languages.codes())
def test_begins_after_the_greeting_as_the_language_does(language: str) -> None:
    """German goes on small; where it should have, its list of small words lacks one."""
    letters = [e.letter for e in examples(language=language) if isinstance(e.letter, Letter)]
    greeted = [letter for letter in letters if letter.to.name]
    firsts = {render(letter, language=language).text.split("\n\n")[1] for letter in greeted}
    assert [text[:60] for text in firsts if text[0].islower() != (language == "de")] == []


DOUBTED = {
    "en": "could not be verified",
    "de": "ließ(?:en)? sich nicht",
    "fr": "vérifi",
    "es": "no (?:se ha |se )?pod|no (?:se )?pud",
}


@pytest.mark.parametrize("language", languages.codes())
def test_quotes_the_80_percent_nowhere_without_its_doubt(language: str) -> None:
    quoting = [row[language] for row in sentences_side_by_side() if re.search(r"\b80 %", row["en"])]
    assert len(quoting) > 3
    assert [text for text in quoting if not re.search(DOUBTED[language], text)] == []
