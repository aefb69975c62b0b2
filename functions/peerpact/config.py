"""The installation's configuration: where the spreadsheets are and whom the jobs act as, read from the environment.

What admins may tune is not here but in the tab Settings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from peerpact.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxPlace:
    """One of several mailboxes, and where it keeps what it looks after."""

    mailbox: str
    share: str = ""
    """The id of the spreadsheet with its share of the programme."""
    ledger: str = ""
    is_closing: bool = False
    """It gets no new pairings; those that it has stay its own until they are over."""
    unit: str = ""
    """What its jobs' names end with; empty for the first one's."""
    accounts: tuple[str, ...] = ()
    """For ``peerpact init``: who writes its share, which of them its ledger, and which answers people."""
    ledger_accounts: tuple[str, ...] = ()
    reply_accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One installation. Each field is read from the environment variable in the comment beside it."""

    programme_spreadsheet: str  # PEERPACT_PROGRAMME_SPREADSHEET
    ledger_spreadsheet: str  # PEERPACT_LEDGER_SPREADSHEET
    mailbox: str  # PEERPACT_MAILBOX: the address that writes, invites and reads replies
    wishes_spreadsheet: str = ""  # PEERPACT_WISHES_SPREADSHEET: what people wish in private about partners
    token_key: str = ""  # PEERPACT_TOKEN_KEY: secret for the tokens in reply addresses
    event_key: str = ""  # PEERPACT_EVENT_KEY: secret for the ids of meetings
    log_key: str = ""  # PEERPACT_LOG_KEY: secret for the names that log lines have for keys
    meetings_delegate: str = (
        ""  # PEERPACT_MEETINGS_DELEGATE: keyless account that acts as the mailbox's calendar
    )
    availability_delegate: str = (
        ""  # PEERPACT_AVAILABILITY_DELEGATE: keyless account that sees when people are busy
    )
    letters_delegate: str = ""  # PEERPACT_LETTERS_DELEGATE: keyless account that writes the mailbox's letters
    replies_delegate: str = ""  # PEERPACT_REPLIES_DELEGATE: keyless account that reads the mailbox
    directory_delegate: str = ""  # PEERPACT_DIRECTORY_DELEGATE: keyless account that looks people up
    setup_delegate: str = (
        ""  # PEERPACT_SETUP_DELEGATE: keyless account for ``init`` and ``doctor``, on for that time
    )
    delegate_account: str = ""  # PEERPACT_DELEGATE_ACCOUNT: version 0.1's one delegate for everything
    refresh_token: str = (
        ""  # PEERPACT_REFRESH_TOKEN: JSON of an OAuth client and refresh token; instead of the above
    )
    lease_bucket: str = ""  # PEERPACT_LEASE_BUCKET
    unit: str = ""  # PEERPACT_UNIT: where there are several mailboxes, what a job of one of them is called
    guests: tuple[str, ...] = ()  # PEERPACT_GUESTS: outside production, the only addresses written to
    workspace_url: str = ""  # PEERPACT_WORKSPACE: base URL of a local Workspace instead of Google
    mailboxes: tuple[MailboxPlace, ...] = ()
    """PEERPACT_MAILBOXES: where one is not enough, all of them. Of each one's own jobs, the one that answers people
    knows the others, for what these keep of whoever asks."""

    @property
    def domain(self) -> str:
        return self.mailbox.rpartition("@")[2]

    def of(self, place: MailboxPlace) -> Config:
        """Return the configuration that one mailbox's own jobs have: to them its share is the programme."""
        return replace(
            self,
            mailbox=place.mailbox,
            programme_spreadsheet=place.share,
            ledger_spreadsheet=place.ledger,
            mailboxes=(),
        )

    def delegate(self, kind: str) -> str:
        """Return the account that acts as the mailbox for a kind of use: a key of ``google.credentials.SCOPES``.

        A job has those that it needs; whoever sets up has the one for that, which does for all others.
        """
        own: str = getattr(self, f"{kind}_delegate")
        return own or self.setup_delegate or self.delegate_account

    def secret(self, name: str) -> bytes:
        """Return a secret, such as ``token_key``.

        Raises:
            ConfigError: this process was not given it.
        """
        value: str = getattr(self, name)
        if not value:
            raise ConfigError(f"{OPTIONAL[name]} is not set. Terraform gives it to the jobs that need it.")
        return value.encode()

    def environment(self) -> dict[str, str]:
        """Return the variables that say this, for another process; those that are not set are left out."""
        names = {**REQUIRED, **OPTIONAL}
        said = {name: str(getattr(self, field)) for field, name in names.items() if getattr(self, field)}
        said |= {MAILBOXES: written_mailboxes(self.mailboxes)} if self.mailboxes else {}
        return said | ({"PEERPACT_GUESTS": ",".join(self.guests)} if self.guests else {})

    def may_write_to(self, address: str) -> bool:
        """Tell whether the guest list, if there is one, has this address."""
        return not self.guests or address.lower() in self.guests


