"""What a command says: lines and tables to a person, or one JSON value to a program; and the configuration it reads."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, wraps
from io import StringIO
from pathlib import Path
from typing import Any, Concatenate, NoReturn

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from peerpact.errors import ConfigError, PeerpactError

UNBROKEN = 1000
"""Columns where nobody looks at a terminal: a program that reads lines gets them whole."""


def read_file(path: Path) -> dict[str, str]:
    """Read lines of NAME=value; empty lines and comments are left out, and so are quotes around a value.

    Raises:
        ConfigError: the file is no text, or a line is none of these; it is told by its number, it may hold a secret.
    """
    values = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no text. A configuration has lines of the form NAME=value.") from error
    for number, line in enumerate(lines, start=1):
        words = line.strip().removeprefix("export ")
        if not words or words.startswith("#"):
            continue
        name, is_pair, value = words.partition("=")
        if not is_pair or not name.strip().isidentifier():
            raise ConfigError(f"Line {number} of {path} is not of the form NAME=value.")
        values[name.strip()] = _unquoted(value.strip())
    return values


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if is_quoted else value


class Output:
    """Where a command speaks. In JSON, lines and tables are left out, and what it finishes with is the whole answer."""

    def __init__(self, file: Path | None, *, as_json: bool) -> None:
        self._file = file
        self.is_json = as_json

    @cached_property
    def environment(self) -> Mapping[str, str]:
        """The process's variables, with those of a file over them."""
        return {**os.environ, **(read_file(self._file) if self._file else {})}

    def say(self, words: str, **style: Any) -> None:
        if not self.is_json:
            click.secho(words, **style)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Show a table as wide as the terminal; no wider than needed, and unbroken, where there is none."""
        if self.is_json:
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for header in headers:
            table.add_column(header, overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        shown = StringIO()
        is_terminal = sys.stdout.isatty()
        console = Console(file=shown, force_terminal=is_terminal, width=None if is_terminal else UNBROKEN)
        console.print(table)
        click.echo("\n".join(line.rstrip() for line in shown.getvalue().splitlines()))

    def finish(self, data: object, *, well: bool = True) -> None:
        """End with the whole answer as data; not ``well`` is exit status 1."""
        if self.is_json:
            click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))
        if not well:
            sys.exit(1)

    def fail(self, sentence: str) -> NoReturn:
        refused(sentence, as_json=self.is_json)


def refused(sentence: str, *, as_json: bool, status: int = 1) -> NoReturn:
    """End with a sentence that says what went wrong, and an exit status."""
    if as_json:
        click.echo(json.dumps({"error": sentence}, ensure_ascii=False, indent=1))
    else:
        click.secho(sentence, fg="red", err=True)
    sys.exit(status)


def answering(command: Callable[Concatenate[Output, ...], None]) -> Callable[..., None]:
    """Give a command its output and the option ``--json``; our own errors become one sentence and exit status 1."""

    @click.option("--json", "as_json", is_flag=True, help="Answer with one JSON value, for programs.")
    @click.pass_context
    @wraps(command)
    def told(context: click.Context, /, *args: Any, **given: Any) -> None:
        output = Output(context.obj, as_json=given.pop("as_json"))
        try:
            command(output, *args, **given)
        except PeerpactError as error:
            output.fail(str(error))
        except OSError as error:
            if error.filename is None:
                raise
            output.fail(f"{error.filename} can't be used: {error.strerror}. Name another file or folder.")

    return told


class NewFile(click.Path):
    """A file to be written once all else is done: whether it can be is seen before anything is."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, writable=True, path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # what click.Path says that it returns
        path = Path(str(super().convert(value, param, ctx)))
        if not os.access(path.parent, os.W_OK) or not path.parent.is_dir():
            self.fail(
                f"nothing can be written to the folder {path.parent}. Make it, or name another file.",
                param,
                ctx,
            )
        return path


class Address(click.ParamType[str]):
    """An e-mail address, in its one form."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from peerpact.tables.cells import Unusable, read_email  # noqa: PLC0415 - few commands take one

        try:
            return read_email(value)
        except Unusable as unusable:
            self.fail(f"{unusable.what}. {unusable.remedy}", param, ctx)


def counted(number: int, what: str, plural: str = "", *, first: bool = False) -> str:
    """Return a count as one says it: no actions, 1 action, 2 actions; ``first`` in a sentence, No actions."""
    none = "No" if first else "no"
    return f"{number or none} {what if number == 1 else plural or what + 's'}"
