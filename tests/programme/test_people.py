"""Who takes part on a day, by the roster and by what they asked for since; how to greet them."""

from __future__ import annotations

from typing import Any

import pytest

from by_value import NO, PAUSED, YES, address, at, on, person
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.letter_hours import is_time_for_letters
from peerpact.programme.people import (
    Person,
    WorkingHours,
    is_unreadable,
    lack_managers,
    topics_in,
    unreadable_manager,
    whose,
)
from peerpact.programme.requests import FOR_ADMINS, Request, Wish, wait_for_an_admin, with_requests
from peerpact.programme.settings import Settings

TODAY = on("2026-03-01")


@pytest.mark.parametrize(
    ("roster", "takes_part"),
    [
        ({}, True),
        ({"taking_part": NO}, False),
        ({"taking_part": PAUSED}, False),
        ({"taking_part": PAUSED, "paused_until": on("2026-03-02")}, False),
        ({"taking_part": PAUSED, "paused_until": on("2026-03-01")}, True),
        ({"taking_part": PAUSED, "paused_until": on("2026-02-28")}, True),
        ({"taking_part": YES, "paused_until": on("2026-03-02")}, False),
        ({"taking_part": NO, "paused_until": on("2026-02-28")}, False),
        ({"joined": on("2026-03-01")}, True),
        ({"joined": on("2026-03-02")}, False),
        ({"joined": on("2026-03-02"), "taking_part": PAUSED, "paused_until": on("2026-02-01")}, False),
        ({"joined": on("2025-12-31"), "taking_part": PAUSED}, False),
    ],
)
def test_takes_part_from_a_day_on_and_outside_pauses(roster: dict[str, Any], takes_part: bool) -> None:
    assert person("a", **roster).is_taking_part(TODAY) is takes_part


def asked(
    kind: Wish, on_day: str = "2026-02-01", *, until: str = "", decision: str | None = None, id: str = "1"
) -> Request:
    return Request(
        id=id,
        person=address("a"),
        kind=kind,
        asked_on=on(on_day),
        until=on(until) if until else None,
        decision=decision,
    )


REQUESTS: dict[str, tuple[dict[str, Any], list[Request], bool]] = {
    "nothing": ({}, [], True),
    "stop": ({}, [asked(Wish.STOP)], False),
    "a stop of today, which can still be taken back": ({}, [asked(Wish.STOP, "2026-03-01")], True),
    "a stop of yesterday": ({}, [asked(Wish.STOP, "2026-02-28")], False),
    "a pause of today, which can still be taken back": ({}, [asked(Wish.PAUSE, "2026-03-01")], True),
    "a pause of today after an older one": (
        {},
        [asked(Wish.PAUSE, until="2026-03-05"), asked(Wish.PAUSE, "2026-03-01")],
        False,
    ),
    "pause until tomorrow": ({}, [asked(Wish.PAUSE, until="2026-03-02")], False),
    "pause until today": ({}, [asked(Wish.PAUSE, until="2026-03-01")], True),
    "pause without an end": ({}, [asked(Wish.PAUSE)], False),
    "a stop that an admin ignores": ({}, [asked(Wish.STOP, decision="ignore")], True),
    "a pause that an admin ignores": ({}, [asked(Wish.PAUSE, decision="ignore")], True),
    "a pause that an admin noted": ({}, [asked(Wish.PAUSE, decision="done")], False),
    "back again": ({}, [asked(Wish.STOP), asked(Wish.BACK, "2026-02-02")], True),
    "back, and an admin ignores it": (
        {},
        [asked(Wish.STOP), asked(Wish.BACK, "2026-02-02", decision="ignore")],
        False,
    ),
    "stop after a pause that is over": (
        {},
        [asked(Wish.PAUSE, until="2026-02-10"), asked(Wish.STOP, "2026-02-11")],
        False,
    ),
    "the later of two on a day is the one that came later": (
        {},
        [asked(Wish.STOP, id="2"), asked(Wish.BACK, id="1")],
        True,
    ),
    "in whatever order the rows are": (
        {},
        [asked(Wish.BACK, "2026-02-02", id="1"), asked(Wish.STOP, id="2")],
        True,
    ),
    "other wishes change nothing": (
        {},
        [asked(kind) for kind in sorted(FOR_ADMINS)] + [asked(Wish.NOT_MET)],
        True,
    ),
    "a later question changes nothing about a stop": (
        {},
        [asked(Wish.STOP), asked(Wish.QUESTION, "2026-02-02")],
        False,
    ),
    "back leaves what the roster says": ({"taking_part": NO}, [asked(Wish.BACK)], False),
    "a pause over the roster's own": (
        {"taking_part": PAUSED, "paused_until": on("2026-06-01")},
        [asked(Wish.PAUSE, until="2026-02-15")],
        True,
    ),
}


