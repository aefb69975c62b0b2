"""How heavily a reply's words weigh together: people in distress choose other words than those who speak of work.

A language's ``weights.toml`` says of words, of pieces of them and of pairs of them how much more often replies of
distress have them than ordinary ones; ``tests/programme/replies/weigh_words.py`` learns it from the tables of
replies there. Pieces of words make an ending, a compound or a slip of the thumb weigh as the word does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from peerpact.programme import languages
from peerpact.programme.replies.phrases import folded

BEGINNING, PIECE = 5, 4
"""So many letters of a longer word count as well, whatever its ending; and so long are pieces of any word."""
NOTHING = -1.0
"""What a text weighs in a language without weights: rules alone say there what is distress and what is read."""
_LEAST_WORDS = 2
_LEAST_FAMILIAR = 3
"""Fewer words tell no language by their pieces."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?…;])\s+|\n+")


def weight_of(text: str, spoken: Iterable[str]) -> float:
    """Return how heavy the heaviest sentence of a text is, or all of it: above zero it is rather distress than not."""
    known = [weights for la in spoken if (weights := _weights(la, languages.FOLDER))]
    return max((_weight(parts_of(s), weights) for s in scopes(text) for weights in known), default=NOTHING)


def sense_of(text: str, spoken: Mapping[str, frozenset[str]]) -> float:
    """Return how heavy the words of sense are in the heaviest sentence of a text.

    ``spoken`` has for each language its words between people, such as "he", "me" and "that": what they weigh together
    tells that somebody speaks of somebody, and nothing of what happened.
    """
    known = [
        (weights, between) for la, between in spoken.items() if (weights := _weights(la, languages.FOLDER))
    ]
    weighed = (
        (_weight(parts_of(s), weights), _sense(s, weights, between))
        for s in scopes(text)
        for weights, between in known
    )
    return max(weighed, default=(NOTHING, NOTHING))[1]


def _sense(text: str, weights: Mapping[str, float], between: frozenset[str]) -> float:
    together = sum(weights.get(part, 0.0) for part in parts_of(text, but_for=between))
    return together / math.sqrt(max(1, len(parts_of(text))))


def familiar(words: Iterable[str], code: str) -> float:
    """Return how many pieces of these words a language's weights have; all, where it has none or words are few."""
    weights, said = _weights(code, languages.FOLDER), [word for text in words for word in _WORD.findall(text)]
    pieces = [piece for word in said for piece in _pieces(word)]
    if not weights or not pieces or len(said) < _LEAST_FAMILIAR:
        return 1.0
    return sum(piece in weights for piece in pieces) / len(pieces)


def scopes(text: str) -> tuple[str, ...]:
    """Return what is weighed by itself: each sentence of words enough, and the whole."""
    found = [s for s in _SENTENCE_END.split(text) if len(_WORD.findall(s)) >= _LEAST_WORDS]
    return (*found, text) if found != [text] else (text,)


def parts_of(text: str, *, but_for: Container[str] = ()) -> tuple[str, ...]:
    """Return what is weighed, each once: words, beginnings, pairs with up to one word between, pieces of words.

    Some words may be left out: what they are part of stays, where it has another word.
    """
    words = _WORD.findall(folded(text))
    told = {word for word in words if word not in but_for}
    beginnings = {word[:BEGINNING] + "*" for word in told if len(word) > BEGINNING}
    pairs = {f"{one} {other}" for one, other in pairwise(words) if told & {one, other}}
    apart = {f"{one}_{other}" for one, other in zip(words, words[2:], strict=False) if told & {one, other}}
    pieces = (piece for word in told for piece in _pieces(word))
    return tuple(sorted({*told, *beginnings, *pairs, *apart, *pieces}))


def _pieces(word: str) -> Iterator[str]:
    """Yield every four letters of a word, its borders counted as letters."""
    whole = f"<{word}>"
    return (f"#{whole[at : at + PIECE]}" for at in range(len(whole) - PIECE + 1))


def _weight(parts: tuple[str, ...], weights: Mapping[str, float]) -> float:
    together = sum(weights.get(part, 0.0) for part in parts)
    return weights[""] + together / math.sqrt(max(1, len(parts)))


@cache
def _weights(code: str, folder: Path) -> Mapping[str, float]:
    """Return the weight of each part, that of every reply at ""; nothing for a language that has no weights."""
    if not (folder / code / "weights.toml").exists():
        return {}
    file = languages.read(code, "weights")
    by_weight = (
        (part, float(weight)) for weight, parts in file["parts"].items() for part in parts.split(", ")
    )
    return {"": float(file["every_reply"]), **dict(by_weight)}
