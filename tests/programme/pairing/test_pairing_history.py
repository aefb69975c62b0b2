"""Who was together is remembered, whatever became of the row that said so, and the tab History says it in few words."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import NO, address, ended, pairing, people, seen
from peerpact.errors import SheetError
from peerpact.programme.pairing import PastGroup
from peerpact.programme.pairing.decision import ChangePairing, RememberGroups, RoundSeen, decide
from peerpact.programme.pairings import Decision, PairingState
from peerpact.programme.plan import Plan
from peerpact.tables.records import history_rows, read_history
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import TabContents, read_tab


def group(letters: str, round: int = 1) -> PastGroup:
    return PastGroup(round=round, people=tuple(sorted(map(address, letters))))


def remembered(plan: Plan) -> set[PastGroup]:
    return {g for a in plan.actions if isinstance(a, RememberGroups) for g in a.groups}


def contents(*rows: tuple[object, ...]) -> TabContents:
    return read_tab(tab("History"), [("E-mail", "Number", "Together"), *rows])  # type: ignore[list-item]


def written(groups: list[PastGroup], before: TabContents) -> TabContents:
    rows = {r["email"]: r.values for r in before.rows} | {r["email"]: r for r in history_rows(groups, before)}
    return contents(*((r["email"], r["number"], r["together"]) for r in rows.values()))


def test_reads_groups_once_as_long_as_no_row_says_something_else() -> None:
    rows = [(address("a"), 1, "1:2"), (address("b"), 2, "1:1")]
    once = read_history(contents(*rows))
    assert read_history(contents(*rows)) is once
    assert read_history(contents(*rows, (address("c"), 3, "2:1"))).groups == (group("ab"), group("ac", 2))
    assert read_history(contents(rows[0], (address("b"), 2, "#N/A"))).problems


PAST = st.lists(
    st.builds(
        lambda number, letters: group("".join(letters), number),
        st.integers(1, 20),
        st.lists(st.sampled_from("abcdefghij"), min_size=2, max_size=3, unique=True),
    ),
    max_size=30,
    unique=True,
)


@given(PAST, PAST)
def test_reads_back_what_was_written_in_two_runs(first: list[PastGroup], then: list[PastGroup]) -> None:
    once = written(first, contents())
    twice = written([g for g in then if g not in first], once)
    assert set(read_history(once).groups) == set(first)
    assert set(read_history(twice).groups) == {*first, *then}
    assert {r["number"] for r in once.rows} <= {r["number"] for r in twice.rows}


def test_keeps_a_person_s_rounds_in_a_few_signs() -> None:
    rows = history_rows([group("ab"), group("ac", 2), group("acd", 3)], contents())
    assert {r["email"]: r["together"] for r in rows} == {
        address("a"): "1:2 2:3 3:3+4",
        address("b"): "1:1",
        address("c"): "2:1 3:1+4",
        address("d"): "3:1+3",
    }


def test_forgets_only_whose_row_was_deleted() -> None:
    known = contents((address("a"), 1, "1:2 2:3"), (address("c"), 3, "2:1"))
    assert read_history(known).groups == (group("ac", 2),)


@pytest.mark.parametrize("word", ["1", "1:", "one:2", "1:2+", "1:b", "0", "²:³", "#REF!"])
def test_reads_from_others_rows_what_one_row_can_t_tell_any_more(word: str) -> None:
    read = read_history(
        contents((address("a"), 1, word), (address("b"), 2, "1:1 2:3"), (address("c"), 3, "2:2"))
    )
    assert (set(read.groups), len(read.problems)) == ({group("ab"), group("bc", 2)}, 1)


@pytest.mark.parametrize(
    ("email", "number"), [("", 1), ("x", 1), (address("a"), ""), (address("a"), "#N/A"), (address("a"), 3)]
)
def test_takes_nobody_for_somebody_else_where_a_row_can_t_tell_who_it_is(email: str, number: object) -> None:
    known = contents((email, number, "1:2"), (address("b"), 2, "1:1 2:3"), (address("c"), 3, "2:2"))
    assert set(read_history(known).groups) <= {group("ab"), group("bc", 2)}
    assert read_history(known).problems
    assert {r["number"] for r in history_rows([group("dx", 3)], known)} == {4, 5}


def test_stops_where_most_of_the_tab_can_t_be_read_instead_of_forgetting() -> None:
    with pytest.raises(SheetError, match="most of it"):
        read_history(contents(*((address(letter), n, "x") for n, letter in enumerate("abcd", start=1))))


def test_remembers_a_group_of_three_that_is_reshaped() -> None:
    programme = seen("2026-01-10", [*people("abd"), *people("c", taking_part=NO)], pairing("abc"))
    assert remembered(decide(RoundSeen(programme=programme))) == {group("abc"), group("abd")}


@pytest.mark.parametrize("state", [PairingState.REJECTED, PairingState.ENDED, PairingState.APPROVED])
def test_remembers_what_was_approved_whatever_became_of_it(state: PairingState) -> None:
    programme = seen("2026-04-01", people("abcd"), pairing("ab", state=state), pairing("cd"))
    plan = decide(RoundSeen(programme=programme))
    assert remembered(plan) == {group("ab"), group("cd")}
    proposed = [a.pairing.people for a in plan.actions if hasattr(a, "pairing") and a.pairing.round == 2]
    assert not {group("ab").people, group("cd").people} & set(proposed)


def test_remembers_without_the_row_and_says_it_once() -> None:
    known = tuple(group(pair) for pair in ("ab", "cd"))
    plan = decide(RoundSeen(programme=seen("2026-04-01", people("abcd")), history=known))
    assert not remembered(plan)
    assert not {g.people for g in known} & {a.pairing.people for a in plan.actions}


def test_does_not_remember_what_was_only_proposed() -> None:
    never_came_about = ended("ab", approved_on=None)
    assert not remembered(decide(RoundSeen(programme=seen("2026-01-10", people("ab"), never_came_about))))


def test_does_not_propose_again_who_were_parted_in_this_round() -> None:
    """A pair approved and then rejected, and one of whom paused, are known in the next round."""
    rejected = replace(pairing("ab"), decision=Decision.REJECT)
    plan = decide(RoundSeen(programme=seen("2026-01-10", people("abcd"), rejected, pairing("cd"))))
    assert group("ab") in remembered(plan)
    after = {p.id: p for p in (rejected, pairing("cd"))}
    after |= {a.pairing.id: a.pairing for a in plan.actions if not isinstance(a, RememberGroups)}
    history = tuple(remembered(plan))
    later = decide(RoundSeen(programme=seen("2026-04-01", people("abcd"), *after.values()), history=history))
    new = [a.pairing.people for a in later.actions if not isinstance(a, ChangePairing | RememberGroups)]
    assert not {group(pair).people for pair in ("ab", "cd")} & set(new)
    assert len(new) == len(list(combinations("abcd", 2))) // 3
