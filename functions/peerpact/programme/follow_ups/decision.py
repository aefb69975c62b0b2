"""What to write about commitments and to whom, whose words to erase, and which figures are news."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from peerpact.programme.announcements.due import DueRoundLetter, RoundLetter, due_round_letters
from peerpact.programme.archive import (
    MoveToArchive,
    OverRow,
    commitments_over,
    letters_over,
    replies_over,
    row_of,
)
from peerpact.programme.commitments import Commitment, asked, erased, is_settled, is_told, told
from peerpact.programme.correspondence import LetterRecord, planned
from peerpact.programme.days_off import first_working_day
from peerpact.programme.figures.overview import RefreshFigures, Row, news_among
from peerpact.programme.figures.published import Told, commitment_figures, is_published
from peerpact.programme.follow_ups.around_meetings import (
    asks_until,
    meeting_ahead,
)
from peerpact.programme.follow_ups.by_calendar import (
    LONGEST,
    as_if_away,
    away_today,
    calendar_problems,
    with_leave,
)
from peerpact.programme.follow_ups.due import STALE, DueLetter, Kind, due_letters
from peerpact.programme.follow_ups.meeting_behind import meeting_behind
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.follow_ups.still_there import still_there
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.history import past_meetings
from peerpact.programme.meetings.rhythm import end_of_round
from peerpact.programme.pairings import Pairing, pairing_id
from peerpact.programme.people import Person
from peerpact.programme.plan import Action, Plan
from peerpact.programme.removed_drafts import removed_drafts
from peerpact.programme.retention import (
    EraseWords,
    retention_problems,
    to_be_erased,
)
from peerpact.programme.sentences import Sentence, counted
from peerpact.programme.turn.achieved import unknown_action
from peerpact.programme.turn.due import LAST_DAYS, between_rounds, gives_way, last_words
from peerpact.programme.turn.pulse import is_pulse

MOST_SHOWN = 20
"""Promises of one kind in a letter: somebody who promises hundreds floods neither their partner nor themselves."""
ONE = timedelta(days=1)
TELLS_ALL = {Kind.TURN, Kind.CLOSING}
"""Letters at the end of a round: they tell what came of it as a whole."""
ASKS_HOW_IT_WENT = {
    Kind.COMMITMENT_REQUEST.value,
    Kind.FOLLOW_UP.value,
    Kind.TURN.value,
    Kind.CLOSING.value,
}
TELLS_AHEAD = {Kind.FOLLOW_UP.value, Kind.TURN.value, Kind.CLOSING.value}
"""Letters that tell also of what their reader promised for a later day."""
TELLS_NEWS = {Kind.FOLLOW_UP.value, Kind.REMINDER.value, Kind.TURN.value}
"""Letters that tell what became of a partner's commitments; the request comes before there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLetter(Action):
    """A letter about commitments that is due, or was begun by a run that died."""

    record: LetterRecord
    person: Person
    partners: tuple[Person, ...]
    mine: tuple[Commitment, ...]
    """Their own open commitments that are due, in the order of the letter's numbers."""
    ahead: tuple[Commitment, ...] = ()
    """Their own that have a later day: they are not asked about yet."""
    own: tuple[Commitment, ...] = ()
    """All their own of the pairing, where the letter tells what came of it."""
    theirs: tuple[Commitment, ...]
    """The open commitments of their partners, as far as the reader heard them; of the pairing all, where ``own`` is."""
    news: tuple[Commitment, ...]
    """What became of their partners' commitments, as far as no letter has told them yet."""
    is_short: bool = False
    pairing: Pairing | None = None
    about: LetterRecord | None = None
    """The letter that a reminder reminds of, as far as it is on record."""
    asks_action: bool = False
    """It comes after a meeting, since which its reader has promised nothing."""

    @property
    def key(self) -> str:
        return self.record.key

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 mail", "{many} mails")

    @property
    def summary(self) -> str:
        """That somebody is reminded, or how much of theirs is open, would tell what they did."""
        about = "about commitments" if self.record.kind in set(Kind) else self.record.kind
        return f"Write to {self.person.name}: {about}"

    @property
    def texts(self) -> tuple[str, ...]:
        about = (
            (f"{self.record.kind}, {len(self.mine)} open commitments",)
            if self.record.kind in set(Kind)
            else ()
        )
        return (*about, *(f"“{c.text}”" for c in self.mine))

    @property
    def number(self) -> int:
        """Which month's follow-up it is, so that each month has its own question."""
        last = self.record.key.rpartition(":")[2]
        return int(last) if re.fullmatch(r"\d{1,3}", last, re.ASCII) else 0


