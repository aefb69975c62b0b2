"""What an installation costs a month, from how often jobs run, how many letters people get, and list prices.

    python infra/costs.py

Prices are US dollars for a Tier 1 region with request-based billing, as copies of Google's public pages give them; runs
come from the jobs' schedules. What is assumed rather than measured is a constant here, with the reason beside it.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from cronsim import CronSim

PRICES_READ = "2026-11-26"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A list price in US dollars, how much of it is free each month for a billing account, and who says so.

    ``source`` is Google's page, of which a copy was read; empty where none could be read.
    """

    what: str
    dollars: float
    unit: str
    free: float = 0
    source: str = ""

    def of(self, amount: float, *, with_free_tier: bool) -> float:
        return max(0.0, amount - (self.free if with_free_tier else 0)) * self.dollars


VCPU = Price(
    what="processor",
    dollars=0.000024,
    unit="vCPU second",
    free=180_000,
    source="cloud.google.com/run/pricing",
)
MEMORY = Price(
    what="memory", dollars=0.0000025, unit="GiB second", free=360_000, source="cloud.google.com/run/pricing"
)
REQUESTS = Price(
    what="requests", dollars=0.40e-6, unit="request", free=2_000_000, source="cloud.google.com/run/pricing"
)
SCHEDULER = Price(
    what="Scheduler", dollars=0.10, unit="job", free=3, source="cloud.google.com/scheduler/pricing"
)
SECRETS = Price(
    what="secrets", dollars=0.06, unit="version", free=6, source="cloud.google.com/secret-manager/pricing"
)
READINGS = Price(
    what="reading them",
    dollars=0.03 / 10_000,
    unit="reading",
    free=10_000,
    source="cloud.google.com/secret-manager/pricing",
)
IMAGES = Price(
    what="images", dollars=0.10, unit="GiB", free=0.5, source="cloud.google.com/artifact-registry/pricing"
)
BUILDS = Price(
    what="builds", dollars=0.006, unit="minute", free=2_500, source="cloud.google.com/build/pricing"
)
LOGS = Price(what="logs", dollars=0.50, unit="GiB", free=50, source="cloud.google.com/logging/pricing")
WRITES = Price(what="leases", dollars=0.05 / 10_000, unit="writing")
ALERTS = Price(what="alerts", dollars=0.10, unit="condition")
PRICES = (VCPU, MEMORY, REQUESTS, SCHEDULER, SECRETS, READINGS, IMAGES, BUILDS, LOGS, WRITES, ALERTS)
DEARER_ALERT = 1.50
"""Charging for alerts was announced, moved and priced anew more than once; an earlier page of Google's had this."""

JOBS = json.loads(Path(__file__).with_name("jobs.json").read_text(encoding="utf-8"))
DELEGATES = json.loads(Path(__file__).with_name("delegates.json").read_text(encoding="utf-8"))
ALERT_CONDITIONS = 2 * len(JOBS) + 2 + len(DELEGATES) + 5
CALLS_A_RUN, CALLS_A_LETTER, CALLS_A_REPLY = 6, 2, 2
"""As `make bench` counts them; a letter is a draft and its sending, a reply is read and labelled."""
CALLS_A_SHARE = 2
"""Of `check_roster`, for each of several mailboxes: what its spreadsheet has, and its tabs."""
GIB_OF_IMAGES = 1.5
"""Six functions share most layers; what older bundles left is deleted by nobody."""
BUILD_MINUTES = 6 * 4.0
"""One new bundle a month, built for each function."""
GIB_OF_LOGS_A_THOUSAND_RUNS = 0.004
"""Some ten lines of 400 bytes a run, ours and Cloud Run's."""
WRITES_A_RUN = 2
"""A lease, and when the job succeeded."""
SECONDS_A_RUN = 3.0
"""Start (about one second with one processor) and four to six calls of a third of a second."""
SECONDS_A_THOUSAND_PEOPLE = 1.0
"""Reading and deciding, for each run and thousand people on the roster."""
MOST_OF_ONE, PEOPLE_A_MAILBOX = 10_000, 8_500
"""People whose letters of one kind one mailbox begins within seven working days, 1,200 a day: 8,400."""
YEARS = {1: 1.0, 5: 1.5}
"""What reading and deciding take in a year, of what they take in the first: `make bench-years` counts at most 1.3 times
the bytes and as many calls, and 1.0 to 1.5 times the processor time. The archive is a tab, and Sheets costs nothing."""
SECONDS_A_LETTER = 1.2
"""Gmail takes 54 letters a minute from one mailbox; this, not the machine, is the limit."""
SECONDS_A_REPLY = 1.0
LETTERS_A_MONTH = 3.2
"""A person, as `make bench` counts them over seven months, and an acknowledgement of each reply."""
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


