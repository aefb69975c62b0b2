"""The job ``book_first_meetings``: books each pair's first meeting, introduces partners, follows what people do.

The calendar is the truth about a meeting: every run reads it back. The column *For Peerpact* keeps what only we
know: which event is ours, where we put it, when we last wrote it, whether it was moved once already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from peerpact.google.access import Access
from peerpact.google.calendars import moment
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.jobs.meetings import (
    AddGuest,
    BookMeeting,
    CancelMeeting,
    MoveMeeting,
    NoteMeeting,
    Notes,
    SendLetter,
    Situation,
    meeting_id,
    people_of,
)
from peerpact.programme.correspondence import LetterState, planned
from peerpact.programme.meetings import (
    EventSeen,
    Followed,
    Guest,
    MeetingRecord,
    MeetingRules,
    MeetingState,
    MeetingWish,
    NextStep,
    NoSlot,
    Slot,
    choose_slots,
    follow,
    may_touch,
    no_slot,
    read_avoided,
    window_of,
)
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.requests import Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings
from peerpact.tables.records import pairing_row, read_guidance, read_letters

LOOK_BACK = timedelta(days=45)
"""Events that ended longer ago are not read back any more."""
SOONEST = timedelta(hours=20)
"""Nobody is invited to a meeting that begins sooner."""


def gather(access: Access, now: datetime) -> Situation:
    programme = read_programme(access.programme, now, ("Guidance", "Letters"))
    any_meeting = any(p.state is PairingState.APPROVED or p.bookkeeping for p in programme.pairings)
    events = access.calendar.ours(now - LOOK_BACK) if any_meeting else {}
    blank = Situation(
        programme=programme,
        config=access.config,
        guidance=read_guidance(access.programme.contents("Guidance")),
        letters=read_letters(access.programme.contents("Letters")),
        events=events,
        busy={},
    )
    wishes = [w for w, _ in _wishes(blank)]
    if not wishes:
        return blank
    rules = rules_of(programme.settings)
    windows = [window_of(max(w.approved_at, now - timedelta(days=14)), rules) for w in wishes]
    people = {p.email for w in wishes for p in w.people}
    end = max(w[1] for w in windows) + timedelta(days=rules.latest_working_day * 2)
    return replace(blank, busy=access.calendar.free_busy(people, now, end))


def decide(situation: Situation) -> Plan:
    programme = situation.programme
    wishes = _wishes(situation)
    slots = choose_slots(
        [w for w, _ in wishes],
        availability=situation.busy,
        rules=rules_of(programme.settings),
        edges_taken=_edges_taken(programme),
    )
    actions: list[Any] = []
    problems = list(_rule_problems(programme.settings))
    for wish, pairing in wishes:
        slot = slots[wish.key]
        if isinstance(slot, Slot):
            actions.append(_booking(pairing, wish, slot, situation))
        else:
            problems.append(_no_slot(pairing, programme, slot))
            noted = replace(pairing, meeting_state=str(MeetingState.ASKED_TO_PICK), meeting_start=None)
            actions.append(NoteMeeting(pairing=noted))
            actions += _letters("pick-a-time", noted, situation)
    problems += _still_without(programme)
    actions += _followed(situation, {p.id for _, p in wishes})
    actions += _endings(situation)
    actions += _introductions(situation, actions)
    actions += _begun(situation, {a.key for a in actions})
    written_to = frozenset(_written_to(actions))
    return Plan(
        actions=tuple(actions),
        problems=tuple(dict.fromkeys(problems)),
        writes_to=written_to,
        most_letters=programme.settings.most_letters,
    )


def act(plan: Plan, situation: Situation, access: Access, run: Run) -> Done:
    """Calendar first, then the sheet, then the letters, which tell the time that the calendar has."""
    from peerpact.jobs import inviting  # noqa: PLC0415 - most runs find nothing to say

    before = {p.id: p for p in situation.programme.pairings}
    after, people = dict(before), situation.programme.people
    left = _by_pairing(plan)

    def follow_one(pairing: str) -> None:
        for action in left[pairing]:
            _act_on_calendar(action, situation, access, run, after)
        del left[pairing]

    try:
        access.workers.each(follow_one, list(left), run.time_left)
    finally:
        rows = [pairing_row(p, people) for key, p in after.items() if p != before[key]]
        access.programme.commit([Upsert("Pairings", rows)])
    if left:
        return Done(finished=False)
    letters = [inviting.letter(a, after, situation) for a in plan.actions if isinstance(a, SendLetter)]
    return after_posting(access.outbox(access.programme).send(letters, **run.posting))


def _by_pairing(plan: Plan) -> dict[str, list[Any]]:
    """Return what there is to do in the calendar for each pairing, in order; pairings may go side by side."""
    found: dict[str, list[Any]] = {}
    for action in plan.actions:
        if not isinstance(action, SendLetter):
            found.setdefault(action.pairing.id, []).append(action)
    return found


def _act_on_calendar(
    action: Any, situation: Situation, access: Access, run: Run, after: dict[str, Pairing]
) -> None:
    from peerpact.jobs import inviting  # noqa: PLC0415

    if isinstance(action, BookMeeting):
        event = access.calendar.insert(inviting.event_of(action, situation))
        booked = _booked(action.pairing, action.slot, event, run.now(), action.generation)
        after[action.pairing.id] = _with_answers(booked, event, situation)
    elif isinstance(action, MoveMeeting):
        times = inviting.times_of(action.slot)
        guests = [{"email": p.email, "responseStatus": "needsAction"} for p in action.people]
        changes = {
            **times,
            "attendees": guests,
            **inviting.private_of(action.pairing, action.event["id"], action.slot.start),
        }
        patched = access.calendar.patch(action.event, changes)
        if patched is None:  # somebody was quicker: the next run follows what they did
            return
        moved = _booked(action.pairing, action.slot, patched, run.now(), Notes.of(action.pairing).generation)
        after[action.pairing.id] = _with_answers(moved, patched, situation)
    elif isinstance(action, AddGuest):
        patched = access.calendar.patch(action.event, {"attendees": list(action.guests)})
        if patched is None:
            return
        known = after[action.pairing.id]
        notes = replace(Notes.of(known), written=run.now().isoformat())
        after[action.pairing.id] = _with_answers(replace(known, bookkeeping=notes.text()), patched, situation)
    elif isinstance(action, CancelMeeting):
        access.calendar.cancel(action.event_id)
        after[action.pairing.id] = replace(action.pairing, meeting_state=str(MeetingState.CANCELLED))
    elif isinstance(action, NoteMeeting):
        after[action.pairing.id] = action.pairing


def rules_of(settings: Settings) -> MeetingRules:
    try:
        avoid = read_avoided(settings.avoid)
    except ValueError:
        avoid = read_avoided("")
    return MeetingRules(
        length=settings.meeting_minutes,
        earliest_working_day=settings.earliest_working_day,
        latest_working_day=settings.latest_working_day,
        buffer=settings.buffer_minutes,
        avoid=avoid,
    )


def _rule_problems(settings: Settings) -> list[Problem]:
    try:
        read_avoided(settings.avoid)
    except ValueError as error:
        remedy = "Enter days, or days with hours, such as Wed; Fri 14:00-18:00."
        what = f"Hours to avoid: {error}. Nothing is avoided until then."
        return [Problem(tab="Settings", row_key="Hours to avoid", column="Value", what=what, remedy=remedy)]
    return []


def _wishes(situation: Situation) -> list[tuple[MeetingWish, Pairing]]:
    """Return the pairings that need a slot: never booked, declined and to be tried again, or not met after all."""
    wishes = []
    for pairing in situation.programme.pairings:
        people = people_of(pairing, situation.programme)
        if pairing.state is not PairingState.APPROVED or len(people) < 2 or pairing.approved_on is None:
            continue
        found = _needs_slot(pairing, situation)
        event = situation.events.get(Notes.of(pairing).event)
        known = _taken_up(pairing, event) if event else pairing
        if found is not None:
            now = situation.programme.now
            wishes.append(
                (
                    MeetingWish(
                        key=pairing.id,
                        people=people,
                        approved_at=pairing.approved_on if not found else max(pairing.approved_on, now),
                        after=now + SOONEST,
                        tried=found,
                    ),
                    known,
                )
            )
    return wishes


def _needs_slot(pairing: Pairing, situation: Situation) -> tuple[datetime, ...] | None:
    """Return the starts that were tried before, or None when no slot is needed."""
    notes = Notes.of(pairing)
    if pairing.meeting_state == MeetingState.ASKED_TO_PICK:
        return None
    event = situation.events.get(notes.event or meeting_id(pairing))
    if event is None:
        return () if not notes.event else None
    pairing = _taken_up(pairing, event)
    notes = Notes.of(pairing)
    if _says_not_met(pairing, situation) and notes.generation == 1:
        return (moment(event["start"]["dateTime"]),)
    followed = _follow(pairing, event, situation)
    if followed.step is not NextStep.ANOTHER_SLOT:
        return None
    return (*(datetime.fromisoformat(t) for t in notes.tried), followed.start)


def _says_not_met(pairing: Pairing, situation: Situation) -> bool:
    """Tell whether one of them wrote, after the meeting's time, that they have not met."""
    if pairing.meeting_state != MeetingState.HELD or pairing.meeting_start is None:
        return False
    return any(
        r.kind is Wish.NOT_MET and r.person in pairing.people and r.asked_on >= pairing.meeting_start.date()
        for r in situation.programme.requests
    )


