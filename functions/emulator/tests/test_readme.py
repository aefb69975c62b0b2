"""The README's examples run as they are written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest

from workspace_emulator.__main__ import main

README = Path(__file__).resolve().parents[1] / "README.md"


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
    assert "3 passed" in answer.stdout, answer.stdout + answer.stderr


def test_goes_by_the_pinned_time_zones_whatever_the_machine_has() -> None:
    before = zoneinfo.TZPATH
    try:
        with pytest.raises(SystemExit):
            main(["--help"])
        assert zoneinfo.TZPATH == ()
    finally:
        zoneinfo.reset_tzpath(to=before)
