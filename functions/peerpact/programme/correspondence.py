"""What is kept of letters and replies: keys, states and Gmail's ids. Never what they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from peerpact.programme.keys import reference
from peerpact.programme.pairings import round_of

MOST_A_DAY = 1900
"""Gmail sends 2,000 mails in any 24 hours and then blocks the mailbox (support.google.com/a/answer/166852).

The rest is for people who write from the mailbox by hand.
"""
MOST_BEGUN_A_DAY = 1200
"""Letters that we begin, of all that Gmail sends in 24 hours; the rest is for answers to what people wrote, who
should not wait for them.
"""
DAY = timedelta(days=1)
EXAMPLE = "example"
"""The kind of mails that show admins what a mail looks like."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What must be known of a kind of letter, wherever one is kept, looked for or answered."""

    initials: str
    """What its references begin with."""
    is_private: bool = False
    """Its rows are in the ledger; those of all others are in the programme spreadsheet."""
    answers: bool = False
    """It answers a mail."""
    asks: bool = False
    """Answers to it are read for commitments and outcomes; answers to all others for requests only."""
    is_open: bool = False
    """It asks nothing in particular, so that requests and questions are what one answers."""


KINDS = {
    "introduction": Kind("IN"),
    "pick-a-time": Kind("PT"),
    "partner-left": Kind("PL"),
    "commitment-request": Kind("CR", is_private=True, asks=True),
    "follow-up": Kind("FU", is_private=True, asks=True),
    "reminder": Kind("RE", is_private=True, asks=True),
    "announcement": Kind("AN", is_private=True, is_open=True),
    "welcome": Kind("WE", is_private=True, is_open=True),
    "left-over": Kind("LO", is_private=True, is_open=True),
    "turn": Kind("TU", is_private=True, asks=True),
    "closing": Kind("CL", is_private=True, is_open=True),
    "still-there": Kind("YT", is_private=True),
    "acknowledgement": Kind("AC", is_private=True, answers=True),
    "ask-again": Kind("AA", is_private=True, answers=True),
    "status": Kind("ST", is_private=True, answers=True),
    "my-data": Kind("MD", is_private=True, answers=True),
    "forget-me": Kind("FM", is_private=True, answers=True),
    "mail-waits": Kind("MW", is_private=True, answers=True),
    "digest": Kind("DI"),
    EXAMPLE: Kind("EX"),
}
"""Every kind of letter that is planned; what a decision plans and what is read of an answer goes by it."""
INITIALS = {kind: known.initials for kind, known in KINDS.items()}
"""What the references of each kind begin with."""
PRIVATE = frozenset(kind for kind, known in KINDS.items() if known.is_private)
"""Kinds whose rows are in the ledger."""
SAID_BACK = frozenset(kind for kind, known in KINDS.items() if known.answers)
"""Kinds that answer a mail."""


def is_whole(key: str) -> bool:
    """Tell whether a letter may have this key."""
    kind, _, rest = key.partition(":")
    return kind in INITIALS and bool(rest)


