"""What proves that a line was put there by a mail program: a date *and* an address or our name, not its shape.

Every pattern here runs over one line of limited length and can't backtrack far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from peerpact.programme.replies.client_words import client_words

LONGEST_LINE = 400
"""A longer line is a paragraph of somebody's, never a header."""

ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'“”«»]{1,64}@[^\s<>()\[\],;:\"'“”«»]{1,190}")
BRACKETED = re.compile(r"[<(\[][^<>()\[\]\s]{1,64}@[^<>()\[\]\s]{1,190}|mailto:")
_YEAR = re.compile(r"(?<!\d)(?:14|19|20|25)\d\d(?!\d)")
DIGITS = {zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)}
TIME = re.compile(r"(?<![\d.])\d{1,2}(?:[:.]| ?[hH時시点點] ?)\d{2}(?!\d|\.\d{4})(?:[:.]\d{2})?")
_SMALL = re.compile(r"(?<![\d:.])[0-3]?\d(?![\d:])")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,4}(?!\d)")
MACHINE_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} GMT[+-]\d{1,2}:\d{2}\b")
ZONE = re.compile(r"\d{1,2}:\d{2}(?::\d{2})? ?(?:[AaPp]\.?[Mm]\.? ?)?(?:GMT|UTC)? ?[+-]\d{2}:?\d{2}\b")
CLOSE = re.compile(r"[:：︰՝։៖][\s*_]*$")
_SPACELESS = "ก"
"""The first letter of Thai: it and the scripts behind it put no spaces between words."""


def has_address(line: str) -> bool:
    return "@" in line and bool(ADDRESS.search(line))


def has_date(line: str) -> bool:
    """Tell whether a line has a date in any language: a year or a time beside a day, or three numbers."""
    line = line.translate(DIGITS)
    if _NUMERIC_DATE.search(line):
        return True
    year, time = _YEAR.search(line), TIME.search(line)
    if not (year or time):
        return False
    rest = _YEAR.sub(" ", TIME.sub(" ", line))
    return bool(_SMALL.search(ADDRESS.sub(" ", rest)))


def has_year(line: str) -> bool:
    return bool(_YEAR.search(line.translate(DIGITS)))


def is_exact(line: str) -> bool:
    """Tell whether a line has a date with a year and a time."""
    line = line.translate(DIGITS)
    return bool(_YEAR.search(line) and TIME.search(line)) and has_date(line)


def is_timed(line: str) -> bool:
    """Tell whether a line has a whole date, perhaps in figures alone, and a time."""
    line = line.translate(DIGITS)
    return bool(TIME.search(line) and (_YEAR.search(line) or _NUMERIC_DATE.search(line))) and has_date(line)


def has_verb(line: str) -> bool:
    folded = line.casefold()
    return any(stands_in(verb, folded) for verb in client_words().verbs)


def is_lead(line: str) -> bool:
    """Tell whether a line begins as an attribution does: On, Am, Le ..., a weekday, a number."""
    start = line.lstrip(" *_-—>").casefold()
    if start[:1].isdigit():
        return True
    return any(_begins(start, lead) for lead in client_words().leads)


@dataclass(frozen=True, slots=True)
class Span:
    """Lines from ``start`` up to, not including, ``end``."""

    start: int
    end: int


def words_in(text: str) -> int:
    """Count the words, in scripts that put spaces; numbers are none."""
    return sum(any(c.isalpha() for c in word) for word in text.split())


def stands_in(verb: str, folded: str) -> bool:
    """As a whole word, except in scripts that don't put spaces."""
    at = folded.find(verb)
    while at >= 0:
        before, after = folded[at - 1 : at], folded[at + len(verb) : at + len(verb) + 1]
        if _is_spaceless(verb) or not (before.isalpha() or after.isalpha()):
            return True
        at = folded.find(verb, at + 1)
    return False


def _begins(start: str, lead: str) -> bool:
    if not start.startswith(lead):
        return False
    return _is_spaceless(lead) or not start[len(lead) : len(lead) + 1].isalpha()


def _is_spaceless(word: str) -> bool:
    return word >= _SPACELESS
