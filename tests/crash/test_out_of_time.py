"""Time that is up at any call is no refusal: nobody is set aside for it, and the next runs go on from there."""

from __future__ import annotations

import random
from typing import Any

import pytest
from schedules import Mortal, Stage, differences, found_by_people, settle

from cast import Cast
from peerpact.errors import OutOfTime
from peerpact.google.access import Access
from peerpact.jobs import job as running
from workspace_emulator import InProcessAdapter

SEED = 20261129
CALLS = 3
"""Of each scenario; ``make crash-test`` takes each."""


def run_without(stage: Stage, call: int) -> None:
    """Run a job that has no time for its n-th call."""
    transport = Mortal(InProcessAdapter(stage.cast.company.front), no_turn=call)

    def access() -> Access:
        made = stage.cast.company.access(stage.job)
        made._transport = transport
        return made

    with pytest.raises(OutOfTime):
        running.run(stage.job, access, stage.cast.clock.now)


def set_aside(cast: Cast) -> set[Any]:
    """Return what says of anybody or anything that Google refused it."""
    letters = [*cast.tab("Letters"), *cast.checker().ledger["Letters"]]
    refused = {row["Refused"] for row in letters if row.get("Refused")}
    return refused | {row["What is wrong"] for row in cast.tab("Problems")}


def test_goes_on_as_if_nothing_had_happened_wherever_time_is_up(stage: Stage) -> None:
    stage.begin()
    said = set_aside(stage.cast)
    stage.play({})
    said |= set_aside(stage.cast)
    found: dict[int, Any] = {}
    for call in random.Random(f"{SEED} {stage.name}").sample(range(1, stage.calls + 1), CALLS):  # noqa: S311
        stage.begin()
        run_without(stage, call)
        left = set_aside(stage.cast) - said
        settle(stage.cast, stage.job)
        found[call] = [*left, *differences(stage.undisturbed, found_by_people(stage.cast))]
    assert {call: wrong for call, wrong in found.items() if wrong} == {}
