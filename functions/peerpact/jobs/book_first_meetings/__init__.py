"""The job ``book_first_meetings``: books each pair's first meeting, introduces partners, follows what people do.

What is to be done, ``programme.meetings.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.programme.guidance import Guidance
from peerpact.programme.meetings.actions import (
    AddGuests,
    BookMeeting,
    CalendarAction,
    CancelMeeting,
    MoveMeeting,
    NoteMeeting,
    SendLetter,
)
from peerpact.programme.meetings.decision import MeetingsSeen, decide, wishes
from peerpact.programme.meetings.event import first_meetings
from peerpact.programme.meetings.noted import as_cancelled, as_written, with_guests
from peerpact.programme.meetings.rules import rules_of
from peerpact.programme.meetings.slots import window_of
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Plan
from peerpact.tables.records import pairing_row, read_guidance, read_letters

LOOK_BACK = timedelta(days=45)
"""Events that ended longer ago are not read back any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(MeetingsSeen):
    """What meetings are decided by, and what else letters and invitations are made of."""

    config: Config
    guidance: Guidance


def gather(access: Access, now: datetime) -> Gathered:
    programme = read_programme(access.programme, now, ("Guidance", "Letters"))
    any_meeting = any(p.is_approved or p.booking for p in programme.pairings)
    gathered = Gathered(
        programme=programme,
        config=access.config,
        guidance=read_guidance(access.programme.contents("Guidance")),
        letters=read_letters(access.programme.contents("Letters")),
        events=first_meetings(access.calendar.ours(now - LOOK_BACK)) if any_meeting else {},
    )
    wanted = wishes(gathered)
    if not wanted:
        return gathered
    rules = rules_of(programme.settings)
    ends = [window_of(max(w.approved_at, now - timedelta(days=14)), rules)[1] for w in wanted]
    people = {p.email for w in wanted for p in w.people}
    until = max(ends) + timedelta(days=rules.latest_working_day * 2)
    return replace(gathered, busy=access.calendar.free_busy(people, now, until))


def act(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    """Calendar first, then the sheet, then the letters, which tell the time that the calendar has."""
    before = {p.id: p for p in gathered.programme.pairings}
    after, people = dict(before), dict(gathered.programme.people)
    left = _by_pairing(plan)

    def follow_one(pairing: str) -> None:
        for action in left[pairing]:
            after[pairing] = _act_on_calendar(action, gathered, access, run) or after[pairing]
        del left[pairing]

    try:
        access.workers.each(follow_one, list(left), run.time_left)
    finally:
        rows = [pairing_row(p, people) for key, p in after.items() if p != before[key]]
        access.programme.commit([Upsert("Pairings", rows)])
    if left:
        return Done(finished=False)
    return _send_letters(plan, after, gathered, access, run)


def _send_letters(
    plan: Plan, after: Mapping[str, Pairing], gathered: Gathered, access: Access, run: Run
) -> Done:
    from peerpact.jobs.book_first_meetings.invitation import letter  # noqa: PLC0415 - most runs write none

    letters = [letter(a, after, gathered) for a in plan.actions if isinstance(a, SendLetter)]
    return after_posting(access.outbox(access.programme).send(letters, **run.posting))


def _by_pairing(plan: Plan) -> dict[str, list[CalendarAction]]:
    """Return what there is to do in the calendar for each pairing, in order; pairings may go side by side."""
    found: dict[str, list[CalendarAction]] = {}
    for action in plan.actions:
        if not isinstance(action, SendLetter):
            found.setdefault(action.pairing.id, []).append(action)
    return found


def _act_on_calendar(action: CalendarAction, gathered: Gathered, access: Access, run: Run) -> Pairing | None:
    """Return the pairing as it is after the action; None when somebody was quicker: the next run follows them."""
    from peerpact.jobs.book_first_meetings import invitation  # noqa: PLC0415 - most runs have nothing to say

    names = {e: gathered.programme.name(e) for e in action.pairing.people}
    if isinstance(action, BookMeeting):
        event = access.calendar.insert(invitation.event_of(action, gathered))
        booking = replace(action.booking, generation=action.generation)
        return as_written(action.pairing, booking, action.slot, event, names=names, now=run.now())
    if isinstance(action, MoveMeeting):
        moved = access.calendar.patch(action.event, invitation.changes_of(action))
        if moved is None:
            return None
        return as_written(action.pairing, action.booking, action.slot, moved, names=names, now=run.now())
    if isinstance(action, AddGuests):
        known = access.calendar.add_guests(action.event, action.new)
        if known is None:
            return None
        return with_guests(action.pairing, action.booking, known, names=names, now=run.now())
    if isinstance(action, CancelMeeting):
        access.calendar.cancel(action.event_id)
        return as_cancelled(action.pairing)
    assert isinstance(action, NoteMeeting)
    return action.pairing


def _reaches(action: CalendarAction | SendLetter) -> tuple[str, ...]:
    """A pairing is reached as a whole: nobody is introduced to somebody who is not."""
    return action.pairing.people


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
