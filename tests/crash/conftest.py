"""The company of the crash tests, founded once a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from company import MONDAY, small_company

from cast import Cast
from workspace_emulator.store import Snapshot


@pytest.fixture(scope="session")
def _founded_for_crashes() -> tuple[Cast, Snapshot]:
    cast = small_company()
    return cast, cast.company.workspace.store.snapshot()


@pytest.fixture
def cast(_founded_for_crashes: tuple[Cast, Snapshot]) -> Iterator[Cast]:
    """The company on the Monday on which the first round opens."""
    cast, snapshot = _founded_for_crashes
    cast.company.workspace.store.restore(snapshot)
    cast.clock.set(MONDAY)
    yield cast
    cast.company.workspace.faults.clear()
