"""An installation as somebody at a keyboard reaches it: its configuration, and access with the scopes asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from peerpact import clock
from peerpact.config import Config, addresses, from_environment
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
        """The ids of the spreadsheets by kind; an older installation has none for private wishes."""
        keys = {
            kind: getattr(self.config, f"{kind}_spreadsheet") for kind in ("programme", "ledger", "wishes")
        }
        return {kind: key for kind, key in keys.items() if key}


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
