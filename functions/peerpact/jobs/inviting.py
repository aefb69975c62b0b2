"""What an invitation and the letters around a first meeting say. Loaded when there is something to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from peerpact import letters as writing
from peerpact.google.calendars import MARK
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.meetings import BookMeeting, Notes, SendLetter, Situation, people_of
from peerpact.jobs.posting import Post, language_of, shared_language
from peerpact.programme.guidance import GuidanceKind
from peerpact.programme.meetings import MeetingState, Slot
from peerpact.programme.pairings import Pairing
from peerpact.programme.settings import Settings


def letter(action: SendLetter, after: Mapping[str, Pairing], situation: Situation) -> LetterToSend:
    """Return a letter, telling of the meeting what its row says ``after`` the calendar was written."""
    programme = situation.programme
    post = Post(programme.settings, situation.config, programme.now)
    pairing = after[action.pairing.id]
    partners = tuple(p for p in people_of(pairing, programme) if p.email != action.person.email)
    common: dict[str, Any] = {
        "to": action.person,
        "sender": post.sender,
        "reference": action.record.reference,
        "reply_to": post.reply_to(action.record, action.person),
    }
    kind, language = action.record.kind, language_of(action.person, programme.settings)
    words: Any
    if kind == "introduction":
        rules = situation.guidance.of(GuidanceKind.GROUND_RULE, language)
        meeting = _meeting_time(pairing, programme.settings)
        words = writing.Introduction(**common, partners=partners, meeting=meeting, ground_rules=rules)
    elif kind == "pick-a-time":
        why = "declined" if Notes.of(pairing).event else "no slot"
        link = writing.next_meeting_link(
            (action.person, *partners), post.sender, programme.settings.programme_name
        )
        words = writing.PickATime(**common, partners=partners, next_meeting_link=link, why=why)
    else:
        cancelled = pairing.meeting_state == MeetingState.CANCELLED
        names = tuple(p.name for p in partners)
        words = writing.PartnerLeft(**common, partner_names=names, meeting_cancelled=cancelled)
    return post.ready(action.record, words, action.person)


def _meeting_time(pairing: Pairing, settings: Settings) -> writing.MeetingTime | None:
    if pairing.meeting_start is None or pairing.meeting_state in {
        MeetingState.ASKED_TO_PICK,
        MeetingState.CANCELLED,
    }:
        return None
    notes = Notes.of(pairing)
    return writing.MeetingTime(
        start=pairing.meeting_start,
        end=pairing.meeting_start + timedelta(minutes=settings.meeting_minutes),
        link=pairing.link,
        at_the_edge=bool(notes.edge),
        unchecked=bool(notes.unknown),
    )


def event_of(action: BookMeeting, situation: Situation) -> dict[str, Any]:
    """Return the event: both are guests who see each other and may move it; nobody else sees what it is about."""
    settings = situation.programme.settings
    language = shared_language(action.people)
    sender = Post(settings, situation.config, situation.programme.now).sender
    invitation = writing.Invitation(
        people=action.people,
        sender=sender,
        meeting=writing.MeetingTime(start=action.slot.start, end=action.slot.end),
        ground_rules=situation.guidance.of(GuidanceKind.GROUND_RULE, language),
        starters=situation.guidance.of(GuidanceKind.FIRST_QUESTION, language),
        next_meeting_link=writing.next_meeting_link(action.people, sender, settings.programme_name),
    )
    words = writing.render(invitation, language=language)
    return {
        "id": action.key,
        "summary": words.subject,
        "description": words.html,
        **times_of(action.slot),
        "attendees": [{"email": p.email, "displayName": p.name} for p in action.people],
        "guestsCanModify": True,
        "guestsCanInviteOthers": False,
        "guestsCanSeeOtherGuests": True,
        "visibility": "private",
        "reminders": {"useDefault": True},
        **private_of(action.pairing, action.key, action.slot.start),
        "conferenceData": {
            "createRequest": {"requestId": action.key, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        },
    }


def private_of(pairing: Pairing, key: str, start: datetime) -> dict[str, Any]:
    """Return what only we see on an event: whose it is, and where we put it and why.

    A run that dies before it has written that down leaves it to the next one to read here.
    """
    notes = Notes.of(pairing)
    ours = {"put": start.isoformat(), "moved": str(int(notes.moved)), "automatic": str(notes.automatic)}
    return {"extendedProperties": {"private": {**MARK, "key": key, "pairing": pairing.id, **ours}}}


def times_of(slot: Slot) -> dict[str, Any]:
    return {
        "start": {"dateTime": slot.start.astimezone(UTC).isoformat(), "timeZone": "UTC"},
        "end": {"dateTime": slot.end.astimezone(UTC).isoformat(), "timeZone": "UTC"},
    }
