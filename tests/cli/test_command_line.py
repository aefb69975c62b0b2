"""The command line as people and programs use it, against a local Workspace over HTTP: a newcomer's first hour."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import states
from cast import Cast
from peerpact import clock, logs
from peerpact.cli import main
from peerpact.cli.output import counted, read_file
from peerpact.demo.laptop import write_configuration
from peerpact.errors import ConfigError
from peerpact.google.mail import LABELS
from peerpact.programme.follow_ups.due import Kind
from workspace_emulator import Clock, Front, Workspace, serving
from workspace_emulator.__main__ import main as serve_workspace

DATE = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody with an empty local Workspace, in an empty folder."""

    workspace: Workspace
    url: str
    file: Path

    def peerpact(self, *words: str) -> Result:
        return CliRunner().invoke(main, words)

    def with_file(self, *words: str) -> Result:
        return self.peerpact("--env", str(self.file), *words)

    def set_up(self) -> Newcomer:
        """Do what the README says first."""
        for words in (("local", "--workspace", self.url, "--write", str(self.file)),):
            assert self.peerpact(*words).exit_code == 0
        made = self.with_file("init", "--admin", "admin@example.com", "--write", str(self.file))
        assert made.exit_code == 0, made.output
        return self


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newcomer]:
    for name in [n for n in os.environ if n.startswith("PEERPACT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PEERPACT_TIME", DATE.isoformat())
    workspace = Workspace(clock=Clock(DATE), accept_any_token=True)
    with serving(Front(workspace)) as url:
        yield Newcomer(workspace, url, tmp_path / "peerpact.env")


def said(result: Result) -> str:
    return f"{result.stdout}{result.stderr}"


def answer(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_goes_from_an_empty_workspace_to_a_preview_by_what_each_command_says_is_next(
    newcomer: Newcomer,
) -> None:
    local = newcomer.peerpact("local", "--workspace", newcomer.url, "--write", str(newcomer.file))
    following = local.stdout.splitlines()[-1].removeprefix("Next: peerpact ").split()
    assert newcomer.peerpact(*following).exit_code == 0
    whole = read_file(newcomer.file)
    assert {"PEERPACT_WORKSPACE", "PEERPACT_MAILBOX", "PEERPACT_TOKEN_KEY"} <= whole.keys()
    assert newcomer.file.stat().st_mode & 0o077 == 0
    again = newcomer.with_file(*following[2:])
    assert again.stdout.count("up to date") == 5
    numbered = [line.partition(". ")[0] for line in again.stdout.splitlines() if "up to date" in line]
    assert numbered == ["1", "2", "3", "4", "5"]
    assert read_file(newcomer.file) == whole
    for job in ("check_roster", "pair_people", "report"):
        assert newcomer.with_file("run", job, "--apply").exit_code == 0


def test_prints_addresses_that_open(newcomer: Newcomer) -> None:
    newcomer.set_up()
    made = answer(newcomer.with_file("init", "--json"))
    for kind in ("programme", "ledger"):
        facts = made[kind]
        assert isinstance(facts, dict)
        assert facts["url"] == f"{newcomer.url}/spreadsheets/{facts['id']}"


@pytest.mark.parametrize(
    ("mailbox", "words"),
    [
        ("nobody@example.com", "The mailbox nobody@example.com can't be reached, so nothing was made."),
        ("mentors@example.com", "Gmail says that this mailbox is mentoring@example.com"),
    ],
)
def test_tries_the_mailbox_before_it_makes_anything(newcomer: Newcomer, mailbox: str, words: str) -> None:
    newcomer.peerpact("local", "--workspace", newcomer.url, "--write", str(newcomer.file))
    who = next(u for u in newcomer.workspace.users() if u.email == "mentoring@example.com")
    newcomer.workspace.add_user(type(who)(email=who.email, name=who.name, aliases=("mentors@example.com",)))
    newcomer.file.write_text(newcomer.file.read_text().replace("mentoring@example.com", mailbox))
    newcomer.workspace.calls.clear()
    result = newcomer.with_file("init")
    assert (result.exit_code, words in said(result)) == (1, True), said(result)
    assert not any(call.method_id.startswith("sheets") for call in newcomer.workspace.calls)


def test_takes_no_admin_who_has_no_address(newcomer: Newcomer) -> None:
    newcomer.peerpact("local", "--workspace", newcomer.url, "--write", str(newcomer.file))
    newcomer.workspace.calls.clear()
    refused = newcomer.with_file("init", "--admin", "Ada", "--write", str(newcomer.file))
    assert refused.exit_code == 2
    assert "“Ada” is not an e-mail address. Enter an address such as ada@example.com." in said(refused)
    assert not newcomer.workspace.calls


def test_finds_a_workspace_by_host_and_port(newcomer: Newcomer) -> None:
    where = newcomer.url.removeprefix("http://")
    made = newcomer.peerpact("local", "--workspace", where, "--write", str(newcomer.file))
    assert made.exit_code == 0, made.output


def test_says_where_no_workspace_answers_at_once(newcomer: Newcomer) -> None:
    newcomer.set_up()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"
    newcomer.file.write_text(newcomer.file.read_text().replace(newcomer.url, nowhere))
    for words in (("check",), ("doctor", "--no-letter"), ("init",)):
        result = newcomer.with_file(*words)
        assert result.exit_code == 1
        assert f"No local Workspace answers at {nowhere}" in said(result)
    result = newcomer.peerpact("local", "--workspace", nowhere, "--write", str(newcomer.file))
    assert (result.exit_code, "python -m workspace_emulator" in said(result)) == (1, True)


def test_names_a_taken_port_before_it_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peerpact.demo.play.prepare", lambda **_: pytest.fail("it plays"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["demo", "--port", str(port)])
    assert (result.exit_code, f"Port {port} is taken" in said(result)) == (1, True)


def test_names_a_taken_port_of_the_workspace() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            serve_workspace(["--port", str(port)])
    assert ended.value.code == f"Port {port} is taken by another program. Name another one with --port."


@pytest.mark.parametrize("content", ["", "no json", '{"type": "x"}', '{"type": "service_account"}'])
def test_says_that_a_key_is_the_wrong_one(
    newcomer: Newcomer, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.set_up()
    key = tmp_path / "key.json"
    key.write_text(content, encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    newcomer.file.write_text(newcomer.file.read_text() + "PEERPACT_SETUP_DELEGATE=d@example.com\n")
    result = newcomer.with_file("preview", "report")
    assert result.exit_code == 1
    assert said(result).startswith(f"GOOGLE_APPLICATION_CREDENTIALS names {key}, which holds no credentials")


USELESS = [
    ("notes.pdf", b"hello", "notes.pdf is neither CSV, XLSX nor ODS. Save it as one of these"),
    ("list.csv", b"hello\nworld\n", "list.csv"),
    ("list.xlsx", b"no workbook", "list.xlsx can't be read as XLSX"),
    ("empty.csv", b"", "empty.csv"),
]


@pytest.mark.parametrize(("name", "content", "words"), USELESS, ids=[name for name, _, _ in USELESS])
def test_says_what_is_wrong_with_a_file_before_it_asks_for_an_installation(
    newcomer: Newcomer, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = newcomer.peerpact("import", str(tmp_path / name))
    assert (result.exit_code, words in said(result)) == (1, True)
    assert "PEERPACT_" not in said(result)


@pytest.mark.parametrize(
    ("command", "place"),
    [
        (("letters", "--to"), "a file/inside"),
        (("demo", "--write"), "nowhere/demo.env"),
        (("local", "--write"), "nowhere/peerpact.env"),
        (("init", "--write"), "nowhere/peerpact.env"),
        (("init", "--write"), "a file/peerpact.env"),
    ],
    ids=["letters", "demo", "local", "init", "init, in a file"],
)
def test_says_before_it_begins_that_something_can_t_be_written(
    newcomer: Newcomer, tmp_path: Path, command: tuple[str, ...], place: str
) -> None:
    (tmp_path / "a file").write_bytes(b"")
    newcomer.peerpact("local", "--workspace", newcomer.url, "--write", str(newcomer.file))
    made = writes(newcomer)
    result = newcomer.with_file(*command, str(tmp_path / place))
    assert result.exit_code in {1, 2}
    assert isinstance(result.exception, SystemExit)
    assert "ame another file" in said(result)
    assert writes(newcomer) == made


def writes(newcomer: Newcomer) -> int:
    return sum(call.kind == "write" for call in newcomer.workspace.calls)


def test_tells_programs_neither_who_is_reminded_nor_of_what_kind_a_mail_about_promises_is(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.bring_to(states.booked).wait(days=14)
    cast.run("book_first_meetings")
    monkeypatch.setattr(cast.company.workspace.identity, "accept_any_token", True)
    file = tmp_path / "demo.env"
    with serving(cast.company.front) as url:
        write_configuration(cast.company, url, file)
        words = ("--env", str(file), "preview", "send_follow_ups", "--json")
        plain, whole = (CliRunner().invoke(main, [*words, *more]) for more in ((), ("--show-texts",)))
    secret = cast.company.config.secret("log_key")
    keys = [str(action["key"]) for action in answer(whole)["actions"]]  # type: ignore[attr-defined]
    assert {key.partition(":")[0] for key in keys} >= {"commitment-request"}
    assert [a["key"] for a in answer(plain)["actions"]] == [logs.opaque(key, secret) for key in keys]  # type: ignore[attr-defined]
    assert not [kind for kind in Kind if kind in plain.stdout]


def test_looks_at_a_running_demo_from_outside(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.run("pair_people")
    for name in [n for n in os.environ if n.startswith("PEERPACT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(cast.company.workspace.identity, "accept_any_token", True)
    file = tmp_path / "demo.env"
    with serving(cast.company.front) as url:
        write_configuration(cast.company, url, file)
        for job in ("pair_people", "book_first_meetings", "send_follow_ups", "collect_replies", "report"):
            result = CliRunner().invoke(main, ["--env", str(file), "preview", job])
            assert result.exit_code == 0, said(result)
        check = CliRunner().invoke(main, ["--env", str(file), "check", "--json"])
        cast.wait(days=1)
        assert clock.now(read_file(file)) == cast.clock.now()
    assert "error" not in answer(check)


@pytest.mark.parametrize("words", ["PEERPACT_MAILBOX", "=x", "hello world", "a b=c"])
def test_names_the_line_of_a_configuration_that_it_can_t_read(newcomer: Newcomer, words: str) -> None:
    newcomer.file.write_text(f"# ours\n\n{words}\n", encoding="utf-8")
    result = newcomer.with_file("check", "--json")
    assert result.exit_code == 1
    assert answer(result) == {"error": f"Line 3 of {newcomer.file} is not of the form NAME=value."}


def test_reads_a_configuration_as_a_shell_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "x.env"
    file.write_text("export A=1\nB='two words'\n C=\"x=y\"\nD=\n# E=5\n", encoding="utf-8")
    assert read_file(file) == {"A": "1", "B": "two words", "C": "x=y", "D": ""}
    file.write_text("no pair", encoding="utf-8")
    with pytest.raises(ConfigError, match="Line 1"):
        read_file(file)


def test_exits_with_one_where_problems_are_found_and_nothing_is_known(newcomer: Newcomer) -> None:
    newcomer.set_up()
    check = newcomer.with_file("check")
    problems = answer(newcomer.with_file("check", "--json"))["problems"]
    assert isinstance(problems, list)
    assert (check.exit_code, check.stdout.splitlines()[-1]) == (1, f"{counted(len(problems), 'problem')}.")
    assert "First round opens on" in check.stdout
    trace = newcomer.with_file("trace", "no-such-key")
    assert (trace.exit_code, trace.stdout) == (1, "Nothing is known under no-such-key.\n")


def test_says_a_problem_whole_in_json(newcomer: Newcomer) -> None:
    newcomer.set_up()
    result = newcomer.with_file("check", "--json")
    problems = answer(result)["problems"]
    assert isinstance(problems, list)
    assert result.exit_code == 1
    assert ("Settings", "First round opens on") in [(p["tab"], p["row_key"]) for p in problems]
    assert all(p["what"] and p["remedy"] for p in problems)


def test_does_not_call_green_what_it_did_not_look_at(newcomer: Newcomer) -> None:
    newcomer.set_up()
    shown = newcomer.with_file("doctor", "--no-letter")
    lines = [line for line in shown.stdout.splitlines() if "lease bucket" in line]
    assert lines[0].startswith("not looked at  lease bucket: ")
    findings = answer(newcomer.with_file("doctor", "--no-letter", "--json"))["findings"]
    assert isinstance(findings, list)
    states = Counter(finding["state"] for finding in findings)
    assert shown.stdout.splitlines()[-1].startswith(
        f"{states['green']} green, {states['not looked at']} not looked at"
    )
    assert shown.exit_code == int(states["RED"] > 0)


def test_sums_an_erasure_up_and_lists_it_when_asked(newcomer: Newcomer) -> None:
    newcomer.set_up()
    short, long = newcomer.with_file("erase").stdout, newcomer.with_file("erase", "--verbose").stdout
    assert f"{len(LABELS)} labels to delete\n  1 ledger to delete for good" in short
    assert "Delete the label" not in short
    assert long.count("Delete the label") == len(LABELS)


COMMANDS = {
    "init": [],
    "doctor": ["--no-letter"],
    "export": ["--to", "FOLDER"],
    "erase": [],
    "check": [],
    "preview": ["report"],
    "run": ["pair_people"],
    "pair": ["--explain", "ben@example.com"],
    "trace": ["x"],
    "local": ["--workspace", "URL", "--write", "FILE"],
}


def test_answers_in_one_json_value_everywhere(newcomer: Newcomer, tmp_path: Path) -> None:
    newcomer.set_up()
    places = {"FOLDER": str(tmp_path / "out"), "URL": newcomer.url, "FILE": str(newcomer.file)}
    options = {name: {p.name for p in command.params} for name, command in main.commands.items()}
    assert [name for name, given in options.items() if "as_json" not in given] == []
    for name, words in COMMANDS.items():
        result = newcomer.with_file(name, *(places.get(w, w) for w in words), "--json")
        assert isinstance(answer(result), dict), name
        assert result.exit_code in {0, 1}


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no actions"), (1, "1 action"), (2, "2 actions"), (1000, "1000 actions")]
)
def test_counts_in_words(number: int, words: str) -> None:
    assert counted(number, "action") == words


def test_says_what_it_tries_again(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    from workspace_emulator import Effect, Fault  # noqa: PLC0415 - for this test alone

    fault = Fault(effect=Effect.REFUSE, method="sheets.*", status=503, times=1)
    cast.company.workspace.faults.add(fault)
    cast.preview("check_roster")
    messages = [record.getMessage() for record in caplog.records if "again" in record.getMessage()]
    assert len(messages) == 1
    assert messages[0].startswith("Google (sheets): refused with 503")


def test_tells_its_version_and_completes_its_commands() -> None:
    version = CliRunner().invoke(main, ["--version"])
    assert (version.exit_code, version.stdout.startswith("peerpact, version ")) == (0, True)
    asked = {"_PEERPACT_COMPLETE": "bash_complete", "COMP_WORDS": "peerpact pre", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", "from peerpact.cli import main; main(prog_name='peerpact')"]
    completed = subprocess.run(
        command, env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    assert completed.stdout.split() == ["plain,preview"]


def test_has_a_sentence_of_help_for_every_command_and_option() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        options = [p for p in command.params if isinstance(p, click.Option)]
        assert [p.name for p in options if not p.help] == [], name
