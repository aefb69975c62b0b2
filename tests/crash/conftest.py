"""The company of the crash tests, founded once a process, and each scenario prepared once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from company import MONDAY, small_company
from months import Month
from scenarios import SCENARIOS
from schedules import Stage

from cast import Cast
from waiting import try_again_at_once
from workspace_emulator import Snapshot


@pytest.fixture(scope="session")
def _founded_for_crashes() -> tuple[Cast, Snapshot]:
    cast = small_company()
    return cast, cast.company.workspace.store.snapshot()


@pytest.fixture
def founded(_founded_for_crashes: tuple[Cast, Snapshot]) -> Iterator[Cast]:
    """The company on the Monday on which the first round opens."""
    cast, snapshot = _founded_for_crashes
    cast.company.workspace.store.restore(snapshot)
    cast.clock.set(MONDAY)
    try_again_at_once()
    yield cast
    cast.company.workspace.faults.clear()


@pytest.fixture(scope="module")
def month(_founded_for_crashes: tuple[Cast, Snapshot]) -> Iterator[Month]:
    """The whole month of the company."""
    cast, snapshot = _founded_for_crashes
    cast.company.workspace.store.restore(snapshot)
    try_again_at_once()
    yield Month(cast)
    cast.company.workspace.faults.clear()


@pytest.fixture(scope="module", params=SCENARIOS, ids=[s.name for s in SCENARIOS])
def stage(request: pytest.FixtureRequest, _founded_for_crashes: tuple[Cast, Snapshot]) -> Iterator[Stage]:
    """One scenario, from the Monday on which the first round opens."""
    cast, snapshot = _founded_for_crashes
    cast.company.workspace.store.restore(snapshot)
    cast.clock.set(MONDAY)
    try_again_at_once()
    yield Stage(cast, request.param)
    cast.company.workspace.faults.clear()
