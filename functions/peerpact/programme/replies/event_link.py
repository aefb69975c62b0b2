"""The promise that somebody writes down at the end of a meeting: by the link in the event, which both of a pair have.

So it can't name a letter; its subject names the pairing, which is no secret, and who writes must be vouched for.
"""

from __future__ import annotations

import re

_NAMED = re.compile(r"\((r[1-9][0-9]{0,4}-[0-9a-z]{1,24})\)")


def promise_subject(words: str, pairing: str) -> str:
    """Return the subject of a promise that belongs to a pairing."""
    return f"{words} ({pairing})"


def pairing_named(subject: str) -> str:
    """Return the id of the pairing that a subject names, else nothing."""
    found = _NAMED.search(subject.casefold())
    return found[1] if found else ""
