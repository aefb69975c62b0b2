"""Who wrote a mail, as far as the receiving server vouches for it. Whether they take part is the job's."""

from __future__ import annotations

from email.message import Message
from enum import StrEnum

import authres

_GOOGLE = "mx.google.com"
_LONGEST = 4000
_MOST_COMMENTS = 40


class Verdict(StrEnum):
    """What the receiving server says of the address in From."""

    VOUCHED = "vouched"
    SILENT = "silent"
    """No such header, as with mail inside a Workspace domain: a genuine token is needed."""
    REFUSED = "refused"


def vouched_for(message: Message, *, sender: str) -> Verdict:
    """Judge by the first Authentication-Results of exactly mx.google.com; later ones may be forged.

    Needs dmarc=pass for the sender's domain or dkim=pass by that domain or one above it.
    """
    result = _first_of_google(message)
    if result is None:
        return Verdict.SILENT
    domain = sender.rpartition("@")[2].casefold()
    passed = domain and any(_is_aligned_pass(entry, domain) for entry in result.results)
    return Verdict.VOUCHED if passed else Verdict.REFUSED


def _first_of_google(message: Message) -> authres.AuthenticationResultsHeader | None:
    for value in message.get_all("Authentication-Results", [])[:20]:
        header = " ".join(str(value)[:_LONGEST].split())
        if header.partition(";")[0].strip().casefold() != _GOOGLE:
            continue
        return _parsed(header)
    return None


def _parsed(header: str) -> authres.AuthenticationResultsHeader:
    if header.count("(") > _MOST_COMMENTS:
        return authres.AuthenticationResultsHeader(authserv_id=_GOOGLE)
    try:
        return authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {header}")
    except authres.AuthResError:
        return authres.AuthenticationResultsHeader(authserv_id=_GOOGLE)


def _is_aligned_pass(entry: authres.AuthenticationResult, domain: str) -> bool:
    if str(entry.result).casefold() != "pass":
        return False
    values = {(p.type, p.name): str(p.value).casefold().lstrip("@") for p in entry.properties}
    if entry.method == "dmarc":
        return values.get(("header", "from")) == domain
    if entry.method == "dkim":
        signer = values.get(("header", "d")) or values.get(("header", "i"), "").rpartition("@")[2]
        return _is_same_or_above(signer, domain)
    return False


def _is_same_or_above(signer: str, domain: str) -> bool:
    """Relaxed alignment without a public suffix list: the signer has at least two labels."""
    return signer.count(".") >= 1 and (signer == domain or domain.endswith("." + signer))
