"""A quarter of six people who move, decline, delete and repeat their meetings, or make their own, while Google fails.

At every third day some of them do something to what is in their calendar; then ``book_first_meetings`` runs, disturbed
in some way that a seed throws, and runs on until it has nothing to do. Sheet and calendars must agree each time. This
reads them raw and shares no code with what decides.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise, zip_longest
from typing import Any

from schedules import LEASE_IS_OVER, MOST_RUNS, WAYS, Mortal, forget_tokens, run_once

from cast import EVENTS, Cast
from checker import SHEETS
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import InProcessAdapter

JOB = JOBS["book_first_meetings"]
FIRST = datetime(2026, 1, 8, 9, 10, tzinfo=UTC)
DAYS, EVERY = 84, 3
MOST_CALLS = 25
Event = dict[str, Any]
Act = Callable[["Person", Event], None]


@dataclass(slots=True)
class Played:
    """What came of a quarter: what is wrong, how often a pair had a meeting ahead, and how far apart meetings were."""

    wrong: list[str] = field(default_factory=list)
    looks: int = 0
    ahead: int = 0
    excused: int = 0
    """Looks at pairs without one that have deleted or were asked to pick theirs, or whose round ends within weeks."""
    gaps: list[float] = field(default_factory=list)
    moves: int = 0
    """The most often that we moved one meeting."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with their own calendar."""

    cast: Cast
    email: str

    def ahead(self) -> Event | None:
        """Return the meeting of ours that is next in their calendar."""
        now = self.cast.clock.now()
        found = [e for e in self.cast.events(self.email) if e["status"] != "cancelled" and _start(e) > now]
        return min(found, key=_start, default=None)

    def change(self, event: Event, body: Event) -> None:
        session = self.cast.company.session(self.email)
        session.patch(f"{EVENTS}/{event['id']}", params={"sendUpdates": "all"}, json=body).raise_for_status()

    def answer(self, event: Event, answer: str) -> None:
        mine = {"responseStatus": answer}
        guests = [{**g, **(mine if g["email"] == self.email else {})} for g in event.get("attendees", ())]
        self.change(event, {"attendees": guests})


def _accepts(person: Person, event: Event) -> None:
    person.answer(event, "accepted")


def _declines(person: Person, event: Event) -> None:
    person.answer(event, "declined")


def _moves(person: Person, event: Event) -> None:
    person.change(event, _times(_start(event) + timedelta(days=2), 45))


def _makes_it_longer(person: Person, event: Event) -> None:
    person.change(event, _times(_start(event), 90))


def makes_it_a_day(person: Person, event: Event) -> None:
    day = _start(event).date()
    person.change(event, {"start": {"date": f"{day}"}, "end": {"date": f"{day + timedelta(days=1)}"}})


def makes_it_a_series(person: Person, event: Event) -> None:
    body = {"recurrence": ["RRULE:FREQ=WEEKLY;INTERVAL=3;COUNT=3"], **_times(_start(event), 45)}
    body["start"]["timeZone"] = body["end"]["timeZone"] = "Europe/Berlin"
    person.change(event, body)


def _deletes(person: Person, event: Event) -> None:
    session = person.cast.company.session(person.email)
    session.delete(f"{EVENTS}/{event['id']}", params={"sendUpdates": "all"})


def _lets_it_be_deleted(person: Person, event: Event) -> None:
    mailbox = person.cast.company.session(person.cast.company.config.mailbox)
    mailbox.delete(f"{EVENTS}/{event['id']}", params={"sendUpdates": "all"})


def _makes_their_own(person: Person, event: Event) -> None:
    body = {
        "summary": f"Just us, thought of on {person.cast.clock.now()}",
        "attendees": _with_mailbox(person, event),
        **_times(_start(event) + timedelta(days=5), 45),
    }
    _invites(person, body)


def _makes_their_own_series(person: Person, event: Event) -> None:
    begins = person.cast.clock.now() + timedelta(days=3)
    body = {
        "summary": f"Us, every week, thought of on {person.cast.clock.now()}",
        "attendees": _with_mailbox(person, event),
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5"],
        **_times(begins, 45),
    }
    body["start"]["timeZone"] = body["end"]["timeZone"] = "UTC"
    _invites(person, body)


def _with_mailbox(person: Person, event: Event) -> list[Event]:
    guests = [{"email": g["email"]} for g in event.get("attendees", ())]
    return [*guests, {"email": person.cast.company.config.mailbox}]


def _invites(person: Person, body: Event) -> None:
    session = person.cast.company.session(person.email)
    session.post(EVENTS, params={"sendUpdates": "all"}, json=body)


