"""What comes next behind what was done: "Done, next time I'll bring the budget". Knows no word of a language."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.phrases import tokenised, words_of
from peerpact.programme.replies.wishes import is_as_offered
from peerpact.programme.requests import Wish

_WHO_STANDS_WITHIN = 4
_LEAST_SENSE = 3
_DOUBTS = {"not", "maybe", "if", "wish", "must", "unreal", "irony"}


def parted(sentence: str, languages: Sequence[AnswerWords]) -> tuple[str, str] | None:
    """Return what is before "next time", and the rest from there on; None where no part of a sentence begins so."""
    for language in languages:
        leads = language.sentences.get("next_time")
        tokens = tokenised(sentence, language.writing.spelling)
        words = [token.word for token in tokens]
        for at, token in enumerate(tokens):
            if leads and leads.at(words, at) and _begins_a_part(words, at, language):
                return sentence[: token.start].rstrip(" ,-–—"), sentence[token.start :]
    return None


def told_then(sentence: str, languages: Sequence[AnswerWords]) -> tuple[str, str]:
    """Return what is before "so I will ask Tom", and that from "I" on; all and nothing where no part begins so.

    "Daher werde ich ..." keeps its first word, without which it would be a question.
    """
    for language in languages:
        joints = language.sentences.get("so")
        tokens = tokenised(sentence, language.writing.spelling)
        words = [token.word for token in tokens]
        for at in range(1, len(words)):
            end = next((m.end for m in joints.at(words, at)), 0) if joints else 0
            if end and words[end:]:
                turned = any(m.sort == "me" for m in language.answers.everywhere(words[end + 1 : end + 2]))
                behind = tokens[at if turned else end].start
                return sentence[: tokens[at].start].rstrip(" ,;-–—"), sentence[behind:]
    return sentence, ""


def is_this_time(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "not this time", where no word speaks of a round."""
    phrases = language.sentences.get("this_time")
    said = {at for m in phrases.everywhere(words) for at in range(m.start, m.end)} if phrases else set()
    skips = (m for m in language.requests.everywhere(words) if m.value is Wish.SKIP)
    return bool(said) and all(said >= {*range(m.start, m.end)} for m in skips)


def is_next(text: str, languages: Sequence[AnswerWords]) -> bool:
    """Tell of "next time I bring the budget": what the writer does then, without a doubt."""
    return any(_is_next(words_of(text, la.writing.spelling), la) for la in languages)


def _begins_a_part(words: Sequence[str], at: int, language: AnswerWords) -> bool:
    before = words[at - 1] if at else ","
    joints = {m.sort for m in language.answers.at([before], 0)}
    return not before[:1].isalnum() or "and" in joints


def _is_next(words: Sequence[str], language: AnswerWords) -> bool:
    leads = language.sentences.get("next_time")
    length = leads.begins(words) if leads else 0
    rest = [word for word in words[length:] if word[:1].isalnum()]
    marks = language.answers.everywhere(rest)
    if not length or "?" in words or len(rest) < _LEAST_SENSE or any(m.sort in _DOUBTS for m in marks):
        return False
    mine = [m.start for m in marks if m.sort == "me" and m.start < _WHO_STANDS_WITHIN]
    others = [m.start for m in marks if m.sort == "they" and m.start < min(mine, default=_WHO_STANDS_WITHIN)]
    return not others and (bool(mine) or any(m.sort == "now" for m in language.promises.at(rest, 0)))


def is_offered_anew(sentence: str, clauses: Sequence[Clause], languages: Sequence[AnswerWords]) -> bool:
    """Tell of "When the sprint ends, I will ask Tom", as letters offer it for what one takes on next.

    It has words of its own and none of an open promise: "When I find the time, I will do it" is about that.
    """
    if any(c.names for c in clauses) or not any(c.unknown for c in clauses[1:]):
        return False
    return any(is_as_offered(words_of(sentence, la.writing.spelling), la) for la in languages)
