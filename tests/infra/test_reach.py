"""How far each account gets: the table of (account, spreadsheet, delegate, scope) beside what the local Workspace, as
Google, lets it do, what Terraform's map says and what the jobs call.

Each job's own account tries every delegate and all three spreadsheets; what its job needs is let through, all else
refused.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from gspread.http_client import HTTPClient

import states
from cast import Cast
from peerpact.demo.company import account_of
from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.credentials import mailbox_credentials
from peerpact.google.scopes import COMPOSE, METADATA, MODIFY, SCOPES
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import InProcessAdapter
from workspace_emulator.core.discovery import method as method_of

INFRA = Path(__file__).resolve().parents[2] / "infra"
MAP: dict[str, dict[str, Any]] = json.loads((INFRA / "jobs.json").read_text(encoding="utf-8"))
DELEGATES: dict[str, list[str]] = json.loads((INFRA / "delegates.json").read_text(encoding="utf-8"))

EDITS, READS = "edits", "reads"
REACH: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "check_roster": ({"programme": EDITS}, ("directory",)),
    "pair_people": ({"programme": EDITS, "wishes": READS}, ()),
    "book_first_meetings": ({"programme": EDITS}, ("meetings", "availability", "letters")),
    "send_follow_ups": ({"programme": EDITS, "ledger": EDITS, "wishes": READS}, ("availability", "letters")),
    "collect_replies": (
        {"programme": EDITS, "ledger": EDITS, "wishes": EDITS},
        ("replies", "directory"),
    ),
    "report": ({"programme": EDITS}, ("letters",)),
}
"""How each job's account reaches which spreadsheet, and the delegates it may sign as; nothing beside. A delegate's
scopes are its own."""
SPREADSHEETS = ("programme", "ledger", "wishes")


def key_of(cast: Cast, spreadsheet: str) -> str:
    return str(getattr(cast.company.config, f"{spreadsheet}_spreadsheet"))


def opened(cast: Cast, account: str, *scopes: str) -> Access:
    """Open what a job's account would, were it told of every delegate."""
    company = cast.company
    credentials = company._credentials(account)
    return Access(
        company.config, scopes=scopes, transport=InProcessAdapter(company.front), credentials=credentials
    )


def reach_of(cast: Cast, account: str, spreadsheet: str) -> str:
    """Return what an account may do with a spreadsheet: it looks, and it tries to write nothing into no cell."""
    client = HTTPClient(None, opened(cast, account)._as_runtime)  # type: ignore[arg-type]
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{key_of(cast, spreadsheet)}"
    try:
        client.request("get", url, params={"fields": "spreadsheetId"})
    except PeerpactError:
        return ""
    try:
        client.request("post", f"{url}/values:batchUpdate", json={"valueInputOption": "RAW", "data": []})
    except PeerpactError:
        return READS
    return EDITS


def may_sign(cast: Cast, account: str, kind: str, scope: str) -> bool:
    """Tell whether an account gets a token as the mailbox, through one delegate for one scope."""
    company = cast.company
    credentials = mailbox_credentials(company.config, company._credentials(account), kind, [scope])
    plain = requests.Session()
    plain.mount("https://", InProcessAdapter(company.front))
    try:
        credentials.refresh(Request(plain))
    except GoogleAuthError:
        return False
    return True


@pytest.mark.parametrize("job", list(JOBS))
def test_lets_each_account_reach_what_its_job_needs_and_nothing_beside(cast: Cast, job: str) -> None:
    account = account_of(job)
    sheets = {name: how for name in SPREADSHEETS if (how := reach_of(cast, account, name))}
    kinds = tuple(kind for kind, scopes in SCOPES.items() if may_sign(cast, account, kind, scopes[0]))
    assert (sheets, kinds) == REACH[job]


def test_lets_each_delegate_get_its_own_scopes_and_no_other(cast: Cast) -> None:
    signs = {
        kind: next(job for job in JOBS.values() if kind in job.delegates)
        for kind in DELEGATES
        if kind != "setup"
    }
    got = {
        kind: {
            scope
            for scopes in SCOPES.values()
            for scope in scopes
            if may_sign(cast, account_of(job.name), kind, scope)
        }
        for kind, job in signs.items()
    }
    assert got == {kind: {*SCOPES[kind]} for kind in signs}


def test_tells_the_same_in_terraform_s_map() -> None:
    wishes = {"reads": {"wishes": READS}, "writes": {"wishes": EDITS}, "": {}}
    told = {
        name: (
            {
                "programme": EDITS,
                **({"ledger": EDITS} if it["opens_ledger"] else {}),
                **wishes[it["opens_wishes"]],
            },
            tuple(
                kind
                for kind, has in DELEGATES.items()
                if {*it["mailbox_scopes"], *it["optional_scopes"]} & {*has}
            ),
        )
        for name, it in MAP.items()
    }
    assert told == REACH


def test_grants_no_scope_twice_and_reading_mail_to_one_delegate_alone() -> None:
    every = [scope for scopes in DELEGATES.values() for scope in scopes]
    assert len(every) == len(set(every))
    assert [kind for kind, scopes in DELEGATES.items() if MODIFY in scopes] == ["replies"]
    assert [job for job, (_, kinds) in REACH.items() if "replies" in kinds] == ["collect_replies"]
    assert {kind: tuple(scopes) for kind, scopes in DELEGATES.items()} == SCOPES


def test_can_neither_search_nor_read_mail_with_what_is_granted_for_letters(cast: Cast) -> None:
    mailbox = opened(cast, account_of("report"), COMPOSE, METADATA).mailbox
    with pytest.raises(PeerpactError):
        mailbox.unread_replies(1)


def test_calls_with_each_scope_that_a_job_is_granted_and_needs_no_other(cast: Cast) -> None:
    """What is called as the mailbox until the first promise is read, by job, beside what each is granted."""
    cast.bring_to(states.approved)
    called: dict[str, set[str]] = {name: set() for name in JOBS}

    def run(*names: str) -> None:
        for name in names:
            cast.company.workspace.calls.clear()
            cast.run(name)
            calls = cast.company.workspace.calls
            called[name] |= {c.method_id for c in calls if c.user == cast.company.config.mailbox}

    run("book_first_meetings", "report")
    cast.wait(days=14)
    run("pair_people", "book_first_meetings", "send_follow_ups")
    cast.enter("Roster", "B3", "ben.berg@example.com")
    cast.reply("ben@example.com", "I will read the guide.", to="commitment-request")
    run("collect_replies", "check_roster")
    for name, job in JOBS.items():
        granted = {*job.mailbox_scopes, *job.optional_scopes}
        ways = [granted & method_of(method).scopes for method in called[name]]
        assert all(ways), name
        assert {scope for way in ways if len(way) == 1 for scope in way} == granted, name
