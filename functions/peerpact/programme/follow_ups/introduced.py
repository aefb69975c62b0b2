"""The request after a first meeting, and whose introduction has asked for as much a few days before it."""

from __future__ import annotations

from datetime import timedelta

from peerpact.programme.announcements.told import told
from peerpact.programme.commitments import Commitment
from peerpact.programme.days_off import first_working_day
from peerpact.programme.follow_ups.around_meetings import asks_until
from peerpact.programme.follow_ups.due import DueLetter, Kind
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.history import all_meetings
from peerpact.programme.pairings import Pairing
from peerpact.programme.seen import ProgrammeSeen

SHORTLY = timedelta(days=7)
"""An introduction is the letter around a first meeting that comes so soon after the approval at the latest."""
_TOOK_PLACE = {MeetingState.HELD, MeetingState.ACCEPTED}


def asked_by_introduction(due: DueLetter, programme: ProgrammeSeen, unasked: Commitment | None) -> bool:
    """Tell of a request whether its reader needs none: the introduction was the letter around their first meeting.

    Around later meetings there is one letter, too. Who is new gets the request always; so do those who may not have
    met, or late, and who has promised something that they are to be asked about by then (``unasked``, the first of it).
    """
    if due.kind is not Kind.COMMITMENT_REQUEST or not _took_place_soon(due.pairing):
        return False
    works = programme.people[due.person].works_on
    asks = unasked is not None and unasked.due <= asks_until(first_working_day(due.due, works), works)
    return not asks and _was_in_an_earlier_round(due, programme)


def _took_place_soon(pairing: Pairing) -> bool:
    """Tell it of the meeting that the introduction named: one that was called off has another weeks later."""
    first, began = next(iter(all_meetings(pairing)), None), pairing.approved_on
    if first is None or first.start is None or began is None:
        return False
    return first.state in _TOOK_PLACE and first.start - began <= SHORTLY


def _was_in_an_earlier_round(due: DueLetter, programme: ProgrammeSeen) -> bool:
    """Tell it also of a pairing in the archive: who is new has heard of the round by a letter."""
    number = due.pairing.round
    if number > 1 and told(number, due.person) not in programme.memory:
        return True
    return any(
        p.round < number and due.person in p.people and p.has_begun
        for p in (*programme.pairings, *programme.elsewhere)
    )
