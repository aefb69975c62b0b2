"""The small changes by which the tests themselves are examined."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent))
from changes import changed, mutants_of

SOURCE = '''
MOST = 5
PATTERN = compile("[a-z]+")

class Pair:
    @property
    def is_kept(self) -> bool:
        """Tell whether it is kept."""
        return not self.ended and self.days < MOST

def told(pairs: list[Pair], names: dict[str, str | None]) -> list[str]:
    found = []
    for pair in pairs:
        if pair.hidden:
            continue
        found.append(f"{pair.day + 1} days")
    raise ValueError("never 1")
'''


def test_lists_every_change_once_with_what_it_makes_of_the_source() -> None:
    assert [f"{m.owner}: {m.before} -> {m.after}" for m in mutants_of("here", SOURCE)] == [
        "MOST: 5 -> 6",
        "Pair.is_kept: not self.ended and self.days < MOST -> not self.ended or self.days < MOST",
        "Pair.is_kept: not self.ended -> self.ended",
        "Pair.is_kept: self.days < MOST -> self.days <= MOST",
        "told: pair.hidden -> not pair.hidden",
        "told: continue -> break",
        "told: found.append(f'{pair.day + 1} days') -> pass",
        "told: pair.day + 1 -> pair.day - 1",
        "told: pair.day + 1 -> pair.day + 2",
    ]


def test_makes_one_change_at_a_time_and_something_that_runs() -> None:
    for mutant in mutants_of("here", SOURCE):
        before = ast.unparse(ast.parse(SOURCE))
        after = ast.unparse(ast.fix_missing_locations(changed(mutant, SOURCE)))
        assert after not in before, mutant.name
        compile(after, "here", "exec")


@pytest.mark.parametrize("quiet", ['"""Words only."""', "X: int = 3", "from there import much"])
def test_leaves_what_decides_nothing(quiet: str) -> None:
    assert mutants_of("here", quiet) == []
