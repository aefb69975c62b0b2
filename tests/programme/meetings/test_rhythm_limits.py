"""The rhythm of a pair, what it says of its meetings, and its own hours, at each limit. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, person
from peerpact.programme.meetings.history import NO_TIME, PastMeeting, all_meetings, as_said, has_met
from peerpact.programme.meetings.own_hours import MOST_ASKED, OwnHours, whom_to_ask, with_own_hours
from peerpact.programme.meetings.rhythm import has_rhythm, meeting_after, span_after, span_soon, weeks_between
from peerpact.programme.meetings.rules import MeetingRules, read_avoided
from peerpact.programme.people import WorkingHours
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings

PAIR = pairing("ab")
SETTINGS = Settings(first_round=on("2026-01-01"), meeting_weeks=4)
ENDS = at("2026-04-01T00:00")
SECOND = timedelta(seconds=1)
EARLY, LATER = at("2026-01-10"), at("2026-01-20")
MET = at("2026-01-12T10:00")


def says(kind: Wish, day: str, who: str = "a", **more: Any) -> Request:
    return Request(id=f"{kind}{day}{who}", person=address(who), kind=kind, asked_on=on(day), **more)


def test_hears_of_the_rhythm_from_the_day_on_which_they_are_together() -> None:
    def weeks(*requests: Request) -> int:
        return weeks_between(PAIR, requests, SETTINGS)

    assert weeks(says(Wish.EVERY_WEEKS, "2026-01-03", weeks=2)) == 4
    assert weeks(says(Wish.EVERY_WEEKS, "2026-01-04", weeks=2)) == 2
    assert weeks(says(Wish.EVERY_WEEKS, "2026-01-05", "c", weeks=2)) == 4
    assert weeks(says(Wish.EVERY_WEEKS, "2026-01-05", weeks=2, decision="ignore")) == 4
    assert weeks(says(Wish.OWN_PLAN, "2026-01-05")) == 0


@pytest.mark.parametrize(
    ("start", "weeks", "first_round", "day"),
    [
        ("", 4, "2026-01-01", None),
        ("2026-01-19T23:00", 4, "2026-01-01", "2026-02-16"),  # less than a week ahead: the next one is said
        ("2026-01-20T00:00", 4, "2026-01-01", "2026-01-20"),
        ("2026-01-14T10:00", 0, "2026-01-01", "2026-01-14"),
        (
            "2026-01-14T10:00",
            4,
            "2025-11-01",
            "2026-02-12",
        ),  # after the round's end, eleven days into the next
        ("2026-01-14T10:00", 4, "", "2026-02-11"),
    ],
)
def test_says_when_two_meet_next_as_far_as_anybody_knows(
    start: str, weeks: int, first_round: str, day: str | None
) -> None:
    settings = Settings(first_round=on(first_round) if first_round else None, meeting_weeks=weeks)
    pair = replace(PAIR, meeting_start=at(start) if start else None)
    assert meeting_after(pair, at("2026-01-13T09:00"), (), settings) == (on(day) if day else None)


@pytest.mark.parametrize(("weeks", "last"), [(1, ENDS - timedelta(days=9)), (4, ENDS - timedelta(days=30))])
def test_comes_again_by_itself_while_the_round_leaves_two_days_for_it(weeks: int, last: Any) -> None:
    every = [says(Wish.EVERY_WEEKS, "2026-01-05", weeks=weeks)]
    assert has_rhythm(PAIR, every, SETTINGS, last)
    assert not has_rhythm(PAIR, every, SETTINGS, last + SECOND)
    assert not has_rhythm(PAIR, [says(Wish.OWN_PLAN, "2026-01-05")], SETTINGS, last)


def span(last: Any, now: Any = EARLY) -> Any:
    return span_after(last, 4, rules=MeetingRules(), ends=ENDS, now=now)


def test_looks_for_the_last_meeting_of_a_round_a_week_before_its_end_but_no_sooner_than_three_quarters() -> (
    None
):
    month, days = timedelta(weeks=4), timedelta(days=1)
    usual = span(ENDS - month - 4 * days)
    earlier = span(ENDS - month - 4 * days + SECOND)
    assert usual.counted_from - earlier.counted_from >= 2 * days
    assert (usual.before, earlier.before) == (ENDS, ENDS)
    week_before = span(ENDS - month + days)
    quarter = span(ENDS - month + 3 * days)
    assert week_before.counted_from.date() < quarter.counted_from.date()


def test_looks_for_none_where_the_round_leaves_less_than_two_days() -> None:
    assert span(at("2026-01-20"), now=ENDS - timedelta(days=2)) is not None
    assert span(at("2026-01-20"), now=ENDS - timedelta(days=2) + SECOND) is None


def test_looks_soon_where_more_than_three_days_are_left() -> None:
    three = timedelta(days=3)
    assert span_soon(ends=ENDS, now=ENDS - three) is None
    found = span_soon(ends=ENDS, now=ENDS - three - SECOND)
    assert (found.counted_from, found.before) == (ENDS - three - SECOND, ENDS)
    assert span_soon(ends=None, now=ENDS).before is None


# What they say of meetings


def met(state: str, start: Any = MET, past: str = "") -> Any:
    return replace(PAIR, meeting_start=start, meeting_state=state, meetings=past)


def test_has_a_meeting_where_either_its_time_or_its_state_is_known() -> None:
    assert all_meetings(met("", None)) == ()
    assert all_meetings(met("held", None)) == (PastMeeting(start=None, state="held"),)
    assert len(all_meetings(met(""))) == 1


@pytest.mark.parametrize(
    ("state", "known"), [("held", True), ("not known", True), ("invited", False), ("not held", False)]
)
def test_takes_them_to_have_met_by_what_is_known(state: str, known: bool) -> None:
    assert has_met(met(state)) == known


def test_hears_of_a_meeting_what_was_said_from_its_day_to_the_next_one_s() -> None:
    def state(*requests: Request, now: Any = LATER, row: Any = None) -> str:
        return str(as_said(row or met("not known"), requests, now).meeting_state)

    not_met = says(Wish.NOT_MET, "2026-01-12")
    assert state(not_met) != "not known"
    assert state(says(Wish.NOT_MET, "2026-01-11")) == "not known"
    assert state(replace(not_met, decision="ignore")) == "not known"
    assert state(says(Wish.NOT_MET, "2026-01-12", "c")) == "not known"
    assert state(says(Wish.QUESTION, "2026-01-12")) == "not known"
    assert state(not_met, now=at("2026-01-12T10:00")) != "not known"
    assert state(not_met, now=at("2026-01-12T09:59")) == "not known"
    assert state(not_met, row=met("not known", None)) == "not known"
    assert state(not_met, says(Wish.MET, "2026-01-13", "b")) == "held"


def test_tells_two_meetings_apart_by_their_days_though_one_between_has_none() -> None:
    row = met("not known", at("2026-02-12T10:00"), past=f"2026-01-12 10:00 not known; {NO_TIME} not known")
    early = as_said(row, [says(Wish.MET, "2026-02-11")], at("2026-03-01"))
    assert str(all_meetings(early)[0].state) == "held"
    assert early.meeting_state == "not known"
    late = as_said(row, [says(Wish.MET, "2026-02-12")], at("2026-03-01"))
    assert [str(m.state) for m in all_meetings(late)] == ["not known", "not known", "held"]


# Their own hours


MORNINGS = WorkingHours(days=(((480, 720),),) * 7)


def test_asks_the_calendars_of_those_without_hours_so_many_at_most() -> None:
    with_hours = person("z", has_hours=True)
    assert whom_to_ask([*people("ba"), with_hours]) == [address("a"), address("b")]
    many = [replace(person("a"), email=f"p{n:03}@x") for n in range(MOST_ASKED + 5)]
    assert len(whom_to_ask(many)) == 300


def test_asks_the_calendar_of_whose_zone_nobody_can_read_before_others() -> None:
    lost = person("z", has_hours=True, is_zone_known=False)
    assert whom_to_ask([lost]) == [lost.email]
    many = [replace(person("a"), email=f"a{n:03}@x") for n in range(MOST_ASKED)]
    asked = whom_to_ask([*many, lost])
    assert (asked[-1], len(asked), many[-1].email in asked) == (lost.email, MOST_ASKED, False)
    assert asked == sorted(asked)


@pytest.mark.parametrize(
    ("zone", "known", "taken"),
    [
        ("Asia/Tokyo", False, ("Asia/Tokyo", True)),
        ("Mars/Base", False, ("UTC", False)),
        ("", False, ("UTC", False)),
        ("Asia/Tokyo", True, ("UTC", True)),
    ],
)
def test_takes_the_calendars_zone_where_the_rosters_cannot_be_read(
    zone: str, known: bool, taken: tuple[str, bool]
) -> None:
    who = {"a": person("a", time_zone="UTC", is_zone_known=known)}
    found = with_own_hours(who, {"a": OwnHours(time_zone=zone)})["a"]
    assert (found.time_zone, found.is_zone_known) == taken
    assert found.working_hours == who["a"].working_hours
    with_hours = with_own_hours(who, {"a": OwnHours(hours=MORNINGS, time_zone="Asia/Tokyo")})["a"]
    assert (with_hours.working_hours == MORNINGS) is not known


def test_takes_hours_from_a_calendar_where_the_roster_has_none_and_the_zone_is_the_same() -> None:
    who = {x: person(x, has_hours=x == "b", time_zone="UTC") for x in "abcd"}
    own = {x: OwnHours(hours=MORNINGS, time_zone="Asia/Tokyo" if x == "c" else "UTC") for x in "abc"}
    found = with_own_hours(who, own)
    assert [x for x in found if found[x].working_hours == MORNINGS] == ["a"]
    assert [found[x] for x in "bcd"] == [who[x] for x in "bcd"]


# Hours to avoid


@pytest.mark.parametrize("number", range(7))
def test_knows_each_day_of_the_week(number: int) -> None:
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[number]
    assert read_avoided(f"{day} 12-13") == tuple(((720, 780),) if n == number else () for n in range(7))


def test_takes_the_whole_day_to_its_last_minute_and_not_one_more() -> None:
    assert read_avoided("Mon 0-24")[0] == ((0, 1440),)
    for wrong in ("Mon 0:00-24:01", "Mon 9-9", "Mon lunch"):
        with pytest.raises(ValueError, match="Mon"):
            read_avoided(wrong)
