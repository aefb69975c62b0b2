"""How far each account gets: the table of Terraform's map beside what the local Workspace, as Google, lets it do.

Each job's own account tries every delegate and both spreadsheets; what its job needs is let through, all else refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.auth.exceptions import RefreshError

import states
from cast import Cast
from peerpact.demo.company import account_of
from peerpact.errors import PeerpactError
from peerpact.google.access import Access
from peerpact.google.scopes import COMPOSE, DIRECTORY, EVENTS, METADATA, MODIFY, SCOPES
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import InProcessAdapter

INFRA = Path(__file__).resolve().parents[2] / "infra"
MAP: dict[str, dict[str, Any]] = json.loads((INFRA / "jobs.json").read_text(encoding="utf-8"))
DELEGATES: dict[str, list[str]] = json.loads((INFRA / "delegates.json").read_text(encoding="utf-8"))

REACH = {
    "check_roster": ("programme", "directory"),
    "pair_people": ("programme",),
    "book_first_meetings": ("programme", "meetings", "letters"),
    "send_follow_ups": ("programme", "ledger", "letters"),
    "collect_replies": ("programme", "ledger", "replies", "directory"),
    "report": ("programme", "letters"),
}
"""The spreadsheets and delegates that each job's account reaches, and none beside; a delegate's scopes are its own."""

TRIES: dict[str, tuple[str | None, Callable[[Access, Cast], object]]] = {
    "programme": (None, lambda access, _: access.programme.metadata),
    "ledger": (None, lambda access, _: access.ledger.metadata),
    "meetings": (EVENTS, lambda access, cast: access.calendar.ours(cast.clock.now())),
    "letters": (COMPOSE, lambda access, _: access.mailbox.address()),
    "replies": (MODIFY, lambda access, _: access.mailbox.count("peerpact/needs a person")),
    "directory": (DIRECTORY, lambda access, cast: access.directory.addresses_of(cast.company.config.mailbox)),
    "setup": (None, lambda access, cast: access.spreadsheets.editors(cast.company.config.ledger_spreadsheet)),
}


def opened(cast: Cast, account: str, *scopes: str) -> Access:
    """Open what a job's account would, were it told of every delegate."""
    company = cast.company
    credentials = company._credentials(account)
    return Access(
        company.config, scopes=scopes, transport=InProcessAdapter(company.front), credentials=credentials
    )


def is_reached(cast: Cast, job: str, what: str) -> bool:
    scope, look = TRIES[what]
    try:
        look(opened(cast, account_of(job), *([scope] if scope else ())), cast)
    except (PeerpactError, RefreshError):
        return False
    return True


@pytest.mark.parametrize("job", list(JOBS))
def test_lets_each_account_reach_what_its_job_needs_and_nothing_beside(cast: Cast, job: str) -> None:
    assert tuple(what for what in TRIES if is_reached(cast, job, what)) == REACH[job]


def test_tells_the_same_in_terraform_s_map() -> None:
    told = {
        name: (
            "programme",
            *(["ledger"] if it["opens_ledger"] else []),
            *(
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
    assert [job for job, reach in REACH.items() if "replies" in reach] == ["collect_replies"]
    assert {kind: tuple(scopes) for kind, scopes in DELEGATES.items()} == SCOPES


def test_can_neither_search_nor_read_mail_with_what_is_granted_for_letters(cast: Cast) -> None:
    mailbox = opened(cast, account_of("report"), COMPOSE, METADATA).mailbox
    with pytest.raises(PeerpactError):
        mailbox.unread_replies(1)


def test_asks_google_for_nothing_that_a_month_s_work_has_no_use_for(cast: Cast) -> None:
    """What is called as the mailbox, by job, beside what each is granted: each delegate that it may use, it uses."""
    cast.bring_to(states.met)
    used: dict[str, set[str]] = {}
    for name in JOBS:
        cast.company.workspace.calls.clear()
        cast.run(name)
        mailbox = cast.company.config.mailbox
        calls = {c.method_id.split(".")[0] for c in cast.company.workspace.calls if c.user == mailbox}
        used[name] = calls
    uses = {"meetings": {"calendar"}, "letters": {"gmail"}, "replies": {"gmail"}, "directory": {"directory"}}
    for name, reach in REACH.items():
        allowed = set().union(*(uses.get(what, set()) for what in reach))
        assert used[name] <= allowed, name
