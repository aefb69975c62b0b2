"""What an entry loads before its first answer, and what it takes from the machine and what not.

How long a start takes is measured by tests/bench/startup.py.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import states
from cast import MONDAY, Cast
from peerpact.demo.company import account_of
from peerpact.google.scopes import CLOUD, SHEETS
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Snapshot, serving

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {
    "a function": "from peerpact.serving import serve; serve('check_roster')",
    "the command line": "from peerpact.cli import main; main(['preview', 'report'], standalone_mode=False)",
}

SLOW = {
    "babel",
    "email_validator",
    "flufl",
    "holidays",
    "jinja2",
    "langcodes",
    "lxml",
    "nameparser",
    "nh3",
    "numpy",
    "scipy",
}
"""Libraries of which a tick with nothing to do needs none."""
OURS = {
    "peerpact.letters",
    "peerpact.google.outbox",
    "peerpact.google.spreadsheets",
    "peerpact.jobs.archive",
    "peerpact.programme.follow_ups.due",
    "peerpact.programme.meetings.slots",
    "peerpact.programme.pairing.matching",
    "peerpact.programme.replies.actions",
    "peerpact.programme.replies.judgement",
    "peerpact.programme.replies.meaning",
    "peerpact.programme.replies.reply",
    "peerpact.tables.layout",
}
"""Rooms in which something is done that such a tick doesn't do."""
DUE = "peerpact.programme.follow_ups.due"
NEEDED = {
    "check_roster": [DUE, "peerpact.jobs.archive"],
    "pair_people": [DUE, "numpy", "scipy", "peerpact.programme.pairing.matching", "peerpact.jobs.archive"],
    "send_follow_ups": [DUE, "holidays", "peerpact.google.outbox", "peerpact.jobs.archive"],
    "collect_replies": ["peerpact.jobs.archive"],
    "report": [DUE, "babel", "jinja2", "peerpact.google.outbox", "peerpact.letters"],
}
"""What a job loads of these all the same: what is over moves to the archive or is not held, days off count, pairs are
looked at once a day, the digest is written once a week, and whoever may hear of a round, or has gone quiet, is known
by the letters that are due.
"""


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


@pytest.fixture(scope="module")
def quiet(_founded: tuple[Cast, Snapshot]) -> Iterator[tuple[Cast, str]]:
    """A small company in which every job has done what there was to do, and where it is served."""
    cast, snapshot = _founded
    cast.company.workspace.store.restore(snapshot)
    cast.go_to(MONDAY)
    cast.bring_to(states.booked)
    for job in (*JOBS, *JOBS):
        cast.run(job)
    with serving(cast.company.front) as url:
        yield cast, url


@pytest.mark.parametrize("job", JOBS)
def test_loads_in_a_quiet_tick_only_what_its_job_needs(
    job: str, quiet: tuple[Cast, str], tmp_path: Path
) -> None:
    """In a process of its own: what is loaded once stays loaded."""
    company, account = quiet[0].company, account_of(job)
    token = company.workspace.identity.issue_refresh_token(account, [SHEETS, CLOUD])
    signed_in = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": token}
    key = tmp_path / "key.json"
    key.write_text(json.dumps(signed_in), encoding="utf-8")
    known = {"PEERPACT_WORKSPACE": quiet[1], "PEERPACT_TIME": quiet[0].clock.now().isoformat()}
    known |= {"GOOGLE_APPLICATION_CREDENTIALS": str(key), **company.config.environment()}
    tick = f"import sys, main\nclass Post: method = 'POST'\nanswer = main.{job}(Post())[0]\n"
    loaded = f"{{*sys.modules}} & {{*{SLOW}, *{OURS}}} - {{*{NEEDED.get(job, [])}}}"
    assert says(f"{tick}print(answer['state'], answer['actions'], sorted({loaded}))", **known) == "done 0 []"


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
