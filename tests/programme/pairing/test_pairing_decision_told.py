"""What a decision about pairings refuses, says of those left over, and takes from each setting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_pairing_decision import CASES, ROUND_OF_TEN, Case, changes, named, told

from by_value import NO, address, entered, on, pairing, people, person, seen, waiting
from peerpact.programme.mailboxes import Mailboxes
from peerpact.programme.pairing import Mode, PairingRules
from peerpact.programme.pairing.decision import (
    Change,
    RoundSeen,
    decide,
    rules_of,
)
from peerpact.programme.pairings import Decision
from peerpact.programme.people import Person, unreadable_manager
from peerpact.programme.settings import Settings


def test_ends_a_whole_round_that_is_over_whatever_the_limit() -> None:
    everybody = people("".join(ROUND_OF_TEN))
    programme = seen("2026-04-01", everybody, *map(pairing, ROUND_OF_TEN), most_ended=0)
    assert decide(RoundSeen(programme=programme)).too_much == ""


ENTER = "Enter {}, with their own manager and “no” for Taking part if they don't, or correct the address: {}."
CIRCLE = "Correct the managers of these people, who are above themselves: {}."
MORE = "More people taking part would change it."


@pytest.mark.parametrize(
    ("who", "remedy"),
    [
        ([person("a")], MORE),
        ([person("a"), person("b", managers="a")], MORE),
        (
            [person("a", managers="x"), person("b")],
            ENTER.format("this manager on the roster", "x@example.com"),
        ),
        (
            [person("a", managers="xy"), person("b")],
            ENTER.format("these 2 managers on the roster", "x@example.com and y@example.com"),
        ),
        (
            [
                person("a"),
                person("c", managers="d", taking_part=NO),
                person("d", managers="c", taking_part=NO),
                person("b", managers="c"),
            ],
            CIRCLE.format("c@example.com and d@example.com"),
        ),
        (
            [replace(person("a"), managers=(unreadable_manager(address("a")),)), person("b")],
            "Enter managers who can be told for these people: a@example.com.",
        ),
    ],
)
def test_says_what_would_give_somebody_a_partner(who: list[Person], remedy: str) -> None:
    problems = decide(RoundSeen(programme=seen("2026-01-01", who))).problems or ()
    assert problems[0].remedy == remedy
    assert problems[0].what.startswith("A has no partner in this round: ")
    assert not problems[0].what.endswith("..")


def test_has_the_mailbox_write_to_a_new_pairing_that_has_fewest_whatever_else_changes() -> None:
    """In the run that approves the first pair, which stays with its mailbox, two who are free are paired."""
    first = waiting("ab", mailbox="one@example.com")
    programme = seen("2026-01-05", people("abcd"), first)
    mailboxes = Mailboxes(all=("one@example.com", "two@example.com"))
    plan = decide(RoundSeen(programme=programme, mailboxes=mailboxes))
    assert [(a.pairing.people[0], a.pairing.mailbox) for a in plan.actions if isinstance(a, Change)] == [
        (address("a"), "one@example.com"),
        (address("c"), "two@example.com"),
    ]


def test_names_the_tab_or_setting_that_leaves_somebody_over() -> None:
    never = CASES["two never pair in this round"].plan.problems or ()
    assert [p.remedy for p in never] == [
        "Fewer rows of theirs on the tab Never pair would allow more partners; so would more people taking part."
    ] * 2
    chain = [person("a"), person("b", managers="a"), person("c", managers="b")]
    problems = decide(RoundSeen(programme=seen("2026-01-01", chain))).problems or ()
    assert {p.row_key: p.remedy for p in problems} == {
        address(
            letter
        ): f"The setting “{setting}” could allow more partners; so would more people taking part."
        for letter, setting in (("a", "Top person takes part"), ("c", "Reporting line"))
    } | {address("b"): MORE}


@pytest.mark.parametrize(("lost", "rows"), [(3, 3), (4, 1), (30, 1), (31, 1), (33, 1)])
def test_names_many_with_unknown_lines_in_one_row(lost: int, rows: int) -> None:
    who = [Person(email=f"p{n:02}@x", name=f"P{n:02}", managers=(f"m{n:02}@x",)) for n in range(lost)]
    problems = decide(RoundSeen(programme=seen("2026-01-01", who))).problems or ()
    assert len(problems) == rows
    if rows == 1:
        [problem] = problems
        assert (problem.tab, problem.column, problem.row_key) == (
            "Roster",
            "Manager",
            "managers without a row",
        )
        assert problem.what.startswith(f"{lost} people have no partner in this round, as nobody can tell")
        names = [f"P{n:02}" for n in range(lost)]
        listed = (
            f"{', '.join(names[:-1])} and {names[-1]}."
            if lost <= 30
            else f"{', '.join(names[:30])} and {lost - 30} more."
        )
        assert problem.what.endswith(f"They are {listed}")
        assert f"these {lost} managers" in problem.remedy


def test_tells_of_those_left_over_for_another_reason_beside_them() -> None:
    who = [*(person(letter, managers=letter.upper()) for letter in "abcd"), *people("ef")]
    never = ((address("e"), address("f")),)
    problems = decide(RoundSeen(programme=seen("2026-01-01", who), never=never)).problems or ()
    assert [p.row_key for p in problems] == ["managers without a row", address("e"), address("f")]
    assert problems[0].what.startswith("4 people")


def test_says_which_locked_pair_can_t_be_made() -> None:
    programme = seen("2026-01-01", [*people("ab"), person("c", taking_part=NO)])
    plan = decide(RoundSeen(programme=programme, locked=(entered("ac", "Locked pairs"),)))
    [found] = plan.problems or ()
    assert (found.tab, found.row_key) == ("Locked pairs", "a@example.com / c@example.com")
    assert "does not take part now" in found.what
    assert told(plan) == ["propose A & B"]


def test_takes_every_rule_from_its_setting() -> None:
    settings = Settings(
        mode="random",
        chain_levels=2,
        include_top=True,
        points_same_team=1,
        points_same_department=2,
        points_repeat=3,
        points_no_language=4,
        points_missing_hour=5,
        enough_hours=6,
        points_no_interest=7,
        points_no_topic=9,
        points_third=8,
    )
    assert rules_of(settings) == PairingRules(
        mode=Mode.RANDOM,
        chain_levels=2,
        include_top=True,
        same_team=1,
        same_department=2,
        repeat=3,
        no_common_language=4,
        missing_hour=5,
        enough_hours=6,
        no_shared_interest=7,
        no_common_topic=9,
        third_again=8,
    )


@pytest.mark.parametrize(
    ("day", "beside", "hours"), [("2026-03-01", "", 35), ("2026-04-10", "", 35), ("2026-04-10", "cd", 40)]
)
def test_looks_at_working_hours_from_the_day_that_counts(day: str, beside: str, hours: int) -> None:
    """The clocks in Berlin change on 29 March: a proposal goes by its round's first weeks, a repair by the next."""
    apart = [person("a", time_zone="Europe/Berlin"), person("b", time_zone="Africa/Johannesburg")]
    there = [pairing(beside, decision=Decision.LOCK)] if beside else []
    programme = seen(day, [*apart, *people(beside)], *there, first_round=on("2026-03-01"))
    [action] = changes(decide(RoundSeen(programme=programme)))
    assert action.pairing.why.endswith(f"; {hours} common hours a week")


