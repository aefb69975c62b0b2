"""The example company: a local Workspace with its people's accounts and calendars, and Peerpact installed in it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import gspread
import requests
from google.oauth2 import service_account

from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.pace import Pace
from peerpact.google.scopes import CLOUD, DRIVE_FILE, SCOPES, SHEETS
from peerpact.google.spreadsheets import Made
from peerpact.google.workers import Workers
from peerpact.jobs.catalogue import JOBS, Job
from peerpact.operating.init import make_spreadsheets
from peerpact.operating.roster_files import read_roster_file
from peerpact.resources import folder
from peerpact.tables.cells import HOME
from peerpact.tables.roster_file import RosterFile
from workspace_emulator import Front, InProcessAdapter, User, Workspace, session_for

DELEGATES = {kind: f"peerpact-{kind}@peerpact-local.iam.gserviceaccount.com" for kind in SCOPES}
SECRETS = ("token_key", "event_key", "log_key")
INSTALLER = "peerpact-init@peerpact-local.iam.gserviceaccount.com"
USUAL_MEETINGS = (
    ("Team stand-up", 0, 9, 30, 30),
    ("Planning", 0, 13, 0, 90),
    ("Customer call", 1, 10, 0, 60),
    ("Design review", 2, 14, 0, 60),
    ("Focus time", 3, 9, 0, 120),
    ("One-to-one", 3, 15, 0, 30),
    ("Week's end", 4, 15, 30, 30),
)
"""Title, weekday, hour, minute, minutes: what may be in somebody's calendar."""


@dataclass(frozen=True, slots=True)
class Company:
    """A local Workspace in which Peerpact is installed."""

    workspace: Workspace
    front: Front
    config: Config
    admin: str
    credentials: dict[str, Any] = field(default_factory=dict)
    pace: Pace | None = None
    workers: Workers = field(default_factory=lambda: Workers(1))
    """One, as here nothing waits for a network, and calls come in an order that can be repeated."""

    @property
    def name(self) -> str:
        """The company's name, by its domain; the example's is Example Ltd."""
        domain = self.config.domain
        return "Example Ltd" if domain == "example.com" else domain.partition(".")[0].capitalize()

    def access(self, job: Job) -> Access:
        """Open one job's access, as its own service account and through the production credential code."""
        return Access(
            config_of(job, self.config),
            scopes=job.mailbox_scopes,
            transport=InProcessAdapter(self.front),
            credentials=self._credentials(account_of(job.name)),
            pace=self.pace,
            workers=self.workers,
        )

    def _credentials(self, account: str) -> Any:
        """Return an account's credentials, made once: reading a private key takes a while."""
        if account not in self.credentials:
            self.credentials[account] = account_credentials(self.workspace, account)
        return self.credentials[account]

    def session(self, user: str) -> requests.Session:
        """Return a session that acts as somebody of the company."""
        return session_for(self.front, user)

    def sheet(self, user: str | None = None) -> gspread.Spreadsheet:
        """Open the programme spreadsheet as an admin does."""
        client = gspread.Client(auth=None, session=self.session(user or self.admin))  # type: ignore[arg-type]
        return client.open_by_key(self.config.programme_spreadsheet)


def account_of(job: str) -> str:
    """Return the service account that a job runs as."""
    return f"peerpact-{job.replace('_', '-')}@peerpact-local.iam.gserviceaccount.com"


def account_credentials(workspace: Workspace, account: str) -> Any:
    info = workspace.identity.service_account_info(account)
    return service_account.Credentials.from_service_account_info(info, scopes=[SHEETS, CLOUD])


def found(
    workspace: Workspace, *, roster: Path | None = None, first_round: date, seed: int, calendars: bool = True
) -> Company:
    """Give the Workspace its people, install Peerpact and fill in the roster and the first settings.

    Raises:
        SheetError: the roster file is empty or lacks a column.
    """
    read = read_roster_file(roster or folder("sheets_schema") / "example" / "roster.csv")
    users = _users(read)
    workspace.domain = _domain(users)
    mailbox, admin = f"mentoring@{workspace.domain}", f"people.team@{workspace.domain}"
    workspace.add_user(User(email=mailbox, name="Peer mentoring", reads_users=True))
    workspace.add_user(User(email=admin, name="People Team", is_admin=True))
    for user in users.values():
        workspace.add_user(user)
    front = Front(workspace)
    config = install(workspace, front, mailbox, admin)
    company = Company(workspace, front, config, admin)
    fill_in(company, read, first_round)
    if calendars:
        fill_calendars(company, users.values(), first_round, seed)
    return company


def _users(roster: RosterFile) -> dict[str, User]:
    users: dict[str, User] = {}
    contents = roster.contents(HOME)
    for row in sorted((*contents.rows, *contents.unusable), key=lambda r: r.number):
        if row["email"]:
            name = row["name"] or row["email"]
            user = User(email=row["email"], name=name, time_zone=row["time_zone"] or "Etc/UTC")
            users.setdefault(user.email, user)
    return users