class LetterState(StrEnum):
    """How far a letter got. A draft can be sent once; see ``google.outbox``."""

    PLANNED = "planned"
    DRAFTED = "drafted"
    SENT = "sent"
    NEEDS_REVIEW = "needs review"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """One row of Letters. ``key`` is made from the domain: the same letter has the same key in every run."""

    key: str
    kind: str
    person: str
    reference: str = ""
    state: LetterState = LetterState.PLANNED
    pairing: str = ""
    planned: datetime | None = None
    sent: datetime | None = None
    answered: datetime | None = None
    number: int | None = None
    """Where it asks how worthwhile it was: the answer, 1 to 5; 0 until there is one; None: it doesn't ask."""
    about: tuple[str, ...] = ()
    """Ids of the commitments that it asks about, in the order of its numbers."""
    draft_id: str = ""
    message_id: str = ""
    thread_id: str = ""
    rfc_message_id: str = ""
    refused: str = ""
    """The day on which it was refused last (UTC), and why; empty when it was not."""

    @property
    def is_whole(self) -> bool:
        """Tell whether its key may be one that a letter has: somebody may have typed over it."""
        return is_whole(self.key)

    @property
    def is_begun(self) -> bool:
        """Tell whether a run began it and it has not left. One whose key was typed over is decided on anew.

        Its draft is found then; under what was typed it would leave, and a second time under its own key.
        """
        return self.is_whole and self.state in {LetterState.PLANNED, LetterState.DRAFTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRecord:
    """One row of Replies: a mail that has been read, and by its presence will not be read again."""

    message_id: str
    received: datetime
    kind: str
    person: str = ""
    letter: str = ""
    thread_id: str = ""
    taken_as: str = ""


def begun_answers(letters: Iterable[LetterRecord], *, but_for: Collection[str]) -> list[LetterRecord]:
    """Return answers of which there is a draft though none would be written now, as the mail or the roster has changed.

    What they say was written down before, so they leave as they are. ``but_for`` are keys of those that are decided on.
    """
    left = (letter for letter in letters if letter.kind in SAID_BACK and letter.key not in but_for)
    return [letter for letter in left if letter.is_begun and letter.state is LetterState.DRAFTED]


def planned(
    kind: str,
    key: str,
    person: str,
    *,
    at: datetime,
    pairing: str = "",
    about: tuple[str, ...] = (),
    asks_number: bool = False,
) -> LetterRecord:
    """Return the record of a letter that is decided on."""
    return LetterRecord(
        key=key,
        kind=kind,
        person=person,
        pairing=pairing,
        reference=reference(INITIALS[kind], key),
        planned=at.replace(microsecond=0),
        about=about,
        number=0 if asks_number else None,
    )


ASKS_A_NUMBER = "1-5"


def says_of_itself(letter: LetterRecord) -> tuple[str, ...]:
    """Return what a mail tells of its row: ids of commitments in their order, whether it asks a number, its pairing.

    The pairing is left out where the mail's key names it.
    """
    pairing = [letter.pairing] if letter.pairing and letter.pairing != _named_in(letter.key) else []
    return (*letter.about, *([] if letter.number is None else [ASKS_A_NUMBER]), *pairing)


def _named_in(key: str) -> str:
    """Return the pairing that a letter's key names, if any."""
    pairing = key.partition(":")[2].partition(":")[0]
    return pairing if round_of(pairing) else ""


def found_again(
    key: str,
    person: str,
    *,
    named: str,
    about: Sequence[str] = (),
    sent: datetime | None,
    message_id: str,
    thread_id: str,
    rfc_message_id: str,
) -> LetterRecord | None:
    """Return the record of a letter that is in Sent, though no row tells of it; None where it is none of ours.

    ``named`` is its reference, and ``about`` what else it says of itself (:func:`says_of_itself`).
    """
    kind = key.partition(":")[0]
    if kind not in INITIALS or not person:
        return None
    pairing = _named_in(key) or next(filter(round_of, about), "")
    return LetterRecord(
        key=key,
        kind=next((k for k, initials in INITIALS.items() if initials == named[:2]), kind),
        person=person,
        reference=named or reference(INITIALS[kind], key),
        state=LetterState.SENT,
        pairing=pairing,
        planned=sent,
        sent=sent,
        number=0 if ASKS_A_NUMBER in about else None,
        about=tuple(a for a in about if a not in {ASKS_A_NUMBER, pairing}),
        message_id=message_id,
        thread_id=thread_id,
        rfc_message_id=rfc_message_id,
    )


def is_of_today(letter: LetterRecord, now: datetime) -> bool:
    """Tell whether a letter has not left yet, or left in the last day, so that it counts for what may leave in one."""
    is_under_way = letter.state in {LetterState.PLANNED, LetterState.DRAFTED}
    return is_under_way or (letter.sent is not None and letter.sent > now - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """When letters left a mailbox: those that were begun, and those that answer what people wrote."""

    begun: tuple[datetime, ...] = ()
    answers: tuple[datetime, ...] = ()

    def __add__(self, more: Left) -> Left:
        return Left(begun=self.begun + more.begun, answers=self.answers + more.answers)


def left(known: Mapping[str, LetterRecord], since: datetime) -> Left:
    """Return when these letters left, of those that have since a moment."""
    some = [(row.sent, row.kind in SAID_BACK) for row in known.values() if row.sent and row.sent > since]
    return Left(
        begun=tuple(sent for sent, answers in some if not answers),
        answers=tuple(sent for sent, answers in some if answers),
    )


def places(
    gone: Left, now: datetime, *, begun: int | None, of_all: int, within: timedelta = timedelta(0)
) -> list[datetime]:
    """Return from when each further letter may leave, the soonest first, for those that may within some time.

    At those moments no 24 hours have more than so many letters that are begun (None: these answer), nor of all.
    """
    moments = _free_from(gone.begun + gone.answers, of_all, now)
    if begun is not None:
        moments = list(map(max, moments, _free_from(gone.begun, begun, now)))
    return [moment for moment in moments if moment <= now + within]


def _free_from(gone: Iterable[datetime], at_most: int, now: datetime) -> list[datetime]:
    """Return when there is room for another, and another, where any 24 hours have room for so many."""
    recent = sorted(moment for moment in gone if moment > now - DAY)
    over = len(recent) - at_most
    return [now] * -over + [moment + DAY for moment in recent[max(0, over) :]]
