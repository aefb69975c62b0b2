"""What the directory says of people's accounts, for the jobs whose account may ask it."""

from __future__ import annotations

from peerpact.errors import GoogleError, OutOfTime, PeerpactError
from peerpact.google.access import Access
from peerpact.programme.roster.identity import Accounts, known_accounts


def closed_accounts(access: Access) -> frozenset[str] | None:
    """Return the addresses of suspended and deleted accounts; None where the directory doesn't tell.

    Raises:
        OutOfTime: there was no time to ask.
    """
    try:
        return access.directory.closed()
    except OutOfTime:
        raise
    except PeerpactError:
        return None


def accounts_of(access: Access, old: str, new: str) -> Accounts:
    """Tell what the directory knows of an old and a new address."""
    try:
        was, now = access.directory.addresses_of(old), access.directory.addresses_of(new)
    except GoogleError:
        return Accounts.NOT_TOLD
    return known_accounts(old, new, was=was, now=now, closed=lambda: closed_accounts(access) or ())
