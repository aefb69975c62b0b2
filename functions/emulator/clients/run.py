"""Drive other people's clients against the local Workspace, and say what works: ``make clients``.

Each client is installed at a pinned version into a folder of its own and goes through its script of tasks; nothing of
what is tested is installed where it could change the result.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from workspace_emulator import Clock, Front, User, Workspace, serving

HERE = Path(__file__).resolve().parent
CLIENTS = {
    "gspread": "gspread_.py",
    "gspread-pandas": "gspread_pandas_.py",
    "gspread-formatting": "gspread_formatting_.py",
    "gspread-dataframe": "gspread_dataframe_.py",
    "pygsheets": "pygsheets_.py",
    "gcsa": "gcsa_.py",
    "gcalcli": "gcalcli_.py",
    "simplegmail": "simplegmail_.py",
    "google-api-python-client": "googleapiclient_.py",
    "google-spreadsheet": "google_spreadsheet.mjs",
    "googleapis": "googleapis.mjs",
}
LEAST = 0.95


def main() -> None:
    options = _options()
    folder = Path(options.folder or tempfile.mkdtemp(prefix="workspace-clients-"))
    chosen = {name: script for name, script in CLIENTS.items() if not options.only or name in options.only}
    python = _python_with_clients(folder) if any(s.endswith(".py") for s in chosen.values()) else ""
    if any(s.endswith(".mjs") for s in chosen.values()):
        _node_with_clients(folder)
    rows = []
    for name, script in chosen.items():
        results = _tried(folder, python, name, script)
        works = sum(not r["why"] for r in results)
        rows.append((name, _version(folder, name), works, len(results) - works, results))
    _print_table(rows)
    short = [
        name for name, _, works, fails, _ in rows if works + fails < 30 or works < LEAST * (works + fails)
    ]
    if short:
        sys.exit(f"Below {LEAST:.0%}, or with fewer than 30 tasks: {', '.join(short)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=CLIENTS, help="one client; may be given several times"
    )
    parser.add_argument(
        "--folder", help="where to install, to be used again (default: a new temporary folder)"
    )
    return parser.parse_args()


def _python_with_clients(folder: Path) -> str:
    environment = folder / "python"
    python = str(environment / "bin" / "python")
    if not environment.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", str(HERE / "requirements.txt")], check=True)
    return python


def _node_with_clients(folder: Path) -> None:
    modules = folder / "node"
    if not (modules / "node_modules").exists():
        modules.mkdir(parents=True, exist_ok=True)
        (modules / "package.json").write_text((HERE / "package.json").read_text("utf-8"), encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=modules, check=True)
    for name in ("here.mjs", "kit.mjs"):
        (modules / name).write_text((HERE / name).read_text("utf-8"), encoding="utf-8")


def _tried(folder: Path, python: str, name: str, script: str) -> list[dict[str, str]]:
    """Go through a client's snippet in CLIENTS.md and its script of tasks, each in a new Workspace."""
    with _checked() as url:
        said = _said(folder, python, script, url, text=(HERE / "tests" / script).read_text("utf-8"))
    lines = [json.loads(line) for line in said.stdout.splitlines() if line.startswith('{"task"')]
    if said.returncode:
        lines.append({"task": "comes to its end", "why": _last_words(said)})
    with _started() as url:
        snippet = _said(folder, python, script, url, text=_snippet(name))
    why = _last_words(snippet) if snippet.returncode else ""
    return [{"task": "runs as CLIENTS.md says", "why": why}, *lines]


@contextmanager
def _checked() -> Iterator[str]:
    """Serve a Workspace whose answers are all held to Google's documents."""
    workspace = Workspace(accept_any_token=True, check_responses=True, clock=Clock())
    workspace.add_user(
        User(email="ada@example.com", name="Ada Byron", is_admin=True, time_zone="Europe/Berlin")
    )
    workspace.add_user(User(email="ben@example.com", name="Ben Okri", time_zone="Europe/London"))
    with serving(Front(workspace)) as url:
        yield url


@contextmanager
def _started() -> Iterator[str]:
    """Start the command as CLIENTS.md says, with its pages, and add Ada."""
    command = [sys.executable, "-m", "workspace_emulator", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            url = process.stdout.readline().split()[-1]
            ada = json.dumps({"email": "ada@example.com", "name": "Ada Byron"}).encode()
            urlopen(Request(f"{url}/local/users", ada, {"Content-Type": "application/json"})).close()
            yield url
        finally:
            process.terminate()


def _said(folder: Path, python: str, script: str, url: str, *, text: str) -> subprocess.CompletedProcess[str]:
    """Run a program of one client on a Workspace."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        environment = kept | {"WORKSPACE": url, "HOME": home, "NO_COLOR": "1"}
        where = folder / "node" if script.endswith(".mjs") else Path(home)
        program = where / script
        program.write_text(text.replace("http://127.0.0.1:8787", url), encoding="utf-8")
        command = ["node", "--import", "./here.mjs", script]
        if script.endswith(".py"):
            environment["PATH"] = f"{Path(python).parent}:{kept.get('PATH', '')}"
            environment["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parent / "src")])
            command = [python, "-P", str(program)]
        return subprocess.run(
            command, env=environment, cwd=where, capture_output=True, text=True, check=False, timeout=300
        )


def _snippet(name: str) -> str:
    page = (HERE.parent / "CLIENTS.md").read_text("utf-8")
    found = re.search(rf"^## {name}\n.*?^```\w+\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert found, f"CLIENTS.md says nothing of {name}."
    return found[1]


def _last_words(said: subprocess.CompletedProcess[str]) -> str:
    return next((line for line in reversed(said.stderr.splitlines()) if line.strip()), "no word")


def _version(folder: Path, name: str) -> str:
    if (folder / "node" / "node_modules" / name / "package.json").exists():
        return str(
            json.loads((folder / "node" / "node_modules" / name / "package.json").read_text("utf-8"))[
                "version"
            ]
        )
    found = re.search(rf"^{name}==(\S+)", (HERE / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "?"


def _print_table(rows: list[tuple[str, str, int, int, list[dict[str, str]]]]) -> None:
    print(f"{'client':<28}{'version':<12}{'works':>6}{'fails':>6}  why")
    for name, version, works, fails, results in rows:
        print(f"{name:<28}{version:<12}{works:>6}{fails:>6}")
        for result in results:
            if result["why"]:
                print(f"{'':<54}{result['task']}: {result['why']}")


if __name__ == "__main__":
    main()
