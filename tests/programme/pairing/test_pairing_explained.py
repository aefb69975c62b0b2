"""What admins are told: why these two, why she has nobody, and what else could be done. And repairs in mid-round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import address, facts, person, proposed, repaired

from peerpact.programme.pairing import (
    PairingRules,
    PastGroup,
    Progress,
    Standing,
    alternatives,
    explanations,
    participants_of,
    repair,
)
from peerpact.programme.pairing.explanations import NOBODY_LEFT, explain
from peerpact.programme.people import unreadable_manager


def reasons(*people: object, **more: object) -> dict[str, tuple[str, str | None]]:
    result = proposed(list(people), **more)  # type: ignore[arg-type]
    return {left.email: (left.reason, left.setting) for left in result.left_over}


def test_says_why_these_two_in_one_line() -> None:
    people = [person(0, team=1, interests=("chess",)), person(1, team=2, interests=("chess", "tea"))]
    assert (
        proposed(people).groups[0].why
        == "T1 and T2; never paired before; 40 common hours a week; both like chess"
    )


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            {"topics": "Feedback, sleep"},
            {"offers": "feedback"},
            "can offer what {} wants to talk about: feedback",
        ),
        ({"offers": "sleep"}, {"topics": "sleep"}, "can offer what {} wants to talk about: sleep"),
        ({"topics": "sleep"}, {"topics": "Sleep; feedback"}, "both want to talk about sleep"),
        ({"offers": "sleep"}, {"offers": "sleep"}, "common hours a week"),
    ],
)
def test_names_what_the_two_can_talk_about(one: dict[str, str], other: dict[str, str], said: str) -> None:
    people = [person(0, team=1, **one), person(1, team=2, **other)]
    asks = people[0] if "topics" in one else people[1]
    assert proposed(people).groups[0].why.endswith(said.format(asks.first_name))


def test_tells_somebody_alone_that_nobody_else_takes_part() -> None:
    assert reasons(person(0)) == {address(0): ("nobody else takes part", None)}


def test_says_that_everybody_reports_to_somebody() -> None:
    found = reasons(person(0), person(1, 0), person(2, 0))
    assert found == {address(0): ("everybody who takes part reports to them", None)}
    found = reasons(person(0), person(1, 0), person(2, 1))
    assert found[address(0)] == ("everybody who takes part reports to them", "Top person takes part")


def test_counts_who_stands_in_somebodys_way() -> None:
    found = reasons(person(0), person(1, 0), person(2, 1), person(3), never=[(address(1), address(3))])
    reason = "of the 3 others who take part, 1 reports to them, 1 is above them, 1 is on Never pair with them"
    assert found[address(1)] == (reason, "Never pair")
    assert found[address(2)][1] == "Reporting line"


def test_says_that_the_line_above_somebody_is_not_known() -> None:
    found = reasons(person(0, 99), person(1), person(2))
    reason = f"the line above {address(99)} is not known, so nobody can tell who else is in it"
    assert found == {address(0): (reason, "Reporting line")}


def test_names_the_person_where_their_manager_can_not_be_told() -> None:
    found = reasons(replace(person(0), managers=(unreadable_manager(address(0)),)), person(1), person(2))
    reason = f"the line above {address(0)} is not known, so nobody can tell who else is in it"
    assert found == {address(0): (reason, "Reporting line")}


def test_counts_of_how_many_nobody_can_tell_when_only_some_are_known() -> None:
    found = reasons(person(0, 99), person(1, 0), person(2))
    reason = (
        "of the 2 others who take part, 1 reports to them, and of 1 nobody can tell, "
        f"as the line above {address(99)} is not known"
    )
    assert found[address(0)] == (reason, "Reporting line")


def test_counts_those_who_share_too_few_partners() -> None:
    apart = [(address(i), address(j)) for i in range(1, 5) for j in range(1, i)]
    found = reasons(*(person(i) for i in range(5)), never=apart)
    reason = "the 4 people of T0 can only be paired with the same 1 person, so 3 of them have no partner"
    assert list(found.values()) == [(reason, "Never pair")] * 3


def test_says_that_an_odd_number_of_people_can_only_be_paired_with_one_another() -> None:
    people = [*(person(i, 90) for i in range(3)), person(3, 91), person(4, 91)]
    found = reasons(*people, locked=[(address(0), address(1))])
    reason = (
        f"they and 2 people more can only be paired with one another, as the line above {address(90)} is not known; "
        "3 is an odd number"
    )
    assert found == {address(2): (reason, "Reporting line")}


def test_makes_a_three_in_each_of_twenty_teams_of_nine_whose_managers_do_not_take_part() -> None:
    people = [person(i, 900 + i // 9, team=i // 9) for i in range(180)]
    result = proposed(people)
    assert not result.left_over
    assert sum(len(g.people) == 3 for g in result.groups) == 20
    assert result.gap == 0


def test_explains_thousands_of_people_left_over_in_no_time() -> None:
    people = [person(i, 5000 + i) for i in range(3000)]
    left = proposed(people).left_over
    assert len(left) == 3000
    assert left[7].unknown_managers == (address(5007),)


def test_shows_the_best_other_partners_and_what_they_would_cost_the_others() -> None:
    people = [person(0, team=0), person(1, team=1), person(2, team=0), person(3, team=1), person(4, team=2)]
    groups = [(address(0), address(1)), (address(2), address(3))]
    found = alternatives(participants_of(people, facts(people)), groups, address(0))

    assert [(a.partner, a.own_cost, a.others, a.others_cost) for a in found] == [
        (address(3), 0.0, (address(1), address(2)), 0.0),
        (address(2), 130.0, (address(1), address(3)), 130.0),
    ]


@pytest.mark.parametrize("languages", [(), ("en",)])
def test_says_that_the_other_two_would_be_left_over_when_they_may_not_be_paired(
    languages: tuple[str, ...],
) -> None:
    """With a language in common nothing but that they may not costs anything."""
    people = [person(i, team=i, languages=languages) for i in range(4)]
    groups = [(address(0), address(1)), (address(2), address(3))]
    participants = participants_of(people, facts(people, never=[(address(1), address(3))]))
    assert {a.partner: a.others for a in alternatives(participants, groups, address(0))} == {
        address(2): (),
        address(3): (address(1), address(2)),
    }


def test_shows_other_partners_to_somebody_of_any_of_the_groups() -> None:
    people = [person(i, team=i) for i in range(6)]
    groups = [(address(0), address(1)), (address(2), address(3)), (address(4), address(5))]
    participants = participants_of(people, facts(people, never=[(address(3), address(5))]))
    found = alternatives(participants, groups, address(2))
    assert [(a.partner, a.others) for a in found] == [
        (address(0), (address(3), address(1))),
        (address(1), (address(3), address(0))),
        (address(5), (address(3), address(4))),
    ]
    assert [a.partner for a in alternatives(participants, groups, address(2), most=1)] == [address(0)]
    assert alternatives(participants, groups[1:2], address(2)) == []
    assert alternatives(participants, groups[:1], address(2)) == []


def test_looks_closely_at_so_many_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of four has nobody but one who is taken; of the last two that is not worked out any more."""
    people, never = (
        [person(i) for i in range(5)],
        [(address(i), address(j)) for i in range(1, 5) for j in range(1, i)],
    )
    looked = lambda: [over.reason != NOBODY_LEFT for over in explain(of, [4, 1, 3, 2])]  # noqa: E731
    of = participants_of(people, facts(people, never=never))
    monkeypatch.setattr(explanations, "CLOSELY", 2)
    monkeypatch.setattr(explanations, "CLOSELY_IF_LARGE", 3)
    assert looked() == [True, True, False, False]
    monkeypatch.setattr(explanations, "LARGE", 5)
    assert looked() == [True, True, False, False]
    assert "same 1 person" in explain(of, [1])[0].reason
    monkeypatch.setattr(explanations, "LARGE", 4)
    assert looked() == [True, True, True, False]
    assert explain(of, [1])[0].reason.endswith(
        "only 1 person can be paired with them, and these have partners already"
    )


