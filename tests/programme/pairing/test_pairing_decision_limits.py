"""One step beyond the usual in what pair_people decides, by value: half a roster, limits counted, those who stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_value import NO, address, at, ended, on, pairing, people, person, seen, waiting
from peerpact.programme.archive import MoveToArchive
from peerpact.programme.doubts import Doubt
from peerpact.programme.pairing import PastGroup
from peerpact.programme.pairing.decision import (
    ChangePairing,
    ProposePairing,
    RememberGroups,
    RoundSeen,
    decide,
    facts_of,
)
from peerpact.programme.pairing.order import NewestOnTop
from peerpact.programme.pairings import Decision, PairingState, round_on
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish
from peerpact.programme.sentences import say


def told(plan: Plan) -> list[str]:
    proposed = [a.names for a in plan.actions if isinstance(a, ProposePairing)]
    changed = [f"{a.names}: {a.pairing.state}" for a in plan.actions if isinstance(a, ChangePairing)]
    return [*proposed, *changed]


def test_gives_newcomers_nobody_while_half_the_roster_can_t_be_read_but_takes_in_whom_it_parted() -> None:
    who = [person("a", taking_part=NO), *people("bcdef")]
    programme = seen("2026-01-10", who, pairing("ab"), pairing("cd"), most_ended=100)
    whole = told(decide(RoundSeen(programme=programme)))
    half = told(decide(RoundSeen(programme=replace(programme, unread=frozenset({""})))))
    assert [x for x in whole if "E" in x.partition(":")[0] or "F" in x.partition(":")[0]]
    assert not [x for x in half if "E" in x.partition(":")[0] or "F" in x.partition(":")[0]]
    assert "B & C & D: Approved" in half


def test_counts_as_an_end_what_was_approved_or_lost_somebody_and_no_proposal_that_is_only_taken_back() -> (
    None
):
    def refused(*pairings: object, gone: str = "") -> bool:
        who = [*people(gone, taking_part=NO), *people(sorted(set("abcd") - set(gone)))]
        plan = decide(RoundSeen(programme=seen("2026-01-02", who, *pairings, most_ended=0)))  # type: ignore[arg-type]
        return bool(plan.too_much)

    reject = {"decision": Decision.REJECT}
    others = [waiting("cd", **reject)]
    assert not refused(waiting("ab", **reject), *others)
    assert refused(pairing("ab", **reject), pairing("cd", **reject))
    assert refused(waiting("ab"), waiting("cd"), gone="ac")
    assert refused(pairing("ab"), pairing("cd"), gone="ac")


def test_proposes_again_those_of_the_last_round_who_both_said_so() -> None:
    def round_of(number: int, day: str) -> list[str]:
        said = tuple(
            Request(id=x, person=address(x), kind=Wish.STAY, asked_on=on("2026-03-26")) for x in "ab"
        )
        programme = seen(
            day,
            people("abcd"),
            pairing("ab", number, approved_on=at("2026-01-04")),
            pairing("cd", number),
            requests=said,
        )
        return sorted(told(decide(RoundSeen(programme=programme))))

    assert "A & B" in round_of(1, "2026-04-01")
    assert "A & B" not in round_of(2, "2026-07-01")


def test_remembers_what_it_approves_once() -> None:
    programme = seen("2026-01-04", people("ab"), waiting("ab", decision=Decision.APPROVE))
    [change, remembered] = decide(RoundSeen(programme=programme)).actions
    assert isinstance(change, ChangePairing)
    assert change.pairing.state is PairingState.APPROVED
    after = RoundSeen(
        programme=replace(programme, pairings=(change.pairing,)),
        history=remembered.groups,  # type: ignore[attr-defined]
    )
    assert decide(after).actions == ()


def group(letters: str, round: int) -> PastGroup:
    return PastGroup(round=round, people=tuple(map(address, letters)))


@pytest.mark.parametrize(
    ("groups", "key", "summary"),
    [
        ("ab", "history-1-", "Remember 1 group of people who were together, on the tab History"),
        ("ab cd", "history-2-", "Remember 2 groups of people who were together, on the tab History"),
        ("cd ab ef", "history-3-", "Remember 3 groups of people who were together, on the tab History"),
    ],
)
def test_counts_and_names_what_it_remembers_by_the_last_group(groups: str, key: str, summary: str) -> None:
    each = list(enumerate(groups.split(), 1))
    found = RememberGroups(groups=tuple(group(who, number) for number, who in each))
    number, who = each[-1]
    last = pairing(who, number)
    assert (found.key, found.summary) == (f"{key}{last.id}", summary)


def test_moves_nothing_to_the_archive_when_nothing_is_over() -> None:
    def moved(*pairings: object) -> int:
        programme = seen("2026-01-10", people("ab"), *pairings)  # type: ignore[arg-type]
        plan = decide(RoundSeen(programme=programme, has_archive=True))
        return len([a for a in plan.actions if isinstance(a, MoveToArchive)])

    assert moved(pairing("ab")) == 0
    assert moved() == 0


@pytest.mark.parametrize(
    ("day", "there", "held", "concerned"),
    [
        ("2026-01-01", "", "", "ABCD"),
        ("2026-01-01", "", "cd", "AB"),
        ("2026-01-01", "", "d", "ABC"),
        ("2026-01-10", "ab", "", "CD"),
        ("2026-01-10", "ab", "cd", ""),
        ("2026-01-10", "ab", "d", "ABC"),
    ],
)
def test_gives_nobody_new_to_whose_row_of_forbidden_or_locked_pairs_can_t_be_read(
    day: str, there: str, held: str, concerned: str
) -> None:
    """When a round opens, and for newcomers in its midst."""
    programme = seen(day, people("abcd"), *([pairing(there)] if there else []), most_ended=100)
    plan = decide(RoundSeen(programme=programme, held=frozenset(map(address, held))))
    assert sorted(x for names in told(plan) for x in names.partition(":")[0].split(" & ")) == [*concerned]


def test_knows_as_earlier_partners_those_of_earlier_rounds_and_of_this_one_who_are_so_no_longer() -> None:
    programme = seen("2026-04-10", people("abcdef"), pairing("ab", 2), ended("cd", 2))
    history = (group("ef", 1), group("ab", 1), group("ab", 2), group("cd", 2))
    current = round_on(programme.today, programme.settings)
    assert current is not None
    facts = facts_of(RoundSeen(programme=programme, history=history), current, on=programme.today)
    assert facts.history == [group("ef", 1), group("ab", 1), group("cd", 2)]


@pytest.mark.parametrize(
    ("who", "rows", "newest"), [("ab", (2, 1), []), ("abcd", (2, 1), [2]), ("abcd", (2, 2), [])]
)
def test_sorts_the_tab_where_what_is_proposed_comes_below_an_older_round(
    who: str, rows: tuple[int, ...], newest: list[int]
) -> None:
    """A and B are approved at their place; C and D are proposed below the rows that are there."""
    approved = waiting("ab", 2, decision=Decision.APPROVE)
    plan = decide(RoundSeen(programme=seen("2026-04-02", people(who), ended("xy"), approved), rows=rows))
    assert [a.newest for a in plan.actions if isinstance(a, NewestOnTop)] == newest


def test_tells_of_who_is_missing_once_and_not_of_who_is_gone_or_asked_about() -> None:
    def missing(**more: object) -> list[str]:
        programme = seen("2026-01-10", people("acd"), pairing("ab"), pairing("cd"))
        plan = decide(RoundSeen(programme=replace(programme, **more)))  # type: ignore[arg-type]
        return [p.row_key for p in plan.problems or () if address("b") in p.row_key]

    doubt = Doubt(pairing=pairing("ab"), why=say("They are in one line"), since=on("2026-01-09"))
    assert len(missing()) == 1
    assert missing(doubts={pairing("ab").id: doubt}) == []
    assert missing(asked_about=frozenset([address("b")])) == []
    assert missing(closed=frozenset([address("b")])) == []


@pytest.mark.parametrize("held", ["", "a"])
def test_takes_nobody_out_of_two_pairings_who_are_held_or_are_in_one_no_more(held: str) -> None:
    """A is in two; D's is over, and theirs with A was rejected."""
    who = [replace(p, held=p.email == address(held)) for p in people("abcd")] if held else people("abcd")
    both = (pairing("ab", id="1"), pairing("ac", id="2"), pairing("ad", id="3", state=PairingState.REJECTED))
    plan = decide(RoundSeen(programme=seen("2026-01-10", who, *both, most_ended=100)))
    found = {a.pairing.id: str(a.pairing.state) for a in plan.actions if isinstance(a, ChangePairing)}
    assert found == ({} if held else {"2": "Ended"})
