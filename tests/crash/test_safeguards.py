"""Each safeguard, switched off, shows in the schedule that is known to need it."""

from __future__ import annotations

import pytest
from safeguards import SAFEGUARDS, Safeguard, caught
from scenarios import SCENARIOS
from schedules import Stage

from cast import Cast


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=[s.name for s in SAFEGUARDS])
def test_misses_each_safeguard_that_is_switched_off(safeguard: Safeguard, founded: Cast) -> None:
    scenario = next(s for s in SCENARIOS if s.name == safeguard.scenario)
    assert caught(Stage(founded, scenario), safeguard)