def _domain(users: Mapping[str, User]) -> str:
    return next((email.rpartition("@")[2] for email in users), "example.com")


def config_of(job: Job, config: Config) -> Config:
    """Return what a job's own function is given: no secret and no delegate that it does not need."""
    without = [f"{kind}_delegate" for kind in SCOPES if kind not in job.delegates]
    without += [secret for secret in SECRETS if secret not in job.secrets]
    nothing: dict[str, Any] = dict.fromkeys(without, "")
    return replace(config, **nothing)


def install(workspace: Workspace, front: Front, mailbox: str, admin: str) -> Config:
    """Make the spreadsheets for a mailbox, as ``peerpact init`` does, and return the configuration."""
    scopes = {s for job in JOBS.values() for s in job.mailbox_scopes} | {
        s for job in JOBS.values() for s in job.optional_scopes
    }
    scopes |= {SHEETS, DRIVE_FILE}
    for kind, delegate in DELEGATES.items():
        granted = scopes if kind == "setup" else SCOPES[kind]
        workspace.identity.authorise_delegation(delegate, granted)
    for account in (INSTALLER, *map(account_of, JOBS)):
        workspace.identity.service_account_info(account)
    workspace.identity.allow_sign_jwt(INSTALLER, DELEGATES["setup"])
    for job in JOBS.values():
        for kind in job.delegates:
            workspace.identity.allow_sign_jwt(account_of(job.name), DELEGATES[kind])
    given: dict[str, Any] = {key: f"{key} only for the local Workspace" for key in SECRETS}
    given |= {f"{kind}_delegate": account for kind, account in DELEGATES.items()}
    blank = Config(
        programme_spreadsheet="",
        ledger_spreadsheet="",
        mailbox=mailbox,
        **given,
    )
    made = init(workspace, front, blank, admin)
    keys: dict[str, Any] = {f"{kind}_spreadsheet": it.key for kind, it in made.items()}
    return replace(blank, **keys)


def init(workspace: Workspace, front: Front, config: Config, admin: str, *newcomers: str) -> dict[str, Made]:
    """Create or upgrade the spreadsheets as ``peerpact init`` does, for the jobs' accounts and some more."""
    return make_spreadsheets(
        config,
        accounts=[*map(account_of, JOBS), *newcomers],
        ledger_accounts=[account_of(job.name) for job in JOBS.values() if job.opens_ledger],
        wishes_accounts=[account_of(job.name) for job in JOBS.values() if job.opens_wishes == "writes"],
        wishes_readers=[account_of(job.name) for job in JOBS.values() if job.opens_wishes == "reads"],
        admins=[admin],
        title="Peer mentoring",
        transport=InProcessAdapter(front),
        credentials=account_credentials(workspace, INSTALLER),
    )


def fill_in(company: Company, read: RosterFile, first_round: date) -> None:
    """Enter people and the first settings into the programme spreadsheet, as an admin does."""
    sheet = company.sheet()
    cells = [list(row) for row in read.grid()[1:]]
    roster = sheet.worksheet("Roster")
    if len(cells) >= roster.row_count:
        roster.resize(rows=len(cells) + 100)
    roster.update(cells, "A2", raw=False)
    settings = sheet.worksheet("Settings")
    names = settings.col_values(1)
    ours = {
        "First round opens on": first_round.isoformat(),
        "Company": company.name,
        "Confidential contact": "ombud@example.com",
        "Admins": company.admin,
    }
    ours |= {"Time zone": "Europe/Berlin"}
    settings.batch_update(
        [{"range": f"B{names.index(name) + 1}", "values": [[value]]} for name, value in ours.items()],
        raw=False,
    )


def fill_calendars(company: Company, users: Any, start: date, seed: int, weeks: int = 3) -> None:
    """Put some of the usual meetings into everybody's calendar, for some weeks from a day on."""
    monday = start - timedelta(days=start.weekday())
    for user in users:
        dice = random.Random(f"{seed}/calendar/{user.email}")  # noqa: S311 - a play, seeded
        session = company.session(user.email)
        for title, weekday, hour, minute, minutes in dice.sample(USUAL_MEETINGS, k=dice.randint(2, 5)):
            for week in range(weeks):
                day = monday + timedelta(days=weekday, weeks=week)
                begins = datetime.combine(day, time(hour, minute), ZoneInfo(user.time_zone))
                body = {
                    "summary": title,
                    "start": {"dateTime": begins.isoformat()},
                    "end": {"dateTime": (begins + timedelta(minutes=minutes)).isoformat()},
                }
                session.post(
                    "https://www.googleapis.com/calendar/v3/calendars/primary/events", json=body
                ).raise_for_status()
