"""Signed plus-address tokens: which letter a reply answers, bound to one person and one cycle, for some time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_FIRST_DAY = date(2020, 1, 1)
_SIGNS = 26
_CYCLE = re.compile(r"[a-z0-9]{1,24}")
_TOKEN = re.compile(r"\+fu\.([a-z0-9]{1,24})\.([0-9a-v]{1,4})\.([0-9a-v]{26})@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as an address carries it; whether it is genuine, `is_genuine` tells."""

    cycle: str
    expires: date
    signature: str


def reply_address(mailbox: str, *, secret: bytes, person: str, cycle: str, expires: date) -> str:
    """Return the mailbox's plus-address for one letter, such as ``mentoring+fu.k3m2a9.1a7.<26 signs>@...``.

    ``cycle`` is 1 to 24 lower-case letters and digits; ``expires`` is the last day on which it counts.
    """
    if not _CYCLE.fullmatch(cycle):
        raise ValueError("a cycle is 1 to 24 lower-case letters and digits")
    local, _, domain = mailbox.partition("@")
    token = Token(cycle=cycle, expires=expires, signature="")
    return f"{local}+fu.{cycle}.{_day(expires)}.{_signature(token, secret=secret, person=person)}@{domain}"


def cycle_of(letter_reference: str) -> str:
    """Return a letter's reference as the token in its reply address carries it."""
    return letter_reference.replace("-", "").lower()


def tokens_in(addresses: Iterable[str]) -> tuple[Token, ...]:
    """Return the tokens that these addresses carry, genuine or not."""
    found = (_TOKEN.search(address.casefold()[:320]) for address in addresses)
    return tuple(
        Token(cycle=m[1], expires=_FIRST_DAY + timedelta(days=int(m[2], 32)), signature=m[3])
        for m in found
        if m
    )


def is_genuine(token: Token, *, secret: bytes, person: str, on: date) -> bool:
    """Tell whether we made this token for this person and it has not expired."""
    expected = _signature(token, secret=secret, person=person)
    return hmac.compare_digest(expected, token.signature) and on <= token.expires


def _signature(token: Token, *, secret: bytes, person: str) -> str:
    """128 bits of HMAC-SHA256 in base32hex, which survives mail systems that change case."""
    words = "\x1f".join(("reply", person.strip().casefold(), token.cycle, token.expires.isoformat()))
    digest = hmac.digest(secret, words.encode(), hashlib.sha256)[:16]
    return base64.b32hexencode(digest).decode()[:_SIGNS].lower()


def _day(expires: date) -> str:
    number = (expires - _FIRST_DAY).days
    signs = ""
    while number:
        number, rest = divmod(number, 32)
        signs = "0123456789abcdefghijklmnopqrstuv"[rest] + signs
    return signs or "0"
