"""What an acknowledgement says, or a letter that asks again. Loaded when there is one to write."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, Protocol

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.letterhead import Letterhead
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.letter_language import language_of
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import TakeReply
from peerpact.programme.replies.effect import TURN
from peerpact.programme.replies.meaning import Requested, Unclear, Understood
from peerpact.programme.replies.own import Known, erased_on, kept_about, standing_of
from peerpact.programme.requests import BEGIN_LATER, FORGET_ME, MY_DATA, Request, Wish, begins
from peerpact.programme.turn.achieved import achieved_so_far
from peerpact.programme.wishes import ASKED_FIRST, Settled, counts_from

_TAPPED = {
    Wish.PAUSE: "pause",
    Wish.STOP: "stop",
    Wish.SKIP: "skip",
    Wish.STAY: "stay",
    Wish.ANOTHER_PARTNER: "another partner",
    Wish.BACK: "back",
}
"""The wishes that a button can say, and which button."""
_PAUSES = (2, 4, 13)
"""So many weeks are offered where a pause has no end."""


class Material(Known, Protocol):
    """What letters are made of."""

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
        file=_file(action, material) if action.asks_for == MY_DATA else None,
    )


def word_to_contact(record: LetterRecord, material: Material) -> LetterToSend:
    """Return the word to the confidential contact that a mail waits for them."""
    programme = material.programme
    head = Letterhead(programme.settings, material.config, programme.now)
    to = programme.people.get(record.person) or Person(email=record.person, name="")
    words = writing.MailWaits(to=to, sender=head.sender, reference=record.reference)
    return head.ready(record, words, to)


def _letter(action: TakeReply, common: dict[str, Any], material: Material) -> Any:
    if action.understood.care:
        return _cared_for(action, common, material)
    if action.asks_for:
        return _of_their_own(action, common, material)
    return (
        _asked_again(action, common, material)
        if action.understood.unclear
        else _said_back(action, common, material)
    )


def _cared_for(action: TakeReply, common: dict[str, Any], material: Material) -> writing.Care:
    language = language_of(action.person, material.programme.settings)
    return writing.Care(
        **common,
        confidential_contact=material.programme.settings.confidential_contact,
        help=material.guidance.of(GuidanceKind.CONFIDENTIAL_HELP, language),
    )


def _asked_again(action: TakeReply, common: dict[str, Any], material: Material) -> writing.AskAgain:
    understood = action.understood
    pause = next((r for r in understood.perhaps if r.kind is Wish.PAUSE and (r.since or r.until)), None)
    wishes = dict.fromkeys(
        _TAPPED[r.kind] for r in understood.perhaps if r.kind in _TAPPED and r is not pause
    )
    return writing.AskAgain(
        **common,
        commitments=action.asked_about,
        reason=_why(understood),
        met=any(r.kind is Wish.MET for r in action.requests),
        likely=tuple(sorted(understood.likely.items())),
        wishes=tuple(wishes),
        offered=action.offered,
        pause_until=_ends_of(pause) if pause else (),
        pause_from=pause.since if pause and pause.until else None,
        confidential_contact=material.programme.settings.confidential_contact,
    )


def _ends_of(pause: Requested) -> tuple[date, ...]:
    """Return until when a pause may be: as they said, or some weeks on."""
    if pause.until:
        return (pause.until,)
    return tuple(pause.since + timedelta(weeks=n) for n in _PAUSES) if pause.since else ()


def _why(understood: Understood) -> str:
    """Return why we ask, as the letter has it; empty where we only aren't certain."""
    if understood.unclear is Unclear.CONTRADICTING:
        clash = any(found.against == "contradicting" for found in understood.found.values())
        return "contradicting" if clash else ""
    return str(understood.unclear)


