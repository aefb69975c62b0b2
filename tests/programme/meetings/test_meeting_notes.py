"""What is noted of a meeting, what the calendar says of it, and what its row says after each. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing
from peerpact.programme.meetings.actions import CancelMeeting, refusal_key
from peerpact.programme.meetings.answers import Followed, MeetingState, NextStep, follow, may_touch
from peerpact.programme.meetings.booking import Booking, as_taken_up, booking_of, meeting_id
from peerpact.programme.meetings.event import EventSeen, Guest, our_meetings
from peerpact.programme.meetings.noted import (
    as_answered,
    as_cancelled,
    as_followed,
    as_refused,
    as_written,
    with_booking,
    with_guests,
)
from peerpact.programme.meetings.slots import Quality, Slot

START = at("2026-01-12T10:00")
LATER = at("2026-01-13T11:00")
NOW = at("2026-01-06T08:00")
NAMES = {address("a"): "A", address("b"): "B"}
PAIR = pairing("ab")


def event(*answers: str, **more: Any) -> EventSeen:
    """Return the meeting with answers of A and B in this order, unless told otherwise."""
    guests = tuple(Guest(email=e, answer=a) for e, a in zip(NAMES, answers, strict=False))
    usual: dict[str, Any] = {"id": "m1", "start": START, "guests": guests, "link": "https://meet"}
    start = more.get("start", START)
    usual["end"] = start + timedelta(minutes=45) if start else None
    return EventSeen(**{**usual, **more})


def noted(**more: Any) -> Booking:
    return Booking(**{"event": "m1", "start": START, "written": NOW, "minutes": 45, **more})


FULL = noted(
    generation=2,
    moved=True,
    automatic=1,
    quality="good",
    tried=(LATER,),
    edge=(address("a"),),
    unknown=(address("b"),),
    refused="cancel",
    refusal="why",
)


def test_reads_back_whatever_was_noted() -> None:
    for booking in (Booking(), noted(), FULL):
        assert booking_of(with_booking(PAIR, booking)) == booking
    assert Booking().text() == ""
    assert Booking(event="m1").text() == '{"event": "m1"}'


@pytest.mark.parametrize(
    "text",
    [
        "moved to Monday",
        "[]",
        '"m1"',
        "3",
        '{"colour": "red"}',
        '{"event": 3}',
        '{"start": "soon"}',
        '{"start": 3}',
        '{"generation": "2"}',
        '{"tried": 4}',
        '{"edge": [1]}',
    ],
)
def test_says_that_it_can_t_read_what_somebody_made_of_a_note(text: str) -> None:
    assert booking_of(replace(PAIR, booking=text)) is None


def test_takes_a_noted_moment_without_zone_for_utc() -> None:
    found = booking_of(
        replace(PAIR, booking='{"start": "2026-01-12T10:00:00", "written": "2026-01-06T09:00:00+01:00"}')
    )
    assert found == Booking(start=START, written=NOW)


def test_makes_an_event_s_id_from_pairing_and_generation() -> None:
    assert meeting_id(PAIR) == meeting_id(PAIR, 1)
    assert (
        len({meeting_id(PAIR), meeting_id(PAIR, 2), meeting_id(pairing("ac")), meeting_id(PAIR, secret=b"x")})
        == 4
    )


SEEN_AT = at("2026-01-07T07:00")


@pytest.mark.parametrize(
    ("booking", "seen", "taken_up"),
    [
        (noted(), event(is_cancelled=True, put=LATER, start=LATER), noted()),
        (Booking(), event(updated=SEEN_AT), Booking(event="m1", start=START, written=SEEN_AT)),
        (Booking(), event(key="k1", updated=SEEN_AT), Booking(event="k1", start=START, written=SEEN_AT)),
        (
            Booking(number=2),
            event(updated=SEEN_AT, moved=True),
            Booking(event="m1", number=2, start=START, written=SEEN_AT, moved=True),
        ),
        (
            Booking(),
            event(is_cancelled=True, updated=SEEN_AT),
            Booking(event="m1", start=START, written=SEEN_AT),
        ),
        (noted(), event(start=LATER), noted()),
        (noted(), event(start=LATER, put=START), noted()),
        (noted(), event(put=START), noted()),
        (
            replace(FULL, start=START),
            event(start=LATER, put=LATER, updated=SEEN_AT, moved=True, automatic=2),
            replace(
                FULL,
                start=LATER,
                written=SEEN_AT,
                automatic=2,
                tried=(LATER, START),
                quality="",
                edge=(),
                unknown=(),
            ),
        ),
        (
            noted(start=None),
            event(put=START, updated=SEEN_AT),
            noted(written=SEEN_AT),
        ),
    ],
)
def test_takes_up_what_a_run_that_died_did_to_the_event(
    booking: Booking, seen: EventSeen, taken_up: Booking
) -> None:
    assert as_taken_up(booking, seen) == taken_up


SLOT = Slot(
    start=START,
    end=START + timedelta(minutes=45),
    quality=Quality.EDGE_OF_DAY,
    cost=0,
    at_the_edge=(address("b"),),
    unknown=(address("a"),),
)


def written(seen: EventSeen, booking: Booking = FULL, slot: Slot = SLOT) -> Any:
    return as_written(replace(PAIR, answers="old"), booking, slot, seen, names=NAMES, now=NOW)


def test_notes_an_event_where_it_was_put() -> None:
    row = written(event("needsAction", "needsAction", key="k1"))
    note = booking_of(row)
    assert note == replace(
        FULL,
        event="k1",
        quality=str(SLOT.quality),
        edge=SLOT.at_the_edge,
        unknown=SLOT.unknown,
        refused="",
        refusal="",
    )
    assert (row.meeting_start, row.meeting_state, row.link) == (START, "invited", "https://meet")
    assert row.answers == "A: no answer; B: no answer"


def test_notes_an_event_that_is_elsewhere_than_it_was_put() -> None:
    seen = event("accepted", "accepted", start=LATER, end=LATER + timedelta(hours=1))
    row = written(seen)
    note = booking_of(row)
    assert note is not None
    assert (note.event, note.start, note.minutes, note.written) == ("m1", LATER, 60, NOW)
    assert (note.quality, note.edge, note.unknown) == ("", (), ())
    assert (row.meeting_start, row.meeting_state) == (LATER, "accepted")


def test_notes_an_event_that_was_cancelled_meanwhile() -> None:
    row = written(event("declined", "accepted", is_cancelled=True))
    assert (row.meeting_start, row.meeting_state, row.answers) == (START, "cancelled", "")


def test_notes_guests_that_were_added_and_when() -> None:
    row = with_guests(PAIR, FULL, event("accepted", "needsAction"), names=NAMES, now=NOW)
    assert booking_of(row) == replace(FULL, refused="", refusal="", written=NOW)
    assert (row.answers, row.meeting_state) == ("A: accepted; B: no answer", "invited")


def test_notes_what_was_refused_for_today() -> None:
    action = CancelMeeting(pairing=PAIR, booking=noted(), event_id="m1")
    row = as_refused(with_booking(PAIR, noted()), action, "It said no.", on("2026-01-06"))
    note = noted(refused=refusal_key(action, on("2026-01-06")), refusal="It said no.")
    assert booking_of(row) == note
    assert booking_of(as_refused(replace(PAIR, booking="?"), action, "No.", on("2026-01-06"))) == Booking(
        refused=note.refused, refusal="No."
    )


@pytest.mark.parametrize(
    "seen", [event("accepted", is_cancelled=True), event("accepted", oddity="It is odd.")]
)
def test_leaves_the_row_where_the_answer_can_t_be_followed(seen: EventSeen) -> None:
    assert as_answered(PAIR, noted(), seen, names=NAMES, now=NOW) == PAIR


def test_writes_what_was_followed_and_keeps_what_is_not_known() -> None:
    row = replace(PAIR, meeting_start=START, link="https://old")
    followed = Followed(state=MeetingState.MOVED, start=LATER, answers="A: maybe")
    after = as_followed(row, followed, event())
    assert (after.meeting_start, after.meeting_state, after.answers, after.link) == (
        LATER, "moved", "A: maybe", "https://meet",
    )  # fmt: skip
    unknown = as_followed(row, replace(followed, start=None), event(link=""))
    assert (unknown.meeting_start, unknown.link) == (START, "https://old")
    assert as_cancelled(row).meeting_state == "cancelled"


EARLIER = START - timedelta(days=1)


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([event()], {"m1": "m1"}),
        ([event(id="x", key="m1")], {"m1": "x"}),
        ([event(), event(id="m2")], {"m1": "m1", "m2": "m2"}),
        ([event(), event(id="x", key="m1", start=EARLIER)], {"m1": "m1"}),
        ([event(id="x", key="m1", start=EARLIER), event()], {"m1": "m1"}),
        ([event(is_cancelled=True)], {"m1": "m1"}),
        ([event(is_cancelled=True), event(id="x", key="m1")], {"m1": "x"}),
        (
            [event(is_cancelled=True), event(id="x", key="m1", start=LATER), event(id="y", key="m1")],
            {"m1": "y"},
        ),
        ([event(is_cancelled=True), event(id="y", key="m1"), event(id="x", key="m1")], {"m1": "x"}),
        ([event(is_cancelled=True), event(id="x", key="m1", is_cancelled=True)], {"m1": "m1"}),
        ([event(is_cancelled=True), event(id="x", key="m1", start=None)], {"m1": "m1"}),
        ([event(is_cancelled=True), event(id="x", key="m1", part_of="y")], {"m1": "m1"}),
        ([event(), event(id="x", key="m1", part_of="m1", part_from=START, start=LATER)], {"m1": "x"}),
        ([event(), event(id="x", key="m1", part_of="m1", part_from=LATER)], {"m1": "m1"}),
        ([event(), event(id="x", key="m1", part_of="other", part_from=START)], {"m1": "m1"}),
        (
            [event(id="y", key="m1", is_cancelled=True), event(id="x", key="m1", is_cancelled=True)],
            {"m1": "y"},
        ),
    ],
)
def test_finds_each_first_meeting_wherever_people_took_it(
    events: list[EventSeen], found: dict[str, str]
) -> None:
    assert {key: seen.id for key, seen in our_meetings(events).items()} == found


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (START, START + timedelta(minutes=45), 45),
        (START, None, 0),
        (None, START, 0),
        (START, START + timedelta(seconds=2730), 46),
    ],
)
def test_counts_an_event_s_minutes(start: datetime | None, end: datetime | None, minutes: int) -> None:
    assert event(start=start, end=end).minutes == minutes


def followed(
    seen: EventSeen, booking: Booking | None = None, state: str = "invited", now: datetime = NOW
) -> Followed:
    return follow(booking or noted(), seen, state, names=NAMES, now=now)


AT_ONCE = NOW + timedelta(minutes=1)
BY_HAND = NOW + timedelta(minutes=1, seconds=1)


@pytest.mark.parametrize(
    ("seen", "more", "state", "step"),
    [
        (event("accepted", "accepted"), {}, "accepted", "nothing"),
        (event("accepted", "tentative"), {}, "invited", "nothing"),
        (event("accepted", "accepted", start=LATER), {}, "moved", "nothing"),
        (event("accepted", "accepted", start=LATER), {"booking": noted(start=None)}, "accepted", "nothing"),
        (event("accepted", "accepted", is_cancelled=True), {}, "cancelled", "nothing"),
        (event("accepted", "accepted", start=None), {}, "cancelled", "nothing"),
        (event("accepted", "accepted", end=None), {}, "cancelled", "nothing"),
        (event("accepted"), {"now": START + timedelta(minutes=45)}, "not known", "nothing"),
        (event("accepted", "accepted"), {"now": START + timedelta(minutes=45)}, "held", "nothing"),
        (event("accepted"), {"now": START + timedelta(minutes=44)}, "invited", "nothing"),
        (event("accepted", "declined"), {"now": START + timedelta(minutes=45)}, "declined", "nothing"),
        (event("declined", "needsAction", updated=BY_HAND), {}, "declined", "another slot"),
        (event("declined", "accepted", updated=BY_HAND), {}, "declined", "another slot"),
        (
            event("declined", "accepted", updated=BY_HAND),
            {"booking": noted(moved=True)},
            "declined",
            "ask to pick",
        ),
        (
            event("declined", "accepted", updated=AT_ONCE),
            {"booking": noted(moved=True)},
            "declined",
            "another slot",
        ),
        (
            event("declined", "accepted", updated=AT_ONCE),
            {"booking": noted(automatic=2)},
            "declined",
            "another slot",
        ),
        (
            event("declined", "accepted", updated=AT_ONCE),
            {"booking": noted(automatic=3, moved=True)},
            "declined",
            "ask to pick",
        ),
        (event("declined", updated=BY_HAND), {"state": "asked to pick"}, "asked to pick", "nothing"),
        (
            event("declined", updated=BY_HAND),
            {"now": START - timedelta(hours=24)},
            "declined",
            "another slot",
        ),
        (
            event("declined", updated=BY_HAND),
            {"now": START - timedelta(hours=23)},
            "declined",
            "another slot",
        ),
        (event("declined", updated=BY_HAND, start=LATER), {}, "declined", "ask to pick"),
        (event(), {}, "declined", "another slot"),
        (event(hides_guests=True), {}, "invited", "nothing"),
    ],
)
def test_follows_what_people_did(seen: EventSeen, more: dict[str, Any], state: str, step: str) -> None:
    found = followed(seen, **more)
    assert (found.state, found.step) == (state, step)
    assert found.start == seen.start


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (("accepted", "accepted", "accepted"), "held"),
        (("accepted", "accepted", "needsAction"), "not known"),
        (("accepted", "accepted", "declined"), "held"),
        (("accepted", "needsAction", "declined"), "not known"),
        (("accepted", "declined", "declined"), "declined"),
    ],
)
def test_takes_two_of_three_for_met_where_the_other_declined(answers: tuple[str, ...], state: str) -> None:
    """Else nobody of the three would be asked what they take from it."""
    names = {**NAMES, "cy@example.com": "Cy"}
    guests = tuple(
        replace(event("accepted").guests[0], email=e, answer=a) for e, a in zip(names, answers, strict=True)
    )
    passed = replace(event(), guests=guests)
    assert follow(noted(), passed, "invited", names=names, now=START + timedelta(hours=1)).state == state


def test_tells_a_calendar_s_decline_from_a_person_s() -> None:
    declined = event("declined", "needsAction", updated=AT_ONCE)
    assert followed(declined).automatic
    assert not followed(replace(declined, updated=BY_HAND)).automatic
    assert not followed(replace(declined, updated=None)).automatic
    assert not followed(declined, state="asked to pick").automatic
    unwritten = noted(written=None)
    assert followed(replace(declined, created=NOW), unwritten).automatic
    assert not followed(declined, unwritten).automatic


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (event("accepted", "tentative"), "A: accepted; B: maybe"),
        (event("declined", "needsAction"), "A: declined; B: no answer"),
        (event("accepted"), "A: accepted; B: no longer a guest"),
        (event("strange", "accepted"), "A: strange; B: accepted"),
        (event(hides_guests=True), "the calendar shows no guests"),
        (
            event("accepted", is_all_day=True),
            "all day, the hour is not known; A: accepted; B: no longer a guest",
        ),
        (event(hides_guests=True, is_series=True), "made a series by them; the calendar shows no guests"),
        (
            event(guests=(Guest(email=address("b"), answer="declined", commented=True),)),
            "A: no longer a guest; B: declined (has a comment)",
        ),
    ],
)
def test_says_who_answered_what(seen: EventSeen, words: str) -> None:
    assert followed(seen).answers == words


@pytest.mark.parametrize(
    ("seen", "booking", "may"),
    [
        (event(), noted(), True),
        (event(), noted(minutes=0, start=None), True),
        (event(start=None), noted(), False),
        (event(start=LATER), noted(), False),
        (event(end=START + timedelta(minutes=30)), noted(), False),
        (event(is_all_day=True), noted(), False),
        (event(is_series=True), noted(), False),
        (event(part_of="m1"), noted(), False),
        (event(start=NOW + timedelta(hours=24)), noted(start=NOW + timedelta(hours=24)), True),
        (event(start=NOW + timedelta(hours=23)), noted(start=NOW + timedelta(hours=23)), False),
    ],
)
def test_touches_no_meeting_that_is_near_or_that_somebody_changed(
    seen: EventSeen, booking: Booking, may: bool
) -> None:
    assert may_touch(booking, seen, now=NOW) is may


def test_takes_no_step_unless_told() -> None:
    assert Followed(state=MeetingState.HELD, start=START, answers="").step is NextStep.NOTHING
