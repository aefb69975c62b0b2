"""The commands as a whole: what is said, and which status is left, where a value can't be used.

A command or an option that there isn't is misspelt: click says so, and the status is 2. A file that isn't there, or a
job of another name, was not found: that is said like everything that goes wrong, and the status is 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from peerpact.cli.output import refused

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
            _not_found(wrong, words)
        context.meta[_WORDS] = words
        return context

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.BadParameter as wrong:
            _not_found(wrong, ctx.meta[_WORDS])


def _not_found(wrong: click.BadParameter, words: tuple[str, ...]) -> NoReturn:
    if isinstance(wrong, click.MissingParameter):
        raise wrong
    refused(wrong.format_message(), as_json="--json" in words)


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
