"""The acknowledgement of a reply: when one is due, and what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from peerpact import letters as writing
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.inbox import ASKS, Situation, TakeReply
from peerpact.jobs.letterhead import Letterhead
from peerpact.programme.correspondence import LetterState, planned

MOST_ACKNOWLEDGEMENTS_PER_THREAD = 3
ASK_AGAIN = "ask-again"


def with_acknowledgement(action: TakeReply, situation: Situation, acknowledged: Counter[str]) -> TakeReply:
    """Add the acknowledgement: at most one a person and day, three a thread, and one that asks again about a letter.

    One that was begun is finished.
    """
    key = f"acknowledgement:{action.record.message_id}"
    begun = situation.letters.get(key)
    if begun:
        unfinished = begun.state in {LetterState.PLANNED, LetterState.DRAFTED}
        return replace(action, acknowledgement=begun) if unfinished else action
    if action.letter.kind not in ASKS and not action.requests:
        return action
    kind = ASK_AGAIN if action.understood.unclear else "acknowledgement"
    today = f"{action.person.email}/{situation.programme.now.date()}"
    thread, again = action.record.thread_id, f"{ASK_AGAIN}/{action.letter.key}"
    if acknowledged[today] or acknowledged[thread] >= MOST_ACKNOWLEDGEMENTS_PER_THREAD:
        return action
    if kind == ASK_AGAIN and acknowledged[again]:
        return action
    acknowledged.update([today, thread, *([again] if kind == ASK_AGAIN else [])])
    record = planned(
        kind,
        key,
        action.person.email,
        pairing=action.letter.pairing,
        about=action.letter.about,
        at=situation.programme.now,
    )
    return replace(action, acknowledgement=record)


def acknowledged_before(situation: Situation) -> Counter[str]:
    """Count what was acknowledged before, by person and day and by thread."""
    counted: Counter[str] = Counter()
    for letter in situation.letters.values():
        if letter.kind in {"acknowledgement", ASK_AGAIN} and letter.planned:
            counted.update([f"{letter.person}/{letter.planned.date()}", letter.thread_id])
            reply = situation.replies.get(letter.key.partition(":")[2])
            counted.update([f"{ASK_AGAIN}/{reply.letter}"] if letter.kind == ASK_AGAIN and reply else [])
    return counted


def acknowledgement(action: TakeReply, situation: Situation) -> LetterToSend:
    record = action.acknowledgement
    assert record is not None
    programme = situation.programme
    post = Letterhead(programme.settings, situation.config, programme.now)
    letter: Any
    if action.understood.unclear:
        letter = writing.AskAgain(
            to=action.person,
            sender=post.sender,
            reference=record.reference,
            reply_to=post.reply_to(record, action.person),
            commitments=_texts(action, situation),
        )
    else:
        letter = writing.Acknowledgement(
            to=action.person,
            sender=post.sender,
            reference=record.reference,
            reply_to=post.reply_to(record, action.person),
            outcomes=tuple((c.text, c.outcome) for c in action.commitments if c.outcome),
            reworded=tuple(
                (action.former_texts[c.id], c.text) for c in action.commitments if c.id in action.former_texts
            ),
            new_commitments=tuple(
                (c.text, c.due)
                for c in action.commitments
                if not c.outcome and c.id not in action.former_texts
            ),
            requests=tuple((str(r.kind), r.until) for r in action.requests),
        )
    return post.ready(
        record,
        letter,
        action.person,
        in_reply_to=action.rfc_message_id,
        subject=action.subject,
        thread_id=action.record.thread_id,
        is_answer=True,
    )


def _texts(action: TakeReply, situation: Situation) -> tuple[str, ...]:
    return tuple(situation.commitments[c].text for c in action.letter.about if c in situation.commitments)
