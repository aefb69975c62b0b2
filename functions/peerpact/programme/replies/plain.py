"""The plain words of each language, from its ``plain.toml``, and what of a clause no word that we know explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.distress import figures_of, things_of
from peerpact.programme.replies.phrases import Mark, Phrases, folded
from peerpact.programme.replies.spans import When

_CARRY = {"light", "i", "me"}
_WHO = {"person", "partner"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The plain words of one language."""

    words: Phrases
    figures: Phrases
    things: Phrases
    capitals_are_names: bool
    verbs_say_who: bool
    being: frozenset[str]
    between: frozenset[str]
    """Words that carry a sentence or say who: by themselves they tell nothing of what happened."""
    is_known: bool
    """False: a language that was dropped in without plain words, where rules of promises judge alone."""


def plain_of(code: str) -> Plain:
    """Return the plain words of a language; none where it has no file of them."""
    return _plain(code, languages.FOLDER)


@cache
def _plain(code: str, folder: Path) -> Plain:
    path = folder / code / "plain.toml"
    file = languages.read(code, "plain") if path.exists() else {}
    writing = answer_words(code).writing
    words = Phrases()
    for sort, texts in file.get("words", {}).items():
        for text in (part for line in texts for part in line.split(", ")):
            words.add(text, sort, None, writing)
    return Plain(
        words=words,
        figures=figures_of(code),
        things=things_of(code),
        capitals_are_names=bool(file.get("capitals_are_names")),
        verbs_say_who=bool(file.get("verbs_say_who")),
        being=frozenset(file.get("being", ())),
        between=frozenset(_words_alone(file.get("words", {}))),
        is_known=bool(file),
    )


def _words_alone(sorts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    texts = (part for sort in _CARRY | _WHO for line in sorts.get(sort, ()) for part in line.split(", "))
    return (folded(word) for text in texts if not set(text) & set(" *({") for word in text.split("|"))


def left_over(clause: Clause) -> list[int]:
    """Return the places of words that carry a sense, and that neither an answer, a day nor a promise's name explains.

    Other than ``clause.unknown``, it counts a word of ours that stands outside its phrase: the "ball" that is dropped.
    """
    plain = plain_of(clause.language.language)
    if not plain.is_known:
        return clause.unknown
    known = {*clause.covered, *places(m for m in plain.words.everywhere(clause.words) if m.sort in _CARRY)}
    words, articles = clause.words, clause.language.dates.articles
    return [
        at for at in clause.sense
        if at not in known and len(words[at]) > 1 and not words[at].isdecimal() and words[at] not in articles
    ]  # fmt: skip


def places(marks: Iterable[Mark | When]) -> Iterator[int]:
    return (at for m in marks for at in range(m.start, m.end))
