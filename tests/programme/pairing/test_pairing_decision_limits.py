"""One step beyond the usual in what pair_people decides, by value: half a roster, limits counted, those who stay."""

from __future__ import annotations

from dataclasses import replace

from by_value import NO, address, at, on, pairing, people, person, seen, waiting
from peerpact.programme.pairing.decision import ChangePairing, ProposePairing, RoundSeen, decide
from peerpact.programme.pairings import Decision, PairingState
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish


def told(plan: Plan) -> list[str]:
    proposed = [a.names for a in plan.actions if isinstance(a, ProposePairing)]
    changed = [f"{a.names}: {a.pairing.state}" for a in plan.actions if isinstance(a, ChangePairing)]
    return [*proposed, *changed]


def test_gives_newcomers_nobody_while_half_the_roster_can_t_be_read_but_takes_in_whom_it_parted() -> None:
    who = [person("a", taking_part=NO), *people("bcdef")]
    programme = seen("2026-01-10", who, pairing("ab"), pairing("cd"), most_ended=100)
    whole = told(decide(RoundSeen(programme=programme)))
    half = told(decide(RoundSeen(programme=replace(programme, is_all_known=False))))
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
