"""What a reply that counts changes: outcomes, new commitments, requests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from peerpact.programme.announcements.due import round_of
from peerpact.programme.commitments import (
    Commitment,
    answered,
    first_due,
    former_text,
    made,
    reworded,
)
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.keys import short_key
from peerpact.programme.meetings.history import MEETING_NEVER_WAS, all_meetings
from peerpact.programme.meetings.rhythm import meeting_after
from peerpact.programme.pairings import Pairing, Round, round_numbered, round_on
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import InPrivate, TakeReply, asks, asks_only_for_a_promise
from peerpact.programme.replies.answer_words import AnswerWords, answer_words, languages_read
from peerpact.programme.replies.answered_letter import AnsweredLetter
from peerpact.programme.replies.meaning import Requested, Unclear, Understood
from peerpact.programme.replies.met import says_only_that_they_met
from peerpact.programme.replies.named import is_like
from peerpact.programme.replies.own import answer_to, unasked
from peerpact.programme.replies.private import in_private
from peerpact.programme.replies.read_for import asked_about_in, read_by_event, read_for
from peerpact.programme.replies.reply import Reply
from peerpact.programme.replies.seen import RepliesSeen, is_taken
from peerpact.programme.replies.sentences import plain_words
from peerpact.programme.requests import ANSWERS, FORGET_ME, Request, Wish
from peerpact.programme.turn.due import turn_key, turn_of
from peerpact.programme.wishes import PRIVATE

MOST_SAID_BACK = 10
"""So many commitments are read in one reply."""
_TAKEN_AS = {Wish.SKIP: Wish.PAUSE}
_FOR_PEOPLE = {Wish.NEVER_WITH: Wish.ANOTHER_PARTNER, Wish.NO_ANSWER: Wish.QUESTION}
"""What only people can see to where there is no place for private wishes; it says nothing of whom they are about."""
_ABOUT_ONESELF = {*ANSWERS, Wish.PAUSE, Wish.STOP, Wish.BACK, *PRIVATE}
"""What a mail may ask for that answers no letter."""
INTRODUCTION, TURN = "introduction", "turn"
_MOST_OFFERED = 3
ASKED_AGAIN, NOTHING = "unclear, asked again", "nothing changed"
_BEGINS = {"additions", "next", "corrections"}


def taken(record: ReplyRecord, found: AnsweredLetter, reply: Reply, seen: RepliesSeen) -> TakeReply:
    """Return a reply that counts, with all that it changes, or that an earlier run has recorded of it."""
    action = _taken_now(record, found, reply, seen)
    return _as_recorded(action, seen) if action.is_recorded else action


def _taken_now(record: ReplyRecord, found: AnsweredLetter, reply: Reply, seen: RepliesSeen) -> TakeReply:
    person = found.person
    letter, understood, says_unasked = _understood(record, found, reply, seen)
    if understood.care:
        return _in_confidence(record, found, reply, seen)
    pairing = next((p for p in seen.programme.pairings if p.id == letter.pairing), None)
    asked_about = [] if found.is_from_event and not understood.outcomes else asked_about_in(letter, seen)
    answers = _answered(understood, asked_about, record)
    said_back = _said_back(found.direct, seen)
    corrected = said_back if _corrects(reply.text, said_back, person.languages) else ()
    changed = _reworded(understood, corrected, record)
    audience = _audience(pairing, person.email, seen)
    due = first_due(record.received.date(), *_occasions(person, pairing, record, seen))
    made = _made(understood, letter, record, audience=audience, due=due, skip=len(corrected))
    made, again = _said_once(made, (*answers, *changed, *seen.commitments.values()), due)
    asked = _requests(understood, person, record, _next_round(letter, pairing, seen))
    requests, private = _asked_for(_skipping(asked, understood, seen), understood, found, seen)
    return TakeReply(
        record=replace(
            record,
            person=person.email,
            letter=letter.key,
            taken_as=_in_numbers(answers, changed, made, requests, understood, again=len(again)),
        ),
        letter=letter,
        person=person,
        commitments=(*answers, *changed, *again, *made),
        asked_about=tuple(c.text for c in asked_about),
        offered=_offered(understood, letter, seen),
        former_texts={c.id: former_text(c) for c in changed},
        requests=requests,
        private=private,
        understood=understood,
        asks_for=answer_to({r.kind for r in understood.requests}),
        subject=reply.subject,
        rfc_message_id=reply.message_id,
        is_recorded=is_taken(record.message_id, seen.replies),
        says_unasked=says_unasked,
        is_answer=bool(answers) or not found.is_from_event or asks_only_for_a_promise(letter),
    )


def taken_unasked(record: ReplyRecord, person: Person, reply: Reply, seen: RepliesSeen) -> TakeReply | None:
    """Return what a mail that answers no letter comes to: a certain wish about the writer; None when it has none.

    A mail without a text says in its subject what it wants.
    """
    letter = unasked(person)
    said = reply if reply.text.strip() else replace(reply, text=reply.subject)
    read = read_for(letter, record, person, said, seen)
    wants = {r.kind for r in read.requests}
    if not wants or not wants <= _ABOUT_ONESELF or read.question or read.care:
        return None
    return taken(record, AnsweredLetter(person=person, direct=letter, asking=letter), said, seen)


def _as_recorded(action: TakeReply, seen: RepliesSeen) -> TakeReply:
    """Return a reply as an earlier run recorded it, however it reads now.

    Meanwhile the letter that it quotes may be gone, or its own words are known as a promise.
    """
    known = seen.replies[action.record.message_id]
    said = (c for c in action.commitments if _is_recorded(c, seen))
    recorded = {c.id: seen.commitments[c.id] for c in (*said, *_made_in(known.message_id, seen))}
    unclear = action.understood.unclear if known.taken_as == ASKED_AGAIN else None
    return replace(
        action,
        record=replace(known, kind=action.record.kind, received=action.record.received),
        commitments=tuple(recorded.values()),
        requests=tuple(r for r in action.requests if f"asks: {r.kind}" in known.taken_as.split(", ")),
        understood=replace(action.understood, unclear=unclear),
    )


def _is_recorded(commitment: Commitment, seen: RepliesSeen) -> bool:
    known = seen.commitments.get(commitment.id)
    return known is not None and (known.text, known.outcome) == (commitment.text, commitment.outcome)


def _understood(
    record: ReplyRecord, found: AnsweredLetter, reply: Reply, seen: RepliesSeen
) -> tuple[LetterRecord, Understood, bool]:
    """Return the question that a reply answers, what it says, and whether it answers where nothing is asked.

    An answer under the wrong letter counts where it is certain and one question is open; a kind word about an
    introduction asks for nothing. It asks for a promise from their first meeting on: then one that is certain counts.
    """
    letter = found.asking
    if says_only_that_they_met(reply.text, languages_read()):
        return letter, Understood(met=True), False
    if found.is_from_event:
        return letter, read_by_event(letter, record, found.person, reply, seen), False
    read = read_for(letter, record, found.person, reply, seen)
    if asks(letter) or read.care or read.is_for_people:
        return letter, read, False
    questions = _questions(letter, seen)
    answers = [(q, read_for(q, record, found.person, reply, seen)) for q in questions]
    certain = [
        (q, answer) for q, answer in answers if not answer.unclear and (answer.outcomes or answer.promises)
    ]
    waiting = [q for q in questions if not q.answered]
    for question, answer in certain:
        if waiting == [question]:
            return question, answer, False
    if not questions and read.promises and not read.unclear and _have_met_by(record, letter, seen):
        return letter, read, False
    return letter, _wishes_only(read), bool(certain or read.promises)


def _have_met_by(record: ReplyRecord, letter: LetterRecord, seen: RepliesSeen) -> bool:
    """Tell of an answer to an introduction whether the time of the pair's first meeting had come."""
    pairing = next((p for p in seen.programme.pairings if p.id == letter.pairing), None)
    if letter.kind != INTRODUCTION or pairing is None:
        return False
    starts = [m.start for m in all_meetings(pairing) if m.start and m.state not in MEETING_NEVER_WAS]
    return any(start <= record.received for start in starts)


