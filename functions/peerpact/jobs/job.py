"""What a job is made of, and how any job is run: plan, limits, lease, act, record. What each job does is its own."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from traceback import clear_frames
from typing import TYPE_CHECKING, Any

from peerpact import logs
from peerpact.config import Config
from peerpact.errors import GoogleError, NewerSheetError, OutOfTime, PeerpactError, SheetError, TooMuchToDo
from peerpact.google.access import Access
from peerpact.google.sheets import Change, OvertakenError, Replace, Upsert
from peerpact.jobs.catalogue import JOBS, Job
from peerpact.programme import languages
from peerpact.programme.correspondence import DAY, Left, LetterRecord
from peerpact.programme.keys import short_key
from peerpact.programme.limits import among_guests, in_numbers, kind_of, limited, rested
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, counted, in_every_language, in_language, joined, say
from peerpact.programme.wishes import UNSEEN_WISHES
from peerpact.tables.records import as_row, read_problems

if TYPE_CHECKING:
    from peerpact.google.outbox import Posted

log = logging.getLogger(__name__)

LONGEST_RUN = timedelta(minutes=9)
"""A function's time-out; a run stops itself well before."""
MARGIN = timedelta(seconds=45)
TRIES_WHEN_OVERTAKEN = 4
MANY = 100
"""Letters about what people promised and wrote are told on Runs by the hundred alone, so that a day's limit is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run's identity and limits, for the acting part."""

    id: str
    now: Callable[[], datetime]
    time_left: Callable[[], bool]
    elsewhere: Left = field(default_factory=Left)
    """What the jobs that keep their letters in another spreadsheet sent in the last 24 hours, as Runs tells."""

    @property
    def posting(self) -> dict[str, Any]:
        """What an outbox has to know of the run."""
        return {"now": self.now, "time_left": self.time_left, "elsewhere": self.elsewhere}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What acting led to: changes to the programme spreadsheet that are still to be written, and more problems."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    finished: bool = True
    letters: int = 0
    """How many were sent."""
    waiting: int = 0
    """How many letters wait for another day, as Gmail takes no more in this one."""
    needs_a_person: int | None = None
    afterwards: Callable[[], None] | None = None
    """What is done once the changes are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What a job does, in three paragraphs; its name, schedule and rights are in ``catalogue``."""

    gather: Callable[[Access, datetime], Any]
    decide: Callable[[Any], Plan]
    act: Callable[[Plan, Any, Access, Run], Done]
    reaches: Callable[[Any], tuple[str, ...]] = lambda _: ()
    """The addresses to which an action of the job's may bring a letter or an invitation."""
    rests: Callable[[Any], bool] = lambda _: False
    """Whether an action waits while the programme is paused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a run: its plan, whether it was carried out, and the calls it took."""

    job: str
    plan: Plan
    applied: bool
    finished: bool
    calls: Counter[Any] = field(default_factory=Counter)
    needs_a_person: int | None = None
    """Letters in the mailbox that wait for a person; None: not counted."""


def preview(job: Job, access: Access, now: datetime) -> Outcome:
    """Gather and decide; change nothing."""
    plan = _plan(job, job.steps.gather(access, now), access.config)
    if job.opens_wishes and not access.sees_wishes:
        plan = replace(plan, note=f"{plan.note} {UNSEEN_WISHES}".lstrip())
    return Outcome(job=job.name, plan=plan, applied=False, finished=True, calls=access.calls())


def run(
    job: Job,
    open_access: Callable[[], Access],
    clock: Callable[[], datetime],
    *,
    deadline: timedelta = LONGEST_RUN,
    timer: Callable[[], float] = time.monotonic,
) -> Outcome:
    """Gather, decide and act. Overtaken by another run, begin again with what that one left.

    ``timer`` gives the seconds by which the deadline is judged and by which a run says how long it took.

    Raises:
        TooMuchToDo: the plan is larger than Settings allow; nothing was done.
        OutOfTime: the deadline came near; what was done is recorded.
        PeerpactError: the job can't start, or Google refused for good.
    """
    ends = timer() + (deadline - MARGIN).total_seconds()
    for left in reversed(range(TRIES_WHEN_OVERTAKEN)):
        access = open_access()
        access.seconds_left = lambda: ends - timer()
        try:
            return _run_once(job, access, clock, timer, ends)
        except OvertakenError as overtaken:
            if not left:
                raise
            log.info("overtaken, beginning again", extra={"job": job.name})
            clear_frames(overtaken.__traceback__)  # what was read would be held beside what is read now
        except GoogleError as error:
            if error.permanent:
                _show_what_stopped(job, access, error, remedy=_WAIT if error.passes else _LOOK_AT_IT)
            raise
        except NewerSheetError:
            raise
        except SheetError as error:
            with suppress(PeerpactError):
                access.programme.read(["Problems"])
            _show_what_stopped(job, access, error, remedy=_CORRECT_IT)
            raise
    raise AssertionError("the last try returns or raises")


