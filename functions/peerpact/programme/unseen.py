"""What people type without what nobody can see: it would hide words, turn their direction, or pass for nothing.

Also how much of a name is shown, where whoever typed it found no end.
"""

from __future__ import annotations

import re

LONGEST_NAME = 80
"""Of a person, a team or a programme, in characters, the sign for what is left out included."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
"""Control and direction marks, fillers, unpaired surrogates, private use; not the joiners, nor what makes an emoji."""
_STRAY_JOINER = re.compile("(?<![\u0600-\u0dff\u200d\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
"""Joiners belong between letters of Arabic and Indian scripts and between emoji, and nowhere else."""


def without_unseen(text: str) -> str:
    """Return the text without characters that can't be seen; breaks and spaces of all kinds stay."""
    if text.isascii() and text.isprintable():  # nearly all that there is
        return text
    return _STRAY_JOINER.sub("", _UNSEEN.sub("", text))


def brief(name: str) -> str:
    """Return a name as it is shown: all of it, but for one without an end."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
