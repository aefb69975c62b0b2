"""Commands for a first look on a laptop: the demo, a local Workspace of one's own, and every mail."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from peerpact.cli.output import NewFile, Output, answering

A_FILE = NewFile()


@click.command()
@click.option("--serve/--no-serve", default=True, help="Keep the page up after the summary.")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help="Where the page is served, on this machine only.",
)
@click.option("--months", default=3, show_default=True, type=click.IntRange(1, 24), help="How long to play.")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A roster of your own: CSV, XLSX or ODS, as your HR system exports it.",
)
@click.option("--no-managers", is_flag=True, help="The roster names no managers, and that is right.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other people's doings.")
@click.option(
    "--write", type=A_FILE, help="Also write a configuration with which other commands look at the demo."
)
@answering
def demo(
    out: Output,
    serve: bool,
    port: int,
    months: int,
    roster: Path | None,
    no_managers: bool,
    seed: int,
    write: Path | None,
) -> None:
    """Play the programme on a local Workspace with an example company, then serve it as a page."""
    from peerpact.demo.play import Showing, show  # noqa: PLC0415 - only the demo knows the local Workspace

    it = Showing(
        months=months,
        roster=roster,
        seed=seed,
        port=port,
        serve=serve,
        write=write,
        no_managers=no_managers,
    )
    out.finish(show(it, Console(stderr=out.is_json)))


@click.command()
@click.option(
    "--workspace",
    default="http://127.0.0.1:8787",
    show_default=True,
    help="Where “python -m workspace_emulator” serves.",
)
@click.option(
    "--write", type=A_FILE, default=Path("peerpact.env"), show_default=True, help="The configuration's file."
)
@answering
def local(out: Output, workspace: str, write: Path) -> None:
    """Give a running local Workspace a mentoring mailbox and an admin, and write the configuration to go on with."""
    from peerpact.demo.laptop import furnish  # noqa: PLC0415 - only the demo knows the local Workspace

    made = furnish(workspace if "://" in workspace else f"http://{workspace}", write)
    for line in made.lines:
        out.say(line)
    out.finish({"mailbox": made.mailbox, "admin": made.admin, "file": str(write)})


@click.command("letters")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write them to.",
)
@answering
def show_letters(out: Output, to: Path) -> None:
    """Write every mail, in every language and case, as files to look at, and all sentences side by side."""
    from peerpact.operating.letters import write_letters  # noqa: PLC0415 - reads all translations

    lines = list(write_letters(to))
    for line in lines:
        out.say(line)
    out.finish({"written": lines})


COMMANDS = (demo, local, show_letters)
