"""The commands as a whole: what is said, and which status is left, where a value can't be used.

A command or an option that there isn't, and a job, a number or an address that can't be one, is mistyped: the status is
2. A file that isn't there was not found: that is said like everything that goes wrong, and the status is 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from peerpact.cli.output import refused

UNCUT = 1000
NOT_FOUND, MISTYPED = 1, 2
_WORDS = "peerpact.words"


class Commands(click.Group):
    """All commands."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        words = tuple(args)
        try:
            context = super().make_context(info_name, args, parent, **extra)
        except click.BadParameter as wrong:
            _unusable(wrong, words)
        context.meta[_WORDS] = words
        return context

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the first sentence of each, whole."""
        with formatter.section("Commands"):
            listed = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
            formatter.write_dl([(name, c.get_short_help_str(limit=UNCUT)) for name, c in listed if c])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.BadParameter as wrong:
            _unusable(wrong, ctx.meta[_WORDS])


def _unusable(wrong: click.BadParameter, words: tuple[str, ...]) -> NoReturn:
    if isinstance(wrong, click.MissingParameter):
        raise wrong
    is_file = wrong.param is not None and isinstance(wrong.param.type, click.Path)
    refused(wrong.format_message(), as_json="--json" in words, status=NOT_FOUND if is_file else MISTYPED)


class ConfigurationFile(click.Path):
    """A file with the configuration, which is there."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as wrong:
            advice = "“peerpact local” writes one for a local Workspace, “peerpact init --write FILE” one for Google."
            self.fail(f"{wrong.message} {advice}", param, ctx)