FollowUpAction = SendLetter | EraseWords | RefreshFigures | MoveToArchive


def decide(seen: CommitmentsSeen) -> Plan:
    programme = seen.programme
    to_erase = to_be_erased(seen.commitments.values(), programme, seen.archived)
    left = _without(seen, {c.id for a in to_erase for c in a.commitments})
    letters, news = _letters(left), _news(seen)
    return Plan(
        actions=(
            *letters,
            *to_erase,
            *([RefreshFigures(rows=news)] if news else []),
            *_to_archive(seen, {c.id for letter in letters for c in (*letter.mine, *letter.news)}),
        ),
        problems=(
            *retention_problems(programme),
            *removed_drafts(seen.letters.values(), programme.now),
            *calendar_problems(programme, seen.calendars),
        ),
        waits=tuple(
            f"{programme.name(p)}: a mail waits, as their calendar is full all day"
            for p in _wait(left, letters)
        ),
        writes_to=frozenset(letter.person.email for letter in letters),
        most_letters=programme.settings.most_letters,
    )


def over_but_for_replies(seen: CommitmentsSeen, asked: Collection[str] = ()) -> list[OverRow]:
    """Return what is over of the ledger's commitments and letters. What is asked or told of just now stays."""
    if not seen.has_archive:
        return []
    commitments = commitments_over(seen.commitments.values(), seen.programme)
    return [
        *(row_of(c) for c in commitments if c.id not in asked),
        *letters_over(seen.letters.values(), seen.programme),
    ]


def _to_archive(seen: CommitmentsSeen, asked: Collection[str]) -> list[MoveToArchive]:
    """Return what is over of the ledger: replies go with the letters that they answer."""
    rows = over_but_for_replies(seen, asked)
    replies = replies_over(seen.replies.values(), seen.letters, seen.programme) if rows else []
    return [MoveToArchive(rows=(*rows, *replies))] if rows else []


def to_be_told(seen: CommitmentsSeen) -> Told:
    """Return what there is to count for the Overview."""
    programme = seen.programme
    return Told(
        commitments=list(seen.commitments.values()),
        letters=list(seen.letters.values()),
        pairings=programme.pairings,
        taking_part={a for a, p in programme.people.items() if p.is_taking_part(programme.today)},
        off={a: p.days_off for a, p in programme.people.items()},
        published={**seen.figures, **(seen.published or {})},
    )


def _news(seen: CommitmentsSeen) -> tuple[Row, ...]:
    """Return the lines that the Overview has otherwise, and those that were published and the ledger lacks."""
    programme = seen.programme
    figures = commitment_figures(to_be_told(seen), programme.settings, programme.today)
    lacking = [
        r
        for r in figures
        if is_published(r) and seen.published is not None and r["month"] not in seen.published
    ]
    news = news_among(figures, seen.figures)
    return (*news, *(row for row in lacking if row not in news))


def noted(actions: Iterable[FollowUpAction], today: date) -> list[Commitment]:
    """Return the commitments that letters ask about or tell of, or that are erased, with that in their history."""
    changed: dict[str, Commitment] = {}
    for action in actions:
        if isinstance(action, SendLetter):
            reference = action.record.reference
            changed |= {c.id: told(changed.get(c.id, c), reference, today) for c in action.news}
            if action.record.kind in ASKS_HOW_IT_WENT:
                changed |= {c.id: asked(changed.get(c.id, c), reference, today) for c in action.mine}
        if isinstance(action, EraseWords):
            changed |= {c.id: erased(changed.get(c.id, c), today) for c in action.commitments}
    return list(changed.values())


