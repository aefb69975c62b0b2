"""Clauses in a small language of our own, for tests of rules that look at one clause."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.phrases import tokenised

TODAY = date(2026, 1, 12)
"""A Monday."""


def clause_of(
    text: str, language: AnswerWords, *, names: Collection[str] = (), is_asked: bool = False
) -> Clause:
    """Return a text as one clause; ``names`` are words that name the first promise."""
    tokens = tokenised(text, language.writing.spelling)
    words = tuple(t.word for t in tokens)
    quotes = [at for at, word in enumerate(words) if word == '"']
    return Clause(
        words=words,
        marks=tuple(language.answers.in_order(words)),
        dates=dates_in(words, language, TODAY),
        language=language,
        sentence=0,
        text=text,
        names=tuple((at, 1) for at, word in enumerate(words) if word in names),
        capitals=frozenset(at for at, t in enumerate(tokens) if text[t.start].isupper()),
        quoted=tuple(zip(quotes[::2], quotes[1::2], strict=False)),
        is_asked=is_asked,
    )