REQUIRED = {
    "programme_spreadsheet": "PEERPACT_PROGRAMME_SPREADSHEET",
    "ledger_spreadsheet": "PEERPACT_LEDGER_SPREADSHEET",
    "mailbox": "PEERPACT_MAILBOX",
}
OPTIONAL = {
    "wishes_spreadsheet": "PEERPACT_WISHES_SPREADSHEET",
    "token_key": "PEERPACT_TOKEN_KEY",
    "event_key": "PEERPACT_EVENT_KEY",
    "log_key": "PEERPACT_LOG_KEY",
    "meetings_delegate": "PEERPACT_MEETINGS_DELEGATE",
    "availability_delegate": "PEERPACT_AVAILABILITY_DELEGATE",
    "letters_delegate": "PEERPACT_LETTERS_DELEGATE",
    "replies_delegate": "PEERPACT_REPLIES_DELEGATE",
    "directory_delegate": "PEERPACT_DIRECTORY_DELEGATE",
    "setup_delegate": "PEERPACT_SETUP_DELEGATE",
    "delegate_account": "PEERPACT_DELEGATE_ACCOUNT",
    "refresh_token": "PEERPACT_REFRESH_TOKEN",
    "lease_bucket": "PEERPACT_LEASE_BUCKET",
    "unit": "PEERPACT_UNIT",
    "workspace_url": "PEERPACT_WORKSPACE",
}


MAILBOXES = "PEERPACT_MAILBOXES"
DELEGATES = tuple(name for name in OPTIONAL.values() if "_DELEGATE" in name)
SECRETS = ("PEERPACT_TOKEN_KEY", "PEERPACT_EVENT_KEY", "PEERPACT_LOG_KEY")
ELSEWHERE = (
    "PEERPACT_GUESTS",
    MAILBOXES,
    "PEERPACT_TIME",
    "PEERPACT_ACCOUNTS",
    "PEERPACT_LEDGER_ACCOUNTS",
    "PEERPACT_WISHES_ACCOUNTS",
    "PEERPACT_WISHES_READERS",
)
"""Read below, by the edge's clock, and by ``peerpact init``."""


def from_environment(environment: Mapping[str, str]) -> Config:
    """Read the configuration.

    Raises:
        ConfigError: a variable is missing, misspelt, misshapen or contradicts another; all faults in one message.
    """
    missing = [f"{name} is not set." for name in REQUIRED.values() if not environment.get(name, "").strip()]
    if faults := [*missing, *misshapen(environment)]:
        raise ConfigError(
            " ".join(faults) + " “peerpact init” writes a complete set; “peerpact demo” needs none of it."
        )
    words = {field: environment.get(name, "").strip() for field, name in {**REQUIRED, **OPTIONAL}.items()}
    guests = tuple(g.lower() for g in addresses(environment, "PEERPACT_GUESTS"))
    mailboxes = mailboxes_of(environment)
    return Config(**{**words, "mailbox": words["mailbox"].lower()}, guests=guests, mailboxes=mailboxes)


def mailboxes_of(environment: Mapping[str, str]) -> tuple[MailboxPlace, ...]:
    """Return the mailboxes of an installation that has several, as the variable says; none where it has one."""
    said = environment.get(MAILBOXES, "").strip()
    return tuple(
        MailboxPlace(
            mailbox=it["mailbox"].strip().lower(),
            share=it.get("share", ""),
            ledger=it.get("ledger", ""),
            is_closing=bool(it.get("closing", False)),
            unit=it.get("unit", ""),
            accounts=tuple(it.get("accounts", ())),
            ledger_accounts=tuple(it.get("ledger_accounts", ())),
            reply_accounts=tuple(it.get("reply_accounts", ())),
        )
        for it in (json.loads(said) if said else ())
    )


def written_mailboxes(places: Sequence[MailboxPlace]) -> str:
    """Return what the variable says of mailboxes; what is not set is left out."""
    known = [
        {
            "mailbox": place.mailbox,
            "share": place.share,
            "ledger": place.ledger,
            "closing": place.is_closing,
            "unit": place.unit,
            "accounts": place.accounts,
            "ledger_accounts": place.ledger_accounts,
            "reply_accounts": place.reply_accounts,
        }
        for place in places
    ]
    return json.dumps([{name: value for name, value in it.items() if value} for it in known])


