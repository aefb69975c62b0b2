"""A seed of the crash tests gives the same calls in the same order each time, a run's own workers included."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

import pytest
from moments import Acts, run_roughly, settle
from months import MONTH
from schedules import forget_tokens
from together import let_each_run_be_a_process_of_its_own

from cast import Cast
from workspace_emulator import Snapshot

ROUND_OPENS = MONTH[:3]
"""Proposed, announced, approved: the last one books and introduces, which workers do side by side."""


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that are interrupted as often as can be: in any other order it would show."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def calls(cast: Cast, before: Snapshot, seed: int) -> list[tuple[str, str, int | None, bool]]:
    workspace, dice = cast.company.workspace, random.Random(seed)  # noqa: S311 - repeatable
    let_each_run_be_a_process_of_its_own()
    workspace.store.restore(before)
    workspace.calls.clear()
    forget_tokens(cast)
    for moment in ROUND_OPENS:
        cast.clock.set(moment.at)
        units = [(cast, name) for name in moment.jobs]
        run_roughly(units, dice, 3, Acts(cast, moment.acts))
        settle(units)
    return [(call.method_id, call.user, call.status, call.lost) for call in workspace.calls]


@pytest.mark.usefixtures("hasty_threads")
@pytest.mark.parametrize("seed", [1, 2])
def test_makes_the_same_calls_in_the_same_order(founded: Cast, seed: int) -> None:
    before = founded.company.workspace.store.snapshot()
    first = calls(founded, before, seed)
    assert "gmail.users.drafts.send" in {method for method, *_ in first}
    assert all(calls(founded, before, seed) == first for _ in range(2))
    assert calls(founded, before, seed + 10) != first
