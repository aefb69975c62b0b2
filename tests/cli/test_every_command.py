"""Every command of the parser's own list, for somebody who has nothing yet, or mistypes: a sentence each time."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from peerpact.cli import main
from peerpact.errors import ConfigError

NOWHERE = "not-there"


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody types, the status that it ends with, and what is said."""

    words: tuple[str, ...]
    status: int
    said: str = ""

    def __str__(self) -> str:
        return " ".join(self.words)


def fitting(parameter: click.Parameter) -> str:
    """Return something that may be given for an argument, or for an option that must be given."""
    return str(parameter.type.choices[0]) if isinstance(parameter.type, click.Choice) else "something"


def needed(command: click.Command, but: click.Parameter | None = None) -> tuple[str, ...]:
    """Return what a command can't be called without, but for one parameter."""
    words: list[str] = []
    for parameter in command.params:
        if parameter.required and parameter is not but:
            words += [] if isinstance(parameter, click.Argument) else [parameter.opts[0]]
            words.append(fitting(parameter))
    return tuple(words)


def given(command: click.Command, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    option = () if isinstance(parameter, click.Argument) else (parameter.opts[0],)
    return (str(command.name), *needed(command, parameter), *option, value)


def unusable(parameter: click.Parameter) -> str:
    """Return what can't be given for a parameter; empty where anything can."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return NOWHERE
    if isinstance(kind, click.types.IntRange):
        return str((kind.max or 0) + 1)
    if isinstance(kind, click.Path) and kind.exists:
        return f"{NOWHERE}.csv"
    if isinstance(kind, click.Path) and kind.writable:
        return f"{NOWHERE}/peerpact.env"
    return ""


def mistyped() -> Iterator[Case]:
    yield Case(("chekc",), 2, "Did you mean")
    yield Case(("--env", NOWHERE, "check"), 1, "peerpact local")
    for name, command in main.commands.items():
        yield Case((name, "--help"), 0, str(command.help).split()[0])
        yield Case((name, *needed(command), "--no-such-option"), 2, "No such option")
        for parameter in command.params:
            if parameter.required:
                yield Case((name, *needed(command, parameter)), 2, "Missing")
            if wrong := unusable(parameter):
                is_file = isinstance(parameter.type, click.Path)
                yield Case(given(command, parameter, wrong), 1 if is_file else 2, "Invalid value")


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with nothing configured."""
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith(("PEERPACT_", "GOOGLE_"))]:
        monkeypatch.delenv(name)


def ended(*words: str) -> Result:
    """Return how a command ended: never by an exception that somebody would see as a traceback."""
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("case", list(mistyped()), ids=str)
def test_says_in_a_sentence_what_was_mistyped(case: Case) -> None:
    result = ended(*case.words)
    assert (result.exit_code, case.said in result.output) == (case.status, True), result.output
    if case.status == 1 or "Invalid value" in case.said:
        told = json.loads(ended(*case.words, "--json").stdout)
        assert case.said in told["error"]


def test_lists_each_command_with_a_whole_sentence() -> None:
    listed = " ".join(ended("--help").output.partition("Commands:")[2].split())
    for name, command in main.commands.items():
        first = str(command.help).split("\n\n")[0].partition(". ")[0].rstrip(".")
        assert f"{name} {' '.join(first.split())}" in listed
    assert "..." not in listed


def needs_an_installation() -> list[str]:
    return [name for name in main.commands if name not in {"demo", "letters", "local", "import"}]


@pytest.mark.parametrize("name", needs_an_installation())
def test_says_without_an_installation_how_to_come_to_one(name: str) -> None:
    words = [*needed(main.commands[name]), *(("--to", "out") if name == "export" else ())]
    result = ended(name, *words)
    assert result.exit_code == 1
    assert "PEERPACT_MAILBOX" in result.output
    assert json.loads(ended(name, *words, "--json").stdout)["error"] in " ".join(result.output.split())


def test_says_that_no_workspace_runs_yet() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        result = ended("local", "--workspace", f"http://127.0.0.1:{probe.getsockname()[1]}")
    assert (result.exit_code, "python -m workspace_emulator" in result.output) == (1, True)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n"])
def test_says_that_a_configuration_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.env").write_bytes(content)
    result = ended("--env", "x.env", "check")
    assert (result.exit_code, "x.env is no text" in result.output) == (1, True)


def test_takes_export_s_folder_as_it_was_said_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ConfigError("as far as this")

    monkeypatch.setattr("peerpact.operating.installation.installed", refuse)
    assert [ended("export", *words).output for words in (("out",), ("--to", "out"))] == [
        "as far as this\n"
    ] * 2
    assert ended("export").exit_code == 2
