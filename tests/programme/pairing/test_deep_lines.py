"""Lines so long that no list of the pairs in them is made: the same rules by another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import address, facts, person

from peerpact.programme.pairing import PairingRules, deep_lines, participants_of, propose
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Participants
from peerpact.programme.people import Person


@st.composite
def companies(draw: st.DrawFn) -> tuple[list[Person], list[tuple[str, str]], PairingRules]:
    """Draw people of whom each reports to one or two before them, or to nobody, or by a slip to somebody after."""
    size = draw(st.integers(2, 14))
    bosses = st.lists(st.integers(0, size), max_size=2, unique=True)
    people = [person(i, *draw(st.one_of(st.just([i - 1] if i else []), bosses)), team=i) for i in range(size)]
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    never = [(address(a), address(b)) for a, b in draw(st.lists(pairs, max_size=4)) if a != b]
    return people, never, PairingRules(include_top=draw(st.booleans()))


def known(deep: int, people: list[Person], never: list[tuple[str, str]], rules: PairingRules) -> Participants:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deep_lines, "DEEP", deep)
        found = participants_of(people, facts(people, never=never, rules=rules))
        found.have_partners(everybody(found))
        return found


def everybody(of: Participants) -> Numbers:
    return np.arange(of.nobody)


def allowed(of: Participants) -> Costs:
    return of.costs(everybody(of), everybody(of)) < FORBIDDEN


@given(companies(), st.integers(1, 3))
def test_forbids_the_same_pairs_however_deep_somebody_stands(
    company: tuple[list[Person], list[tuple[str, str]], PairingRules], deep: int
) -> None:
    listed, by_tree = known(deep_lines.DEEP, *company), known(deep, *company)
    assert (allowed(listed) == allowed(by_tree)).all()
    one, other = np.triu_indices(listed.nobody, 1)
    assert ((by_tree.costs_of(one, other) < FORBIDDEN) == allowed(listed)[one, other]).all()
    assert (by_tree.have_partners(everybody(by_tree)) == allowed(listed).any(axis=1)).all()


@given(companies(), st.integers(1, 3))
def test_takes_one_of_those_who_may_be_with_the_same_others(
    company: tuple[list[Person], list[tuple[str, str]], PairingRules], deep: int
) -> None:
    it = known(deep, *company)
    may = allowed(it)
    one_of_each = it.one_of_each(everybody(it))
    for i in everybody(it):
        assert any((may[i] == may[j]).all() and not may[i, j] for j in one_of_each)


def test_pairs_a_chain_with_those_outside_and_explains_the_rest() -> None:
    chain = [person(i, *([i - 1] if 0 < i < 600 else []), team=i) for i in range(750)]
    result = propose(chain, facts(chain))
    assert len(result.groups) == 150
    assert all(address(600) <= max(group.people) for group in result.groups)
    assert len(result.left_over) == 450
    assert {over.setting for over in result.left_over[:200]} <= {"Reporting line", "Top person takes part"}
