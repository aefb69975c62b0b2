"""A sample of the schedules that ``make crash-test`` plays in full."""

from __future__ import annotations

import pytest
from scenarios import SCENARIOS
from schedules import Scenario, Stage, differences, sampled

from cast import Cast

SEED = 20261123


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[s.name for s in SCENARIOS])
def test_ends_as_if_nothing_had_happened_wherever_a_run_is_disturbed(cast: Cast, scenario: Scenario) -> None:
    stage = Stage(cast, scenario)
    assert stage.faultless
    found = {
        f"{way}, call {call} of {stage.calls}": differences(stage.undisturbed, stage.disturbed(way, call))
        for way, call in sampled(stage, SEED, 5)
    }
    assert {where: said for where, said in found.items() if said} == {}
