"""A local Workspace for each test: two people of example.com, a clock that stands still, answers checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import requests
from hypothesis import settings

from chromium import browser, playwright  # noqa: F401 - fixtures for the tests below
from workspace_emulator import Clock, Front, User, Workspace, session_for

settings.register_profile("the same everywhere", deadline=None, derandomize=True)
settings.load_profile("the same everywhere")

A_DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def workspace() -> Workspace:
    made = Workspace(clock=Clock(A_DAY), check_responses=True)
    made.add_user(User(email="ada@example.com", name="Ada Byron", is_admin=True))
    made.add_user(User(email="ben@example.com", name="Ben Okri", aliases=("benjamin@example.com",)))
    return made


@pytest.fixture
def front(workspace: Workspace) -> Front:
    return Front(workspace)


@pytest.fixture
def session(front: Front) -> Callable[[str], requests.Session]:
    """Return a maker of sessions, each acting as one user with every scope."""
    return lambda user: session_for(front, user)


@pytest.fixture
def ada(front: Front) -> requests.Session:
    return session_for(front, "ada@example.com")


@pytest.fixture
def ben(front: Front) -> requests.Session:
    return session_for(front, "ben@example.com")
