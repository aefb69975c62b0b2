"""A sample of the oddities that ``make odd-test`` plays in full: one odd thing keeps nobody else waiting."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

import pytest
from company import MONDAY
from odd import OddStage
from odd_cells import VALUES
from scenarios import SCENARIOS
from schedules import Stage

from cast import Cast

SCENARIOS_WITH_ITEMS = (
    "pairings were approved",
    "people have answered invitations",
    "meetings were held",
    "replies wait",
    "a week is over",
)
EACH = 4

T = TypeVar("T")


@pytest.mark.parametrize("name", SCENARIOS_WITH_ITEMS)
def test_goes_on_for_everybody_else_and_comes_to_the_same_end(name: str, founded: Cast) -> None:
    scenario = next(s for s in SCENARIOS if s.name == name)
    founded.clock.set(MONDAY)
    stage = OddStage(Stage(founded, scenario))
    edits = [(cell, value) for cell in stage.cells for value in VALUES]
    refused = [(x, said) for x in _some(name, [*stage.refusals()]) if (said := stage.refused(*x))]
    shown = [(x[:2], said) for x in _some(name, [*stage.shapes()]) if (said := stage.shown(x[0], x[2]))]
    edited = [(x, said) for x in _some(name, edits) if (said := stage.edited(*x))]
    stopped = [(x, said) for x in _some(name, [*stage.calls_about_all()]) if (said := stage.stopped(*x))]
    assert (refused, shown, edited, stopped) == ([], [], [], [])


def _some(name: str, schedules: Sequence[T]) -> Sequence[T]:
    dice = random.Random(name)  # noqa: S311 - repeatable
    return dice.sample(schedules, min(EACH, len(schedules)))
