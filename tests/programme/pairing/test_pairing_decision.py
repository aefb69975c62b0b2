"""What becomes of a round's pairings on a day: proposed, approved, rejected, repaired, ended. By value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from by_value import NO, PAUSED, address, at, ended, entered, on, pairing, people, person, seen, waiting
from peerpact.programme.pairing.decision import (
    ChangePairing,
    ProposePairing,
    RememberGroups,
    RoundSeen,
    decide,
)
from peerpact.programme.pairings import Decision, EnteredPair, Pairing, PairingState, pairing_id
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.seen import ProgrammeSeen

NOBODY_ELSE = "nobody else takes part"
JOINED = "Joined by somebody who had no partner"
LEFT = "Somebody of them left or pauses"
OVER = "its round is over"
SILENCE = "nobody objected in the review days"
REJECTED = {"state": PairingState.REJECTED}
BY_ADMIN = "an admin approved it"


@dataclass(kw_only=True)
class Case:
    """A situation, what is done about it, and who is left without a partner."""

    programme: ProgrammeSeen
    never: Sequence[str] = ()
    locked: Sequence[EnteredPair] = ()
    done: Sequence[str] = ()
    alone: str = ""

    @property
    def plan(self) -> Plan:
        pairs = tuple((address(one), address(other)) for one, other in self.never)
        return decide(RoundSeen(programme=self.programme, never=pairs, locked=tuple(self.locked)))


def told(plan: Plan) -> list[str]:
    return [f"propose {a.names}" if isinstance(a, ProposePairing) else a.sentence() for a in changes(plan)]


def changes(plan: Plan) -> list[ProposePairing | ChangePairing]:
    return [a for a in plan.actions if not isinstance(a, RememberGroups)]


def approved(letters: str, reason: str = SILENCE) -> str:
    return f"{named(letters)}: Approved ({reason})"


def over(letters: str) -> str:
    return f"{named(letters)}: Ended ({OVER})"


def named(letters: str) -> str:
    return " & ".join(letters.upper())


def of_team(letters: str, team: str = "sales") -> list[Person]:
    return people(letters, team=team)


ROUND_OF_TEN = [f"{one}{two}" for one, two in zip("abcdefghij", "klmnopqrst", strict=True)]

CASES = {
    "the day before the first round": Case(programme=seen("2025-12-31T23:59", people("ab"))),
    "no first round": Case(programme=seen("2026-02-01", people("ab"), first_round=None)),
    "a round opens for two": Case(programme=seen("2026-01-01T00:00", people("ab")), done=["propose A & B"]),
    "a round opens for three": Case(programme=seen("2026-01-01", people("abc")), done=["propose A & B & C"]),
    "a round opens for one": Case(programme=seen("2026-01-01", people("a")), alone="a"),
    "a round opens for nobody": Case(programme=seen("2026-01-01")),
    "a round opens late, on its last day": Case(
        programme=seen("2026-03-31T23:59", people("ab")), done=["propose A & B"]
    ),
    "the last day of a round": Case(programme=seen("2026-03-31T23:59", people("ab"), pairing("ab"))),
    "the first day after it": Case(
        programme=seen("2026-04-01T00:00", people("ab"), pairing("ab")), done=[over("ab"), "propose A & B"]
    ),
    "a round that ends with the year": Case(
        programme=seen("2026-01-01T00:00", people("ab"), pairing("ab"), first_round=on("2025-10-01")),
        done=[over("ab"), "propose A & B"],
    ),
    "pairings of two rounds ago that were never ended; what was rejected or ended stays so": Case(
        programme=seen(
            "2026-07-01",
            people("ab"),
            waiting("ab", 1),
            pairing("ac", 2),
            pairing("bc", 2, **REJECTED),
            ended("ad", 2),
        ),
        done=[over("ab"), over("ac").replace("C", "c@example.com"), "propose A & B"],
    ),
    "one day before the review is over": Case(
        programme=seen("2026-01-03T23:59", people("ab"), waiting("ab"), review_days=3)
    ),
    "the review is over": Case(
        programme=seen("2026-01-04T00:00", people("ab"), waiting("ab"), review_days=3), done=[approved("ab")]
    ),
    "a review across the end of a month": Case(
        programme=seen(
            "2026-03-01",
            people("abcd"),
            waiting("ab", proposed_on=on("2026-02-26")),
            waiting("cd", proposed_on=on("2026-02-27")),
            review_days=3,
        ),
        done=[approved("ab")],
    ),
    "a review across the turn of the year": Case(
        programme=seen(
            "2026-01-02",
            people("ab"),
            waiting("ab", proposed_on=on("2025-12-30")),
            first_round=on("2025-12-01"),
            review_days=3,
        ),
        done=[approved("ab")],
    ),
    "somebody joins while there is time for a new pair to meet": Case(
        programme=seen("2026-03-15", people("abcd"), pairing("ab")), done=["propose C & D"]
    ),
    "two join in the last days of a round": Case(
        programme=seen("2026-03-16", people("abcd"), pairing("ab")), alone="cd"
    ),
    "one of two leaves in the last days of a round, and one of three": Case(
        programme=seen(
            "2026-03-16", [*people("acd"), *people("be", taking_part=PAUSED)], pairing("ab"), pairing("cde")
        ),
        done=[f"A & B: Ended ({LEFT})", f"C & D: Approved ({LEFT})"],
        alone="a",
    ),
    "no review days": Case(
        programme=seen("2026-01-01", people("ab"), waiting("ab"), review_days=0), done=[approved("ab")]
    ),
    "a proposal without its day waits for an admin": Case(
        programme=seen("2026-03-01", people("ab"), waiting("ab", proposed_on=None))
    ),
    "an admin approves one and locks another": Case(
        programme=seen(
            "2026-01-01",
            people("abcdef"),
            waiting("ab", decision=Decision.APPROVE),
            waiting("cd", decision=Decision.LOCK),
            waiting("ef"),
        ),
        done=[approved("ab", BY_ADMIN), approved("cd", BY_ADMIN)],
    ),
    "an admin's word on what is approved already": Case(
        programme=seen(
            "2026-02-01",
            people("abcd"),
            pairing("ab", decision=Decision.APPROVE),
            pairing("cd", decision=Decision.LOCK),
        )
    ),
    "an admin rejects the only pair there can be": Case(
        programme=seen("2026-01-02", people("ab"), waiting("ab", decision=Decision.REJECT)),
        done=["A & B: Rejected (Rejected by an admin)"],
        alone="ab",
    ),
    "an admin rejects two, approved or not: others for all four": Case(
        programme=seen(
            "2026-02-02",
            people("abcd"),
            pairing("ab", decision=Decision.REJECT),
            waiting("cd", decision=Decision.REJECT, proposed_on=on("2026-02-02")),
        ),
        done=[
            "A & B: Rejected (Rejected by an admin)",
            "C & D: Rejected (Rejected by an admin)",
            "propose A & C",
            "propose B & D",
        ],
    ),
    "what was rejected before is not proposed again": Case(
        programme=seen("2026-01-02", people("ab"), pairing("ab", **REJECTED)), alone="ab"
    ),
    "a rejected group of three forbids each pair of it": Case(
        programme=seen("2026-01-02", people("abc"), pairing("abc", **REJECTED)), alone="abc"
    ),
    "somebody leaves, and a pair takes the other in": Case(
        programme=seen(
            "2026-01-10", [person("a", taking_part=NO), *people("bcd")], pairing("ab"), pairing("cd")
        ),
        done=[f"A & B: Ended ({LEFT})", approved("bcd", JOINED)],
    ),
    "somebody leaves, and nobody else is there": Case(
        programme=seen("2026-01-10", [person("a", taking_part=NO), person("b")], pairing("ab")),
        done=[f"A & B: Ended ({LEFT})"],
        alone="b",
    ),
    "one of each of two pairs pauses from today; the others find together": Case(
        programme=seen(
            "2026-01-10",
            [*people("bd"), *people("ac", taking_part=PAUSED)],
            pairing("ab"),
            pairing("cd"),
            most_ended=100,
        ),
        done=[f"A & B: Ended ({LEFT})", f"C & D: Ended ({LEFT})", "propose B & D"],
    ),
    "a pause that ends today": Case(
        programme=seen(
            "2026-01-10",
            [person("a"), person("b", taking_part=PAUSED, paused_until=on("2026-01-10"))],
            pairing("ab"),
        )
    ),
    "somebody of three leaves": Case(
        programme=seen("2026-01-10", [person("a", taking_part=NO), *people("bc")], pairing("abc")),
        done=[f"B & C: Approved ({LEFT})"],
    ),
    "one newcomer": Case(
        programme=seen("2026-01-10", people("abc"), pairing("ab")), done=[approved("abc", JOINED)]
    ),
    "two newcomers": Case(
        programme=seen("2026-01-10", people("abcd"), pairing("ab")), done=["propose C & D"]
    ),
    "a newcomer takes one of three along": Case(
        programme=seen("2026-01-10", people("abcd"), pairing("abc")),
        done=["A & C: Approved (One of them is now with somebody who had no partner)", "propose B & D"],
    ),
    "a rejection beside a pair whose decision can't be read": Case(
        programme=seen(
            "2026-01-10",
            people("abcd"),
            waiting("ab", is_decision_clear=False),
            waiting("cd", decision=Decision.REJECT),
        ),
        done=["C & D: Rejected (Rejected by an admin)"],
        alone="cd",
    ),
    "a newcomer beside a locked pair": Case(
        programme=seen("2026-01-10", people("abc"), pairing("ab", decision=Decision.LOCK)), alone="c"
    ),
    "a newcomer beside a pair that is locked on the tab": Case(
        programme=seen("2026-01-10", people("abc"), pairing("ab")),
        locked=[entered("ba", "Locked pairs")],
        alone="c",
    ),
    "a newcomer beside a pair that is locked for another round": Case(
        programme=seen("2026-01-10", people("abc"), pairing("ab")),
        locked=[entered("ab", "Locked pairs", round=2)],
        done=[approved("abc", JOINED)],
    ),
    "a manager comes between a pair": Case(
        programme=seen("2026-01-10", [person("a"), person("b", managers="a"), *people("cd")], pairing("ab")),
        done=["A & B: Ended (They are in one reporting line)", "propose A & C", "propose B & D"],
    ),
    "two never pair in this round": Case(
        programme=seen("2026-01-01", people("ab")), never=["ba"], alone="ab"
    ),
    "somebody never pairs with themselves": Case(
        programme=seen("2026-01-01", people("ab")), never=["aa"], done=["propose A & B"]
    ),
    "a pair locked for every round, one for this and one for the next": Case(
        programme=seen("2026-01-01", [*of_team("abc"), *of_team("def", "it")]),
        locked=[
            entered("ba", "Locked pairs"),
            entered("de", "Locked pairs", 3, round=1),
            entered("cd", "Locked pairs", 4, round=2),
        ],
        done=["propose A & B", "propose D & E", "propose C & F"],
    ),
    "a lock of the last round is kept, one of the round before is not": Case(
        programme=seen(
            "2026-07-01",
            people("abcd"),
            ended("ab", 2, decision=Decision.LOCK),
            ended("ac", 1, decision=Decision.LOCK),
            ended("cd", 2),
        ),
        done=["propose A & B", "propose C & D"],
    ),
    "what has ended stays so, whatever an admin says of it": Case(
        programme=seen("2026-02-01", people("ab"), pairing("ab"), ended("ac", decision=Decision.REJECT))
    ),
    "a pair that ended in this round may be made again": Case(
        programme=seen(
            "2026-04-10",
            people("abcd"),
            ended("ab", 2),
            ended("ac", 1),
            ended("bd", 1),
            ended("ad", 1),
            ended("bc", 1),
        ),
        done=["propose A & B", "propose C & D"],
    ),
    "pairs of the last rounds are not made again, those that never came about are": Case(
        programme=seen(
            "2026-10-01",
            people("abcd"),
            ended("ab", 1),
            ended("cd", 2),
            ended("ac", 3, approved_on=None),
            pairing("bd", 3, **REJECTED),
            ended("ad", 3),
            ended("bc", 3),
        ),
        done=["propose A & C", "propose B & D"],
    ),
    "colleagues of one team go across teams": Case(
        programme=seen("2026-01-01", [*of_team("ab"), *of_team("cd", "it")], mode="across teams"),
        done=["propose A & C", "propose B & D"],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_does_what_the_day_asks_for(case: Case) -> None:
    plan = case.plan
    assert sorted(told(plan)) == sorted(case.done)
    assert [p.row_key for p in plan.problems or ()] == list(map(address, case.alone))
    assert {(p.tab, p.column) for p in plan.problems or ()} <= {("Roster", "")}
    assert plan.too_much == ""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_has_nothing_more_to_do_once_it_is_done(case: Case) -> None:
    plan = case.plan
    after = {p.id: p for p in case.programme.pairings} | {a.pairing.id: a.pairing for a in changes(plan)}
    again = replace(case, programme=replace(case.programme, pairings=tuple(after.values())))
    days = case.programme.settings.review_days
    assert [s for s in told(again.plan) if days or SILENCE not in s] == []


def test_writes_a_proposal_with_its_day_and_why() -> None:
    [action] = changes(CASES["a round opens for two"].plan)
    who = (address("a"), address("b"))
    assert action.pairing == Pairing(
        id=pairing_id(1, who), round=1, people=who, why=action.pairing.why, proposed_on=on("2026-01-01")
    )
    assert action.key == action.pairing.id
    assert action.pairing.why.startswith("a and b; ")
    assert action.sentence() == f"Propose A & B ({action.pairing.why})"


def test_counts_as_paired_before_whatever_was_approved_once() -> None:
    before = {
        "paired in the last round": ended("ab", 1),
        "paired earlier in this round": ended("ab", 2),
        "never paired before": ended("ab", 1, approved_on=None),
    }
    for words, past in before.items():
        programme = seen("2026-04-10", people("abcd"), pairing("cd", 2), past)
        [action] = changes(decide(RoundSeen(programme=programme)))
        assert words in action.pairing.why


def test_writes_an_approval_with_its_second() -> None:
    moment = at("2026-01-04T06:00:01.5")
    programme = replace(seen("2026-01-04", people("ab"), waiting("ab")), now=moment)
    [action] = changes(decide(RoundSeen(programme=programme)))
    assert action.pairing == pairing("ab", approved_on=at("2026-01-04T06:00:01"))
    assert action.key == action.pairing.id


@pytest.mark.parametrize(
    ("case", "notes"),
    [
        ("the first day after it", "Ended: its round is over."),
        ("an admin rejects the only pair there can be", "Rejected by an admin."),
        ("somebody leaves, and nobody else is there", f"{LEFT}."),
        ("one newcomer", f"{JOINED}."),
    ],
)
def test_notes_at_the_pairing_what_happened(case: str, notes: str) -> None:
    assert next(a for a in CASES[case].plan.actions if isinstance(a, ChangePairing)).pairing.notes == notes


def test_gives_the_same_people_in_one_round_another_id_each_time() -> None:
    plain = pairing_id(1, map(address, "ab"))
    for before, wanted in ((1, f"{plain}-2"), (2, f"{plain}-3")):
        gone = [ended("ab", id=plain if n == 1 else f"{plain}-{n}") for n in range(1, before + 1)]
        [action] = changes(decide(RoundSeen(programme=seen("2026-01-10", people("ab"), *gone))))
        assert action.pairing.id == wanted


def test_says_how_good_a_round_s_pairs_are_why_there_is_none_and_nothing_of_repairs() -> None:
    one_language = people("ab", languages=("en",))
    assert decide(RoundSeen(programme=seen("2026-01-01", one_language))).note == (
        "1 pair. No other pairing is better"
    )
    for case in ("two newcomers", "a round opens for one"):
        assert CASES[case].plan.note == ""
    assert (
        CASES["no first round"].plan.note
        == "No day is set for the first round yet: enter it in Settings, “First round opens on”."
    )
    early = decide(RoundSeen(programme=seen("2025-12-01", one_language)))
    assert early.note == "The first round opens on 1 January 2026."


@pytest.mark.parametrize(
    ("gone", "pairs", "most", "is_refused"),
    [
        (2, 10, 20, False),
        (3, 10, 20, True),
        (3, 10, 30, False),
        (9, 9, 20, True),
        (1, 10, 9, False),
        (2, 2, 60, True),
    ],
)
def test_ends_no_more_than_settings_allow_in_one_run(
    gone: int, pairs: int, most: int, is_refused: bool
) -> None:
    standing = ROUND_OF_TEN[:pairs]
    leavers = people([p[0] for p in standing[:gone]], taking_part=NO)
    stayers = people([p[0] for p in standing[gone:]] + [p[1] for p in standing])
    before = [*map(pairing, standing), ended("ak", id="gone already"), ended("yz", 0)]
    plan = decide(RoundSeen(programme=seen("2026-01-10", [*leavers, *stayers], *before, most_ended=most)))
    sentence = (
        f"This run would end {gone} of {pairs} standing pairings; Settings allow {most} % "
        "(“Most pairings ended per run”). They are "
    )
    assert plan.too_much.partition("A & ")[0] == (sentence if is_refused else "")