def _run_once(
    job: Job, access: Access, clock: Callable[[], datetime], timer: Callable[[], float], ends: float
) -> Outcome:
    logs.job.set(job.name)
    started, began = clock(), timer()
    seen = job.steps.gather(access, started)
    plan = _without_what_stopped(job, access, _plan(job, seen, access.config))
    this_run = Run(
        id=short_key(access.config.unit or job.name, started.isoformat()),
        now=clock,
        time_left=lambda: timer() < ends,
        elsewhere=left_elsewhere(job, access, started - DAY),
    )
    rows = _problem_rows(job, access, plan.problems or ())
    memory = _to_remember(seen)
    is_quiet = not (plan.actions or memory or access.programme.is_renaming)
    if is_quiet and not _differ(access, rows, plan):
        return Outcome(job=job.name, plan=plan, applied=True, finished=True, calls=access.calls())
    if plan.too_much and not _is_allowed(access, job, plan):
        _show_too_much(job, access, plan, this_run, started, memory)
        raise TooMuchToDo(plan.too_much)
    with _alone(job, access, this_run, started):
        done = job.steps.act(plan, seen, access, this_run)
        del seen  # all people, of whom the commit needs nothing: it holds much itself
        row = _run_row(job, this_run, started, timer() - began, plan, done)
        told = _told(job, access, row, is_new=bool(done.waiting) or _differ(access, rows, plan))
        access.programme.commit([*_changes(job, access, plan, done), *memory, *told])
        if done.afterwards:
            done.afterwards()
    _note(job, plan, done)
    return Outcome(
        job=job.name,
        plan=plan,
        applied=True,
        finished=True,
        calls=access.calls(),
        needs_a_person=done.needs_a_person,
    )


def _note(job: Job, plan: Plan, done: Done) -> None:
    """Log what was done.

    Raises:
        OutOfTime: it is not all.
    """
    for action in plan.actions:
        logs.note(kind_of(action), action.key, "done" if done.finished else "not all done")
    if not done.finished:
        raise OutOfTime(f"{job.name} stopped before its deadline. The next run goes on from there.")


_LOOK_AT_IT = say(
    "Whoever looks after the installation has to look at it; “peerpact doctor” says more. What "
    "was left is done by the next run that may."
)
_WAIT = say("Wait: the next run that may goes on from where this one stopped.")
_CORRECT_IT = say("Nothing was changed. The next run goes on from where this one stopped.")


def _show_what_stopped(job: Job, access: Access, error: PeerpactError, *, remedy: Sentence) -> None:
    """Say on Problems, once, why the job could do nothing, as far as that can be said there."""
    problem = Problem(
        tab="Settings",
        row_key=_stopped(job),
        what=say("{job} could not do its work. {error}", job=job.name, error=error.sentence),
        remedy=remedy,
    )
    with suppress(PeerpactError, KeyError):
        rows = _problem_rows(job, access, (*_others(job, access), problem))
        access.programme.commit([Replace("Problems", rows)])


def _stopped(job: Job) -> str:
    return f"installation, {job.name}"


def _without_what_stopped(job: Job, access: Access, plan: Plan) -> Plan:
    """Take back what Problems says of a run that Google let do nothing, also where no problems are looked for."""
    if plan.problems is not None:
        return plan
    shown, others = _shown(job, access), _others(job, access)
    return replace(plan, problems=tuple(others)) if len(others) < len(shown) else plan


def _others(job: Job, access: Access) -> list[Problem]:
    """Return what the job has on Problems but for what stopped it."""
    return [p for p in _shown(job, access) if p.row_key != _stopped(job)]


