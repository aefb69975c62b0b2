"""How heavily a reply's words weigh together: where no rule is sure, people in distress chose other words.

A language's ``weights.toml`` says of words, of their beginnings and of pairs of them how much more often replies of
distress have them than ordinary ones; ``tests/programme/replies/weigh_words.py`` learns it from the tables of
replies there. Asked only about what the rules leave open: a word that weighs never speaks against a rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from peerpact.programme import languages
from peerpact.programme.replies.phrases import folded

BEGINNING = 5
"""So many letters of a longer word count as well, whatever its ending."""
LEAST, MUCH = 0.3, 1.0
"""As much together is distress; and so much where a reply looks ordinary otherwise."""
_WORD = re.compile(r"[^\W\d_]+")


def weighs_as_distress(text: str, spoken: Iterable[str], least: float = LEAST) -> bool:
    """Tell whether the words of a text weigh as those of somebody in distress do, in one of these languages."""
    parts = parts_of(text)
    return any(
        _weight(parts, weights) > least for la in spoken if (weights := _weights(la, languages.FOLDER))
    )


def parts_of(text: str) -> tuple[str, ...]:
    """Return what is weighed of a text, each once: words, beginnings of words, words next to each other."""
    words = _WORD.findall(folded(text))
    beginnings = {word[:BEGINNING] + "*" for word in words if len(word) > BEGINNING}
    pairs = {f"{one} {other}" for one, other in pairwise(words)}
    return tuple(sorted({*words, *beginnings, *pairs}))


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
