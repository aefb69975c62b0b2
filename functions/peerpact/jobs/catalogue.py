"""The six jobs: names, schedules and rights. Everything that names or lists jobs reads this.

What a job does is in the module of its name, imported when the job is first run: a function serves one job, and need
not wait for what the others import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from peerpact.google.scopes import COMPOSE, DIRECTORY, EVENTS, FREE_BUSY, HOURS, METADATA, MODIFY, SCOPES

if TYPE_CHECKING:
    from peerpact.jobs.job import Steps


def _steps_of(name: str) -> Steps:
    steps: Steps = import_module(f"peerpact.jobs.{name}").STEPS
    return steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: its name everywhere, when it runs, and what it may touch."""

    name: str
    summary: str
    schedule: str
    """Unix cron, in the programme's time zone."""
    longest_silence: timedelta
    """After so long without success it is told of: the longest time between two ticks and a little more."""
    mailbox_scopes: tuple[str, ...] = ()
    optional_scopes: tuple[str, ...] = ()
    """Asked for on their own, as the mailbox; where they are not granted the job does without."""
    opens_ledger: bool = False
    opens_wishes: str = ""
    """Whether it ``reads`` or ``writes`` what people wish in private."""
    answers: bool = False
    """Its letters answer what people wrote; those of all others are begun."""
    is_of_mailbox: bool = False
    """Whether each mailbox has one of its own, where there are several; else one looks after the whole."""
    reads_other_mailboxes: bool = False
    """Whether it reads, of whoever asks, what the other mailboxes keep of them."""
    secrets: tuple[str, ...] = ("log_key",)
    """What the job can't run without: ``token_key`` for letters that are answered, ``event_key`` for meetings."""
    load: Callable[[str], Steps] = _steps_of

    @property
    def steps(self) -> Steps:
        return self.load(self.name)

    @property
    def delegates(self) -> tuple[str, ...]:
        """The kinds of delegate that the job's account may sign as: those that have a scope which it asks for."""
        asked = {*self.mailbox_scopes, *self.optional_scopes}
        return tuple(kind for kind, scopes in SCOPES.items() if asked & set(scopes))


_LISTED = (
    Job(
        name="check_roster",
        summary="Validates the admins' tabs and refreshes Problems and Start here.",
        schedule="7 * * * *",
        longest_silence=timedelta(hours=3),
        optional_scopes=(DIRECTORY,),
    ),
    Job(
        name="pair_people",
        summary="Proposes pairings when a round opens, carries out decisions and repairs broken pairings.",
        schedule="0 6 * * *",
        longest_silence=timedelta(hours=26),
        opens_wishes="reads",
    ),
    Job(
        name="book_first_meetings",
        summary="Introduces partners, books their meetings and follows what people do with them.",
        schedule="*/30 5-19 * * 1-5",
        longest_silence=timedelta(hours=60),
        mailbox_scopes=(EVENTS, FREE_BUSY, COMPOSE, METADATA),
        optional_scopes=(HOURS,),
        is_of_mailbox=True,
        secrets=("event_key", "log_key", "token_key"),
    ),
    Job(
        name="send_follow_ups",
        summary="Asks for commitments, and once a month what became of them.",
        schedule="5 */4 * * 1-5",
        longest_silence=timedelta(hours=54),
        mailbox_scopes=(COMPOSE, METADATA),
        optional_scopes=(FREE_BUSY,),
        is_of_mailbox=True,
        secrets=("log_key", "token_key"),
        opens_ledger=True,
        opens_wishes="reads",
    ),
    Job(
        name="collect_replies",
        summary="Reads replies, updates the ledger and says back what was understood.",
        schedule="*/15 * * * *",
        longest_silence=timedelta(hours=2),
        mailbox_scopes=(MODIFY,),
        optional_scopes=(DIRECTORY,),
        answers=True,
        is_of_mailbox=True,
        reads_other_mailboxes=True,
        secrets=("log_key", "token_key"),
        opens_ledger=True,
        opens_wishes="writes",
    ),
    Job(
        name="report",
        summary="Refreshes the Overview and sends the weekly digest to the admins.",
        schedule="0 7 * * 1",
        longest_silence=timedelta(hours=170),
        mailbox_scopes=(COMPOSE, METADATA),
        secrets=("log_key", "token_key"),
    ),
)
JOBS: Mapping[str, Job] = {job.name: job for job in _LISTED}


def units(more: Iterable[str]) -> Mapping[str, Job]:
    """Return all functions and their jobs, with those of further mailboxes, whose units are named."""
    names = [unit for unit in more if unit]
    theirs = [job for job in _LISTED if job.is_of_mailbox]
    return {**JOBS, **{f"{job.name}-{unit}": job for unit in names for job in theirs}}
