"""What a check is given and what it finds; the checks themselves are in the modules beside."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from peerpact.config import Config
from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.access import Access
from peerpact.google.scopes import MODIFY

PATIENCE = (1, 2, 4, 8, 15, 30)
"""Seconds between looks for what Google does a little later."""

OpenAccess = Callable[[Sequence[str]], Access]
Check = Callable[["Installation"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found: green, or what is wrong and what mends it."""

    check: str
    is_good: bool
    words: str


class Ailment(PeerpactError):  # noqa: N818 - named after what was found
    """A check found something wrong; the message is the sentence with the fix."""


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What is examined, and with what. ``accounts`` are the jobs' own, ``ledger_accounts`` those for the ledger."""

    config: Config
    open_access: OpenAccess
    clock: Callable[[], datetime]
    accounts: tuple[str, ...] = ()
    ledger_accounts: tuple[str, ...] = ()
    with_letter: bool = True
    pause: Callable[[float], object] = time.sleep
    _opened: dict[tuple[str, ...], Access] = field(default_factory=dict)

    def access(self, *scopes: str) -> Access:
        """Return what opens with these scopes; both spreadsheets as the mailbox need none."""
        if scopes not in self._opened:
            self._opened[scopes] = self.open_access(scopes)
        return self._opened[scopes]

    @property
    def mail(self) -> Access:
        return self.access(MODIFY)

    @property
    def owner(self) -> Access:
        return self.access()

    def refusals(self) -> Counter[str]:
        """Return how many calls of the whole examination Google refused as coming too fast, by API."""
        return sum((access.refusals() for access in self._opened.values()), Counter[str]())

    @cached_property
    def people(self) -> list[str]:
        """The addresses on the roster."""
        book = self.owner.owned_programme
        book.read(["Roster"])
        return sorted({str(row["email"]) for row in book.contents("Roster").rows})


def looked_at(name: str, check: Check, it: Installation) -> Finding:
    try:
        return Finding(check=name, is_good=True, words=check(it))
    except PeerpactError as error:
        return Finding(check=name, is_good=False, words=str(error))


def said(error: GoogleError) -> str:
    return str(error).rstrip(".") + "."