@pytest.mark.parametrize(("roster", "requests", "takes_part"), REQUESTS.values(), ids=REQUESTS)
def test_takes_part_by_the_latest_wish(
    roster: dict[str, Any], requests: list[Request], takes_part: bool
) -> None:
    someone, other = with_requests([person("a", **roster), person("b", **roster)], requests, TODAY)
    assert someone.is_taking_part(TODAY) is takes_part
    assert other == person("b", **roster)


def test_leaves_to_admins_what_only_they_can_answer() -> None:
    open_ones = [asked(kind) for kind in Wish]
    decided = [asked(kind, decision=word) for kind in Wish for word in ("done", "ignore")]
    assert [r.kind for r in wait_for_an_admin([*decided, *open_ones])] == [
        Wish.ANOTHER_PARTNER,
        Wish.WRONG_PERSON,
        Wish.MOVE_MEETING,
        Wish.QUESTION,
    ]


def test_greets_by_the_first_name_only_where_it_is_certain() -> None:
    assert Person(email="a@x", name="Ada Lovelace", called="Ada").first_name == "Ada"
    assert Person(email="a@x", name="Ada Lovelace").first_name == "Ada Lovelace"
    assert Person(email="a@x", name="").first_name == "a@x"


def test_has_working_hours_for_seven_days_nine_to_five_unless_told() -> None:
    hours = WorkingHours()
    assert [day != () for day in hours.days] == [True] * 5 + [False] * 2
    assert set(hours.days[:5]) == {((9 * 60, 17 * 60),)}
    with pytest.raises(AssertionError):
        WorkingHours(days=((),) * 6)


def test_gives_everybody_whose_manager_can_t_be_read_another_unknown_one() -> None:
    assert unreadable_manager("a@x") != unreadable_manager("b@x")
    assert is_unreadable(unreadable_manager("a@x"))
    assert not is_unreadable("a@x")


@pytest.mark.parametrize(
    ("without", "everybody", "lack"),
    [(2, 3, False), (3, 3, True), (3, 11, True), (3, 12, False), (25, 100, False), (26, 100, True)],
)
def test_lacks_managers_where_more_than_two_and_a_quarter_have_none(
    without: int, everybody: int, *, lack: bool
) -> None:
    assert lack_managers(without, everybody) is lack


MONDAY_ONLY = WorkingHours(days=(((9 * 60, 17 * 60),), (), (), (), (), (), ()))


@pytest.mark.parametrize(
    ("hours", "days"),
    [(WorkingHours(), "12345"), (MONDAY_ONLY, "1"), (WorkingHours(days=((),) * 7), "12345")],
)
def test_works_on_the_days_of_their_hours_that_are_not_off(hours: WorkingHours, days: str) -> None:
    """2 March 2026 is a Monday."""
    wednesday = Absence(first=on("2026-03-04"), last=on("2026-03-04"))
    week = [on(f"2026-03-0{n}") for n in range(2, 9)]
    works = person("a", working_hours=hours)
    assert "".join(str(n) for n, day in enumerate(week, 1) if works.works_on(day)) == days
    away = person("a", working_hours=hours, days_off=DaysOff(leave=(wednesday,)))
    assert "".join(str(n) for n, day in enumerate(week, 1) if away.works_on(day)) == days.replace("3", "")


def test_reads_topics_as_they_are_compared() -> None:
    assert topics_in("Giving  feedback, ; Python\n\nSAILING;") == {"giving feedback", "python", "sailing"}


@pytest.mark.parametrize(
    ("moment", "more", "is_time"),
    [
        ("2026-03-02T07:59", {}, False),
        ("2026-03-02T08:00", {}, True),
        ("2026-03-02T16:59", {}, True),
        ("2026-03-02T17:00", {}, False),
        ("2026-03-01T10:00", {}, False),
        ("2026-03-02T10:00", {"taking_part": PAUSED}, False),
    ],
)
def test_gets_letters_on_working_mornings_and_days_where_they_are(
    moment: str, more: dict[str, Any], *, is_time: bool
) -> None:
    berlin = person("a", time_zone="Europe/Berlin", **more)
    assert is_time_for_letters(berlin, Settings(), at(moment)) is is_time
    assert is_time_for_letters(berlin, Settings(), at(moment), even_paused=True) is (is_time or bool(more))


@pytest.mark.parametrize(("manager", "known"), [("a@x", True), ("?a@x", False)])
def test_knows_whose_manager_it_is_whom_nobody_can_tell(manager: str, *, known: bool) -> None:
    assert (whose(manager), is_unreadable(manager)) == ("a@x", not known)