def _without(seen: CommitmentsSeen, erased: Collection[str]) -> CommitmentsSeen:
    """Return what letters are made of: words that this run erases are in none of them."""
    if not erased:
        return seen
    return replace(seen, commitments={key: c for key, c in seen.commitments.items() if key not in erased})


def whom_to_look_at(seen: CommitmentsSeen) -> frozenset[str]:
    """Return whose free/busy tells whether a letter waits: those to whom one is due, or would be after leave."""
    programme = seen.programme
    if programme.is_paused:
        return frozenset()
    after_leave = as_if_away(programme, _waited_for(seen))
    due = {d.person for d in _due(seen)}
    if after_leave is not programme:  # on most days nobody begins a week
        due |= {d.person for d in _due(seen.of_people(after_leave))}
    return frozenset(due | {w.person for w in _about_rounds(seen, frozenset()) if w.may_wait})


def _waited_for(seen: CommitmentsSeen) -> set[str]:
    """Return whose promise was missed if they were away until today; one from before any such leave was not."""
    known, today = seen.programme.people, seen.programme.today
    missed = [(p, c.due) for p, c in seen.unasked.items() if c.due < today - STALE]
    began = seen.began if missed else {}
    begins = ((p, max(day, began.get(p, day)) + ONE) for p, day in missed)
    return {p for p, day in begins if first_working_day(day, known[p].works_on) >= today - LONGEST - ONE}


def _wait(seen: CommitmentsSeen, letters: Iterable[SendLetter]) -> list[str]:
    """Return to whom a letter is due that waits, as they are away by their calendar."""
    away = _away(seen)
    if not away:
        return []
    due = {d.person for d in _due(seen)} | {w.person for w in _about_rounds(seen, frozenset())}
    return sorted(due & away - {letter.person.email for letter in letters})


def _away(seen: CommitmentsSeen) -> frozenset[str]:
    return away_today(seen.programme, seen.calendars.leave) if seen.calendars else frozenset()


def _letters(seen: CommitmentsSeen) -> list[SendLetter]:
    """Return those begun and those due. Whoever gets one that a run left unfinished gets no other now."""
    begun = [_begun(letter, seen) for letter in _unfinished(seen)]
    busy = {letter.person.email for letter in begun}
    about_rounds = _about_rounds(seen, _away(seen))
    if seen.calendars:
        seen = seen.of_people(with_leave(seen.programme, seen.calendars.leave))
    due = [d for d in _due(seen) if d.person not in busy]
    busy |= {d.person for d in due}
    others = [w for w in about_rounds if w.person not in busy]
    return [*begun, *(_decided(d, seen) for d in due), *(_about_round(w, seen) for w in others)]


def _about_rounds(seen: CommitmentsSeen, away: Collection[str]) -> list[DueRoundLetter]:
    return due_round_letters(seen.programme, seen.letters, seen.joining, away)


def _about_round(due: DueRoundLetter, seen: CommitmentsSeen) -> SendLetter:
    return _letter(planned(str(due.kind), due.key, due.person, at=seen.programme.now), (), seen)


def _due(seen: CommitmentsSeen) -> list[DueLetter]:
    """Return the letters that are due, at most one a person: the word that closes a pairing first, then the turn."""
    programme = seen.programme
    pairings, at = [p for p in programme.pairings if not programme.waits(p)], programme.now
    known, settings, unasked = programme.people, programme.settings, seen.unasked
    monthly = due_letters(
        pairings,
        known,
        seen.letters,
        requests=programme.requests,
        settings=settings,
        now=at,
        unasked={p: c.due for p, c in unasked.items()},
        joined=seen.joined,
        gives_way=lambda due: (
            gives_way(due, known[due.person], programme, seen.letters)
            or _has_promised(due, seen)
            or _asks_nothing(due, seen)
        ),
    )
    found = [
        *last_words(programme, seen.letters, seen.joined),
        *still_there(programme, seen.wishes, seen.letters),
        *monthly,
        *between_rounds(programme.pairings, known, unasked, seen.letters, settings=settings, now=at),
    ]
    return list({d.person: d for d in reversed(found)}.values())[::-1]