def _shown(job: Job, access: Access) -> tuple[Problem, ...]:
    return tuple(read_problems(access.programme.contents("Problems")).get(job.name, ()))


def _changes(job: Job, access: Access, plan: Plan, done: Done) -> list[Change]:
    """Return what acting left to write, and the tab Problems as it is now, where the job looks for problems."""
    if plan.problems is None:
        return list(done.changes)
    return [*done.changes, Replace("Problems", _problem_rows(job, access, (*plan.problems, *done.problems)))]


@contextmanager
def _alone(job: Job, access: Access, this_run: Run, started: datetime) -> Iterator[None]:
    """Hold the job's lease, where there is a bucket for leases.

    Raises:
        OutOfTime: another run holds it.
    """
    leases = access.leases
    lease = (
        leases.take(access.config.unit or job.name, this_run.id, now=started, length=LONGEST_RUN)
        if leases
        else None
    )
    if leases and lease is None:
        raise OutOfTime(f"Another run of {job.name} is at work. The next run goes on from there.")
    try:
        yield
    finally:
        if leases and lease:
            leases.give_back(lease)


def _plan(job: Job, seen: Any, config: Config) -> Plan:
    """Decide, leave out whom the guest list has not, and hold the rest against the limit."""
    steps = job.steps
    plan = steps.decide(seen)
    if seen.programme.is_paused:
        plan = rested(plan, steps.rests)
    plan = among_guests(plan, job.name, reaches=steps.reaches, may_write_to=config.may_write_to)
    return limited(plan, is_counted=not job.opens_ledger)


def _to_remember(seen: Any) -> list[Change]:
    """Return what writes down again what is kept in mind between runs; nothing when nothing changed."""
    programme: ProgrammeSeen = seen.programme
    if programme.remembered is None or programme.remembered == tuple(programme.memory.values()):
        return []
    return [Replace("Memory", [as_row(memo) for memo in programme.remembered])]


def _is_allowed(access: Access, job: Job, plan: Plan) -> bool:
    """Tell whether an admin has said yes to just this plan, in the column Answer of Problems."""
    rows = access.programme.contents("Problems").rows
    return any(
        r["answer"] == "yes" and r["source"] == job.name and str(r["problem"]).startswith(said)
        for r in rows
        for said in in_every_language(plan.too_much)
    )


