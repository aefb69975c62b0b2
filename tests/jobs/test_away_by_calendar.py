"""Out-of-office events in people's own calendars: mails wait through them, and nobody is told of a guess."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import states
from cast import EVENTS, Cast
from peerpact.demo.company import DELEGATES
from peerpact.errors import GoogleError
from peerpact.google.scopes import FREE_BUSY
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Effect, Fault

BEN, FAY = "ben@example.com", "fay@example.com"
FIRST, BACK = "2026-01-22T00:00:00", "2026-01-31T00:00:00"
"""Ben's leave, as Google makes an out-of-office event of whole days: the morning after his first meeting is in it."""
ASKED = "free/busy"


@pytest.fixture
def out(cast: Cast) -> Cast:
    """The morning after all first meetings; Ben's calendar says that he is out of office until the end of the month."""
    cast.bring_to(states.booked)
    out_of_office(cast, BEN)
    cast.wait(days=14)
    cast.run("book_first_meetings")
    cast.company.workspace.calls.clear()
    return cast


def out_of_office(cast: Cast, person: str, **more: object) -> None:
    sides = {
        side: {"dateTime": at, "timeZone": "Europe/Berlin"} for side, at in (("start", FIRST), ("end", BACK))
    }
    event = {"summary": "Skiing", "eventType": "outOfOffice", **sides, **more}
    cast.company.session(person).post(EVENTS, json=event).raise_for_status()


def asked_about(cast: Cast) -> int:
    methods = Counter(c.method_id for c in cast.company.workspace.calls)
    cast.company.workspace.calls.clear()
    return methods["calendar.freebusy.query"]


def has_request(cast: Cast, person: str) -> bool:
    return any(key.startswith("commitment-request") for key in cast.letters(person))


def refused(cast: Cast) -> list[dict[str, str]]:
    return [p for p in cast.tab("Problems") if p["Who or which"] == ASKED]


def test_waits_through_an_out_of_office_event_and_asks_once_after_it(out: Cast) -> None:
    before = len(out.letters(BEN))
    out.run("send_follow_ups")
    assert asked_about(out) == 1
    assert has_request(out, FAY)
    for _ in range(5):
        out.wait(days=1)
        out.run("send_follow_ups")
        assert len(out.letters(BEN)) == before
    out.go_to(datetime(2026, 2, 2, 10, tzinfo=UTC))
    for _ in range(3):
        out.run("send_follow_ups")
        out.wait(hours=4)
    assert len(out.letters(BEN)) == before + 1
    assert has_request(out, BEN)
    assert out.checker().faults() == []


def test_asks_nothing_of_calendars_where_nobody_has_a_mail_due(out: Cast) -> None:
    out.run("send_follow_ups")
    out.clock.move(timedelta(hours=14))
    asked_about(out)
    out.run("send_follow_ups")
    assert asked_about(out) == 0
    out.go_to(datetime(2026, 2, 2, 10, tzinfo=UTC))
    out.run("send_follow_ups")
    assert asked_about(out) == 1
    out.run("send_follow_ups")
    assert asked_about(out) == 0


def test_says_to_who_looks_before_why_a_mail_waits_and_to_admins_nothing(out: Cast) -> None:
    job = JOBS["send_follow_ups"]
    outcome = running.preview(job, out.company.access(job), out.clock.now())
    assert outcome.plan.waits == ("Ben Berg: a mail waits, as their calendar is full all day",)
    out.run("send_follow_ups")
    for tab in ("Requests", "Problems", "Runs", "Memory"):
        assert "calendar" not in str(out.tab(tab)).casefold()
    assert out.tab("Requests") == []
    assert "calendar" not in str(out.ledger("Letters")).casefold()


def test_stops_nobody_whose_calendar_is_not_shared_or_who_only_has_meetings(out: Cast) -> None:
    workspace = out.company.workspace
    ben = next(u for u in workspace.users() if u.email == BEN)
    workspace.add_user(replace(ben, shares_free_busy=False))
    for day in range(22, 25):
        sides = {
            side: {"dateTime": f"2026-01-{day}T{at}:00Z"}
            for side, at in (("start", "07:00"), ("end", "18:00"))
        }
        out.company.session(FAY).post(EVENTS, json={"summary": "Workshop", **sides}).raise_for_status()
    out.run("send_follow_ups")
    assert has_request(out, BEN)
    assert has_request(out, FAY)
    assert refused(out) == []


def test_writes_as_ever_where_free_busy_is_refused_and_says_so_once(out: Cast) -> None:
    identity = out.company.workspace.identity
    identity.authorise_delegation(DELEGATES["availability"], [])
    out.run("send_follow_ups")
    assert has_request(out, BEN)
    [said] = refused(out)
    assert "calendar.freebusy" in said["What to do"]
    runs = len(out.tab("Runs"))
    out.wait(hours=4)
    out.run("send_follow_ups")
    assert refused(out) == [said]
    assert len(out.tab("Runs")) == runs
    identity.authorise_delegation(DELEGATES["availability"], [FREE_BUSY])
    out.go_to(datetime(2026, 3, 2, 10, tzinfo=UTC))
    out.run("send_follow_ups")
    assert refused(out) == []


def test_tries_again_later_where_calendars_can_t_be_reached(out: Cast) -> None:
    out.company.workspace.faults.add(Fault(effect=Effect.REFUSE, method="calendar.freebusy.query"))
    with pytest.raises(GoogleError):
        out.run("send_follow_ups")
    assert not has_request(out, FAY)
    out.company.workspace.faults.clear()
    out.run("send_follow_ups")
    assert has_request(out, FAY)
    assert not has_request(out, BEN)
