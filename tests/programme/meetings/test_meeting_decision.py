"""What is done about first meetings: situations, and the actions that come out, in short words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peerpact.programme.correspondence import LetterState, planned
from peerpact.programme.meetings.actions import (
    BookMeeting,
    CancelMeeting,
    ChangeGuests,
    MoveMeeting,
    NoteMeeting,
    SendLetter,
)
from peerpact.programme.meetings.booking import Booking, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest, our_meetings
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.rules import Availability
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

ADA, BEN, CY, DEE = (
    Person(email=f"{n}@example.com", name=n.capitalize()) for n in ("ada", "ben", "cy", "dee")
)
PEOPLE = {p.email: p for p in (ADA, BEN, CY, DEE)}
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When the pairings of these tests were approved."""
WEDNESDAY = datetime(2026, 1, 7, 9, tzinfo=UTC)
"""The first slot that two people have who are free and work from nine to five."""
FREE: Mapping[str, Availability] = dict.fromkeys(PEOPLE, ())
LENGTH = timedelta(minutes=45)


def pairing(name: str = "ab", *people: Person, **rest: object) -> Pairing:
    known = people or (ADA, BEN)
    values: dict[str, object] = {
        "id": name,
        "round": 1,
        "people": tuple(p.email for p in known),
        "state": PairingState.APPROVED,
        "approved_on": MONDAY,
    }
    return Pairing(**{**values, **rest})  # type: ignore[arg-type]


def booked(
    name: str = "ab", *people: Person, state: str = "invited", noted: Booking | None = None, **rest: object
) -> Pairing:
    """Return a pairing whose meeting we booked for Wednesday."""
    row = pairing(name, *people, **rest)
    booking = noted or Booking(event=meeting_id(row), start=WEDNESDAY, written=MONDAY, minutes=45)
    return replace(
        row, meeting_start=row.meeting_start or WEDNESDAY, meeting_state=state, booking=booking.text()
    )


def event(
    row: Pairing | None = None, start: datetime = WEDNESDAY, /, *answers: str, **rest: object
) -> EventSeen:
    row = row or pairing()
    given = (*answers, *["needsAction"] * len(row.people))
    values: dict[str, object] = {
        "id": meeting_id(row),
        "key": meeting_id(row),
        "start": start,
        "end": start + LENGTH,
        "created": MONDAY,
        "updated": MONDAY + timedelta(hours=1),
        "guests": tuple(Guest(email=p, answer=a) for p, a in zip(row.people, given, strict=False)),
    }
    return EventSeen(**{**values, **rest})  # type: ignore[arg-type]


def told(*rows: Pairing) -> tuple[str, ...]:
    """Return the keys of introductions that everybody of these pairings has got."""
    return tuple(f"introduction:{r.id}:{p}" for r in rows for p in r.people)


