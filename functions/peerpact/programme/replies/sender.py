"""Who wrote a mail, as far as the receiving server vouches for it. Whether they take part is the job's.

Only the Authentication-Results count that Google itself put on top: below the hop by which the mail came in from
outside, and above all that was sent. A copy anywhere else came with the mail, and may be forged. Where Google sealed
results as well (ARC, RFC 8617), above that hop, where nobody else writes, those must not tell otherwise. Mail inside a
Workspace domain passes no such hop, and then only the token in the reply's address tells its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from enum import StrEnum
from functools import cache
from itertools import islice

import authres
from publicsuffixlist import PublicSuffixList

_GOOGLE = "mx.google.com"
_LONGEST = 4000
_MOST_TRACES = 60
_MOST_RESULTS = 30

_FROM_OUTSIDE = re.compile(
    r"^\s*from\s.*?\sby\s+mx\.google\.com(?=[\s;])(?!.*\sby\s)", re.IGNORECASE | re.DOTALL
)
"""Words of the sender's may be in it, as its HELO: where another server is named as well, it proves nothing."""
_WITHIN_GOOGLE = re.compile(r"^\s*by\s", re.IGNORECASE)
_ABOVE_THE_HOP = re.compile(
    r"^(?:delivered-to|return-path|x-received|x-forwarded-(?:to|for)|x-google-.*|x-gm-.*|arc-.*)$"
)
_BELOW_THE_HOP = re.compile(r"^(?:received-spf|arc-.*)$")
_SEPARATOR = re.compile(r";(?=\s*[\w.-]+\s*=)")
_FAILED = frozenset({"fail", "hardfail", "permerror"})


class Verdict(StrEnum):
    """What the receiving server says of the address in From."""

    VOUCHED = "vouched"
    SILENT = "silent"
    """Nothing that speaks for or against them, as with mail inside a Workspace domain: a genuine token is needed."""
    REFUSED = "refused"
    """It looked, and what claims to be of their domain failed."""


def vouched_for(message: Message, *, sender: str) -> Verdict:
    """Judge by what Google found out about the domain of the address in From.

    A pass of DMARC for the domain or its organisational domain, or of DKIM by one of the same organisation, vouches
    (RFC 7489, relaxed). A failure without such a pass refuses; nothing aligned and nothing failed says nothing.
    """
    domain = _ascii(sender.rpartition("@")[2])
    if not domain:
        return Verdict.SILENT
    sealed, named = (_told(line, domain) for line in _put_there_by_google(message))
    return Verdict.REFUSED if sealed is Verdict.REFUSED else named


def _told(results: str, domain: str) -> Verdict:
    entries = tuple(_results(results))
    if any(entry.method == "dmarc" and _verdict_of(entry) == "fail" for entry in entries):
        return Verdict.REFUSED
    if any(_passes(entry, domain) for entry in entries):
        return Verdict.VOUCHED
    return Verdict.REFUSED if any(_fails(entry, domain) for entry in entries) else Verdict.SILENT


def _put_there_by_google(message: Message) -> tuple[str, str]:
    """Return the sealed Authentication-Results above the hop from outside, and those below it; nothing otherwise."""
    came_in, sealed = False, ""
    for name, value in islice(message.raw_items(), _MOST_TRACES):
        folded, text = name.casefold(), str(value)[:_LONGEST]
        if folded == "received" and not came_in:
            came_in = bool(_FROM_OUTSIDE.match(_without_asides(text, keeps_quoted=False)))
            if not came_in and not _WITHIN_GOOGLE.match(text):
                break
        elif folded == "arc-authentication-results" and not came_in:
            sealed = sealed or _by_google(text.partition(";")[2])
        elif folded == "authentication-results" and came_in:
            return sealed, _by_google(text)
        elif not (_BELOW_THE_HOP if came_in else _ABOVE_THE_HOP).match(folded):
            break
    return "", ""


def _by_google(results: str) -> str:
    line = " ".join(results.split())
    return line if line.partition(";")[0].strip().casefold() == _GOOGLE else ""


def _results(header: str) -> Iterator[authres.AuthenticationResult]:
    """Yield the results one by one, so that one that can't be read takes none of the others with it."""
    _, _, results = _without_asides(header).partition(";")
    for result in _SEPARATOR.split(f";{results}")[1 : _MOST_RESULTS + 1]:
        try:
            line = f"Authentication-Results: {_GOOGLE}; {result.strip().rstrip(';')}"
            yield from authres.AuthenticationResultsHeader.parse(line).results
        except authres.AuthResError:
            continue


def _without_asides(text: str, *, keeps_quoted: bool = True) -> str:
    """Return a header without comments, and without what could end a result in quoted strings, or without these.

    Whatever a sender may write of the header stands in one of the two. What is not closed is left out.
    """
    kept: list[str] = []
    depth, is_quoted, signs = 0, False, iter(text)
    for sign in signs:
        if sign == "\\":
            next(signs, "")
        elif sign == '"' and not depth:
            is_quoted = not is_quoted
            kept += sign if keeps_quoted else ""
        elif is_quoted:
            kept += sign if keeps_quoted and (sign.isalnum() or sign in "@.-_") else ""
        elif sign in "()":
            depth = max(depth + (1 if sign == "(" else -1), 0)
            kept += " "
        elif not depth:
            kept += sign
    return "" if is_quoted else "".join(kept)


def _verdict_of(entry: authres.AuthenticationResult) -> str:
    return str(entry.result).casefold()


def _passes(entry: authres.AuthenticationResult, domain: str) -> bool:
    if _verdict_of(entry) != "pass":
        return False
    if entry.method == "dmarc":
        return _property(entry, "header", "from") in {domain, organisation(domain)}
    return entry.method == "dkim" and _is_aligned(_signer(entry), domain)


def _fails(entry: authres.AuthenticationResult, domain: str) -> bool:
    if _verdict_of(entry) not in _FAILED:
        return False
    return entry.method == "dmarc" or (entry.method == "dkim" and _is_aligned(_signer(entry), domain))


def _signer(entry: authres.AuthenticationResult) -> str:
    return _property(entry, "header", "d") or _property(entry, "header", "i").rpartition("@")[2]


def _property(entry: authres.AuthenticationResult, kind: str, name: str) -> str:
    found = (str(p.value) for p in entry.properties if (p.type, p.name) == (kind, name))
    return _ascii(next(found, "").lstrip("@"))


def _is_aligned(other: str, domain: str) -> bool:
    return other == domain or (bool(other) and organisation(other) == organisation(domain))


def organisation(domain: str) -> str:
    """Return the domain that an organisation registered: example.co.uk for mail.sales.example.co.uk."""
    return _suffixes().privatesuffix(domain) or domain


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _ascii(domain: str) -> str:
    folded = domain.strip().rstrip(".").casefold()
    try:
        return folded if folded.isascii() else folded.encode("idna").decode()
    except UnicodeError:
        return folded
