"""Words of distress: harassment, violence, self-harm, discrimination, fear. They reach no ledger and no partner.

Heard in every language that we have words for, whatever the person's own is: too much is better than too little.
"""

from __future__ import annotations

import tomllib
from functools import cache

from peerpact.programme.replies.answer_words import AnswerWords, answer_words, languages_read, phrases_of
from peerpact.programme.replies.client_words import FOLDER
from peerpact.programme.replies.wording import Mark, Phrases, Writing, words_of


def is_distress(text: str) -> bool:
    """Tell whether somebody seems to be in distress."""
    return any(_is_in(sentence) for sentence in _sentences(text))


def _is_in(sentence: str) -> bool:
    """Beside "training" it is distress only where it happened to the writer: "he groped me at the training"."""
    marks = [m for la in languages_read() for m in _marks(sentence, answer_words(la))]
    sorts = {m.sort for m in marks}
    sure = "sure" in sorts or _is_in_other(sentence)
    return sure and ("unless" not in sorts or "mine" in sorts)


def _marks(sentence: str, language: AnswerWords) -> list[Mark]:
    return language.care.everywhere(words_of(sentence, language.writing.spelling))


def _is_in_other(text: str) -> bool:
    words = words_of(text)
    return any(phrases.at(words, at) for phrases in _others() for at in range(len(words)))


@cache
def _others() -> tuple[Phrases, ...]:
    file = tomllib.loads((FOLDER / "foreign.toml").read_text(encoding="utf-8"))
    writing = Writing({}, {})
    return tuple(phrases_of(texts, "sure", writing) for texts in file.get("care", {}).values())


def _sentences(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split(". ") if part.strip()]
