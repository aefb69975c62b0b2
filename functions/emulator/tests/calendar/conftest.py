"""The calendars of three people; Ada organises, Ben and Cy are her guests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from calendar_words import Diary

from workspace_emulator import User, Workspace


@pytest.fixture
def ada_diary(ada: requests.Session) -> Diary:
    return Diary(ada)


@pytest.fixture
def ben_diary(ben: requests.Session) -> Diary:
    return Diary(ben)


@pytest.fixture
def cy_diary(workspace: Workspace, session: Callable[[str], requests.Session]) -> Diary:
    workspace.add_user(User(email="cy@example.com", name="Cy", time_zone="America/New_York"))
    return Diary(session("cy@example.com"))
