"""The job ``send_follow_ups``: asks for a commitment after the meeting, and once a month what became of each.

It also keeps the Overview's figures about commitments, erases texts whose time has come, and forgets nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.google.outbox import LetterToSend
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import read_programme
from peerpact.jobs.job import Done, Run, Steps, after_posting
from peerpact.jobs.letterhead import Letterhead, language_of
from peerpact.programme.commitments import Commitment, asked, erased, is_told, told
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.figures.overview import RefreshFigures, Row, commitment_figures, news_among
from peerpact.programme.follow_ups import DueLetter, Kind, due_letters
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.plan import Action, Plan
from peerpact.programme.retention import EraseText, missing_people_problems, to_be_erased
from peerpact.programme.seen import ProgrammeSeen
from peerpact.tables.records import read_commitments, read_figures, read_guidance, read_letters

TELLS_NEWS = {Kind.FOLLOW_UP.value, Kind.REMINDER.value}
"""Letters that tell what became of a partner's commitments; the request comes before there are any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is due is judged by."""

    programme: ProgrammeSeen
    config: Config
    guidance: Guidance
    commitments: dict[str, Commitment]
    letters: dict[str, LetterRecord]
    figures: dict[str, dict[str, Any]]
    pairings: dict[str, Pairing]
    commitments_of: dict[str, list[Commitment]]
    """Everybody's commitments, oldest first."""
    references_of: dict[str, set[str]]
    """The references of the letters that each has got."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLetter(Action):
    """A letter about commitments that is due, or was begun by a run that died."""

    record: LetterRecord
    due: DueLetter | None
    person: Person
    mine: tuple[Commitment, ...]
    """Their own open commitments, in the order of the letter's numbers."""
    theirs: tuple[Commitment, ...]
    """The open commitments of their partners in this pairing."""
    news: tuple[Commitment, ...]
    """What became of their partners' commitments, as far as no letter has told them yet."""

    @property
    def key(self) -> str:
        return self.record.key

    @property
    def summary(self) -> str:
        return f"Write to {self.person.name}: {self.record.kind}, {len(self.mine)} open commitments"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(f"“{c.text}”" for c in self.mine)


def gather(access: Access, now: datetime) -> Situation:
    programme = read_programme(access.programme, now, ("Guidance", "Overview"))
    access.ledger.read(["Commitments", "Letters"])
    commitments = {c.id: c for c in read_commitments(access.ledger.contents("Commitments"))}
    letters = read_letters(access.ledger.contents("Letters"))
    return Situation(
        programme=programme,
        config=access.config,
        guidance=read_guidance(access.programme.contents("Guidance")),
        commitments=commitments,
        letters=letters,
        figures=read_figures(access.programme.contents("Overview")),
        pairings={p.id: p for p in programme.pairings},
        commitments_of=_by_person(commitments.values()),
        references_of=_references(letters.values()),
    )


