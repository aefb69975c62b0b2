"""A sample of the oddities that ``make odd-test`` plays in full: one refused item keeps nobody else waiting."""

from __future__ import annotations

import random

import pytest
from company import MONDAY
from odd import OddStage
from scenarios import SCENARIOS
from schedules import Stage

from cast import Cast

JOBS_WITH_ITEMS = (
    "pairings were approved",
    "people have answered invitations",
    "meetings were held",
    "replies wait",
    "a week is over",
)
EACH = 6


@pytest.mark.parametrize("name", JOBS_WITH_ITEMS)
def test_goes_on_for_everybody_else_and_comes_to_the_same_end(name: str, founded: Cast) -> None:
    scenario = next(s for s in SCENARIOS if s.name == name)
    founded.clock.set(MONDAY)
    stage = OddStage(Stage(founded, scenario))
    refused = random.Random(name).sample(list(stage.refusals()), EACH)  # noqa: S311 - repeatable
    assert [
        (item, refusal, said) for item, refusal in refused if (said := stage.refused(item, refusal))
    ] == []
    shapes = list(stage.shapes())
    shown = random.Random(name).sample(shapes, min(EACH, len(shapes)))  # noqa: S311 - repeatable
    assert [(item, shape, said) for item, shape, change in shown if (said := stage.shown(item, change))] == []
