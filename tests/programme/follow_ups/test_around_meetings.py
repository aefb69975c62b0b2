"""What the meetings of a pair make of its letters: before each, after each, and on a promise's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peerpact.programme.commitments import Commitment, Outcome, answered, asked, made
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.days_off import NONE_OFF, Absence, DaysOff
from peerpact.programme.follow_ups.around_meetings import (
    day_after_meeting,
    first_unasked_promise,
    meeting_ahead,
)
from peerpact.programme.follow_ups.decision import SendLetter, decide, noted
from peerpact.programme.follow_ups.meeting_behind import MeetingBehind, meeting_behind
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person, WorkingHours
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen

ADA = Person(email="ada@example.com", name="Ada", time_zone="Europe/Berlin")
KIM = Person(email="kim@example.com", name="Kim", time_zone="America/New_York")
SECOND = datetime(2026, 2, 11, 14, tzinfo=UTC)
"""A Wednesday."""
PAIR = Pairing(
    id="ak",
    round=1,
    people=(ADA.email, KIM.email),
    state=PairingState.APPROVED,
    approved_on=datetime(2026, 1, 8, 6, tzinfo=UTC),
    meetings="2026-01-14 14:00 held",
    meeting_start=SECOND,
    meeting_state="accepted",
)


def at(day: str, hour: int = 15) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def letter(key: str, sent: str, *, is_answered: bool = True) -> LetterRecord:
    kind, person = key.split(":", maxsplit=1)[0], next(p for p in key.split(":") if "@" in p)
    record = planned(kind, key, person, at=at(sent), pairing="ak")
    return replace(record, state=LetterState.SENT, sent=at(sent), answered=at(sent) if is_answered else None)


REQUESTS = tuple(letter(f"commitment-request:ak:{p}", "2026-01-15") for p in PAIR.people)


def promise(name: str, due: str, person: Person = ADA, *, on: str = "2026-01-16") -> Commitment:
    others = tuple(p for p in PAIR.people if p != person.email)
    return made(
        Commitment(
            id=name,
            person=person.email,
            pairing="ak",
            text=f"Text of {name}",
            made_on=date.fromisoformat(on),
            due=date.fromisoformat(due),
            audience=others,
        )
    )


def letters(
    moment: datetime,
    *promises: Commitment,
    pair: Pairing = PAIR,
    sent: tuple[LetterRecord, ...] = (),
    requests: tuple[Request, ...] = (),
) -> list[SendLetter]:
    people = {p.email: p for p in (ADA, KIM)}
    programme = ProgrammeSeen(now=moment, people=people, pairings=(pair,), requests=requests)
    records = {r.key: r for r in (*REQUESTS, *sent)}
    seen = CommitmentsSeen(programme=programme, commitments={c.id: c for c in promises}, letters=records)
    return [a for a in decide(seen).actions if isinstance(a, SendLetter)]


def keys(found: list[SendLetter]) -> list[str]:
    return [a.key for a in found]


BEFORE = f"follow-up:ak:{ADA.email}:1"


def test_writes_two_working_days_before_a_meeting_of_what_both_are_working_on() -> None:
    own, theirs = promise("mine", "2026-02-11"), promise("theirs", "2026-02-11", KIM)
    assert letters(at("2026-02-06"), own, theirs) == []
    [found, other] = letters(at("2026-02-09"), own, theirs)
    assert (found.key, other.person) == (BEFORE, KIM)
    assert (found.mine, found.theirs) == ((own,), (theirs,))
    assert letters(at("2026-02-10"), own, theirs, sent=(letter(BEFORE, "2026-02-09"),))[0].person == KIM


def test_writes_no_monthly_letter_beside_the_one_before_the_meeting() -> None:
    for day in range(16, 29):
        sent = tuple(letter(f"follow-up:ak:{p}:1", "2026-02-09") for p in PAIR.people)
        assert letters(at(f"2026-02-{day}"), sent=sent) == []


def test_writes_once_a_month_where_no_meeting_is_ahead() -> None:
    own = replace(
        PAIR, meetings="", meeting_start=datetime(2026, 1, 14, 14, tzinfo=UTC), meeting_state="held"
    )
    assert keys(letters(at("2026-02-16"), pair=own)) == [BEFORE, f"follow-up:ak:{KIM.email}:1"]


@pytest.mark.parametrize(("weeks", "count"), [(1, 4), (2, 3), (4, 3), (8, 3)])
def test_writes_about_once_a_month_whatever_the_rhythm(weeks: int, count: int) -> None:
    """Over eleven weeks."""
    sent: dict[str, LetterRecord] = {}
    start, past = datetime(2026, 1, 14, 14, tzinfo=UTC), ["2026-01-14 14:00 held"]
    for day in range(1, 77):
        now = start + timedelta(days=day)
        while start + timedelta(weeks=weeks) * len(past) <= now:
            past.append(f"{start + timedelta(weeks=weeks) * len(past):%Y-%m-%d %H:%M} held")
        ahead = start + timedelta(weeks=weeks) * len(past)
        pair = replace(PAIR, meetings="; ".join(past), meeting_start=ahead)
        for found in letters(now, pair=pair, sent=tuple(sent.values())):
            sent[found.key] = letter(found.key, f"{now:%Y-%m-%d}")
    assert len([k for k in sent if ADA.email in k]) <= count


def test_reminds_after_the_meeting_and_not_a_week_later() -> None:
    before = letter(BEFORE, "2026-02-09", is_answered=False)
    passed = replace(PAIR, meeting_state="not known")
    quiet = letter(f"follow-up:ak:{KIM.email}:1", "2026-02-09")
    assert letters(at("2026-02-11", 17), pair=passed, sent=(before, quiet)) == []
    [found] = letters(at("2026-02-12"), pair=passed, sent=(before, quiet))
    assert (found.key, found.about) == (f"reminder:{BEFORE}", before)
    reminder = letter(f"reminder:{BEFORE}", "2026-02-12", is_answered=False)
    assert letters(at("2026-02-17"), pair=passed, sent=(before, quiet, reminder)) == []


@pytest.mark.parametrize(("meeting", "reminds"), [("2026-03-02", False), ("2026-03-03", True)])
def test_reminds_of_a_request_only_where_the_letter_before_the_next_meeting_is_far_off(
    meeting: str, *, reminds: bool
) -> None:
    """Two working days before 2 March is 26 February: five weeks after the 22nd of January."""
    asked_both = tuple(replace(r, answered=None) for r in REQUESTS)
    pair = replace(PAIR, meeting_start=at(meeting))
    found = keys(letters(at("2026-01-22", 16), pair=pair, sent=asked_both))
    assert found == ([f"reminder:{r.key}" for r in REQUESTS] if reminds else [])


@pytest.mark.parametrize("state", ["not met", "declined", "cancelled", "asked to pick"])
def test_asks_after_the_first_meeting_that_was_and_falls_silent_for_none_before(state: str) -> None:
    """Who did not meet the first time is asked after the second one, though they were asked after the first."""
    pair = replace(PAIR, meetings=f"2026-01-14 14:00 {state}")
    not_met = Request(id="q", person=KIM.email, kind=Wish.NOT_MET, asked_on=date(2026, 1, 15))
    assert letters(at("2026-02-09"), pair=pair, requests=(not_met,)) == []
    passed = replace(pair, meeting_state="not known")
    assert keys(letters(at("2026-02-12"), pair=passed, requests=(not_met,))) == [
        f"commitment-request:ak:{p.email}:2" for p in (ADA, KIM)
    ]


def test_goes_on_writing_though_a_later_meeting_was_missed() -> None:
    pair = replace(
        PAIR,
        meetings="2026-01-14 14:00 held; 2026-02-11 14:00 not met",
        meeting_start=datetime(2026, 2, 25, 14, tzinfo=UTC),
    )
    not_met = Request(id="q", person=KIM.email, kind=Wish.NOT_MET, asked_on=date(2026, 2, 12))
    found = letters(at("2026-02-23"), pair=pair, requests=(not_met,))
    assert keys(found) == [f"follow-up:ak:{p.email}:2" for p in (ADA, KIM)]


@pytest.mark.parametrize(("meeting", "writes"), [("2026-01-21", False), ("2026-01-26", True)])
def test_leaves_a_week_between_the_request_and_the_letter_before_a_meeting(
    meeting: str, writes: bool
) -> None:
    """Who meets every week would be asked twice in three days. The request left on the 15th."""
    pair, theirs = replace(PAIR, meeting_start=at(meeting)), promise("theirs", "2026-03-02", KIM)
    days = range(16, pair.meeting_start.day if pair.meeting_start else 0)
    found = [key for day in days for key in keys(letters(at(f"2026-01-{day}"), theirs, pair=pair))]
    assert (BEFORE in found) is writes


def test_asks_about_a_promise_on_the_working_day_after_its_own_day() -> None:
    own = promise("mine", "2026-01-23")
    assert letters(at("2026-01-23"), own) == []
    assert letters(at("2026-01-24"), own) == []
    [found] = letters(at("2026-01-26"), own)
    assert (found.key, found.mine) == (f"follow-up:ak:{ADA.email}:2026-01-23", (own,))
    told = asked(own, found.record.reference, date(2026, 1, 26))
    assert letters(at("2026-01-27"), told, sent=(letter(found.key, "2026-01-26"),)) == []


def test_asks_in_the_letter_before_the_meeting_where_that_is_near() -> None:
    own = promise("mine", "2026-02-05")
    assert letters(at("2026-02-06"), own) == []
    [found, _] = letters(at("2026-02-09"), own)
    assert (found.key, found.mine) == (BEFORE, (own,))


def test_asks_about_a_promise_whose_day_came_while_its_person_sat_a_round_out() -> None:
    """The day was long ago when they have a partner again, on 8 January; they are asked then, and not for ever."""
    first = replace(PAIR, meetings="", meeting_start=datetime(2026, 3, 2, 14, tzinfo=UTC))
    carried = replace(promise("carried", "2025-11-20", on="2025-10-20"), pairing="before")
    people = {p.email: p for p in (ADA, KIM)}

    def written(day: str) -> list[str]:
        programme = ProgrammeSeen(now=at(day), people=people, pairings=(first,))
        plan = decide(CommitmentsSeen(programme=programme, commitments={carried.id: carried}))
        return [a.key for a in plan.actions if isinstance(a, SendLetter)]

    asks = f"follow-up:ak:{ADA.email}:2025-11-20"
    assert [asks in written(day) for day in ("2026-01-08", "2026-01-30", "2026-02-02")] == [True, True, False]


def test_asks_in_the_request_after_the_first_meeting_about_a_promise_from_before() -> None:
    """The pair meets on Wednesday, the 14th, and is asked on Thursday; Tuesday is the promise's day."""
    first = replace(PAIR, meetings="", meeting_start=datetime(2026, 1, 14, 14, tzinfo=UTC))
    carried = replace(promise("carried", "2026-01-13", on="2025-12-13"), pairing="before")
    people = {p.email: p for p in (ADA, KIM)}

    def written(day: str) -> list[SendLetter]:
        programme = ProgrammeSeen(now=at(day), people=people, pairings=(first,))
        plan = decide(CommitmentsSeen(programme=programme, commitments={carried.id: carried}))
        return [a for a in plan.actions if isinstance(a, SendLetter)]

    assert written("2026-01-14") == []
    request, other = written("2026-01-15")
    assert (request.key, request.mine, other.mine) == (f"commitment-request:ak:{ADA.email}", (carried,), ())
    [told] = noted([request], date(2026, 1, 15))
    assert first_unasked_promise([told]) is None


