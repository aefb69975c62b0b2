"""The table of jobs: one line a job. Everything that lists jobs (entry points, command line, demo) reads it.

A job's module is imported when the job is first looked up: a function serves one job, and need not wait for what the
others import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peerpact.jobs.job import Job

NAMES = (
    "check_roster",
    "pair_people",
    "book_first_meetings",
    "send_follow_ups",
    "collect_replies",
    "report",
)

LONGEST_SILENCE = {
    "check_roster": timedelta(hours=3),
    "pair_people": timedelta(hours=26),
    "book_first_meetings": timedelta(hours=60),
    "send_follow_ups": timedelta(hours=54),
    "collect_replies": timedelta(hours=2),
    "report": timedelta(hours=170),
}
"""After so long without success a job is told of: the longest time between two ticks and a little more."""


class _Table(Mapping[str, "Job"]):
    def __getitem__(self, name: str) -> Job:
        if name not in NAMES:
            raise KeyError(name)
        job: Job = import_module(f"peerpact.jobs.{name}").JOB
        return job

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


JOBS: Mapping[str, Job] = _Table()
