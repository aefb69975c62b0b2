"""What somebody takes away from a talk, beside what they will do: no promise of its own where that has a day."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.promises import Promised
from peerpact.programme.replies.sentences import plain_words


def without_insights(new: Sequence[Promised], languages: Sequence[AnswerWords]) -> list[Promised]:
    """Leave out "I should say no more often" before "I'll tell my boss by Friday"."""
    dated = [at for at, promise in enumerate(new) if promise.due]
    return [
        promise
        for at, promise in enumerate(new)
        if promise.due
        or not dated
        or at > dated[0]
        or not any(_is_insight(promise.text, la) for la in languages)
    ]


def _is_insight(text: str, language: AnswerWords) -> bool:
    phrases = language.sentences.get("insights")
    return phrases is not None and phrases.begins(plain_words(text, language)) > 0