def _booking(
    pairing: Pairing, wish: MeetingWish, slot: Slot, situation: Situation
) -> BookMeeting | MoveMeeting:
    notes = Notes.of(pairing)
    if wish.tried and pairing.meeting_state == MeetingState.HELD:
        return BookMeeting(pairing=pairing, people=wish.people, slot=slot, generation=notes.generation + 1)
    if wish.tried:
        event = situation.events[notes.event or meeting_id(pairing)]
        marked = _marked_as_moved(pairing, wish, situation)
        return MoveMeeting(pairing=marked, people=wish.people, slot=slot, event=event)
    return BookMeeting(pairing=pairing, people=wish.people, slot=slot, generation=notes.generation)


def _marked_as_moved(pairing: Pairing, wish: MeetingWish, situation: Situation) -> Pairing:
    """Note the starts that were tried, and whether this uses up the one move or was a calendar's own decline."""
    notes = Notes.of(pairing)
    followed = _follow(pairing, situation.events[notes.event or meeting_id(pairing)], situation)
    marked = replace(
        notes,
        moved=notes.moved or not followed.automatic,
        automatic=notes.automatic + followed.automatic,
        tried=tuple(t.isoformat() for t in wish.tried),
    )
    return replace(pairing, bookkeeping=marked.text())


