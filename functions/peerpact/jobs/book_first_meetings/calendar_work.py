"""What meetings' decisions do in the calendar, each pairing for itself, and the rows that tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from peerpact.errors import OddityError, PeerpactError
from peerpact.google.access import Access
from peerpact.google.apart import Apart, in_parts, is_about_items, is_for_good
from peerpact.google.sheets import Upsert
from peerpact.jobs.book_first_meetings.invitation import Material, changes_of, event_of, words_for
from peerpact.jobs.job import Run
from peerpact.programme.meetings.actions import (
    BookMeeting,
    CalendarAction,
    CancelMeeting,
    ChangeGuests,
    MoveMeeting,
    NoteMeeting,
)
from peerpact.programme.meetings.booking import meeting_id
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.noted import as_cancelled, as_refused, as_written, with_guests
from peerpact.programme.meetings.troubles import refusal_problem
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import in_language, say
from peerpact.tables.records import pairing_row

MOST_IDS = 3


@dataclass(slots=True)
class CalendarWork:
    """What there is to do in the calendar for each pairing, and what came of it so far."""

    left: dict[str, list[CalendarAction]]
    """By pairing, in order; pairings may go side by side."""
    before: dict[str, Pairing]
    after: dict[str, Pairing]
    problems: list[Problem] = field(default_factory=list)
    trouble: PeerpactError | None = None
    """What is wrong with the whole, or with a pairing for which Google could not be reached."""

    @classmethod
    def of(cls, plan: Plan, pairings: tuple[Pairing, ...]) -> CalendarWork:
        left: dict[str, list[CalendarAction]] = {}
        for action in plan.actions:
            if isinstance(action, CalendarAction):
                left.setdefault(action.pairing.id, []).append(action)
        before = {p.id: p for p in pairings}
        return cls(left, before, dict(before))

    @property
    def is_finished(self) -> bool:
        """Tell whether there was time for all; what was refused waits for a reason to be tried again."""
        return self.trouble is not None or self.left.keys() <= {p.row_key for p in self.problems}

    def do(self, material: Material, access: Access, run: Run) -> None:
        """Do what is left, and write down how far it came even if it fails."""
        try:
            failed = Apart(access.workers).each(
                lambda pairing: self._follow(pairing, material, access, run), list(self.left), run.time_left
            )
            for pairing, error in failed.items():
                self._note(pairing, error, material, run)
        except PeerpactError as error:
            if not is_about_items(error):
                raise
            self.trouble = error
        finally:
            self._write(material, access)

    def _follow(self, pairing: str, material: Material, access: Access, run: Run) -> None:
        while self.left[pairing]:
            action = self.left[pairing][0]
            self.after[pairing] = done(action, material, access, run) or self.after.get(
                pairing, action.pairing
            )
            self.left[pairing].pop(0)
        del self.left[pairing]

    def _note(self, pairing: str, error: PeerpactError, material: Material, run: Run) -> None:
        if not is_for_good(error):
            self.trouble = error
            return
        action = self.left[pairing][0]
        why = in_language(error.sentence, material.programme.settings.admin_language)
        self.after[pairing] = as_refused(
            self.after.get(pairing, action.pairing), action, why, run.now().date()
        )
        self.problems.append(refusal_problem(self.after[pairing], material.programme, why))

    def _write(self, material: Material, access: Access) -> None:
        people = dict(material.programme.people)
        rows = [pairing_row(p, people) for key, p in self.after.items() if p != self.before.get(key)]
        refused = in_parts(lambda some: access.programme.commit([Upsert("Pairings", some)]), rows)
        for row, error in refused:
            pairing = self.after[row["id"]]
            self.problems.append(refusal_problem(pairing, material.programme, error.sentence))


def done(action: CalendarAction, material: Material, access: Access, run: Run) -> Pairing | None:
    """Do something in the calendar and return the pairing as it is then.

    None when somebody was quicker: the next run follows them.
    """
    names = {e: material.programme.name(e) for e in action.pairing.people}
    if isinstance(action, BookMeeting):
        if action.instead_of:
            access.calendar.cancel(action.instead_of)
        made, event = _inserted(action, material, access)
        booking = replace(action.booking, generation=made.generation)
        return as_written(action.pairing, booking, action.slot, event, names=names, now=run.now())
    if isinstance(action, MoveMeeting):
        moved = access.calendar.patch(action.event, changes_of(action))
        if moved is None:
            return None
        return as_written(action.pairing, action.booking, action.slot, moved, names=names, now=run.now())
    if isinstance(action, ChangeGuests):
        known = access.calendar.change_guests(
            action.event, action.new, action.gone, words_for(action, material)
        )
        if known is None:
            return None
        return with_guests(action.pairing, action.booking, known, names=names, now=run.now())
    if isinstance(action, CancelMeeting):
        access.calendar.cancel(action.event_id)
        return as_cancelled(action.pairing)
    assert isinstance(action, NoteMeeting)
    return action.pairing


def _inserted(action: BookMeeting, material: Material, access: Access) -> tuple[BookMeeting, EventSeen]:
    """Insert the event. One under its id counts as ours only if we organise it; else the next id is taken."""
    for _ in range(MOST_IDS):
        event = access.calendar.insert(event_of(action, material))
        if event.is_ours:
            return action, event
        again = action.generation + 1
        number = action.booking.number
        key = meeting_id(action.pairing, again, number=number, secret=material.id_secret)
        action = replace(action, generation=again, event_id=key)
    raise OddityError(say("somebody else's events have taken the ids that it might have had"))
