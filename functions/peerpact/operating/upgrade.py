"""``peerpact upgrade``: what an installation of an older Peerpact still needs, in order; ``--apply`` does our part.

Terraform makes accounts and secrets, the Admin console grants scopes; both are told, with every word that is to be
entered. The spreadsheets, their sharing and the labels are ours. Which scopes a consent lacks, ``doctor`` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from peerpact.config import OPTIONAL, SECRETS, Config, MailboxPlace, addresses, from_environment
from peerpact.google.credentials import local_account
from peerpact.google.mail import Mailbox
from peerpact.google.scopes import DRIVE_FILE, MODIFY, SCOPES, SHEETS
from peerpact.google.spreadsheets import Spreadsheets
from peerpact.google.workers import Workers
from peerpact.operating.init import Said, initialise
from peerpact.operating.installation import placed
from peerpact.operating.mailboxes import KINDS
from peerpact.operating.opening import opened

WHAT_FOR = {
    "PEERPACT_TOKEN_KEY": "recognises replies; keep the one there is, or older letters can no longer be answered",
    "PEERPACT_EVENT_KEY": "makes the ids of new meetings; meetings that are booked keep theirs",
    "PEERPACT_LOG_KEY": "names people in the logs by a hash",
}
OLD_DELEGATE = OPTIONAL["delegate_account"]


def upgrade(environment: Mapping[str, str], *, apply: bool) -> Iterator[Said]:
    """Yield what is still to be done, step by step; ``facts`` of each has its place in the list.

    Raises:
        ConfigError: there is no installation in the environment, or a variable is wrong.
        SheetError: a spreadsheet was made by a newer Peerpact.
    """
    config = from_environment(environment)
    steps = [*_accounts(config), *_secrets(config)]
    for step in steps:
        yield Said(words=f"to do: {step}", facts={step: "to do"})
    if apply:
        for said in initialise(environment, admins=(), title="Peer mentoring"):
            name, is_variable, value = said.words.partition("=")
            if not (is_variable and name.startswith("PEERPACT_") and environment.get(name) == value):
                yield Said(words=f"done: {said.words}", facts={said.words: "done"})
        return
    ours = list(_ours(environment, config))
    for step in ours:
        yield Said(words=f"with --apply: {step}", facts={step: "with --apply"})
    if not steps and not ours:
        yield Said(words="Nothing is to be done: this installation is up to date.")


def _accounts(config: Config) -> Iterator[str]:
    if not config.delegate_account:
        return
    missing = [kind for kind in SCOPES if not getattr(config, f"{kind}_delegate") and kind != "setup"]
    if missing:
        yield "apply Terraform with keep_old_delegate = true and setup_by = your address: it makes the delegates"
    for kind in missing:
        yield (
            f"enter the {kind} delegate's client id (“terraform output admin_console”) in the Admin console with the "
            f"scopes {', '.join(SCOPES[kind])}, and set {OPTIONAL[f'{kind}_delegate']}"
        )
    if not missing:
        yield (
            f"delete keep_old_delegate and setup_by, apply, delete the entry of {config.delegate_account} in the Admin "
            f"console, and take {OLD_DELEGATE} away"
        )


def _secrets(config: Config) -> Iterator[str]:
    fields = {name: field for field, name in OPTIONAL.items()}
    for name in SECRETS:
        if not getattr(config, fields[name]):
            yield f"set {name} (24 characters and more; Terraform gives it to the jobs): it {WHAT_FOR[name]}"


def _ours(environment: Mapping[str, str], config: Config) -> Iterator[str]:
    local = (local_account(config),) if config.workspace_url else ()
    accounts = addresses(environment, "PEERPACT_ACCOUNTS") or local
    editors = [config.mailbox, *accounts]
    owner = Spreadsheets(opened(config, [SHEETS, DRIVE_FILE]), editors=editors, keep_editors=not accounts)
    if not config.wishes_spreadsheet:
        yield (
            "a third spreadsheet, for what people wish in private, and its id: set PEERPACT_WISHES_SPREADSHEET, and "
            "wishes_spreadsheet in terraform.tfvars. Until then admins see such wishes, on the tab Requests"
        )
    theirs = {place.ledger for place in placed(config)}
    keys = {kind: getattr(config, f"{kind}_spreadsheet") for kind in ("programme", "ledger", "wishes")}
    for kind, key in ((kind, key) for kind, key in keys.items() if key and key not in theirs):
        yield from _pending(owner, kind, key, f"the {kind} spreadsheet")
    if not config.mailboxes:
        yield from _labels(config)
    for place in placed(config):
        yield from _of_mailbox(config.of(place), place, accounts)


def _pending(owner: Spreadsheets, kind: str, key: str, name: str) -> Iterator[str]:
    for change in owner.pending(kind, key).changes:
        yield f"{name}: {change}"
    if owner.is_shared_on(key):
        yield f"{name}: kept from being shared on by anybody but the mailbox"


def _labels(config: Config) -> Iterator[str]:
    for label in Mailbox(opened(config, [MODIFY]), Workers()).missing_labels():
        yield f"the label “{label}” of {config.mailbox}"


def _of_mailbox(config: Config, place: MailboxPlace, accounts: Sequence[str]) -> Iterator[str]:
    """Yield what one of several mailboxes lacks, which owns its spreadsheets."""
    editors = [config.mailbox, *accounts, *place.accounts]
    owner = Spreadsheets(opened(config, [SHEETS, DRIVE_FILE]), editors=editors, keep_editors=not accounts)
    for name, kind in KINDS.items():
        key = getattr(place, name)
        if key:
            yield from _pending(owner, kind, key, f"the {name} of {place.mailbox}")
        else:
            yield f"the {name} of {place.mailbox}: made"
    yield from _labels(config)
