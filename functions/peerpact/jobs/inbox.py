"""What replies are judged by, and what can come of one: the values that the parts of ``collect_replies`` share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peerpact.config import Config
from peerpact.google.mail import Mail
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.plan import Action
from peerpact.programme.requests import Request
from peerpact.programme.seen import ProgrammeSeen

if TYPE_CHECKING:
    from peerpact.programme.replies.meaning import Understood
    from peerpact.programme.replies.reading import Reply

ASKS = {"commitment-request", "follow-up", "reminder"}
"""Kinds of letters whose answers are read for commitments; answers to all others, for requests only."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail that no run has labelled yet, as it came and as it was read."""

    mail: Mail
    reply: Reply = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """What the directory said of senders who are not on the roster."""

    people: Mapping[str, str] = field(default_factory=dict)
    """The roster's address by the one that they wrote from."""
    was_asked: bool = False
    """There was somebody to ask about."""
    was_refused: bool = False
    """The directory may not be asked: its scope is not granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the replies are judged by."""

    programme: ProgrammeSeen
    config: Config
    incoming: tuple[Incoming, ...] = ()
    aliases: Aliases = Aliases()
    commitments: dict[str, Commitment]
    letters: dict[str, LetterRecord]
    replies: dict[str, ReplyRecord]
    waiting: int = 0
    """Mails that need a person, from earlier runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReply(Action):
    """A reply that counts, and all that it changes."""

    record: ReplyRecord
    letter: LetterRecord
    person: Person
    commitments: tuple[Commitment, ...] = ()
    """As they are after the reply: answered ones, those put in other words, and new ones."""
    former_texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What stood there before, by id, of those put in other words."""
    requests: tuple[Request, ...] = ()
    acknowledgement: LetterRecord | None = None
    understood: Understood = field(repr=False)
    subject: str = field(default="", repr=False)
    rfc_message_id: str = ""
    """The reply's own Message-ID, for threading the acknowledgement."""
    is_recorded: bool = False
    """An earlier run has written its effect already; only the acknowledgement and label are left."""

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    @property
    def summary(self) -> str:
        return f"Take the reply of {self.person.name}: {self.record.taken_as}"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(f"“{c.text}” ({c.outcome or 'new'})" for c in self.commitments)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Action):
    """A mail that changes nothing: automatic, or waiting for a person."""

    record: ReplyRecord
    label: str

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    @property
    def summary(self) -> str:
        return f"Label a mail “{self.label}” ({self.record.kind}: {self.record.taken_as})"