def test_asks_about_it_alone_where_the_request_comes_later() -> None:
    first = replace(PAIR, meetings="", meeting_start=datetime(2026, 1, 19, 14, tzinfo=UTC))
    carried = replace(promise("carried", "2026-01-13", on="2025-12-13"), pairing="before")
    programme = ProgrammeSeen(
        now=at("2026-01-14"), people={p.email: p for p in (ADA, KIM)}, pairings=(first,)
    )
    plan = decide(CommitmentsSeen(programme=programme, commitments={carried.id: carried}))
    assert [a.key for a in plan.actions if isinstance(a, SendLetter)] == [
        f"follow-up:ak:{ADA.email}:2026-01-13"
    ]


def test_writes_before_a_meeting_to_whom_it_has_something_to_ask_or_tell() -> None:
    """A promise whose day comes with the meeting, the partner's, whether they met, or how worthwhile it is."""
    third = replace(
        PAIR,
        meetings="2026-01-14 14:00 held; 2026-02-11 14:00 held",
        meeting_start=datetime(2026, 3, 11, 14, tzinfo=UTC),
    )
    told = tuple(replace(letter(f"follow-up:ak:{p}:1", "2026-02-09"), number=4) for p in PAIR.people)
    own, later = promise("own", "2026-03-11"), promise("later", "2026-03-20")
    [found, other] = letters(at("2026-03-09"), own, later, pair=third, sent=told)
    assert (found.key, found.mine, found.ahead) == (f"follow-up:ak:{ADA.email}:2", (own,), (later,))
    assert (other.person, other.mine, other.theirs) == (KIM, (), (later, own))
    assert [a.person for a in letters(at("2026-03-09"), later, pair=third, sent=told)] == [KIM]
    assert letters(at("2026-03-09"), pair=third, sent=told) == []
    unknown = replace(third, meetings="2026-01-14 14:00 held; 2026-02-11 14:00 not known")
    assert len(letters(at("2026-03-09"), pair=unknown, sent=told)) == 2
    unasked = tuple(replace(x, number=None) for x in told)
    assert [a.record.number for a in letters(at("2026-03-09"), pair=third, sent=unasked)] == [0, 0]