def _questions(letter: LetterRecord, seen: RepliesSeen) -> list[LetterRecord]:
    """Return what a person was asked in this pairing; a reminder asks nothing of its own."""
    asked = [x for x in seen.letters.values() if x.person == letter.person and x.pairing == letter.pairing]
    return [x for x in asked if asks(x) and x.kind != "reminder" and x.state is LetterState.SENT]


def _audience(pairing: Pairing | None, person: str, seen: RepliesSeen) -> tuple[str, ...]:
    """Return the partners of now: who has left or paused is none, though the pairing may not show it yet."""
    people, today = seen.programme.people, seen.programme.today
    partners = pairing.partners_of(person) if pairing else ()
    return tuple(p for p in partners if p not in people or people[p].held or people[p].is_taking_part(today))


def _in_confidence(record: ReplyRecord, found: AnsweredLetter, reply: Reply, seen: RepliesSeen) -> TakeReply:
    """Return words of distress: nothing of them is written anywhere, not even that there were any."""
    return TakeReply(
        record=replace(record, person=found.person.email, letter=found.asking.key, taken_as=NOTHING),
        letter=found.asking,
        person=found.person,
        understood=Understood(care=True),
        subject=reply.subject,
        rfc_message_id=reply.message_id,
        is_recorded=is_taken(record.message_id, seen.replies),
    )


