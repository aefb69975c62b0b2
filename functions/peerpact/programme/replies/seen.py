"""What replies are judged by: the mails that wait, read, and what is known of letters, promises and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import PrivateWish

if TYPE_CHECKING:  # most ticks have no mail: they need not load what reads one
    from peerpact.programme.replies.reply import Reply

STRANGER = "the sender is not on the roster"
NO_LETTER = "it belongs to no letter that we sent them"
"""Why a mail is set aside that may count later: once they are on the roster, or the letter is known again."""
UNREAD, TOO_LARGE = "unread", "too large"
"""Kinds of mails that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSeen:
    """A mail in the inbox that no run has labelled yet, as it was read."""

    id: str
    """Gmail's, which never changes."""
    thread: str
    received: datetime
    reply: Reply = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A mail that could not be read, and why."""

    id: str
    why: str
    is_too_large: bool = False
    """It will never be read; others are tried again on another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """What the directory said of senders who are not on the roster."""

    people: Mapping[str, str] = field(default_factory=dict)
    """The roster's address by the one that they wrote from."""
    was_asked: bool = False
    """There was somebody to ask about."""
    was_refused: bool = False
    """The directory may not be asked: its scope is not granted."""

    def writer_of(self, mail: MailSeen) -> str:
        """Return the address by which the roster knows who wrote a mail; theirs where it knows none."""
        return self.people.get(mail.reply.sender, mail.reply.sender)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepliesSeen:
    """What replies are judged by."""

    programme: ProgrammeSeen
    mailbox: str = ""
    """Our own address."""
    token_key: bytes = field(default=b"", repr=False)
    """The secret with which reply addresses are signed."""
    mails: tuple[MailSeen, ...] = ()
    """Oldest first."""
    unread: tuple[Unread, ...] = ()
    aliases: Aliases = field(default_factory=Aliases)
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    letters: Mapping[str, LetterRecord] = field(default_factory=dict)
    replies: Mapping[str, ReplyRecord] = field(default_factory=dict)
    wishes: tuple[PrivateWish, ...] | None = field(default=None, repr=False)
    """What people wish in private; None where there is no place for it."""
    has_archive: bool = False
    recalled: frozenset[str] = frozenset()
    """About whom all is there that the archive has."""


def is_taken(message_id: str, replies: Mapping[str, ReplyRecord]) -> bool:
    """Tell whether a mail's effect is written; one that was set aside has none."""
    known = replies.get(message_id)
    return known is not None and known.letter != ""
