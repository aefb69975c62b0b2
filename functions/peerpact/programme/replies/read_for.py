"""What a text says as an answer to one of our letters, or as the promise that a meeting's event asks for."""

from __future__ import annotations

from dataclasses import replace

from peerpact.programme.announcements.due import RoundLetter
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import KINDS, LetterRecord, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.replies.event_link import numbered_apart
from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.replies.own import OF_ITSELF
from peerpact.programme.replies.reply import Reply
from peerpact.programme.replies.seen import RepliesSeen

_TURN = "turn"


def read_by_event(
    letter: LetterRecord, record: ReplyRecord, person: Person, reply: Reply, seen: RepliesSeen
) -> Understood:
    """Return the promise of a mail by an event's link, and what it answers by number to what was asked last."""
    whole = read_for(letter, record, person, reply, seen, is_promise=True)
    rest, numbered = numbered_apart(reply.text) if asked_about_in(letter, seen) else (reply.text, "")
    if not numbered or whole.care or whole.is_for_people:
        return whole
    answered = read_for(letter, record, person, replace(reply, text=numbered), seen)
    if not answered.outcomes or answered.unclear or answered.promises:
        return whole
    if not rest:
        return answered
    read = read_for(letter, record, person, replace(reply, text=rest), seen, is_promise=True)
    return replace(read, outcomes=answered.outcomes, found=answered.found)


def read_for(
    letter: LetterRecord,
    record: ReplyRecord,
    person: Person,
    reply: Reply,
    seen: RepliesSeen,
    *,
    is_promise: bool = False,
) -> Understood:
    """Return what a text says as an answer to a letter, or as the promise that a meeting's event asks for."""
    asked_about = [] if is_promise else asked_about_in(letter, seen)
    known = KINDS.get(letter.kind)
    is_open = letter.kind == OF_ITSELF or (known is not None and known.is_open)
    asked = Asked.ANYTHING if is_open and not is_promise else Asked.COMMITMENT
    return understand(
        reply.text,
        open_commitments=[c.text for c in asked_about],
        languages=person.languages,
        on=record.received.date(),
        asked=Asked.OUTCOMES if asked_about else asked,
        also=set() if is_promise else _also_asked(letter),
    )


def _also_asked(letter: LetterRecord) -> set[Asked]:
    """Return what a letter asks beside promises: a number, what comes next, what they want to talk about."""
    number = set() if letter.number is None else {Asked.NUMBER}
    asks = {
        _TURN: Asked.NEXT_ROUND,
        RoundLetter.ANNOUNCEMENT: Asked.TOPICS,
        RoundLetter.WELCOME: Asked.TOPICS,
    }
    return number | ({asks[letter.kind]} if letter.kind in asks else set())


def asked_about_in(letter: LetterRecord, seen: RepliesSeen) -> list[Commitment]:
    return [seen.commitments[c] for c in letter.about if c in seen.commitments]
