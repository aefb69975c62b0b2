"""What follows words that announce it: "Next: ask Tom", "I want to talk about pay". Knows no word of a language."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.sentences import plain_words, without_bullet

_LONGEST_LABEL = 6


def behind_label(line: str, sort: str, languages: Sequence[AnswerWords]) -> str | None:
    """Return what follows "Next:" or "Next - " and the like; None where the line doesn't begin so."""
    head, colon, rest = without_bullet(line).partition(":")
    if not colon:
        head, colon, rest = without_bullet(line).partition(" - ")
    if not colon or not rest.strip():
        return None
    for language in languages:
        words = plain_words(head, language)
        phrases = language.sentences.get(sort)
        if phrases and 0 < len(words) <= _LONGEST_LABEL and phrases.begins(words) == len(words):
            return rest.strip()
    return None


def behind_words(line: str, sort: str, languages: Sequence[AnswerWords]) -> str | None:
    """Return what follows "I want to talk about" and the like; None where the line doesn't begin so."""
    for language in languages:
        phrases = language.sentences.get(sort)
        words = plain_words(line, language)
        count = phrases.begins(words) if phrases else 0
        if 0 < count < len(words):
            return " ".join(line.split()[-(len(words) - count) :])
    return None