def test_names_who_else_competes_where_they_are_of_several_teams() -> None:
    people = [person(i, team=i) for i in range(5)]
    never = [(address(i), address(j)) for i in range(1, 5) for j in range(1, i)]
    reason = "they and 3 people more can only be paired with the same 1 person, so 3 of them have no partner"
    assert {over.reason for over in proposed(people, never).left_over} == {reason}
    reason = "they and 1 person more can only be paired with the same 1 person, so 1 of them has no partner"
    assert {over.reason for over in proposed(people[:3], never[:1]).left_over} == {reason}


def test_says_whose_line_is_not_known_where_it_is_the_others() -> None:
    """The two at the top of a known line are alone in it; of the third nobody can tell."""
    found = reasons(person(0), person(1, 0), person(2, 99))
    assert found[address(0)][0] == (
        "of the 2 others who take part, 1 reports to them, "
        "and of 1 nobody can tell, as the lines above others are not known"
    )


def test_moves_only_those_affected_when_somebody_leaves() -> None:
    people = [person(i, team=i) for i in range(5)]
    standing = [(address(0), address(1)), (address(2), address(3))]
    still = [people[0], people[2], people[3]]
    fixed = repaired(standing, still, facts(people))
    assert not fixed.left_over
    assert {c.after for c in fixed.changed if len(c.after) > 1} == {(address(0), address(2), address(3))}


