"""One local Workspace: a domain's users and everything that the services keep for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workspace_emulator.core.accounts import Accounts, User
from workspace_emulator.core.clock import Clock
from workspace_emulator.core.faults import Faults
from workspace_emulator.core.identity import Identity
from workspace_emulator.core.quotas import Quotas
from workspace_emulator.core.store import Snapshot, Store

MOST_CALLS = 100_000
"""So many of the latest calls are remembered at least, twice as many at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One request that reached the Workspace. ``kind`` is ``read`` or ``write``.

    A read is a GET, or a POST that changes nothing (a token, a free/busy query). ``status`` is None when the
    connection was dropped before the request had an effect, and ``lost`` says that the answer never reached the
    caller; ``method_id`` is empty for an unknown path.
    """

    number: int
    method_id: str
    user: str
    kind: str
    status: int | None
    lost: bool = False


class Workspace:
    """The state behind all services. ``domain`` is the one whose users live here; all else is outside.

    With ``accept_any_token`` an unknown access token acts as the first user (``local:ada@example.com`` as
    Ada). With ``check_responses`` an answer that the discovery document forbids is an AssertionError.
    """

    def __init__(
        self,
        *,
        domain: str = "example.com",
        clock: Clock | None = None,
        path: Path | None = None,
        accept_any_token: bool = False,
        check_responses: bool = False,
    ) -> None:
        self.domain = domain
        self.store = Store(path)
        self.clock = clock or self._kept_clock()
        self.check_responses = check_responses
        self.calls: list[CallRecord] = []
        self.accounts = Accounts(self.store)
        self.identity = Identity(self.store, self.accounts, accept_any_token=accept_any_token)
        self.faults = Faults()
        self.quotas = Quotas(self.clock)
        self.snapshots: dict[str, Snapshot] = {}
        if path:
            self.clock.on_change = self._keep_clock

    def close(self) -> None:
        """Let go of the file, if there is one, so that another Workspace may open it."""
        self.store.close()

    def note_call(self, **call: Any) -> None:
        """Keep a record of a call; of very many the oldest go."""
        number = self.calls[-1].number + 1 if self.calls else 1
        self.calls.append(CallRecord(number=number, **call))
        if len(self.calls) >= 2 * MOST_CALLS:
            del self.calls[:MOST_CALLS]

    def _kept_clock(self) -> Clock:
        return Clock.from_reading(self.store.collection("clock").get("reading", {}))

    def _keep_clock(self) -> None:
        """Let the file remember the clock; it is not part of what a snapshot restores."""
        self.store.collection("clock")["reading"] = self.clock.reading()
        self.store.flush()

    def add_user(self, user: User) -> User:
        """Add or replace an account. Addresses compare in lower case."""
        return self.accounts.add(user)

    def user(self, address: str) -> User | None:
        """Return the account behind an address, an alias or a plus-address, or None when there is none."""
        return self.accounts.find(address)

    def users(self) -> list[User]:
        return self.accounts.all()

    def first_user(self) -> User | None:
        return self.accounts.first()
