"""Where one mailbox is not enough: each one's share of the programme and its ledger, made or upgraded and shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from requests.adapters import BaseAdapter

from peerpact.config import Config, MailboxPlace
from peerpact.google.mail import Mailbox
from peerpact.google.scopes import DRIVE_FILE, MODIFY, SHEETS
from peerpact.google.spreadsheets import Made, Spreadsheets
from peerpact.google.workers import Workers
from peerpact.operating.opening import meet, opened
from peerpact.programme import languages

KINDS = {"share": "programme", "ledger": "ledger"}
"""What each mailbox has, and which of the spreadsheets that are described it is made as."""
NAMES = {"share": "{title} ({mailbox})", "ledger": "{title} (private ledger, {mailbox})"}


SPREADSHEETS = "mailbox_spreadsheets"
"""Terraform's variable for what ``peerpact init`` made for each mailbox."""


def in_terraform(places: Sequence[MailboxPlace]) -> str:
    """Return the value of that variable, in one line."""
    each = (f'"{p.mailbox}" = {{ share = "{p.share}", ledger = "{p.ledger}" }}' for p in places)
    return f"{{ {', '.join(each)} }}"


def make_shares(
    config: Config,
    place: MailboxPlace,
    *,
    title: str,
    language: str = languages.FALLBACK,
    accounts: Sequence[str] = (),
    ledger_accounts: Sequence[str] = (),
    readers: Sequence[str] = (),
    transport: BaseAdapter | None = None,
    credentials: Any = None,
) -> Mapping[str, Made]:
    """Create or upgrade one mailbox's spreadsheets, which it owns, once it lets us in. Admins open neither.

    ``accounts`` are those that look after the whole, and write each share; ``ledger_accounts`` are for a ledger for
    which the mailbox names none; ``readers`` answer people at the other mailboxes.
    """
    own = config.of(place)
    meet(Mailbox(opened(own, [MODIFY], transport=transport, credentials=credentials), Workers()), own)
    session = opened(own, [SHEETS, DRIVE_FILE], transport=transport, credentials=credentials)
    shared = {"share": (*accounts, *place.accounts), "ledger": place.ledger_accounts or ledger_accounts}
    editors = [own.mailbox, *shared["share"]]
    spreadsheets = Spreadsheets(session, editors=editors, keep_editors=not accounts, language=language)
    made: dict[str, Made] = {}
    for kind, described in KINDS.items():
        key, name = getattr(place, kind), NAMES[kind].format(title=title, mailbox=place.mailbox)
        it = spreadsheets.upgrade(described, key) if key else spreadsheets.create(described, name)
        made[kind] = spreadsheets.share(it, shared[kind], readers)
    return made


def who_asks(config: Config, place: MailboxPlace) -> tuple[str, ...]:
    """Return the accounts that answer people at the other mailboxes, and read here what is kept of whoever asks."""
    others = (p for p in config.mailboxes if p.mailbox != place.mailbox)
    return tuple(account for other in others for account in other.reply_accounts)


def make_labels(config: Config, place: MailboxPlace) -> Sequence[str]:
    """Make the labels of one mailbox; returns which are new."""
    return Mailbox(opened(config.of(place), [MODIFY]), Workers()).make_labels()
