"""What happens to small programmes, one thing after another, against trying everything. The long form is a bench."""

from __future__ import annotations

import pytest
from repair_sequences import failures

SAMPLE = 240
"""Sequences of five events; ``make bench-repairs`` plays 20,000 others."""


@pytest.mark.parametrize("part", range(6))
def test_moves_the_fewest_that_can_be_moved_and_nobody_in_a_second_run(part: int) -> None:
    seeds = range(1_000_000 + part, 1_000_000 + SAMPLE, 6)
    assert [failure for seed in seeds for failure in failures(seed)] == []
