"""Questions in an answer that ask nobody: half an answer, a promise said again, or what our next mail answers anyway.

"I could try to speak up more?" promises by half, "Who is Dina?" asks which promise is meant, and "Can I have until
Friday?" says when it will be done: we ask back about each, with the promise in its own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.plain import left_over

_FEW = 5


def asks_nobody(sentence: str, clauses: Sequence[Clause], *, of_outcomes: bool) -> bool:
    """Tell of a question that it is no question to people; ``of_outcomes``: it answers what became of promises."""
    if _repeats(clauses):
        return True
    length = len(sentence.split())
    is_half = length <= _FEW and _is_half_an_answer(clauses)
    return of_outcomes and (
        _asks_for_days(clauses) or is_half or (length < _FEW and _is_of_promise(clauses[-1]))
    )


def _repeats(clauses: Sequence[Clause]) -> bool:
    """Tell whether a question only says a promise again: "More often? Not really"."""
    return any(2 * len(c.names) > len(c.sense) for c in clauses)


def _asks_for_days(clauses: Sequence[Clause]) -> bool:
    """Tell of "can I have until Friday?"."""
    return any(w.said in {"by", "until"} and w.tense == "future" for c in clauses for w in c.dates)


def _is_half_an_answer(clauses: Sequence[Clause]) -> bool:
    """Tell of "I think so?" and "sort of?": a doubtful yes or no."""
    return any(
        c.has("maybe", "believed", "almost") and (c.has("yes", "no") or not c.unknown) for c in clauses
    )


def _is_of_promise(clause: Clause) -> bool:
    """Tell of "which report?" and "what promise?": it is asked which one is meant."""
    phrases = clause.language.sentences.get("interrogatives")
    asks = {m.start for m in phrases.everywhere(clause.words)} if phrases else set()
    is_of_promise = clause.names or (clause.has("things") and 0 in asks)
    return bool(is_of_promise) and asks.issuperset(left_over(clause))
