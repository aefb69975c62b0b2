"""What ails an installation, and the check of the doctor's that finds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cast import EVENTS, Cast
from peerpact.demo.company import DELEGATES, INSTALLER, account_credentials, account_of
from peerpact.google.access import Access
from peerpact.google.mail import LABELS
from peerpact.google.scopes import COMPOSE, FREE_BUSY, METADATA, SCOPES
from peerpact.google.scopes import EVENTS as EVENTS_SCOPE
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.doctor import Examination
from workspace_emulator import Effect, Fault, InProcessAdapter, User, Workspace
from workspace_emulator.calendar.options import set_calendar_options
from workspace_emulator.gmail.mailbox import Mailbox
from workspace_emulator.gmail.options import set_mail_options

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
Changes = Mapping[str, Any] | None
Ill = Callable[[Cast], Changes]


def installation(cast: Cast, **changes: Any) -> Examination:
    company = cast.company
    only_setup = {f"{kind}_delegate": "" for kind in SCOPES if kind != "setup"}
    config = replace(company.config, **({"lease_bucket": "leases"} | only_setup | changes.pop("config", {})))
    credentials = account_credentials(company.workspace, INSTALLER)

    def open_access(scopes: Sequence[str]) -> Access:
        return Access(
            config, scopes=scopes, transport=InProcessAdapter(company.front), credentials=credentials
        )

    usual: dict[str, Any] = {
        "accounts": tuple(account_of(name) for name in JOBS),
        "ledger_accounts": tuple(account_of(job.name) for job in JOBS.values() if job.opens_ledger),
        "wishes_accounts": tuple(account_of(j.name) for j in JOBS.values() if j.opens_wishes == "writes"),
        "wishes_readers": tuple(account_of(j.name) for j in JOBS.values() if j.opens_wishes == "reads"),
        "clock": cast.clock.now,
        "pause": lambda seconds: cast.wait(seconds=seconds),
    }
    return Examination(config=config, open_access=open_access, **{**usual, **changes})


def succeeded(it: Examination, job: str, ago: timedelta) -> None:
    leases = it.owner.leases
    assert leases
    leases.note_success(job, it.clock() - ago)


def refusing(method: str, status: int, message: str = "") -> Ill:
    usual = Fault(effect=Effect.REFUSE, method=method, status=status, reason="forbidden")
    return lambda cast: doing(cast, replace(usual, message=message or None))


def doing(cast: Cast, *faults: Fault) -> None:
    for fault in faults:
        cast.company.workspace.faults.add(fault)


def nobody_may_sign(cast: Cast) -> None:
    cast.company.workspace.identity.revoke(DELEGATES["setup"])


def an_alias_is_configured(cast: Cast) -> Changes:
    cast.company.workspace.add_user(User(email="new@example.com", name="New", aliases=("old@example.com",)))
    return {"config": {"mailbox": "old@example.com"}}


def a_clock_that_is_fast(cast: Cast) -> Changes:
    return {"clock": lambda: cast.clock.now() + timedelta(minutes=5)}


def without(scope: str) -> Ill:
    def authorise_all_but(cast: Cast) -> None:
        jobs = {s for job in JOBS.values() for s in (*job.mailbox_scopes, *job.optional_scopes)}
        more = {f"https://www.googleapis.com/auth/{s}" for s in ("spreadsheets", "drive.file")}
        cast.company.workspace.identity.authorise_delegation(DELEGATES["setup"], (jobs | more) - {scope})

    return authorise_all_but


def an_unknown_id(kind: str) -> Ill:
    return lambda _: {"config": {f"{kind}_spreadsheet": "nowhere"}}


def a_new_account(_: Cast) -> Changes:
    return {"accounts": ("new-job@peerpact-local.iam.gserviceaccount.com",)}


def a_tab_protected_from_a_job(cast: Cast) -> None:
    """Protect it as an installation that did not know the job's account yet."""
    config, report = cast.company.config, account_of("report")
    session, url = cast.company.session(config.mailbox), f"{SHEETS}/{config.programme_spreadsheet}"
    tabs = {s["properties"]["title"]: s for s in session.get(url).json()["sheets"]}
    protected = tabs["Overview"]["protectedRanges"][0]
    users = [u for u in protected["editors"]["users"] if u != report]
    change = {"protectedRangeId": protected["protectedRangeId"], "editors": {"users": users}}
    body = {"requests": [{"updateProtectedRange": {"protectedRange": change, "fields": "editors"}}]}
    session.post(f"{url}:batchUpdate", json=body).raise_for_status()


