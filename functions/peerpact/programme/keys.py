"""Keys: names made from the domain, so that the same thing gets the same name in every run and on every machine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

REFERENCE = re.compile(r"\b[A-Z]{1,4}-[0-9A-V]{4}-[0-9A-V]{4}\b")
"""What ``reference`` returns, wherever it is quoted."""


def event_id(*parts: str, secret: bytes = b"") -> str:
    """Return a Calendar event id for these parts: 53 characters of a-v and 0-9. With a secret, nobody can guess it.

    Calendar accepts base32hex in lower case, 5 to 1,024 characters (events.insert, field ``id``). An id is taken in all
    calendars of its guests: whoever guessed it could take it before us.
    """
    words = "\x1f".join(parts).encode()
    return "m" + _base32hex(
        hmac.digest(secret, words, "sha256") if secret else hashlib.sha256(words).digest()
    )


def digest(said: str) -> bytes:
    """Return what stands for a text: for another one it is another."""
    return hashlib.blake2b(said.encode(), digest_size=16).digest()


def short_key(*parts: str, length: int = 8) -> str:
    """Return a short, readable key: lower-case letters a-v and digits; 8 of them tell 10^12 things apart."""
    return _base32hex(hashlib.sha256("\x1f".join(parts).encode()).digest())[:length]


def reference(kind: str, *parts: str) -> str:
    """Return the reference at a letter's foot, such as ``FU-7KQ9-M2AA``: it survives quoting."""
    code = short_key(kind, *parts, length=8).upper()
    return f"{kind}-{code[:4]}-{code[4:]}"


def _base32hex(digest: bytes) -> str:
    return base64.b32hexencode(digest).decode().rstrip("=").lower()
