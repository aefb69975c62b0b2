"""Closed accounts in the directory, and hours in people's own calendars: asked where that is granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cast import Cast
from peerpact.demo.company import DELEGATES
from peerpact.errors import OutOfTime
from peerpact.google.pace import Pace
from peerpact.google.scopes import DIRECTORY, HOURS, SCOPES
from workspace_emulator import User
from workspace_emulator.calendar.calendars import set_working_hours

BEN, GUS = "ben@example.com", "gus@example.com"
PRIMARY = "https://www.googleapis.com/calendar/v3/calendars/primary"
USERS = "https://admin.googleapis.com/admin/directory/v1/users"


def pairing_of(cast: Cast, person: str) -> dict[str, str]:
    return next(
        p for p in cast.tab("Pairings") if person in p["Addresses"] and p["State"] in {"Approved", "Proposed"}
    )


def partner_of(cast: Cast, person: str) -> str:
    return next(a for a in pairing_of(cast, person)["Addresses"].split(", ") if a != person)


def run_all(cast: Cast) -> None:
    for job in ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "collect_replies"):
        cast.run(job)


@pytest.mark.parametrize("how", ["suspended", "deleted"])
def test_ends_a_pairing_at_once_when_the_account_is_closed(met: Cast, how: str) -> None:
    left, before = partner_of(met, GUS), pairing_of(met, GUS)["Pairing"]
    admin = met.company.session(met.company.admin)
    url = f"{USERS}/{GUS}"
    (admin.delete(url) if how == "deleted" else admin.patch(url, json={"suspended": True})).raise_for_status()
    run_all(met)
    assert [p["State"] for p in met.tab("Pairings") if p["Pairing"] == before] == ["Ended"]
    assert GUS not in pairing_of(met, left)["Addresses"]
    [problem] = [p for p in met.tab("Problems") if "suspended or deleted" in p["What is wrong"]]
    assert (problem["Who or which"], "no part" in problem["What is wrong"]) == (GUS, True)


def test_ends_nothing_where_the_directory_may_not_be_asked(met: Cast) -> None:
    mailbox = met.company.config.mailbox
    met.company.workspace.add_user(User(email=mailbox, name="Peer mentoring"))
    met.company.session(met.company.admin).patch(f"{USERS}/{GUS}", json={"suspended": True})
    run_all(met)
    assert pairing_of(met, GUS)


class Used(Pace):
    """Has no turn before the end of any run for the n-th call alone."""

    def __init__(self, call: int) -> None:
        super().__init__()
        self.left = call

    def take_turn(self, *_: object, **__: object) -> bool:
        self.left -= 1
        return self.left != 0


def without_time(cast: Cast, call: int) -> Cast:
    """Return the company whose runs have no time for their n-th call."""
    return Cast(replace(cast.company, pace=Used(call)))


def is_out_of_time(cast: Cast, job: str, call: int) -> bool:
    try:
        without_time(cast, call).run(job)
    except OutOfTime:
        return True
    return False


def test_asks_the_directory_later_where_there_is_no_time(met: Cast) -> None:
    met.company.session(met.company.admin).patch(f"{USERS}/{GUS}", json={"suspended": True})
    pairing = pairing_of(met, GUS)["Pairing"]
    before = met.tab("Problems")
    call = 1
    while is_out_of_time(met, "check_roster", call):
        assert met.tab("Problems") == before
        call += 1
    assert call > 3
    assert [p["Pairing"] for p in met.tab("Pairings") if p["State"] == "Approved"].count(pairing) == 1
    assert any("suspended or deleted" in row["What is wrong"] for row in met.tab("Problems"))


def test_books_nobody_outside_hours_that_there_was_no_time_to_ask_for(cast: Cast) -> None:
    def approved(cast: Cast) -> None:
        cast.run("pair_people")
        cast.wait(days=3)
        cast.run("pair_people")
        days = ("monday", "tuesday", "wednesday", "thursday", "friday")
        for person in ("ben", "cleo", "dina", "emil", "fay", "gus"):
            late = dict.fromkeys(days, (14 * 60, 18 * 60))
            set_working_hours(cast.company.workspace, f"{person}@example.com", late)

    cast.bring_to(approved)
    cast.run("book_first_meetings")
    wanted = [event["start"] for event in cast.events(BEN)]
    call = 1
    while is_out_of_time(cast.bring_to(approved), "book_first_meetings", call):
        cast.run("book_first_meetings")
        assert [event["start"] for event in cast.events(BEN)] == wanted
        call += 1
    assert call > 20


def test_books_by_the_hours_of_somebodys_own_calendar(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3)
    cast.run("pair_people")
    late = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), (15 * 60, 18 * 60))
    set_working_hours(cast.company.workspace, BEN, late)
    cast.run("book_first_meetings")
    start = cast.events(BEN)[0]["start"]["dateTime"]
    local = datetime.fromisoformat(start).astimezone(ZoneInfo("Europe/Berlin"))
    assert 15 <= local.hour < 18


@pytest.mark.parametrize(("is_granted", "zone"), [(True, "Asia/Tokyo"), (False, "Europe/Berlin")])
def test_books_by_the_zone_of_a_calendar_else_of_settings_where_nobody_can_read_the_rosters(
    cast: Cast, is_granted: bool, zone: str
) -> None:
    cast.enter("Roster", "F3", "Europe/Berln")
    cast.company.session(BEN).patch(PRIMARY, json={"timeZone": "Asia/Tokyo"}).raise_for_status()
    if not is_granted:
        kind = next(kind for kind, scopes in SCOPES.items() if HOURS in scopes)
        cast.company.workspace.identity.authorise_delegation(DELEGATES[kind], set(SCOPES[kind]) - {HOURS})
    cast.run("pair_people")
    cast.wait(days=3)
    for _ in range(2):
        cast.run("pair_people")
        cast.run("book_first_meetings")
        assert cast.events(BEN) == []
        cast.wait(days=1, hours=1)
    cast.run("book_first_meetings")
    start = datetime.fromisoformat(cast.events(BEN)[0]["start"]["dateTime"])
    assert 8 <= start.astimezone(ZoneInfo(zone)).hour < 18


@pytest.mark.parametrize("scope", [DIRECTORY, HOURS])
def test_works_without_a_scope_that_may_be_left_out(cast: Cast, scope: str) -> None:
    kind = next(kind for kind, scopes in SCOPES.items() if scope in scopes)
    left = set(SCOPES[kind]) - {scope}
    cast.company.workspace.identity.authorise_delegation(DELEGATES[kind], left)
    cast.run("check_roster")
    cast.run("pair_people")
    cast.wait(days=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    assert cast.events(BEN)
