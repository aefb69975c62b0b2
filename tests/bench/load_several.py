"""Plays a month with several mailboxes whose units run side by side, with quotas on and every call taking 300 ms.

    python tests/bench/load_several.py [10000 people] [12 mailboxes]

By default a tenth of the people, of the letters a day and of Gmail's and Calendar's quotas that 100,000 people and 12
mailboxes have; with 1000 a hundredth, and quotas of a tenth. Each unit has its account, its pace and its thread; the
Workspace's clock goes on when all of them wait. Everybody hears of the round, is paired, introduced and invited, and
asked for a commitment; half answer and are answered. Exit status 1 if a quota refused a call, a letter is missing or
doubled, those of a kind took longer than 7 days on which everybody works, or all took more than 1.15 times what the
tightest quota alone needs, an account's or the project's.
"""

from __future__ import annotations

import resource
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))

from calls import OPENS
from load import MOST, TICK, UNITS, Month, OnTheClock
from rich.console import Console
from rich.table import Table

from cast import Cast
from mailboxes import Several
from peerpact.config import MailboxPlace
from peerpact.demo.company import DELEGATES, Company, account_of, config_of
from peerpact.errors import OutOfTime
from peerpact.google import outbox, pace
from peerpact.google.access import Access
from peerpact.google.calendars import Calendar
from peerpact.google.mail import Mailbox
from peerpact.google.pace import Pace
from peerpact.google.sheets import Workbook
from peerpact.google.workers import Workers
from peerpact.jobs import book_first_meetings
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS, Job
from peerpact.jobs.collect_replies import inbox
from peerpact.programme.days_off import is_weekday
from workspace_emulator import GOOGLES_LIMITS, CallRecord, InProcessAdapter
from workspace_emulator import Limit as Quota

FILES = "https://www.googleapis.com/drive/v3/files"
DAYS_BEFORE, ANNOUNCED = 18, 8
"""The announcements take seven working days, so admins let them begin earlier than the usual five before a round."""
DAYS = 37
"""So long after the round opens everybody has been asked for a commitment."""
ROUNDS_A_DAY = 2
AS_SCHEDULED = ((0, "book_first_meetings"), (30, "book_first_meetings"), (65, "send_follow_ups"))
"""Minutes: of a day's room introductions take first what they need, as their job comes round every half hour."""
WORKING_DAYS = 7
"""In which all letters of a kind have left, from when they are due."""
WHOLE = 100_000
"""People for whom 12 mailboxes begin the usual number of letters a day."""
USUAL = outbox.MOST_BEGUN_A_DAY
GROWING = ("calendar", "gmail")
"""APIs of which more is asked the more people there are."""
KINDS = ("announcement", "introduction", "commitment-request")


