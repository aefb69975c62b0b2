"""The small changes by which the tests themselves are examined."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent))
from changes import changed, mutants_of, read_reasons, sampled, stale_reasons

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


@pytest.mark.parametrize(
    "quiet", ['"""Words only."""', "X: int = 3", '__all__ = ["told"]', "from there import much"]
)
def test_leaves_what_decides_nothing(quiet: str) -> None:
    assert mutants_of("here", quiet) == []


def test_tells_two_changes_of_one_line_apart() -> None:
    names = [m.name for m in mutants_of("here", "def both() -> bool:\n    return ask(1) and ask(1)")]
    assert names[1:] == ["here:both: ask(1) -> ask(2)", "here:both: ask(1) -> ask(2) (2)"]


def test_knows_where_a_constant_is_used() -> None:
    used = {m.owner: m.used for m in mutants_of("here", SOURCE)}
    assert used == {"MOST": (2, 9), "Pair.is_kept": (7, 8, 9), "told": tuple(range(11, 18))}


BOUND = """["here:MOST: 5 -> 6"]
lines = "MOST = 5"
why = "nobody has so many"
"""
PRUNED = BOUND.replace("MOST = 5", "MOST = 5  # as always")


def test_leaves_out_what_makes_no_difference_as_long_as_the_line_is_the_same() -> None:
    every = mutants_of("here", SOURCE)
    found = sampled(every, read_reasons(BOUND), seed=1, size=100)
    assert [m.name for m in found if m.harmless_by(read_reasons(BOUND))] == ["here:MOST: 5 -> 6"]
    assert stale_reasons("here", every, read_reasons(BOUND)) == []
    assert not any(m.harmless_by(read_reasons(PRUNED)) for m in every)
    assert stale_reasons("here", every, read_reasons(PRUNED)) == ["here:MOST: 5 -> 6"]
    assert stale_reasons("elsewhere", every, read_reasons(PRUNED)) == []


def test_takes_as_many_others_in_their_place_and_the_same_ones_wherever_they_are() -> None:
    every = mutants_of("here", SOURCE)
    plain = sampled(every, {}, seed=1, size=4)
    without = {plain[0].name: (plain[0].lines, "why not")}
    wider = sampled(every, without, seed=1, size=4)
    assert len(wider) == 5
    assert {m.name for m in plain} < {m.name for m in wider}
    moved = sampled(mutants_of("here", f"import ast\n{SOURCE}"), {}, seed=1, size=4)
    assert [m.name for m in moved] == [m.name for m in plain]


HERE = Path(__file__).resolve().parent
PEERPACT = HERE.parents[1] / "functions" / "peerpact"
REASONS = read_reasons((HERE / "harmless.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", sorted({name.partition(":")[0] for name in REASONS}))
def test_says_why_of_lines_as_they_are(module: str) -> None:
    source = PEERPACT.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    assert stale_reasons(module, mutants_of(module, source), REASONS) == []
