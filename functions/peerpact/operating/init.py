"""``peerpact init``: the spreadsheets made or upgraded, shared, and the configuration to go on with."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from requests.adapters import BaseAdapter

from peerpact.config import (
    DELEGATES,
    MAILBOXES,
    OPTIONAL,
    SECRETS,
    Config,
    MailboxPlace,
    addresses,
    mailboxes_of,
    misshapen,
    written_mailboxes,
)
from peerpact.errors import ConfigError, GoogleError, PeerpactError
from peerpact.google.credentials import local_account
from peerpact.google.mail import Mailbox
from peerpact.google.scopes import DRIVE_FILE, MODIFY, SHEETS
from peerpact.google.spreadsheets import Made, Spreadsheets
from peerpact.google.workers import Workers
from peerpact.operating.installation import placed
from peerpact.operating.mailboxes import NAMES as SHARES
from peerpact.operating.mailboxes import SPREADSHEETS, in_terraform, make_labels, make_shares, who_asks
from peerpact.operating.opening import meet, opened
from peerpact.programme import languages

NAMES = {
    "programme": "{title}",
    "ledger": "{title} (private ledger)",
    "wishes": "{title} (private wishes)",
}
VARIABLES = {kind: f"PEERPACT_{kind.upper()}_SPREADSHEET" for kind in NAMES}
NOT_SECRET = (
    "PEERPACT_MAILBOX",
    MAILBOXES,
    *DELEGATES,
    "PEERPACT_LEASE_BUCKET",
    "PEERPACT_ACCOUNTS",
    "PEERPACT_LEDGER_ACCOUNTS",
    "PEERPACT_WISHES_ACCOUNTS",
    "PEERPACT_WISHES_READERS",
)
"""What ``--write`` repeats of the environment. Secrets belong in no file, but for those of a local Workspace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was done, in words and as facts by name."""

    words: str
    facts: Mapping[str, object] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    """With whom Google refuses to share what was made, and why."""


def initialise(
    environment: Mapping[str, str],
    *,
    admins: Sequence[str],
    title: str,
    language: str = languages.FALLBACK,
    write: Path | None = None,
) -> Iterator[Said]:
    """Create or upgrade the spreadsheets and the labels; yields what happened, step by step.

    The mailbox is tried before anything is made; the ids are told and written before the labels are made, so that they
    are known when that fails.

    Raises:
        ConfigError: PEERPACT_MAILBOX is not set or can't be reached, or a variable is not as it should be; or, once all
            else is done, Google refuses to share something with somebody.
    """
    refused: list[str] = []
    for said in _initialised(environment, admins=admins, title=title, language=language, write=write):
        refused += said.refused
        yield said
    if refused:
        raise ConfigError(
            f"All is made, but Google refuses to share it with {'; with '.join(dict.fromkeys(refused))} Correct the "
            "address, or allow sharing with it in the Admin console, and run “peerpact init” again."
        )


def _initialised(
    environment: Mapping[str, str], *, admins: Sequence[str], title: str, language: str, write: Path | None
) -> Iterator[Said]:
    config = _config(environment)
    mailbox = Mailbox(opened(config, [MODIFY]), Workers())
    meet(mailbox, config)
    accounts = _accounts(environment, config)
    made = make_spreadsheets(config, **accounts, admins=admins, title=title, language=language)
    yield from (_told(kind, it, NAMES[kind].format(title=title), config) for kind, it in made.items())
    keys = {kind: spreadsheet.key for kind, spreadsheet in made.items()}
    if write:
        words = f"{write}: {'written' if _write(write, keys, environment) else 'up to date'}"
        yield Said(words=words, facts={"file": str(write)})
    yield _labels("labels", config.mailbox, mailbox.make_labels())
    yield from (Said(words=f"{VARIABLES[kind]}={key}") for kind, key in keys.items())
    yield from _mailboxes(
        replace(config, ledger_spreadsheet=keys["ledger"]),
        environment,
        title=title,
        language=language,
        write=write,
    )


def _mailboxes(
    config: Config, environment: Mapping[str, str], *, title: str, language: str, write: Path | None
) -> Iterator[Said]:
    """Make what each of several mailboxes has; yields what happened, and last what the variable is to say."""
    accounts, places = _accounts(environment, config), [*placed(config)]
    for number, place in enumerate(placed(config)):
        try:
            made = make_shares(
                config,
                place,
                title=title,
                language=language,
                accounts=accounts["accounts"],
                ledger_accounts=accounts["ledger_accounts"] if config.workspace_url else (),
                readers=who_asks(config, place),
            )
        except PeerpactError:  # what was made before is known then, and not made again
            yield from _of_mailboxes(places, environment, write)
            raise
        yield from (
            _told(kind, it, SHARES[kind].format(title=title, mailbox=place.mailbox), config)
            for kind, it in made.items()
        )
        yield _labels(f"labels of {place.mailbox}", place.mailbox, make_labels(config, place))
        places[number] = replace(place, share=made["share"].key, ledger=made["ledger"].key)
    yield from _of_mailboxes(places, environment, write)


def _of_mailboxes(
    places: Sequence[MailboxPlace], environment: Mapping[str, str], write: Path | None
) -> Iterator[Said]:
    if not places:
        return
    if write:
        _write(write, {}, {**environment, MAILBOXES: written_mailboxes(places)}, places)
    yield Said(words=f"{MAILBOXES}={written_mailboxes(places)}")


def _accounts(environment: Mapping[str, str], config: Config) -> dict[str, Any]:
    """Return with whom the spreadsheets are shared; on the local Workspace one account does all."""
    local = (local_account(config),) if config.workspace_url else ()
    return {
        "accounts": addresses(environment, "PEERPACT_ACCOUNTS") or local,
        "ledger_accounts": addresses(environment, "PEERPACT_LEDGER_ACCOUNTS") or local,
        "wishes_accounts": addresses(environment, "PEERPACT_WISHES_ACCOUNTS") or local,
        "wishes_readers": addresses(environment, "PEERPACT_WISHES_READERS"),
    }


def _labels(fact: str, mailbox: str, labels: Sequence[str]) -> Said:
    words = f"Labels of {mailbox}: {'made ' + ', '.join(labels) if labels else 'up to date'}"
    return Said(words=words, facts={fact: labels})


def _told(kind: str, spreadsheet: Made, name: str, config: Config) -> Said:
    url = _address(spreadsheet, config)
    changes = "; ".join(spreadsheet.changes) or "up to date"
    facts = {"id": spreadsheet.key, "url": url, "changes": spreadsheet.changes}
    return Said(words=f"{name}: {changes}  {url}", facts={kind: facts}, refused=spreadsheet.refused)


def _address(spreadsheet: Made, config: Config) -> str:
    """Return where a person can open it: Google's address, or the local Workspace's page."""
    local = config.workspace_url.rstrip("/")
    return f"{local}/spreadsheets/{spreadsheet.key}" if local else spreadsheet.url


def _config(environment: Mapping[str, str]) -> Config:
    if not environment.get("PEERPACT_MAILBOX"):
        raise ConfigError("PEERPACT_MAILBOX is not set: the address that is to write to people.")
    if faults := list(misshapen(environment)):
        raise ConfigError(" ".join(faults))
    optional: dict[str, Any] = {field: environment.get(name, "").strip() for field, name in OPTIONAL.items()}
    return Config(
        programme_spreadsheet=environment.get(VARIABLES["programme"], ""),
        ledger_spreadsheet=environment.get(VARIABLES["ledger"], ""),
        mailbox=environment["PEERPACT_MAILBOX"].lower(),
        mailboxes=mailboxes_of(environment),
        **optional,
    )


def _write(
    path: Path,
    keys: Mapping[str, str],
    environment: Mapping[str, str],
    places: Sequence[MailboxPlace] = (),
) -> bool:
    """Put our lines into the file, in place of older ones; all other lines stay. Returns whether anything differed."""
    if path.suffix == ".tfvars":
        ours = {f"{kind}_spreadsheet": f'{kind}_spreadsheet = "{key}"' for kind, key in keys.items()}
        ours |= {SPREADSHEETS: f"{SPREADSHEETS} = {in_terraform(places)}"} if places else {}
    else:
        known = {name: environment.get(name, "") for name in NOT_SECRET} | _for_the_local(environment)
        values = known | {VARIABLES[kind]: key for kind, key in keys.items()}
        ours = {name: f"{name}={value}" for name, value in values.items() if value}
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = [ours.pop(line.partition("=")[0].strip(), line) for line in before]
    after = [*lines, *ours.values()]
    if after != before:
        path.touch(mode=0o600)
        path.write_text("\n".join(after) + "\n", encoding="utf-8")
    return after != before


def _for_the_local(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what only a file for a local Workspace holds: its address, and secrets that are good for nothing else."""
    url = environment.get("PEERPACT_WORKSPACE", "")
    if not url:
        return {}
    return {"PEERPACT_WORKSPACE": url} | {n: environment.get(n) or secrets.token_urlsafe(24) for n in SECRETS}


