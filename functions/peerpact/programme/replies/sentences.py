"""An answer cut into lines and sentences: without greeting and closing, wrapped lines joined, bullets known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from peerpact.programme.languages import codes, read
from peerpact.programme.replies.answer_words import AnswerWords, answer_words
from peerpact.programme.replies.phrases import folded, words_of

_SENTENCE_END = re.compile(
    r"(?<=[!?;…])\s+|(?<=[^\d\s]\.)\s+"
    r"|(?<=\d\.\d\.)\s+(?=[^\W\d_a-zäöü])|(?<=\d\.\d\d\.)\s+(?=[^\W\d_a-zäöü])|(?<=[!?]{2})(?=\w)"
)
_DAY_BEFORE = re.compile(r"\d\.?\s+(?:[^\W\d_]{2}\s+)?([^\W\d_]+)\.$")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,4})\.$")
_DOUBLED = re.compile(r"(?:^|\s)([A-Z])\1\.$")
"""A plural that is abbreviated so: RR. HH., EE. UU."""
_AFTER_EMOJI = re.compile("(?<=[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f])\\s+(?=[^\\W_])")
_BULLET = re.compile(r"^\s*(?:[-*•–+▪◦]|\(?\d{1,2}[.)]|\d{1,2}:|[a-h]\))\s+")
_INLINE = re.compile(r"(?:(?<=\s)|^)\(?(\d|[a-h](?=\)))[.)](?=\s)")
_LETTERS = "0abcdefgh"
_WRAPPED = 45
"""A line that was wrapped by a mail program is at least so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """``in_list``: an item of a list; ``after``: what came before its colon, such as "Next"."""

    text: str
    in_list: bool = False


def plain_words(text: str, language: AnswerWords) -> list[str]:
    """Return the words and numbers of a text, signs left out."""
    return [word for word in words_of(text, language.writing.spelling) if word[:1].isalnum()]


def without_bullet(line: str) -> str:
    return _BULLET.sub("", line).strip()


def is_item(line: str) -> bool:
    return bool(_BULLET.match(line))


def body(text: str, languages: Sequence[AnswerWords]) -> list[str]:
    """Return the lines above a closing such as "Best regards", and above a signature."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if line.strip() in {"--", "—", "__"} or (at and _is_closing(line, languages)):
            return lines[:at]
    return lines


def _is_closing(line: str, languages: Sequence[AnswerWords]) -> bool:
    for language in languages:
        words = plain_words(line, language)
        phrases = language.sentences.get("closings")
        if phrases and 0 < len(words) <= 5 and phrases.begins(words) >= len(words):
            return True
    return False


def joined(lines: Sequence[str], begins_anew: Callable[[str], bool]) -> list[str]:
    """Put wrapped lines together: a long one, or one before a line in lower case that is no item and begins nothing."""
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        torn = before.strip() and line[:1].islower() and before.strip()[-1] not in ".!?:;"
        if torn and not is_item(line) and (len(before) >= _WRAPPED or not begins_anew(line)):
            found[-1] = f"{before.rstrip()} {line.strip()}"
        else:
            found.append(line)
    return found


def items_in(line: str) -> list[str]:
    """Part "Mine: 1) read the book 2) ask Bo" at its numbers, or letters; what leads to them is a line of its own."""
    marks = list(_INLINE.finditer(line))
    numbers = [int(m[1]) if m[1].isdecimal() else _LETTERS.index(m[1]) for m in marks]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return [line]
    cuts = [0, *(m.start() for m in marks), len(line)]
    return [part for start, end in pairwise(cuts) if (part := line[start:end].strip())]


def sentences(line: str) -> list[str]:
    parts = _with_days_whole([part.strip() for part in _SENTENCE_END.split(line)])
    return [s.strip() for part in parts for s in _at_emoji(part) if s.strip()]


def _with_days_whole(parts: Sequence[str]) -> list[str]:
    """Put "el 12 de nov. reservo", "Nov. 12" and "RR. HH. lo sabe" together again: the dot is theirs."""
    found = [*parts[:1]]
    for part in parts[1:]:
        small = part[:1].islower() and (_ends_with_day(found[-1]) or _DOUBLED.search(found[-1]))
        if (
            small
            or (part[:1].isdigit() and _ends_with_month(found[-1]))
            or (_DOUBLED.search(found[-1]) and _DOUBLED.match(part))
        ):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _ends_with_month(text: str) -> bool:
    """Tell of "by Nov.", before a number, that it is cut; names of months in full are as other words."""
    month = _ABBREVIATED.search(text)
    return month is not None and folded(month[1]) in _months() - _whole_months()


def _ends_with_day(text: str) -> bool:
    """Tell of "el 12 de nov." by the months of all languages, however they are cut."""
    day = _DAY_BEFORE.search(text)
    return day is not None and folded(day[1]) in _months()


@cache
def _months() -> frozenset[str]:
    return frozenset(month for code in codes() for month in answer_words(code).dates.months)


@cache
def _whole_months() -> frozenset[str]:
    tables = (read(code, "answers").get("dates", {}) for code in codes())
    return frozenset(folded(names[0]) for table in tables for names in table.get("months", ()))


def _at_emoji(text: str) -> list[str]:
    """Part "asked her 👍 the chapter: no" behind the emoji, but not "✅ asked her", where it comes first."""
    return _AFTER_EMOJI.split(text) if text[:1].isalnum() else [text]