class InUnit(OnTheClock):
    """The threads of one of several units: while it waits for them, the clock goes on without it.

    The last to end hands its part over to the unit: else the clock would go on to the others' next tick in between.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._turning, self._at_work = threading.Lock(), 1

    def take_part(self) -> None:
        with self._turning:
            self._at_work += 1
            super().take_part()

    def leave(self) -> None:
        with self._turning:
            self._at_work -= 1
            if self._at_work:
                super().leave()

    def __exit__(self, *error: Any) -> bool | None:
        self.leave()
        return super().__exit__(*error)


@dataclass(kw_only=True)
class Unit:
    """A job of one mailbox, or of the whole: its configuration, its account and its pace."""

    job: Job
    company: Company
    account: str
    pace: Pace
    workers: Workers
    seconds: float = 0.0
    runs: int = 0
    needs: Counter[str] = field(default_factory=Counter)

    def open(self) -> Access:
        return Access(
            config_of(self.job, self.company.config),
            scopes=self.job.mailbox_scopes,
            transport=InProcessAdapter(self.company.front),
            credentials=self.company._credentials(self.account),
            pace=self.pace,
            workers=self.workers,
        )


class MonthOfSeveral(Month):
    """The company's month with several mailboxes."""

    def __init__(self, size: int, mailboxes: int, letters_a_day: int) -> None:
        self.many = mailboxes
        self.limits = _smaller_limits(size / WHOLE)
        _without_locks()
        _limit_letters(letters_a_day)
        super().__init__(size, days_before=DAYS_BEFORE)
        self.company.workspace.quotas.switch_on(self.limits)
        self.units = self._units()
        self.needs: dict[str, float] = defaultdict(float)
        """Seconds that each quota alone needs: in each step the account's with the most calls, and the project's."""
        self.by_job: dict[str, list[float]] = {name: [0.0, 0.0, 0.0, 0.0] for name in JOBS}
        """Runs, seconds from the first unit's start to the last one's end, calls, and real seconds."""
        self.refused = 0

    def furnished(self, company: Company) -> Company:
        Cast(company).setting("Announcement days", ANNOUNCED)
        more = [f"mentoring{n}@{company.config.domain}" for n in range(2, self.many + 1)]
        for name, job in JOBS.items():
            for mailbox in more if job.is_of_mailbox else ():
                account = _account(name, mailbox)
                company.workspace.identity.service_account_info(account)
                for kind in job.delegates:
                    company.workspace.identity.allow_sign_jwt(account, DELEGATES[kind])
                if job.opens_wishes:
                    role = {"type": "user", "role": "writer", "emailAddress": account}
                    wishes = f"{FILES}/{company.config.wishes_spreadsheet}/permissions"
                    company.session(company.config.mailbox).post(wishes, json=role).raise_for_status()
        self.several = Several(company, *more, place=lambda m: _place(m, is_first=m not in more))
        self.mailboxes = tuple(self.several.of)
        return self.several.company

    def _units(self) -> dict[tuple[str, str], Unit]:
        """Return every unit, with an account that may do what its job's does."""
        company, found = self.company, {}
        for name, job in JOBS.items():
            for mailbox, cast in self.several.of.items() if job.is_of_mailbox else [("", self.several.whole)]:
                account = account_of(name) if mailbox in {"", self.mailboxes[0]} else _account(name, mailbox)
                executor = type("Executor", (InUnit,), {"clock": self.clock})
                found[name, mailbox] = Unit(
                    job=job,
                    company=replace(cast.company, credentials=company.credentials),
                    account=account,
                    pace=Pace(self.seconds, self.clock.wait),
                    workers=Workers(executor=executor),
                )
        return found

    def run(self, name: str) -> None:
        """Run a job's units side by side, each until it has come to its end."""
        units = [unit for (job, _), unit in self.units.items() if job == name]
        began, real = self.seconds(), time.perf_counter()
        self.calls.clear()
        failures: list[BaseException] = []
        for _ in units:
            self.clock.take_part()
        threads = [threading.Thread(target=self._until_done, args=(unit, failures)) for unit in units]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        took = max(unit.seconds for unit in units)
        sums = self.by_job[name]
        for i, more in enumerate((len(units), took, len(self.calls), time.perf_counter() - real)):
            sums[i] += more
        self._count(list(self.calls))
        assert self.seconds() >= began

    def _until_done(self, unit: Unit, failures: list[BaseException]) -> None:
        unit.seconds = 0.0
        try:
            while True:
                before = self.seconds()
                try:
                    running.run(unit.job, unit.open, self.clock.now, timer=self.seconds)
                    return
                except OutOfTime:
                    self.clock.wait(TICK.total_seconds())
                finally:
                    unit.runs += 1
                    unit.seconds += self.seconds() - before
        except BaseException as failure:
            failures.append(failure)
        finally:
            self.clock.leave()

    def _count(self, calls: list[CallRecord]) -> None:
        """Add to what each quota alone needs: for the account with the most calls, and for the project."""
        of_user: dict[tuple[str, str], float] = defaultdict(float)
        for call in calls:
            api, _, method = call.method_id.partition(".")
            self.refused += call.status in {403, 429}
            if api in self.limits:
                units = UNITS.get(method.removeprefix("users."), 5) if api == "gmail" else 1
                name = f"{api} {call.kind}" if self.limits[api].apart else api
                of_user[name, call.user] += units
        for name in {name for name, _ in of_user}:
            limit = self.limits[name.partition(" ")[0]]
            each = [units for (of, _), units in of_user.items() if of == name]
            self.needs[f"{name} of an account"] += max(each) / limit.per_user * 60
            self.needs[f"{name} of the project"] += sum(each) / limit.per_project * 60

    def play(self) -> Iterator[int]:
        self._announce()
        for day in range(DAYS):
            morning = OPENS + timedelta(days=day, hours=3, minutes=30)
            if morning.weekday() < 5:
                self.clock.set(max(morning, self.clock.now()))
                self.run("check_roster")
                self.run("pair_people")
                self.run("check_roster")
                for _ in range(ROUNDS_A_DAY):
                    self.write_and_answer()
                    self.run("check_roster")
                yield day
        self.run("report")

    def _announce(self) -> None:
        """Let everybody hear of the round, in the days before it opens."""
        for day in range(1 - DAYS_BEFORE, 0):
            morning = OPENS + timedelta(days=day, hours=3, minutes=30)
            if morning.weekday() < 5:
                self.clock.set(max(morning, self.clock.now()))
                self.run("check_roster")
                self.run("send_follow_ups")

    def write_and_answer(self) -> None:
        until = self.clock.now() + timedelta(hours=3, minutes=30)
        began = self.clock.now()
        for minutes, name in AS_SCHEDULED:
            self.clock.set(max(began + timedelta(minutes=minutes), self.clock.now()))
            self.run(name)
        before = len(self.answered)
        self.answer()
        for _ in range(1 + (len(self.answered) - before) // inbox.MOST_MAILS // self.many):
            self.clock.move(timedelta(minutes=15))
            self.run("collect_replies")
        self.clock.set(max(until, self.clock.now()))

    def answer(self) -> None:
        """Let half of those who have been asked for a commitment answer, each once."""
        cast = Cast(self.company)
        for mailbox in self.mailboxes:
            for row in self.several.of[mailbox].ledger("Letters"):
                person = row["Person"]
                is_asked = row["Kind"] == "commitment-request" and row["State"] == "sent"
                if is_asked and person not in self.answered and int(person[6:].split("@")[0]) % 2:
                    self.answered.add(person)
                    cast.reply(
                        person, "I will ask two colleagues what I should do more of.", to="commitment-request"
                    )

    def amiss(self, letters: Counter[tuple[str, int]]) -> list[str]:
        """Return what is missing, and what came more than once."""
        paired = sum(len(row["Addresses"].split(",")) for row in Cast(self.company).tab("Pairings"))
        wanted = {(kind, 1): paired for kind in KINDS[1:]} | {("acknowledgement", 1): len(self.answered)}
        found = {k: (letters[k], n) for k, n in wanted.items() if letters[k] != n}
        found |= {k: (n, 0) for k, n in letters.items() if k[1] > 1}
        return [
            f"{is_} letters of the kind {kind} arrived {times} times; it should be {should}"
            for (kind, times), (is_, should) in found.items()
        ]

    def days(self) -> dict[str, int]:
        """Return in how many working days a kind left; of requests, how many after its meeting the latest came."""
        works = self._is_working_day()
        met = {r["Pairing"]: r["First meeting"][:10] for r in Cast(self.company).tab("Pairings")}
        rows = [row for mailbox in self.mailboxes for row in self._sent_by(mailbox)]
        sent = {k: sorted(r["sent"].date() for r in rows if r["kind"] == k) for k in KINDS[:2]}
        waited = [
            _working_days(date.fromisoformat(met[r["pairing"]]), r["sent"].date(), works) - 1
            for r in rows
            if r["kind"] == "commitment-request"
        ]
        return {k: _working_days(on[0], on[-1], works) for k, on in sent.items()} | {KINDS[2]: max(waited)}

    def _is_working_day(self) -> Callable[[date], bool]:
        """Return what tells a day on which everybody works: on a holiday of some, the day's letters have to wait."""
        unit = self.units["check_roster", ""]
        people = unit.job.steps.gather(unit.open(), self.clock.now()).programme.people.values()
        return cache(lambda day: is_weekday(day) and not any(p.days_off.name_on(day) for p in people))

    def _sent_by(self, mailbox: str) -> Iterator[Mapping[str, Any]]:
        access = self.units["collect_replies", mailbox].open()
        for book in (access.programme, access.ledger):
            book.read(["Letters"])
            yield from (row.values for row in book.contents("Letters").rows if row["sent"])


def _working_days(first: date, last: date, works: Callable[[date], bool]) -> int:
    """Return how many working days there are from a day to another, both among them."""
    return sum(works(first + timedelta(days=n)) for n in range((last - first).days + 1))


def _place(mailbox: str, *, is_first: bool) -> MailboxPlace:
    """Return a mailbox with the accounts of its units; the first one's are those of the jobs."""
    each = [job for job in JOBS.values() if job.is_of_mailbox]
    account = (lambda job: account_of(job.name)) if is_first else (lambda job: _account(job.name, mailbox))
    return MailboxPlace(
        mailbox=mailbox,
        accounts=tuple(account(job) for job in each),
        ledger_accounts=tuple(account(job) for job in each if job.opens_ledger),
    )


def _without_locks() -> None:
    """Let units that are processes of their own not wait for one another here, where they are threads.

    Up to Python 3.11 a cached property of one object holds those of all others of its class while it is worked out.
    """
    for kind in (Access, Workbook, Mailbox, Calendar):
        for one in vars(kind).values():
            if isinstance(one, cached_property):
                vars(one)["lock"] = nullcontext()


def _account(name: str, mailbox: str) -> str:
    return account_of(f"{name}_{mailbox.partition('@')[0]}")


def _limit_letters(a_day: int) -> None:
    """Let a mailbox begin no more letters a day, and tell of them as roughly in proportion."""
    of_all = outbox.MOST_A_DAY * a_day // USUAL
    for one in (outbox, book_first_meetings):
        one.MOST_A_DAY, one.MOST_BEGUN_A_DAY = of_all, a_day
    running.MANY = max(1, running.MANY * a_day // USUAL)


def _smaller_limits(share: float) -> dict[str, Quota]:
    """Return Google's limits, those on what grows with people as small as people are few; keep pace and runs so.

    A tenth at least: below it Gmail's would not hold one mail. Reads and writes of Sheets are as many whatever people
    there are, but for large tabs.
    """
    share = min(1.0, max(0.1, share))
    inbox.MOST_MAILS = int(inbox.MOST_MAILS * share)  # else a run's time would be over before all are read
    smaller = {
        api: replace(limit, per_user=int(limit.per_user * share), per_project=int(limit.per_project * share))
        for api, limit in GOOGLES_LIMITS.items()
        if api in GROWING
    }
    for api in GROWING:
        paced = pace.LIMITS[api]
        at_most = int(paced.a_second * 60 * share)
        pace.LIMITS[api] = replace(paced, a_minute=at_most + paced.at_once)
    return GOOGLES_LIMITS | smaller


def main(size: int = 10_000, mailboxes: int = 12) -> int:
    console, began = Console(width=110), time.perf_counter()
    a_day = max(1, USUAL * size * 12 // (WHOLE * mailboxes))
    month = MonthOfSeveral(size, mailboxes, a_day)
    console.print(
        f"{mailboxes} mailboxes of {a_day} letters a day furnished: {time.perf_counter() - began:.0f} s of real time"
    )
    for day in month.play():
        if sys.stdout.isatty() or day % 7 == 0:
            console.print(f"day {day}, {time.perf_counter() - began:.0f} s")
    console.print(as_table(size, month))
    tightest = max(month.needs, key=lambda quota: month.needs[quota])
    seconds = sum(sums[1] for sums in month.by_job.values())
    ratio = seconds / month.needs[tightest]
    need = f"{tightest} alone needs {month.needs[tightest]:.0f} s"
    console.print(f"All together {seconds:.0f} s; {need}: {ratio:.2f} times, at most {MOST}")
    letters = month.letters()
    console.print("Letters:", ", ".join(f"{n} {kind}" for (kind, _), n in sorted(letters.items())))
    amiss = month.amiss(letters)
    days = month.days()
    console.print("Working days, from the first to the last or after the meeting:", days)
    for words in amiss:
        console.print(words)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(
        f"{month.refused} calls refused for quota; this process, the Workspace and all units, held {held} MiB"
    )
    late = [kind for kind, many in days.items() if many > WORKING_DAYS]
    return int(bool(month.refused or amiss or late or ratio > MOST))


def as_table(size: int, month: MonthOfSeveral) -> Table:
    table = Table(title=f"A month of {size} people and {month.many} mailboxes", title_justify="left")
    for name in ("Job", "Units run", "Seconds", "Calls", "Real s"):
        table.add_column(name, justify="left" if name == "Job" else "right")
    for name, sums in month.by_job.items():
        table.add_row(name, *(f"{figure:.0f}" for figure in sums))
    return table


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in sys.argv[1:])))
