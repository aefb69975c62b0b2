"""Warnings that a company's gateway puts into mail from outside, told by what such a warning has to say.

It speaks of "this mail" and says that it came from outside, or tells the reader not to click; or it is a few words
that say nothing else. And nobody speaks in it: a sentence with "I" or "we" is somebody's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.endings import is_rule

_LONGEST = 900
_MOST_LINES = 8
_MOST_PARAGRAPHS = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LONGEST_TAG = 12
_LEAST_WRAPPED = 45
_MARKED = re.compile(r"banner(?:start|end)\b|aka\.ms/learnaboutsenderidentification", re.IGNORECASE)
_ENDS = (".", "!", "。", "！", ":", "*", "]", ">", "…")


def banner_lines(texts: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines that a gateway wrote, in the first paragraphs and the last two."""
    below = list(pairwise([(0, 0), *_paragraphs(texts)]))
    found: set[int] = set()
    for (_, above), (start, end) in below[:_MOST_PARAGRAPHS] + below[_MOST_PARAGRAPHS:][-2:]:
        taken = _leading(texts, start, end, after=above - 1 in found)
        found |= set(range(start, start + taken))
    return frozenset(found)


def is_banner(text: str, *, after: bool = False) -> bool:
    """Tell whether a text is such a warning; ``after`` one, it may be its second half."""
    folded = " ".join(text[:_LONGEST].casefold().replace("’", "'").split())
    words = client_words().banners
    if any(phrase in folded for phrase in words.phrases) or _MARKED.search(folded):
        return True
    spoken = _WORD.findall(folded)
    if not spoken or len(text) > _LONGEST or not words.spoken.isdisjoint(spoken):
        return False
    outside = any(stem in folded for stem in words.outside)
    if outside and len(spoken) <= _LONGEST_TAG and _is_only_warning(spoken):
        return True
    named = sum(stem in folded for stem in words.named)
    clicks = any(phrase in folded for phrase in words.clicks)
    if any(phrase in folded for phrase in words.this_mail):
        warns = any(stem in folded for stem in words.warnings)
        return outside or clicks or (warns and named >= 3)
    return (clicks and (outside or after or named >= 3)) or (after and named >= 3)


def _is_only_warning(spoken: Sequence[str]) -> bool:
    """Tell whether nearly all of these words are of a warning: "Caution! External sender"."""
    words = client_words().banners
    stems = (*words.outside, *words.warnings, *words.named)
    said = [word for word in spoken if word not in words.small]
    return sum(word.startswith(stems) for word in said) >= 0.8 * len(said)


def _paragraphs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(len(texts) + 1):
        if at == len(texts) or not texts[at].strip():
            if start < at:
                yield start, at
            start = at + 1


def _leading(texts: Sequence[str], start: int, end: int, *, after: bool) -> int:
    """Return how many of a paragraph's first lines are a banner: the fewest, and what goes on from them."""
    for at in range(start, min(end, start + _MOST_LINES)):
        if is_banner(" ".join(texts[start : at + 1]), after=after):
            return _goes_on(texts, at, end) - start
    return 0


def _goes_on(texts: Sequence[str], at: int, end: int) -> int:
    """Return where the banner ends whose sentence is at this line: at the end of it, and of those that warn on."""
    at += 1
    while at < end and (
        is_rule(texts[at])
        or is_banner(texts[at], after=True)
        or _is_torn(texts[at - 1], texts[at])
        or _is_last_word(texts, at, end)
    ):
        at += 1
    return at


def _is_torn(line: str, below: str) -> bool:
    return not line.rstrip().endswith(_ENDS) and below.lstrip()[:1].islower()


def _is_last_word(texts: Sequence[str], at: int, end: int) -> bool:
    """Tell whether a wrapped banner's last word or two are here, and somebody's own words further down."""
    wrapped = len(texts[at - 1]) >= _LEAST_WRAPPED and not texts[at - 1].rstrip().endswith(_ENDS)
    short = len(texts[at].split()) <= 2 and not any(c.isdigit() for c in texts[at])
    return wrapped and short and at == end - 1 and any(text.strip() for text in texts[end : end + 3])