def test_pairs_two_left_overs_rather_than_letting_them_join_others() -> None:
    people = [person(i, team=i) for i in range(8)]
    standing = [(address(0), address(1)), (address(2), address(3)), (address(4), address(5))]
    still = [p for p in people[:6] if p.email not in {address(1), address(3)}]
    fixed = repaired(standing, still, facts(people))
    assert [g.people for g in fixed.new] == [(address(0), address(2))]
    assert [c.after for c in fixed.changed] == [(address(0),), (address(2),)]


def test_parts_a_standing_pair_that_a_rule_forbids_by_now() -> None:
    people = [person(0), person(1, 0), person(2), person(3)]
    standing = [(address(0), address(1)), (address(2), address(3))]
    fixed = repaired(standing, people, facts(people))
    assert next((c.before, c.reason) for c in fixed.changed) == (
        (address(0), address(1)),
        "They are in one reporting line.",
    )
    placed = {c.before: c.after for c in fixed.changed}
    assert placed[address(2), address(3)] in {
        (address(0), address(2), address(3)),
        (address(1), address(2), address(3)),
    } or {g.people for g in fixed.new}


def test_keeps_a_standing_pair_when_a_mistyped_manager_makes_the_line_uncertain() -> None:
    people = [person(0, 99), person(1)]
    assert repaired([(address(0), address(1))], people, facts(people)).changed == ()


def test_takes_one_of_a_standing_group_of_three_rather_than_making_a_second() -> None:
    people = [person(i, team=i) for i in range(6)]
    standing = [(address(0), address(1), address(2)), (address(3), address(4))]
    fixed = repaired(standing, people, facts(people))
    [change], [new] = fixed.changed, fixed.new
    assert change.before == standing[0]
    assert sorted((*change.after, *new.people)) == [address(i) for i in (0, 1, 2, 5)]
    assert len(change.after) == len(new.people) == 2


def test_keeps_two_of_a_group_of_three_when_the_third_leaves() -> None:
    people = [person(i, team=i) for i in range(3)]
    fixed = repaired([(address(0), address(1), address(2))], people[:2], facts(people))
    assert [c.after for c in fixed.changed] == [(address(0), address(1))]
    assert not fixed.new


def test_keeps_the_two_of_a_group_of_three_who_may_stay_together() -> None:
    people = [person(i, team=i) for i in range(5)]
    standing = [(address(0), address(1), address(2)), (address(3), address(4))]
    never = [(address(0), address(2)), (address(1), address(2))]
    fixed = repaired(standing, people, facts(people, never=never))
    after = {c.before: c.after for c in fixed.changed}
    assert after == {
        standing[0]: (address(0), address(1)),
        standing[1]: (address(2), address(3), address(4)),
    }


def test_makes_three_left_overs_a_group_rather_than_moving_a_standing_pair() -> None:
    people = [person(i, team=i) for i in range(5)]
    fixed = repaired([(address(0), address(1))], people, facts(people))
    assert fixed.changed == ()
    assert [g.people for g in fixed.new] == [(address(2), address(3), address(4))]


def test_parts_one_introduced_pair_rather_than_making_two_threes() -> None:
    people = [person(i, team=i) for i in range(6)]
    standing = [(address(0), address(1)), (address(2), address(3))]
    fixed = repaired(standing, people, facts(people, never=[(address(4), address(5))]))
    assert [c.after for c in fixed.changed] == [()]
    assert [len(g.people) for g in fixed.new] == [2, 2]
    assert not fixed.left_over


