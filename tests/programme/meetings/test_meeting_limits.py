"""Meetings at their limits, by value: what the calendar alone knows, series that end, examples, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from by_value import address, at, ended, on, pairing, people, seen
from peerpact.programme.announcements.told import told
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.meetings.actions import (
    BookMeeting,
    CancelMeeting,
    ChangeGuests,
    NoteMeeting,
    SendLetter,
)
from peerpact.programme.meetings.booking import Booking, booking_of, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.meetings.examples import SendExample, examples_asked
from peerpact.programme.meetings.forgotten import forgotten
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.memory import Memo
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.plan import Plan

PAIR = pairing("ab")
START = at("2026-02-10T10:00")
CREATED = at("2026-01-05T09:00")


def event(letters: str = "ab", **more: Any) -> EventSeen:
    guests = tuple(Guest(email=address(x), answer="needsAction") for x in letters)
    usual = {"id": "e1", "pairing": PAIR.id, "start": START, "end": START + timedelta(minutes=45)}
    return EventSeen(
        **{**usual, "guests": guests, "created": CREATED, "updated": CREATED, "put": START, **more}
    )


def found(*events: EventSeen, pairings: Any = (), moment: str = "2026-02-01") -> list[Any]:
    programme = seen(moment, people("abcd"), *pairings)
    return forgotten(MeetingsSeen(programme=programme, events={e.id: e for e in events}))


def test_finds_a_pairing_again_that_only_the_calendar_knows() -> None:
    [row] = found(event(link="https://calendar/e1"))
    assert (row.id, row.round, row.people) == (PAIR.id, 1, PAIR.people)
    assert (row.state, row.proposed_on, row.approved_on) == (PairingState.APPROVED, on("2026-01-05"), CREATED)
    assert (row.meeting_start, row.meeting_state, row.link) == (START, "invited", "https://calendar/e1")
    assert (row.meetings, row.why) == ("", "found in the calendar again")
    assert booking_of(row) == Booking(event="e1", start=START, written=CREATED, minutes=45)


def test_finds_it_again_though_people_put_others_on_the_event() -> None:
    others = (
        Guest(email="room@resource.calendar.google.com", answer="declined"),
        Guest(email=address("x"), answer="needsAction"),
    )
    [row] = found(event(guests=(*event("ba").guests, *others), invited=(address("a"), address("b"))))
    assert row.people == PAIR.people
    crowd = tuple(Guest(email=f"a{n}@example.com", answer="accepted") for n in range(40))
    assert found(event(guests=(*crowd, *event().guests))) == []


def test_finds_who_joined_it_again_as_well() -> None:
    joined = {"letters": "abc", "invited": tuple(map(address, "cab"))}
    assert [row.people for row in found(event(**joined))] == [(address("a"), address("b"), address("c"))]
    left = {"letters": "abx", "invited": tuple(map(address, "abc"))}
    assert [row.people for row in found(event(**left))] == [PAIR.people]


def test_counts_the_meetings_before_of_which_nobody_knows() -> None:
    [row] = found(event(number=3, key="made", created=None))
    assert len(row.meetings.split("; ")) == 2
    assert (booking_of(row).event, booking_of(row).number) == ("made", 3)
    assert (row.proposed_on, row.approved_on) == (None, None)


@pytest.mark.parametrize(
    "other",
    [
        {"is_cancelled": True},
        {"pairing": ""},
        {"end": None},
        {"end": at("2026-02-01T08:00")},
        {"letters": "ac"},
        {"pairing": PAIR.id.replace("r1-", "rx-")},
        {"pairing": PAIR.id.replace("r1-", "r2-")},
    ],
)
def test_takes_nothing_for_a_pairing_that_is_not_certainly_one_ahead(other: dict[str, Any]) -> None:
    assert found(event(**other)) == []


def test_leaves_those_who_have_a_partner_by_now() -> None:
    assert found(event(), pairings=[pairing("ac")]) == []
    assert found(event(), pairings=[PAIR]) == []
    assert len(found(event(), pairings=[ended("ac"), pairing("cd")])) == 1
    assert len(found(event(), pairings=[pairing("ac", 2)])) == 1


# Series


def test_goes_on_as_a_series_until_its_last_occurrence_has_ended_and_an_hour_more() -> None:
    series = event(is_series=True, series_until=at("2026-03-10T10:00"))
    last = at("2026-03-10T11:45")
    assert series.goes_on_after(last - timedelta(seconds=1))
    assert not series.goes_on_after(last)
    assert replace(series, series_until=None).goes_on_after(at("2036-01-01"))
    assert not replace(series, is_cancelled=True).goes_on_after(START)
    assert not event().goes_on_after(START - timedelta(days=1))


def test_began_last_when_its_series_did_if_that_is_over() -> None:
    series = event(is_series=True, series_until=at("2026-03-10T10:00"))
    assert series.last_start(at("2026-03-11")) == at("2026-03-10T10:00")
    assert series.last_start(at("2026-03-01")) == START
    assert event(series_until=at("2026-03-10T10:00")).last_start(at("2026-03-11")) == START
    assert replace(series, series_until=None, is_cancelled=True).last_start(at("2026-03-11")) == START


# Examples


def example(key: str, state: LetterState = LetterState.PLANNED, who: str = "x") -> LetterRecord:
    record = planned("example", f"example:{key}:{address(who)}", address(who), at=at("2026-01-05"))
    return replace(record, state=state)


def test_sends_the_examples_that_have_not_left_and_counts_those_of_one_admin() -> None:
    letters = [
        example("one:introduction", LetterState.SENT),
        example("one:reminder"),
        example("one:turn", LetterState.DRAFTED),
        example("two:introduction"),
        example("one:introduction", who="y"),
        planned("digest", "digest:one:turn", "x", at=at("2026-01-05")),
    ]
    told = [(a.key.partition(":")[2], a.kind, a.number, a.of) for a in examples_asked(letters)]
    assert told == [
        ("one:reminder:x@example.com", "reminder", 2, 3),
        ("one:turn:x@example.com", "turn", 3, 3),
        ("two:introduction:x@example.com", "introduction", 1, 1),
        ("one:introduction:y@example.com", "introduction", 1, 1),
    ]
    assert examples_asked(letters)[0].summary == "Send x@example.com an example: reminder"


# What is decided


def plan(moment: str, *pairings: Any, who: str = "ab", **more: Any) -> Plan:
    them = people(who)
    events = {e.id: e for e in more.pop("events", ())}
    letters = {x.key: x for x in more.pop("letters", ())}
    free: dict[str, Any] = {p.email: () for p in them}
    return decide(
        MeetingsSeen(
            programme=seen(moment, them, *pairings, **more), events=events, busy=free, letters=letters
        )
    )


def of_kind(of: Plan, kind: type) -> list[Any]:
    return [a for a in of.actions if isinstance(a, kind)]


def test_notes_a_pairing_that_only_the_calendar_knows_and_sends_examples() -> None:
    alone = plan("2026-02-01", events=[event()], letters=[example("one:turn")])
    assert [a.pairing.id for a in of_kind(alone, NoteMeeting)] == [PAIR.id]
    assert len(of_kind(alone, SendExample)) == 1
    assert address("x") in alone.writes_to


def test_says_which_meeting_it_invites_to_from_the_second_on() -> None:
    [first] = of_kind(plan("2026-01-05T10:00", PAIR), BookMeeting)
    assert first.summary.startswith("Invite A & B to ") or first.summary.startswith("Invite A, B to ")
    assert "their meeting" not in first.summary
    second = replace(first, booking=replace(first.booking, number=2))
    assert "their meeting 2 at " in second.summary


@pytest.mark.parametrize(
    ("approved", "closed", "is_told"),
    [
        ("2026-01-04", "2026-03-02", True),
        ("2026-01-04", "2026-03-01", False),  # more than two weeks before the meeting
        ("2026-03-11", "2026-03-11", True),
        ("2026-03-12", "2026-03-11", False),
        ("", "2026-03-11", False),
    ],
)
def test_says_which_days_off_it_left_out_since_the_approval(
    approved: str, closed: str, *, is_told: bool
) -> None:
    [first] = of_kind(plan("2026-01-05T10:00", PAIR), BookMeeting)
    off = DaysOff(company=(Absence(first=on(closed), last=on(closed), name="Closure"),))
    later = replace(
        first,
        people=tuple(replace(p, days_off=off) for p in first.people),
        slot=replace(first.slot, start=at("2026-03-16T10:00")),
        pairing=replace(first.pairing, approved_on=at(approved) if approved else None),
    )
    assert ("; left out: " in later.summary) is is_told
    assert first.summary.endswith(f"({first.slot.quality})")


def test_introduces_those_who_are_there() -> None:
    booked = plan("2026-01-05T10:00", PAIR)
    assert sorted(a.person.name for a in of_kind(booked, SendLetter)) == ["A", "B"]
    meeting = Booking(event=meeting_id(PAIR), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(PAIR, meeting), meeting_start=START, meeting_state="invited")
    here = plan("2026-01-06T10:00", row, events=[event(id=meeting.event)], who="a")
    assert {a.person.name for a in of_kind(here, SendLetter)} <= {"A"}


@pytest.mark.parametrize(
    ("moment", "is_called_off"), [("2026-03-31T23:59", True), ("2026-04-01T00:00", False)]
)
def test_calls_off_what_lies_ahead_until_the_round_has_ended(moment: str, is_called_off: bool) -> None:
    late = at("2026-04-20T10:00")
    noted = Booking(event="e1", start=late, written=CREATED, minutes=45)
    over = replace(
        with_booking(ended("ab"), noted),
        meeting_start=late,
        meeting_state="invited",
        state=PairingState.ENDED,
    )
    ahead = event(start=late, end=late + timedelta(minutes=45), put=late)
    assert bool(of_kind(plan(moment, over, events=[ahead]), CancelMeeting)) == is_called_off


@pytest.mark.parametrize(("seconds", "is_invited"), [(0, True), (1, False)])
def test_invites_who_joined_later_until_a_day_before(seconds: int, is_invited: bool) -> None:
    three = pairing("abc")
    noted = Booking(event=meeting_id(three), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(three, noted), meeting_start=START, meeting_state="invited")
    introduced = [
        planned("introduction", f"introduction:{three.id}:{address(x)}", address(x), at=CREATED) for x in "ab"
    ]
    moment = START - timedelta(hours=24) + timedelta(seconds=seconds)
    ours = event(id=noted.event, pairing=three.id)
    found = plan(moment.isoformat()[:19], row, who="abc", events=[ours], letters=introduced)
    assert [a.new for a in of_kind(found, ChangeGuests)] == ([(address("c"),)] if is_invited else [])


@pytest.mark.parametrize(
    ("people_now", "guests", "invited", "changed"),
    [
        ("ab", "abc", "abc", ("", "c")),
        ("abc", "ab", "ab", ("c", "")),
        ("abd", "abc", "abc", ("d", "c")),
        ("ab", "abc", "ab", None),
        ("abc", "ab", "abc", None),
        ("ab", "abcd", "abc", ("", "c")),
        ("ab", "abc", "", ("", "c")),
    ],
)
def test_has_guests_follow_the_people_and_leaves_whom_people_invited_or_took_off(
    people_now: str, guests: str, invited: str, changed: tuple[str, str] | None
) -> None:
    """Those who were introduced, ``abc``, are who an event was for on which that was not noted."""
    began = pairing("abc")
    noted = Booking(event=meeting_id(began), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(began, noted), meeting_start=START, meeting_state="invited")
    row = replace(row, people=tuple(map(address, people_now)))
    keys = {address(x): f"introduction:{row.id}:{address(x)}" for x in "abc"}
    introduced = [planned("introduction", key, email, at=CREATED) for email, key in keys.items()]
    ours = event(guests, id=noted.event, pairing=row.id, invited=tuple(map(address, invited)))
    heard = told(1, address("d"))
    memory = {heard: Memo(key=heard, since=on("2026-01-20"))}
    found = plan("2026-02-01", row, who="abcd", events=[ours], letters=introduced, memory=memory)
    assert [(a.new, a.gone) for a in of_kind(found, ChangeGuests)] == (
        [tuple(tuple(map(address, letters)) for letters in changed)] if changed else []
    )


@pytest.mark.parametrize(
    "more",
    [
        {"is_cancelled": True},
        {"hides_guests": True},
        {"start": at("2026-02-01T08:00"), "end": at("2026-02-01T08:45"), "put": at("2026-02-01T08:00")},
    ],
)
def test_leaves_the_guests_of_what_is_cancelled_hidden_or_has_begun(more: dict[str, Any]) -> None:
    """Cy has left the three, and is still a guest."""
    noted = Booking(event=meeting_id(pairing("abc")), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(pairing("abc"), noted), meeting_start=START, meeting_state="invited")
    row = replace(row, people=(address("a"), address("b")))
    usual = event("abc", id=noted.event, pairing=row.id, invited=tuple(map(address, "abc")))
    changed = [
        of_kind(plan("2026-02-01T08:00", row, events=[ours]), ChangeGuests)
        for ours in (usual, replace(usual, **more))
    ]
    assert [[a.gone for a in some] for some in changed] == [[(address("c"),)], []]


@pytest.mark.parametrize("has_heard", [True, False])
def test_introduces_who_joins_a_pairing_once_they_have_heard_of_the_round(has_heard: bool) -> None:
    noted = Booking(event=meeting_id(PAIR), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(PAIR, noted), meeting_start=START, meeting_state="invited")
    row = replace(row, people=tuple(map(address, "abc")))
    memory = {told(1, address("c")): Memo(key=told(1, address("c")), since=on("2026-01-20"))}
    ours = event("ab", id=noted.event, pairing=row.id)
    found = plan(
        "2026-02-01",
        row,
        who="abc",
        events=[ours],
        letters=introduced(PAIR),
        memory=memory if has_heard else {},
    )
    introductions = [a.person.name for a in of_kind(found, SendLetter) if a.record.kind == "introduction"]
    assert introductions == (["C"] if has_heard else [])


@pytest.mark.parametrize(
    ("moment", "told_goodbye"), [("2026-03-31T23:59", ["A", "B"]), ("2026-04-01T00:00", [])]
)
def test_says_goodbye_until_the_round_has_ended(moment: str, told_goodbye: list[str]) -> None:
    found = plan(moment, ended("ab"), letters=introduced(PAIR))
    assert [(a.record.kind, a.person.name) for a in of_kind(found, SendLetter)] == [
        ("partner-left", name) for name in told_goodbye
    ]


def introduced(row: Pairing) -> list[LetterRecord]:
    return [
        planned("introduction", f"introduction:{row.id}:{email}", email, at=CREATED) for email in row.people
    ]


def test_invites_nobody_again_whom_it_took_off_though_a_restored_row_names_them() -> None:
    three = pairing("abc")
    noted = Booking(event=meeting_id(three), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(three, noted), meeting_start=START, meeting_state="invited")
    ours = event(
        "ab",
        id=noted.event,
        pairing=three.id,
        invited=(address("a"), address("b")),
        taken_off=(address("c"),),
    )
    assert not of_kind(plan("2026-02-01", row, who="abc", events=[ours]), ChangeGuests)


def test_makes_the_id_of_each_meeting_from_its_pairing_and_number() -> None:
    ids = {
        meeting_id(pairing(p), generation, number=n)
        for p in ("ab", "cd")
        for generation in (1, 2)
        for n in (1, 2)
    }
    assert len(ids) == 8


def test_tells_who_is_left_though_the_other_is_on_no_row_any_more() -> None:
    noted = Booking(event="e1", start=START, written=CREATED, minutes=45)
    over = replace(with_booking(ended("ab"), noted), meeting_start=START, meeting_state="invited")
    found = plan("2026-01-06", over, events=[event()], who="a")
    assert [(a.record.kind, a.person.name) for a in of_kind(found, SendLetter)] == [("partner-left", "A")]


def test_follows_a_meeting_after_a_pairing_that_still_wants_one() -> None:
    other = pairing("cd")
    noted = Booking(event=meeting_id(other), start=START, written=CREATED, minutes=45)
    row = replace(with_booking(other, noted), meeting_start=START, meeting_state="invited")
    guests = tuple(Guest(email=address(x), answer="accepted") for x in "cd")
    theirs = event(id=noted.event, pairing=other.id, guests=guests)
    found = plan("2026-01-06T10:00", PAIR, row, who="abcd", events=[theirs])
    assert [a.pairing.id for a in of_kind(found, BookMeeting)] == [PAIR.id]
    assert [(a.pairing.id, a.pairing.meeting_state) for a in of_kind(found, NoteMeeting)] == [
        (other.id, "accepted")
    ]
