"""The command line: demo, init, check, preview, run, pair. Dry by default: only ``run --apply`` changes anything."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from peerpact import clock
from peerpact.errors import PeerpactError
from peerpact.jobs.catalogue import JOBS

P = ParamSpec("P")


def _as_sentence(command: Callable[P, None]) -> Callable[P, None]:
    """Turn Peerpact's own errors into one clear sentence and exit status 1."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except PeerpactError as error:
            click.secho(str(error), fg="red", err=True)
            sys.exit(1)

    return told


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="peerpact")
def main() -> None:
    """Run a company's peer-to-peer mentoring programme inside Google Workspace."""
    clock.pin_time_zones()
    logging.getLogger("stamina").setLevel(logging.ERROR)  # we say ourselves when we try again


@main.command()
@click.option("--serve/--no-serve", default=True, help="Keep the page up after the summary.")
@click.option(
    "--port", default=8080, show_default=True, help="Where the page is served, on this machine only."
)
@click.option("--months", default=3, show_default=True, type=click.IntRange(1, 24), help="How long to play.")
@click.option(
    "--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV of your own."
)
@click.option("--seed", default=1, show_default=True, help="Another seed, other people's doings.")
@_as_sentence
def demo(serve: bool, port: int, months: int, roster: Path | None, seed: int) -> None:
    """Play the programme on a local Workspace with an example company, then serve it as a page."""
    from peerpact.demo.play import show  # noqa: PLC0415 - only the demo knows the local Workspace

    show(serve=serve, port=port, months=months, roster=roster, seed=seed)


@main.command()
@click.option("--admin", "admins", multiple=True, help="An admin's address; give it again for each.")
@click.option("--title", default="Peer mentoring", show_default=True, help="The spreadsheets' name.")
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the configuration to this file: Terraform's variables if it ends in .tfvars, else NAME=value.",
)
@_as_sentence
def init(admins: tuple[str, ...], title: str, write: Path | None) -> None:
    """Create both spreadsheets and the labels, or bring older ones up to date. Run again, it changes nothing."""
    from peerpact.operating.init import initialise  # noqa: PLC0415 - Google's clients load slowly

    for line in initialise(os.environ, admins=admins, title=title, write=write):
        click.echo(line)


@main.command()
@click.option("--letter/--no-letter", default=True, help="Also send a letter to the mailbox itself.")
@_as_sentence
def doctor(letter: bool) -> None:
    """Look at each part of the installation; one line each, with what mends it. Exit status 1 if any is red."""
    from peerpact.operating.doctor import Examination, examine  # noqa: PLC0415 - Google's clients load slowly
    from peerpact.operating.installation import installed  # noqa: PLC0415

    it = installed(Examination, os.environ, with_letter=letter)
    is_well = True
    for finding in examine(it):
        is_well &= finding.is_good
        mark = click.style("green", fg="green") if finding.is_good else click.style("RED  ", fg="red")
        click.echo(f"{mark}  {finding.check}: {finding.words}")
    if not is_well:
        sys.exit(1)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--texts", is_flag=True, help="Also what people promised and how it went. Think before you do.")
@_as_sentence
def export(folder: Path, texts: bool) -> None:
    """Write both spreadsheets (CSV) and the meetings (JSON) to FOLDER."""
    from peerpact.operating.export import export as written  # noqa: PLC0415 - Google's clients load slowly

    for line in written(_installation(), folder, with_texts=texts):
        click.echo(line)
    if not texts:
        click.echo("What people promised, and how it went, was withheld. --texts writes that, too.")


@main.command()
@click.option("--apply", is_flag=True, help="Do it. Without this, the plan is shown and nothing is done.")
@click.option(
    "--cancel-meetings", is_flag=True, help="Also cancel the meetings ahead; their guests get a mail."
)
@_as_sentence
def erase(apply: bool, cancel_meetings: bool) -> None:
    """Erase letters, replies, labels and both spreadsheets. Pause the schedules and export first."""
    from peerpact.operating.erase import erase as planned  # noqa: PLC0415 - Google's clients load slowly

    steps = planned(_installation(), cancel_meetings=cancel_meetings)
    for step in steps:
        click.echo(f"  {step.words}.")
        if apply:
            step.do()
    if not cancel_meetings:
        click.echo("Meetings stay in people's calendars; --cancel-meetings cancels those ahead.")
    click.echo("What lies in people's own mailboxes is theirs. Gmail empties its bin after 30 days.")
    click.echo(f"Done: {len(steps)} steps." if apply else "Nothing was done. Add --apply to do it.")