def _said_back(action: TakeReply, common: dict[str, Any], material: Material) -> writing.Acknowledgement:
    former = action.former_texts
    later = next((r for r in action.requests if r.kind in BEGIN_LATER), None)
    grace = material.programme.settings.grace_days
    return writing.Acknowledgement(
        **common,
        outcomes=tuple((c.text, c.outcome) for c in action.commitments if c.outcome),
        reworded=tuple((former[c.id], c.text) for c in action.commitments if c.id in former),
        new_commitments=tuple(
            (c.text, c.due) for c in action.commitments if not c.outcome and c.id not in former
        ),
        requests=tuple(
            (str(r.kind), r.until) for r in action.requests if not (_is_private(r, action) or r.words)
        ),
        wants=_said_of(Wish.TALK_ABOUT, action),
        offers=_said_of(Wish.CAN_OFFER, action),
        weeks=next((r.weeks for r in action.requests if r.weeks), 4),
        **_in_private(action, material),
        begins=begins(later) if later else None,
        erased_on=erased_on(later.asked_on, grace) if later else None,
        number=action.understood.number if action.letter.number is not None else None,
        partners=standing_of(action.person, material, ()).partners,
        **_of_the_round(action, material),
    )


def _of_the_round(action: TakeReply, material: Material) -> dict[str, Any]:
    """Return what came of the round whose turn a reply answers, with what that changes itself."""
    programme, email = material.programme, action.person.email
    pairing = next((p for p in programme.pairings if p.id == action.letter.pairing), None)
    if action.letter.kind != TURN or pairing is None:
        return {}
    known = {**material.commitments, **{c.id: c for c in action.commitments}}
    achieved = achieved_so_far(pairing.id, email, known.values(), programme.today)
    names = {p: programme.people[p].first_name for p in pairing.partners_of(email) if p in programme.people}
    return {
        "round_with": tuple(names.values()),
        "promised": achieved.promised,
        "done": achieved.done,
        "kept": tuple(c.text for c in achieved.kept),
        "partner_kept": tuple((names[c.person], c.text) for c in achieved.partner_kept if c.person in names),
    }


def _said_of(kind: Wish, action: TakeReply) -> str:
    return next((r.words for r in action.requests if r.kind is kind), "")


def _is_private(request: Request, action: TakeReply) -> bool:
    """Tell of a request whether it is said back as a wish about a partner."""
    return request not in action.shown


def _in_private(action: TakeReply, material: Material) -> dict[str, Any]:
    """Return what is said of wishes about a partner."""
    private, people = action.private, material.programme.people
    apart = [w for w in private.wishes if w.kind is not Wish.NEVER_WITH]
    never = [w for w in private.wishes if w.kind is Wish.NEVER_WITH]
    named = [people[e].name for w in never for e in w.others if e in people]
    together = any(
        set(w.others) & set(p.people) for w in never for p in material.programme.pairings if p.id == w.pairing
    )
    first = next(iter([*apart, *(never if together else ())]), None)
    return {
        "apart_on": counts_from(first, material.programme.settings) if first else None,
        "asks_partner": any(w.kind in ASKED_FIRST for w in apart),
        "never_with": ", ".join(named),
        "is_somebody_unknown": private.is_somebody_unknown,
        "taken_back": any(w.settled is Settled.TAKEN_BACK for w in private.settled),
        "goes_on": private.goes_on,
    }


def _of_their_own(action: TakeReply, common: dict[str, Any], material: Material) -> Any:
    """Return the answer to what somebody asks about themselves."""
    settings = material.programme.settings
    if action.asks_for == MY_DATA:
        return writing.MyData(**common, months=settings.retention_months)
    if action.asks_for == FORGET_ME:
        confirmed = next((r.asked_on for r in action.requests if r.kind is Wish.FORGET_ME), None)
        on = erased_on(confirmed, settings.grace_days) if confirmed else None
        return writing.ForgetMe(**common, days=settings.grace_days, erased_on=on)
    person, standing = action.person, standing_of(action.person, material, action.commitments)
    return writing.Status(
        **common,
        partners=standing.partners,
        meeting=standing.meeting,
        new_commitments=tuple((c.text, c.due) for c in standing.promises),
        is_out=not person.is_taking_part(material.programme.today),
        back_on=person.paused_until,
    )


def _file(action: TakeReply, material: Material) -> tuple[str, str]:
    kept = kept_about(action.person, material)
    return "peerpact.json", json.dumps(kept, ensure_ascii=False, indent=1)