def asked(row: Pairing) -> tuple[str, ...]:
    """Return the same, with those of the mails that ask them to pick a time."""
    return (*told(row), *(f"pick-a-time:{row.id}:{p}" for p in row.people))


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A situation; unsaid: the moment of approval, everybody free and introduced."""

    pairings: tuple[Pairing, ...] = (booked(),)
    events: tuple[EventSeen, ...] = ()
    theirs: tuple[EventSeen, ...] = ()
    """What people made themselves."""
    now: datetime = MONDAY + timedelta(hours=2)
    busy: Mapping[str, Availability] = field(default_factory=lambda: FREE)
    requests: tuple[Request, ...] = ()
    letters: tuple[str, ...] | None = None
    settings: Settings = field(default_factory=Settings)
    people: Mapping[str, Person] = field(default_factory=lambda: PEOPLE)

    def plan(self) -> Plan:
        keys = told(*self.pairings) if self.letters is None else self.letters
        records = (planned(k.partition(":")[0], k, k.rpartition(":")[2], at=MONDAY) for k in keys)
        return decide(
            MeetingsSeen(
                programme=ProgrammeSeen(
                    now=self.now,
                    settings=self.settings,
                    people=self.people,
                    pairings=self.pairings,
                    requests=self.requests,
                ),
                letters={r.key: replace(r, state=LetterState.SENT) for r in records},
                events=our_meetings(self.events),
                theirs=self.theirs,
                busy=self.busy,
            )
        )


def words(plan: Plan) -> list[str]:
    return [_word(action) for action in plan.actions]


def _word(action: object) -> str:
    match action:
        case BookMeeting():
            number = action.booking.number
            which = f" meeting {number} after {action.pairing.meetings}," if number > 1 else ""
            return f"book {action.pairing.id}{which} {_at(action.slot.start)}"
        case MoveMeeting():
            return f"move {action.pairing.id} to {_at(action.slot.start)}, moves left: {int(not action.booking.moved)}"
        case NoteMeeting(pairing=row):
            return f"note {row.id} {row.meeting_state} {_at(row.meeting_start)}: {row.answers}".rstrip(" :")
        case CancelMeeting():
            return f"cancel {action.pairing.id}"
        case ChangeGuests():
            return f"invite {', '.join(action.new)} to {action.pairing.id}"
        case SendLetter():
            return f"{action.record.kind} to {action.person.name} of {action.pairing.id}"
    raise AssertionError(action)


def _at(moment: datetime | None) -> str:
    return f"{moment:%d %b %H:%M}" if moment else "-"


def asks(kind: Wish, person: Person, on: date, decision: str | None = None) -> Request:
    return Request(id="q", person=person.email, kind=kind, asked_on=on, decision=decision)


HELD = WEDNESDAY + LENGTH
SILENT = "Ada: no answer; Ben: no answer"
DECLINED = event(None, WEDNESDAY, "declined")
TRIED_ONCE = Booking(event=meeting_id(pairing()), start=WEDNESDAY, written=MONDAY, minutes=45, moved=True)
THREE = "Ada: declined; Ben: accepted; Cy: no answer"
ASKED = ["pick-a-time to Ada of ab", "pick-a-time to Ben of ab"]
OTHERS = pairing("cd", CY, DEE)
SERIES = replace(event(), is_series=True)
NEW_YEARS_EVE = datetime(2026, 12, 30, 10, tzinfo=UTC)
NOT_READ = replace(booked(), booking='{"event": 7')

SITUATIONS: dict[str, tuple[Seen, list[str]]] = {
    "does nothing without pairings": (Seen(pairings=()), []),
    "waits for approval": (Seen(pairings=(pairing(state=PairingState.PROPOSED),)), []),
    "books two days on and introduces both": (
        Seen(pairings=(pairing(),), letters=()),
        ["book ab 07 Jan 09:00", "introduction to Ada of ab", "introduction to Ben of ab"],
    ),
    "books two pairings, each by itself": (
        Seen(pairings=(pairing(), OTHERS)),
        ["book ab 07 Jan 09:00", "book cd 07 Jan 09:00"],
    ),
    "books one person's two pairings at two times": (
        Seen(pairings=(pairing(), pairing("ac", ADA, CY))),
        ["book ab 07 Jan 10:00", "book ac 07 Jan 09:00"],
    ),
    "books three people's meeting where all three are free": (
        Seen(
            pairings=(pairing("abc", ADA, BEN, CY),),
            busy=FREE | {CY.email: ((WEDNESDAY, WEDNESDAY + timedelta(hours=1)),)},
        ),
        ["book abc 07 Jan 10:15"],
    ),
    "books over the turn of the year, and on no Monday morning": (
        Seen(
            pairings=(pairing(approved_on=NEW_YEARS_EVE + timedelta(days=1)),),
            now=NEW_YEARS_EVE + timedelta(days=1),
        ),
        ["book ab 04 Jan 13:00"],
    ),
    "invites nobody to a meeting that begins within twenty hours": (
        Seen(pairings=(pairing(),), now=WEDNESDAY - timedelta(hours=20) + timedelta(minutes=1)),
        ["book ab 07 Jan 09:15"],
    ),
    "invites to one that begins in twenty hours": (
        Seen(pairings=(pairing(),), now=WEDNESDAY - timedelta(hours=20)),
        ["book ab 07 Jan 09:00"],
    ),
    "asks both to pick where no slot is found": (
        Seen(pairings=(pairing(),), busy=FREE | {ADA.email: ((MONDAY, MONDAY + timedelta(days=60)),)}),
        ["note ab asked to pick -"],
    ),
    "books nothing for somebody whose partner is off the roster": (
        Seen(pairings=(pairing(),), people={ADA.email: ADA}),
        [],
    ),
    "introduces nobody who has paused": (
        Seen(
            pairings=(pairing(),),
            letters=(),
            people=PEOPLE | {BEN.email: replace(BEN, taking_part=TakingPart.PAUSED)},
        ),
        ["book ab 07 Jan 09:00", "introduction to Ada of ab"],
    ),
    "leaves alone what is as it was noted": (
        Seen(pairings=(replace(booked(), answers=SILENT),), events=(event(),)),
        [],
    ),
    "takes up what a run that died had booked": (
        Seen(pairings=(pairing(),), events=(event(),)),
        [f"note ab invited 07 Jan 09:00: {SILENT}"],
    ),
    "notes that one accepts": (
        Seen(events=(event(None, WEDNESDAY, "accepted"),)),
        ["note ab invited 07 Jan 09:00: Ada: accepted; Ben: no answer"],
    ),
    "notes that both accept": (
        Seen(events=(event(None, WEDNESDAY, "accepted", "accepted"),)),
        ["note ab accepted 07 Jan 09:00: Ada: accepted; Ben: accepted"],
    ),
    "follows whoever moves it": (
        Seen(events=(event(None, WEDNESDAY + timedelta(days=1)),)),
        [f"note ab moved 08 Jan 09:00: {SILENT}"],
    ),
    "offers another slot to one who declines, three hours away at least": (
        Seen(events=(DECLINED,)),
        ["move ab to 07 Jan 13:00, moves left: 0"],
    ),
    "does not count a calendar's own decline as the one move": (
        Seen(events=(replace(DECLINED, updated=MONDAY + timedelta(minutes=1)),)),
        ["move ab to 07 Jan 13:00, moves left: 1"],
    ),
    "counts a decline a moment later": (
        Seen(events=(replace(DECLINED, updated=MONDAY + timedelta(minutes=1, seconds=1)),)),
        ["move ab to 07 Jan 13:00, moves left: 0"],
    ),
    "believes a calendar three times, and no more": (
        Seen(
            pairings=(booked(noted=replace(TRIED_ONCE, automatic=3)),),
            events=(replace(DECLINED, updated=MONDAY),),
        ),
        ["note ab asked to pick 07 Jan 09:00: Ada: declined; Ben: no answer", *ASKED],
    ),
    "asks them to pick after the second decline": (
        Seen(pairings=(booked(noted=TRIED_ONCE),), events=(DECLINED,)),
        ["note ab asked to pick 07 Jan 09:00: Ada: declined; Ben: no answer", *ASKED],
    ),
    "moves it once though the other had accepted": (
        Seen(events=(event(None, WEDNESDAY, "declined", "accepted"),)),
        ["move ab to 07 Jan 13:00, moves left: 0"],
    ),
    "still moves it a day before": (
        Seen(events=(DECLINED,), now=WEDNESDAY - timedelta(hours=24)),
        ["move ab to 08 Jan 09:00, moves left: 0"],
    ),
    "asks nobody to pick beside the next meeting": (
        Seen(pairings=(booked(state="asked to pick"),), events=(DECLINED,)),
        ["book ab meeting 2 after 2026-01-07 09:00 asked to pick, 04 Feb 09:00"],
    ),
    "goes on where a run died that had called a declined meeting off": (
        Seen(pairings=(booked(state="asked to pick"),), events=(replace(DECLINED, is_cancelled=True),)),
        ["book ab meeting 2 after 2026-01-07 09:00 cancelled, 04 Feb 09:00"],
    ),
    "leaves to three a meeting to which two of them still come": (
        Seen(
            pairings=(booked("abc", ADA, BEN, CY, state="asked to pick", answers=THREE),),
            events=(event(pairing("abc", ADA, BEN, CY), WEDNESDAY, "declined", "accepted"),),
            letters=asked(pairing("abc", ADA, BEN, CY)),
        ),
        [],
    ),
    "goes on after a declined meeting that somebody had moved": (
        Seen(
            pairings=(
                booked(
                    state="asked to pick",
                    meeting_start=WEDNESDAY + timedelta(days=1),
                    answers="Ada: declined; Ben: no answer",
                ),
            ),
            events=(event(None, WEDNESDAY + timedelta(days=1), "declined"),),
        ),
        ["book ab meeting 2 after 2026-01-08 09:00 asked to pick, 05 Feb 09:00"],
    ),
    "leaves a declined meeting that was made a whole day": (
        Seen(
            pairings=(
                booked(
                    state="asked to pick",
                    meeting_start=WEDNESDAY.replace(hour=12),
                    answers="all day, the hour is not known; Ada: declined; Ben: no answer",
                ),
            ),
            events=(event(None, WEDNESDAY.replace(hour=12), "declined", is_all_day=True),),
            letters=asked(pairing()),
        ),
        [],
    ),
    "takes it for declined where both left the event": (
        Seen(events=(event(None, WEDNESDAY, guests=()),)),
        ["move ab to 07 Jan 13:00, moves left: 0"],
    ),
    "goes by no guests that the calendar hides": (
        Seen(events=(event(None, WEDNESDAY, guests=(), hides_guests=True),)),
        ["note ab invited 07 Jan 09:00: the calendar shows no guests"],
    ),
    "follows an all-day meeting by its day": (
        Seen(events=(event(None, WEDNESDAY.replace(hour=12), is_all_day=True),)),
        [f"note ab moved 07 Jan 12:00: all day, the hour is not known; {SILENT}"],
    ),
    "never moves an all-day meeting that is declined": (
        Seen(events=(event(None, WEDNESDAY.replace(hour=12), "declined", is_all_day=True),)),
        [
            "note ab asked to pick 07 Jan 12:00: all day, the hour is not known; Ada: declined; Ben: no answer",
            *ASKED,
        ],
    ),
    "follows a series by its first occurrence": (
        Seen(events=(SERIES,)),
        [f"note ab invited 07 Jan 09:00: made a series by them; {SILENT}"],
    ),
    "follows the first occurrence that was moved alone": (
        Seen(
            events=(
                SERIES,
                event(None, WEDNESDAY + timedelta(days=2), id="p", part_of=SERIES.id, part_from=WEDNESDAY),
                event(
                    None,
                    WEDNESDAY + timedelta(days=7),
                    id="q",
                    part_of=SERIES.id,
                    part_from=WEDNESDAY + timedelta(days=7),
                ),
            )
        ),
        [f"note ab moved 09 Jan 09:00: made a series by them; {SILENT}"],
    ),
    "follows a series that was moved on from its beginning": (
        Seen(
            events=(
                replace(event(), is_cancelled=True),
                event(None, WEDNESDAY + timedelta(days=1), id="r", is_series=True),
            )
        ),
        [f"note ab moved 08 Jan 09:00: made a series by them; {SILENT}"],
    ),
    "leaves cancelled what a person cancelled, and goes on with the next meeting": (
        Seen(events=(replace(event(), is_cancelled=True, start=None, end=None),)),
        ["book ab meeting 2 after 2026-01-07 09:00 cancelled, 04 Feb 09:00"],
    ),
    "leaves whoever cancels two in a row alone": (
        Seen(
            pairings=(booked(meetings="2026-01-05 09:00 cancelled"),),
            events=(replace(event(), is_cancelled=True),),
        ),
        [f"note ab cancelled 07 Jan 09:00: {SILENT}"],
    ),
    "touches nothing about an event that can't be read": (
        Seen(events=(event(None, WEDNESDAY, start=None, end=None, oddity="it has no start"),), letters=()),
        ["introduction to Ada of ab", "introduction to Ben of ab"],
    ),
    "books nothing over notes that can't be read": (Seen(pairings=(NOT_READ,)), []),
    "finds its notes on the event again": (
        Seen(pairings=(NOT_READ,), events=(event(),)),
        [f"note ab invited 07 Jan 09:00: {SILENT}"],
    ),
    "books the next meeting, four weeks on, once the first is over": (
        Seen(events=(event(None, WEDNESDAY, "accepted", "accepted"),), now=HELD),
        ["book ab meeting 2 after 2026-01-07 09:00 held, 04 Feb 09:00"],
    ),
    "says that nobody knows, where not all had accepted": (
        Seen(events=(event(None, WEDNESDAY, "accepted"),), now=HELD),
        ["book ab meeting 2 after 2026-01-07 09:00 not known, 04 Feb 09:00"],
    ),
    "says held once it is over, and books none where pairs plan their own": (
        Seen(
            events=(event(None, WEDNESDAY, "accepted", "accepted"),),
            now=HELD,
            settings=Settings(meeting_weeks=0),
        ),
        ["note ab held 07 Jan 09:00: Ada: accepted; Ben: accepted"],
    ),
    "says nothing of held a moment before": (
        Seen(
            pairings=(replace(booked(), answers=SILENT),), events=(event(),), now=HELD - timedelta(seconds=1)
        ),
        [],
    ),
    "books the next one soon for whoever wrote that they had not met": (
        Seen(
            pairings=(booked(state="held"),),
            events=(event(),),
            now=HELD + timedelta(days=1),
            requests=(asks(Wish.NOT_MET, BEN, WEDNESDAY.date()),),
        ),
        ["book ab meeting 2 after 2026-01-07 09:00 not met, 12 Jan 13:00"],
    ),
    "books the next one in its time for a word from before the meeting": (
        Seen(
            pairings=(replace(booked(state="held"), answers=SILENT),),
            events=(event(),),
            now=HELD + timedelta(days=1),
            requests=(asks(Wish.NOT_MET, BEN, WEDNESDAY.date() - timedelta(days=1)),),
        ),
        ["book ab meeting 2 after 2026-01-07 09:00 not known, 04 Feb 09:00"],
    ),
    "books the next one in its time for another pairing's word": (
        Seen(
            pairings=(replace(booked(state="held"), answers=SILENT),),
            events=(event(),),
            now=HELD + timedelta(days=1),
            requests=(asks(Wish.NOT_MET, CY, WEDNESDAY.date()),),
        ),
        ["book ab meeting 2 after 2026-01-07 09:00 not known, 04 Feb 09:00"],
    ),
    "invites somebody who joined": (
        Seen(
            pairings=(
                booked("abc", ADA, BEN, CY, answers="Ada: no answer; Ben: no answer; Cy: no longer a guest"),
            ),
            events=(event(pairing("abc", ADA, BEN)),),
            letters=told(pairing("abc", ADA, BEN)),
        ),
        ["invite cy@example.com to abc", "introduction to Cy of abc"],
    ),
    "leaves off the event who took themselves off": (
        Seen(
            pairings=(replace(booked(), answers="Ada: no answer; Ben: no longer a guest"),),
            events=(event(None, WEDNESDAY, guests=(Guest(email=ADA.email, answer="needsAction"),)),),
        ),
        [],
    ),
    "cancels the meeting ahead of an ended pairing and tells both": (
        Seen(pairings=(replace(booked(), state=PairingState.ENDED),), events=(event(),)),
        ["cancel ab", "partner-left to Ada of ab", "partner-left to Ben of ab"],
    ),
    "leaves an ended pairing its meeting once they moved it": (
        Seen(
            pairings=(replace(booked(), state=PairingState.ENDED),),
            events=(event(None, WEDNESDAY + timedelta(hours=1)),),
        ),
        ["partner-left to Ada of ab", "partner-left to Ben of ab"],
    ),
    "leaves an ended pairing a meeting that is less than a day off": (
        Seen(
            pairings=(replace(booked(), state=PairingState.ENDED),),
            events=(event(),),
            now=WEDNESDAY - timedelta(hours=24) + timedelta(seconds=1),
        ),
        ["partner-left to Ada of ab", "partner-left to Ben of ab"],
    ),
    "tells people also of an ended pairing that has met": (
        Seen(pairings=(replace(booked(), state=PairingState.ENDED),), events=(event(),), now=HELD),
        ["partner-left to Ada of ab", "partner-left to Ben of ab"],
    ),
    "cancels what a run that died had booked for a pairing that has ended since": (
        Seen(pairings=(pairing(state=PairingState.ENDED),), events=(event(),)),
        ["cancel ab", "partner-left to Ada of ab", "partner-left to Ben of ab"],
    ),
    "says that an ended pairing's meeting is cancelled, though a run died over it": (
        Seen(
            pairings=(replace(booked(), state=PairingState.ENDED),),
            events=(replace(event(), is_cancelled=True),),
            letters=(*told(pairing()), *(f"partner-left:ab:{p}" for p in pairing().people)),
        ),
        ["note ab cancelled 07 Jan 09:00"],
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_decides_by_the_situation(name: str) -> None:
    seen, expected = SITUATIONS[name]
    assert words(seen.plan()) == expected
