"""What the letters about commitments say. Loaded when there is one to write."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead, language_of
from peerpact.programme.follow_ups.decision import SendLetter
from peerpact.programme.follow_ups.due import Kind
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.turn.achieved import achieved_in
from peerpact.programme.turn.due import turn_of
from peerpact.programme.turn.staying import stays_on


class Material(Protocol):
    """What letters are made of."""

    @property
    def programme(self) -> ProgrammeSeen: ...
    @property
    def config(self) -> Config: ...
    @property
    def guidance(self) -> Guidance: ...


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
        "partners": action.partners,
    }
    texts = tuple(c.text for c in action.mine)
    names = {p.email: p.first_name for p in action.partners}
    news = tuple((names[c.person], c.text, c.outcome) for c in action.news if c.outcome and c.person in names)
    if action.record.kind == Kind.COMMITMENT_REQUEST:
        return writing.CommitmentRequest(**common)
    if action.record.kind == Kind.REMINDER:
        return writing.Reminder(**common, commitments=texts, partner_news=news)
    if action.record.kind == Kind.TURN:
        return writing.Turn(
            **common, commitments=texts, partner_news=news, next_opens=_next_opens(action, material)
        )
    if action.record.kind == Kind.CLOSING:
        return _closing(action, common, material)
    settings, language = material.programme.settings, language_of(action.person, material.programme.settings)
    return writing.FollowUp(
        **common,
        commitments=texts,
        partner_open=tuple((names[c.person], c.text, c.outcome) for c in action.theirs if c.person in names),
        partner_news=news,
        question=material.guidance.one_of(GuidanceKind.MONTHLY_QUESTION, language, action.number),
        skill_prompt=material.guidance.one_of(GuidanceKind.SKILL_PROMPT, language, action.number),
        next_meeting_link=writing.next_meeting_link(
            (action.person, *action.partners), head.sender, settings.programme_name
        ),
        is_short=action.is_short,
    )


def _closing(action: SendLetter, common: dict[str, Any], material: Material) -> writing.Closing:
    names = {p.email: p.first_name for p in action.partners}
    achieved = achieved_in(action.record.pairing, action.mine, action.theirs)
    return writing.Closing(
        **common,
        promised=achieved.promised,
        done=achieved.done,
        kept=tuple(c.text for c in achieved.kept),
        partner_kept=tuple((names[c.person], c.text) for c in achieved.partner_kept if c.person in names),
        carried=tuple(c.text for c in action.mine if c.is_open),
        stays=action.pairing is not None and stays_on(action.pairing, material.programme),
    )


def _next_opens(action: SendLetter, material: Material) -> date:
    its = turn_of(action.pairing, material.programme.settings) if action.pairing else None
    return its[1] if its else material.programme.today
