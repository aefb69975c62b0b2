"""The README's examples run as they are written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest

from workspace_emulator import Front
from workspace_emulator.__main__ import main
from workspace_emulator.control import HANDLERS
from workspace_emulator.core.wire import Request

README = Path(__file__).resolve().parents[1] / "README.md"
CLIENTS = README.with_name("CLIENTS.md")
OWN_PATH = re.compile(r"^\| `(GET|POST|DELETE) /local/([\w-]+)` \| (.*?) \|", re.MULTILINE)


def test_gives_tests_their_workspace_as_the_readme_says(tmp_path: Path) -> None:
    (examples,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    (tmp_path / "test_examples.py").write_text(examples, encoding="utf-8")
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "workspace_emulator.pytest_plugin",
        "-p",
        "no:cacheprovider",
    ]
    answer = subprocess.run(
        [*command, str(tmp_path)], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "4 passed" in answer.stdout, answer.stdout + answer.stderr


def test_names_every_path_of_its_own() -> None:
    named = {(method, path) for method, path, _ in OWN_PATH.findall(CLIENTS.read_text("utf-8"))}
    assert named == set(HANDLERS)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (path, body)
        for method, path, cell in OWN_PATH.findall(CLIENTS.read_text("utf-8"))
        if method == "POST" and path not in {"restore", "notices"}
        for body in re.findall(r"`(\{.*?\})`", cell) or ["{}"]
    ],
)
def test_takes_the_bodies_that_the_page_names(front: Front, path: str, body: str) -> None:
    scopes = body.replace('["..."]', '["https://www.googleapis.com/auth/drive"]')
    request = Request(
        method="POST",
        target=f"/local/{path}",
        headers={"Content-Type": "application/json"},
        body=scopes.replace("ben@", "eve@").encode(),
    )
    assert front.answer(request).status == 200


def test_says_what_is_missing_in_a_call_to_a_path_of_its_own(front: Front) -> None:
    said = front.answer(Request(method="POST", target="/local/notices")).json["error"]["message"]
    assert said == "POST /local/notices: 'user' is missing, or nothing here has that name."


def test_goes_by_the_pinned_time_zones_whatever_the_machine_has() -> None:
    before = zoneinfo.TZPATH
    try:
        with pytest.raises(SystemExit):
            main(["--help"])
        assert zoneinfo.TZPATH == ()
    finally:
        zoneinfo.reset_tzpath(to=before)