def a_stranger_in(kind: str) -> Ill:
    def share(cast: Cast) -> None:
        config = cast.company.config
        key = getattr(config, f"{kind}_spreadsheet")
        url = f"https://www.googleapis.com/drive/v3/files/{key}/permissions"
        body = {"type": "user", "role": "reader", "emailAddress": "ada@example.com"}
        cast.company.session(config.mailbox).post(url, json=body).raise_for_status()

    return share


def no_place_for_wishes(_: Cast) -> Changes:
    return {"config": {"wishes_spreadsheet": ""}}


def a_new_reader_of_wishes(_: Cast) -> Changes:
    return {"wishes_readers": ("new-job@peerpact-local.iam.gserviceaccount.com",)}


def editors_who_may_share_on(cast: Cast) -> None:
    config = cast.company.config
    url = f"https://www.googleapis.com/drive/v3/files/{config.programme_spreadsheet}"
    cast.company.session(config.mailbox).patch(url, json={"writersCanShare": True}).raise_for_status()


def sheets_that_carry_out_a_batch_again(cast: Cast) -> None:
    """Let the named range that is to stop the second batch be gone when it comes."""

    def forget(_: Workspace) -> None:
        config = cast.company.config
        url = f"{SHEETS}/{config.programme_spreadsheet}:batchUpdate"
        body = {"requests": [{"deleteNamedRange": {"namedRangeId": "peerpact_doctor_1"}}]}
        cast.company.session(config.mailbox).post(url, json=body).raise_for_status()

    doing(cast, Fault(method="sheets.spreadsheets.batchUpdate", call=2, before=forget))


def sheets_that_carry_out_half_a_batch(cast: Cast) -> None:
    def half(_: Workspace) -> None:
        config = cast.company.config
        url = f"{SHEETS}/{config.programme_spreadsheet}:batchUpdate"
        named = {"namedRangeId": "peerpact_doctor_3", "name": "peerpact_doctor_3", "range": {"sheetId": 100}}
        body = {"requests": [{"addNamedRange": {"namedRange": named}}]}
        cast.company.session(config.mailbox).post(url, json=body).raise_for_status()

    doing(cast, Fault(method="sheets.spreadsheets.batchUpdate", call=4, after=half))


def sheets_that_change_what_they_copy(cast: Cast) -> None:
    def change(_: Workspace) -> None:
        config = cast.company.config
        url = f"{SHEETS}/{config.programme_spreadsheet}/values/peerpact_doctor_copy!B3"
        body = {"values": [[42]]}
        sent = cast.company.session(config.mailbox).put(url, params={"valueInputOption": "RAW"}, json=body)
        sent.raise_for_status()

    doing(cast, Fault(method="sheets.spreadsheets.batchUpdate", call=8, after=change))


def comments_that_go_astray(cast: Cast) -> None:
    def astray(workspace: Workspace) -> None:
        book = workspace.store.collection("sheets/books")
        for key, document in dict(book).items():
            book[key] = {**document, "comments": []}

    doing(cast, Fault(method="sheets.spreadsheets.get", before=astray))


