"""The command line. Dry by default: only ``run --apply`` and ``erase --apply`` carry out what they show."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from peerpact import clock
from peerpact.cli import first_look, installation, jobs
from peerpact.cli.commands import Commands, ConfigurationFile


@click.group("peerpact", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="peerpact")
@click.option(
    "--env",
    type=ConfigurationFile(),
    help="Read the configuration from this file of NAME=value lines, too.",
)
@click.pass_context
def main(context: click.Context, env: Path | None) -> None:
    """Run a company's peer-to-peer mentoring programme inside Google Workspace.

    Exit status: 0 all is well; 1 something was found, or went wrong, and a sentence says what; 2 a command, an
    option or its value is mistyped or missing.
    """
    clock.pin_time_zones()
    logging.getLogger("stamina").setLevel(logging.ERROR)  # we say ourselves when we try again
    context.obj = env


for command in (*first_look.COMMANDS, *installation.COMMANDS, *jobs.COMMANDS):
    main.add_command(command)
