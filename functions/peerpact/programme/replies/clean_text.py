"""Text made harmless: no control, bidi or zero-width characters, ordinary line ends and spaces, a size limit."""

from __future__ import annotations

import re

MOST_CHARACTERS = 60_000
"""More of a body is never read."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffc\ud800-\udfff\U000e0000-\U000e0fff]"
)
_STRAY_JOINER = re.compile("(?<![\u0600-\u0dff\u200d\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
"""Joiners belong between letters of Arabic and Indian scripts and between emoji, and nowhere else."""


def cleaned(text: str) -> str:
    """Return the text with plain line ends and spaces, without characters that can't be seen."""
    text = _LINE_ENDS.sub("\n", text[: 2 * MOST_CHARACTERS])
    text = _SPACES.sub(" ", text)
    return _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))[:MOST_CHARACTERS]


def cleaned_line(text: str) -> str:
    """Return the text as one clean line, for names and subjects: no line break can become a header."""
    return " ".join(cleaned(text[:1000]).split())
