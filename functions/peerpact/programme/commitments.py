"""A commitment: one solid action somebody promised at the end of a session, and all that became of it since.

Nothing that a commitment once said is overwritten without trace: each change adds an event to its history. Only
erasing takes words away, there too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from peerpact.programme.pairings import add_months

TIME_TO_DO_IT = timedelta(days=7)
"""A promise without a day has so long at least."""
LONGEST_TO_MEETING = timedelta(days=40)
"""It is due at the next meeting if that is no further off."""
ERASED = "(erased)"
"""Is where somebody's words were."""
_STEPS = "made|asked|answered|changed|carried on|told|erased"
_EVENT = re.compile(
    rf"(?P<on>\d{{4}}-\d\d-\d\d) (?P<step>{_STEPS})(?P<detail>(?: [^;“]*)?(?:“[^”]*”)?)(?:; |$)"
)


class Outcome(StrEnum):
    """What somebody says became of a commitment."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not yet"
    DROPPED = "dropped"

    @property
    def is_final(self) -> bool:
        """Kept and dropped commitments are not asked about again; the others are carried on."""
        return self in {Outcome.KEPT, Outcome.DROPPED}


class Step(StrEnum):
    """What can happen to a commitment, as the ledger's column *History* names it."""

    MADE = "made"
    ASKED = "asked"
    ANSWERED = "answered"
    CHANGED = "changed"
    CARRIED_ON = "carried on"
    TOLD = "told"
    """Their partner was told the outcome."""
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a history. ``detail``: an outcome, a letter's reference, or the words that were there before."""

    on: date
    step: Step
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.on} {self.step} {self.detail}".rstrip()

    @property
    def is_answer(self) -> bool:
        """Tell whether it says what became of the commitment, for the first time or otherwise than before."""
        return self.step is Step.ANSWERED or (self.step is Step.CHANGED and "“" not in self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promised action, as the ledger holds it. ``text`` is seen by the person and their partners only."""

    id: str
    person: str
    """E-mail address, lower-case."""
    pairing: str
    text: str = field(default="", repr=False)
    """Somebody's words; like those in the history kept out of what a crash may print."""
    made_on: date
    due: date
    """When it was first due. Carrying it on does not move this day, so that figures about it stay as they were."""
    outcome: Outcome | None = None
    """The latest answer; None until there is one."""
    answered_on: date | None = None
    history: str = field(default="", repr=False)
    """Its events, oldest first, as one line of text; ``events_of`` reads them."""
    audience: tuple[str, ...] = ()
    """The addresses of those who were partners when it was made; empty where that was not kept yet."""

    @property
    def is_open(self) -> bool:
        return self.outcome is None or not self.outcome.is_final

    @property
    def is_erased(self) -> bool:
        return self.text in {"", ERASED}


def events_of(commitment: Commitment) -> tuple[Event, ...]:
    """Return a commitment's history, oldest first."""
    found = ((_day(m["on"]), m) for m in _EVENT.finditer(commitment.history))
    return tuple(Event(on=on, step=Step(m["step"]), detail=m["detail"].strip()) for on, m in found if on)


def _day(words: str) -> date | None:
    """Return a day; None where it is none, as after an edit by hand."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def first_due(made_on: date, next_meeting: date | None = None, turn: date | None = None) -> date:
    """Return when a commitment is due: at the next meeting if that is in some weeks, else in a month.

    Where the round's turn comes before that, it asks about all; so it is due then. Whoever promises something in the
    days before a meeting means the time after it.
    """
    month = add_months(made_on, 1)
    ends = ((next_meeting, made_on + LONGEST_TO_MEETING), (turn, month))
    return min((day for day, end in ends if day and made_on + TIME_TO_DO_IT <= day <= end), default=month)


def made(commitment: Commitment) -> Commitment:
    """Return a new commitment with the beginning of its history."""
    return _with(commitment, Event(on=commitment.made_on, step=Step.MADE))


def asked(commitment: Commitment, reference: str, on: date) -> Commitment:
    """Note that the letter with this reference asks about it; a letter is noted once."""
    return _once(commitment, Event(on=on, step=Step.ASKED, detail=reference))


def told(commitment: Commitment, reference: str, on: date) -> Commitment:
    """Note that the letter with this reference tells a partner the outcome; a letter is noted once."""
    return _once(commitment, Event(on=on, step=Step.TOLD, detail=reference))


def answered(commitment: Commitment, outcome: Outcome, on: date) -> Commitment:
    """Take an answer: a first one to what was asked, or one that corrects the answer before.

    The same answer once more changes nothing. What is not final is carried on.
    """
    before = commitment.outcome
    is_correction = before is not None and not _was_asked_since_answered(commitment)
    if is_correction and outcome is before:
        return commitment
    event = Event(
        on=on,
        step=Step.CHANGED if is_correction else Step.ANSWERED,
        detail=f"{before} to {outcome}" if is_correction else str(outcome),
    )
    taken = _with(replace(commitment, outcome=outcome, answered_on=on), event)
    return taken if outcome.is_final else _with(taken, Event(on=on, step=Step.CARRIED_ON))


def reworded(commitment: Commitment, text: str, on: date) -> Commitment:
    """Put other words in place of a commitment's; those that were there are kept in its history."""
    if text == commitment.text:
        return commitment
    words = " ".join(commitment.text.split()).replace("“", "‘").replace("”", "’")
    return _with(replace(commitment, text=text), Event(on=on, step=Step.CHANGED, detail=f"from “{words}”"))


def former_text(commitment: Commitment) -> str:
    """Return the words that were there before the latest ones; empty when there were none."""
    replaced = (e.detail for e in reversed(events_of(commitment)) if e.detail.startswith("from “"))
    return next(replaced, "").removeprefix("from “").removesuffix("”")


def erased(commitment: Commitment, on: date) -> Commitment:
    """Take all words away, those in the history too. Days and outcomes stay, and the figures with them."""
    history = re.sub(r"“[^”]*”", "“…”", commitment.history)
    return _with(replace(commitment, text=ERASED, history=history), Event(on=on, step=Step.ERASED))


def is_settled(commitment: Commitment, today: date) -> bool:
    """Tell whether its words and outcome were said back a day ago or more, so that a partner may see them."""
    said = [e.on for e in events_of(commitment) if e.step in {Step.MADE, Step.ANSWERED, Step.CHANGED}]
    return all(on < today for on in said[-1:])


def is_told(commitment: Commitment, references: frozenset[str]) -> bool:
    """Tell whether one of these letters told the outcome as it is now."""
    for event in reversed(events_of(commitment)):
        if event.is_answer:
            return False
        if event.step is Step.TOLD and event.detail in references:
            return True
    return False


def _was_asked_since_answered(commitment: Commitment) -> bool:
    for event in reversed(events_of(commitment)):
        if event.step is Step.ASKED:
            return True
        if event.is_answer:
            return False
    return False


def _once(commitment: Commitment, event: Event) -> Commitment:
    there = any(e.step is event.step and e.detail == event.detail for e in events_of(commitment))
    return commitment if there else _with(commitment, event)


def _with(commitment: Commitment, event: Event) -> Commitment:
    history = f"{commitment.history}; {event}" if commitment.history else str(event)
    return replace(commitment, history=history)
