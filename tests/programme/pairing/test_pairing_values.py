"""What pairing reckons with, each by itself: common hours, earlier partners, and what nothing can cost less than."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from made_up import facts, person
from scipy.optimize import OptimizeResult, linprog

from by_value import address, pairing, waiting
from peerpact.programme.pairing import Mode, PairingRules, PastGroup, participants_of
from peerpact.programme.pairing import lower_bound as module
from peerpact.programme.pairing.history import met, new_to, turns_as_third
from peerpact.programme.pairing.hours import common_hours, common_minutes, month_of
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.people import Person, Span, WorkingHours

JANUARY = date(2026, 1, 12)
OFFICE: tuple[Span, ...] = ((540, 1020),)
BERLIN, KOLKATA, NEW_YORK, SYDNEY = "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Sydney"

Works = tuple[str, WorkingHours]


def works(zone: str, *spans: Span, on: tuple[int, ...] = (0, 1, 2, 3, 4)) -> Works:
    """Somebody who works these minutes of some weekdays, Monday being 0; usual office hours without any."""
    return zone, WorkingHours(days=tuple((spans or OFFICE) if day in on else () for day in range(7)))


HOURS = {
    "in one place": ([works(BERLIN), works(BERLIN)], JANUARY, 2400),
    "half a day apart": ([works(BERLIN), works(KOLKATA)], JANUARY, 1050),
    "never": ([works(BERLIN), works("America/Los_Angeles")], JANUARY, 0),
    "three of them": ([works(BERLIN), works(KOLKATA), works("UTC", (600, 660))], JANUARY, 300),
    "when one has changed the clocks": ([works(BERLIN), works(NEW_YORK)], date(2026, 3, 2), 600),
    "when the other will in the fourth week": ([works(BERLIN), works(NEW_YORK)], date(2026, 3, 9), 600),
    "when the clocks change in the fifth week": ([works(BERLIN), works(KOLKATA)], date(2026, 9, 28), 1350),
    "when they change in the fourth": ([works(BERLIN), works(KOLKATA)], date(2026, 10, 5), 1050),
    "from a Sunday on, whose week counts": ([works(BERLIN), works(KOLKATA)], date(2026, 10, 4), 1350),
    "a Monday that is Sunday elsewhere": (
        [works(SYDNEY, on=(0,)), works("UTC", (1320, 1440), on=(6,))], JANUARY, 120,
    ),
    "a night that runs into Monday": (
        [works(SYDNEY, on=(0,)), works("UTC", (1320, 1800), on=(6,))], JANUARY, 480,
    ),
    "a night that ends on Monday": (
        [works("UTC", (1320, 1800), on=(6,)), works("UTC", (0, 600), on=(0,))], JANUARY, 360,
    ),
    "spans that overlap": ([works("UTC", (540, 720), (660, 780))] * 2, JANUARY, 1200),
    "a span within another": ([works("UTC", (540, 720), (600, 660))] * 2, JANUARY, 900),
    "spans in another order": ([works("UTC", (840, 900), (540, 600))] * 2, JANUARY, 600),
    "minutes beside the quarters": ([works("UTC", (550, 1025))] * 2, JANUARY, 2375),
    "spans that touch beside a quarter": ([works("UTC", (545, 725), (725, 1020))] * 2, JANUARY, 2375),
    "less than a quarter": ([works("UTC", (545, 550))] * 2, JANUARY, 25),
    "an afternoon that only touches a morning": (
        [works("UTC", (480, 720)), works("UTC", (720, 960))], JANUARY, 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("who", "on", "minutes"), HOURS.values(), ids=HOURS)
def test_counts_the_minutes_in_which_all_work(who: list[Works], on: date, minutes: int) -> None:
    people = [
        Person(email=f"{n}@example.com", name="", time_zone=zone, working_hours=hours)
        for n, (zone, hours) in enumerate(who)
    ]
    assert common_minutes(people, on) == minutes


WHOLE_QUARTERS = {
    "minutes beside the quarters": 38,
    "spans that touch beside a quarter": 38,
    "less than a quarter": 0,
}


@pytest.mark.parametrize("name", [n for n, (who, _, _) in HOURS.items() if len(who) == 2])
def test_counts_whole_hours_of_each_two_for_a_whole_programme(name: str) -> None:
    who, on, minutes = HOURS[name]
    hours = common_hours([month_of(zone, spans, on) for zone, spans in who])
    assert hours[0, 1] == hours[1, 0] == WHOLE_QUARTERS.get(name, minutes // 60)


def past(number: int, letters: str) -> PastGroup:
    return PastGroup(round=number, people=tuple(map(address, letters)))


def test_remembers_approved_groups_that_are_new_in_the_order_of_rounds() -> None:
    rows = [pairing("cd", 2), pairing("ba", 2), pairing("ab", 1), pairing("ef", 1), waiting("gh", 1)]
    assert new_to([past(1, "ef")], rows) == [past(1, "ab"), past(2, "ab"), past(2, "cd")]
    assert new_to([past(1, "ab"), past(1, "ef"), past(2, "ab"), past(2, "cd")], rows) == []


def test_tells_of_each_two_present_how_many_rounds_ago_they_were_together() -> None:
    history = [past(3, "abc"), past(1, "ab"), past(2, "bz"), past(2, "aa"), past(4, "cb")]
    one, other, ago = met(history, 4, {address("a"): 0, address("b"): 1, address("c"): 2})
    found = sorted(zip(one.tolist(), other.tolist(), ago.tolist(), strict=True))
    assert found == [(0, 1, 1), (0, 1, 3), (0, 2, 1), (1, 2, 1), (2, 1, 0)]
    assert [len(each) for each in met([], 4, {})] == [0, 0, 0]


@pytest.mark.parametrize(
    ("history", "turns"),
    [
        ([], {}),
        ([past(3, "ab")], {"c": 1.0}),
        ([past(3, "abc")], {"a": 1.0, "b": 1.0, "c": 1.0}),
        ([past(2, "abc"), past(3, "ab")], {"a": 0.5, "b": 0.5, "c": 1.5}),
        ([past(1, "abz"), past(2, "abc"), past(3, "abc")], {"a": 1.75, "b": 1.75, "c": 1.5}),
        ([past(2, "ab")], {}),
    ],
)
def test_makes_it_others_turn_to_be_third(history: list[PastGroup], turns: dict[str, float]) -> None:
    present = [address(letter) for letter in "abc"]
    assert turns_as_third(history, 4, present) == {address(letter): turn for letter, turn in turns.items()}


def spoken(*languages: str) -> list[Person]:
    """People of teams of their own, each with one language."""
    return [person(i, team=i, languages=(language,)) for i, language in enumerate(languages)]


def of_teams(*teams: int) -> list[Person]:
    return [person(i, team=team, languages=("en",)) for i, team in enumerate(teams)]


@pytest.mark.parametrize(
    ("people", "three", "bound"),
    [
        ([], False, 0),
        (of_teams(0), False, 0),
        (of_teams(0, 1), False, 0),
        (of_teams(0, 0), False, 130),
        (of_teams(0, 0, 0, 0), False, 260),
        (of_teams(0, 0, 0, 1), False, 130),
        (of_teams(0, 0, 0, 0, 0, 1), False, 260),
        (of_teams(0, 0, 1), False, 65),
        (of_teams(0, 0, 1), True, 130),
        (of_teams(0, 0, 0), True, 390),
        (of_teams(0, 1, 2), True, 0),
        (spoken("en", "de"), False, 300),
        (spoken("en", "en", "de", "de"), False, 0),
        (spoken("en", "en", "de", "fr"), False, 300),
    ],
)
def test_knows_what_no_pairing_can_cost_less_than(people: list[Person], three: bool, bound: float) -> None:
    participants = participants_of(people, facts(people))
    found = lower_bound(participants, np.arange(len(people)), three=three)
    assert bound - 0.001 <= found <= bound


def test_bounds_only_the_people_that_it_is_asked_about() -> None:
    people = of_teams(0, 0, 1, 1, 1)
    participants = participants_of(people, facts(people))
    assert 129.999 <= lower_bound(participants, np.array([0, 1])) <= 130
    assert lower_bound(participants, np.array([1, 2])) == 0


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([], []),
        ([(2, "ab")], [(0, 1, 1)]),
        ([(2, "ba")], [(1, 0, 1)]),
        ([(3, "bc")], [(1, 2, 0)]),
        ([(1, "ax"), (1, "xa"), (1, "xy")], []),
        ([(1, "xy"), (2, "abc")], [(0, 1, 1), (0, 2, 1), (1, 2, 1)]),
        ([(1, "cab"), (2, "bc")], [(1, 2, 1), (2, 0, 2), (2, 1, 2), (0, 1, 2)]),
        ([(1, "abx")], [(0, 1, 2)]),
    ],
)
def test_tells_who_of_those_present_met_and_how_many_rounds_ago(
    groups: list[tuple[int, str]], told: list[tuple[int, int, int]]
) -> None:
    history = [PastGroup(round=n, people=tuple(map(address, who))) for n, who in groups]
    found = met(history, 3, {address(letter): n for n, letter in enumerate("abc")})
    assert [tuple(map(int, row)) for row in zip(*found, strict=True)] == told


def test_knows_a_group_again_in_whatever_order_its_people_are() -> None:
    row = pairing("ab")
    other_way = replace(row, people=row.people[::-1])
    known = [PastGroup(round=1, people=row.people)]
    assert new_to(known, [other_way]) == []
    assert new_to([], [other_way]) == known


def test_expects_nothing_of_people_between_whom_nothing_costs_anything() -> None:
    people = of_teams(0, 0, 0)
    participants = participants_of(people, facts(people, rules=PairingRules(mode=Mode.RANDOM)))
    assert lower_bound(participants, np.arange(3)) == lower_bound(participants, np.arange(3), three=True) == 0


@pytest.mark.parametrize("too_high", [-5.0, 0.0, 0.001, 40.0])
def test_lowers_prices_that_are_not_fair(too_high: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes back from the solver, no bound is above what a pairing costs; prices too low give less."""

    def solved(*args: object, **more: object) -> object:
        found = linprog(*args, **more)
        found.x = found.x + too_high
        return found

    monkeypatch.setattr(module, "linprog", solved)
    people = of_teams(0, 0, 0, 0, 0, 1)
    found = lower_bound(participants_of(people, facts(people)), np.arange(6))
    assert found == pytest.approx(260 - 6 * max(0.0, -too_high), abs=0.001)
    assert found <= 260


def test_expects_nothing_where_the_solver_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "linprog", lambda *_, **__: OptimizeResult(success=False))
    people = of_teams(0, 0)
    assert lower_bound(participants_of(people, facts(people)), np.arange(2)) == 0
