"""What a wish needs besides: with whom never again, and how many weeks are to be between two meetings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.phrases import folded, tokenised
from peerpact.programme.requests import Wish

_MOST_NAMED = 4
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}")
_DAYS_A_WEEK, _WEEKS_A_MONTH = 7, 4


def whom(sentence: str, words: Sequence[str], language: AnswerWords) -> str:
    """Return whom "never with" speaks of: an address, words in capitals, or the few words behind it."""
    marks = [m for m in language.requests.everywhere(words) if m.value is Wish.NEVER_WITH]
    tokens = tokenised(sentence, language.writing.spelling)
    if not marks or len(tokens) != len(words):
        return ""
    start = tokens[marks[0].start].start
    behind = sentence[tokens[marks[-1].end - 1].end :] or sentence[start:]
    if address := _ADDRESS.search(sentence):
        return address[0].strip(".")
    named = [w.strip(".,;:!?()\"'") for w in behind.split()]
    capitals = list(takewhile(_is_capital, dropwhile(lambda w: not _is_capital(w), named)))
    bare = [w for w in named if w and folded(w) not in language.common]
    return " ".join(capitals or (bare if len(bare) <= _MOST_NAMED else []))


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def weeks_between(words: Sequence[str], language: AnswerWords) -> int:
    """Return the number of weeks that is said; a month counts as four."""
    known = language.dates
    marks = known.phrases.everywhere(list(words))
    units = {m.sort for m in marks}
    if "other_week" in units:
        return 2
    number = next((int(w) for w in words if w.isdecimal() and len(w) < 3), 0)
    number = number or next((known.counts[w] for w in words if known.counts.get(w, 0) > 1), 0)
    if not units.isdisjoint({"month", "every_month"}):
        return (number or 1) * _WEEKS_A_MONTH
    return max(1, number // _DAYS_A_WEEK) if number and "day" in units else number or 1