def test_may_take_proposals_back_for_others_whatever_the_limit() -> None:
    everybody = people("".join(ROUND_OF_TEN))
    first, *others = ROUND_OF_TEN
    before = [waiting(first, decision=Decision.REJECT), *map(waiting, others)]
    plan = decide(RoundSeen(programme=seen("2026-01-02", everybody, *before, most_ended=0)))
    assert plan.too_much == ""
    assert sorted(told(plan)) == sorted(
        [
            next(s for s in told(plan) if "Ended (Parted, so that others have a partner too)" in s),
            f"{named(first)}: Rejected (Rejected by an admin)",
            *(s for s in told(plan) if s.startswith("propose ")),
        ]
    )


def test_moves_nobody_of_a_row_that_can_t_be_read() -> None:
    rejected = waiting("cd", decision=Decision.REJECT)
    programme = seen("2026-01-02", people("abcd"), waiting("ab"), rejected)
    assert "A & B" not in " ".join(
        told(decide(RoundSeen(programme=programme, held=frozenset([address("a")]))))
    )
    assert len(told(decide(RoundSeen(programme=programme)))) == 4


def test_pairs_only_those_who_said_yes_and_parts_nobody_who_has_a_partner() -> None:
    shy = [replace(p, has_said_yes=False) for p in people("abcd")]
    opened = Case(programme=seen("2026-01-01", [*shy[:2], *people("ef")])).plan
    assert [a.pairing.people for a in changes(opened)] == [(address("e"), address("f"))]
    later = seen("2026-01-10", shy, pairing("ab"), pairing("cd"))
    assert changes(Case(programme=later).plan) == []
