"""What an invitation and the letters around a first meeting say. Loaded when there is something to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from types import MappingProxyType
from typing import Any, Protocol

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.calendars import MARK, word_key
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.letter_language import language_of, shared_language
from peerpact.programme.meetings.actions import BookMeeting, ChangeGuests, MoveMeeting, SendLetter
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.booking import Booking, booking_of
from peerpact.programme.meetings.event import EventSeen, is_their_own
from peerpact.programme.meetings.history import have_met_before, number_of_next
from peerpact.programme.meetings.rhythm import has_rhythm
from peerpact.programme.meetings.slots import Slot
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen


class Material(Protocol):
    """What an invitation and letters are made of."""

    @property
    def programme(self) -> ProgrammeSeen: ...
    @property
    def config(self) -> Config: ...
    @property
    def guidance(self) -> Guidance: ...
    @property
    def events(self) -> Mapping[str, EventSeen]: ...
    @property
    def theirs(self) -> Sequence[EventSeen]: ...
    @property
    def id_secret(self) -> bytes: ...


def letter(action: SendLetter, after: Mapping[str, Pairing], material: Material) -> LetterToSend:
    """Return a letter, telling of the meeting what its row says ``after`` the calendar was written."""
    programme = material.programme
    head = Letterhead(programme.settings, material.config, programme.now)
    pairing = after[action.pairing.id]
    known = (programme.people[e] for e in pairing.people if e in programme.people)
    partners = tuple(p for p in known if p.email != action.person.email)
    common: dict[str, Any] = {
        "to": action.person,
        "sender": head.sender,
        "reference": action.record.reference,
        "reply_to": head.reply_to(action.record, action.person),
    }
    kind, language = action.record.kind, language_of(action.person, programme.settings)
    words: Any
    link = writing.next_meeting_link(
        (action.person, *partners), head.sender, programme.settings.programme_name
    )
    if kind == "introduction":
        rules = material.guidance.of(GuidanceKind.GROUND_RULE, language)
        meets = _how_they_meet(pairing, link, material)
        words = writing.Introduction(**common, **meets, partners=partners, ground_rules=rules)
    elif kind == "pick-a-time":
        why = "declined" if _noted(pairing).event else "no slot"
        goes_on = has_rhythm(pairing, programme.requests, programme.settings, programme.now)
        words = writing.PickATime(
            **common, partners=partners, next_meeting_link=link, why=why, goes_on=goes_on
        )
    else:
        cancelled = pairing.meeting_state == MeetingState.CANCELLED
        is_ahead = pairing.meeting_start is not None and pairing.meeting_start > programme.now
        names = tuple(p.name for p in partners)
        words = writing.PartnerLeft(
            **common, partner_names=names, meeting_cancelled=cancelled, is_meeting_there=is_ahead
        )
    return head.ready(action.record, words, action.person)


def _how_they_meet(pairing: Pairing, link: str, material: Material) -> dict[str, Any]:
    meeting = _meeting_time(pairing, material)
    have_own = meeting is None and _have_own(pairing, material)
    return {
        "meeting": meeting,
        "next_meeting_link": "" if have_own else link,
        "have_met": have_met_before(pairing, material.programme.pairings),
        "have_own": have_own,
    }


def _have_own(pairing: Pairing, material: Material) -> bool:
    """Tell whether they have a meeting, or a series, of their own ahead, as who stay together may."""
    programme = material.programme
    own = (e for e in material.theirs if is_their_own(e, pairing.people, programme.people))
    return any(e.is_ahead(programme.now) for e in own)


def _meeting_time(pairing: Pairing, material: Material) -> writing.MeetingTime | None:
    """Return when they meet; None when they pick a time themselves, as whoever makes the meeting all-day does."""
    if pairing.meeting_start is None or pairing.meeting_state in {
        MeetingState.ASKED_TO_PICK,
        MeetingState.CANCELLED,
    }:
        return None
    notes, people = _noted(pairing), material.programme.people
    event = material.events.get(notes.event)
    if event and event.is_all_day:
        return None
    return writing.MeetingTime(
        start=pairing.meeting_start,
        end=pairing.meeting_start + timedelta(minutes=material.programme.settings.meeting_minutes),
        link=pairing.link,
        at_the_edge=bool(notes.edge),
        unchecked=bool(notes.unknown),
        is_zone_guessed=any(e in people and not people[e].is_zone_known for e in pairing.people),
    )


def event_of(action: BookMeeting, material: Material) -> dict[str, Any]:
    """Return the event: both are guests who see each other and may move it; nobody else sees what it is about."""
    minutes = round((action.slot.end - action.slot.start).total_seconds() / 60)
    words = _event_words(action.pairing, action.people, minutes, material)
    noted = {name: word_key(text) for name, text in words.items()}
    return {
        "id": action.key,
        **words,
        **times_of(action.slot),
        "attendees": [{"email": p.email, "displayName": writing.display_name(p.name)} for p in action.people],
        "guestsCanModify": True,
        "guestsCanInviteOthers": False,
        "guestsCanSeeOtherGuests": True,
        "visibility": "private",
        "reminders": {"useDefault": True},
        **_private(action, action.key, noted),
        "conferenceData": {
            "createRequest": {"requestId": action.key, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        },
    }


def _event_words(
    pairing: Pairing, people: tuple[Person, ...], minutes: int, material: Material
) -> dict[str, str]:
    """Return an event's title and text, in the language that its people share."""
    settings = material.programme.settings
    language = shared_language(people)
    sender = Letterhead(settings, material.config, material.programme.now).sender
    invitation = writing.Invitation(
        people=people,
        sender=sender,
        minutes=minutes,
        next_meeting_link=writing.next_meeting_link(people, sender, settings.programme_name),
        pairing=pairing.id,
        **material.guidance.of_meeting(number_of_next(pairing), language),
    )
    words = writing.render(invitation, language=language)
    return {"summary": words.subject, "description": words.html}


