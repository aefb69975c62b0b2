"""What the directory says of people's accounts, for the jobs whose account may ask it."""

from __future__ import annotations

from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.access import Access


def closed_accounts(access: Access) -> frozenset[str] | None:
    """Return the addresses of suspended and deleted accounts; None where the directory doesn't tell."""
    try:
        return access.directory.closed()
    except PeerpactError:
        return None


def is_one_account(access: Access, old: str, new: str) -> bool:
    """Tell whether the directory knows both addresses as one account's; no, where it can't be asked."""
    try:
        return new in access.directory.addresses_of(old)
    except GoogleError:
        return False


def are_two_accounts(access: Access, old: str, new: str) -> bool:
    """Tell whether the directory knows two accounts, and the old one is not closed; no, where it can't be asked."""
    try:
        was, now = access.directory.addresses_of(old), access.directory.addresses_of(new)
    except GoogleError:
        return False
    return bool(was and now) and was.isdisjoint(now) and old not in (closed_accounts(access) or ())
