"""Repairs at their limits: how large a programme is, of which only a part is looked at, and how large one searched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import address, facts, person
from test_repairs import INTRODUCED, LEFT, apart, fixed, pairs, some, standing, told

from peerpact.programme.pairing import repairs


@pytest.mark.parametrize(("size", "looked_at"), [(repairs.LARGE, repairs.LARGE), (repairs.LARGE + 1, 161)])
def test_looks_at_some_groups_near_of_a_large_programme(size: int, looked_at: int) -> None:
    """Beside who is alone it looks at 80 pairs, of which none has to change."""
    people = some(size)
    groups = standing(*pairs(0, size - size % 2))
    concerned, there = repairs._those_concerned(groups, people, facts(people))
    assert len(there) == looked_at
    assert len(concerned) == looked_at // 2


def test_looks_at_all_who_must_part_in_a_large_programme() -> None:
    people = some(1001)
    for below in range(4, 400, 4):
        people[below] = replace(people[below], managers=(address(below + 1),))
    groups = standing(*pairs(0, 1000))
    concerned, _ = repairs._those_concerned(groups, people, facts(people))
    assert {g.people for g in groups[2:200:2]} <= {g.people for g in concerned}
    assert len(concerned) <= 99 + repairs.NEAR


def test_parts_whom_a_rule_forbids_where_more_people_are_than_are_searched() -> None:
    people = some(44)
    found = fixed(standing(*pairs(0, 44)), people, replace(facts(people), never=apart((0, 1), (6, 7))))
    assert [told(found)[broken][0] for broken in ((0, 1), (6, 7))] == [(), ()]
    assert not found.left_over


@pytest.mark.parametrize(("searched", "kept"), [(8, (1, 2)), (7, (0, 1))])
def test_parts_a_three_by_all_points_as_far_as_people_are_searched(
    searched: int, kept: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 and 1 fit best; but then 2 is with 3, who is of one team with them, and 0 fits with 3 as well."""
    monkeypatch.setattr(repairs, "SEARCHED", searched)
    people = some(8)
    people[1] = person(1, team=1, languages=("en",))
    people[2], people[3] = (person(n, team=77, languages=("en",)) for n in (2, 3))
    people[1] = replace(people[1], department="D77")
    found = fixed(
        standing((0, 1, 2), (4, 5), (6, 7), progress=INTRODUCED),
        people,
        replace(facts(people), never=apart((0, 2))),
    )
    assert told(found)[0, 1, 2][0] == kept


def test_says_of_a_three_that_somebody_left() -> None:
    assert told(fixed(standing((0, 1, 2)), some(2))) == {(0, 1, 2): ((0, 1), LEFT)}
