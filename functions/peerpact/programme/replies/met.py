"""The tap that says "we met": the whole answer is that, and nothing else is to be read from it."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.requests import Wish


def says_only_that_they_met(text: str, languages: Sequence[str]) -> bool:
    """Tell whether an answer says in one of these languages that the two have met, and no more."""
    for language in map(answer_words, languages):
        words = tuple(w for w in words_of(text, language.writing.spelling) if w[:1].isalnum())
        if language.exact_requests.get(words) is Wish.MET:
            return True
    return False
