"""The job ``book_first_meetings``: books each pair's meetings, introduces partners, follows what people do.

What is to be done, ``programme.meetings.decision`` decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.sheets import Upsert
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.job import Done, Run, Steps, after_posting, left_elsewhere
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.correspondence import DAY, MOST_A_DAY, MOST_BEGUN_A_DAY, LetterRecord, left, places
from peerpact.programme.guidance import Guidance
from peerpact.programme.meetings.actions import CalendarAction, SendLetter
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import our_meetings, with_new_addresses
from peerpact.programme.meetings.examples import SendExample
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.own_hours import whom_to_ask, with_own_hours
from peerpact.programme.meetings.rules import rules_of
from peerpact.programme.meetings.wanted import wishes
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Plan
from peerpact.programme.sentences import say
from peerpact.tables.records import read_guidance, read_letters

if TYPE_CHECKING:  # most ticks send nothing
    from peerpact.google.outbox import LetterToSend, Posted

LOOK_BACK = timedelta(days=45)
"""Events that ended longer ago are not read back any more."""


@dataclass(frozen=True, kw_only=True)
class Gathered(MeetingsSeen):
    """What meetings are decided by, and what else letters and invitations are made of."""

    config: Config
    guidance: Guidance


def gather(access: Access, now: datetime) -> Gathered:
    programme = read_programme(access.programme, now, ("Guidance", "Letters"), config=access.config)
    ours, theirs = (
        [with_new_addresses(event, programme.renamed) for event in some]
        for some in access.calendar.ours_and_theirs(now - LOOK_BACK)
    )
    letters = read_letters(access.programme.contents("Letters"))
    gathered = Gathered(
        programme=programme,
        config=access.config,
        id_secret=access.config.secret("event_key"),
        former_id_secret=access.config.secret("token_key"),
        guidance=read_guidance(access.programme.contents("Guidance")),
        letters=letters,
        room=room_today(access, letters, now),
        events=our_meetings(ours),
        theirs=tuple(theirs),
    )
    wanted = wishes(gathered)
    if not wanted:
        return gathered
    from peerpact.programme.meetings.slots import window_of  # noqa: PLC0415 - most ticks look for no slot

    rules = rules_of(programme.settings)
    windows = [window_of(max(w.approved_at, now - timedelta(days=14)), rules, w.days_off) for w in wanted]
    people = {p.email: p for w in wanted for p in w.people}
    own = access.hours.of(whom_to_ask(people.values()))
    programme = replace(programme, people=with_own_hours(programme.people, own))
    since = max(now, min(begins for begins, _ in windows))
    until = max(ends for _, ends in windows) + timedelta(days=rules.latest_working_day * 2)
    return replace(gathered, programme=programme, busy=access.free_busy.of(people, since, until))


def room_today(access: Access, letters: Mapping[str, LetterRecord], now: datetime) -> int:
    """Return how many letters the mailbox may begin now or soon, of what it may in 24 hours."""
    gone = left(letters, now - DAY) + left_elsewhere(JOBS["book_first_meetings"], access, now - DAY)
    return len(places(gone, now, begun=MOST_BEGUN_A_DAY, of_all=MOST_A_DAY, within=access.patience))


def act(plan: Plan, gathered: Gathered, access: Access, run: Run) -> Done:
    """Calendar first, then the sheet, then the letters, which tell the time that the calendar has."""
    from peerpact.jobs.book_first_meetings.calendar_work import CalendarWork  # noqa: PLC0415 - it loads letters

    work = CalendarWork.of(plan, gathered.programme.pairings)
    work.do(gathered, access, run)
    if not work.is_finished:
        return Done(finished=False, problems=tuple(work.problems))
    done = _send_letters(_without(plan, work.left), work.after, gathered, access, run)
    if work.trouble:
        raise work.trouble
    return replace(done, problems=(*done.problems, *work.problems))


def _without(plan: Plan, left: Collection[str]) -> Plan:
    """Return the plan without the letters of pairings whose meeting could not be written: they tell of it."""
    kept = [a for a in plan.actions if not (isinstance(a, SendLetter) and a.pairing.id in left)]
    return replace(plan, actions=tuple(kept))


def _send_letters(
    plan: Plan, after: Mapping[str, Pairing], gathered: Gathered, access: Access, run: Run
) -> Done:
    from peerpact.jobs.book_first_meetings.invitation import letter  # noqa: PLC0415 - most runs write none
    from peerpact.jobs.letterhead import ready_or_odd  # noqa: PLC0415 - as above

    written = [a for a in plan.actions if isinstance(a, SendLetter)]
    letters = [ready_or_odd(a.record, partial(letter, a, after, gathered)) for a in written]
    asked = [a for a in plan.actions if isinstance(a, SendExample)]
    letters += _examples(asked, gathered)
    posted = access.outbox(access.programme).send(letters, **run.posting)
    return replace(after_posting(posted), changes=_ticked_off(asked, posted, gathered, access))


def _examples(asked: Sequence[SendExample], gathered: Gathered) -> list[LetterToSend]:
    if not asked:
        return []
    from peerpact.jobs.book_first_meetings.examples import example  # noqa: PLC0415 - hardly any run sends one
    from peerpact.jobs.letterhead import ready_or_odd  # noqa: PLC0415 - as above

    return [ready_or_odd(a.record, partial(example, a, gathered)) for a in asked]


def _ticked_off(
    asked: Sequence[SendExample], posted: Posted, gathered: Gathered, access: Access
) -> tuple[Upsert, ...]:
    """Say on Start here what came of asking for examples; only where some were asked for is that tab read."""
    if not asked:
        return ()
    from peerpact.programme.roster.asked import EXAMPLES  # noqa: PLC0415 - hardly any run has examples to tell of

    sent = [a.record.person for a in asked if posted.is_done(a.key)]
    people = ", ".join(dict.fromkeys(sent))
    said = say("{many} of {all} mails sent to {people}.", many=len(sent), all=len(asked), people=people)
    access.programme.read_more(["Start here"])
    return (
        Upsert(
            "Start here",
            [{"topic": EXAMPLES, "outcome": say("{day}: {said}", day=gathered.programme.today, said=said)}],
        ),
    )


def _reaches(action: CalendarAction | SendLetter | SendExample) -> tuple[str, ...]:
    """A pairing is reached as a whole: nobody is introduced to somebody who is not."""
    return (action.record.person,) if isinstance(action, SendExample) else action.pairing.people


def _rests(action: CalendarAction | SendLetter | SendExample) -> bool:
    return not isinstance(action, SendExample)


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches, rests=_rests)
