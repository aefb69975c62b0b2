"""A sample of the slips of one cell, each taken back a day later; ``make slip-test`` plays all of them."""

from __future__ import annotations

import random

import pytest
from running import running_programme

from cast import Cast
from slips import (
    COLUMNS,
    GUARDED_SETTINGS,
    SLIPS,
    differences,
    live,
    outcome,
    play,
    roster_place,
    setting_place,
)

CHOSEN = random.Random("slips")  # noqa: S311 - a sample that is the same everywhere
ALL = [(c, s) for c in COLUMNS for s in SLIPS]
SAMPLE = [
    *CHOSEN.sample(ALL, 6),
    ("email", "emptied"),
    ("managers", "#N/A"),
    ("taking_part", "no"),
    ("taking_part", "paused"),
]
SETTINGS = [
    (name, CHOSEN.choice(["emptied", "a year", "a serial number", "one"])) for name in GUARDED_SETTINGS[:2]
]


@pytest.fixture(scope="module")
def undisturbed() -> tuple[Cast, object, dict[str, object]]:
    cast = running_programme()
    before, now = cast.company.workspace.store.snapshot(), cast.clock.now()
    live(cast, 4)
    return cast, (before, now), outcome(cast)


@pytest.mark.parametrize(("column", "slip"), SAMPLE)
def test_leaves_nothing_of_a_slip_in_the_roster_that_is_taken_back(
    undisturbed, column: str, slip: str
) -> None:  # type: ignore[no-untyped-def]
    cast, (before, now), wanted = undisturbed
    cast.company.workspace.store.restore(before)
    cast.go_to(now)
    assert list(differences(wanted, play(cast, roster_place(cast, column), SLIPS[slip]))) == []


@pytest.mark.parametrize(("setting", "slip"), SETTINGS)
def test_leaves_nothing_of_a_slip_in_settings_that_is_taken_back(
    undisturbed, setting: str, slip: str
) -> None:  # type: ignore[no-untyped-def]
    cast, (before, now), wanted = undisturbed
    cast.company.workspace.store.restore(before)
    cast.go_to(now)
    assert list(differences(wanted, play(cast, setting_place(cast, setting), SLIPS[slip]))) == []
