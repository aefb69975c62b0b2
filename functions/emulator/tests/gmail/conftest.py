"""Gmail's client for each of the two people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from mail_words import Box


@pytest.fixture
def gmail(session: Callable[[str], requests.Session]) -> Callable[[str], Box]:
    return lambda user: Box(session(user))


@pytest.fixture
def ada_box(ada: requests.Session) -> Box:
    return Box(ada)


@pytest.fixture
def ben_box(ben: requests.Session) -> Box:
    return Box(ben)
