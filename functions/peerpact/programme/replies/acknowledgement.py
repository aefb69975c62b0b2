"""When a reply is acknowledged: at most once a person and day, three times a thread; asked again once a letter.

Words of distress are answered always, and corrections confirmed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from peerpact.programme.commitments import Step, events_of
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.replies.actions import NOTHING_PRIVATE, TakeReply, asks
from peerpact.programme.replies.effect import ASKED_AGAIN, NOTHING
from peerpact.programme.replies.own import MOST_A_DAY
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.requests import ANSWERS, BEGIN_LATER

MOST_A_THREAD = 3
OWN = frozenset(ANSWERS.values())
ACKNOWLEDGEMENT, ASK_AGAIN = "acknowledgement", "ask-again"


def acknowledged_before(seen: RepliesSeen) -> Counter[str]:
    """Count what was acknowledged before to those who wrote: by person and day, by thread, by letter asked about again.

    One that was begun and whose key was typed over is decided on anew: it doesn't stand in its own way.
    """
    counted: Counter[str] = Counter()
    who = {seen.aliases.writer_of(mail) for mail in seen.mails}
    threads = {mail.thread for mail in seen.mails}
    theirs = (x for x in seen.letters.values() if x.person in who or x.thread_id in threads)
    for letter in (x for x in theirs if x.is_whole or x.sent):
        if letter.kind in OWN and letter.planned:
            counted.update([f"{letter.person}/{letter.planned.date()}/own"])
        if letter.kind in {ACKNOWLEDGEMENT, ASK_AGAIN} and letter.planned:
            counted.update([f"{letter.person}/{letter.planned.date()}", letter.thread_id])
            reply = seen.replies.get(letter.key.partition(":")[2])
            counted.update([f"{ASK_AGAIN}/{reply.letter}"] if letter.kind == ASK_AGAIN and reply else [])
    return counted


def with_acknowledgement(action: TakeReply, seen: RepliesSeen, acknowledged: Counter[str]) -> TakeReply:
    """Add the acknowledgement where one is due, and count it. One that was begun is finished."""
    key = f"{ACKNOWLEDGEMENT}:{action.record.message_id}"
    begun = seen.letters.get(key)
    if begun:
        unfinished = begun.state in {LetterState.PLANNED, LetterState.DRAFTED}
        return replace(action, acknowledgement=begun) if unfinished else action
    if action.understood.care:
        return replace(action, acknowledgement=_planned(ACKNOWLEDGEMENT, action, seen))
    if action.asks_for:
        own = f"{action.person.email}/{seen.programme.today}/own"
        acknowledged.update([own])
        few = acknowledged[own] <= MOST_A_DAY
        return replace(action, acknowledgement=_planned(action.asks_for, action, seen)) if few else action
    if action.is_recorded and _has_lost_its_words(action):
        return action
    near = action.understood.is_for_people
    if not (asks(action.letter) or near or _calls_for_an_answer(action)):
        return action
    kind = ASK_AGAIN if action.understood.unclear else ACKNOWLEDGEMENT
    today = f"{action.person.email}/{seen.programme.today}"
    thread, again = action.record.thread_id, f"{ASK_AGAIN}/{action.letter.key}"
    enough = acknowledged[today] or acknowledged[thread] >= MOST_A_THREAD
    if enough and not near and not _corrects(action) and not _stops_letters(action):
        return action
    if kind == ASK_AGAIN and acknowledged[again]:
        return action
    acknowledged.update([today, thread, *([again] if kind == ASK_AGAIN else [])])
    return replace(action, acknowledgement=_planned(kind, action, seen))


def _calls_for_an_answer(action: TakeReply) -> bool:
    """Tell whether an answer to a letter that asked for nothing is one that something has to be said to."""
    calls = action.commitments or action.says_unasked or action.understood.perhaps or action.private.settled
    return bool(action.requests or calls)


def _stops_letters(action: TakeReply) -> bool:
    """Tell whether it ends what they hear from us, or a pairing: said back always, while it can still be taken back."""
    ends = any(r.kind in BEGIN_LATER for r in action.requests) or action.private != NOTHING_PRIVATE
    return not action.is_recorded and ends


def _has_lost_its_words(action: TakeReply) -> bool:
    """Tell whether something was recorded of a reply that can't be said back any more; we don't say "nothing"."""
    said = action.commitments or action.requests or action.understood.number
    return not said and action.record.taken_as not in {ASKED_AGAIN, NOTHING}


def _corrects(action: TakeReply) -> bool:
    """Tell whether it takes back what was said before: that is always confirmed, however many a day."""
    last = [events_of(c)[-2:] for c in action.commitments]
    return any(event.step is Step.CHANGED for events in last for event in events) and not action.is_recorded


def _planned(kind: str, action: TakeReply, seen: RepliesSeen) -> LetterRecord:
    return planned(
        kind,
        f"{ACKNOWLEDGEMENT}:{action.record.message_id}",
        action.person.email,
        at=seen.programme.now,
        pairing=action.letter.pairing,
        about=action.letter.about,
    )
