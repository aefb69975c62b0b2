"""Everybody is in one pairing of a round, whatever an edit by hand or a restored spreadsheet left there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from by_value import on, pairing, people, seen, waiting
from peerpact.programme.pairing.decision import ChangePairing, ProposePairing, RoundSeen, decide
from peerpact.programme.pairing.overlaps import apart
from peerpact.programme.pairings import Pairing

GROUPS = st.lists(
    st.builds(
        lambda letters, is_approved: (pairing if is_approved else waiting)("".join(letters)),
        st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=3, unique=True),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda p: p.id,
)


def in_how_many(pairings: list[Pairing]) -> Counter[str]:
    return Counter(e for p in pairings if p.is_standing for e in p.people)


@given(GROUPS)
def test_leaves_everybody_in_one_pairing_and_nobody_new_in_any(groups: list[Pairing]) -> None:
    changed = apart(groups)
    after = [changed.get(p.id, p) for p in groups]
    assert set(in_how_many(after).values()) <= {1}
    assert all(set(changed[p.id].people) <= set(p.people) for p in groups if p.id in changed)
    assert all(len(p.people) > 1 for p in after if p.is_standing)


def test_keeps_the_one_that_came_furthest() -> None:
    met = pairing("bc", meeting_state="held")
    assert apart([waiting("ab"), pairing("ac"), met]).keys() == {waiting("ab").id, pairing("ac").id}
    assert apart([pairing("ab"), pairing("cd")]) == {}
    assert apart([pairing("ab"), pairing("acd")])[pairing("acd").id].people == pairing("cd").people


@given(GROUPS)
def test_comes_to_rest_whoever_was_in_two(groups: list[Pairing]) -> None:
    day, who, pairings = "2026-01-10", people("abcdefgh"), {p.id: p for p in groups}
    for _ in range(3):
        programme = seen(day, who, *pairings.values())
        actions = decide(RoundSeen(programme=programme)).actions
        changes = [a.pairing for a in actions if isinstance(a, ChangePairing | ProposePairing)]
        pairings |= {p.id: replace(p, decision=None) for p in changes}
    assert changes == []
    assert set(in_how_many([*pairings.values()]).values()) == {1}


def test_lets_go_who_stays_alone() -> None:
    """Of the pairing that ends, who has no other one keeps the next that they are in."""
    met, second, third = pairing("ab", meeting_state="held"), pairing("bc"), pairing("cd")
    later = replace(third, proposed_on=on("2026-01-02"))
    assert apart([later, second, met]).keys() == {second.id}


def test_keeps_the_earlier_one_and_last_one_whose_day_nobody_knows() -> None:
    first, second = pairing("ac"), replace(pairing("ab"), proposed_on=on("2026-01-02"))
    assert apart([second, first]).keys() == {second.id}
    assert apart([replace(first, proposed_on=None), second]).keys() == {first.id}
