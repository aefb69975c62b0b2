"""The job ``send_follow_ups``: asks for a commitment after the meeting, and once a month what became of each.

It also keeps the Overview's figures about commitments, erases texts whose time has come, and forgets nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peerpact import letters as writing
from peerpact.config import Config
from peerpact.google.credentials import COMPOSE, METADATA
from peerpact.google.doors import Doors
from peerpact.google.outbox import LetterToSend
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import Programme, read_programme
from peerpact.jobs.job import Done, Job, Plan, Run, over_limit
from peerpact.jobs.posting import Post, language_of
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.follow_ups import DueLetter, Kind, due_letters
from peerpact.programme.guidance import Guidance, GuidanceKind
from peerpact.programme.overview import Row, commitment_figures
from peerpact.programme.pairings import Pairing, add_months
from peerpact.programme.people import Person, TakingPart
from peerpact.tables.records import read_commitments, read_guidance, read_letters

ERASED = "(erased)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is due is judged by."""

    programme: Programme
    config: Config
    guidance: Guidance
    commitments: dict[str, Commitment]
    letters: dict[str, LetterRecord]
    figures: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLetter:
    """A letter about commitments that is due, or was begun by a run that died."""

    record: LetterRecord
    due: DueLetter | None
    person: Person
    mine: tuple[Commitment, ...]
    theirs: tuple[Commitment, ...]

    @property
    def key(self) -> str:
        return self.record.key

    def sentence(self, *, show_texts: bool = False) -> str:
        said = f"Write to {self.person.name}: {self.record.kind}, {len(self.mine)} open commitments"
        return said + "".join(f"\n      “{c.text}”" for c in self.mine if show_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseText:
    """A commitment whose text has been kept as long as Settings allow; its figures stay."""

    commitment: Commitment

    @property
    def key(self) -> str:
        return f"erase:{self.commitment.id}"

    def sentence(self, *, show_texts: bool = False) -> str:  # noqa: ARG002 - it is to be forgotten
        return f"Erase the text of commitment {self.commitment.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshFigures:
    """Lines of the Overview that say something new."""

    rows: tuple[Row, ...]

    @property
    def key(self) -> str:
        return "overview"

    def sentence(self, *, show_texts: bool = False) -> str:  # noqa: ARG002 - figures only
        return f"Refresh the Overview: {', '.join(row['month'] for row in self.rows)}"


def gather(doors: Doors, now: datetime) -> Situation:
    programme = read_programme(doors.programme, now, ("Guidance", "Overview"))
    doors.ledger.read(["Commitments", "Letters"])
    return Situation(
        programme=programme,
        config=doors.config,
        guidance=read_guidance(programme.tabs["Guidance"]),
        commitments={c.id: c for c in read_commitments(doors.ledger.contents("Commitments"))},
        letters=read_letters(doors.ledger.contents("Letters")),
        figures={r["month"]: dict(r.values) for r in programme.tabs["Overview"].rows},
    )


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
    begun_keys = {b.key for b in begun}
    letters = [*begun, *(_decided(d, situation) for d in due if d.key not in begun_keys)]
    erased = [
        EraseText(commitment=c) for c in situation.commitments.values() if _is_to_be_erased(c, situation)
    ]
    rows = _new_figures(situation)
    written_to = frozenset(letter.person.email for letter in letters)
    return Plan(
        actions=(*letters, *erased, *([RefreshFigures(rows=rows)] if rows else [])),
        faults=None,
        writes_to=written_to,
        too_much=over_limit(written_to, programme.settings.most_letters),
    )


def act(plan: Plan, situation: Situation, doors: Doors, run: Run) -> Done:
    erased = [a.commitment for a in plan.actions if isinstance(a, EraseText)]
    doors.ledger.commit([Upsert("Commitments", [{"id": c.id, "text": ERASED} for c in erased])])
    letters = [_letter(a, situation) for a in plan.actions if isinstance(a, SendLetter)]
    _, finished = doors.outbox(doors.ledger).send(letters, now=run.now, time_left=run.time_left)
    rows = [row for a in plan.actions if isinstance(a, RefreshFigures) for row in a.rows]
    return Done(changes=(Upsert("Overview", rows),), finished=finished)


def _unfinished(situation: Situation) -> list[LetterRecord]:
    kinds = {kind.value for kind in Kind}
    states = {LetterState.PLANNED, LetterState.DRAFTED}
    return [r for r in situation.letters.values() if r.kind in kinds and r.state in states]


def _begun(record: LetterRecord, situation: Situation) -> SendLetter:
    person = situation.programme.people.get(record.person) or Person(email=record.person, name=record.person)
    mine = tuple(situation.commitments[c] for c in record.about if c in situation.commitments)
    theirs = _partners_commitments(record.person, _pairing(record.pairing, situation), situation)
    return SendLetter(record=record, due=None, person=person, mine=mine, theirs=theirs)


def _decided(due: DueLetter, situation: Situation) -> SendLetter:
    programme = situation.programme
    mine = tuple(
        sorted(
            (
                c
                for c in situation.commitments.values()
                if c.person == due.person and c.is_open and c.text != ERASED
            ),
            key=lambda c: (c.made_on, c.id),
        )
    )
    if due.of:
        mine = tuple(c for c in mine if c.id in due.of.about)
    post = Post(programme.settings, situation.config, programme.now)
    record = post.record(
        str(due.kind), due.key, due.person, pairing=due.pairing.id, about=tuple(c.id for c in mine)
    )
    return SendLetter(
        record=record,
        due=due,
        person=programme.people[due.person],
        mine=mine,
        theirs=_partners_commitments(due.person, due.pairing, situation),
    )


def _partners_commitments(
    person: str, pairing: Pairing | None, situation: Situation
) -> tuple[Commitment, ...]:
    """Return what this pairing's partners promised in it: open, or answered in the last month and a half."""
    if pairing is None:
        return ()
    since = add_months(situation.programme.now.date(), -1)
    return tuple(
        c
        for c in situation.commitments.values()
        if c.pairing == pairing.id
        and c.person in pairing.partners_of(person)
        and c.text != ERASED
        and (c.is_open or (c.answered_on and c.answered_on >= since))
    )


def _pairing(pairing_id: str, situation: Situation) -> Pairing | None:
    return next((p for p in situation.programme.pairings if p.id == pairing_id), None)


def _letter(action: SendLetter, situation: Situation) -> LetterToSend:
    programme = situation.programme
    post = Post(programme.settings, situation.config, programme.now)
    pairing = _pairing(action.record.pairing, situation)
    partners = tuple(
        programme.people[p]
        for p in (pairing.partners_of(action.person.email) if pairing else ())
        if p in programme.people
    )
    language = language_of(action.person, programme.settings)
    words = _words(action, partners, situation, language, post)
    return post.ready(action.record, words, action.person, **_thread_of(action, situation))  # type: ignore[arg-type]


def _words(
    action: SendLetter, partners: tuple[Person, ...], situation: Situation, language: str, post: Post
) -> Any:
    common: dict[str, Any] = {
        "to": action.person,
        "sender": post.sender,
        "reference": action.record.reference,
        "reply_to": post.reply_to(action.record, action.person),
        "partners": partners,
    }
    texts = tuple(c.text for c in action.mine)
    if action.record.kind == Kind.COMMITMENT_REQUEST:
        return writing.CommitmentRequest(**common)
    if action.record.kind == Kind.REMINDER:
        return writing.Reminder(**common, commitments=texts)
    number = _month_of(action.record.key)
    names = {p.email: p.first_name for p in partners}
    return writing.FollowUp(
        **common,
        commitments=texts,
        partner_open=tuple(
            (names[c.person], c.text) for c in action.theirs if c.is_open and c.person in names
        ),
        partner_news=tuple(
            (names[c.person], c.text, c.outcome) for c in action.theirs if c.outcome and c.person in names
        ),
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


def _is_to_be_erased(commitment: Commitment, situation: Situation) -> bool:
    """Tell whether a text's time is over: the months in Settings after its round, or its person has left."""
    if commitment.text in {"", ERASED}:
        return False
    programme = situation.programme
    person = programme.people.get(commitment.person)
    if person is None or person.taking_part is TakingPart.NO:
        return True
    pairing = _pairing(commitment.pairing, situation)
    number = pairing.round if pairing else 1
    first = programme.settings.first_round
    if first is None:
        return False
    ends = add_months(first, number * programme.settings.round_months + programme.settings.retention_months)
    return programme.now.date() >= ends


def _new_figures(situation: Situation) -> tuple[Row, ...]:
    programme = situation.programme
    rows = commitment_figures(
        list(situation.commitments.values()), situation.letters.values(), programme.settings, programme.now
    )
    return tuple(row for row in rows if not _same(situation.figures.get(row["month"], {}), row))


def _same(there: dict[str, Any], row: Row) -> bool:
    return all((there.get(name) or None) == (value or None) for name, value in row.items())


JOB = Job(
    name="send_follow_ups",
    summary="Asks for commitments, and once a month what became of them.",
    schedule="5 */4 * * 1-5",
    gather=gather,
    decide=decide,
    act=act,
    mailbox_scopes=(COMPOSE, METADATA),
    opens_ledger=True,
)