@pytest.mark.parametrize(
    ("day", "came", "made_on", "asks"),
    [
        ("2026-02-12", None, "2026-01-16", [True, True]),
        ("2026-02-20", None, "2026-01-16", [True, True]),
        ("2026-02-23", None, "2026-01-16", []),
        ("2026-02-12", "2026-02-09", "2026-01-16", []),
        ("2026-02-12", None, "2026-02-11", [False, True]),
    ],
)
def test_writes_after_a_meeting_to_whom_no_letter_came_before_it(
    day: str, came: str | None, made_on: str, asks: list[bool]
) -> None:
    """It asks for a promise whoever has made none since: Kim, whom no letter reached, in every case."""
    over = replace(
        PAIR,
        meetings="2026-01-14 14:00 held; 2026-02-11 14:00 held",
        meeting_start=datetime(2026, 3, 11, 14, tzinfo=UTC),
    )
    sent = tuple(letter(f"follow-up:ak:{p}:1", came) for p in PAIR.people if came)
    own = promise("own", "2026-03-20", on=made_on)
    assert [a.asks_action for a in letters(at(day), own, pair=over, sent=sent)] == asks


def test_asks_before_a_meeting_about_all_that_is_due_at_it_also_over_days_off() -> None:
    """Of the four who work from Monday to Thursday: two working days before a Tuesday is five days before."""
    day = ((540, 1020),)
    four = replace(ADA, working_hours=WorkingHours(days=(day, day, day, day, (), (), ())))
    pair = replace(PAIR, meeting_start=datetime(2026, 2, 10, 14, tzinfo=UTC))
    own, later = promise("own", "2026-02-10"), promise("later", "2026-02-12")
    programme = ProgrammeSeen(
        now=at("2026-02-05"), people={ADA.email: four, KIM.email: KIM}, pairings=(pair,)
    )
    records = {r.key: r for r in REQUESTS}
    seen = CommitmentsSeen(programme=programme, commitments={c.id: c for c in (own, later)}, letters=records)
    [found] = [a for a in decide(seen).actions if isinstance(a, SendLetter)]
    assert (found.key, found.mine, found.ahead) == (BEFORE, (own,), (later,))
    told = asked(own, found.record.reference, date(2026, 2, 5))
    assert first_unasked_promise([told], four.works_on) is None


