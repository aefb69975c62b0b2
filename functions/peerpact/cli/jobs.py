"""Commands about the six jobs: look at what is wrong, at what one would do, at why it did it; and run one by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from peerpact import clock, logs
from peerpact.cli.output import Output, answering, counted
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.problems import Problem

if TYPE_CHECKING:
    from peerpact.google.access import Access
    from peerpact.jobs.job import Outcome

MOST = 200
"""Characters of an action's sentence that are shown without --verbose; only one that fills a tab has more."""
A_JOB = click.Choice(list(JOBS))
THE_JOBS = f"JOB is one of {', '.join(JOBS)}."
verbose = click.option(
    "--verbose", "-v", is_flag=True, help="Also list each problem, and show long actions whole."
)


@click.command()
@answering
def check(out: Output) -> None:
    """List what is wrong in the spreadsheet, and what to do about it; change nothing. Exit status 1 if anything is."""
    problems = sorted(_preview(out, "check_roster").plan.problems or ())
    if problems:
        out.table(("Where", "Who or what", "What is wrong", "What to do"), map(_row, problems))
    out.say(f"{counted(len(problems), 'problem', first=True)}.")
    out.finish({"problems": [_problem(p) for p in problems]}, well=not problems)


@click.command(epilog=THE_JOBS)
@click.argument("job", type=A_JOB, metavar="JOB")
@click.option("--show-texts", is_flag=True, help="Also show what people wrote. Think before you do.")
@verbose
@answering
def preview(out: Output, job: str, show_texts: bool, verbose: bool) -> None:
    """Show exactly what JOB would do, and do nothing."""
    _show(out, _preview(out, job), show_texts=show_texts, verbose=verbose)


@click.command(epilog=THE_JOBS)
@click.argument("job", type=A_JOB, metavar="JOB")
@click.option("--apply", is_flag=True, help="Do it. Without this, the plan is shown and nothing is done.")
@verbose
@answering
def run(out: Output, job: str, apply: bool, verbose: bool) -> None:
    """Run JOB: show its plan, and with --apply carry it out."""
    if not apply:
        outcome = _preview(out, job)
        _show(out, outcome, verbose=verbose, last="Nothing was done. Add --apply to do it.")
        return
    from peerpact.jobs import job as running  # noqa: PLC0415 - Google's clients load slowly

    now = partial(clock.now, out.environment)
    _show(out, running.run(JOBS[job], lambda: _access(out, job, only_looks=False), now), verbose=verbose)


@click.command()
@click.option("--explain", "person", required=True, metavar="PERSON", help="An address on the roster.")
@answering
def pair(out: Output, person: str) -> None:
    """Say why PERSON has their partner, or none, and which others there could be at what cost. Changes nothing."""
    from peerpact.operating.explain import explain  # noqa: PLC0415 - Google's clients load slowly

    lines = list(explain(_access(out, "pair_people"), clock.now(out.environment), person))
    for line in lines:
        out.say(line)
    out.finish({"person": person, "explanation": lines})


@click.command()
@click.argument("key")
@answering
def trace(out: Output, key: str) -> None:
    """Show what is known under KEY: of a letter, a pairing, a meeting or a mail, or as a log line has it.

    Exit status 1 if nothing is.
    """
    from peerpact.operating.trace import trace as traced  # noqa: PLC0415 - Google's clients load slowly

    lines = traced(_access(out, "send_follow_ups"), key)
    for line in lines or [f"Nothing is known under {key}."]:
        out.say(line)
    out.finish({"key": key, "known": lines}, well=bool(lines))


def _preview(out: Output, name: str) -> Outcome:
    from peerpact.jobs import job as running  # noqa: PLC0415 - Google's clients load slowly

    return running.preview(JOBS[name], _access(out, name), clock.now(out.environment))


def _access(out: Output, name: str, *, only_looks: bool = True) -> Access:
    from peerpact.config import from_environment  # noqa: PLC0415 - only where it is needed
    from peerpact.google.access import Access  # noqa: PLC0415 - Google's clients load slowly

    job, config = JOBS[name], from_environment(out.environment)
    logs.key_secret.set(config.log_key.encode())
    return Access(config, scopes=job.mailbox_scopes, only_looks=only_looks)


def _show(
    out: Output, outcome: Outcome, *, show_texts: bool = False, verbose: bool = False, last: str = ""
) -> None:
    plan = outcome.plan
    for action in plan.actions:
        sentence = action.sentence(show_texts=show_texts)
        out.say(f"  {sentence if verbose or show_texts else shorten(sentence, MOST, placeholder=' ...')}")
    for sentence in plan.waits:
        out.say(f"  {sentence}")
    problems = plan.problems or ()
    if problems and verbose:
        out.table(("Where", "Who or what", "What is wrong", "What to do"), map(_row, sorted(problems)))
    elif problems:
        out.say(f"{counted(len(problems), 'problem')} ({_by_tab(problems)}); --verbose lists them.")
    if plan.note:
        out.say(plan.note)
    if plan.too_much:
        out.say(plan.too_much, fg="yellow")
    done = "Done" if outcome.applied else "Would be done"
    out.say(f"{done} by {outcome.job}: {counted(len(plan.actions), 'action')}.")
    if last:
        out.say(last)
    out.finish(_data(outcome, show_texts=show_texts), well=not plan.too_much)


def _data(outcome: Outcome, *, show_texts: bool) -> Mapping[str, Any]:
    """Return what programs get. A key of what people wrote tells who is reminded: it is given as log lines have it."""
    plan, is_told = outcome.plan, show_texts or not JOBS[outcome.job].opens_ledger
    return {
        "job": outcome.job,
        "applied": outcome.applied,
        "actions": [
            {
                "kind": type(action).__name__,
                "key": action.key if is_told else logs.opaque(action.key),
                "summary": action.summary,
            }
            | ({"texts": action.texts} if show_texts else {})
            for action in plan.actions
        ],
        "problems": None if plan.problems is None else [_problem(p) for p in plan.problems],
        "waits": list(plan.waits),
        "note": plan.note,
        "too_much": plan.too_much,
    }


def _by_tab(problems: Sequence[Problem]) -> str:
    return ", ".join(f"{tab}: {n}" for tab, n in Counter(p.tab for p in problems).most_common())


def _row(problem: Problem) -> tuple[str, ...]:
    place = [problem.tab, f"row {problem.row}" if problem.row else "", problem.column]
    return ", ".join(filter(None, place)), problem.row_key, problem.what, problem.remedy


def _problem(problem: Problem) -> Mapping[str, Any]:
    fields = ("tab", "row", "column", "row_key", "what", "remedy")
    return {field: getattr(problem, field) for field in fields}


COMMANDS = (check, preview, run, pair, trace)
