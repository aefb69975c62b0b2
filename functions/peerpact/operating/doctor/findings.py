"""What a check is given and what it finds; the checks themselves are in the modules beside."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.access import Access
from peerpact.google.scopes import MODIFY
from peerpact.operating.installation import Installation
from peerpact.tables.rows import Row

PATIENCE = (1, 2, 4, 8, 15, 30)
"""Seconds between looks for what Google does a little later."""

Check = Callable[["Examination"], str]


class State(StrEnum):
    """What a check comes to. What was not looked at is neither good nor bad, and is not called green."""

    GREEN = "green"
    NOT_LOOKED_AT = "not looked at"
    RED = "RED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found: that all is well, or what is wrong and what to do about it."""

    check: str
    state: State
    words: str

    @property
    def is_red(self) -> bool:
        return self.state is State.RED


class Ailment(PeerpactError):  # noqa: N818 - named after what was found
    """A check found something wrong; the message is the sentence with the fix."""


@dataclass(frozen=True, kw_only=True)
class Examination(Installation):
    """An installation that is examined, with or without a letter to itself."""

    with_letter: bool = True
    pause: Callable[[float], object] = time.sleep

    @property
    def mail(self) -> Access:
        return self.access(MODIFY)

    @property
    def owner(self) -> Access:
        return self.access()

    def refusals(self) -> Counter[str]:
        """Return how many calls of the whole examination Google refused as coming too fast, by API."""
        return sum((access.refusals() for access in self._opened.values()), Counter[str]())

    @property
    def people(self) -> list[str]:
        """The addresses on the roster."""
        return sorted({str(row["email"]) for row in self._roster})

    @property
    def without_hours(self) -> list[str]:
        """The addresses of those whose working hours are not on the roster."""
        return sorted({str(row["email"]) for row in self._roster if row["working_hours"] is None})

    @cached_property
    def _roster(self) -> Sequence[Row]:
        book = self.owner.owned_programme
        book.read(["Roster"])
        return book.contents("Roster").rows


class NotLookedAt(PeerpactError):  # noqa: N818 - named after what happened
    """A check could not be made, and that may be right here; the message says why."""


def looked_at(name: str, check: Check, it: Examination) -> Finding:
    try:
        return Finding(check=name, state=State.GREEN, words=check(it))
    except NotLookedAt as why:
        return Finding(check=name, state=State.NOT_LOOKED_AT, words=str(why))
    except PeerpactError as error:
        return Finding(check=name, state=State.RED, words=str(error))


def said(error: GoogleError) -> str:
    return str(error).rstrip(".") + "."
