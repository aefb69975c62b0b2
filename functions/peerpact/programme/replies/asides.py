"""What stands beside an answer and says nothing of it: "lg Markus" behind the last sentence, "let's see how that goes".

Only what is nothing else is left out, and never all of a text: "thanks, Tom" alone stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from peerpact.programme import languages as all_languages
from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.phrases import tokenised
from peerpact.programme.replies.sentences import plain_words

_PARTED = re.compile(r"((?:(?<=\D),|[.!…]+|(?<=[^\w\s]))\s+|\s[-–—]\s)")
_DOTS = re.compile(r"…|\.{2,}")
_LONGEST_NAME = 2
_SAYINGS = {"irony", "praise", "empty"}
_SHORTEST_SAYING = 3
"""Words."""


def without_asides(text: str, languages: Sequence[AnswerWords]) -> str:
    """Return a text without small talk between its signs, and without a closing at the end of its last line."""
    lines = text.split("\n")
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    kept = [_without(line, languages, is_last=at == last) for at, line in enumerate(lines)]
    return "\n".join(kept)


def without_sayings(text: str, languages: Iterable[AnswerWords]) -> str:
    """Return a text without "when pigs fly" and "went better than I feared": a set phrase has no tone of its own."""
    for language in languages:
        tokens = tokenised(text, language.writing.spelling)
        marks = language.answers.in_order([token.word for token in tokens])
        sayings = [m for m in marks if m.sort in _SAYINGS and m.end - m.start >= _SHORTEST_SAYING]
        for mark in reversed(sayings):
            text = text[: tokens[mark.start].start] + text[tokens[mark.end - 1].end :]
    return text


def without_unfilled(text: str, languages: Iterable[str]) -> str:
    """Return a text without what is left of a promise's form as our button wrote it, where nothing was filled in.

    A form without what is to be done is nothing; one without an occasion or a day is a promise without it.
    """
    if not _DOTS.search(text):
        return text
    forms = [parts for language in languages if (parts := all_languages.offered(language))]
    lines = (_filled(line, forms) for line in text.split("\n"))
    return "\n".join(line for line in lines if line is not None)


def _filled(line: str, forms: Iterable[tuple[str, ...]]) -> str | None:
    """Return what was filled into a form, without its dots; None where it says not what is to be done."""
    for parts in forms:
        if _form(parts).fullmatch(line):
            return None
        if (filled := _partly_filled(parts).fullmatch(line)) and _DOTS.search(line):
            occasion, action, day = (_DOTS.sub(" ", part or "").strip(" ,.") for part in filled.groups())
            opening, doing, until = parts
            if not action:
                return None
            lead = f"{opening} {occasion}, {doing}" if occasion else doing[:1].upper() + doing[1:]
            return " ".join(f"{lead} {action}{f', {until} {day}' if day else ''}".split())
    return line


@cache
def _partly_filled(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Match "When ..., I will ..., by ..." with whatever stands in place of its dots."""
    opening, doing, until = map(re.escape, parts)
    return re.compile(
        rf"[\W_]*{opening}\b([^\n]*?)\b{doing}\b([^\n]*?)(?:(?:,|…|\.\.)\s*{until}\b([^\n]*))?", re.IGNORECASE
    )


@cache
def _form(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Match "When …, I will …, by …", whatever became of its dots, and the same with a day at its end."""
    between = r"[\W_]*".join(re.escape(part) for part in parts)
    return re.compile(rf"[\W_]*{between}\b[^\n]{{0,40}}", re.IGNORECASE)


def _without(line: str, languages: Sequence[AnswerWords], *, is_last: bool) -> str:
    parts = _PARTED.split(line)
    chunks, signs = parts[::2], ["", *parts[1::2]]
    saying = [at for at, chunk in enumerate(chunks) if not _is_aside(chunk, languages)]
    if is_last and len(saying) > 1 and any(_is_closing(chunks[saying[-1]], la) for la in languages):
        saying = saying[:-1]
    if not saying or len(saying) == len(chunks):
        return line
    first = saying[0]
    return "".join((signs[at] if at != first else "") + chunks[at] for at in saying)


def _is_aside(chunk: str, languages: Sequence[AnswerWords]) -> bool:
    for language in languages:
        words, asides = plain_words(chunk, language), language.sentences.get("asides")
        if asides and words and asides.begins(words) == len(words):
            return True
    return False


def _is_closing(chunk: str, language: AnswerWords) -> bool:
    """Tell of "lg", "un saludo, Marcos" and "cheers Tom", and not of "thanks for asking"."""
    words, closings = plain_words(chunk, language), language.sentences.get("closings")
    length = closings.begins(words) if closings else 0
    name = words[length:]
    return (
        length > 0
        and len(name) <= _LONGEST_NAME
        and not any(w in language.common or w.isdecimal() for w in name)
    )