def words_for(action: ChangeGuests, material: Material) -> dict[str, Any]:
    """Return what the event of a meeting says whose people have changed, and what we note of that on it."""
    event = action.event
    invited = {*event.invited, *(g.email for g in event.guests), *action.new}
    people = tuple(p for p in action.people if p.email in invited)
    words = _event_words(action.pairing, people, event.minutes, material)
    taken_off = " ".join(dict.fromkeys([*event.taken_off, *action.gone]))
    return {**words, "extendedProperties": {"private": {**_invited(people), "taken_off": taken_off}}}


def changes_of(action: MoveMeeting) -> dict[str, Any]:
    """Return what moves a meeting to its other slot; nobody has answered for that one yet."""
    return {
        **times_of(action.slot),
        "attendees": [{"email": p.email, "responseStatus": "needsAction"} for p in action.people],
        **_private(action, action.event.key or action.event.id),
    }


def _private(
    action: BookMeeting | MoveMeeting, key: str, more: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Any]:
    """Return what only we see on an event: whose it is, and where we put it and why.

    A run that dies before it has written that down leaves it to the next one to read here.
    """
    booking = action.booking
    ours = {
        "number": str(booking.number),
        "put": action.slot.start.isoformat(),
        "moved": str(int(booking.moved)),
        "automatic": str(booking.automatic),
        **_invited(action.people),
        **more,
    }
    return {"extendedProperties": {"private": {**MARK, "key": key, "pairing": action.pairing.id, **ours}}}


def _invited(people: Iterable[Person]) -> dict[str, str]:
    return {"invited": " ".join(p.email for p in people)}


def _noted(pairing: Pairing) -> Booking:
    return booking_of(pairing) or Booking()


def times_of(slot: Slot) -> dict[str, Any]:
    return {
        "start": {"dateTime": slot.start.astimezone(UTC).isoformat(), "timeZone": "UTC"},
        "end": {"dateTime": slot.end.astimezone(UTC).isoformat(), "timeZone": "UTC"},
    }
