"""Pairings with the newest round on top, where whoever opens the tab looks first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from peerpact.programme.plan import Action
from peerpact.programme.sentences import Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestOnTop(Action):
    """The rows of Pairings sorted, once those of a newer round are below older ones."""

    newest: int
    """The newest round."""

    @property
    def key(self) -> str:
        return f"newest-on-top-{self.newest}"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("the newest round put on top")

    @property
    def summary(self) -> str:
        return f"Put round {self.newest} on top of the tab Pairings"


def newest_on_top(rows: Iterable[int], proposed: Iterable[int]) -> Iterator[NewestOnTop]:
    """Yield the sorting where it is due: ``rows`` are the rounds from the top, and what is proposed comes below."""
    rounds = [*rows, *proposed]
    if any(above < below for above, below in pairwise(rounds)):
        yield NewestOnTop(newest=max(rounds))
