"""An installation as somebody at a keyboard reaches it: its configuration, and access with the scopes asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar

from peerpact import clock
from peerpact.config import Config, MailboxPlace, addresses, from_environment
from peerpact.google.access import Access
from peerpact.google.scopes import CLOUD

OpenAccess = Callable[[Sequence[str]], Access]


@dataclass(frozen=True, kw_only=True)
class Installation:
    """``accounts`` are the jobs' own, the others those of them that need the ledger or private wishes."""

    config: Config
    open_access: OpenAccess
    clock: Callable[[], datetime]
    accounts: tuple[str, ...] = ()
    ledger_accounts: tuple[str, ...] = ()
    wishes_accounts: tuple[str, ...] = ()
    wishes_readers: tuple[str, ...] = ()
    _opened: dict[tuple[str, ...], Access] = field(default_factory=dict)

    def access(self, *scopes: str) -> Access:
        """Return what opens with these scopes; the spreadsheets as the mailbox need none."""
        if scopes not in self._opened:
            self._opened[scopes] = self.open_access(scopes)
        return self._opened[scopes]

    @property
    def keys(self) -> dict[str, str]:
        """The ids of the spreadsheets by kind; an older installation has none for private wishes.

        Where there are several mailboxes, each has its ledger: ``each`` tells.
        """
        theirs = {place.ledger for place in self.config.mailboxes}
        keys = {
            kind: getattr(self.config, f"{kind}_spreadsheet") for kind in ("programme", "ledger", "wishes")
        }
        return {kind: key for kind, key in keys.items() if key and key not in theirs}

    @property
    def each(self) -> tuple[tuple[MailboxPlace, Self], ...]:
        """Return the installation as each of several mailboxes has it, to which its share is the programme.

        Where there is one mailbox there are none. One whose spreadsheets ``peerpact init`` has not made is left out.
        """
        return tuple(
            (place, self._as_it_has(place)) for place in placed(self.config) if place.share and place.ledger
        )

    def _as_it_has(self, place: MailboxPlace) -> Self:
        return replace(
            self,
            config=self.config.of(place),
            open_access=lambda scopes: self.open_access(scopes).of(place),
            accounts=(*self.accounts, *place.accounts),
            ledger_accounts=place.ledger_accounts or self.ledger_accounts,
            _opened={},
        )


def placed(config: Config) -> tuple[MailboxPlace, ...]:
    """Return the mailboxes, with the ledger that the first one has from when it was the only one."""
    return tuple(
        replace(place, ledger=place.ledger or config.ledger_spreadsheet)
        if place.mailbox == config.mailbox
        else place
        for place in config.mailboxes
    )


It = TypeVar("It", bound=Installation)


def installed(kind: type[It], environment: Mapping[str, str], **more: Any) -> It:
    """Return the installation of the environment, as the mailbox reaches it from a laptop.

    Raises:
        ConfigError: a variable is missing or wrong.
    """
    config = from_environment(environment)
    return kind(
        config=config,
        open_access=lambda scopes: Access(config, scopes=scopes, source_scopes=[CLOUD]),
        clock=partial(clock.now, environment),
        accounts=addresses(environment, "PEERPACT_ACCOUNTS"),
        ledger_accounts=addresses(environment, "PEERPACT_LEDGER_ACCOUNTS"),
        wishes_accounts=addresses(environment, "PEERPACT_WISHES_ACCOUNTS"),
        wishes_readers=addresses(environment, "PEERPACT_WISHES_READERS"),
        **more,
    )
