"""The day on which the mailbox is lost, as infra/README.md's runbook goes: its Drive to another account, and on."""

from __future__ import annotations

from dataclasses import replace

import pytest

import states
from cast import Cast
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import User

NEXT, CLEO = "mentoring2@example.com", "cleo@example.com"
PERMISSIONS = "https://www.googleapis.com/drive/v3/files/{}/permissions?transferOwnership=true"


@pytest.fixture
def moved(cast: Cast) -> Cast:
    """The company after its first meetings, with the spreadsheets and the configuration of the next mailbox."""
    cast.bring_to(states.met)
    cast.reply(CLEO, "I will read the guide by 16 January 2026.", to="commitment-request")
    cast.run("collect_replies")
    company, config = cast.company, cast.company.config
    company.workspace.add_user(User(email=NEXT, name="Peer mentoring", reads_users=True))
    owner = {"type": "user", "role": "owner", "emailAddress": NEXT}
    for key in (config.programme_spreadsheet, config.ledger_spreadsheet, config.wishes_spreadsheet):
        company.session(config.mailbox).post(PERMISSIONS.format(key), json=owner).raise_for_status()
    return Cast(replace(company, config=replace(config, mailbox=NEXT)))


def mails(cast: Cast) -> dict[str, int]:
    return {u.email: len(cast.mails(u.email, "")) for u in cast.company.workspace.users() if u.email != NEXT}


def test_goes_on_from_another_mailbox_and_writes_nobody_twice(moved: Cast) -> None:
    admin, before = moved.company.admin, mails(moved)
    for name in JOBS:
        moved.run(name)
    assert {who for who, many in mails(moved).items() if many > before[who]} <= {admin}
    moved.wait(days=24)
    for name in JOBS:
        moved.run(name)
    senders = {mail["From"] for mail in moved.mails(CLEO, "")[before[CLEO] :]}
    assert senders
    assert all(NEXT in sender for sender in senders)
