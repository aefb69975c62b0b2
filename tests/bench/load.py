"""Plays a programme's month with Google's quotas enforced and every call taking 300 ms, on the local Workspace's clock.

    python tests/bench/load.py [10000]

Everybody is paired, invited, introduced and asked for a commitment; half of them answer and are answered; a month later
all are asked what became of it. Printed for each job: runs, calls, refusals, how long it worked, and how long each
API's quota alone needs for these calls. Exit status 1 if a quota ever refused a call, if a letter is missing or
doubled, or if all together took more than 1.15 times what the tightest quota alone needs.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

from calls import OPENS, roster
from rich.console import Console
from rich.table import Table

from cast import MAIL, Cast
from peerpact.demo.company import Company, found
from peerpact.errors import OutOfTime
from peerpact.google.pace import Pace
from peerpact.google.workers import Workers
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.collect_replies.inbox import MOST_MAILS
from workspace_emulator import GOOGLES_LIMITS, CallRecord, Clock, Effect, Fault, Workspace

LATENCY = 0.3
MOST = 1.15
"""Times what the tightest quota alone needs."""
UNITS = {
    "drafts.create": 10,
    "drafts.send": 100,
    "messages.get": 20,
    "messages.batchModify": 50,
    "labels.list": 1,
}
"""What Gmail counts for the calls that the jobs make; the others count 5."""
APIS = ("sheets read", "sheets write", "calendar", "gmail")
TICK = timedelta(minutes=10)
LETTERS_RUNS_A_DAY = 3
"""Gmail's day begins 24 hours ago, whenever that is: what found no room in the morning may leave in the afternoon."""
YOUNG = 5_000
"""New objects after which the collector looks for garbage."""
DAYS = 90
"""At most so many after the round opens; it is over once everybody's first monthly follow-up has come."""


@dataclass(slots=True)
class Worked:
    """What all runs of a job came to."""

    runs: int = 0
    seconds: float = 0.0
    real: float = 0.0
    calls: int = 0
    refused: int = 0
    needs: Counter[str] = field(default_factory=Counter)
    """Seconds that each API's limit for one account alone needs."""

    def count(self, calls: list[CallRecord]) -> None:
        for call in calls:
            api, _, method = call.method_id.partition(".")
            self.calls += 1
            self.refused += call.status in {403, 429}
            if api in GOOGLES_LIMITS:
                limit = GOOGLES_LIMITS[api]
                units = UNITS.get(method.removeprefix("users."), 5) if api == "gmail" else 1
                self.needs[f"{api} {call.kind}" if limit.apart else api] += units / limit.per_user * 60


class OnTheClock(ThreadPoolExecutor):
    """Threads without which the local Workspace's clock does not go on, so that their waits overlap."""

    clock: Clock

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.take_part()

        def taking_part() -> Any:
            try:
                return work(*arguments, **named)
            finally:
                self.leave()

        return super().submit(taking_part)

    def take_part(self) -> None:
        self.clock.take_part()

    def leave(self) -> None:
        self.clock.leave()


