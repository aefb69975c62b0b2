"""All ways to Google that one run of a job may need, opened when first used and only with the job's scopes.

Each is imported by whoever goes it: a function serves one job, and its first answer need not wait for the others' ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from peerpact.config import Config, MailboxPlace
from peerpact.google.apis import collection, execute
from peerpact.google.credentials import mailbox_credentials, runtime_credentials
from peerpact.google.pace import Pace, googles_pace, patience
from peerpact.google.refusals import CallClass
from peerpact.google.scopes import CLOUD, DIRECTORY, DRIVE_FILE, FREE_BUSY, HOURS, SCOPES, SHEETS
from peerpact.google.session import TOTAL_SECONDS, RedirectAdapter, Session
from peerpact.google.sheets import Workbook
from peerpact.google.workers import Workers
from peerpact.programme.sentences import say

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter

    from peerpact.google.calendars import Calendar
    from peerpact.google.directory import Directory
    from peerpact.google.free_busy import FreeBusy
    from peerpact.google.hours import Hours
    from peerpact.google.leases import Leases
    from peerpact.google.mail import Mailbox
    from peerpact.google.outbox import Outbox
    from peerpact.google.spreadsheets import Spreadsheets


class Access:
    """One run's way to Google. ``transport`` and ``credentials`` replace what the configuration would give.

    Who ``only_looks`` and changes nothing is told what they may not see, where a run that acts would stop.

    Calls to Google keep its pace; a local Workspace has none unless it is given.
    """

    def __init__(
        self,
        config: Config,
        *,
        scopes: Sequence[str],
        transport: BaseAdapter | None = None,
        credentials: Any = None,
        pace: Pace | None = None,
        workers: Workers | None = None,
        source_scopes: Sequence[str] = (SHEETS, CLOUD),
        only_looks: bool = False,
    ) -> None:
        self.config = config
        self._only_looks = only_looks
        self._scopes = tuple(scopes)
        redirect = RedirectAdapter(config.workspace_url) if config.workspace_url else None
        self._transport = transport or redirect
        self._pace = pace or (None if self._transport else googles_pace())
        self.patience = patience(self._pace)
        """How long room in the mailbox's day is waited for."""
        self.workers = workers or Workers()
        """For calls that may wait for Google side by side."""
        self.seconds_left: Callable[[], float] = lambda: TOTAL_SECONDS
        """How long a call may be tried again at the most: as long as the run has."""
        self._credentials = credentials
        self._source_scopes = tuple(source_scopes)
        self._sessions: list[Session] = []

    @cached_property
    def programme(self) -> Workbook:
        return self._programme(self._as_runtime)

    @cached_property
    def ledger(self) -> Workbook:
        return Workbook(self._as_runtime, self.config.ledger_spreadsheet, say("The ledger spreadsheet"))

    def _programme(self, session: Session) -> Workbook:
        key, home = self.config.programme_spreadsheet, self.config.domain
        return Workbook(session, key, say("The programme spreadsheet"), home=home)

    def share(self, place: MailboxPlace) -> Workbook:
        """Return the spreadsheet with one mailbox's share of the programme."""
        return Workbook(self._as_runtime, place.share, say("The share of {mailbox}", mailbox=place.mailbox))

    def of(self, place: MailboxPlace) -> Access:
        """Return the way to what one of several mailboxes has, with what this one may; its calls count here."""
        its = Access(
            self.config.of(place),
            scopes=self._scopes,
            transport=self._transport,
            credentials=self._credentials,
            pace=self._pace,
            workers=self.workers,
            source_scopes=self._source_scopes,
            only_looks=self._only_looks,
        )
        its.seconds_left, its._sessions = self.seconds_left, self._sessions
        return its

    @cached_property
    def wishes(self) -> Workbook | None:
        """What people wish in private; None where an installation has no place for that yet."""
        key = self.config.wishes_spreadsheet
        return Workbook(self._as_runtime, key, say("The spreadsheet of private wishes")) if key else None

    @cached_property
    def sees_wishes(self) -> bool:
        """Whether private wishes are looked at: always, unless somebody only looks who may not open them."""
        return not (self._only_looks and self.wishes) or self.wishes.is_shared

    @cached_property
    def calendar(self) -> Calendar:
        from peerpact.google.calendars import Calendar  # noqa: PLC0415 - each way by whoever goes it

        return Calendar(self._as("meetings"))

    @cached_property
    def free_busy(self) -> FreeBusy:
        """When people are busy, over credentials of its own: the job that writes letters may do without the scope."""
        from peerpact.google.free_busy import FreeBusy  # noqa: PLC0415 - each way by whoever goes it

        return FreeBusy(
            self._open(mailbox_credentials(self.config, self._source, "availability", [FREE_BUSY])),
            self.workers,
        )

    @cached_property
    def mailbox(self) -> Mailbox:
        from peerpact.google.mail import Mailbox  # noqa: PLC0415 - each way by whoever goes it

        return Mailbox(self._as_mailbox, self.workers)

    @cached_property
    def directory(self) -> Directory:
        """The directory, over credentials of its own: where its scope is not granted, the mailbox still works."""
        from peerpact.google.directory import Directory  # noqa: PLC0415 - each way by whoever goes it

        return Directory(self._open(mailbox_credentials(self.config, self._source, "directory", [DIRECTORY])))

    @cached_property
    def hours(self) -> Hours:
        """Working hours of people, over credentials of their own: meetings work without the scope."""
        from peerpact.google.hours import Hours  # noqa: PLC0415 - each way by whoever goes it

        return Hours(
            self._open(mailbox_credentials(self.config, self._source, "meetings", [HOURS])), self.workers
        )

    @cached_property
    def spreadsheets(self) -> Spreadsheets:
        """The spreadsheets from outside, as the mailbox, which owns them."""
        from peerpact.google.spreadsheets import Spreadsheets  # noqa: PLC0415 - each way by whoever goes it

        return Spreadsheets(self._as_owner, editors=[self.config.mailbox])

    @cached_property
    def owned_programme(self) -> Workbook:
        """The programme spreadsheet as its owner reads it; the jobs read it as themselves."""
        return self._programme(self._as_owner)

    @cached_property
    def leases(self) -> Leases | None:
        """The leases, or None when no bucket is configured (a laptop, the local Workspace)."""
        bucket = self.config.lease_bucket
        if not bucket:
            return None
        from peerpact.google.leases import Leases  # noqa: PLC0415 - each way by whoever goes it

        return Leases(self._as_runtime, bucket)

    def google_time(self) -> datetime:
        """Return what Google's clock says, from the Date of an answer."""
        dates: list[str] = []
        request = collection("gmail", "users").getProfile(userId="me")
        request.add_response_callback(lambda answer: dates.append(answer["date"]))
        execute(request, self._as_mailbox)
        return parsedate_to_datetime(dates[0]).astimezone(UTC)

    def outbox(self, workbook: Workbook) -> Outbox:
        from peerpact.google.outbox import Outbox  # noqa: PLC0415 - each way by whoever goes it

        return Outbox(self.mailbox, workbook, self.workers, language=self.programme.language, pace=self._pace)

    def calls(self) -> Counter[tuple[str, CallClass]]:
        """Return how many calls were made so far, by API and class."""
        total: Counter[tuple[str, CallClass]] = Counter()
        for session in self._sessions:
            total.update(session.calls)
        return total

    def refusals(self) -> Counter[str]:
        """Return how many calls were refused so far as coming too fast, by API."""
        return sum((session.refusals for session in self._sessions), Counter[str]())

    @cached_property
    def _source(self) -> Any:
        return self._credentials or runtime_credentials(self.config, self._source_scopes)

    @cached_property
    def _as_runtime(self) -> Session:
        return self._open(self._source)

    @cached_property
    def _as_mailbox(self) -> Session:
        """The mailbox's mail: read by the delegate for replies, else written by the one for letters."""
        return self._as("replies" if set(SCOPES["replies"]) & set(self._scopes) else "letters")

    def _as(self, kind: str) -> Session:
        """Open a session as the mailbox, through one delegate, with what of its scopes this run asks for."""
        scopes = [scope for scope in SCOPES[kind] if scope in self._scopes]
        return self._open(mailbox_credentials(self.config, self._source, kind, scopes))

    @cached_property
    def _as_owner(self) -> Session:
        return self._open(mailbox_credentials(self.config, self._source, "setup", [SHEETS, DRIVE_FILE]))

    def _open(self, credentials: Any) -> Session:
        session = Session(credentials, transport=self._transport, pace=self._pace)
        session.seconds_left = self.seconds_left
        self._sessions.append(session)
        return session