def test_takes_a_proposal_back_rather_than_parting_introduced_people() -> None:
    people = [person(i, team=i) for i in range(6)]
    known = Standing(people=(address(0), address(1)))
    proposed_only = Standing(people=(address(2), address(3)), progress=Progress.PROPOSED)
    fixed = repair([known, proposed_only], people, facts(people, never=[(address(4), address(5))]))
    assert [c.before for c in fixed.changed] == [proposed_only.people]


def test_parts_one_pair_that_has_met_rather_than_making_two_threes() -> None:
    people = [person(i, team=i) for i in range(6)]
    met = [Standing(people=(address(i), address(i + 1)), progress=Progress.MET) for i in (0, 2)]
    fixed = repair(met, people, facts(people, never=[(address(4), address(5))]))
    assert [len(g.people) for g in fixed.new] == [2, 2]


def test_pairs_everybody_again_when_an_admin_rejects_one_of_four_proposals() -> None:
    people = [person(i, team=i) for i in range(8)]
    groups = [g.people for g in proposed(people).groups]
    rules = replace(facts(people), rejected=[groups[0]])
    fixed = repaired(groups[1:], people, rules, progress=Progress.PROPOSED)
    assert [len(g.people) for g in fixed.new] == [2, 2]
    assert len(fixed.changed) == 1
    assert fixed.gap == 0


def test_lets_nobody_join_a_locked_pair() -> None:
    people = [person(i, team=i) for i in range(3)]
    standing = [(address(0), address(1))]
    fixed = repaired(standing, people, facts(people), locked=standing)
    assert (fixed.changed, [over.email for over in fixed.left_over]) == ((), [address(2)])


def test_prefers_a_pair_of_which_nobody_was_in_the_last_group_of_three() -> None:
    people = [person(i, team=i) for i in range(7)]
    standing = [(address(0), address(1)), (address(2), address(3)), (address(4), address(5))]
    last = [(0, 2, 99), (1, 3), (4, 98), (5, 97), (6, 96)]
    history = [PastGroup(round=1, people=tuple(address(i) for i in group)) for group in last]
    fixed = repaired(standing, people, facts(people, round=2, history=history))
    assert [c.before for c in fixed.changed] == [standing[2]]


def test_uses_one_row_of_somebody_who_stands_there_twice_when_it_repairs() -> None:
    people = [person(0), person(1), person(1, team=3), person(2), person(3)]
    fixed = repaired([(address(0), address(1))], people, facts(people, rules=PairingRules()))
    assert [f.emails for f in fixed.problems] == [(address(1),)]
    assert [g.people for g in fixed.new] == [(address(2), address(3))]


def test_parts_a_three_that_a_rule_forbids_by_now_in_a_larger_programme_too() -> None:
    people = [person(i, team=i) for i in range(61)]
    standing = [tuple(address(i) for i in (0, 1, 2))]
    standing += [(address(i), address(i + 1)) for i in range(3, 61, 2)]
    rules = facts(people, never=[(address(0), address(2))])
    fixed = repaired(standing, people, rules)
    assert not fixed.left_over
    assert not any({address(0), address(2)} <= set(c.after) for c in fixed.changed)
    assert sorted(len(c.after) for c in fixed.changed) == [2, 3]
    after = {c.before: c.after for c in fixed.changed}
    assert not repaired([after.get(g, g) for g in standing], people, rules).changed


@pytest.mark.parametrize("size", [60, 200, 1200])
def test_repairs_a_large_programme_with_few_moves_and_once(size: int) -> None:
    people = [person(i, team=i) for i in range(size)]
    standing = [g.people for g in proposed(people).groups]
    new = [person(size + i, team=1) for i in range(2)]
    rules = replace(facts([*people, *new]), never=[standing[0], standing[1]], rejected=[standing[2]])
    now = people[: size - 3] + new
    fixed = repaired([g for g in standing if g != standing[2]], now, rules)
    assert not fixed.left_over
    after = {c.before: c.after for c in fixed.changed}
    kept = [after.get(g, g) for g in standing if g != standing[2]]
    placed = [g for g in kept if len(g) > 1] + [g.people for g in fixed.new]
    assert sorted(e for g in placed for e in g) == sorted(p.email for p in now)
    assert sum(len(g) == 3 for g in placed) == len(now) % 2
    assert len([g for g in placed if g not in standing]) <= 6
    again = repaired(placed, now, rules)
    assert (again.changed, again.new) == ((), ())
