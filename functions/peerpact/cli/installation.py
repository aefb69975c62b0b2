"""Commands about an installation as a whole: make it, examine it, take its contents along, take it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerpact import clock
from peerpact.cli.output import Address, NewFile, Output, answering, counted
from peerpact.programme import languages

if TYPE_CHECKING:
    from peerpact.operating.installation import Installation

A_FOLDER = click.Path(file_okay=False, path_type=Path)
COLOURS = {"green": "green", "not looked at": "yellow", "RED": "red"}


@click.command()
@click.option(
    "--admin", "admins", type=Address(), multiple=True, help="An admin's address; give it again for each."
)
@click.option("--title", default="Peer mentoring", show_default=True, help="The spreadsheets' name.")
@click.option(
    "--language",
    type=click.Choice(languages.codes()),
    default=languages.FALLBACK,
    show_default=True,
    help="The admins' language, for a new spreadsheet; of one that is there, Settings name it.",
)
@click.option(
    "--write",
    type=NewFile(),
    help="Also write the configuration to this file: Terraform's variables if it ends in .tfvars, else NAME=value.",
)
@answering
def init(out: Output, admins: tuple[str, ...], title: str, language: str, write: Path | None) -> None:
    """Create the spreadsheets and the labels, or bring older ones up to date. Run again, it changes nothing."""
    from peerpact.operating.init import initialise  # noqa: PLC0415 - Google's clients load slowly

    facts: dict[str, object] = {}
    number = count(1)
    for step in initialise(out.environment, admins=admins, title=title, language=language, write=write):
        out.say(f"{next(number)}. {step.words}" if step.facts else step.words)
        facts |= step.facts
    out.finish(facts)


@click.command()
@click.option("--apply", is_flag=True, help="Do what is ours to do: spreadsheets, sharing, labels.")
@click.option("--back", is_flag=True, help="The way back: let Peerpact 0.1 read both spreadsheets again.")
@answering
def upgrade(out: Output, apply: bool, back: bool) -> None:
    """Show what an installation of an older Peerpact still needs, in order. Exit status 1 while something is to do."""
    from peerpact.operating.upgrade import upgrade as upgraded  # noqa: PLC0415 - Google's clients load slowly
    from peerpact.operating.way_back import go_back  # noqa: PLC0415

    facts: dict[str, object] = {}
    steps = go_back if back else upgraded
    for step in steps(out.environment, apply=apply):
        out.say(step.words)
        facts |= step.facts
    if "with --apply" in facts.values():
        out.say("Nothing was done. Add --apply for our part of it.")
    out.finish({"steps": facts}, well=all(state == "done" for state in facts.values()))


@click.command()
@click.option("--letter/--no-letter", default=True, help="Also send a mail to the mailbox itself.")
@answering
def doctor(out: Output, letter: bool) -> None:
    """Look at each part of the installation; one line each, with what to do. Exit status 1 if any is red."""
    from peerpact.operating.doctor import Examination, examine  # noqa: PLC0415 - Google's clients load slowly
    from peerpact.operating.installation import installed  # noqa: PLC0415

    findings = []
    for finding in examine(installed(Examination, out.environment, with_letter=letter)):
        findings.append(finding)
        mark = click.style(f"{finding.state:<15}", fg=COLOURS[finding.state])
        out.say(f"{mark}{finding.check}: {finding.words}")
    states = Counter(str(f.state) for f in findings)
    out.say(", ".join(f"{states[state]} {state.lower()}" for state in COLOURS if states[state]) + ".")
    out.finish({"findings": [asdict(f) for f in findings]}, well=not states["RED"])


@click.command()
@click.option("--to", type=A_FOLDER, help="The folder to write them to.")
@click.argument("folder", type=A_FOLDER, required=False, metavar="")  # as it was said before --to
@click.option("--texts", is_flag=True, help="Also what people promised and how it went. Think before you do.")
@answering
def export(out: Output, to: Path | None, folder: Path | None, texts: bool) -> None:
    """Write the spreadsheets (CSV) and the meetings (JSON) as files."""
    from peerpact.operating.export import export as written  # noqa: PLC0415 - Google's clients load slowly

    place = to or folder
    if place is None:
        raise click.MissingParameter(param_hint="--to", param_type="option")
    files = list(written(_installation(out), place, with_texts=texts))
    out.table(("File", "Rows"), [(str(file.path), str(file.rows)) for file in files])
    for file in files:
        if file.is_unread:
            out.say(
                f"{counted(file.rows, 'row')} of an archive can't be read, as after an edit by hand: {file.path} has "
                "what stands there. File > Version history shows who changed what."
            )
    if not texts:
        out.say("What people promised, and how it went, was withheld. --texts writes that, too.")
    out.finish({"files": [asdict(file) for file in files], "texts": texts})


@click.command()
@click.option("--apply", is_flag=True, help="Do it. Without this, the plan is shown and nothing is done.")
@click.option(
    "--cancel-meetings", is_flag=True, help="Also cancel the meetings ahead; their guests get a mail."
)
@click.option("--verbose", "-v", is_flag=True, help="List each step, not only how many there are.")
@answering
def erase(out: Output, apply: bool, cancel_meetings: bool, verbose: bool) -> None:
    """Erase mails, replies, labels and the spreadsheets. Pause the schedules and export first."""
    from peerpact.operating.erase import erase as planned  # noqa: PLC0415 - Google's clients load slowly

    steps = planned(_installation(out), cancel_meetings=cancel_meetings)
    for kind, number in Counter(step.kind for step in steps).items():
        out.say(f"  {counted(number, kind, kind.replace(' to ', 's to ', 1))}")
    for step in steps:
        if verbose:
            out.say(f"  {step.words}.")
        if apply:
            step.do()
    if not cancel_meetings:
        out.say("Meetings stay in people's calendars; --cancel-meetings cancels those ahead.")
    out.say("What lies in people's own mailboxes is theirs. Gmail empties its bin after 30 days.")
    last = f"Done: {counted(len(steps), 'step')}." if apply else "Nothing was done. Add --apply to do it."
    out.say(last if steps else "Nothing is left to erase.")
    out.finish({"applied": apply, "steps": [{"kind": s.kind, "words": s.words} for s in steps]})


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", is_flag=True, help="Do it. Without this, the plan is shown and nothing is done.")
@click.option("--no-managers", is_flag=True, help="The file names no managers, and that is right.")
@click.option("--leavers", is_flag=True, help="Many are not in the file any more, and that is right.")
@answering
def import_roster(out: Output, file: Path, apply: bool, no_managers: bool, leavers: bool) -> None:
    """Bring FILE (CSV, XLSX or ODS, as an HR system exports it) into the tab Roster; columns of your own stay."""
    from peerpact.config import from_environment  # noqa: PLC0415 - only where it is needed
    from peerpact.google.access import Access  # noqa: PLC0415 - Google's clients load slowly
    from peerpact.operating import import_roster as importing  # noqa: PLC0415 - as above

    today = clock.now(out.environment).date()
    roster = importing.usable_file(file, today=today, without_managers=no_managers)
    access = Access(from_environment(out.environment), scopes=())
    plan = importing.plan_import(access, roster, file.name, with_leavers=leavers)
    for line in importing.told(plan, file.name):
        out.say(line)
    if apply:
        importing.carry_out(access, plan)
    out.say("Done." if apply else "Nothing was done. Add --apply to do it.")
    out.finish(
        {
            "applied": apply,
            "columns": plan.file.columns,
            "ignored": plan.file.ignored,
            "left": plan.file.left,
            "left_by": plan.file.left_by,
            "unsure_of": plan.file.unsure_of,
            "added": plan.added,
            "changed": [{"email": e, **{f: new for f, (_, new) in c.items()}} for e, c in plan.changed],
            "leavers": plan.leavers,
            "problems": [asdict(p) for p in plan.problems],
        }
    )


def _installation(out: Output) -> Installation:
    from peerpact.operating import installation  # noqa: PLC0415 - Google's clients load slowly

    return installation.installed(installation.Installation, out.environment)


COMMANDS = (init, upgrade, doctor, import_roster, export, erase)
