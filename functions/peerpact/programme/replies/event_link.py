"""The promise that somebody writes down at the end of a meeting: by the link in the event, which both of a pair have.

So it can't name a letter; its subject names the pairing, which is no secret, and who writes must be vouched for.
"""

from __future__ import annotations

import re

_ANSWERED = re.compile(r"\s*[#(]?\d{1,2}(?![\d.:/]\d)[.):]?\s+\S")
"""A line that answers by number: "1 done"."""
_NAMED = re.compile(r"\((r[1-9][0-9]{0,4}-[0-9a-z]{1,24})\)")


def promise_subject(words: str, pairing: str) -> str:
    """Return the subject of a promise that belongs to a pairing."""
    return f"{words} ({pairing})"


def numbered_apart(text: str) -> tuple[str, str]:
    """Return a text without its lines that begin with a number, and those: the form asks for a promise without one."""
    lines = text.split("\n")
    numbered = [bool(_ANSWERED.match(line)) for line in lines]
    parts = (
        "\n".join(x for x, n in zip(lines, numbered, strict=True) if n is which) for which in (False, True)
    )
    rest, answers = (part if any(c.isalnum() for c in part) else "" for part in parts)
    return rest, answers


def pairing_named(subject: str) -> str:
    """Return the id of the pairing that a subject names, else nothing."""
    found = _NAMED.search(subject.casefold())
    return found[1] if found else ""
