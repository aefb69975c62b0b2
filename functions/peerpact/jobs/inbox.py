"""What replies are judged by: the mails that wait, and what is known of letters, commitments and people."""

from __future__ import annotations

from dataclasses import dataclass

from peerpact.config import Config
from peerpact.google.mail import Mail
from peerpact.jobs.gathering import Programme
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord

ASKS = {"commitment-request", "follow-up", "reminder"}
"""Kinds of letters whose answers are read for commitments; answers to all others, for requests only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the replies are judged by."""

    programme: Programme
    config: Config
    mails: tuple[Mail, ...]
    commitments: dict[str, Commitment]
    letters: dict[str, LetterRecord]
    replies: dict[str, ReplyRecord]
    waiting: int
    """Mails that need a person, from earlier runs."""
