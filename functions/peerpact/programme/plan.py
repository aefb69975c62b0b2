"""What a decision comes to: actions in order, each under the key by which it is done once, and the problems found."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence


class Action(ABC):
    """Something decided on but not done yet."""

    __slots__ = ()

    @property
    @abstractmethod
    def key(self) -> str:
        """The name under which it is done once."""

    @staticmethod
    @abstractmethod
    def in_number(many: int) -> Sentence:
        """Say of so many of its kind what they come to, in the admins' language: “3 mails”."""

    @property
    @abstractmethod
    def summary(self) -> str:
        """What would be done, in words that everybody may see."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What people wrote that belongs to it, for those who may see it."""
        return ()

    def sentence(self, *, show_texts: bool = False) -> str:
        """Say what would be done; with ``show_texts`` also what people wrote."""
        return "\n      ".join([self.summary, *(self.texts if show_texts else ())])


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do: actions in order, and the problems there are (None: not looked at)."""

    actions: tuple[Any, ...] = ()
    """Each an ``Action``, of the kinds that the job knows."""
    problems: tuple[Problem, ...] | None = ()
    writes_to: frozenset[str] = frozenset()
    """Everybody who would get a letter or an invitation."""
    most_letters: int = 1000
    """To so many people Settings allow one run to write."""
    too_much: str = ""
    """Why the plan is more than Settings allow; empty when it is not."""
    waits: tuple[str, ...] = ()
    """Why something that is due is not done yet, in a sentence each, for who looks before."""
    note: str = ""
    """How good the plan is, in a sentence, where that can be said."""
