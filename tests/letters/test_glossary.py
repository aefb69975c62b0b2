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
    goes_on_small = "small after a greeting" in languages.words(language)
    letters = [e.letter for e in examples(language=language) if isinstance(e.letter, Letter)]
    greeted = [letter for letter in letters if letter.to.name]
    firsts = {render(letter, language=language).text.split("\n\n")[1] for letter in greeted}
    assert [text[:60] for text in firsts if text[0].islower() != goes_on_small] == []


def doubted(language: str) -> str:
    """Return how a language says, in the sentence that quotes it or the next one, that nobody could verify it."""
    return (
        "could not be verified"
        if language == languages.FALLBACK
        else languages.read(language, "glossary")["doubted"]
    )


def after_the_quote(text: str) -> str:
    """Return the words from the quoted 80 % on, as far as the end of the next sentence."""
    quoted = re.split(r"\b80\s(?:%%|%)", text, maxsplit=1)[1]
    return ".".join(quoted.split(".")[:2])


@pytest.mark.parametrize("language", languages.codes())
def test_quotes_the_80_percent_nowhere_without_its_doubt(language: str) -> None:
    quoting = [row[language] for row in sentences_side_by_side() if re.search(r"\b80 %", row["en"])]
    assert len(quoting) > 3
    assert [text for text in quoting if not re.search(doubted(language), after_the_quote(text))] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "80 % is often quoted, and could be verified"),
        ("de", "Oft zitiert werden 80 %; das ließ sich nicht erreichen"),
        ("fr", "Les 80 % souvent cités ont été vérifiés"),
        ("es", "El 80 % que suele citarse no se pudo alcanzar"),
        ("en", "It could not be verified whether they met. 80 % is often quoted."),
    ],
)
def test_takes_no_other_word_for_that_doubt(language: str, text: str) -> None:
    assert not re.search(doubted(language), after_the_quote(text))