def _by_person(commitments: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    found: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in sorted(commitments, key=lambda c: (c.made_on, c.id)):
        found[commitment.person].append(commitment)
    return found


def _references(letters: Iterable[LetterRecord]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        if letter.state is LetterState.SENT:
            found[letter.person].add(letter.reference)
    return found


def decide(situation: Situation) -> Plan:
    programme = situation.programme
    due = due_letters(
        programme.pairings,
        programme.people,
        situation.letters,
        requests=programme.requests,
        settings=programme.settings,
        now=programme.now,
    )
    begun = [_begun(letter, situation) for letter in _unfinished(situation)]
    busy = {
        b.person.email for b in begun
    }  # whoever gets a letter that a run left unfinished gets no other now
    letters = [*begun, *(_decided(d, situation) for d in due if d.person not in busy)]
    erased = to_be_erased(situation.commitments.values(), programme)
    rows = _new_figures(situation)
    written_to = frozenset(letter.person.email for letter in letters)
    return Plan(
        actions=(*letters, *erased, *([RefreshFigures(rows=rows)] if rows else [])),
        problems=tuple(missing_people_problems(situation.commitments.values(), programme)),
        writes_to=written_to,
        most_letters=programme.settings.most_letters,
    )


def act(plan: Plan, situation: Situation, access: Access, run: Run) -> Done:
    access.ledger.commit([Upsert("Commitments", _history_rows(plan, situation.programme.now.date()))])
    letters = [_letter(a, situation) for a in plan.actions if isinstance(a, SendLetter)]
    posted = access.outbox(access.ledger).send(letters, **run.posting)
    rows = [row for a in plan.actions if isinstance(a, RefreshFigures) for row in a.rows]
    return replace(after_posting(posted), changes=(Upsert("Overview", rows),))


def _history_rows(plan: Plan, today: date) -> list[dict[str, Any]]:
    """Return the rows of commitments that letters ask about or tell of, and of those that are erased."""
    changed: dict[str, Commitment] = {}
    for action in plan.actions:
        if isinstance(action, SendLetter):
            reference = action.record.reference
            changed |= {c.id: told(changed.get(c.id, c), reference, today) for c in action.news}
            if action.record.kind == Kind.FOLLOW_UP:
                changed |= {c.id: asked(changed.get(c.id, c), reference, today) for c in action.mine}
        if isinstance(action, EraseText):
            changed[action.commitment.id] = erased(
                changed.get(action.commitment.id, action.commitment), today
            )
    return [{"id": c.id, "text": c.text, "history": c.history} for c in changed.values()]


def _unfinished(situation: Situation) -> list[LetterRecord]:
    kinds = {kind.value for kind in Kind}
    states = {LetterState.PLANNED, LetterState.DRAFTED}
    return [r for r in situation.letters.values() if r.kind in kinds and r.state in states]


def _begun(record: LetterRecord, situation: Situation) -> SendLetter:
    mine = tuple(situation.commitments[c] for c in record.about if c in situation.commitments)
    return _send(record, None, mine, situation)


def _decided(due: DueLetter, situation: Situation) -> SendLetter:
    mine = [
        c
        for c in situation.commitments_of.get(due.person, ())
        if c.is_open and not c.is_erased and (not due.of or c.id in due.of.about)
    ]
    record = planned(
        str(due.kind),
        due.key,
        due.person,
        pairing=due.pairing.id,
        about=tuple(c.id for c in mine),
        at=situation.programme.now,
    )
    return _send(record, due, tuple(mine), situation)


def _send(
    record: LetterRecord, due: DueLetter | None, mine: tuple[Commitment, ...], situation: Situation
) -> SendLetter:
    pairing = situation.pairings.get(record.pairing)
    partners = pairing.partners_of(record.person) if pairing else ()
    theirs = [
        c
        for partner in partners
        for c in situation.commitments_of.get(partner, ())
        if c.pairing == record.pairing and not c.is_erased
    ]
    got = frozenset(situation.references_of.get(record.person, ())) - {record.reference}
    return SendLetter(
        record=record,
        due=due,
        person=situation.programme.people.get(record.person)
        or Person(email=record.person, name=record.person),
        mine=mine,
        theirs=tuple(c for c in theirs if c.is_open),
        news=tuple(c for c in theirs if not c.is_open and not is_told(c, got))
        if record.kind in TELLS_NEWS
        else (),
    )


def _letter(action: SendLetter, situation: Situation) -> LetterToSend:
    programme = situation.programme
    post = Letterhead(programme.settings, situation.config, programme.now)
    pairing = situation.pairings.get(action.record.pairing)
    partners = tuple(
        programme.people[p]
        for p in (pairing.partners_of(action.person.email) if pairing else ())
        if p in programme.people
    )
    language = language_of(action.person, programme.settings)
    words = _words(action, partners, situation, language, post)
    return post.ready(action.record, words, action.person, **_thread_of(action, situation))  # type: ignore[arg-type]


def _words(
    action: SendLetter, partners: tuple[Person, ...], situation: Situation, language: str, post: Letterhead
) -> Any:
    common: dict[str, Any] = {
        "to": action.person,
        "sender": post.sender,
        "reference": action.record.reference,
        "reply_to": post.reply_to(action.record, action.person),
        "partners": partners,
    }
    texts = tuple(c.text for c in action.mine)
    names = {p.email: p.first_name for p in partners}
    news = tuple((names[c.person], c.text, c.outcome) for c in action.news if c.outcome and c.person in names)
    if action.record.kind == Kind.COMMITMENT_REQUEST:
        return writing.CommitmentRequest(**common)
    if action.record.kind == Kind.REMINDER:
        return writing.Reminder(**common, commitments=texts, partner_news=news)
    number = _month_of(action.record.key)
    return writing.FollowUp(
        **common,
        commitments=texts,
        partner_open=tuple((names[c.person], c.text, c.outcome) for c in action.theirs if c.person in names),
        partner_news=news,
        question=situation.guidance.one_of(GuidanceKind.MONTHLY_QUESTION, language, number),
        skill_prompt=situation.guidance.one_of(GuidanceKind.SKILL_PROMPT, language, number),
        next_meeting_link=writing.next_meeting_link(
            (action.person, *partners), post.sender, post.settings.programme_name
        ),
        is_short=bool(action.due and action.due.is_short),
    )


def _month_of(key: str) -> int:
    """Return which month's follow-up a key names, so that each month has its own question."""
    last = key.rpartition(":")[2]
    return int(last) if last.isdigit() else 0


def _thread_of(action: SendLetter, situation: Situation) -> dict[str, str]:
    """Return what puts a reminder into the thread of the letter it reminds of."""
    if action.record.kind != Kind.REMINDER:
        return {}
    about = situation.letters.get(action.record.key.partition(":")[2])
    if about is None:
        return {}
    return {"in_reply_to": about.rfc_message_id, "thread_id": about.thread_id}


def _new_figures(situation: Situation) -> tuple[Row, ...]:
    programme = situation.programme
    rows = commitment_figures(
        list(situation.commitments.values()), situation.letters.values(), programme.settings, programme.now
    )
    return news_among(rows, situation.figures)


def _reaches(action: SendLetter | EraseText | RefreshFigures) -> tuple[str, ...]:
    return (action.person.email,) if isinstance(action, SendLetter) else ()


STEPS = Steps(gather=gather, decide=decide, act=act, reaches=_reaches)