def _problem_rows(job: Job, access: Access, problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return the whole tab Problems: this job's rows as they are now, the other jobs' as they are there."""
    there = [dict(r.values) for r in access.programme.contents("Problems").rows]
    others = [r for r in there if r["source"] != job.name]
    answers = {_name_of(r): r["answer"] for r in there if r.get("answer")}
    mine = [
        _problem_row(job, problem, access.programme.language) | {"answer": _answer(job, problem, answers)}
        for problem in dict.fromkeys(problems)
    ]
    return sorted(
        [*others, *mine], key=lambda r: (str(r["tab"]), r["row"] or 0, str(r["row_key"]), str(r["problem"]))
    )


def _answer(job: Job, problem: Problem, answers: Mapping[tuple[str, ...], Any]) -> Any:
    """Return what an admin answered, in whatever language the problem was shown then."""
    shown = (_name_of(_problem_row(job, problem, code)) for code in languages.codes()) if answers else ()
    return next((answers[name] for name in shown if name in answers), None)


def _name_of(row: dict[str, Any]) -> tuple[str, ...]:
    """Return what tells a problem from all others; an admin's answer goes with it, wherever its row moves."""
    return tuple(str(row[f] or "") for f in ("tab", "row_key", "column", "source", "problem"))


def _problem_row(job: Job, problem: Problem, language: str) -> dict[str, Any]:
    return {
        "tab": problem.tab,
        "row": problem.row,
        "column": problem.column,
        "row_key": problem.row_key,
        "source": job.name,
        "problem": in_language(problem.what, language),
        "remedy": in_language(problem.remedy, language),
    }


def _differ(access: Access, rows: Sequence[dict[str, Any]], plan: Plan) -> bool:
    if plan.problems is None:
        return False
    there = [dict(r.values) for r in access.programme.contents("Problems").rows]
    return [{k: v or "" for k, v in r.items()} for r in there] != [
        {k: v or "" for k, v in r.items()} for r in rows
    ]


def _show_too_much(
    job: Job, access: Access, plan: Plan, this_run: Run, started: datetime, memory: Sequence[Change]
) -> None:
    """Put a plan that is too large on Problems and Runs, unless an earlier run has put the same one there."""
    problem = Problem(
        tab="Settings",
        row_key=job.name,
        what=say("{too_much} The plan was: {plan}.", too_much=plan.too_much, plan=_told_of(job, plan)),
        remedy=say(
            "Look at the plan (“peerpact preview {job}” shows it whole). If it is right, put yes into "
            "the column Answer; the next run carries it out. If it is not, correct what led to it.",
            job=job.name,
        ),
    )
    plan = replace(plan, problems=(*(plan.problems or ()), problem))
    rows = _problem_rows(job, access, plan.problems or ())
    if _differ(access, rows, plan):
        row = _run_row(job, this_run, started, 0, plan, Done())
        row["done"] = say("nothing: too much at once; it would have been {done}", done=row["done"])
        access.programme.commit([Replace("Problems", rows), *memory, Upsert("Runs", [row])])


def _run_row(
    job: Job, this_run: Run, started: datetime, seconds: float, plan: Plan, done: Done
) -> dict[str, Any]:
    """Return what Runs says.

    What people wrote, or were written to about, it does not count: admins know who is due which letter but for that,
    and the difference would be one person's.
    """
    did = _told_of(job, plan) or say("problems brought up to date")
    letters = done.letters // MANY * MANY if job.opens_ledger else done.letters
    return {
        "id": this_run.id,
        "job": job.name,
        "started": started.astimezone(UTC).replace(microsecond=0),
        "seconds": None if job.opens_ledger else round(seconds),
        "done": joined([did, plan.note, _left(job, done)], "; "),
        "problems": len(plan.problems or ()) + len(done.problems),
        "needs_a_person": done.needs_a_person,
        "letters": letters or None,
    }


def _told_of(job: Job, plan: Plan) -> Sentence:
    return say("replies and mails, which are not counted here") if job.opens_ledger else in_numbers(plan)


def _told(job: Job, access: Access, row: dict[str, Any], *, is_new: bool) -> list[Change]:
    """Return a run's row on Runs. That one was there about what people wrote would tell of them: it needs a reason."""
    there = [r for r in access.programme.contents("Runs").rows if r["job"] == job.name and r["started"]]
    before = max(there, key=lambda r: r["started"], default=None)
    waited = (before["needs_a_person"] if before else None) or 0
    is_new = is_new or bool(row["letters"]) or (row["needs_a_person"] or 0) != waited
    return [Upsert("Runs", [row])] if is_new or not job.opens_ledger else []


def _left(job: Job, done: Done) -> str:
    if not done.waiting:
        return ""
    if job.opens_ledger:
        return say("mails wait for the next day: Gmail takes no more in this one")
    return counted(
        done.waiting,
        "1 mail waits for the next day: Gmail takes no more in this one",
        "{many} mails wait for the next day: Gmail takes no more in this one",
    )


def left_elsewhere(job: Job, access: Access, since: datetime) -> Left:
    """Return when letters left since a moment that another spreadsheet keeps, as Runs tells: when their run began."""
    gone = Left()
    for row in access.programme.contents("Runs").rows:
        other = JOBS.get(row["job"])
        if other and other.opens_ledger != job.opens_ledger and row["started"] and row["started"] > since:
            times = (row["started"],) * int(row["letters"] or 0)
            gone += Left(answers=times) if other.answers else Left(begun=times)
    return gone


def after_posting(posted: Posted) -> Done:
    """Return what sending letters led to."""
    return Done(
        problems=tuple(_not_sent(row) for row in posted.refused),
        finished=posted.finished,
        letters=posted.sent,
        waiting=posted.waiting,
    )


def _not_sent(row: LetterRecord) -> Problem:
    return Problem(
        tab="Roster",
        row_key=row.person,
        what=say(
            "A mail to {person} could not be sent: {why}",
            person=row.person,
            why=row.refused.partition(" ")[2],
        ),
        remedy=say("Check the address. It is tried again tomorrow; nobody else has to wait for it."),
    )


__all__ = [
    "Change",
    "Done",
    "Outcome",
    "PeerpactError",
    "Run",
    "Steps",
    "after_posting",
    "left_elsewhere",
    "preview",
    "run",
]
