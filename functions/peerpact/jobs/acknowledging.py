"""The acknowledgement of a reply: when one is due, and what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from peerpact import letters as writing
from peerpact.google.outbox import LetterToSend
from peerpact.jobs.inbox import ASKS, Situation
from peerpact.jobs.posting import Post
from peerpact.jobs.taking import TakeReply
from peerpact.programme.correspondence import LetterState

MOST_ACKNOWLEDGEMENTS_PER_THREAD = 3


def with_acknowledgement(action: TakeReply, situation: Situation, acknowledged: Counter[str]) -> TakeReply:
    """Add the acknowledgement: at most one a person and day, three a thread; one that was begun is finished."""
    key = f"acknowledgement:{action.record.message_id}"
    begun = situation.letters.get(key)
    if begun:
        unfinished = begun.state in {LetterState.PLANNED, LetterState.DRAFTED}
        return replace(action, acknowledgement=begun) if unfinished else action
    if action.letter.kind not in ASKS and not action.requests:
        return action
    today = f"{action.person.email}/{situation.programme.now.date()}"
    if acknowledged[today] or acknowledged[action.record.thread_id] >= MOST_ACKNOWLEDGEMENTS_PER_THREAD:
        return action
    acknowledged.update([today, action.record.thread_id])
    programme = situation.programme
    record = Post(programme.settings, situation.config, programme.now).record(
        "ask-again" if action.understood.unclear else "acknowledgement",
        key,
        action.person.email,
        pairing=action.letter.pairing,
        about=action.letter.about,
    )
    return replace(action, acknowledgement=record)


def acknowledged_before(situation: Situation) -> Counter[str]:
    """Count what was acknowledged before, by person and day and by thread."""
    counted: Counter[str] = Counter()
    for letter in situation.letters.values():
        if letter.kind in {"acknowledgement", "ask-again"} and letter.planned:
            counted.update([f"{letter.person}/{letter.planned.date()}", letter.thread_id])
    return counted


def acknowledgement(action: TakeReply, situation: Situation) -> LetterToSend:
    record = action.acknowledgement
    assert record is not None
    programme = situation.programme
    post = Post(programme.settings, situation.config, programme.now)
    letter: Any
    if action.understood.unclear:
        letter = writing.AskAgain(
            to=action.person,
            sender=post.sender,
            reference=record.reference,
            commitments=_texts(action, situation),
        )
    else:
        letter = writing.Acknowledgement(
            to=action.person,
            sender=post.sender,
            reference=record.reference,
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
