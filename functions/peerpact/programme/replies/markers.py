"""Lines such as "----- Original Message -----" that announce a quoted or forwarded letter."""

from __future__ import annotations

import re

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.evidence import BRACKETED, has_address, has_date, words_in
from peerpact.programme.replies.header_blocks import is_collapsed_block

_DASHES = "-_=*#—–‐‒─━"
_TORN = "-----"
_ARROWED = re.compile(r"\s{0,2}>>> ?[^\s>][^>]{2,60}(?:<[^<>\s]{3,120}>[^>]{0,40})?>>>\s{0,4}$")
_MARKER_FIRST = re.compile(
    r"\s{0,6}[-_=*—–─]{3,20} ?(?P<words>[^-_=*—–─:：]{4,60}?) ?[-_=*—–─]{3,20}(?P<rest>\s?[^\s\-_=*—–─].{5,})"
)


def split_marker(line: str) -> tuple[str, str] | None:
    """Part "----- Forwarded Message ----- From: Anna <anna@..." after the marker."""
    found = _MARKER_FIRST.match(line)
    if not found or not any(c.isalpha() for c in found["words"]):
        return None
    head, rest = line[: found.start("rest")], found["rest"].strip()
    known = is_known_marker(found["words"].strip().casefold())
    return (head, rest) if known or is_collapsed_block(rest) else None


def marker_in(line: str) -> str | None:
    """Return the words between dashes (or alone) that announce a quoted letter, in lower case."""
    if len(line) > 160:
        return None
    bare = line.strip(" >*_:：\t").casefold()
    if bare in client_words().bare_markers:
        return bare
    text = line.strip(" >*:\t")
    words = text.strip(_DASHES + " ")
    if not words:
        return None
    before, _, after = text.partition(words)
    between = _dashes(before) >= 2 and _dashes(after) >= 2
    return words.casefold() if between else None


def is_arrowed(line: str) -> bool:
    """Tell of ">>> Anna Berg 12.03.2026 10:04 >>>", as GroupWise writes above what it doesn't mark."""
    return line.rstrip().endswith(">>>") and bool(_ARROWED.match(line)) and has_date(line)


def torn_marker_in(line: str, below: str) -> str | None:
    """Return the words of a marker that was wrapped: dashes before its first line, and behind its second."""
    opened = line.lstrip().startswith(_TORN) and line.rstrip()[-1:] not in _DASHES
    if not opened or not below.rstrip().endswith(_TORN) or not any(c.isalpha() for c in line):
        return None
    return marker_in(f"{line.strip()} {below.strip()}")


def _dashes(text: str) -> int:
    return sum(c in _DASHES for c in text)


def is_known_marker(words: str) -> bool:
    """Tell whether these words announce a letter: they are known ones, or an address is among a few others."""
    if len(words) > 80:
        return False
    known = (*client_words().markers, *client_words().bare_markers)
    return any(marker in words for marker in known) or _is_sender(words)


def _is_sender(words: str) -> bool:
    """Tell whether these words are "Message from Anna <anna@...>" or "Anna <anna@...> wrote" in any language."""
    return has_address(words) and bool(BRACKETED.search(words)) and words_in(words) <= 8
