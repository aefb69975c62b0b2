"""The table of jobs: one line a job. Everything that lists jobs (entry points, command line, demo) reads it."""

from __future__ import annotations

from peerpact.jobs import (
    book_first_meetings,
    check_roster,
    collect_replies,
    pair_people,
    report,
    send_follow_ups,
)
from peerpact.jobs.job import Job

JOBS: dict[str, Job] = {
    module.JOB.name: module.JOB
    for module in (check_roster, pair_people, book_first_meetings, send_follow_ups, collect_replies, report)
}
