"""What speaks against a promise: news, absences, what is put off or asked of us. Greetings before it say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.sentences import plain_words

_NEXT = 2
_LATEST = 8
_ON = {"by", "in", "on", "until"}
_MAY_BE = 5
"""So early in a sentence "maybe" is of what is promised; later it may be of what somebody else does."""


def is_refused(text: str, language: AnswerWords, *, is_news: bool = True) -> bool:
    """``is_news``: words that tell what happened speak against it."""
    words = without_greeting(plain_words(text, language), language)
    if _is_asked_of_us(words, language) or _is_asked_behind_comma(text, language):
        return True
    marks = language.promises.everywhere(words)
    is_dated = bool(words) and any(m.sort in _ON for m in language.dates.phrases.at(words, 0))
    begins = [m.end for m in marks if m.sort == "begins" and m.start <= (_LATEST if is_dated else _NEXT + 1)]
    verbs = [m.end for m in language.promises.at(words, 0) if m.sort == "verbs"] if words else []
    relatives = language.writing.lists.get("relatives", frozenset())
    begins += [at + 1 for at, w in enumerate(words) if w in relatives and verbs and at >= verbs[0]]
    begins += _objects_begin(words, language)
    if any(m.sort in {"absences", "unread", "never"} for m in marks) or _is_deferred(words, marks, language):
        return True
    if any(m.sort == "maybe" for m in language.answers.in_order(words[:_MAY_BE])):
        return True
    said = [m for m in marks if m.sort == "begins"]
    news = [
        m.start
        for m in marks
        if m.sort == "news" and not any(b.start <= m.start < m.end <= b.end for b in said)
    ]
    return is_news and any(not any(end <= at for end in begins) for at in news)


def _objects_begin(words: Sequence[str], language: AnswerWords) -> list[int]:
    """Return where the past of "j'écris ce que j'ai appris" begins: it tells what the writer's verb is about."""
    if not words or not any(m.sort == "now" for m in language.promises.at(words, 0)):
        return []
    return [m.end for m in language.dates.phrases.everywhere(words) if m.sort == "relative"]


def _is_deferred(words: Sequence[str], marks: Sequence[Mark], language: AnswerWords) -> bool:
    """Tell of "I will let you know": what puts off comes next to "I will", unlike "I will ask Kim to look at it".

    Not of "ich melde mich zum Kurs an", whose last word makes it another verb.
    """
    begins = [m.end for m in marks if m.sort == "begins"]
    parted = bool(words) and words[-1] in language.writing.lists.get("parted", frozenset())
    put_off = [m for m in marks if m.sort == "deferrals" and (not parted or m.end == len(words))]
    if not begins:
        verbs = [m.end for m in language.promises.at(words, 0) if m.sort == "verbs"] if words else []
        return any(not verbs or m.start <= verbs[0] + _NEXT for m in put_off)
    return any(m.start - end <= _NEXT and m.end > end for m in put_off for end in begins)


def _is_asked_of_us(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "Skip February please": who says please asks somebody else to do it."""
    polite = language.sentences.get("polite")
    if not polite or not words:
        return False
    return bool(polite.begins(words[-1:]) or (polite.begins(words) and not _is_wanted_to_do(words, language)))


def _is_wanted_to_do(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "I would like to write ...": politely begun, and something that the writer does behind it."""
    ends = [m.end for m in language.promises.at(words, 0) if m.sort == "begins"]
    behind = words[max(ends) :] if ends else ()
    marks = language.promises.at(behind, 0) if behind else ()
    return any(m.sort == "verbs" for m in marks) and not any(m.sort == "asked" for m in marks)


def _is_asked_behind_comma(text: str, language: AnswerWords) -> bool:
    """Tell of "Nice, but never there, please somebody else": what follows a comma is asked of us."""
    polite, parts = language.sentences.get("polite"), text.split(",")[1:]
    return polite is not None and any(polite.begins(plain_words(part, language)) for part in parts)


def is_only_greeting(head: str, language: AnswerWords) -> bool:
    """Tell of "Hello" and of "Hi Sam"."""
    words = plain_words(head, language)
    return len(words) - len(without_greeting(words, language)) >= max(1, len(words) - 1)


def without_greeting(words: list[str], language: AnswerWords) -> list[str]:
    greetings = language.sentences.get("greetings")
    return words[greetings.begins(words) :] if greetings else words