def _booked(
    pairing: Pairing, slot: Slot, event: Mapping[str, Any], now: datetime, generation: int
) -> Pairing:
    """Return the pairing with its meeting as the calendar has it, which may be an earlier run's."""
    start = moment(event["start"]["dateTime"])
    quality = slot.quality if start == slot.start else ""
    notes = replace(
        Notes.of(pairing),
        event=event["id"],
        start=start.isoformat(),
        written=now.isoformat(),
        minutes=(moment(event["end"]["dateTime"]) - start) // timedelta(minutes=1),
        generation=generation,
        quality=str(quality),
        edge=slot.at_the_edge if quality else (),
        unknown=slot.unknown if quality else (),
    )
    cancelled = event.get("status") == "cancelled"
    return replace(
        pairing,
        meeting_start=start,
        meeting_state=str(MeetingState.CANCELLED if cancelled else MeetingState.INVITED),
        answers="",
        link=event.get("htmlLink", ""),
        bookkeeping=notes.text(),
    )


def _with_answers(pairing: Pairing, event: Mapping[str, Any], situation: Situation) -> Pairing:
    """Return the pairing with what the calendar answered to our own call, so that the next run finds no news."""
    if event.get("status") == "cancelled":
        return pairing
    followed = _follow(pairing, event, situation)
    return replace(pairing, meeting_state=str(followed.state), answers=followed.answers)


