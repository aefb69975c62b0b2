"""First meetings as people find them in calendar and inbox, and as admins see them on Pairings."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cast import Cast
from states import approved, booked

BEN, PARTNER = "ben@example.com", ""


def pair_up(cast: Cast) -> None:
    """Let the round open, pass the review and book, whatever has been changed before."""
    approved(cast)
    cast.run("book_first_meetings")


def pairing(cast: Cast, person: str = BEN) -> dict[str, str]:
    return next(p for p in cast.tab("Pairings") if person in p["Addresses"] and p["State"] != "Ended")


def partner(cast: Cast, person: str = BEN) -> str:
    return next(a for a in pairing(cast, person)["Addresses"].split(", ") if a != person)


def start(cast: Cast, person: str = BEN) -> datetime:
    return datetime.fromisoformat(cast.events(person)[0]["start"]["dateTime"])


def test_books_nothing_before_approval(cast: Cast) -> None:
    cast.run("pair_people")
    cast.run("book_first_meetings")
    assert cast.events(BEN) == []


def test_invites_each_pair_once_inside_everybodys_working_hours(cast: Cast) -> None:
    cast.bring_to(booked)
    for person in ("ben", "cleo", "dina", "emil", "fay", "gus"):
        events = cast.events(f"{person}@example.com")
        assert len(events) == 1
        local = start(cast, f"{person}@example.com").astimezone(ZoneInfo("Europe/Berlin"))
        assert local.weekday() < 5
        assert 9 <= local.hour < 17
    assert cast.checker().faults() == []


def test_says_in_the_invitation_how_a_first_meeting_goes(cast: Cast) -> None:
    cast.bring_to(booked)
    event = cast.events(BEN)[0]
    assert "switch roles" in event["description"] or "<li>" in event["description"]
    assert event["hangoutLink"].startswith("https://meet.google.com/")
    assert event["guestsCanModify"]
    assert not event.get("guestsCanInviteOthers", True)
    assert event["visibility"] == "private"
    assert {a["email"] for a in event["attendees"]} == {BEN, partner(cast)}


def test_introduces_both_when_the_meeting_is_booked(cast: Cast) -> None:
    cast.bring_to(booked)
    letters = [m for m in cast.mails(BEN) if (m["X-Peerpact"] or "").startswith("introduction:")]
    assert len(letters) == 1
    assert pairing(cast)["People"].replace("Ben Berg", "").strip(" &") in letters[0]["Subject"]


def test_avoids_what_stands_in_a_calendar(cast: Cast) -> None:
    begins = datetime.fromisoformat("2026-01-12T00:00:00+00:00")
    body = {
        "summary": "Busy all week",
        "start": {"dateTime": begins.isoformat()},
        "end": {"dateTime": (begins + timedelta(days=5)).isoformat()},
    }
    url = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
    cast.company.session(BEN).post(url, json=body).raise_for_status()
    pair_up(cast)
    assert start(cast) >= begins + timedelta(days=5)


def test_follows_answers(cast: Cast) -> None:
    cast.bring_to(booked)
    cast.answer(BEN, "accepted")
    cast.run("book_first_meetings")
    assert "Ben Berg: accepted" in pairing(cast)["Answers"]
    assert pairing(cast)["Meeting state"] == "invited"
    cast.answer(partner(cast), "accepted")
    cast.run("book_first_meetings")
    assert pairing(cast)["Meeting state"] == "accepted"


def test_follows_a_meeting_that_somebody_moved_and_never_moves_it_back(cast: Cast) -> None:
    cast.bring_to(booked)
    event = cast.events(BEN)[0]
    later = start(cast) + timedelta(days=1)
    body = {
        "start": {"dateTime": later.isoformat()},
        "end": {"dateTime": (later + timedelta(minutes=45)).isoformat()},
    }
    cast.patch_event(BEN, event["id"], body)
    cast.run("book_first_meetings")
    cast.run("book_first_meetings")
    assert start(cast) == later
    assert pairing(cast)["Meeting state"] == "moved"
    assert pairing(cast)["First meeting"] == f"{later.astimezone(UTC):%Y-%m-%d %H:%M}"


def test_offers_one_other_slot_when_the_first_is_declined_then_asks_them_to_pick(cast: Cast) -> None:
    cast.bring_to(booked)
    first, event_id = start(cast), cast.events(BEN)[0]["id"]
    cast.wait(hours=2)
    cast.answer(BEN, "declined")
    cast.run("book_first_meetings")
    second = start(cast)
    assert second != first
    assert [e["id"] for e in cast.events(BEN)] == [event_id]
    cast.wait(hours=2)
    cast.answer(BEN, "declined")
    cast.run("book_first_meetings")
    assert start(cast) == second
    assert pairing(cast)["Meeting state"] == "asked to pick"
    cast.run("book_first_meetings")
    assert [e["status"] for e in cast.events(BEN)] == ["cancelled", "confirmed"]
    assert [k.partition(":")[0] for k in cast.letters(BEN)] == ["introduction", "pick-a-time"]
    cast.writes()
    cast.run("book_first_meetings")
    assert cast.writes() == 0


def test_tries_another_slot_when_a_calendar_declined_by_itself(cast: Cast) -> None:
    cast.bring_to(booked)
    first = start(cast)
    cast.answer(BEN, "declined")
    cast.wait(minutes=30)
    cast.run("book_first_meetings")
    second = start(cast)
    assert second != first
    cast.wait(hours=2)
    cast.answer(BEN, "declined")
    cast.run("book_first_meetings")
    assert start(cast) not in {first, second}


def test_leaves_a_cancelled_meeting_cancelled_and_books_the_next_one(cast: Cast) -> None:
    cast.bring_to(booked)
    event = cast.events(BEN)[0]
    owner = cast.company.session(cast.company.config.mailbox)
    url = f"https://www.googleapis.com/calendar/v3/calendars/primary/events/{event['id']}?sendUpdates=all"
    owner.delete(url).raise_for_status()
    cast.run("book_first_meetings")
    cast.run("book_first_meetings")
    assert pairing(cast)["Meetings so far"].endswith("cancelled")
    assert [e["status"] for e in cast.events(BEN)] == ["cancelled", "confirmed"]


def test_does_not_count_a_meeting_as_held_to_which_nobody_said_yes(cast: Cast) -> None:
    cast.bring_to(booked)
    cast.wait(days=15)
    cast.run("book_first_meetings")
    assert pairing(cast)["Meetings so far"].endswith(" not known")


def test_cancels_the_meeting_once_when_a_pairing_ends(cast: Cast) -> None:
    cast.bring_to(booked)
    gone = partner(cast)
    old = cast.events(BEN)[0]["id"]
    cast.leave(gone)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    assert next(e for e in cast.events(BEN) if e["id"] == old)["status"] == "cancelled"
    assert [k for k in cast.letters(BEN) if k.startswith("partner-left:")] != []
    cast.writes()
    cast.run("book_first_meetings")
    assert cast.writes() == 0


def test_changes_nothing_when_run_twice(cast: Cast) -> None:
    cast.bring_to(booked)
    cast.writes()
    cast.run("book_first_meetings")
    assert cast.writes() == 0


@pytest.mark.parametrize("call", range(1, 40, 3))
def test_sends_nothing_twice_when_a_run_dies_at_any_call(cast: Cast, call: int) -> None:
    from workspace_emulator.core.faults import Effect, Fault  # noqa: PLC0415

    cast.bring_to(approved)
    cast.company.workspace.calls.clear()
    cast.company.workspace.faults.add(Fault(effect=Effect.DROP_AFTER, call=call, times=1))
    with suppress(Exception):  # whatever kills it, the next run must put it right
        cast.run("book_first_meetings")
    cast.company.workspace.faults.clear()
    cast.run("book_first_meetings")
    cast.run("book_first_meetings")
    assert cast.checker().faults() == []
