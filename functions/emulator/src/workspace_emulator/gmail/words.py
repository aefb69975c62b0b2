"""How searching sees text: runs of letters and digits, in lower case."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")


def normal_words(text: str) -> str:
    """Return the words of a text, each between spaces, so that a phrase is found by looking for it."""
    words = _WORD.findall(text.lower()) if text else ()
    return f" {' '.join(words)} " if words else ""