def _wishes_only(understood: Understood) -> Understood:
    """Return what counts in an answer to a letter that asked for nothing: requests and questions, no promises.

    A wish that isn't certain is asked about.
    """
    unclear = understood.unclear if understood.perhaps else None
    return replace(understood, outcomes=MappingProxyType({}), promises=(), unclear=unclear)


def _corrects(text: str, said_back: Sequence[Commitment], languages: Sequence[str]) -> bool:
    """Tell whether an answer to an acknowledgement puts a promise in other words, and does not come on top.

    It begins as a correction does ("I meant ..."), or it has a word with the promise in common; "Also ..." adds. In
    whichever of somebody's languages: what adds in one of them overwrites nothing.
    """
    known = languages_read()
    read = [(w, plain_words(text, w)) for w in map(answer_words, set(known) & set(languages) or known)]
    begun = {
        sort
        for w, tokens in read
        for sort in _BEGINS & w.sentences.keys()
        if w.sentences[sort].begins(tokens)
    }
    return begun <= {"corrections"} and (bool(begun) or any(_is_about(said_back, *each) for each in read))


def _is_about(said_back: Sequence[Commitment], words: AnswerWords, tokens: Sequence[str]) -> bool:
    """Tell whether a text has a word with a promise in common."""
    known = [w for c in said_back for w in plain_words(c.text, words) if len(w) > 3]
    return any(is_like(w, k) for w in tokens if len(w) > 3 for k in known)


def _answered(
    understood: Understood, asked_about: Sequence[Commitment], record: ReplyRecord
) -> tuple[Commitment, ...]:
    on = record.received.date()
    return tuple(
        answered(asked_about[number - 1], outcome, on)
        for number, outcome in sorted(understood.outcomes.items())
        if 1 <= number <= len(asked_about)
    )


def _offered(understood: Understood, letter: LetterRecord, seen: RepliesSeen) -> tuple[str, ...]:
    """Return what they promised last in this pairing, where they answered that it is the same; else what may be one."""
    if understood.perhaps_promised:
        return (understood.perhaps_promised,)
    if understood.unclear is not Unclear.SAME:
        return ()
    own = [c for c in seen.commitments.values() if (c.person, c.pairing) == (letter.person, letter.pairing)]
    last = max((c.made_on for c in own if not c.is_erased), default=None)
    return tuple(c.text for c in own if c.made_on == last and not c.is_erased)[:_MOST_OFFERED]


def _said_back(letter: LetterRecord, seen: RepliesSeen) -> tuple[Commitment, ...]:
    """Return the commitments that an acknowledgement said back and that nobody has answered or erased since."""
    kind, _, message_id = letter.key.partition(":")
    if kind != "acknowledgement":
        return ()
    return tuple(c for c in _made_in(message_id, seen) if c.outcome is None)


def _made_in(message_id: str, seen: RepliesSeen) -> tuple[Commitment, ...]:
    """Return the commitments that are recorded of a reply and have words."""
    ids = (_commitment_id(message_id, number) for number in range(MOST_SAID_BACK))
    known = [seen.commitments[c] for c in ids if c in seen.commitments]
    return tuple(c for c in known if not c.is_erased)