def forgetful(method: str, call: int) -> Callable[[Cast], None]:
    """Before so many calls of a method, let the Workspace forget all that has happened since the first."""

    def forget(cast: Cast) -> None:
        kept: list[Any] = []
        doing(
            cast,
            Fault(method=method, call=1, before=lambda w: kept.append(w.store.snapshot())),
            Fault(method=method, call=call, before=lambda w: w.store.restore(kept[0])),
        )

    return forget


a_calendar_that_brings_events_back = forgetful("calendar.events.insert", 3)


def no_meet(cast: Cast) -> None:
    set_calendar_options(cast.company.workspace, makes_meet_links=False)


def busy_working_locations(cast: Cast) -> None:
    set_calendar_options(cast.company.workspace, working_locations_are_busy=True)


def free_busy_that_tells_nothing(cast: Cast) -> None:
    mailbox = cast.company.config.mailbox

    def empty(_: Workspace) -> None:
        for event in cast.events(mailbox):
            if event["status"] != "cancelled":
                cast.company.session(mailbox).delete(f"{EVENTS}/{event['id']}").raise_for_status()

    doing(cast, Fault(method="calendar.freebusy.query", before=empty))


def somebody_whom_the_domain_does_not_know(cast: Cast) -> None:
    cast.enter("Roster", "B2", "a.nobody@example.com")


def nobody_who_helps_in_confidence(cast: Cast) -> None:
    settings = cast.company.sheet().worksheet("Settings")
    settings.update_acell(f"B{settings.col_values(1).index('Confidential contact') + 1}", "")


def no_labels(cast: Cast) -> None:
    mailbox = installation(cast).mail.mailbox
    for name in LABELS:
        mailbox.delete_label(name)


def a_day_s_letters_used_up(cast: Cast) -> None:
    mailbox = Mailbox(cast.company.workspace, cast.company.config.mailbox)
    for number in range(1995):
        mailbox.add(f"To: ada@example.com\r\nSubject: {number}\r\n\r\nHello\r\n".encode(), ["SENT"])


def a_job_that_nobody_starts(cast: Cast) -> None:
    succeeded(installation(cast), "report", JOBS["report"].longest_silence + timedelta(minutes=1))


def mail(**options: Any) -> Ill:
    def set_options(cast: Cast) -> None:
        set_mail_options(cast.company.workspace, **options)

    return set_options


a_draft_that_comes_back = forgetful("gmail.users.drafts.send", 2)


def came(cast: Cast, results: str, *, sender: str = "ben@example.com") -> None:
    """Have a mail come in from outside Google, with what Google found out about its sender."""
    mail = (
        f"ARC-Authentication-Results: i=1; mx.google.com; {results}\r\n"
        f"Received: from mail.example.com by mx.google.com with SMTPS id s1\r\n"
        f"Authentication-Results: mx.google.com; {results}\r\n"
        f"From: {sender}\r\nTo: {cast.company.config.mailbox}\r\nSubject: Re: hello\r\n\r\nWith pleasure.\r\n"
    )
    Mailbox(cast.company.workspace, cast.company.config.mailbox).add(mail.encode(), ["INBOX"])


def a_reply_that_gmail_does_not_vouch_for(cast: Cast) -> None:
    came(cast, "dmarc=fail header.from=example.com")


def refused_once_as_too_fast(cast: Cast) -> None:
    doing(cast, Fault(effect=Effect.REFUSE, method="calendar.events.insert", status=429, times=1))