def _has_promised(due: DueLetter, seen: CommitmentsSeen) -> bool:
    """Tell of a request whether its reader has a promise open already that was made in the pairing."""
    known = seen.commitments_of.get(due.person, ()) if due.kind is Kind.COMMITMENT_REQUEST else ()
    return any(c.pairing == due.pairing.id and c.is_open and not c.is_erased for c in known)


def _asks_nothing(due: DueLetter, seen: CommitmentsSeen) -> bool:
    """Tell of a letter around a meeting whether it would ask its reader nothing, and tell nothing of their partner.

    The invitation says when the meeting is and what it may be about.
    """
    if due.kind is not Kind.FOLLOW_UP or due.day:
        return False
    if meeting_ahead(due.pairing, seen.programme.people[due.person], seen.programme.now) is None:
        return False
    letter = _decided(due, seen)
    asks_met = any(m.state == MeetingState.NOT_KNOWN for m in past_meetings(due.pairing)[-1:])
    asks = letter.mine or asks_met or letter.asks_action or letter.record.number is not None
    return not (asks or letter.theirs or letter.news)


def _asks_action(record: LetterRecord, pairing: Pairing | None, seen: CommitmentsSeen) -> bool:
    """Tell of a letter after a meeting whether its reader has promised nothing since."""
    person, now = seen.programme.people.get(record.person), seen.programme.now
    if record.kind != Kind.FOLLOW_UP or pairing is None or person is None:
        return False
    behind = meeting_behind(pairing, person, now)
    is_after = behind is not None and behind.day < person.local_day(now) <= behind.last
    return is_after and bool(unknown_action(pairing, person, seen.commitments_of.get(person.email, ()), now))


def _unfinished(seen: CommitmentsSeen) -> list[LetterRecord]:
    """Return letters that a run began."""
    kinds = {*map(str, Kind), *map(str, RoundLetter)}
    return [r for r in seen.letters.values() if r.is_begun and r.kind in kinds]


def _begun(record: LetterRecord, seen: CommitmentsSeen) -> SendLetter:
    return _letter(record, tuple(seen.commitments[c] for c in record.about if c in seen.commitments), seen)


def _decided(due: DueLetter, seen: CommitmentsSeen) -> SendLetter:
    today, known = seen.programme.today, seen.commitments_of.get(due.person, ())
    person = seen.programme.people[due.person]
    ends = end_of_round(due.pairing, seen.programme.settings)
    is_last = due.kind is Kind.TURN and ends is not None and today >= ends.date() - LAST_DAYS
    mine = tuple(c for c in known if not c.is_erased and _is_asked(c, due, person, today, of_all=is_last))[
        :MOST_SHOWN
    ]
    record = planned(
        str(due.kind),
        due.key,
        due.person,
        at=seen.programme.now,
        pairing=due.pairing.id,
        about=tuple(c.id for c in mine),
        asks_number=due.kind is Kind.TURN
        or is_pulse(due, seen.letters_of.get(due.person, ()), seen.programme.today),
    )
    return _letter(record, mine, seen, is_short=due.is_short)


def _is_asked(commitment: Commitment, due: DueLetter, person: Person, today: date, *, of_all: bool) -> bool:
    """Tell whether a letter is about an open promise of its reader: in the last days of a round about each.

    Else one asks only about those whose day has come or is near.
    """
    if due.of:
        return commitment.is_open and commitment.id in due.of.about
    if due.kind is Kind.STILL_THERE:
        return False
    return commitment.is_open and (of_all or commitment.due <= asks_until(today, person.works_on))