def _reworded(
    understood: Understood, corrected: Sequence[Commitment], record: ReplyRecord
) -> tuple[Commitment, ...]:
    on = record.received.date()
    pairs = zip(corrected, understood.new_commitments, strict=False)
    return tuple(reworded(commitment, text, on) for commitment, text in pairs)


def _made(
    understood: Understood,
    letter: LetterRecord,
    record: ReplyRecord,
    *,
    audience: tuple[str, ...],
    due: date,
    skip: int,
) -> tuple[Commitment, ...]:
    """Return the new commitments, but for the first ones that put other words in place of earlier ones.

    ``due`` is the day of those that name none.
    """
    on = record.received.date()
    return tuple(
        made(
            Commitment(
                id=_commitment_id(record.message_id, number),
                person=letter.person,
                pairing=letter.pairing,
                text=promise.text,
                made_on=on,
                due=promise.due if promise.due and promise.due > on else due,
                audience=audience,
            )
        )
        for number, promise in enumerate(understood.promises)
        if number >= skip
    )


def _said_once(
    fresh: Sequence[Commitment], known: Sequence[Commitment], unnamed: date
) -> tuple[tuple[Commitment, ...], tuple[Commitment, ...]]:
    """Return the promises that are new, and those open ones that were only said again, as by a link and a mail.

    Said to somebody who hadn't heard it, or for another day, it is new. ``unnamed`` is due what names no day.
    """
    new: list[Commitment] = []
    again: dict[str, Commitment] = {}
    latest = {c.id: c for c in reversed(known)}
    for promise in fresh:
        same = next((c for c in (*latest.values(), *new) if _is_same(c, promise, unnamed)), None)
        if same is None:
            new.append(promise)
        elif same not in new:
            again[same.id] = same
    return tuple(new), tuple(again.values())


def _is_same(known: Commitment, said: Commitment, unnamed: date) -> bool:
    """Tell whether an open promise is the one that its maker says again, in the same words to the same partners."""
    heard = set(said.audience) <= set(known.audience) if known.audience else known.pairing == said.pairing
    is_theirs = known.person == said.person and known.is_open and not known.is_erased
    return is_theirs and heard and said.due in {known.due, unnamed} and _bare(known.text) == _bare(said.text)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _occasions(
    person: Person, pairing: Pairing | None, record: ReplyRecord, seen: RepliesSeen
) -> tuple[date | None, date | None]:
    """Return the days of the next meeting and of the turn, if that is yet to come: a promise is asked about then."""
    if pairing is None:
        return None, None
    settings, turn = seen.programme.settings, seen.letters.get(turn_key(person.email, pairing))
    span = turn_of(pairing, settings)
    meeting = meeting_after(pairing, record.received, seen.programme.requests, settings)
    return meeting, span[0] if span and (turn is None or turn.state is not LetterState.SENT) else None


def _commitment_id(message_id: str, number: int) -> str:
    return "c-" + short_key("commitment", message_id, str(number))


def _asked_for(
    requests: Sequence[Request], understood: Understood, found: AnsweredLetter, seen: RepliesSeen
) -> tuple[tuple[Request, ...], InPrivate]:
    """Return the requests of a reply that count, and what it wishes in private."""
    counting = tuple(r for r in requests if r.kind not in ANSWERS or _confirms(r, found))
    private = in_private(counting, understood.requests, found.person, found.asking, seen)
    return _left_to_people(counting, private, seen), private


def _left_to_people(
    requests: Sequence[Request], private: InPrivate, seen: RepliesSeen
) -> tuple[Request, ...]:
    """Return the requests, and what is private as something for people where nothing comes of it in private.

    Whoever takes a private wish back, or answers that they are still there, says nothing of the next round by that.
    """
    kept = {w.kind for w in private.wishes} | ({Wish.NEVER_WITH} if private.is_somebody_unknown else set())
    left = _FOR_PEOPLE if seen.wishes is None else dict.fromkeys(PRIVATE, Wish.QUESTION)
    said = {Wish.STAY, Wish.BACK} if private.settled else set()
    return tuple(
        r if r.kind in kept else replace(r, kind=left.get(r.kind, r.kind))
        for r in requests
        if r.kind not in said
    )


