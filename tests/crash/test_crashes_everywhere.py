"""A sample of the schedules that ``make crash-test`` plays in full."""

from __future__ import annotations

import random

from meanwhile import EDITS, play_meanwhile
from months import Month
from schedules import Stage, differences, sampled
from together import play_together

SEED = 20261123
SEEDS_THAT_FOUND_SOMETHING = (10, 12)
"""Months that once ended otherwise: two first commits of a spreadsheet at once led to two revisions."""
OF_THE_MONTHS = (
    *("'welcome:r1:", "'still-there:", "'turn:r1-", "'introduction:r2-"),
    *("'Kind': 'status'", "'Kind': 'my-data'"),
)
"""Letters of the months, each of which comes exactly once, whatever happens."""
FOUND_ONCE = (
    ("pair_people", "inserts a row among the pairings, as the owner", 3),
    ("pair_people", "inserts a column among the pairings, as the owner", 4),
    ("book_first_meetings", "turns the pairings upside down, as the owner", 9),
)
"""Edits before a call that once led to writes to wrong rows."""


def test_ends_as_if_nothing_had_happened_wherever_a_run_is_disturbed(stage: Stage) -> None:
    assert stage.faultless
    found = {
        f"{way}, call {call} of {stage.calls}": differences(stage.undisturbed, stage.disturbed(way, call))
        for way, call in sampled(stage, SEED, 5)
    }
    assert {where: said for where, said in found.items() if said} == {}


def test_ends_as_if_one_run_had_followed_the_other_when_two_run_at_once(stage: Stage) -> None:
    found = {seed: play_together(stage, seed) for seed in range(SEED, SEED + 3)}
    assert {seed: said for seed, said in found.items() if said} == {}


def test_ends_a_month_as_if_nothing_had_happened_while_all_jobs_run_at_once_and_die(month: Month) -> None:
    assert month.undisturbed["breaches"] == []
    there = str(month.undisturbed)
    assert [kind for kind in OF_THE_MONTHS if kind not in there] == []
    found = {seed: month.differences(seed) for seed in (*SEEDS_THAT_FOUND_SOMETHING, SEED, SEED + 1)}
    assert {seed: said for seed, said in found.items() if said} == {}


def test_has_real_work_in_each_scenario(stage: Stage) -> None:
    assert stage.writes > 0


def test_writes_to_the_right_rows_and_people_while_an_admin_edits(stage: Stage) -> None:
    dice = random.Random(f"{SEED} {stage.name}")  # noqa: S311 - repeatable
    thrown = [(edit, dice.randint(1, stage.calls)) for edit in dice.sample(sorted(EDITS), 3)]
    thrown += [(edit, call) for job, edit, call in FOUND_ONCE if job == stage.job.name]
    found = {f"{edit} before call {call}": play_meanwhile(stage, edit, call) for edit, call in thrown}
    assert {where: said for where, said in found.items() if said} == {}
