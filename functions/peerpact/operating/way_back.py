"""``peerpact upgrade --back``: both spreadsheets as Peerpact 0.1 reads them, when an upgrade is to be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerpact.config import from_environment
from peerpact.errors import ConfigError
from peerpact.google.scopes import DRIVE_FILE, SHEETS
from peerpact.google.spreadsheets import Spreadsheets
from peerpact.operating.init import Said
from peerpact.operating.opening import opened

BEFORE = "0.1"
UNREAD_WISHES = (
    f"What people wished in private stays where it is, and Peerpact {BEFORE} does not read it: it may propose somebody "
    f"a partner whom they never want. Open no new round with it; what people wish then, {BEFORE} shows to admins."
)
SCHEMA_BEFORE = 2
"""The newest version of the schema that every Peerpact 0.1 reads."""


def go_back(environment: Mapping[str, str], *, apply: bool) -> Iterator[Said]:
    """Let Peerpact 0.1 work on both spreadsheets again, which stops before newer ones; it finds the headers it knows.

    Notes about meetings lose what it stops at; no other cell is touched. What 0.1 does not know stays where it is:
    tabs, columns, rows of Settings and Guidance. ``upgrade`` takes it up.

    Raises:
        ConfigError: there is no installation in the environment, a variable is wrong, or it has several mailboxes.
    """
    config = from_environment(environment)
    if config.mailboxes:
        raise ConfigError(
            f"There is no way back from several mailboxes: Peerpact {BEFORE} knows one, and would lose what the others "
            "look after. Nothing was done."
        )
    owner = Spreadsheets(opened(config, [SHEETS, DRIVE_FILE]), editors=[config.mailbox])
    for kind, key in (("programme", config.programme_spreadsheet), ("ledger", config.ledger_spreadsheet)):
        if not owner.is_newer(key, SCHEMA_BEFORE):
            yield Said(words=f"Peerpact {BEFORE} can read the {kind} spreadsheet.", facts={kind: "done"})
            continue
        if apply:
            owner.mark_as(key, SCHEMA_BEFORE)
        state = "done" if apply else "with --apply"
        yield Said(
            words=f"{state}: the {kind} spreadsheet, marked so that Peerpact {BEFORE} reads it",
            facts={kind: state},
        )
    if config.wishes_spreadsheet:
        yield Said(words=UNREAD_WISHES)