def _confirms(request: Request, found: AnsweredLetter) -> bool:
    """Tell whether somebody says once more that they want to be forgotten, having been told what that means."""
    return request.kind is Wish.FORGET_ME and found.direct.kind == FORGET_ME


def _next_round(letter: LetterRecord, pairing: Pairing | None, seen: RepliesSeen) -> Round | None:
    """Return the round that comes next, where a letter asks what people want then."""
    if letter.kind == TURN and pairing:
        return round_numbered(pairing.round + 1, seen.programme.settings)
    announced = round_of(letter.key)
    return round_numbered(announced, seen.programme.settings) if announced else None


def _skipping(
    requests: tuple[Request, ...], understood: Understood, seen: RepliesSeen
) -> tuple[Request, ...]:
    """Return requests in which a skip lasts one round: where no letter asked about the next, the one that is open."""
    current = round_on(seen.programme.today, seen.programme.settings)
    if current is None or not any(r.kind is Wish.SKIP for r in understood.requests):
        return requests
    return tuple(
        replace(r, until=current.ends) if r.kind is Wish.PAUSE and r.until is None else r for r in requests
    )


def _requests(
    understood: Understood, person: Person, record: ReplyRecord, following: Round | None
) -> tuple[Request, ...]:
    """Return what is asked for. What is said about the next round begins with it."""
    found = {_TAKEN_AS.get(r.kind, r.kind): r for r in understood.requests}
    also = [Wish.QUESTION] if understood.question else []
    also += [Wish.MET] if understood.met and Wish.NOT_MET not in found else []
    wishes = {**dict.fromkeys(also), **found}
    return (
        *(_request(kind, asked, person, record, following) for kind, asked in wishes.items()),
        *_topics(understood, person, record),
    )


def _topics(understood: Understood, person: Person, record: ReplyRecord) -> Iterator[Request]:
    """Yield what somebody wants to talk about and can offer, where all of their reply is certain."""
    said = {Wish.TALK_ABOUT: understood.wants, Wish.CAN_OFFER: understood.offers}
    for kind, words in said.items():
        if words and not understood.unclear:
            yield replace(_request(kind, None, person, record, None), words=words)


def _request(
    kind: Wish, asked: Requested | None, person: Person, record: ReplyRecord, following: Round | None
) -> Request:
    on = record.received.date()
    since, until = (asked.since, asked.until) if asked else (None, None)
    if following and kind is Wish.PAUSE:
        since = max(since or following.opens, following.opens)
        until = following.ends if asked and asked.kind is Wish.SKIP else until
    return Request(
        id="q-" + short_key("request", record.message_id, kind),
        person=person.email,
        kind=_about_next(kind, on, following) if following else kind,
        asked_on=on,
        since=since if since and since > on else None,
        until=until,
        weeks=(asked.weeks or None) if asked else None,
    )


def _about_next(kind: Wish, on: date, following: Round) -> Wish:
    """Return what a wish is, said of the round that comes next; to stay is for people once that one has opened."""
    late = {Wish.STAY: Wish.QUESTION} if on >= following.opens else {}
    return {Wish.ANOTHER_PARTNER: Wish.NEW_PARTNER, **late}.get(kind, kind)


def _in_numbers(
    answered: Sequence[Commitment],
    changed: Sequence[Commitment],
    made: Sequence[Commitment],
    requests: Sequence[Request],
    understood: Understood,
    *,
    again: int,
) -> str:
    outcomes = Counter(str(c.outcome) for c in answered)
    parts = [f"{n} {outcome}" for outcome, n in outcomes.items()]
    parts += [f"{len(changed)} put otherwise"] if changed else []
    parts += [f"{again} said again"] if again else []
    parts += [f"{len(made)} new"] if made else []
    parts += ["a number"] if understood.number else []
    parts += [f"asks: {r.kind}" for r in requests]
    parts += [
        f"asks: {r.kind}"
        for r in understood.requests
        if r.kind in ANSWERS.keys() - {x.kind for x in requests}
    ]
    return ", ".join(parts) or ("unclear, asked again" if understood.unclear else "nothing changed")
