"""What an entry loads before its first answer, and what it takes from the machine and what not.

How long a start takes is measured by tests/bench/startup.py.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {
    "a function": "from peerpact.serving import serve; serve('check_roster')",
    "the command line": "from peerpact.cli import main; main(['preview', 'report'], standalone_mode=False)",
}


def says(code: str, **more: str) -> str:
    """Run a line of Python in a fresh process beside the code, and return its last line."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PEERPACT_")}
    environment |= {"PYTHONPATH": str(ROOT / "functions"), **more}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return answer.stdout.splitlines()[-1]


def test_imports_none_of_google_s_libraries_with_main() -> None:
    slow = ("gspread", "googleapiclient", "google.auth", "httplib2", "numpy", "requests")
    assert says(f"import sys, main; print([m for m in {slow} if m in sys.modules])") == "[]"


def test_loads_for_one_job_what_that_job_needs() -> None:
    loaded = "print([m for m in ('numpy', 'scipy', 'rustworkx') if m in sys.modules])"
    load = "import sys; from peerpact.serving import JOBS; JOBS['collect_replies'].steps"
    assert says(f"{load}; {loaded}") == "[]"


def test_replaces_nobody_s_module_and_stops_no_collector() -> None:
    never = re.compile(r"sys\.modules|\bgc\.")
    sources = [*(ROOT / "functions").rglob("*.py")]
    assert [str(p) for p in sources if never.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_looks_time_zones_up_in_the_pinned_wheel(entry: str, tmp_path: Path) -> None:
    old = tmp_path / "America" / "Vancouver"
    old.parent.mkdir()
    old.write_bytes(files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes())
    run = f"try:\n    {ENTRIES[entry]}\nexcept SystemExit:\n    pass\n"
    ask = "from datetime import *; from zoneinfo import ZoneInfo as Z\n"
    ask += "print(datetime(2020, 1, 5, tzinfo=Z('America/Vancouver')).utcoffset() // timedelta(hours=1))"
    assert says(ask, PYTHONTZPATH=str(tmp_path)) == "9"
    assert says(run + ask, PYTHONTZPATH=str(tmp_path)) == "-8"
