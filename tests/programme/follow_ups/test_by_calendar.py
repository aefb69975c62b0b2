"""Who is away by what free/busy tells, and what waits for them: by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from by_value import YES, address, on, pairing, person, problem, seen
from peerpact.programme.commitments import Commitment, asked, made
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.follow_ups.by_calendar import (
    Calendars,
    as_if_away,
    away_today,
    calendar_problems,
    leave_by_calendar,
    window_of,
    with_leave,
)
from peerpact.programme.follow_ups.decision import decide, whom_to_look_at
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.meetings.rules import Busy
from peerpact.programme.memory import PAUSED, Memo
from peerpact.programme.people import Person, WorkingHours

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
"""A Wednesday."""
BERLIN = "Europe/Berlin"
A_MINUTE = timedelta(minutes=1)
NINE_TO_FIVE = ((540, 1020),)


def busy(*spans: tuple[str, str], zone: str = BERLIN) -> Busy:
    """Return busy spans of 2026 that begin and end at local times: a day alone is its midnight."""
    return tuple((_local(start, zone), _local(end, zone)) for start, end in spans)


def _local(said: str, zone: str) -> datetime:
    moment = datetime.fromisoformat(f"2026-{said}" if "T" in said else f"2026-{said}T00:00")
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def away(known: Busy | None, who: Person, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(a.first.isoformat()[5:], a.last.isoformat()[5:]) for a in leave_by_calendar(known, who, now)]


ADA = person("a", time_zone=BERLIN)
OUT = ("03-16", "03-21")
"""Monday to Friday, as Google makes an out-of-office event of several days: one block."""


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (busy(OUT), [("03-16", "03-18")]),
        (busy(("03-18", "03-19")), [("03-18", "03-18")]),
        (busy(("03-18T00:01", "03-19")), []),
        (busy(("03-18", "03-18T23:59")), []),
        (busy(("03-18T09:00", "03-18T18:00")), []),
        (busy(("03-16", "03-18T12:00")), [("03-16", "03-17")]),
        (busy(("03-17T12:00", "03-19")), [("03-18", "03-18")]),
        (busy(("03-17", "03-18"), ("03-18", "03-19")), [("03-17", "03-18")]),
        (busy(("03-18", "03-18T12:00"), ("03-18T11:00", "03-20")), [("03-18", "03-18")]),
        (busy(("03-18T12:00", "03-20"), ("03-18", "03-18T12:00")), [("03-18", "03-18")]),
        (busy(("03-16", "03-21"), ("03-18T09:00", "03-18T10:00")), [("03-16", "03-18")]),
        (busy(("03-18", "03-18T12:00"), ("03-18T12:01", "03-20")), []),
        (busy(("03-19", "03-20")), []),
        (busy(("03-09", "03-14"), OUT), [("03-09", "03-18")]),
        (busy(("03-09", "03-14"), ("03-17", "03-19")), [("03-09", "03-13"), ("03-17", "03-18")]),
        (busy(("03-14", "03-16")), []),
        (busy(("03-13", "03-16")), [("03-13", "03-13")]),
        (busy(("02-02", "02-07")), [("02-02", "02-06")]),
        ((), []),
        (None, []),
    ],
)
def test_takes_for_leave_the_working_days_that_are_full_with_their_nights(
    known: Busy | None, expected: list[tuple[str, str]]
) -> None:
    assert away(known, ADA) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("01-22", [("01-22", "03-18")]),  # 56 days
        ("01-21", []),
        ("01-01", []),
    ],
)
def test_takes_nobody_for_away_for_ever(first: str, expected: list[tuple[str, str]]) -> None:
    assert away(busy((first, "12-31")), ADA) == expected


def test_takes_a_full_week_every_week_for_one_leave() -> None:
    weeks = [
        ("01-19", "01-24"),
        ("01-26", "01-31"),
        ("02-02", "02-07"),
        ("02-09", "02-14"),
        ("02-16", "02-21"),
    ]
    weeks += [("02-23", "02-28"), ("03-02", "03-07"), ("03-09", "03-14"), OUT]
    assert away(busy(*weeks), ADA) == []
    assert away(busy(*weeks[1:]), ADA) == [("01-26", "03-18")]


@pytest.mark.parametrize(
    ("zone", "now", "start", "end", "expected"),
    [
        ("America/Los_Angeles", "2026-03-18T20:00", "03-18", "03-19", ["03-18"]),
        ("America/Los_Angeles", "2026-03-19T04:00", "03-18", "03-19", ["03-18"]),
        ("Pacific/Auckland", "2026-03-17T20:00", "03-18", "03-19", ["03-18"]),
        ("Asia/Kolkata", "2026-03-18T09:00", "03-18", "03-19", ["03-18"]),
        (BERLIN, "2026-03-30T09:00", "03-27", "03-31", ["03-27", "03-30"]),  # 23 hours on the 29th
        (BERLIN, "2026-10-26T09:00", "10-26", "10-27", ["10-26"]),
        (BERLIN, "2026-10-26T09:00", "10-23", "10-27", ["10-23", "10-26"]),
        ("America/New_York", "2026-03-09T14:00", "03-09", "03-10", ["03-09"]),
        ("Africa/Cairo", "2026-04-24T09:00", "04-24", "04-25", ["04-24"]),  # there is no midnight on that day
    ],
)
def test_goes_by_the_day_and_the_clock_where_somebody_is(
    zone: str, now: str, start: str, end: str, expected: list[str]
) -> None:
    who, known = person("a", time_zone=zone), busy((start, end), zone=zone)
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    hours = WorkingHours(days=(NINE_TO_FIVE,) * 7) if zone == "Africa/Cairo" else WorkingHours()
    [(first, last)] = away(known, replace(who, working_hours=hours), moment)
    assert [first, last] == [expected[0], expected[-1]]
    [(begins, ends)] = known
    for not_whole in ((begins, ends - A_MINUTE), (begins + A_MINUTE, ends)):
        found = leave_by_calendar((not_whole,), replace(who, working_hours=hours), moment)
        assert not all(any(on(f"2026-{day}") in a for a in found) for day in (first, last))


def test_finds_no_leave_in_days_on_which_somebody_does_not_work_anyway() -> None:
    part_time = WorkingHours(days=(NINE_TO_FIVE,) * 3 + ((),) * 4)
    who = replace(ADA, working_hours=part_time)
    assert away(busy(("03-12", "03-14")), who) == []
    assert away(busy(("03-09", "03-12"), ("03-16", "03-19")), who) == [("03-09", "03-18")]
    told = DaysOff(leave=(Absence(first=on("2026-03-17"), last=on("2026-03-17")),))
    assert away(busy(OUT), replace(ADA, days_off=told)) == [("03-16", "03-18")]


def test_asks_about_a_span_that_one_question_covers_wherever_it_is_today() -> None:
    since, until = window_of(NOW)
    assert (until - since).days == 60
    late = datetime(2026, 3, 18, 11, 59, tzinfo=UTC)
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        end = _local("03-20" if zone == "Pacific/Kiritimati" else "03-19", zone)
        assert end <= window_of(late)[1]


# What waits


PAIR = pairing("ab", id="ab", meeting_start=datetime(2026, 1, 16, 9, tzinfo=UTC), meeting_state="held")
WHO = [person(letter, time_zone=BERLIN) for letter in "ab"]


def sent(day: str, *, kind: str = "follow-up", number: str = ":1", who: str = "a") -> LetterRecord:
    moment = datetime.fromisoformat(f"2026-{day}T09:00").replace(tzinfo=UTC)
    record = planned(kind, f"{kind}:ab:{address(who)}{number}", address(who), at=moment, pairing="ab")
    return replace(record, state=LetterState.SENT, sent=moment)


def what(
    day: str, *letters: LetterRecord, leave: Mapping[str, tuple[str, str]] | None = None, **more: Any
) -> CommitmentsSeen:
    spans = {
        address(p): (Absence(first=on(f"2026-{first}"), last=on(f"2026-{last}")),)
        for p, (first, last) in (leave or {}).items()
    }
    programme = seen(f"2026-{day}T10:00", more.pop("who", WHO), *more.pop("pairings", [PAIR]), **more)
    return CommitmentsSeen(
        programme=programme,
        letters={x.key: x for x in letters},
        calendars=Calendars(leave=spans) if leave is not None else None,
    )


def keys(given: CommitmentsSeen) -> list[str]:
    return sorted(a.key for a in decide(given).actions if hasattr(a, "record"))


REQUESTS = [sent("01-19", kind="commitment-request", number="", who=p) for p in "ab"]
"""On 16 February a month is over since they met, and each is due a letter."""


def test_has_a_letter_wait_for_who_is_away_by_their_calendar_and_says_so_to_who_looks_before() -> None:
    both = [f"follow-up:ab:{address(p)}:1" for p in "ab"]
    assert keys(what("02-16", *REQUESTS)) == both
    assert keys(what("02-16", *REQUESTS, leave={})) == both
    given = what("02-16", *REQUESTS, leave={"a": ("02-16", "02-16")})
    assert keys(given) == both[1:]
    assert decide(given).waits == ("A: a mail waits, as their calendar is full all day",)
    assert decide(what("02-16", *REQUESTS, leave={"a": ("02-09", "02-13")})).waits == ()
    assert keys(what("02-17", *REQUESTS, leave={"a": ("02-16", "02-16")})) == both
    assert decide(what("02-16", leave={"a": ("02-16", "02-16")}, pairings=[])).waits == ()


def test_sends_what_was_missed_once_leave_is_over_however_long_it_was() -> None:
    other = sent("02-16", who="b")
    assert keys(what("03-12", *REQUESTS, other, leave={})) == []
    assert keys(what("03-12", *REQUESTS, other, leave={"a": ("02-16", "03-11")})) == [
        f"follow-up:ab:{address('a')}:1"
    ]


def test_takes_nobody_for_quiet_for_letters_that_their_leave_kept_unanswered() -> None:
    two = [sent("01-30"), sent("02-27", number=":2")]
    assert f"follow-up:ab:{address('a')}:3" not in keys(what("04-16", *REQUESTS, *two, leave={}))
    given = what("04-16", *REQUESTS, *two, leave={"a": ("03-02", "03-20")})
    assert f"follow-up:ab:{address('a')}:3" in keys(given)


def test_looks_at_who_has_a_letter_due_or_would_have_after_leave_and_at_nobody_else() -> None:
    assert whom_to_look_at(what("02-13", *REQUESTS)) == frozenset()
    assert whom_to_look_at(what("02-16", *REQUESTS)) == {address("a"), address("b")}
    assert whom_to_look_at(what("02-16", *REQUESTS, sent("02-16"))) == {address("b")}


def test_looks_for_what_was_missed_in_a_long_leave_once_a_week() -> None:
    tuesday = replace(PAIR, meeting_start=datetime(2026, 1, 13, 9, tzinfo=UTC))
    days = {"02-04": 2, "02-05": 0, "02-06": 0, "02-09": 2, "02-10": 0}  # a request leaves within three weeks
    assert {day: len(whom_to_look_at(what(day, pairings=[tuesday]))) for day in days} == days
    quiet = [sent("01-30"), sent("02-27", number=":2"), sent("04-16", number=":3", who="b")]
    assert address("a") not in whom_to_look_at(what("04-17", *REQUESTS, *quiet))
    assert address("a") in whom_to_look_at(what("04-20", *REQUESTS, *quiet))


PROMISE = made(
    Commitment(
        id="c",
        person=address("a"),
        pairing="ab",
        text="x",
        made_on=on("2026-01-16"),
        due=on("2026-02-02"),
    )
)


def test_looks_every_day_where_a_promise_of_long_ago_was_not_asked_about() -> None:
    promise = PROMISE
    given = what("03-05", sent("02-23", number=":2"), sent("02-23", number=":2", who="b"))
    given = replace(given, commitments={"c": promise})
    assert whom_to_look_at(given) == {address("a")}
    asked_then = asked(promise, "x", on("2026-02-02"))
    assert whom_to_look_at(replace(given, commitments={"c": asked_then})) == frozenset()


def test_looks_no_more_for_a_promise_from_before_any_leave_that_ends_today() -> None:
    """Each tick looked what else would be due, as long as there was one promise that nobody had asked about."""
    promise = replace(PROMISE, due=on("2026-01-19"))
    written = [sent("03-12", number=":2"), sent("03-12", number=":2", who="b")]

    def looked_at(day: str, **more: Any) -> frozenset[str]:
        return whom_to_look_at(replace(what(day, *written, **more), commitments={"c": promise}))

    days = {"03-13": 1, "03-17": 1, "03-18": 0, "03-19": 0}  # no leave of 56 days reaches to the day after it
    assert {day: len(looked_at(day)) for day in days} == days
    began_later = replace(PAIR, approved_on=datetime(2026, 2, 20, 9, tzinfo=UTC))
    assert looked_at("03-19", pairings=[began_later]) == {address("a")}


def test_looks_at_nobody_while_the_programme_is_paused() -> None:
    memory = {PAUSED: Memo(key=PAUSED, since=on("2026-02-01"))}
    assert whom_to_look_at(what("02-16", *REQUESTS, memory=memory)) == frozenset()


def test_has_an_announcement_wait_while_there_is_another_working_day_for_it() -> None:
    new = {
        "who": [person("n", time_zone=BERLIN, taking_part=YES)],
        "pairings": [],
        "first_round": on("2026-03-02"),
    }
    key = f"announcement:r1:{address('n')}"
    assert keys(what("02-26", **new)) == [key]
    assert whom_to_look_at(what("02-26", **new)) == {address("n")}
    given = what("02-26", leave={"n": ("02-23", "02-26")}, **new)
    assert keys(given) == []
    assert len(decide(given).waits) == 1
    assert whom_to_look_at(what("02-27", **new)) == frozenset()
    assert keys(what("02-27", leave={"n": ("02-23", "02-27")}, **new)) == [key]


def test_has_neither_a_welcome_nor_a_word_to_who_is_left_over_wait() -> None:
    new = {"who": [person("n", time_zone=BERLIN)], "pairings": [], "first_round": on("2026-03-02")}
    given = what("03-04", leave={"n": ("03-02", "03-04")}, **new)
    assert keys(given) == [f"welcome:r1:{address('n')}"]


def test_finishes_a_letter_that_a_run_had_begun() -> None:
    begun = replace(sent("02-16"), state=LetterState.DRAFTED, sent=None)
    given = what("02-16", *REQUESTS, begun, leave={"a": ("02-16", "02-16")})
    assert begun.key in keys(given)
    assert decide(given).waits == ()


def test_changes_no_figure_by_a_guess() -> None:
    given = what("02-16", *REQUESTS, leave={"a": ("02-16", "02-16")})
    assert given.programme.people[address("a")].days_off == DaysOff()
    assert with_leave(given.programme, {"nobody@example.com": ()}) is given.programme


def test_knows_who_is_away_on_this_day_of_theirs() -> None:
    days = (on("2026-03-02"), on("2026-03-19"))
    leave = {address("a"): tuple(Absence(first=day, last=day) for day in days)}
    there = [person("a", time_zone="Pacific/Auckland")]
    assert away_today(seen("2026-03-18T12:00", there), leave) == {address("a")}
    assert away_today(seen("2026-03-18T10:00", there), leave) == frozenset()
    assert away_today(seen("2026-03-18T12:00", []), leave) == frozenset()


def test_takes_a_leave_until_the_week_begins_for_what_may_have_been() -> None:
    part_time = WorkingHours(days=((), NINE_TO_FIVE, NINE_TO_FIVE, (), (), (), ()))
    who = [*WHO, person("p", working_hours=part_time)]
    monday, tuesday = (as_if_away(seen(f"2026-03-{d}T12:00", who)).people for d in (16, 17))
    off = monday[address("a")].days_off
    days = {"03-16": False, "03-15": True, "01-19": True, "01-18": False}
    assert {day: off.is_on_leave(on(f"2026-{day}")) for day in days} == days
    assert monday[address("p")].days_off == tuesday[address("a")].days_off == DaysOff()
    assert tuesday[address("p")].days_off.is_on_leave(on("2026-03-16"))


def test_says_once_where_free_busy_is_refused_and_no_more_when_it_is_not() -> None:
    programme = seen("2026-03-18", WHO)
    [said] = calendar_problems(programme, Calendars(refused="Google says no."))
    assert "Google says no." in said.what
    assert said.tab == "Settings"
    shown = seen("2026-03-18", WHO, shown={"send_follow_ups": (said, problem())})
    assert calendar_problems(shown, None) == (said,)
    assert calendar_problems(shown, Calendars()) == ()
    assert calendar_problems(programme, None) == ()


def test_works_out_once_what_has_nothing_to_do_with_leave() -> None:
    told = CommitmentsSeen(programme=seen("2026-03-18", [person("ada")]))
    assert "letters_of" not in vars(told.of_people(told.programme))
    known = told.letters_of
    other = told.of_people(
        with_leave(told.programme, {address("ada"): (Absence(first=NOW.date(), last=NOW.date()),)})
    )
    assert other.letters_of is known
    assert "commitments_of" not in vars(other)
    assert other.programme.people != told.programme.people


def test_finds_anew_no_promise_but_of_those_who_are_others_by_now() -> None:
    theirs = replace(PROMISE, id="d", person=address("b"))
    told = CommitmentsSeen(programme=seen("2026-03-18", WHO), commitments={"c": PROMISE, "d": theirs})
    assert "unasked" not in vars(told.of_people(told.programme))
    assert told.unasked == {address("a"): PROMISE, address("b"): theirs}
    asked_then = asked(PROMISE, "x", on("2026-01-30"))
    told = replace(told, commitments={"c": asked_then, "d": asked(theirs, "x", on("2026-01-30"))})
    assert told.unasked == {}
    off = {address("a"): (Absence(first=on("2026-01-31"), last=on("2026-03-17")),)}
    other = told.of_people(with_leave(told.programme, off))
    assert other.unasked == replace(other, figures={}).unasked


def test_knows_since_when_somebody_is_in_a_pairing() -> None:
    told = CommitmentsSeen(programme=seen("2026-03-18", WHO, PAIR))
    assert PAIR.approved_on
    day = PAIR.approved_on.date()
    assert told.began == {address("a"): day, address("b"): day}
    joined = replace(PAIR, approved_on=PAIR.approved_on + timedelta(days=30))
    later = replace(told, joined={(PAIR.id, address("b")): joined})
    assert later.began == {address("a"): day, address("b"): day + timedelta(days=30)}
