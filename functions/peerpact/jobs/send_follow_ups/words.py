"""What the letters about commitments say. Loaded when there is one to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.errors import LetterError
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead
from peerpact.programme.announcements.due import RoundLetter, round_of
from peerpact.programme.commitments import Outcome
from peerpact.programme.follow_ups.around_meetings import MeetingAhead, day_after_meeting, meeting_ahead
from peerpact.programme.follow_ups.decision import SendLetter
from peerpact.programme.follow_ups.due import Kind
from peerpact.programme.follow_ups.still_there import new_partners_on
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.letter_language import language_of
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.history import all_meetings
from peerpact.programme.pairings import is_late, round_numbered
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say
from peerpact.programme.settings import Settings
from peerpact.programme.turn.achieved import achieved_in, unknown_action
from peerpact.programme.turn.due import turn_of
from peerpact.programme.turn.same_partners import stays_on
from peerpact.programme.wishes import PrivateWish


class Material(Protocol):
    """What letters are made of."""

    @property
    def programme(self) -> ProgrammeSeen: ...
    @property
    def config(self) -> Config: ...
    @property
    def guidance(self) -> Guidance: ...
    @property
    def wishes(self) -> tuple[PrivateWish, ...]: ...


def letter(action: SendLetter, material: Material) -> LetterToSend:
    """Return a letter that is ready to leave; a reminder goes into the thread of the letter it reminds of."""
    programme = material.programme
    head = Letterhead(programme.settings, material.config, programme.now)
    about = action.about
    return head.ready(
        action.record,
        _words(action, material, head),
        action.person,
        in_reply_to=about.rfc_message_id if about else "",
        thread_id=about.thread_id if about else "",
    )


def _words(action: SendLetter, material: Material, head: Letterhead) -> writing.Letter:
    common: dict[str, Any] = {
        "to": action.person,
        "sender": head.sender,
        "reference": action.record.reference,
        "reply_to": head.reply_to(action.record, action.person),
    }
    if number := round_of(action.record.key):
        return _about_round(action, number, common, material.programme)
    return _about_commitments(action, material, common | {"partners": action.partners})


def _about_round(
    action: SendLetter, number: int, common: dict[str, Any], programme: ProgrammeSeen
) -> writing.Letter:
    kind, settings = action.record.kind, programme.settings
    its = round_numbered(number, settings)
    if its is None:
        raise LetterError(say("The mail is not sent: “First round opens on” in Settings is empty."))
    if kind == RoundLetter.LEFT_OVER:
        late = is_late(its, programme.today, settings)
        return writing.LeftOver(**common, ends=its.ends, is_late=late)
    return writing.Announcement(
        **common,
        opens=its.opens,
        ends=its.ends,
        months=settings.retention_months,
        has_begun=kind == RoundLetter.WELCOME,
        asks_yes=not action.person.has_said_yes,
    )


def _about_commitments(action: SendLetter, material: Material, common: dict[str, Any]) -> writing.Letter:
    programme = material.programme
    texts = tuple(c.text for c in action.mine)
    names = {p.email: p.first_name for p in action.partners}
    news = tuple((names[c.person], c.text, c.outcome) for c in action.news if c.outcome and c.person in names)
    dates = _Dates.of(action, programme.now)
    if action.record.kind == Kind.COMMITMENT_REQUEST:
        return writing.CommitmentRequest(**common, by=dates.next_day, commitments=texts)
    if action.record.kind == Kind.REMINDER:
        after: dict[str, Any] = (
            {"asks_met": dates.last_day, "by": dates.next_day} if dates.is_after_meeting else {}
        )
        return writing.Reminder(**common, commitments=texts, partner_news=news, **after)
    if action.record.kind == Kind.TURN:
        told = _told(action)
        fresh = tuple(one for one in news if one[:2] not in told["partner_kept"])
        opens = _next_opens(action, material)
        last: dict[str, Any] = {
            "asks_met": dates.last_day if dates.is_last_unknown else None,
            "asks_action": None
            if dates.ahead
            else unknown_action(action.pairing, action.person, action.own, programme.now),
            "meeting": _meeting_time(dates, programme.settings),
            "partner_open": _open_of_partners(action) if dates.ahead else (),
            "question": _question(action, material) if dates.ahead else "",
            "ahead": _ahead(action),
        }
        return writing.Turn(**common, **told, **last, commitments=texts, partner_news=fresh, next_opens=opens)
    if action.record.kind == Kind.STILL_THERE and action.pairing:
        until = new_partners_on(action.pairing, action.record.person, material.wishes, programme)
        return writing.StillThere(**common, until=until)
    if action.record.kind == Kind.CLOSING:
        stays = action.pairing is not None and stays_on(action.pairing, programme)
        carried = tuple(c.text for c in action.ahead)
        return writing.Closing(**common, **_told(action), commitments=texts, carried=carried, stays=stays)
    return _follow_up(action, material, dates, {**common, "commitments": texts, "partner_news": news})


def _follow_up(
    action: SendLetter, material: Material, dates: _Dates, common: dict[str, Any]
) -> writing.FollowUp:
    settings = material.programme.settings
    language = language_of(action.person, settings)
    return writing.FollowUp(
        **common,
        partner_open=_open_of_partners(action),
        question=_question(action, material),
        skill_prompt=material.guidance.one_of(GuidanceKind.SKILL_PROMPT, language, action.number),
        next_meeting_link=writing.next_meeting_link(
            (action.person, *action.partners), common["sender"], settings.programme_name
        ),
        is_short=action.is_short,
        meeting=_meeting_time(dates, settings),
        ahead=_ahead(action),
        asks_met=dates.last_day if dates.is_last_unknown else None,
        asks_number=action.record.number is not None,
        asks_action=action.asks_action,
    )


def _open_of_partners(action: SendLetter) -> tuple[tuple[str, str, Outcome | None], ...]:
    names = {p.email: p.first_name for p in action.partners}
    return tuple(
        (names[c.person], c.text, c.outcome) for c in action.theirs if c.person in names and c.is_open
    )


def _question(action: SendLetter, material: Material) -> str:
    language = language_of(action.person, material.programme.settings)
    return material.guidance.one_of(GuidanceKind.MONTHLY_QUESTION, language, action.number)


def _ahead(action: SendLetter) -> tuple[tuple[str, date], ...]:
    return tuple((c.text, c.due) for c in action.ahead)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dates:
    """The meetings around a letter, on its reader's days."""

    ahead: MeetingAhead | None
    next_day: date | None
    last_day: date | None
    is_last_unknown: bool
    is_after_meeting: bool
    link: str

    @classmethod
    def of(cls, action: SendLetter, now: datetime) -> _Dates:
        pairing, person = action.pairing, action.person
        if pairing is None:
            return cls(
                ahead=None,
                next_day=None,
                last_day=None,
                is_last_unknown=False,
                is_after_meeting=False,
                link="",
            )
        ahead, zone = meeting_ahead(pairing, person, now), ZoneInfo(person.time_zone)
        past = [m for m in all_meetings(pairing) if m.start and m.start <= now]
        last = past[-1] if past else None
        return cls(
            ahead=ahead,
            next_day=ahead.day if ahead else None,
            last_day=last.start.astimezone(zone).date() if last and last.start else None,
            is_last_unknown=last is not None and last.state == MeetingState.NOT_KNOWN,
            is_after_meeting=action.about is not None
            and day_after_meeting(pairing, person, action.about) is not None,
            link=pairing.link,
        )


def _meeting_time(dates: _Dates, settings: Settings) -> writing.MeetingTime | None:
    """Return the meeting that a letter comes shortly before."""
    if dates.ahead is None:
        return None
    start = dates.ahead.start
    return writing.MeetingTime(
        start=start, end=start + timedelta(minutes=settings.meeting_minutes), link=dates.link
    )


def _told(action: SendLetter) -> dict[str, Any]:
    """Return what a letter at the end of a round tells of it."""
    names = {p.email: p.first_name for p in action.partners}
    achieved = achieved_in(action.record.pairing, action.own, action.theirs)
    return {
        "promised": achieved.promised,
        "done": achieved.done,
        "kept": tuple(c.text for c in achieved.kept),
        "partner_kept": tuple((names[c.person], c.text) for c in achieved.partner_kept if c.person in names),
    }


def _next_opens(action: SendLetter, material: Material) -> date:
    its = turn_of(action.pairing, material.programme.settings) if action.pairing else None
    return its[1] if its else material.programme.today
