"""What replies are judged by: the mails that wait, and what is known of letters, commitments and people."""

from __future__ import annotations

from dataclasses import dataclass, field

from peerpact.config import Config
from peerpact.google.mail import Mail
from peerpact.jobs.gathering import Programme
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
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

    people: dict[str, str]
    """The roster's address by the one that they wrote from."""
    was_asked: bool = False
    """There was somebody to ask about."""
    was_refused: bool = False
    """The directory may not be asked: its scope is not granted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the replies are judged by."""

    programme: Programme
    config: Config
    incoming: tuple[Incoming, ...]
    aliases: Aliases
    commitments: dict[str, Commitment]
    letters: dict[str, LetterRecord]
    replies: dict[str, ReplyRecord]
    waiting: int
    """Mails that need a person, from earlier runs."""