def _ahead(
    record: LetterRecord, mine: tuple[Commitment, ...], seen: CommitmentsSeen
) -> tuple[Commitment, ...]:
    if record.kind not in TELLS_AHEAD:
        return ()
    open_ = (c for c in seen.commitments_of.get(record.person, ()) if c.is_open and not c.is_erased)
    return tuple(c for c in open_ if c not in mine)


def _own(record: LetterRecord, seen: CommitmentsSeen) -> tuple[Commitment, ...]:
    known = seen.commitments_of.get(record.person, ()) if record.kind in TELLS_ALL else ()
    return tuple(c for c in known if c.pairing == record.pairing and not c.is_erased)


def _letter(
    record: LetterRecord, mine: tuple[Commitment, ...], seen: CommitmentsSeen, *, is_short: bool = False
) -> SendLetter:
    people = seen.programme.people
    pairing = seen.pairing_for(seen.pairings.get(record.pairing), record.person)
    partners = pairing.partners_of(record.person) if pairing and _is_between(pairing, record) else ()
    theirs = [
        c
        for partner in partners
        for c in seen.commitments_of.get(partner, ())
        if _is_shared(c, record, seen) and is_settled(c, seen.programme.today)
    ]
    return SendLetter(
        record=record,
        person=people.get(record.person) or Person(email=record.person, name=record.person),
        partners=tuple(people[p] for p in partners if p in people),
        mine=mine,
        theirs=_newest(c for c in theirs if _is_told(c, record)),
        news=_newest(c for c in theirs if _is_news(c, record, seen)),
        is_short=is_short,
        pairing=pairing,
        ahead=_newest(_ahead(record, mine, seen)),
        own=_newest(_own(record, seen)),
        about=seen.letters.get(record.key.partition(":")[2]) if record.kind == Kind.REMINDER else None,
        asks_action=_asks_action(record, pairing, seen),
    )


def _newest(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    return tuple(commitments)[-MOST_SHOWN:]


def _is_between(pairing: Pairing, record: LetterRecord) -> bool:
    """Tell whether a letter is between partners: who asks about a promise may have none any more."""
    return record.person in pairing.people and (pairing.is_approved or record.kind == Kind.CLOSING)


def _is_shared(commitment: Commitment, record: LetterRecord, seen: CommitmentsSeen) -> bool:
    """Tell whether the letter's reader may see a partner's commitment: they heard it, and it has words.

    Where two stay together, what they promised each other in an earlier round is still between them.
    """
    if commitment.is_erased:
        return False
    if commitment.audience:
        return record.person in commitment.audience
    return commitment.pairing == record.pairing and record.person in _first_partners(commitment, seen)


def _first_partners(commitment: Commitment, seen: CommitmentsSeen) -> tuple[str, ...]:
    """Return who may see a commitment whose audience was not kept: its partners, if they never changed, else nobody.

    A pairing's id tells whom it began with; a letter to anybody else tells that there was another in between.
    """
    pairing = seen.pairings.get(commitment.pairing)
    if pairing is None:
        return ()
    began = pairing.id == pairing_id(pairing.round, pairing.people)
    if not began or not seen.written_to.get(pairing.id, set()) <= set(pairing.people):
        return ()
    return pairing.partners_of(commitment.person)


def _is_told(commitment: Commitment, record: LetterRecord) -> bool:
    if record.kind in TELLS_ALL:
        return commitment.pairing == record.pairing
    return commitment.is_open


def _is_news(commitment: Commitment, record: LetterRecord, seen: CommitmentsSeen) -> bool:
    """Tell whether no letter has told the reader what became of a partner's commitment, and this kind does."""
    if commitment.is_open or record.kind not in TELLS_NEWS:
        return False
    got = frozenset(seen.references_of.get(record.person, ())) - {record.reference}
    return not is_told(commitment, got)