class Month:
    """The company, its month so far and what each job has worked."""

    def __init__(self, size: int, *, days_before: int = 1) -> None:
        workspace = Workspace(clock=Clock(OPENS - timedelta(days=days_before)))
        with tempfile.TemporaryDirectory() as folder:
            path = roster(size, Path(folder) / "roster.csv")
            company = found(workspace, roster=path, first_round=date(2026, 1, 5), seed=1, calendars=False)
        Cast(company).setting("Most letters per run", size + 1)
        company = self.furnished(company)
        executor = type("Executor", (OnTheClock,), {"clock": workspace.clock})
        self.clock, self.calls = workspace.clock, workspace.calls
        pace = Pace(self.seconds, self.clock.wait)
        self.company: Company = replace(company, workers=Workers(executor=executor), pace=pace)
        self.worked = {name: Worked() for name in JOBS}
        self.answered: set[str] = set()
        workspace.quotas.switch_on()
        for account in (*self.mailboxes, "peerpact-*"):
            workspace.faults.add(Fault(effect=Effect.DELAY, seconds=LATENCY, user=account))

    def furnished(self, company: Company) -> Company:
        """Return the company with what it needs before quotas count."""
        self.mailboxes: tuple[str, ...] = (company.config.mailbox,)
        return company

    def seconds(self) -> float:
        return (self.clock.now() - OPENS) / timedelta(seconds=1)

    def run(self, name: str) -> None:
        """Run a job, and again at the next tick as long as it stops before its deadline."""
        job, worked, began = JOBS[name], self.worked[name], time.perf_counter()
        while True:
            self.calls.clear()
            before = self.seconds()
            try:
                running.run(job, lambda: self.company.access(job), self.clock.now, timer=self.seconds)
                finished = True
            except OutOfTime:
                finished = False
            worked.runs += 1
            worked.seconds += self.seconds() - before
            worked.count(self.calls)
            if finished:
                break
            self.clock.move(TICK)
        worked.real += time.perf_counter() - began

    def play(self) -> Iterator[int]:
        """Go through the working days until the month is over, each from when it is morning for everybody.

        What the local Workspace holds by then is no garbage of the jobs': no collection walks through it again, and
        none is begun for fewer new objects than a run of 10,000 people makes in a moment.
        """
        gc.set_threshold(YOUNG)
        for day in range(DAYS):
            morning = OPENS + timedelta(days=day, hours=3, minutes=30)
            if morning.weekday() < 5:
                gc.freeze()
                self.clock.set(max(morning, self.clock.now()))
                self.run("check_roster")
                self.run("pair_people")
                for _ in range(LETTERS_RUNS_A_DAY):
                    self.write_and_answer()
                yield day
                if self.paired() <= self.letters_sent("follow-up"):
                    break
        self.run("report")

    def write_and_answer(self) -> None:
        """Send what is due, let people answer, and take their answers."""
        until = self.clock.now() + timedelta(hours=2, minutes=30)
        self.run("book_first_meetings")
        self.run("send_follow_ups")
        before = len(self.answered)
        self.answer()
        for _ in range(1 + (len(self.answered) - before) // MOST_MAILS):
            self.clock.move(timedelta(minutes=15))
            self.run("collect_replies")
        self.clock.set(max(until, self.clock.now()))

    def paired(self) -> int:
        """Return how many people have a partner."""
        return (
            sum(len(row["Addresses"].split(",")) for row in Cast(self.company).tab("Pairings")) or sys.maxsize
        )

    def letters_sent(self, kind: str) -> int:
        rows = Cast(self.company).ledger("Letters")
        return sum(row["Letter"].startswith(f"{kind}:") and row["State"] == "sent" for row in rows)

    def answer(self) -> None:
        """Let half of those who have been asked for a commitment answer, each once."""
        cast = Cast(self.company)
        asked = [row for row in cast.ledger("Letters") if row["Letter"].startswith("commitment-request:")]
        for row in asked:
            person = row["Person"]
            if row["State"] == "sent" and person not in self.answered and int(person[6:].split("@")[0]) % 2:
                self.answered.add(person)
                cast.reply(
                    person, "I will ask two colleagues what I should do more of.", to="commitment-request"
                )

    def letters(self) -> Counter[tuple[str, int]]:
        """Count how many letters, of each kind, arrived how often."""
        self.company.workspace.quotas.switch_off()
        self.company.workspace.faults.clear()
        keys = sum((self.sent_by(mailbox) for mailbox in self.mailboxes), Counter[str]())
        return Counter((key.partition(":")[0], times) for key, times in keys.items())

    def sent_by(self, mailbox: str) -> Counter[str]:
        session, page, keys = self.company.session(mailbox), None, Counter[str]()
        while True:
            wanted = {"labelIds": "SENT", "maxResults": 500, "pageToken": page}
            answer = session.get(f"{MAIL}/messages", params=wanted).json()
            for entry in answer.get("messages", ()):
                how = {"format": "metadata", "metadataHeaders": "X-Peerpact"}
                mail = session.get(f"{MAIL}/messages/{entry['id']}", params=how).json()
                keys.update(h["value"] for h in mail["payload"]["headers"] if h["name"] == "X-Peerpact")
            page = answer.get("nextPageToken")
            if not page:
                return keys


def main(size: int) -> int:
    console = Console(width=130)
    month, began = Month(size), time.perf_counter()
    for day in month.play():
        if sys.stdout.isatty():
            console.print(f"day {day}, {time.perf_counter() - began:.0f} s", end="\r")
    console.print(as_table(size, month.worked))
    needs = sum((worked.needs for worked in month.worked.values()), Counter[str]())
    tightest = max(needs, key=lambda api: needs[api])
    seconds, refused = (sum(getattr(w, n) for w in month.worked.values()) for n in ("seconds", "refused"))
    ratio = seconds / needs[tightest]
    need = f"{tightest} alone needs {needs[tightest]:.0f} s"
    console.print(f"All together {seconds:.0f} s; {need}: {ratio:.2f} times, at most {MOST}")
    letters = month.letters()
    console.print("Letters:", ", ".join(f"{n} {kind}" for (kind, _), n in sorted(letters.items())))
    wanted = {(kind, 1): month.paired() for kind in ("introduction", "commitment-request", "follow-up")}
    wanted[("acknowledgement", 1)] = len(month.answered)
    amiss = {k: (letters[k], n) for k, n in wanted.items() if letters[k] != n}
    amiss |= {k: (n, 0) for k, n in letters.items() if k[1] > 1}
    for (kind, times), (is_, should) in amiss.items():
        console.print(f"{is_} letters of the kind {kind} arrived {times} times; it should be {should}")
    console.print(f"{refused} calls refused for quota; {time.perf_counter() - began:.0f} s of real time")
    return int(bool(refused or amiss or ratio > MOST))


def as_table(size: int, worked: dict[str, Worked]) -> Table:
    table = Table(title=f"A month of {size} people", title_justify="left")
    columns = ("Runs", "Calls", "Refused", "Worked s", *(f"{api} alone" for api in APIS), "Ratio", "Real s")
    for name in ("Job", *columns):
        table.add_column(name, justify="left" if name == "Job" else "right")
    for name, it in worked.items():
        needs = [f"{it.needs[api]:.0f}" for api in APIS]
        ratio = f"{it.seconds / max(it.needs.values(), default=1):.2f}"
        figures = (it.runs, it.calls, it.refused, f"{it.seconds:.0f}", *needs, ratio, f"{it.real:.0f}")
        table.add_row(name, *map(str, figures))
    return table


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