AILMENTS: list[tuple[str, Ill, str]] = [
    ("credentials", nobody_may_sign, "the Admin console must list the delegate's client id"),
    (
        "who we act as",
        an_alias_is_configured,
        "We act as new@example.com, not as old@example.com. Nothing else was",
    ),
    ("clock", a_clock_that_is_fast, "are 300 seconds apart"),
    *[
        (f"scope {scope.rpartition('/')[2]}", without(scope), f"{scope} is not granted; book_first_meetings")
        for scope in (EVENTS_SCOPE, FREE_BUSY, COMPOSE, METADATA)
    ],
    (
        "scope gmail.modify",
        refusing("gmail.users.messages.list", 403, "Metadata scope does not support 'q' parameter"),
        "carries gmail.metadata as well",
    ),
    (
        "programme spreadsheet",
        an_unknown_id("programme"),
        "can't open the programme spreadsheet (id nowhere)",
    ),
    ("ledger spreadsheet", an_unknown_id("ledger"), "can't open the ledger (id nowhere)"),
    ("programme shared", a_new_account, "is not shared with new-job@peerpact-local.iam.gserviceaccount.com"),
    (
        "programme shared",
        refusing("drive.permissions.list", 404),
        "tells that only to the access that made it",
    ),
    ("programme shared", editors_who_may_share_on, "can share it with others. Run “peerpact init”"),
    ("ledger shared", a_stranger_in("ledger"), "The ledger is shared with ada@example.com, who can read"),
    (
        "wishes spreadsheet",
        an_unknown_id("wishes"),
        "can't open the spreadsheet of private wishes (id nowhere)",
    ),
    (
        "wishes spreadsheet",
        no_place_for_wishes,
        "is shown to admins on the tab Requests. Run “peerpact init”",
    ),
    ("wishes shared", a_stranger_in("wishes"), "with ada@example.com, who can read who asked for another"),
    (
        "wishes shared",
        a_new_reader_of_wishes,
        "with PEERPACT_WISHES_ACCOUNTS and PEERPACT_WISHES_READERS set",
    ),
    ("one atomic batch", sheets_that_carry_out_a_batch_again, "that it had carried out before"),
    ("one atomic batch", sheets_that_carry_out_half_a_batch, "or half of one"),
    ("large commit", sheets_that_change_what_they_copy, "changed cells as it copied them"),
    ("comments at cells", comments_that_go_astray, "Comments could then be written twice"),
    ("confidential contact", nobody_who_helps_in_confidence, "under “Confidential contact” on Settings"),
    ("calendar", refusing("calendar.events.insert", 403), "can't write to its own calendar"),
    ("calendar", a_calendar_that_brings_events_back, "or brought a cancelled one back"),
    ("Meet link", no_meet, "switch Google Meet on for mentoring@example.com"),
    (
        "free/busy",
        somebody_whom_the_domain_does_not_know,
        "(a.nobody@example.com). They are asked to find a time",
    ),
    ("working location", busy_working_locations, "takes a working location for a meeting"),
    (
        "working location",
        free_busy_that_tells_nothing,
        "does not tell of a meeting that is in the calendar",
    ),
    ("labels", no_labels, f"The mailbox lacks the labels {', '.join(LABELS)}. Run “peerpact init”"),
    ("quota", a_day_s_letters_used_up, "sent 1995 mails within a day"),
    ("lease bucket", refusing("storage.objects.insert", 403), "The bucket leases can't be written to"),
    ("runs", a_job_that_nobody_starts, "report: no run succeeded for longer than the schedule allows"),
    ("letter to itself", mail(delivers_plus_addresses=False), "@example.com did not arrive within a minute"),
    ("a draft is sent once", a_draft_that_comes_back, "Gmail sent one draft twice"),
    (
        "letters by their key",
        mail(keeps_own_headers=False),
        "alone a sent letter is not found by its X-Peerpact",
    ),
    (
        "search",
        mail(search_lag_seconds=3600),
        "Gmail's search does not find a mail that arrived 60 seconds ago",
    ),
    ("own header", mail(keeps_own_headers=False), "Gmail took away the header X-Peerpact"),
    (
        "Authentication-Results",
        a_reply_that_gmail_does_not_vouch_for,
        "does not vouch for 1 of the last 1 mails from people on the roster",
    ),
    ("quota a minute", refused_once_as_too_fast, "too many within a minute (calendar: 1)"),
]