ACTS: tuple[tuple[Act, int], ...] = (
    (_accepts, 50),
    (_declines, 14),
    (_moves, 10),
    (_makes_it_longer, 4),
    (makes_it_a_day, 3),
    (makes_it_a_series, 4),
    (_deletes, 6),
    (_lets_it_be_deleted, 4),
    (_makes_their_own, 5),
    (_makes_their_own_series, 3),
)


class Quarter:
    """The company with its pairs approved; each play begins from the same snapshot."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        cast.clock.set(FIRST - timedelta(days=3))
        cast.run("pair_people")
        cast.clock.set(FIRST)
        cast.run("pair_people")
        self._before = cast.company.workspace.store.snapshot()

    def play(self, seed: int) -> Played:
        workspace, dice = self.cast.company.workspace, random.Random(f"quarter {seed}")  # noqa: S311 - repeatable
        workspace.faults.clear()
        workspace.calls.clear()
        workspace.store.restore(self._before)
        forget_tokens(self.cast)
        played, put = Played(), defaultdict[str, set[str]](set)
        for day in range(0, DAYS, EVERY):
            self.cast.clock.set(FIRST + timedelta(days=day, minutes=dice.randint(0, 50)))
            self._people_act(dice)
            self._run(dice)
            self._look(played, put)
        played.wrong += self.cast.checker().faults()
        played.moves = max(len(starts) - 1 for starts in put.values())
        played.wrong += [f"{key} was moved {len(s) - 1} times" for key, s in put.items() if len(s) > 2]
        played.gaps += _gaps(self._ours().values())
        return played

    def _people_act(self, dice: random.Random) -> None:
        people = [u.email for u in self.cast.company.workspace.users()]
        acts, weights = zip(*ACTS, strict=True)
        for email in dice.sample(people, dice.randint(0, 4)):
            person = Person(self.cast, email)
            event = person.ahead()
            if event and email != self.cast.company.config.mailbox:
                dice.choices(acts, weights)[0](person, event)

    def _run(self, dice: random.Random) -> None:
        """Run once, and that must do; or disturbed, and on until nothing is left to do."""
        inner = InProcessAdapter(self.cast.company.front)
        if dice.random() >= 0.5:
            run_once(self.cast, JOB, inner)
            return
        how = WAYS[dice.choice(sorted(WAYS))](self.cast, dice.randint(1, MOST_CALLS))
        run_once(self.cast, JOB, Mortal(inner, **how))
        self.cast.company.workspace.faults.clear()
        for _ in range(MOST_RUNS):
            self.cast.wait(**LEASE_IS_OVER)
            if run_once(self.cast, JOB, inner):
                return
        raise AssertionError("it never came to rest")

    def _ours(self) -> dict[str, list[Event]]:
        """Return our events by pairing, in the mailbox's calendar, as their organiser's."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self._all():
            if private := _private(event):
                found[private["pairing"]].append(event)
        return found

    def _all(self) -> list[Event]:
        session = self.cast.company.session(self.cast.company.config.mailbox)
        params = {"showDeleted": "true", "maxResults": "2500"}
        return list(session.get(EVENTS, params=params).json()["items"])

    def _rows(self) -> list[dict[str, str]]:
        """Return the tab Pairings, read by one call."""
        session = self.cast.company.session(self.cast.company.admin)
        params = {"valueRenderOption": "FORMATTED_VALUE"}
        url = f"{SHEETS}/{self.cast.company.config.programme_spreadsheet}/values/'Pairings'"
        header, *rows = session.get(url, params=params).json()["values"]
        return [dict(zip_longest(header, row, fillvalue="")) for row in rows if any(row)]

    def _look(self, played: Played, put: dict[str, set[str]]) -> None:
        now, everything = self.cast.clock.now(), self._all()
        for row in self._rows():
            ours = [e for e in everything if _private(e).get("pairing") == row["Pairing"]]
            for event in ours:
                put[_private(event)["key"]].add(_private(event)["put"])
            theirs = [e for e in everything if not _private(e) and _is_of(e, row["Addresses"])]
            where = f"{now:%Y-%m-%d}, {row['People']}"
            wrong = [*_wrong(row, ours, now), *_beside_theirs(ours, theirs, now)]
            played.wrong += [f"{where}: {line}" for line in wrong]
            played.looks += 1
            if any(_is_ahead(e, now) for e in [*ours, *theirs]):
                played.ahead += 1
            elif row["Meeting state"] in {"cancelled", "asked to pick"} or now > FIRST + timedelta(days=63):
                played.excused += 1


