"""What a reply that counts changes: outcomes, new commitments, requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from peerpact.jobs.inbox import ASKS, Situation
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.keys import short_key
from peerpact.programme.pairings import Pairing, add_months
from peerpact.programme.people import Person
from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.replies.reading import Reply
from peerpact.programme.requests import Request, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReply:
    """A reply that counts, and all that it changes."""

    record: ReplyRecord
    letter: LetterRecord
    person: Person
    commitments: tuple[Commitment, ...] = ()
    """As they are after the reply: answered ones and new ones."""
    requests: tuple[Request, ...] = ()
    acknowledgement: LetterRecord | None = None
    understood: Understood
    subject: str = ""
    rfc_message_id: str = ""
    """The reply's own Message-ID, for threading the acknowledgement."""
    is_recorded: bool = False
    """An earlier run has written its effect already; only the acknowledgement and label are left."""

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    def sentence(self, *, show_texts: bool = False) -> str:
        said = f"Take the reply of {self.person.name}: {self.record.taken_as}"
        texts = [f"“{c.text}” ({c.outcome or 'new'})" for c in self.commitments] if show_texts else []
        return said + "".join(f"\n      {t}" for t in texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A mail that changes nothing: automatic, or waiting for a person."""

    record: ReplyRecord
    label: str

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    def sentence(self, *, show_texts: bool = False) -> str:  # noqa: ARG002 - nobody's words in it
        return f"Label a mail “{self.label}” ({self.record.kind}: {self.record.taken_as})"


def take(record: ReplyRecord, letter: LetterRecord, reply: Reply, situation: Situation) -> TakeReply:
    programme = situation.programme
    person = programme.people[letter.person]
    pairing = next((p for p in programme.pairings if p.id == letter.pairing), None)
    asked_about = [situation.commitments[c] for c in letter.about if c in situation.commitments]
    understood = understand(
        reply.text,
        open_commitments=[c.text for c in asked_about],
        languages=person.languages,
        on=record.received.date(),
        asked=Asked.OUTCOMES if asked_about else Asked.COMMITMENT,
    )
    if letter.kind not in ASKS:
        understood = _wishes_only(understood)
    answered = _answered(understood, asked_about, record)
    made = _made(understood, letter, pairing, record)
    requests = _requests(understood, person, record)
    return TakeReply(
        record=replace(
            record,
            person=person.email,
            letter=letter.key,
            taken_as=_in_numbers(answered, made, requests, understood),
        ),
        letter=letter,
        person=person,
        commitments=(*answered, *made),
        requests=requests,
        understood=understood,
        subject=reply.subject,
        rfc_message_id=reply.message_id,
        is_recorded=record.message_id in situation.replies,
    )


def _wishes_only(understood: Understood) -> Understood:
    """Return what counts in an answer to a letter that asked for nothing: requests and questions, no promises."""
    return replace(understood, outcomes=MappingProxyType({}), new_commitments=(), unclear=None)


def _answered(
    understood: Understood, asked_about: Sequence[Commitment], record: ReplyRecord
) -> tuple[Commitment, ...]:
    on = record.received.date()
    return tuple(
        replace(
            asked_about[number - 1],
            outcome=outcome,
            answered_on=on,
            history=asked_about[number - 1].history + f"; {on}: {outcome}",
        )
        for number, outcome in sorted(understood.outcomes.items())
        if 1 <= number <= len(asked_about)
    )


def _made(
    understood: Understood, letter: LetterRecord, pairing: Pairing | None, record: ReplyRecord
) -> tuple[Commitment, ...]:
    on = record.received.date()
    return tuple(
        Commitment(
            id="c-" + short_key("commitment", record.message_id, str(number)),
            person=letter.person,
            pairing=pairing.id if pairing else letter.pairing,
            text=text,
            made_on=on,
            due=add_months(on, 1),
            history=f"{on}: made",
        )
        for number, text in enumerate(understood.new_commitments)
    )


def _requests(understood: Understood, person: Person, record: ReplyRecord) -> tuple[Request, ...]:
    wishes = [(Wish(str(r.kind)), r.until) for r in understood.requests]
    wishes += [(Wish.QUESTION, None)] if understood.question else []
    return tuple(
        Request(
            id="q-" + short_key("request", record.message_id, kind),
            person=person.email,
            kind=kind,
            asked_on=record.received.date(),
            until=until,
        )
        for kind, until in wishes
    )


def _in_numbers(
    answered: Sequence[Commitment],
    made: Sequence[Commitment],
    requests: Sequence[Request],
    understood: Understood,
) -> str:
    outcomes = Counter(str(c.outcome) for c in answered)
    parts = [f"{n} {outcome}" for outcome, n in outcomes.items()]
    parts += [f"{len(made)} new"] if made else []
    parts += [f"asks: {r.kind}" for r in requests]
    return ", ".join(parts) or ("unclear, asked again" if understood.unclear else "nothing changed")
