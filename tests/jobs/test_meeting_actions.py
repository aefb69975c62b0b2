"""What people do with a first meeting, and the sheet, the calendars and the mailboxes that it ends in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import states
from cast import EVENTS, Cast

BEN = "ben@example.com"
BEFORE = ["invitation", "introduction"]
"""What each of a pair has got when the meeting is booked."""


@pytest.fixture
def booked(cast: Cast) -> Cast:
    """A pair whose meeting was booked an hour ago."""
    cast.bring_to(states.booked).wait(hours=1)
    return cast


def row(cast: Cast, person: str = BEN) -> dict[str, str]:
    return next(r for r in cast.tab("Pairings") if person in r["Addresses"] and r["State"] == "Approved")


def partner(cast: Cast) -> str:
    return next(a for a in row(cast)["Addresses"].split(", ") if a != BEN)


def event(cast: Cast, person: str = BEN) -> dict[str, Any]:
    return cast.events(person)[-1]


def start(cast: Cast, person: str = BEN) -> datetime:
    return datetime.fromisoformat(event(cast, person)["start"]["dateTime"]).astimezone(UTC)


def got(cast: Cast, person: str) -> list[str]:
    """Return what somebody found in their inbox, oldest first: our letters by kind, the calendar's by their subject."""
    kinds = []
    for mail in cast.mails(person):
        key, subject = mail["X-Peerpact"], str(mail["Subject"])
        kinds.append(key.partition(":")[0] if key else subject.partition(":")[0].lower())
    return kinds


def answers(cast: Cast, person: str) -> dict[str, str]:
    """Return the answers as they are in somebody's own calendar."""
    return {
        g["email"]: g["responseStatus"] for g in event(cast, person)["attendees"] if not g.get("organizer")
    }


def quiet(cast: Cast) -> None:
    """Run twice; the second run has nothing to write."""
    cast.run("book_first_meetings")
    cast.writes()
    cast.run("book_first_meetings")
    assert cast.writes() == 0


def move(cast: Cast, person: str, **by: float) -> datetime:
    moved = start(cast, person) + timedelta(**by)
    body = {
        "start": {"dateTime": moved.isoformat()},
        "end": {"dateTime": (moved + timedelta(minutes=45)).isoformat()},
    }
    cast.patch_event(person, event(cast, person)["id"], body)
    return moved


def test_follows_both_who_accept(booked: Cast) -> None:
    other, when = partner(booked), start(booked)
    for person in (BEN, other):
        booked.answer(person, "accepted")
    quiet(booked)

    assert (row(booked)["Meeting state"], start(booked)) == ("accepted", when)
    assert row(booked)["Answers"].count(": accepted") == 2
    assert answers(booked, BEN) == answers(booked, other) == {BEN: "accepted", other: "accepted"}
    assert got(booked, BEN) == got(booked, other) == BEFORE


def test_follows_one_who_may_come(booked: Cast) -> None:
    other = partner(booked)
    booked.answer(BEN, "tentative")
    quiet(booked)

    assert row(booked)["Meeting state"] == "invited"
    assert "Ben Berg: maybe" in row(booked)["Answers"]
    assert answers(booked, other)[BEN] == "tentative"
    assert got(booked, BEN) == got(booked, other) == BEFORE


def test_offers_another_slot_once_to_one_who_declines_and_tells_nobody_what_the_comment_says(
    booked: Cast,
) -> None:
    other, first, event_id = partner(booked), start(booked), event(booked)["id"]
    guests = [
        {**g, "responseStatus": "declined", "comment": "At the dentist's"} if g["email"] == BEN else g
        for g in event(booked)["attendees"]
    ]
    booked.patch_event(BEN, event_id, {"attendees": guests})
    preview = " ".join(booked.preview("book_first_meetings"))
    booked.run("book_first_meetings")

    assert abs(start(booked) - first) >= timedelta(hours=3)
    assert [e["id"] for e in booked.events(BEN)] == [e["id"] for e in booked.events(other)] == [event_id]
    assert answers(booked, other) == {BEN: "needsAction", other: "needsAction"}
    assert got(booked, BEN) == got(booked, other) == [*BEFORE, "updated invitation"]
    assert "dentist" not in preview + str(booked.tab("Pairings"))

    booked.wait(hours=1)
    booked.answer(BEN, "declined")
    booked.run("book_first_meetings")
    assert row(booked)["Meeting state"] == "asked to pick"
    assert got(booked, BEN) == got(booked, other) == [*BEFORE, "updated invitation", "pick-a-time"]


