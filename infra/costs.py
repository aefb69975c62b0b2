"""What an installation costs a month, from how often jobs run, how many letters people get, and list prices.

    python infra/costs.py

Prices are US dollars for a Tier 1 region with request-based billing, as Google's public pages gave them; runs come from
the jobs' schedules. What is assumed rather than measured is a constant here, with the reason beside it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cronsim import CronSim

PRICES_READ = "2026-11-23"
SOURCE = "cloud.google.com/run/pricing"
VCPU_SECOND, FREE_VCPU_SECONDS = 0.000024, 180_000
GIB_SECOND, FREE_GIB_SECONDS = 0.0000025, 360_000
# Not verified on that day: the Scheduler's, secrets' and alerts' prices. Charging for alerts was announced and moved
# more than once; without it, take ALERT_CONDITIONS * ALERT_CONDITION off.
SCHEDULER_JOB, FREE_SCHEDULER_JOBS = 0.10, 3
SECRET_VERSION = 0.06
ALERT_CONDITION = 0.10
IMAGES_AND_LOGS = 0.10
"""Container images beyond half a free GiB; logs stay within their 50 free GiB by far."""

JOBS = json.loads(Path(__file__).with_name("jobs.json").read_text(encoding="utf-8"))
ALERT_CONDITIONS = 2 * len(JOBS) + 3
CALLS_A_RUN, CALLS_A_LETTER, CALLS_A_REPLY = 6, 2, 2
"""As `make bench` counts them; a letter is a draft and its sending, a reply is read and labelled."""
SECONDS_A_RUN = 3.0
"""Start (about one second with one processor) and four to six calls of a third of a second."""
SECONDS_A_THOUSAND_PEOPLE = 1.0
"""Reading and deciding, for each run and thousand people on the roster."""
SECONDS_A_LETTER = 1.2
"""Gmail takes 54 letters a minute from one mailbox; this, not the machine, is the limit."""
SECONDS_A_REPLY = 1.0
LETTERS_A_MONTH = 2.5
"""A person: a follow-up, an acknowledgement, and in part an introduction, a commitment request and a reminder."""
REPLIES_A_MONTH = 1.0


@dataclass(frozen=True, slots=True)
class Month:
    """One month of an installation."""

    people: int
    runs: int
    letters: int
    calls: int
    seconds: float
    dollars: float
    without_free_tier: float
    hours_of_letters: float


def month(people: int) -> Month:
    """Compute a month for so many people who take part."""
    runs = {name: _ticks(job["schedule"]) for name, job in JOBS.items()}
    each = SECONDS_A_RUN + SECONDS_A_THOUSAND_PEOPLE * people / 1000
    sending = people * (LETTERS_A_MONTH * SECONDS_A_LETTER + REPLIES_A_MONTH * SECONDS_A_REPLY)
    seconds = sum(runs.values()) * each + sending
    gib_seconds = sum(n * each * _gib(JOBS[name]["memory"]) for name, n in runs.items()) + sending * 0.5
    fixed = ALERT_CONDITIONS * ALERT_CONDITION + IMAGES_AND_LOGS
    free = (
        max(0, seconds - FREE_VCPU_SECONDS) * VCPU_SECOND
        + max(0, gib_seconds - FREE_GIB_SECONDS) * GIB_SECOND
        + max(0, len(JOBS) - FREE_SCHEDULER_JOBS) * SCHEDULER_JOB
    )
    full = seconds * VCPU_SECOND + gib_seconds * GIB_SECOND + len(JOBS) * SCHEDULER_JOB + SECRET_VERSION
    return Month(
        people=people,
        runs=sum(runs.values()),
        letters=round(people * LETTERS_A_MONTH),
        calls=round(
            sum(runs.values()) * CALLS_A_RUN
            + people * (LETTERS_A_MONTH * CALLS_A_LETTER + REPLIES_A_MONTH * CALLS_A_REPLY)
        ),
        seconds=seconds,
        dollars=free + fixed,
        without_free_tier=full + fixed,
        hours_of_letters=people * LETTERS_A_MONTH * SECONDS_A_LETTER / 3600,
    )


def table() -> str:
    """Return the table in Markdown."""
    lines = [
        f"US dollars a month. Cloud Run's list prices as of {PRICES_READ} ({SOURCE}); the rest, mostly "
        f"{ALERT_CONDITIONS} alert conditions at {ALERT_CONDITION:.2f}, could not be looked up on that day.",
        "",
        "| people | runs | letters | calls | hours sending | processor seconds | with the free tier | without it |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for it in map(month, (100, 1_000, 10_000)):
        lines.append(
            f"| {it.people:,} | {it.runs:,} | {it.letters:,} | {it.calls:,} | {it.hours_of_letters:.1f} "
            f"| {it.seconds:,.0f} | {it.dollars:.2f} | {it.without_free_tier:.2f} |"
        )
    return "\n".join(lines) + "\n"


def _ticks(schedule: str) -> int:
    """Return how often a schedule ticks in four weeks, scaled to a month of 365.25 / 12 days."""
    start = datetime(2026, 1, 5, tzinfo=UTC)
    ticks, count = CronSim(schedule, start), 0
    while next(ticks) < start + timedelta(weeks=4):
        count += 1
    return round(count * 365.25 / 12 / 28)


def _gib(memory: str) -> float:
    return (
        float(memory.removesuffix("Gi")) if memory.endswith("Gi") else float(memory.removesuffix("Mi")) / 1024
    )


if __name__ == "__main__":
    sys.stdout.write(table())
