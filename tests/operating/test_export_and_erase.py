"""``peerpact export`` and ``peerpact erase``, from the command line and over HTTP, after half a month."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import gspread
import pytest
from click.testing import CliRunner, Result

from cast import EVENTS, MONDAY, Cast
from peerpact.cli import main
from peerpact.demo.company import INSTALLER
from peerpact.google.scopes import SCOPES
from peerpact.tables.archive import ARCHIVE
from workspace_emulator import Effect, Fault, serving

PROMISE = "I will read one book about listening by the end of the month."
SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"


def peerpact(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def ben_promised(cast: Cast) -> None:
    cast.run("pair_people")
    cast.go_to(MONDAY + timedelta(days=3))
    cast.run("pair_people")
    cast.go_to(MONDAY + timedelta(days=3, hours=3))
    cast.run("book_first_meetings")
    cast.go_to(MONDAY + timedelta(days=21, hours=3))
    cast.run("send_follow_ups")
    cast.reply("ben@example.com", PROMISE, to="commitment")
    cast.run("collect_replies")
    cast.go_to(MONDAY + timedelta(days=3, hours=4))


@pytest.fixture
def leaver(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A company with meetings, letters and a promise, which somebody at a laptop is about to leave."""
    config = cast.company.config
    cast.bring_to(ben_promised)
    key = tmp_path / "key.json"
    info = cast.company.workspace.identity.service_account_info(INSTALLER)
    key.write_text(json.dumps(info), encoding="utf-8")
    with serving(cast.company.front) as url:
        for name, value in {
            "GOOGLE_APPLICATION_CREDENTIALS": str(key),
            "PEERPACT_WORKSPACE": url,
            "PEERPACT_TIME": cast.clock.now().isoformat(),
            **replace(config, **{f"{kind}_delegate": "" for kind in SCOPES if kind != "setup"}).environment(),
        }.items():
            monkeypatch.setenv(name, value)
        yield cast


def everything_in(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))


def test_exports_everything_but_what_people_promised(leaver: Cast, tmp_path: Path) -> None:
    [invited, *_] = [e for e in leaver.events("ben@example.com") if e.get("attendees")]
    guests = [g | {"comment": "I read one book about listening"} for g in invited["attendees"]]
    url, session = f"{EVENTS}/{invited['id']}", leaver.company.session("ben@example.com")
    session.patch(url, json={"attendees": guests}).raise_for_status()
    leaver.writes()
    exported = peerpact("export", str(tmp_path / "out"))
    assert exported.exit_code == 0, exported.output
    assert leaver.writes() == 0
    assert "one book about listening" not in everything_in(tmp_path / "out")
    roster = (tmp_path / "out" / "programme" / "Roster.csv").read_text(encoding="utf-8")
    assert all(row["E-mail"] in roster for row in leaver.tab("Roster"))
    assert "(withheld)" in (tmp_path / "out" / "ledger" / "Commitments.csv").read_text(encoding="utf-8")
    with (tmp_path / "out" / "ledger" / "Letters.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row[column] for row in rows for column in ("Answered", "About")} == {"(withheld)"}
    meetings = json.loads((tmp_path / "out" / "meetings.json").read_text(encoding="utf-8"))
    assert len(meetings) == len(leaver.events(leaver.company.config.mailbox)) > 0
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "out").rglob("*.*")} == {0}


def test_exports_what_people_promised_when_asked_and_writes_over_nothing(
    leaver: Cast, tmp_path: Path
) -> None:
    assert peerpact("export", str(tmp_path / "out"), "--texts").exit_code == 0
    assert PROMISE in everything_in(tmp_path / "out")
    again = peerpact("export", str(tmp_path / "out"))
    assert again.exit_code == 1
    assert "is not empty" in again.output
    assert leaver.tab("Roster")


def test_says_which_rows_of_an_archive_nobody_can_read_and_withholds_what_is_in_them(
    leaver: Cast, tmp_path: Path
) -> None:
    config = leaver.company.config
    client = gspread.Client(auth=None, session=leaver.company.session(config.mailbox))  # type: ignore[arg-type]
    ledger = client.open_by_key(config.ledger_spreadsheet)
    ledger.worksheet(ARCHIVE).update([["r1-x", 46_000, 1, "", "", "x[read a book]"]], "A2")
    exported = peerpact("export", str(tmp_path / "out"))
    assert exported.exit_code == 0, exported.output
    assert "1 row of an archive can't be read" in " ".join(exported.output.split())
    file = tmp_path / "out" / "ledger" / f"{ARCHIVE}.csv"
    assert file.read_text(encoding="utf-8").splitlines()[1:] == [
        "r1-x,2025-12-09 00:00,1,,(withheld),(withheld)"
    ]


def test_erases_nothing_unless_told_to(leaver: Cast) -> None:
    leaver.writes()
    plan = peerpact("erase", "--cancel-meetings")
    assert plan.exit_code == 0, plan.output
    assert "1 ledger to delete for good, with everything that was promised" in plan.output
    assert plan.output.endswith("Nothing was done. Add --apply to do it.\n")
    assert "listening" not in plan.output
    assert leaver.writes() == 0


def test_erases_everything_and_leaves_meetings_to_the_people(leaver: Cast) -> None:
    config = leaver.company.config
    assert peerpact("erase", "--apply").exit_code == 0
    assert leaver.mails(config.mailbox, "in:sent") == []
    assert not [m for m in leaver.mails(config.mailbox) if m["X-Peerpact"]]
    session = leaver.company.session(config.mailbox)
    assert session.get(f"{SHEETS}/{config.ledger_spreadsheet}").status_code == 404
    assert {e["status"] for e in leaver.events(config.mailbox)} == {"confirmed"}
    leaver.writes()
    again = peerpact("erase", "--apply")
    assert (again.exit_code, leaver.writes()) == (0, 0), again.output
    assert again.stdout.endswith("Nothing is left to erase.\n")


def test_cancels_meetings_ahead_when_told_to(leaver: Cast) -> None:
    assert peerpact("erase", "--apply", "--cancel-meetings").exit_code == 0
    assert {e["status"] for e in leaver.events(leaver.company.config.mailbox)} == {"cancelled"}


def test_finishes_an_erasure_that_died(leaver: Cast) -> None:
    faults = leaver.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, method="drive.files.delete", status=403, reason="forbidden"))
    assert peerpact("erase", "--apply").exit_code == 1
    faults.clear()
    rest = peerpact("erase", "--apply")
    assert rest.output.count("\n  ") + 1 == 3
    assert rest.exit_code == 0