def test_has_the_next_meeting_in_the_calendar_once_one_is_declined_for_good(booked: Cast) -> None:
    other = partner(booked)
    booked.answer(BEN, "declined")
    booked.run("book_first_meetings")
    when = start(booked)
    booked.wait(hours=1)
    booked.answer(BEN, "declined")
    booked.run("book_first_meetings")
    assert "kommt trotzdem zu seiner Zeit" in words_of(booked, BEN, "pick-a-time")
    quiet(booked)

    for person in (BEN, other):
        assert [e["status"] for e in booked.events(person)] == ["cancelled", "confirmed"]
        moved = [*BEFORE, "updated invitation"]
        assert got(booked, person) == [*moved, "pick-a-time", "canceled event", "invitation"]
    assert timedelta(days=27) < start(booked) - when < timedelta(weeks=5)
    assert row(booked)["Meeting state"] == "invited"
    assert row(booked)["Meetings so far"] == f"{when:%Y-%m-%d %H:%M} asked to pick"
    assert "A first conversation on equal footing" in event(booked)["description"]


def test_shows_that_an_answer_has_a_comment(booked: Cast) -> None:
    guests = [
        {**g, "responseStatus": "accepted", "comment": "Looking forward"} if g["email"] == BEN else g
        for g in event(booked)["attendees"]
    ]
    booked.patch_event(BEN, event(booked)["id"], {"attendees": guests})
    quiet(booked)
    assert "Ben Berg: accepted (has a comment)" in row(booked)["Answers"]
    assert "Looking" not in str(booked.tab("Pairings"))


def test_moves_it_once_when_one_declines_after_the_other_accepted(booked: Cast) -> None:
    other, when = partner(booked), start(booked)
    booked.answer(other, "accepted")
    booked.answer(BEN, "declined")
    quiet(booked)

    assert row(booked)["Meeting state"] == "invited"
    assert start(booked) != when
    assert answers(booked, other) == {BEN: "needsAction", other: "needsAction"}
    assert got(booked, BEN) == got(booked, other) == [*BEFORE, "updated invitation"]


