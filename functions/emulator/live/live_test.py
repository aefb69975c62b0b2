"""Play the checks on a staging domain of Google's and here, and print what differed: ``make live-test``.

    WORKSPACE_LIVE_KEY     the file with a service account's key that may act for the domain's people (all of SCOPES)
    WORKSPACE_LIVE_PEOPLE  two addresses of that domain, ``ada@staging.example,ben@staging.example``, Ada an admin
    WORKSPACE_LIVE_ADDRESS where to ask instead of Google: a local Workspace, to rehearse

Without the first two nothing is asked of anybody. All that is made bears a mark, and is taken away again.
Exit status 1 when something differed or failed.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account

from checks import CHECKS, Check
from stage import NotTried, Stage
from sweeping import sweep
from workspace_emulator import Clock, Front, User, Workspace, session_for
from workspace_emulator.gmail.drafts import send_draft_by_hand
from workspace_emulator.redirected import redirected

SKIPPED = (
    "Skipped: live-test asks a staging domain of Google's, and for that WORKSPACE_LIVE_KEY (a service account's key "
    "file) and WORKSPACE_LIVE_PEOPLE (two addresses, the first an admin's) must be set."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of one check: what was seen, or why nothing was."""

    what: object = None
    failed: str = ""
    left_out: str = ""

    def __str__(self) -> str:
        return self.failed or (f"not tried: {self.left_out}" if self.left_out else str(self.what))


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", help="checks whose sentence has this in it")
    wanted = [c for c in CHECKS if parser.parse_args(arguments).only in c.name]
    key, people = environment.get("WORKSPACE_LIVE_KEY"), environment.get("WORKSPACE_LIVE_PEOPLE", "")
    if not key or "," not in people:
        print(SKIPPED)
        return 0
    address = environment.get("WORKSPACE_LIVE_ADDRESS", "")
    led: AbstractContextManager[None] = redirected(address) if address else nullcontext()
    with led:
        there = played(google_stage(key, people, patience=0 if address else 60), wanted)
    return shown(wanted, played(local_stage(), wanted), there)


def local_stage(workspace: Workspace | None = None) -> Stage:
    """Set the stage on a local Workspace in this process."""
    workspace = workspace or company()
    front = Front(workspace)
    return Stage(
        ada="ada@example.com",
        ben="ben@example.com",
        run=secrets.token_hex(3),
        now=workspace.clock.now(),
        sessions=lambda person, scopes: session_for(front, person, scopes),
        send_by_hand=lambda draft, _: _sent_by_hand(workspace, draft),
    )


def company() -> Workspace:
    """Return a Workspace with the two people that the checks need."""
    made = Workspace(clock=Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)), check_responses=True)
    made.add_user(User(email="ada@example.com", name="Ada Byron", is_admin=True))
    made.add_user(User(email="ben@example.com", name="Ben Okri"))
    return made


def _sent_by_hand(workspace: Workspace, draft: str) -> None:
    send_draft_by_hand(workspace, "ada@example.com", draft)
    workspace.store.flush()


def google_stage(key: str, people: str, *, patience: int) -> Stage:
    """Set the stage on the domain that a key may act for."""
    ada, ben = (person.strip().lower() for person in people.split(",")[:2])
    credentials = service_account.Credentials.from_service_account_file(key)
    known: dict[tuple[str, ...], requests.Session] = {}

    def session(person: str, scopes: Sequence[str]) -> requests.Session:
        if (person, *scopes) not in known:
            acting = credentials.with_subject(person).with_scopes(scopes)
            known[person, *scopes] = AuthorizedSession(acting)
        return known[person, *scopes]

    return Stage(
        ada=ada,
        ben=ben,
        run=secrets.token_hex(3),
        now=datetime.now(UTC),
        sessions=session,
        send_by_hand=_asked_to_send,
        patience=patience,
    )


def _asked_to_send(_: str, title: str) -> None:
    """Have whoever sits here send a draft in Gmail itself, as no API can."""
    if not sys.stdin.isatty():
        raise NotTried("somebody must send a draft by hand, and nobody sits here")
    input(f"Please send the draft “{title}” in Gmail, as the first person, and press Enter. ")


def played(stage: Stage, checks: Sequence[Check]) -> list[Seen]:
    """Play the checks, one after the other, whatever becomes of each; leave nothing behind."""
    sweep(stage)
    try:
        return [_seen(stage, check) for check in checks]
    finally:
        time.sleep(stage.patience)  # until searches find the newest, too
        sweep(stage)


def _seen(stage: Stage, check: Check) -> Seen:
    try:
        return Seen(what=check.ask(stage))
    except NotTried as reason:
        return Seen(left_out=str(reason))
    except Exception as error:  # one check that fails is a row of the table
        return Seen(failed=f"{type(error).__name__}: {' '.join(str(error).split())[:120]}")


def shown(checks: Sequence[Check], here: Sequence[Seen], there: Sequence[Seen]) -> int:
    """Print what differed and what wasn't tried; return the exit status."""
    rows = list(zip(checks, here, there, strict=True))
    differ = [r for r in rows if not r[2].left_out and (r[2].failed or r[1].what != r[2].what)]
    for check, ours, theirs in differ:
        print(f"{check.name} ({check.mark})\n    here   {ours}\n    Google {theirs}")
    left_out = [(check, theirs) for check, _, theirs in rows if theirs.left_out]
    for check, theirs in left_out:
        print(f"{check.name} ({check.mark})\n    {theirs}")
    print(f"{len(rows) - len(left_out)} of {len(rows)} checks tried, {len(differ)} differed.")
    return bool(differ)


if __name__ == "__main__":
    sys.exit(main())