def _followed(situation: Situation, wishing: set[str]) -> list[Any]:
    """Return what the calendar has to say about standing pairings' meetings."""
    actions: list[Any] = []
    for pairing in situation.programme.pairings:
        notes = Notes.of(pairing)
        event = situation.events.get(notes.event or meeting_id(pairing))
        if pairing.state is not PairingState.APPROVED or pairing.id in wishing or event is None:
            continue
        known = _taken_up(pairing, event)
        followed = _follow(known, event, situation)
        noted = replace(
            known,
            meeting_start=followed.start,
            meeting_state=str(followed.state),
            answers=followed.answers,
            link=event.get("htmlLink", pairing.link),
        )
        if followed.step is NextStep.ASK_TO_PICK:
            noted = replace(noted, meeting_state=str(MeetingState.ASKED_TO_PICK))
            actions += _letters("pick-a-time", noted, situation)
        if noted != pairing:
            actions.append(NoteMeeting(pairing=noted))
        actions += _missing_guests(noted, event, situation)
    return actions


def _taken_up(pairing: Pairing, event: Mapping[str, Any]) -> Pairing:
    """Return the pairing with what a run that died did to its event: booked it, or moved it to where it is now."""
    notes = Notes.of(pairing)
    if event.get("status") == "cancelled" and notes.event:
        return pairing
    start = moment(event["start"]["dateTime"]).isoformat()
    private = event.get("extendedProperties", {}).get("private", {})
    if not notes.event:
        taken = Notes(event=event["id"], start=start, written=event["updated"])
        return replace(pairing, bookkeeping=taken.text())
    if private.get("put") != start or notes.start == start:
        return pairing
    moved = replace(
        notes,
        start=start,
        written=event["updated"],
        moved=private.get("moved") == "1",
        automatic=int(private.get("automatic", "0")),
        tried=(*notes.tried, notes.start),
        quality="",
        edge=(),
        unknown=(),
    )
    return replace(pairing, bookkeeping=moved.text())


def _follow(pairing: Pairing, event: Mapping[str, Any], situation: Situation) -> Followed:
    names = {e: situation.programme.name(e) for e in pairing.people}
    return follow(_record(pairing, event), _seen(event), names=names, now=situation.programme.now)


def _record(pairing: Pairing, event: Mapping[str, Any]) -> MeetingRecord:
    notes = Notes.of(pairing)
    start = moment(event["start"]["dateTime"])
    return MeetingRecord(
        event_id=event["id"],
        start=datetime.fromisoformat(notes.start) if notes.start else start,
        minutes=notes.minutes,
        written_at=datetime.fromisoformat(notes.written) if notes.written else moment(event["created"]),
        moved_by_us=notes.moved,
        automatic_tries=notes.automatic,
        state=MeetingState(pairing.meeting_state) if pairing.meeting_state else MeetingState.INVITED,
    )


def _seen(event: Mapping[str, Any]) -> EventSeen:
    return EventSeen(
        is_cancelled=event.get("status") == "cancelled",
        start=moment(event["start"]["dateTime"]),
        end=moment(event["end"]["dateTime"]),
        updated=moment(event["updated"]),
        guests=tuple(
            Guest(email=a["email"].lower(), answer=a["responseStatus"], commented=bool(a.get("comment")))
            for a in event.get("attendees", ())
            if not a.get("organizer")
        ),
    )


def _missing_guests(pairing: Pairing, event: Mapping[str, Any], situation: Situation) -> list[AddGuest]:
    """Invite somebody who joined the pairing after its meeting was booked, if there is still time."""
    seen = _seen(event)
    if seen.is_cancelled or seen.start - situation.programme.now < timedelta(hours=24):
        return []
    there = {g.email for g in seen.guests}
    new = [{"email": e} for e in pairing.people if e not in there and _joined_later(e, pairing, situation)]
    guests = (*event.get("attendees", ()), *new)
    return [AddGuest(pairing=pairing, event=event, guests=guests)] if new else []


def _joined_later(email: str, pairing: Pairing, situation: Situation) -> bool:
    """Somebody who was never introduced in this pairing has joined; others took themselves off the event."""
    return f"introduction:{pairing.id}:{email}" not in situation.letters


