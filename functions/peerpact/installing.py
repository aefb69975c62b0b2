"""``peerpact init``: both spreadsheets made or upgraded, shared, and the configuration to go on with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from requests.adapters import BaseAdapter

from peerpact.config import Config, addresses
from peerpact.errors import ConfigError
from peerpact.google.credentials import (
    DRIVE_FILE,
    SHEETS,
    local_account,
    mailbox_credentials,
    runtime_credentials,
)
from peerpact.google.session import RedirectAdapter, Session
from peerpact.google.spreadsheets import Made, Spreadsheets

NAMES = {"programme": "{title}", "ledger": "{title} (private ledger)"}
VARIABLES = {"programme": "PEERPACT_PROGRAMME_SPREADSHEET", "ledger": "PEERPACT_LEDGER_SPREADSHEET"}


def initialise(environment: Mapping[str, str], *, admins: Sequence[str], title: str) -> Iterator[str]:
    """Create or upgrade both spreadsheets for the configured mailbox; yields what happened, line by line.

    Raises:
        ConfigError: PEERPACT_MAILBOX is not set.
    """
    if not environment.get("PEERPACT_MAILBOX"):
        raise ConfigError("PEERPACT_MAILBOX is not set: the address that is to write to people.")
    config = Config(
        programme_spreadsheet=environment.get(VARIABLES["programme"], ""),
        ledger_spreadsheet=environment.get(VARIABLES["ledger"], ""),
        mailbox=environment["PEERPACT_MAILBOX"].lower(),
        token_key=environment.get("PEERPACT_TOKEN_KEY", ""),
        delegate_account=environment.get("PEERPACT_DELEGATE_ACCOUNT", ""),
        refresh_token=environment.get("PEERPACT_REFRESH_TOKEN", ""),
        workspace_url=environment.get("PEERPACT_WORKSPACE", ""),
    )
    local = [local_account(config)] if config.workspace_url else []
    made = make_spreadsheets(
        config,
        accounts=addresses(environment, "PEERPACT_ACCOUNTS") or local,
        ledger_accounts=addresses(environment, "PEERPACT_LEDGER_ACCOUNTS") or local,
        admins=admins,
        title=title,
    )
    for kind, spreadsheet in made.items():
        yield f"{NAMES[kind].format(title=title)}: {'; '.join(spreadsheet.changes) or 'up to date'}  {spreadsheet.url}"
    for kind, spreadsheet in made.items():
        yield f"{VARIABLES[kind]}={spreadsheet.key}"


def make_spreadsheets(
    config: Config,
    *,
    accounts: Sequence[str],
    ledger_accounts: Sequence[str],
    admins: Sequence[str],
    title: str,
    transport: BaseAdapter | None = None,
    credentials: Any = None,
) -> dict[str, Made]:
    """Create those of the two spreadsheets that the configuration does not name, upgrade the others, share both.

    All jobs' accounts edit the programme spreadsheet, as admins do; the ledger's only those of the two mail jobs.
    """
    redirect = RedirectAdapter(config.workspace_url) if config.workspace_url else None
    source = credentials or runtime_credentials(config)
    session = Session(
        mailbox_credentials(config, source, [SHEETS, DRIVE_FILE]), transport=transport or redirect
    )
    spreadsheets = Spreadsheets(session, editors=[config.mailbox, *accounts])
    keys = {"programme": config.programme_spreadsheet, "ledger": config.ledger_spreadsheet}
    made = {
        kind: spreadsheets.upgrade(kind, key)
        if key
        else spreadsheets.create(kind, NAMES[kind].format(title=title))
        for kind, key in keys.items()
    }
    spreadsheets.share(made["programme"].key, [*accounts, *admins])
    spreadsheets.share(made["ledger"].key, ledger_accounts)
    return made