def mailboxes(people: int) -> int:
    """Return how many mailboxes so many people need; each but the first has three jobs of its own."""
    return 1 if people <= MOST_OF_ONE else math.ceil(people / PEOPLE_A_MAILBOX)


def month(people: int, *, year: int = 1) -> Month:
    """Compute a month for so many people who take part, in the first or the fifth year."""
    many = mailboxes(people)
    units = sum(many if job["is_of_mailbox"] else 1 for job in JOBS.values())
    more = units - len(JOBS)
    runs = {
        name: _ticks(job["schedule"]) * (many if job["is_of_mailbox"] else 1) for name, job in JOBS.items()
    }
    each = {
        name: SECONDS_A_RUN
        + SECONDS_A_THOUSAND_PEOPLE * people / (many if job["is_of_mailbox"] else 1) / 1000 * YEARS[year]
        for name, job in JOBS.items()
    }
    sending = people * (LETTERS_A_MONTH * SECONDS_A_LETTER + REPLIES_A_MONTH * SECONDS_A_REPLY)
    seconds, ticks = sum(n * each[name] for name, n in runs.items()) + sending, sum(runs.values())
    gib_seconds = sum(n * each[name] * _gib(JOBS[name]["memory"]) for name, n in runs.items()) + sending * 0.5
    used = {
        VCPU: seconds,
        MEMORY: gib_seconds,
        REQUESTS: ticks,
        SCHEDULER: units,
        SECRETS: 3,
        READINGS: ticks,
        IMAGES: GIB_OF_IMAGES,
        BUILDS: BUILD_MINUTES * units / len(JOBS),
        LOGS: ticks / 1000 * GIB_OF_LOGS_A_THOUSAND_RUNS,
        WRITES: ticks * WRITES_A_RUN,
        ALERTS: ALERT_CONDITIONS + 2 * more,
    }
    letters = people * LETTERS_A_MONTH
    return Month(
        people=people,
        runs=ticks,
        letters=round(letters),
        calls=_calls(people, runs, many),
        seconds=seconds,
        dollars=sum(price.of(amount, with_free_tier=True) for price, amount in used.items()),
        without_free_tier=sum(price.of(amount, with_free_tier=False) for price, amount in used.items()),
        hours_of_letters=letters * SECONDS_A_LETTER / 3600,
    )


def _calls(people: int, runs: dict[str, int], mailboxes: int) -> int:
    shares = runs["check_roster"] * mailboxes if mailboxes > 1 else 0
    letters, replies = people * LETTERS_A_MONTH, people * REPLIES_A_MONTH
    of_people = letters * CALLS_A_LETTER + replies * CALLS_A_REPLY
    return round(sum(runs.values()) * CALLS_A_RUN + of_people + shares * CALLS_A_SHARE)


def table() -> str:
    """Return the calculation and the prices that it is made with in Markdown."""
    lines = [
        f"US dollars a month, at list prices as of {PRICES_READ}.",
        "",
        "| people | year | runs | letters | calls | hours sending | processor seconds "
        "| with the free tier | without it |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for people, year in product((100, 1_000, 10_000, 100_000), YEARS):
        it = month(people, year=year)
        lines.append(
            f"| {it.people:,} | {year} | {it.runs:,} | {it.letters:,} | {it.calls:,} | {it.hours_of_letters:.1f} "
            f"| {it.seconds:,.0f} | {it.dollars:.2f} | {it.without_free_tier:.2f} |"
        )
    dearer = ALERT_CONDITIONS * (DEARER_ALERT - ALERTS.dollars)
    lines += [
        "",
        f"One mailbox serves up to about {MOST_OF_ONE:,} people; with {PEOPLE_A_MAILBOX:,} for each, 100,000 have "
        f"{mailboxes(100_000)}, and that many times three of the six jobs. Each further mailbox is an account of "
        "Workspace as well, at the price of your contract, which is not in the table.",
        "",
        f"Most of it are {ALERT_CONDITIONS} alert conditions, whose price is the least certain: at {DEARER_ALERT:.2f} "
        f"each, which an earlier page of Google's had, all figures are {dearer:.2f} higher.",
        "",
        "| price | dollars | free a month | source |",
        "| --- | ---: | ---: | --- |",
    ]
    for price in PRICES:
        lines.append(
            f"| {price.what}, a {price.unit} | {_digits(price.dollars)} | {_free(price.free)} "
            f"| {price.source or 'not verified: believed'} |"
        )
    return "\n".join(lines) + "\n"


def _digits(dollars: float) -> str:
    return (
        f"{dollars:.7f}".rstrip("0")
        if dollars < 0.001
        else f"{dollars:.2f}"
        if dollars >= 0.01
        else f"{dollars:.3f}"
    )


def _free(amount: float) -> str:
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount}"


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