def make_spreadsheets(
    config: Config,
    *,
    accounts: Sequence[str],
    ledger_accounts: Sequence[str],
    wishes_accounts: Sequence[str] = (),
    wishes_readers: Sequence[str] = (),
    admins: Sequence[str],
    title: str,
    language: str = languages.FALLBACK,
    transport: BaseAdapter | None = None,
    credentials: Any = None,
) -> dict[str, Made]:
    """Create those of the spreadsheets that the configuration does not name, upgrade the others, share all.

    ``language`` is the admins' in a new programme spreadsheet. All jobs' accounts edit that, as admins do; the ledger
    only those of the two mail jobs. Private wishes are edited by the job that reads replies; those that pair people and
    write letters read them.
    """
    session = opened(config, [SHEETS, DRIVE_FILE], transport=transport, credentials=credentials)
    editors = [config.mailbox, *accounts]
    spreadsheets = Spreadsheets(session, editors=editors, keep_editors=not accounts, language=language)
    keys = {kind: getattr(config, f"{kind}_spreadsheet") for kind in NAMES}
    there = {kind: _upgraded(spreadsheets, kind, key) for kind, key in keys.items() if key}
    made = {
        kind: there.get(kind) or spreadsheets.create(kind, NAMES[kind].format(title=title)) for kind in keys
    }
    shared = {"programme": [*accounts, *admins], "ledger": ledger_accounts, "wishes": wishes_accounts}
    readers = {"wishes": wishes_readers}
    return {kind: spreadsheets.share(it, shared[kind], readers.get(kind, ())) for kind, it in made.items()}


def _upgraded(spreadsheets: Spreadsheets, kind: str, key: str) -> Made:
    """Bring a spreadsheet that the configuration names up to date; before any other is made.

    Raises:
        ConfigError: there is none of this id that the mailbox may open.
    """
    try:
        return spreadsheets.upgrade(kind, key)
    except GoogleError as error:
        if error.status not in {403, 404} or error.concerns_all:
            raise
        raise ConfigError(
            f"{VARIABLES[kind]} is {key}, and the mailbox can open no spreadsheet of that id, so nothing was made. "
            "It is the part of the spreadsheet's address between /d/ and /edit. Correct it, or leave it out to have "
            f"a new one made. ({error})"
        ) from error