def misshapen(environment: Mapping[str, str]) -> Iterator[str]:
    """Say what is wrong with the variables that are set; never a value, which may be a secret in the wrong place."""
    known = {*REQUIRED.values(), *OPTIONAL.values(), *ELSEWHERE}
    for name in sorted(environment):
        if name.startswith("PEERPACT_") and name not in known:
            yield f"{name} is not a variable that Peerpact knows."
    for name, (is_right, words) in SHAPES.items():
        value = environment.get(name, "").strip()
        if value and not is_right(value):
            yield f"{name} must be {words}."
    if environment.get("PEERPACT_REFRESH_TOKEN") and (given := [n for n in DELEGATES if environment.get(n)]):
        yield f"Set {given[0]} or PEERPACT_REFRESH_TOKEN, not both."
    keys = [value for name in SECRETS if (value := environment.get(name, "").strip())]
    if len(set(keys)) < len(keys):
        yield f"{', '.join(SECRETS)} must be three different secrets: each has one use."
    programme, ledger, wishes = (
        environment.get(f"PEERPACT_{kind}_SPREADSHEET", "") for kind in ("PROGRAMME", "LEDGER", "WISHES")
    )
    if programme and programme == ledger:
        yield "The ledger must be another spreadsheet than the programme's: admins would read what people promised."
    yield from _mailboxes_misshapen(environment)
    if wishes and wishes in {programme, ledger}:
        yield "Private wishes must be in a spreadsheet of their own: others would read who asked for another partner."


def _mailboxes_misshapen(environment: Mapping[str, str]) -> Iterator[str]:
    if not environment.get(MAILBOXES, "").strip():
        return
    try:
        places = mailboxes_of(environment)
    except (ValueError, TypeError, KeyError, AttributeError):
        yield f"{MAILBOXES} must be JSON: a list of {{mailbox, share, ledger, closing}}."
        return
    first = environment.get("PEERPACT_MAILBOX", "").strip().lower()
    if places and first not in {place.mailbox for place in places}:
        yield f"{MAILBOXES} must have PEERPACT_MAILBOX among them, which is the first."
    for what, kept in (
        ("mailbox", [place.mailbox for place in places]),
        ("spreadsheet", [key for place in places for key in (place.share, place.ledger) if key]),
    ):
        if len(set(kept)) < len(kept):
            yield f"{MAILBOXES} has one {what} twice: each mailbox has its own."


def _is_address(value: str) -> bool:
    return re.fullmatch(r"[^@\s,]+@[^@\s,]+", value) is not None


def _is_key(value: str) -> bool:
    return re.fullmatch(r"[\w-]+", value) is not None


def _is_long(value: str) -> bool:
    return len(value) >= LEAST_SECRET


def _is_consent(value: str) -> bool:
    try:
        return {*CONSENT} <= set(json.loads(value))
    except (ValueError, TypeError):
        return False


def _is_url(value: str) -> bool:
    return re.fullmatch(r"https?://\S+", value) is not None


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


LEAST_SECRET = 16
"""So many characters a secret has at least; Terraform's have 64."""
CONSENT = ("client_id", "client_secret", "refresh_token")
_KEY_WORDS = "a spreadsheet's id alone: what is between /d/ and /edit in its address"
SHAPES = {
    "PEERPACT_PROGRAMME_SPREADSHEET": (_is_key, _KEY_WORDS),
    "PEERPACT_LEDGER_SPREADSHEET": (_is_key, _KEY_WORDS),
    "PEERPACT_MAILBOX": (_is_address, "one address"),
    "PEERPACT_WISHES_SPREADSHEET": (_is_key, _KEY_WORDS),
    **dict.fromkeys(DELEGATES, (_is_address, "a service account's address")),
    **dict.fromkeys(
        SECRETS,
        (_is_long, f"{LEAST_SECRET} characters or more, made by chance: “openssl rand -hex 32” prints one"),
    ),
    "PEERPACT_REFRESH_TOKEN": (_is_consent, f"JSON with {CONSENT[0]}, {CONSENT[1]} and {CONSENT[2]}"),
    "PEERPACT_WORKSPACE": (_is_url, "the address of a local Workspace, such as http://127.0.0.1:8787"),
    "PEERPACT_TIME": (_is_moment, "a moment with its time zone, such as 2026-01-05T06:00:00+00:00"),
}


def addresses(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return a variable's addresses, which commas part."""
    return tuple(a.strip() for a in environment.get(name, "").split(",") if a.strip())
