"""``peerpact doctor``: green on a healthy installation; each ailment is found, and its sentence mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cast import Cast
from peerpact.demo.company import DELEGATE, INSTALLER, account_credentials, account_of
from peerpact.doctor import Finding, Installation, examine
from peerpact.google.credentials import DIRECTORY
from peerpact.google.doors import Doors
from peerpact.google.mail import LABELS
from peerpact.jobs.table import JOBS
from workspace_emulator.faults import Effect, Fault
from workspace_emulator.gmail.mailbox import Mailbox
from workspace_emulator.gmail.options import set_mail_options
from workspace_emulator.in_process import InProcessAdapter
from workspace_emulator.workspace import User


def installation(cast: Cast, **changes: Any) -> Installation:
    company = cast.company
    config = replace(company.config, lease_bucket="leases", **changes.pop("config", {}))
    credentials = account_credentials(company.workspace, INSTALLER)

    def open_doors(scopes: Sequence[str]) -> Doors:
        return Doors(
            config, scopes=scopes, transport=InProcessAdapter(company.front), credentials=credentials
        )

    usual: dict[str, Any] = {
        "accounts": tuple(account_of(name) for name in JOBS),
        "ledger_accounts": tuple(account_of(job.name) for job in JOBS.values() if job.opens_ledger),
        "clock": cast.clock.now,
        "pause": lambda seconds: cast.wait(seconds=seconds),
    }
    return Installation(config=config, open_doors=open_doors, **{**usual, **changes})


def ailments(cast: Cast, **changes: Any) -> dict[str, str]:
    open_doors = installation(cast).open_doors
    open_doors(["https://www.googleapis.com/auth/gmail.modify"]).mailbox.make_labels()
    return told(examine(installation(cast, **changes)))


def told(findings: Any) -> dict[str, str]:
    return {f.check: f.words for f in findings if not f.is_good}


def refuse(method: str, status: int) -> Callable[[Cast], object]:
    fault = Fault(effect=Effect.REFUSE, method=method, status=status, reason="forbidden")
    return lambda cast: cast.company.workspace.faults.add(fault)


def test_finds_nothing_wrong_with_a_healthy_installation(cast: Cast) -> None:
    installation(cast).open_doors(["https://www.googleapis.com/auth/gmail.modify"]).mailbox.make_labels()
    findings = list(examine(installation(cast)))
    assert [f for f in findings if not f.is_good] == []
    assert Finding(check="own header", is_good=True, words="X-Peerpact is kept.") in findings
    assert len(findings) == 24


def test_leaves_nothing_behind_that_people_or_jobs_see(cast: Cast) -> None:
    before = cast.preview("book_first_meetings")
    assert ailments(cast) == {}
    assert cast.mails(cast.company.config.mailbox) == []
    assert [e["status"] for e in cast.events(cast.company.config.mailbox)] == ["cancelled"]
    assert cast.preview("book_first_meetings") == before
    assert all(not cast.mails(person, "in:anywhere") for person in ("ada@example.com", "ben@example.com"))


def test_stops_when_nobody_lets_it_into_the_mailbox(cast: Cast) -> None:
    cast.company.workspace.identity.revoke(DELEGATE)
    findings = list(examine(installation(cast)))
    assert [f.check for f in findings] == ["credentials"]
    assert "the Admin console must list the delegate's client id" in findings[0].words


def test_stops_when_it_would_act_as_somebody_else(cast: Cast) -> None:
    cast.company.workspace.add_user(
        User(email="new@example.com", name="New name", aliases=("old@example.com",))
    )
    findings = list(examine(installation(cast, config={"mailbox": "old@example.com"})))
    assert [f.check for f in findings] == ["credentials", "who we act as"]
    assert "We act as new@example.com, not as old@example.com. Nothing else was tried." in findings[1].words


def test_finds_a_clock_that_is_wrong(cast: Cast) -> None:
    found = ailments(cast, clock=lambda: cast.clock.now() + timedelta(minutes=5))
    assert "are 300 seconds apart" in found["clock"]


@pytest.mark.parametrize(
    "scope", ["calendar.events.owned", "calendar.freebusy", "gmail.compose", "gmail.metadata"]
)
def test_finds_a_scope_that_is_not_granted_and_names_the_jobs(cast: Cast, scope: str) -> None:
    identity = cast.company.workspace.identity
    mine = f"https://www.googleapis.com/auth/{scope}"
    jobs = {s for job in JOBS.values() for s in (*job.mailbox_scopes, DIRECTORY)}
    more = {f"https://www.googleapis.com/auth/{s}" for s in ("spreadsheets", "drive.file")}
    ailments(cast)
    identity.authorise_delegation(DELEGATE, (jobs | more) - {mine})
    found = told(examine(installation(cast)))[f"scope {scope}"]
    assert found.startswith(f"{mine} is not granted; ")
    assert "book_first_meetings" in found


def test_takes_a_directory_that_may_not_be_asked_as_green(cast: Cast) -> None:
    ailments(cast)
    refuse("directory.*", 403)(cast)
    findings = {f.check: f for f in examine(installation(cast))}
    found = findings["scope admin.directory.user.readonly"]
    assert found.is_good


def test_finds_a_spreadsheet_that_can_t_be_opened(cast: Cast) -> None:
    found = ailments(cast, config={"ledger_spreadsheet": "nowhere"})
    assert "can't open the ledger (id nowhere)" in found["ledger spreadsheet"]


def test_finds_an_older_spreadsheet(cast: Cast) -> None:
    cast.company.sheet(cast.company.config.mailbox).worksheet("Roster").delete_columns(9)
    assert "Run “peerpact init”, which brought “Roster” up to date" in ailments(cast)["programme spreadsheet"]


def test_finds_a_job_that_a_spreadsheet_is_not_shared_with(cast: Cast) -> None:
    found = ailments(cast, accounts=("new-job@peerpact-local.iam.gserviceaccount.com",))
    assert "is not shared with new-job@peerpact-local" in found["programme shared"]


def test_finds_a_stranger_in_the_ledger(cast: Cast) -> None:
    config = cast.company.config
    url = f"https://www.googleapis.com/drive/v3/files/{config.ledger_spreadsheet}/permissions"
    body = {"type": "user", "role": "reader", "emailAddress": "ada@example.com"}
    cast.company.session(config.mailbox).post(url, json=body).raise_for_status()
    assert "The ledger is shared with ada@example.com, who can read" in ailments(cast)["ledger shared"]


def test_finds_sheets_that_answer_a_repeated_batch_otherwise(cast: Cast) -> None:
    refuse("sheets.spreadsheets.batchUpdate", 409)(cast)
    assert "one atomic batch" in ailments(cast)


@pytest.mark.parametrize(
    ("method", "check", "words"),
    [
        ("calendar.events.insert", "calendar", "can't write to its own calendar"),
        ("storage.objects.insert", "lease bucket", "The bucket leases can't be written to"),
    ],
)
def test_finds_what_can_t_be_written(cast: Cast, method: str, check: str, words: str) -> None:
    refuse(method, 403)(cast)
    assert words in ailments(cast)[check]


def test_finds_people_whose_free_busy_can_t_be_read(cast: Cast) -> None:
    cast.enter("Roster", "B2", "a.nobody@example.com")
    found = ailments(cast)["free/busy"]
    assert "(a.nobody@example.com)" in found
    assert "Check the addresses on Roster" in found


def test_finds_missing_labels(cast: Cast) -> None:
    assert told(examine(installation(cast)))["labels"].startswith(
        f"The mailbox lacks the labels {', '.join(LABELS)}"
    )


def test_finds_that_a_day_s_letters_are_used_up(cast: Cast) -> None:
    mailbox = Mailbox(cast.company.workspace, cast.company.config.mailbox)
    for number in range(1995):
        mailbox.add(f"To: ada@example.com\r\nSubject: {number}\r\n\r\nHello\r\n".encode(), ["SENT"])
    assert "sent 1995 mails within a day" in ailments(cast)["quota"]


def test_finds_that_plus_addresses_don_t_arrive(cast: Cast) -> None:
    set_mail_options(cast.company.workspace, delivers_plus_addresses=False)
    found = ailments(cast)["letter to itself"]
    assert "@example.com did not arrive within a minute" in found


def test_finds_that_headers_are_taken_away(cast: Cast) -> None:
    set_mail_options(cast.company.workspace, keeps_own_headers=False)
    assert "Gmail took away the header X-Peerpact" in ailments(cast)["own header"]


def test_says_what_gmail_makes_of_message_id_and_authentication_results(cast: Cast) -> None:
    ailments(cast)
    set_mail_options(cast.company.workspace, replaces_message_id=True)
    findings = {f.check: f for f in examine(installation(cast))}
    assert findings["Message-ID"].words.startswith("replaced by Gmail")
    assert findings["Authentication-Results"].is_good


def test_finds_a_draft_that_is_sent_twice(cast: Cast) -> None:
    kept: list[Any] = []
    faults = cast.company.workspace.faults
    faults.add(
        Fault(method="gmail.users.drafts.send", call=1, before=lambda w: kept.append(w.store.snapshot()))
    )
    faults.add(Fault(method="gmail.users.drafts.send", call=2, before=lambda w: w.store.restore(kept[0])))
    assert "Gmail sent one draft twice" in ailments(cast)["a draft is sent once"]


def test_finds_a_domain_that_gmail_does_not_vouch_for(cast: Cast) -> None:
    def forge(_: object) -> None:
        mailbox = Mailbox(cast.company.workspace, cast.company.config.mailbox)
        for found in list(mailbox.messages):
            mailbox.add(
                b"Authentication-Results: mx.google.com; dmarc=fail header.from=example.com\r\n"
                + mailbox.raw(found),
                ["INBOX"],
            )

    cast.company.workspace.faults.add(Fault(method="gmail.users.drafts.send", call=2, after=forge))
    assert "Gmail does not vouch for mail of your own domain" in ailments(cast)["Authentication-Results"]
