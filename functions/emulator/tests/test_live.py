"""The checks of ``make live-test``, played here; and its command, rehearsed on a served Workspace in Google's place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import requests

from checks import CHECKS, Check
from live_test import SKIPPED, company, local_stage, main
from stage import MARK, SCOPES, Stage
from workspace_emulator import Front, Workspace, serving
from workspace_emulator.calendar.options import CalendarOptions, set_calendar_options
from workspace_emulator.gmail.options import MailOptions, set_mail_options

ROBOT = "robot@staging.iam.gserviceaccount.com"
EVERYTHING = [
    *SCOPES,
    "https://www.googleapis.com/auth/gmail.metadata",
    "https://www.googleapis.com/auth/calendar.readonly",
    "https://www.googleapis.com/auth/drive.file",
]
OTHER_WAYS = {
    "replaces_message_id": True,
    "vouches_for_internal_mail": False,
    "delivers_plus_addresses": False,
    "keeps_own_headers": False,
    "makes_meet_links": False,
    "has_working_locations": False,
    "resets_unstated_answers": False,
}
MAIL = MailOptions.__dataclass_fields__


@pytest.fixture(scope="module")
def stage() -> Stage:
    return local_stage()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_has_it_here_as_it_is_believed_of_google(stage: Stage, check: Check) -> None:
    assert check.ask(stage) == check.expected


def test_tries_every_option() -> None:
    tried = {check.mark.removeprefix("option ") for check in CHECKS if check.mark.startswith("option ")}
    assert tried == {*CalendarOptions.__dataclass_fields__, *MailOptions.__dataclass_fields__}


def test_asks_nobody_without_credentials(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], {}) == 0
    assert capsys.readouterr().out == f"{SKIPPED}\n"


def rehearsed(workspace: Workspace, folder: Path) -> int:
    workspace.identity.authorise_delegation(ROBOT, EVERYTHING)
    with serving(Front(workspace)) as url:
        made = requests.post(f"{url}/local/service-accounts", json={"email": ROBOT}, timeout=9).json()
        (folder / "key.json").write_text(json.dumps(made), encoding="utf-8")
        environment = {
            "WORKSPACE_LIVE_KEY": str(folder / "key.json"),
            "WORKSPACE_LIVE_PEOPLE": "ada@example.com, ben@example.com",
            "WORKSPACE_LIVE_ADDRESS": url,
        }
        return main([], environment)


def test_names_each_way_in_which_google_differs_and_no_other_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staging = company()
    staging.clock.run()
    set_mail_options(staging, **{name: there for name, there in OTHER_WAYS.items() if name in MAIL})
    set_calendar_options(staging, **{name: there for name, there in OTHER_WAYS.items() if name not in MAIL})
    assert rehearsed(staging, tmp_path) == 1
    said = capsys.readouterr().out
    named = [line.partition("(option ")[2].rstrip(")") for line in said.splitlines() if "(option " in line]
    assert set(named) == {*OTHER_WAYS, "answers_that_a_draft_was_sent", "working_locations_are_busy"}
    tried = f"{len(CHECKS) - 3} of {len(CHECKS)} checks tried, {len(OTHER_WAYS)} differed.\n"
    assert said.endswith(tried), said
    kept = staging.store.snapshot().collections
    marked = [(name, d) for name, documents in kept.items() for d in documents.values() if MARK in str(d)]
    assert [name for name, document in marked if document.get("status") != "cancelled"] == []
