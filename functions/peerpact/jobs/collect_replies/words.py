"""What an acknowledgement says, or a letter that asks again. Loaded when there is one to write."""

from __future__ import annotations

from typing import Any, Protocol

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead, language_of
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.replies.actions import TakeReply
from peerpact.programme.seen import ProgrammeSeen


class Material(Protocol):
    """What letters are made of."""

    @property
    def programme(self) -> ProgrammeSeen: ...
    @property
    def config(self) -> Config: ...
    @property
    def guidance(self) -> Guidance: ...


def acknowledgement(action: TakeReply, record: LetterRecord, material: Material) -> LetterToSend:
    """Return what is said back to a reply, in its thread."""
    programme = material.programme
    head = Letterhead(programme.settings, material.config, programme.now)
    common: dict[str, Any] = {
        "to": action.person,
        "sender": head.sender,
        "reference": record.reference,
        "reply_to": head.reply_to(record, action.person),
    }
    return head.ready(
        record,
        _letter(action, common, material),
        action.person,
        in_reply_to=action.rfc_message_id,
        subject=action.subject,
        thread_id=action.record.thread_id,
        is_answer=True,
    )


def _letter(action: TakeReply, common: dict[str, Any], material: Material) -> Any:
    if action.understood.care:
        return _cared_for(action, common, material)
    return _asked_again(action, common) if action.understood.unclear else _said_back(action, common)


def _cared_for(action: TakeReply, common: dict[str, Any], material: Material) -> writing.Care:
    language = language_of(action.person, material.programme.settings)
    return writing.Care(
        **common,
        confidential_contact=material.programme.settings.confidential_contact,
        help=material.guidance.of(GuidanceKind.CONFIDENTIAL_HELP, language),
    )


def _asked_again(action: TakeReply, common: dict[str, Any]) -> writing.AskAgain:
    return writing.AskAgain(**common, commitments=action.asked_about)


def _said_back(action: TakeReply, common: dict[str, Any]) -> writing.Acknowledgement:
    former = action.former_texts
    return writing.Acknowledgement(
        **common,
        outcomes=tuple((c.text, c.outcome) for c in action.commitments if c.outcome),
        reworded=tuple((former[c.id], c.text) for c in action.commitments if c.id in former),
        new_commitments=tuple(
            (c.text, c.due) for c in action.commitments if not c.outcome and c.id not in former
        ),
        requests=tuple((str(r.kind), r.until) for r in action.requests),
        weeks=next((r.weeks for r in action.requests if r.weeks), 4),
        pause_from=next((r.since for r in action.requests if r.since), None),
        number=action.understood.number if action.letter.number is not None else None,
    )