def _endings(situation: Situation) -> list[Any]:
    """Return what pairings that ended leave to do: cancel the meeting ahead, once, and tell who is left.

    A meeting that is near, or that somebody changed after us, is theirs: it is not touched, only spoken of.
    """
    actions: list[Any] = []
    now = situation.programme.now
    for pairing in situation.programme.pairings:
        event = situation.events.get(Notes.of(pairing).event)
        if pairing.state is not PairingState.ENDED or event is None or _was_over(pairing, now):
            continue
        if event.get("status") == "cancelled":
            cancelled = replace(pairing, meeting_state=str(MeetingState.CANCELLED))
            # by a run that died before it could say so
            actions += [NoteMeeting(pairing=cancelled)] if cancelled != pairing else []
        elif may_touch(_record(pairing, event), _seen(event), now=now):
            actions.append(CancelMeeting(pairing=pairing, event_id=event["id"]))
        actions += _letters("partner-left", pairing, situation)
    return actions


def _was_over(pairing: Pairing, now: datetime) -> bool:
    return pairing.meeting_start is None or pairing.meeting_start <= now


def _introductions(situation: Situation, actions: list[Any]) -> list[SendLetter]:
    """Introduce partners once their meeting is booked, or once it is clear that they pick their own time."""
    booked = {a.pairing.id for a in actions if isinstance(a, BookMeeting)}
    to_pick = {a.pairing.id for a in actions if isinstance(a, NoteMeeting) and not Notes.of(a.pairing).event}
    return [
        letter
        for pairing in situation.programme.pairings
        if pairing.state is PairingState.APPROVED
        and (pairing.id in booked | to_pick or pairing.meeting_state or _has_event(pairing, situation))
        for letter in _letters("introduction", pairing, situation)
    ]


def _has_event(pairing: Pairing, situation: Situation) -> bool:
    return meeting_id(pairing) in situation.events


def _letters(kind: str, pairing: Pairing, situation: Situation) -> list[SendLetter]:
    """Return a letter of a kind to each of a pairing who has not had it."""
    programme = situation.programme
    letters = []
    for person in people_of(pairing, programme):
        key = f"{kind}:{pairing.id}:{person.email}"
        if key not in situation.letters and person.is_taking_part(programme.now.date()):
            record = planned(kind, key, person.email, pairing=pairing.id, at=programme.now)
            letters.append(SendLetter(record=record, person=person, pairing=pairing))
    return letters


def _begun(situation: Situation, decided: set[str]) -> list[SendLetter]:
    """Return the letters that a run that died had begun."""
    states = {LetterState.PLANNED, LetterState.DRAFTED}
    pairings = {p.id: p for p in situation.programme.pairings}
    return [
        SendLetter(record=r, person=situation.programme.people[r.person], pairing=pairings[r.pairing])
        for r in situation.letters.values()
        if r.state in states
        and r.key not in decided
        and r.pairing in pairings
        and r.person in situation.programme.people
    ]


def _no_slot(pairing: Pairing, programme: ProgrammeSeen, slot: NoSlot | Slot) -> Problem:
    assert isinstance(slot, NoSlot)
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=f"No slot for {' & '.join(programme.name(e) for e in pairing.people)}: {slot.reason}.",
        remedy="They were asked to pick a time themselves. More days or fewer hours to avoid in Settings would help.",
    )


def _still_without(programme: ProgrammeSeen) -> list[Problem]:
    """Return the pairings that found no slot before, until the days have passed on which they might have met."""
    rules = rules_of(programme.settings)
    return [
        _no_slot(pairing, programme, no_slot(rules))
        for pairing in programme.pairings
        if pairing.state is PairingState.APPROVED
        and pairing.meeting_state == MeetingState.ASKED_TO_PICK
        and not Notes.of(pairing).event
        and pairing.approved_on is not None
        and programme.now < window_of(pairing.approved_on, rules)[1]
    ]


def _edges_taken(programme: ProgrammeSeen) -> dict[str, int]:
    """Return how often each person has taken the edge of the day in earlier meetings."""
    taken: dict[str, int] = {}
    for pairing in programme.pairings:
        for email in Notes.of(pairing).edge:
            taken[email] = taken.get(email, 0) + 1
    return taken


def _written_to(actions: list[Any]) -> set[str]:
    invited = {p.email for a in actions if isinstance(a, BookMeeting | MoveMeeting) for p in a.people}
    return invited | {a.person.email for a in actions if isinstance(a, SendLetter)}


def _reaches(action: Any) -> tuple[str, ...]:
    """A pairing is reached as a whole: nobody is introduced to somebody who is not."""
    people: tuple[str, ...] = action.pairing.people
    return people


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
