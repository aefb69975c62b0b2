"""Text made harmless: no control, bidi or zero-width characters, ordinary line ends and spaces, a size limit."""

from __future__ import annotations

import re

from peerpact.programme.unseen import without_unseen

MOST_CHARACTERS = 60_000
"""More of a body is never read."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")


def cleaned(text: str) -> str:
    """Return the text with plain line ends and spaces, without characters that can't be seen."""
    text = _LINE_ENDS.sub("\n", text[: 2 * MOST_CHARACTERS])
    text = _SPACES.sub(" ", text)
    return without_unseen(text)[:MOST_CHARACTERS]


def cleaned_line(text: str) -> str:
    """Return the text as one clean line, for names and subjects: no line break can become a header."""
    return " ".join(cleaned(text[:1000]).split())
