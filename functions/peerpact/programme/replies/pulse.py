"""The answer to "how was it, from 1 to 5": a number that stands for itself, and counts nothing else."""

from __future__ import annotations

import re

from peerpact.programme.replies.answer_words import AnswerWords, answer_words, languages_read
from peerpact.programme.replies.phrases import tokenised

_LEAST, _MOST = 1, 5
_RANGE = re.compile(r"\d\s*[-–/]\s*\d")
_BROKEN = re.compile(r"\d[.,]\d")
_OUT_OF = re.compile(r"(?<![\d.,/])([1-5])\s*/\s*5(?![\d/])")
_FIRST = re.compile(r"\s*([1-5])\s*[.;:!,–-]\s+(?=[^\d\s])")
_STARS = "⭐★"
_OUTCOMES = {"outcome", "yes", "no", "did", "begun", "not", "fine", "none"}
_FEW = 3


def number_in(line: str, language: AnswerWords, *, bare: bool = False) -> tuple[int | None, str]:
    """Return the number that a line answers with, None without one, and what the line says besides.

    ``bare``: promises by number were asked about as well, so that "2 done" is one of those.
    """
    marked = _OUT_OF.match(line.strip())
    if marked:
        return int(marked[1]), line.strip()[marked.end() :].lstrip(" ,.;:!")
    line = _OUT_OF.sub(r"\1", line)
    first = _FIRST.match(line)
    if first and not bare and not any(c.isdigit() for c in line[first.end() :]):
        return int(first[1]), line[first.end() :]
    number = _only_number(line, language)
    return (number, "") if number and not (bare and _is_of_a_promise(line)) else (None, line)


def _only_number(line: str, language: AnswerWords) -> int | None:
    stars = sum(line.count(star) for star in _STARS)
    words = [t.word for t in tokenised(line, language.writing.spelling) if t.has_sense]
    numbers = [(at, int(w)) for at, w in enumerate(words) if w.isdecimal()]
    if len(numbers) == 2 and numbers[1][1] == _MOST and _counts_out_of(words, numbers, language):
        numbers = numbers[:1]
    if not numbers and not stars and len(words) == 1:
        numbers = [(0, language.dates.counts.get(words[0], 0))]
    if stars and not numbers:
        return stars if stars <= _MOST else None
    if len(numbers) != 1 or _RANGE.search(line) or _BROKEN.search(line):
        return None
    at, number = numbers[0]
    return number if _LEAST <= number <= _MOST and not _is_counted(words, at, language) else None


def _counts_out_of(words: list[str], numbers: list[tuple[int, int]], language: AnswerWords) -> bool:
    """Tell "4 out of 5" and "4 von 5" from "3 or 5"."""
    between = words[numbers[0][0] + 1 : numbers[1][0]]
    return " ".join(between) in language.out_of


def _is_counted(words: list[str], at: int, language: AnswerWords) -> bool:
    """Tell of "4 times" and "2 weeks"."""
    return any(m.sort == "units" for m in language.answers.everywhere(words[at + 1 : at + 2]))


def _is_of_a_promise(line: str) -> bool:
    """Tell in any language: who writes two of them may say "1 not yet" where a number was asked in the other."""
    return any(_is_of_one_in(line, answer_words(code)) for code in languages_read())


def _is_of_one_in(line: str, language: AnswerWords) -> bool:
    words = [t.word for t in tokenised(line, language.writing.spelling)]
    marks = language.answers.in_order(words)
    return len(words) > _FEW + 1 or any(m.sort in _OUTCOMES for m in marks)