def test_tries_other_slots_when_a_calendar_declines_by_itself(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    starts = {start(cast)}
    for tries in range(1, 4):
        cast.answer(BEN, "declined")  # in the same minute as the invitation
        cast.wait(minutes=30)
        cast.run("book_first_meetings")
        starts.add(start(cast))
        assert len(starts) == tries + 1
        assert row(cast)["Meeting state"] == "invited"
    assert got(cast, BEN) == [*BEFORE, *["updated invitation"] * 3]


def test_follows_a_guest_who_moves_the_meeting_and_never_moves_it_back(booked: Cast) -> None:
    other = partner(booked)
    later = move(booked, other, days=1)
    quiet(booked)

    assert (start(booked), start(booked, other)) == (later, later)
    assert row(booked)["Meeting state"] == "moved"
    assert row(booked)["First meeting"] == f"{later:%Y-%m-%d %H:%M}"
    assert got(booked, BEN) == [*BEFORE, "updated invitation"]


def test_does_not_touch_a_meeting_that_somebody_moved_when_the_other_declines(booked: Cast) -> None:
    other = partner(booked)
    later = move(booked, other, days=1)
    booked.answer(BEN, "declined")
    booked.run("book_first_meetings")

    assert start(booked, other) == later
    assert row(booked)["Meeting state"] == "asked to pick"
    assert got(booked, other)[-1] == "pick-a-time"


def test_asks_both_to_pick_a_time_where_no_other_meeting_comes_by_itself(booked: Cast) -> None:
    booked.setting("Weeks between meetings", 0)
    for _ in range(2):
        booked.go_to(start(booked) - timedelta(hours=23))
        booked.answer(BEN, "declined")
        quiet(booked)
    expected = [*BEFORE, "updated invitation", "pick-a-time"]
    assert got(booked, BEN) == got(booked, partner(booked)) == expected


@pytest.mark.parametrize("before", [timedelta(hours=23), timedelta(minutes=5), -timedelta(minutes=20)])
def test_moves_a_meeting_that_is_near_once_so_that_nobody_waits_alone(
    booked: Cast, before: timedelta
) -> None:
    other, when = partner(booked), start(booked)
    booked.answer(other, "accepted")
    booked.go_to(when - before)
    booked.answer(BEN, "declined")
    quiet(booked)

    assert timedelta() < start(booked, other) - when < timedelta(days=7)
    assert row(booked)["Meeting state"] == "invited"
    assert got(booked, BEN) == got(booked, other) == [*BEFORE, "updated invitation"]


def test_has_the_next_meeting_within_days_where_nobody_saw_in_time_that_one_was_declined(
    booked: Cast,
) -> None:
    other, when = partner(booked), start(booked)
    booked.go_to(when - timedelta(minutes=5))
    booked.answer(BEN, "declined")
    booked.go_to(when + timedelta(hours=2))
    quiet(booked)
    assert row(booked)["Meetings so far"] == f"{when:%Y-%m-%d %H:%M} declined"
    assert timedelta() < start(booked) - when < timedelta(days=7)
    assert got(booked, other) == [*BEFORE, "invitation"]

    again = start(booked)
    booked.wait(hours=1)
    guests = [{**g, "responseStatus": "declined"} for g in event(booked)["attendees"]]
    booked.patch_event(BEN, event(booked)["id"], {"attendees": guests})
    booked.run("book_first_meetings")
    assert (start(booked), row(booked)["Meeting state"]) == (again, "asked to pick"), "it was the one move"


def test_never_brings_back_a_meeting_that_somebody_cancelled_and_goes_on_with_the_next_one_once(
    booked: Cast,
) -> None:
    other, when = partner(booked), start(booked)
    owner = booked.company.session(booked.company.config.mailbox)
    owner.delete(f"{EVENTS}/{event(booked)['id']}?sendUpdates=all").raise_for_status()
    quiet(booked)

    assert row(booked)["Meetings so far"] == f"{when:%Y-%m-%d %H:%M} cancelled"
    assert timedelta(weeks=4) <= start(booked) - when < timedelta(weeks=5)
    owner.delete(f"{EVENTS}/{event(booked)['id']}?sendUpdates=all").raise_for_status()
    quiet(booked)
    booked.wait(days=2)
    quiet(booked)

    assert row(booked)["Meeting state"] == "cancelled"
    for person in (BEN, other):
        assert [e["status"] for e in booked.events(person)] == ["cancelled", "cancelled"]
        assert got(booked, person) == [*BEFORE, "canceled event", "invitation", "canceled event"]


def test_notes_a_guest_who_is_gone_and_invites_nobody_again(booked: Cast) -> None:
    other, event_id = partner(booked), event(booked)["id"]
    owner = booked.company.session(booked.company.config.mailbox)
    rest = [g for g in event(booked)["attendees"] if g["email"] != other]
    owner.patch(f"{EVENTS}/{event_id}", json={"attendees": rest}).raise_for_status()
    quiet(booked)

    assert "no longer a guest" in row(booked)["Answers"]
    assert [g["email"] for g in event(booked)["attendees"] if not g.get("organizer")] == [BEN]
    assert got(booked, BEN) == BEFORE


def leave(cast: Cast, person: str) -> None:
    cast.leave(person)
    cast.run("pair_people")


def test_cancels_the_meeting_of_a_pairing_that_ends_once_and_kindly(booked: Cast) -> None:
    other, event_id = partner(booked), event(booked)["id"]
    leave(booked, other)
    quiet(booked)

    for person in (BEN, other):
        assert next(e for e in booked.events(person) if e["id"] == event_id)["status"] == "cancelled"
        assert got(booked, person).count("canceled event") == 1
    assert got(booked, BEN).count("partner-left") == 1
    assert "Treffen haben wir abgesagt" in words_of(booked, BEN, "partner-left")


def test_leaves_the_meeting_of_a_pairing_that_ends_within_a_day_and_says_so(booked: Cast) -> None:
    other, when = partner(booked), start(booked)
    booked.go_to(when - timedelta(hours=20))
    leave(booked, other)
    quiet(booked)

    assert event(booked)["status"] != "cancelled"
    assert got(booked, BEN).count("partner-left") == 1
    assert "steht noch in deinem Kalender" in words_of(booked, BEN, "partner-left")


def words_of(cast: Cast, person: str, kind: str) -> str:
    mail = next(m for m in cast.mails(person) if (m["X-Peerpact"] or "").startswith(kind))
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_books_the_next_meeting_as_soon_as_one_is_over(booked: Cast) -> None:
    first = start(booked)
    for person in (BEN, partner(booked)):
        booked.answer(person, "accepted")
    booked.go_to(first + timedelta(hours=1))
    quiet(booked)
    assert row(booked)["Meetings so far"] == f"{first:%Y-%m-%d %H:%M} held"
    assert row(booked)["First meeting"] == f"{first:%Y-%m-%d %H:%M}"
    assert row(booked)["Next meeting"] == f"{start(booked):%Y-%m-%d %H:%M}"
    assert timedelta(weeks=4) <= start(booked) - first < timedelta(weeks=5)
    assert "Conversation no. 2" in event(booked)["description"]
    assert "last time" in event(booked)["description"]
    for person in (BEN, partner(booked)):
        assert got(booked, person).count("invitation") == 2


def test_brings_the_next_meeting_forward_when_they_write_that_they_have_not_met(booked: Cast) -> None:
    other, first = partner(booked), start(booked)
    booked.go_to(first + timedelta(days=1))
    booked.run("book_first_meetings")
    far_off = start(booked)
    booked.run("send_follow_ups")
    booked.reply(BEN, "Sorry, we haven't met yet.", to="commitment-request")
    booked.run("collect_replies")
    quiet(booked)

    assert booked.clock.now() < start(booked) < far_off - timedelta(days=7)
    assert row(booked)["Meeting state"] == "invited"
    assert row(booked)["Meetings so far"] == f"{first:%Y-%m-%d %H:%M} not met"
    for person in (BEN, other):
        assert len(booked.events(person)) == 2
        assert got(booked, person).count("invitation") == 2
        assert got(booked, person).count("updated invitation") == 1
        assert got(booked, person).count("introduction") == 1


def test_steps_back_where_the_two_plan_a_meeting_with_the_link(booked: Cast) -> None:
    """The link invites our mailbox, too: so we know of their meeting. Of its words we keep nothing."""
    first, mailbox = start(booked), booked.company.config.mailbox
    theirs = {
        "summary": "A walk, just us",
        "start": {"dateTime": (first + timedelta(days=9)).isoformat()},
        "end": {"dateTime": (first + timedelta(days=9, hours=1)).isoformat()},
        "attendees": [{"email": e} for e in (BEN, partner(booked), mailbox)],
    }
    made = booked.company.session(BEN).post(EVENTS, params={"sendUpdates": "all"}, json=theirs)
    made.raise_for_status()
    booked.go_to(first + timedelta(hours=1))
    quiet(booked)
    assert row(booked)["Next meeting"] == ""
    booked.go_to(first + timedelta(days=9, hours=2))
    quiet(booked)
    assert row(booked)["Next meeting"] == f"{start(booked):%Y-%m-%d %H:%M}"
    assert "walk" not in str(booked.tab("Pairings"))


@pytest.mark.parametrize(
    ("words", "weeks"), [("Every two weeks, please.", 2), ("We plan it ourselves.", None)]
)
def test_takes_the_rhythm_that_one_of_them_asks_for(booked: Cast, words: str, weeks: int | None) -> None:
    first = start(booked)
    booked.reply(BEN, words, to="introduction")
    booked.run("collect_replies")
    booked.go_to(first + timedelta(hours=1))
    quiet(booked)
    if weeks is None:
        assert row(booked)["Next meeting"] == ""
    else:
        assert timedelta(weeks=weeks) <= start(booked) - first < timedelta(weeks=weeks + 1)


def test_books_and_moves_a_group_of_three_as_one(cast: Cast) -> None:
    leave(cast, "gus@example.com")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    three = next(r for r in cast.tab("Pairings") if r["Addresses"].count(",") == 2)["Addresses"].split(", ")
    first = start(cast, three[0])
    assert all(sorted(answers(cast, p)) == sorted(three) for p in three)
    assert all(got(cast, p) == BEFORE for p in three)

    cast.wait(hours=1)
    cast.answer(three[1], "declined")
    quiet(cast)
    assert {start(cast, p) for p in three} != {first}
    assert len({start(cast, p) for p in three}) == 1
    assert all(got(cast, p) == [*BEFORE, "updated invitation"] for p in three)


def three_booked(cast: Cast) -> list[str]:
    roster = cast.company.sheet().worksheet("Roster")
    cast.enter("Roster", f"A{len(roster.col_values(2)) + 1}", "Hana Holm")
    cast.enter("Roster", f"B{len(roster.col_values(2)) + 1}", "hana@example.com")
    for days in (0, 3):
        cast.wait(days=days, hours=3)
        cast.run("pair_people")
    cast.run("book_first_meetings")
    people = next(r for r in cast.tab("Pairings") if r["Addresses"].count(",") == 2)["Addresses"]
    return people.split(", ")


def test_has_guests_and_title_follow_who_leaves_and_leaves_what_people_do(cast: Cast) -> None:
    three = three_booked(cast)
    before = event(cast, three[1])
    leave(cast, three[0])
    quiet(cast)
    after = event(cast, three[1])
    assert sorted(answers(cast, three[1])) == sorted(three[1:])
    names = [n.split()[0] for n in row(cast, three[1])["People"].split(" & ")]
    assert after["summary"] == f"{before['summary'].partition(': ')[0]}: {' & '.join(names)}"
    assert after["start"] == before["start"]

    guests = [*after["attendees"], {"email": three[0]}]
    cast.patch_event(three[1], after["id"], {"attendees": guests, "summary": "Coffee"})
    quiet(cast)
    assert set(answers(cast, three[1])) == set(three)
    assert event(cast, three[1])["summary"] == "Coffee"


def test_asks_them_to_pick_when_there_is_no_slot_and_tells_admins(cast: Cast) -> None:
    cast.setting("Hours to avoid", "Mon-Fri")
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    quiet(cast)

    assert cast.events(BEN) == []
    assert got(cast, BEN) == ["introduction"]
    assert "action=TEMPLATE" in words_of(cast, BEN, "introduction")
    assert row(cast)["Meeting state"] == "asked to pick"
    assert any("No slot for" in p["What is wrong"] for p in cast.tab("Problems"))


def test_invites_to_the_default_slot_when_a_calendar_cannot_be_read_and_says_so(cast: Cast) -> None:
    workspace = cast.company.workspace
    ben = next(u for u in workspace.users() if u.email == BEN)
    workspace.add_user(replace(ben, shares_free_busy=False))
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    quiet(cast)

    assert len(cast.events(BEN)) == 1
    assert "Wir konnten nicht alle Kalender einsehen" in words_of(cast, BEN, "introduction")


def test_asks_for_free_times_fifty_at_a_time_and_for_events_once(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.company.workspace.calls.clear()
    cast.run("book_first_meetings")
    assert calls(cast) == {"calendars.get": 6, "freebusy.query": 1, "events.insert": 3, "events.list": 1}

    cast.company.workspace.calls.clear()
    cast.run("book_first_meetings")
    assert calls(cast) == {"events.list": 1}


def calls(cast: Cast) -> dict[str, int]:
    counted: dict[str, int] = {}
    for call in cast.company.workspace.calls:
        if call.method_id.startswith("calendar."):
            name = call.method_id.removeprefix("calendar.")
            counted[name] = counted.get(name, 0) + 1
    return counted