def _wrong(row: Mapping[str, str], ours: list[Event], now: datetime) -> Iterator[str]:
    """Yield where the sheet and the calendar don't agree, and where there is more than one meeting ahead."""
    standing = {_private(e)["key"] for e in ours if _is_ahead(e, now)}
    if len(standing) > 1:
        yield f"{len(standing)} meetings ahead"
    numbers = {int(_private(e)["number"]) for e in ours}
    if numbers != set(range(1, len(numbers) + 1)):
        yield f"meetings {sorted(numbers)}"
    last = [e for e in ours if int(_private(e)["number"]) == max(numbers, default=0)]
    shown = row["Next meeting"] if row["Meetings so far"] else row["First meeting"]
    known = json.loads(row["For Peerpact"] or "{}")
    if known.get("event") not in {None, *(_private(e)["key"] for e in last)}:
        yield "the sheet tells of another event"
    if len(last) != 1 or "recurrence" in last[0] or not known.get("event"):
        return
    event, state = last[0], row["Meeting state"]
    if (event["status"] == "cancelled") != (state == "cancelled"):
        yield f"the event is {event['status']}, the sheet says {state}"
    if event["status"] == "cancelled":
        return
    if shown and "dateTime" in event["start"] and shown != f"{_start(event):%Y-%m-%d %H:%M}":
        yield f"the event is at {_start(event)}, the sheet says {shown}"
    yield from _state_wrong(event, state, now)


def _beside_theirs(ours: list[Event], theirs: list[Event], now: datetime) -> Iterator[str]:
    """Yield the meetings that we left beside a series of their own, though nobody had changed them."""
    week = timedelta(days=7)
    series = [e for e in theirs if "recurrence" in e and e["status"] != "cancelled" and _all_come(e)]
    for event in ours:
        if event["status"] == "cancelled" or "recurrence" in event or _start(event) <= now:
            continue
        as_put = _private(event)["put"] == _start(event).isoformat()
        is_whole = as_put and _end(event) - _start(event) == timedelta(minutes=45)
        weeks = [(_start(e) - week, _start(e) + 5 * week) for e in series]
        if is_whole and any(first <= _start(event) <= last for first, last in weeks):
            yield "a meeting beside a series of their own"


def _all_come(event: Event) -> bool:
    return all(g.get("responseStatus") != "declined" for g in event.get("attendees", ()))


def _state_wrong(event: Event, state: str, now: datetime) -> Iterator[str]:
    guests = {
        g["email"]: g.get("responseStatus") for g in event.get("attendees", ()) if not g.get("organizer")
    }
    declined = "declined" in guests.values() or not guests
    passed = _end(event) <= now
    if declined and state not in {"declined", "asked to pick"}:
        yield f"somebody declined, the sheet says {state}"
    if not declined and passed and state not in {"held", "not known"}:
        yield f"it is over, the sheet says {state}"
    if not declined and not passed and state not in {"invited", "accepted", "moved", "asked to pick"}:
        yield f"it is ahead, the sheet says {state}"


def _gaps(of_pairings: Any) -> Iterator[float]:
    """Yield the months from one meeting that took its time to the next, pairing by pairing."""
    for events in of_pairings:
        starts = sorted(_start(e) for e in events if e["status"] != "cancelled")
        yield from ((b - a) / timedelta(days=365.25 / 12) for a, b in pairwise(starts))


def _is_of(event: Event, addresses: str) -> bool:
    there = {g["email"] for g in event.get("attendees", ())} | {event.get("organizer", {}).get("email")}
    return set(addresses.split(", ")) <= there


def _is_ahead(event: Event, now: datetime) -> bool:
    if event["status"] == "cancelled" or "start" not in event:
        return False
    repeats = timedelta(days=42) if "recurrence" in event else timedelta()
    return _end(event) + repeats > now


def _private(event: Event) -> dict[str, str]:
    private: dict[str, str] = event.get("extendedProperties", {}).get("private", {})
    return private if "peerpact" in private else {}


def _start(event: Event) -> datetime:
    return _moment(event["start"])


def _end(event: Event) -> datetime:
    return _moment(event["end"])


def _moment(side: Mapping[str, str]) -> datetime:
    moment = datetime.fromisoformat(side.get("dateTime") or f"{side['date']}T12:00:00+00:00")
    return moment.astimezone(UTC)


def _times(start: datetime, minutes: int) -> Event:
    end = start + timedelta(minutes=minutes)
    return {
        "start": {"dateTime": start.isoformat(), "date": None, "timeZone": "UTC"},
        "end": {"dateTime": end.isoformat(), "date": None, "timeZone": "UTC"},
    }
