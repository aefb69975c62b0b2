"""A pytest plugin: the fixture ``workspace`` is a local Workspace of the test's own, and hands out clients for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import gspread
    import requests

    from workspace_emulator import CallRecord, Clock, Front, Workspace
    from workspace_emulator.core.faults import Faults
    from workspace_emulator.core.identity import Identity
    from workspace_emulator.core.quotas import Quotas

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When every test begins: a Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalWorkspace:
    """A Workspace, the way into it, and clients that act as any of its users. Nobody has a socket or an account."""

    workspace: Workspace
    front: Front

    @property
    def clock(self) -> Clock:
        """The time, which stands still until it is moved."""
        return self.workspace.clock

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.workspace.faults

    @property
    def quotas(self) -> Quotas:
        """Google's limits, off until they are switched on."""
        return self.workspace.quotas

    @property
    def identity(self) -> Identity:
        """Service accounts, tokens and consents."""
        return self.workspace.identity

    @property
    def calls(self) -> list[CallRecord]:
        """What was asked, the oldest first."""
        return self.workspace.calls

    def add_user(self, email: str, name: str = "", **more: Any) -> str:
        """Add an account and return its address; ``more`` are the other fields of ``User``."""
        from workspace_emulator import User  # noqa: PLC0415 - only for those who ask

        name = name or email.partition("@")[0].replace(".", " ").title()
        return self.workspace.add_user(User(email=email, name=name, **more)).email

    def session(self, user: str) -> requests.Session:
        """Return an authorised session of ``requests`` that acts as a user, whatever host it asks."""
        from workspace_emulator import session_for  # noqa: PLC0415 - only for those who ask

        return session_for(self.front, user)

    def gspread(self, user: str) -> gspread.Client:
        """Return a gspread client that acts as a user."""
        import gspread  # noqa: PLC0415 - only for those who ask

        return gspread.Client(auth=None, session=self.session(user))  # type: ignore[arg-type]  # has its token

    def service(self, api: str, version: str, user: str) -> Any:
        """Return google-api-python-client's service, such as ``service("calendar", "v3", user)``."""
        from workspace_emulator.clients import client  # noqa: PLC0415 - only for those who ask

        return client(api, version, self.session(user))


@pytest.fixture
def workspace() -> LocalWorkspace:
    """Give a Workspace for example.com with one admin, a clock that stands still, and answers that are checked."""
    from workspace_emulator import Clock, Front, User, Workspace  # noqa: PLC0415 - only for those who ask

    made = Workspace(clock=Clock(MORNING), check_responses=True)
    made.add_user(User(email="admin@example.com", name="Alex Admin", is_admin=True))
    return LocalWorkspace(workspace=made, front=Front(made))
