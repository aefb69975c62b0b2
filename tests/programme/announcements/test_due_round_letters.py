"""Who is told about a round, and when: before it opens, on joining it, and where there is nobody for somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from peerpact.programme.announcements.due import NOBODY, due_round_letters, round_ahead, round_of
from peerpact.programme.days_off import NONE_OFF, Absence, DaysOff, working_days_before
from peerpact.programme.memory import MAILBOXES, Memo
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.problems import Problem
from peerpact.programme.requests import Request, Wish, with_requests
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

OPENS = date(2026, 3, 2)  # a Monday; the second round opens on 1 June 2026 (add_months: the 2nd)
ADA, BO = (Person(email=f"{n}@example.com", name=n, time_zone="UTC") for n in ("ada", "bo"))
PAIR = Pairing(id="r1-x", round=1, people=(ADA.email, BO.email), state=PairingState.APPROVED)


def seen(day: str, *people: Person, hour: int = 10, **more: Any) -> ProgrammeSeen:
    return ProgrammeSeen(
        now=datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC),
        settings=Settings(first_round=OPENS),
        people={p.email: p for p in people or (ADA, BO)},
        **more,
    )


def keys(programme: ProgrammeSeen, *known: str) -> list[str]:
    return [due.key for due in due_round_letters(programme, known)]


ANNOUNCED = ["announcement:r1:ada@example.com", "announcement:r1:bo@example.com"]


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [
        ("2026-02-20", 10, []),
        ("2026-02-23", 10, ANNOUNCED),
        ("2026-02-23", 7, []),
        ("2026-02-27", 17, ANNOUNCED),
        ("2026-02-28", 10, []),  # a Saturday
    ],
)
def test_announces_a_round_some_working_days_before_on_working_mornings(
    day: str, hour: int, told: list[str]
) -> None:
    assert keys(seen(day, hour=hour)) == told


CARNIVAL = DaysOff(company=(Absence(first=date(2026, 2, 26), last=date(2026, 2, 27), name="Carnival"),))


@pytest.mark.parametrize(
    ("off", "away_from", "days"),
    [
        (NONE_OFF, None, [f"2026-02-{n}" for n in (23, 24, 25, 26, 27)]),
        (CARNIVAL, None, [f"2026-02-{n}" for n in (19, 20, 23, 24, 25)]),
        (NONE_OFF, "2026-02-16", [f"2026-02-{n:02}" for n in (9, 10, 11, 12, 13)]),
        (NONE_OFF, "2025-12-01", []),
    ],
)
def test_announces_a_round_earlier_to_who_is_off_before_it(
    off: DaysOff, away_from: str | None, days: list[str]
) -> None:
    since = date.fromisoformat(away_from) if away_from else OPENS
    away = Request(
        id="q-1", person=ADA.email, kind=Wish.AWAY, asked_on=date(2025, 11, 1), since=since, until=OPENS
    )
    [ada] = with_requests([replace(ADA, days_off=off)], [away] if away_from else [])
    before = (OPENS - timedelta(days=n) for n in range(40, 0, -1))
    seen_on = (seen(f"{day}", ada, requests=(away,) if away_from else ()) for day in before)
    assert [f"{each.today}" for each in seen_on if keys(each)] == days


def test_tells_nobody_twice() -> None:
    assert keys(seen("2026-02-24"), *ANNOUNCED) == []
    assert keys(seen("2026-03-02"), *ANNOUNCED) == []


def test_welcomes_who_joins_and_who_is_there_when_it_is_installed_on_the_day() -> None:
    assert keys(seen("2026-03-02")) == ["welcome:r1:ada@example.com", "welcome:r1:bo@example.com"]
    assert keys(seen("2026-04-07"), *ANNOUNCED[:1]) == ["welcome:r1:bo@example.com"]


def test_writes_one_letter_to_who_joins_when_the_next_round_is_announced() -> None:
    assert keys(seen("2026-05-28")) == ["announcement:r2:ada@example.com", "announcement:r2:bo@example.com"]
    assert keys(seen("2026-05-29"), "announcement:r2:ada@example.com") == ["announcement:r2:bo@example.com"]


def test_says_nothing_new_to_who_has_a_partner_or_had_one_before() -> None:
    assert keys(seen("2026-04-07", pairings=(PAIR,))) == []
    ended = replace(PAIR, state=PairingState.ENDED, meeting_state="held")
    assert keys(seen("2026-06-02", pairings=(ended,))) == []
    never_begun = replace(ended, meeting_state="")
    assert len(keys(seen("2026-06-02", pairings=(never_begun,)))) == 2
    assert keys(seen("2026-06-01", pairings=(PAIR,))) == []  # the turn asks them


@pytest.mark.parametrize(
    ("day", "pairing", "is_welcome"),
    [
        ("2026-03-16", replace(PAIR, proposed_on=OPENS), True),  # they may still wait to be introduced
        ("2026-03-17", replace(PAIR, proposed_on=OPENS), False),
        ("2026-03-03", replace(PAIR, state=PairingState.REJECTED, meeting_state="held"), False),
        ("2026-06-03", replace(PAIR, meeting_state="held"), False),
        ("2026-09-03", replace(PAIR, meeting_state="held"), True),  # of the round before the last
    ],
)
def test_welcomes_whom_no_partner_of_this_round_or_the_last_has_told(
    day: str, pairing: Pairing, is_welcome: bool
) -> None:
    assert bool(keys(seen(day, pairings=(pairing,)))) is is_welcome


@pytest.mark.parametrize(("day", "is_ahead"), [("2026-01-25", False), ("2026-01-26", True)])
def test_has_a_round_in_sight_as_early_as_somebody_may_hear_of_it(day: str, is_ahead: bool) -> None:
    """Five working days and four weeks before it opens."""
    assert bool(round_ahead(seen(day))) is is_ahead


def test_leaves_to_another_mailbox_whom_it_writes_to() -> None:
    noted = {f"{MAILBOXES}1": Memo(key=f"{MAILBOXES}1", since=OPENS, value="one@example.com two@example.com")}
    told = [
        keys(seen("2026-02-24", memory=noted, mailbox=f"{name}@example.com"))
        for name in ("one", "two", "three")
    ]
    assert sorted(told[0] + told[1]) == ANNOUNCED
    assert told[2] == []


def test_welcomes_before_who_is_only_proposed() -> None:
    proposed = replace(PAIR, state=PairingState.PROPOSED)
    assert len(keys(seen("2026-03-02", pairings=(proposed,)))) == 2


@pytest.mark.parametrize(
    ("person", "is_told"),
    [
        (replace(ADA, taking_part=TakingPart.NO), False),
        (replace(ADA, taking_part=TakingPart.PAUSED), False),
        (replace(ADA, taking_part=TakingPart.PAUSED, paused_until=OPENS), True),
        (replace(ADA, taking_part=TakingPart.PAUSED, paused_until=date(2026, 3, 3)), False),
        (replace(ADA, joined=OPENS), True),
        (replace(ADA, held="their row can't be read"), False),
    ],
)
def test_tells_who_would_take_part_on_the_day(person: Person, is_told: bool) -> None:
    assert bool(keys(seen("2026-02-25", person))) is is_told


def test_tells_nobody_who_skips_the_round() -> None:
    skips = Request(
        id="q",
        person=ADA.email,
        kind=Wish.PAUSE,
        asked_on=date(2026, 2, 23),
        since=OPENS,
        until=date(2026, 6, 2),
    )
    assert keys(seen("2026-02-24", ADA, requests=(skips,))) == []


def test_tells_who_is_left_over_on_that_day_after_the_welcome() -> None:
    problem = Problem(tab="Roster", row_key=ADA.email, what=f"ada {NOBODY}: few take part.", remedy="-")
    programme = seen("2026-03-02", ADA, shown={"pair_people": (problem,)})
    assert keys(programme) == ["welcome:r1:ada@example.com"]
    assert keys(programme, *ANNOUNCED) == ["left-over:r1:ada@example.com"]
    assert keys(programme, *ANNOUNCED, "left-over:r1:ada@example.com") == []
    placed = replace(programme, pairings=(PAIR,))
    assert keys(placed, *ANNOUNCED) == []


@pytest.mark.parametrize(
    ("day", "count", "before"), [("2026-03-02", 5, "2026-02-23"), ("2026-03-04", 1, "2026-03-03")]
)
def test_counts_working_days(day: str, count: int, before: str) -> None:
    assert working_days_before(date.fromisoformat(day), count) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("key", "number"), [("welcome:r12:a@b.c", 12), ("follow-up:r1-x:a@b.c", None), ("welcome:x", None)]
)
def test_knows_the_round_of_a_letter_by_its_key(key: str, number: int | None) -> None:
    assert round_of(key) == number


def test_asks_those_for_a_yes_who_have_given_none_and_the_others_not() -> None:
    willing = with_requests([replace(ADA, has_said_yes=False), replace(BO, has_said_yes=False)], [yes(ADA)])
    assert [p.has_said_yes for p in willing] == [True, False]
    assert keys(seen("2026-02-23", *willing)) == ANNOUNCED


@pytest.mark.parametrize(
    ("kind", "decision", "is_yes"),
    [
        (Wish.BACK, None, True),
        (Wish.STAY, None, True),
        (Wish.NEW_PARTNER, None, True),
        (Wish.BACK, "ignore", False),
        (Wish.STATUS, None, False),
    ],
)
def test_takes_for_a_yes_what_says_so_and_no_admin_set_aside(
    kind: Wish, decision: str | None, is_yes: bool
) -> None:
    ada = with_requests([replace(ADA, has_said_yes=False)], [yes(ADA, kind=kind, decision=decision)])[0]
    assert ada.has_said_yes is is_yes


def yes(person: Person, *, kind: Wish = Wish.BACK, decision: str | None = None) -> Request:
    return Request(id="q", person=person.email, kind=kind, asked_on=OPENS, decision=decision)