def test_asks_about_each_of_several_promises_at_its_day() -> None:
    soon, later = promise("soon", "2026-01-22"), promise("later", "2026-02-20")
    [found] = letters(at("2026-01-23"), soon, later)
    assert (found.mine, found.ahead) == ((soon,), (later,))


def test_asks_once_about_each_day() -> None:
    soon, later = promise("soon", "2026-01-22"), promise("later", "2026-02-20")
    assert first_unasked_promise([later, soon]) == soon
    assert first_unasked_promise([asked(soon, "FU-1", date(2026, 1, 23)), later]) == later
    assert first_unasked_promise([asked(soon, "FU-1", date(2026, 1, 19))]) is None
    assert first_unasked_promise([answered(soon, Outcome.NOT_YET, date(2026, 1, 20))]) is None
    assert first_unasked_promise([]) is None


@pytest.mark.parametrize(("outcome", "asks"), [(None, 1), (Outcome.NOT_YET, 1), (Outcome.KEPT, 2)])
def test_asks_nobody_for_a_promise_who_has_one_open_in_the_pairing(
    outcome: Outcome | None, asks: int
) -> None:
    first = replace(PAIR, meetings="", meeting_start=datetime(2026, 1, 14, 14, tzinfo=UTC))
    own = replace(promise("early", "2026-02-10", on="2026-01-12"), outcome=outcome)
    people = {p.email: p for p in (ADA, KIM)}
    programme = ProgrammeSeen(now=at("2026-01-15"), people=people, pairings=(first,))
    plan = decide(CommitmentsSeen(programme=programme, commitments={own.id: own}))
    kinds = [a.record.kind for a in plan.actions if isinstance(a, SendLetter)]
    assert kinds == ["commitment-request"] * asks


@pytest.mark.parametrize(
    ("ahead", "sent", "writes"),
    [
        ("2026-03-18", "2026-01-20", True),
        ("2026-03-04", "2026-01-20", False),
        ("2026-03-18", "2026-02-06", False),
    ],
)
def test_writes_no_monthly_letter_beside_one_before_a_meeting(ahead: str, sent: str, *, writes: bool) -> None:
    pair = replace(PAIR, meeting_start=at(ahead))
    known = tuple(letter(f"follow-up:ak:{p}:2026-01-19", sent) for p in PAIR.people)
    assert bool(letters(at("2026-02-16"), pair=pair, sent=known)) is writes