def _installation() -> Any:
    from peerpact.operating.installation import (  # noqa: PLC0415 - Google's clients load slowly
        Installation,
        installed,
    )

    return installed(Installation, os.environ)


@main.command()
@_as_sentence
def check() -> None:
    """List what is wrong in the spreadsheet, and what to do about it; change nothing."""
    outcome = _preview("check_roster")
    for problem in sorted(outcome.plan.problems or ()):
        where = f"{problem.tab}, row {problem.row}" if problem.row else problem.tab
        click.echo(f"{where}, {problem.row_key}: {problem.what} {problem.remedy}")
    click.echo(f"{len(outcome.plan.problems or ())} problems.")


@main.command()
@click.argument("job", type=click.Choice(tuple(JOBS)))
@click.option("--show-texts", is_flag=True, help="Also show what people wrote. Think before you do.")
@_as_sentence
def preview(job: str, show_texts: bool) -> None:
    """Show exactly what JOB would do, and do nothing."""
    _print_plan(_preview(job), show_texts=show_texts)


@main.command()
@click.argument("job", type=click.Choice(tuple(JOBS)))
@click.option("--apply", is_flag=True, help="Do it. Without this, the plan is shown and nothing is done.")
@_as_sentence
def run(job: str, apply: bool) -> None:
    """Run JOB: show its plan, and with --apply carry it out."""
    if not apply:
        _print_plan(_preview(job))
        click.echo("Nothing was done. Add --apply to do it.")
        return
    from peerpact.jobs import job as running  # noqa: PLC0415 - Google's clients load slowly

    _print_plan(running.run(JOBS[job], lambda: _access(job), _now))


@main.command()
@click.option(
    "--explain", "person", required=True, metavar="PERSON", help="Somebody's address on the roster."
)
@_as_sentence
def pair(person: str) -> None:
    """Say why PERSON has their partner, or none, and which others there could be at what cost. Changes nothing."""
    from peerpact.operating.explain import explain  # noqa: PLC0415 - Google's clients load slowly

    for line in explain(_access("pair_people"), _now(), person):
        click.echo(line)


@main.command()
@click.argument("key")
@_as_sentence
def trace(key: str) -> None:
    """Show what is known under KEY: of a letter, a pairing, a meeting or a mail, or as a log line has it."""
    from peerpact.operating.trace import trace as traced  # noqa: PLC0415 - Google's clients load slowly

    for line in traced(_access("send_follow_ups"), key):
        click.echo(line)


def _preview(name: str) -> Any:
    from peerpact.jobs import job as running  # noqa: PLC0415 - Google's clients load slowly

    return running.preview(JOBS[name], _access(name), _now())


def _access(name: str) -> Any:
    from peerpact.config import from_environment  # noqa: PLC0415 - Google's clients load slowly
    from peerpact.google.access import Access  # noqa: PLC0415

    return Access(from_environment(os.environ), scopes=JOBS[name].mailbox_scopes)


def _now() -> datetime:
    return clock.now(os.environ)


def _print_plan(outcome: Any, *, show_texts: bool = False) -> None:
    done = "Done" if outcome.applied else "Would be done"
    for action in outcome.plan.actions:
        click.echo(f"  {action.sentence(show_texts=show_texts)}")
    for problem in outcome.plan.problems or ():
        click.echo(f"  Problem: {problem.what} {problem.remedy}")
    if outcome.plan.note:
        click.echo(outcome.plan.note)
    if outcome.plan.too_much:
        click.secho(outcome.plan.too_much, fg="yellow")
    click.echo(f"{done} by {outcome.job}: {len(outcome.plan.actions)} actions.")
