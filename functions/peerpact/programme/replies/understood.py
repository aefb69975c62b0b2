"""What was asked, and what an answer was understood to say: values only, read by ``meaning``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.promises import Promised
from peerpact.programme.replies.resolved import Found
from peerpact.programme.replies.wishes import Requested


class Asked(StrEnum):
    """What the letter that they answer asked for."""

    COMMITMENT = "commitment"
    OUTCOMES = "outcomes"
    NUMBER = "number"
    """How it was, from 1 to 5."""
    NEXT_ROUND = "next round"
    """Stay together, a new partner, or a pause."""
    TOPICS = "topics"
    """What they want to talk about, and can offer."""
    ANYTHING = "anything"
    """Nothing in particular: requests and questions count."""


class Unclear(StrEnum):
    """Why they must be asked again, kindly, once."""

    EMPTY = "empty"
    CONTRADICTING = "contradicting"
    WHICH = "which"
    """An outcome, but of which commitment?"""
    UNKNOWN = "unknown"
    LANGUAGE = "language"
    """In a language that we don't read."""
    SAME = "same"
    """The same as last time: that one is offered to be tapped."""
    NEAR_DISTRESS = "near distress"
    """It may be that something weighs on them: nothing of it is recorded or shown."""
    BEYOND = "beyond us"
    """There is a sentence about somebody, or about how the writer is, that no rule explains: nothing is recorded."""
    NO_END = "no end"
    """A pause, but until when?"""


FOR_PEOPLE = frozenset({Unclear.NEAR_DISTRESS, Unclear.BEYOND})
"""Nothing of such a reply is recorded; asked once, it is left to a confidential person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was understood. With ``unclear`` set, what else is set is certain all the same."""

    outcomes: Mapping[int, Outcome] = field(default_factory=lambda: MappingProxyType({}))
    """By number of the open commitment as the letter listed it, from 1; only what is certain."""
    promises: tuple[Promised, ...] = ()
    requests: tuple[Requested, ...] = ()
    question: bool = False
    """There is a question for the People team."""
    number: int | None = None
    """The answer to a question for a number from 1 to 5."""
    met: bool | None = None
    """Whether the two have met, where somebody says so."""
    wants: str = ""
    """What they want to talk about, in their words."""
    offers: str = ""
    care: bool = False
    """Words of distress: nothing else is set, and nothing of this reply is recorded anywhere."""
    unclear: Unclear | None = None
    perhaps: tuple[Requested, ...] = ()
    """What they may have wished where it isn't certain: offered to be tapped."""
    perhaps_promised: str = ""
    """What may be a promise where that isn't certain, in their words: offered to be tapped."""
    found: Mapping[int, Found] = field(default_factory=lambda: MappingProxyType({}))
    """How each outcome is known, certain or not: the words, and what speaks against it."""

    @property
    def new_commitments(self) -> tuple[str, ...]:
        return tuple(p.text for p in self.promises)

    @property
    def says_nothing(self) -> bool:
        """Tell whether nothing of it would be recorded or handed on."""
        says = (
            self.outcomes,
            self.promises,
            self.requests,
            self.question,
            self.number,
            self.wants,
            self.offers,
        )
        return not any(says) and self.met is None

    @property
    def is_for_people(self) -> bool:
        return self.unclear in FOR_PEOPLE

    @property
    def likely(self) -> Mapping[int, Outcome]:
        """What they may have meant where it isn't certain: offered to be tapped."""
        unsure = {n: f.outcome for n, f in self.found.items() if f.outcome and not f.is_certain}
        return MappingProxyType(unsure)