@pytest.mark.parametrize(
    ("start", "state", "meetings", "is_ahead"),
    [
        (at("2026-02-11", 16), "accepted", "2026-01-14 14:00 held", True),
        (at("2026-02-11"), "accepted", "2026-01-14 14:00 held", False),
        (at("2026-02-11", 16), "declined", "2026-01-14 14:00 held", False),
        (at("2026-02-11", 16), "accepted", "", False),
        (None, "accepted", "2026-01-14 14:00 held", False),
    ],
)
def test_is_ahead_from_the_second_one_on_until_it_begins(
    start: datetime | None, state: str, meetings: str, *, is_ahead: bool
) -> None:
    pair = replace(PAIR, meeting_start=start, meeting_state=state, meetings=meetings)
    found = meeting_ahead(pair, ADA, at("2026-02-11"))
    assert (found is not None) is is_ahead
    if found:
        assert (found.number, found.day, found.letter_on) == (2, date(2026, 2, 11), date(2026, 2, 9))


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        (SECOND - timedelta(days=6), None),
        (SECOND - timedelta(days=6) + timedelta(seconds=1), date(2026, 2, 12)),
        (SECOND - timedelta(seconds=1), date(2026, 2, 12)),
        (SECOND, None),
    ],
)
def test_knows_the_meeting_that_a_letter_came_before(sent: datetime, day: date | None) -> None:
    before = replace(letter(BEFORE, "2026-02-09"), sent=sent)
    assert day_after_meeting(PAIR, ADA, before) == day
    assert day_after_meeting(replace(PAIR, meeting_state="cancelled"), ADA, before) is None
    assert day_after_meeting(replace(PAIR, meetings=""), ADA, before) is None
    assert day_after_meeting(PAIR, ADA, replace(before, sent=None)) is None


def test_counts_the_day_after_as_the_reader_s_own() -> None:
    late = replace(PAIR, meeting_start=datetime(2026, 2, 11, 23, 30, tzinfo=UTC))
    before = letter(BEFORE, "2026-02-09")
    assert [day_after_meeting(late, p, before) for p in (ADA, KIM)] == [date(2026, 2, 13), date(2026, 2, 12)]


def test_was_asked_about_only_when_it_was_about_due() -> None:
    own = promise("mine", "2026-02-05")
    assert first_unasked_promise([asked(own, "FU-1", date(2026, 1, 30))]) is not None
    assert first_unasked_promise([asked(own, "FU-1", date(2026, 2, 2))]) is None
    reworded_since = replace(own, history=f"{own.history}; 2026-02-04 changed from “a”")
    assert first_unasked_promise([reworded_since]) == reworded_since
    assert first_unasked_promise([replace(own, text="(erased)")]) is None


FIRST, CANCELLED = "2026-01-14 14:00 held", "2026-01-28 14:00 cancelled"


@pytest.mark.parametrize(
    ("meetings", "now", "number"),
    [
        (FIRST, SECOND - timedelta(minutes=1), None),
        (FIRST, SECOND, 2),
        (f"{FIRST}; {CANCELLED}", SECOND, 3),
        (CANCELLED, SECOND, None),
        (f"{FIRST}; 2026-01-28 14:00 held", SECOND - timedelta(minutes=1), 2),
    ],
)
def test_looks_back_at_the_last_meeting_that_was_from_the_second_on(
    meetings: str, now: datetime, number: int | None
) -> None:
    found = meeting_behind(replace(PAIR, meetings=meetings), ADA, now)
    assert (found.number if found else None) == number


FRIDAY = datetime(2026, 2, 13, 14, tzinfo=UTC)
LEAVE = DaysOff(leave=(Absence(first=date(2026, 1, 26), last=date(2026, 2, 10)),))


@pytest.mark.parametrize(
    ("start", "off", "since", "due"),
    [
        (SECOND, NONE_OFF, 9, 12),
        (FRIDAY, NONE_OFF, 11, 16),
        (SECOND, LEAVE, 4, 12),
    ],
    ids=["two working days before, the day after", "the working day after", "a week before at most"],
)
def test_says_which_letter_is_the_one_around_a_meeting(
    start: datetime, off: DaysOff, since: int, due: int
) -> None:
    found = meeting_behind(replace(PAIR, meeting_start=start), replace(ADA, days_off=off), start)
    assert found == MeetingBehind(
        number=2,
        day=start.date(),
        letters_since=date(2026, 2, since),
        due=date(2026, 2, due),
        last=date(2026, 2, due + 10),
    )
