"""What is taken from mails, said back and set aside: situations, and the actions that come out in short words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from peerpact.programme.commitments import Commitment, Outcome, answered, asked, made
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord, planned
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.replies.actions import SetAside, TakeReply
from peerpact.programme.replies.bounces import Bounce
from peerpact.programme.replies.decision import JOB, decide
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.reply import Reply
from peerpact.programme.replies.seen import Aliases, MailSeen, RepliesSeen
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.replies.tokens import cycle_of, reply_address
from peerpact.programme.seen import ProgrammeSeen

ADA, BEN, CY = (
    Person(email=f"{n}@example.com", name=n.capitalize(), languages=("en",)) for n in ("ada", "ben", "cy")
)
PEOPLE = {p.email: p for p in (ADA, BEN, CY)}
NOW = datetime(2026, 2, 17, 10, tzinfo=UTC)
KEY = b"secret"
PAIRING = Pairing(id="ab", round=1, people=(ADA.email, BEN.email), state=PairingState.APPROVED)

MET = replace(PAIRING, meeting_start=NOW, meeting_state="accepted")


def letter(kind: str, person: Person = ADA, *about: str, key: str = "", on: datetime = NOW) -> LetterRecord:
    record = planned(
        kind,
        key or f"{kind}:ab:{person.email}",
        person.email,
        at=on - timedelta(days=1),
        pairing="ab",
        about=about,
    )
    return replace(
        record, state=LetterState.SENT, thread_id=f"t-{record.key}", rfc_message_id=f"<{record.reference}>"
    )


ASKED = letter("commitment-request")
MONTHLY = letter("follow-up", ADA, "a1", "a2")
ONE = letter("follow-up", ADA, "a1")
INTRODUCED = letter("introduction")
AGAIN = letter("reminder", ADA, "a1", key=f"reminder:{ONE.key}")


def promise(name: str, person: Person = ADA, text: str = "") -> Commitment:
    day = date(2026, 1, 15)
    text = text or {"a1": "call Oskar", "a2": "read the report"}.get(name, name)
    plain = Commitment(
        id=name, person=person.email, pairing="ab", text=text, made_on=day, due=date(2026, 2, 15)
    )
    return asked(made(plain), ONE.reference, date(2026, 2, 16))


def mail(
    text: str,
    of: LetterRecord | None = ONE,
    person: Person = ADA,
    *,
    name: str = "m1",
    by: str = "thread",
    after: int = 0,
    **rest: object,
) -> MailSeen:
    """Return an answer to a letter, which it names by its thread, its header, its token or its quoted reference."""
    values: dict[str, object] = {
        "kind": MailKind.ANSWER,
        "text": text,
        "sender": person.email,
        "sender_name": person.name,
        "verdict": Verdict.VOUCHED,
        "subject": "Re: How did it go?",
        "message_id": f"<{name}@example.com>",
        "in_reply_to": of.rfc_message_id if of and by == "header" else "",
        "references": (),
        "recipients": (_token(of, person),) if of and by == "token" else (),
        "quoted_references": (of.reference,) if of and by == "quote" else (),
        "sent_at": NOW,
        "bounce": None,
    }
    thread = of.thread_id if of and by == "thread" else "another"
    return MailSeen(
        id=name,
        thread=thread,
        received=NOW + timedelta(minutes=after),
        reply=Reply(**{**values, **rest}),  # type: ignore[arg-type]
    )


def _token(of: LetterRecord, person: Person, *, expires: date = date(2026, 3, 1)) -> str:
    return reply_address(
        "mentoring@example.com",
        secret=KEY,
        person=person.email,
        cycle=cycle_of(of.reference),
        expires=expires,
    )


@dataclass(frozen=True, kw_only=True)
class Seen:
    mails: tuple[MailSeen, ...] = ()
    letters: tuple[LetterRecord, ...] = (ONE,)
    commitments: tuple[Commitment, ...] = (promise("a1"), promise("a2"))
    replies: tuple[ReplyRecord, ...] = ()
    aliases: Aliases = field(default_factory=Aliases)
    people: Mapping[str, Person] = field(default_factory=lambda: PEOPLE)
    shown: tuple[Problem, ...] = ()
    pairing: Pairing = PAIRING

    @property
    def values(self) -> RepliesSeen:
        return RepliesSeen(
            programme=ProgrammeSeen(
                now=NOW, people=self.people, pairings=(self.pairing,), shown={JOB: self.shown}
            ),
            mailbox="mentoring@example.com",
            token_key=KEY,
            mails=self.mails,
            aliases=self.aliases,
            commitments={c.id: c for c in self.commitments},
            letters={x.key: x for x in self.letters},
            replies={r.message_id: r for r in self.replies},
        )

    def plan(self) -> Plan:
        return decide(self.values)


def words(plan: Plan) -> list[str]:
    return [_word(action) for action in plan.actions]


def _word(action: object) -> str:
    if isinstance(action, SetAside):
        return f"set {action.record.message_id} aside{' for a person' if action.needs_a_person else ''}"
    assert isinstance(action, TakeReply)
    parts = [f"{c.text}: {c.outcome}" if c.outcome else f"“{c.text}” by {c.due}" for c in action.commitments]
    parts += [f"asks: {r.kind}" for r in action.requests]
    said = action.acknowledgement.kind if action.acknowledgement else "nothing"
    return f"{action.record.message_id} of {action.person.name}: {', '.join(parts) or '-'}; {said} said back"


ACKNOWLEDGED = letter("acknowledgement", ADA, key="acknowledgement:m0")
IN_THREAD = replace(mail("done", by="header"), thread=ONE.thread_id)


def _acknowledged(days: tuple[int, ...]) -> list[LetterRecord]:
    """Return acknowledgements in the letter's thread, so many days ago."""
    return [
        replace(
            ACKNOWLEDGED,
            key=f"acknowledgement:k{n}",
            thread_id=ONE.thread_id,
            planned=NOW - timedelta(days=n),
        )
        for n in days
    ]


BOUNCED = mail("", None, kind=MailKind.BOUNCE, bounce=Bounce(addresses=(BEN.email, "stranger@example.com")))
KEPT = "m1 of Ada: call Oskar: kept; acknowledgement said back"
OTHERS = "ada.berg@example.com"

SITUATIONS: dict[str, tuple[Seen, list[str]]] = {
    "does nothing without mail": (Seen(), []),
    "takes an outcome of the one promise and says it back": (Seen(mails=(mail("done"),)), [KEPT]),
    "knows the letter by the header that names it": (Seen(mails=(mail("done", by="header"),)), [KEPT]),
    "knows the letter by the token": (Seen(mails=(mail("done", by="token"),)), [KEPT]),
    "knows the letter by the reference that is quoted": (Seen(mails=(mail("done", by="quote"),)), [KEPT]),
    "takes several outcomes by their numbers": (
        Seen(mails=(mail("1: done\n2: not yet", MONTHLY),), letters=(MONTHLY,)),
        ["m1 of Ada: call Oskar: kept, read the report: not yet; acknowledgement said back"],
    ),
    "takes two promises of one reply": (
        Seen(
            mails=(mail("1. call Oskar on Monday\n2. read the report", ASKED),),
            letters=(ASKED,),
            commitments=(),
        ),
        [
            "m1 of Ada: “call Oskar on Monday” by 2026-02-23, “read the report” by 2026-03-17; "
            "acknowledgement said back"
        ],
    ),
    "takes an answer to the reminder for one to the letter": (
        Seen(mails=(mail("done", AGAIN),), letters=(ONE, AGAIN)),
        [KEPT],
    ),
    "says back that a promise in answer to an introduction was not asked for": (
        Seen(mails=(mail("I will call Oskar tomorrow.", INTRODUCED),), letters=(INTRODUCED,)),
        ["m1 of Ada: -; acknowledgement said back"],
    ),
    "takes a promise in answer to an introduction from their first meeting on": (
        Seen(mails=(mail("I will call Oskar tomorrow.", INTRODUCED),), letters=(INTRODUCED,), pairing=MET),
        ["m1 of Ada: “I will call Oskar tomorrow.” by 2026-02-18; acknowledgement said back"],
    ),
    "takes what an introduction asks for together: whether they met, and what comes next": (
        Seen(
            mails=(mail("We met. I will call Oskar tomorrow. Please pause me.", INTRODUCED),),
            letters=(INTRODUCED,),
            pairing=MET,
        ),
        [
            "m1 of Ada: “I will call Oskar tomorrow.” by 2026-02-18, asks: met, asks: pause; "
            "acknowledgement said back"
        ],
    ),
    "takes what comes by a meeting's event for a promise, whatever was asked last": (
        Seen(
            mails=(
                mail(
                    "When the sprint ends, I will ask Tom what to change, by 30 March.",
                    None,
                    subject="One thing you will do (r1-ab)",
                ),
            ),
            letters=(replace(letter("turn", ADA, "a1"), pairing="r1-ab", number=0),),
            pairing=replace(MET, id="r1-ab"),
        ),
        [
            "m1 of Ada: “When the sprint ends, I will ask Tom what to change, by 30 March.” by 2026-03-30; "
            "acknowledgement said back"
        ],
    ),
    "takes none a moment before it": (
        Seen(
            mails=(mail("I will call Oskar tomorrow.", INTRODUCED),),
            letters=(INTRODUCED,),
            pairing=replace(MET, meeting_start=NOW + timedelta(seconds=1)),
        ),
        ["m1 of Ada: -; acknowledgement said back"],
    ),
    "lets a kind word about an introduction be after it": (
        Seen(mails=(mail("Thanks, we had a great talk!", INTRODUCED),), letters=(INTRODUCED,), pairing=MET),
        ["m1 of Ada: -; nothing said back"],
    ),
    "lets a kind word about an introduction be": (
        Seen(mails=(mail("Thanks, looking forward!", INTRODUCED),), letters=(INTRODUCED, ONE)),
        ["m1 of Ada: -; nothing said back"],
    ),
    "takes an answer under the wrong letter for the question that is open": (
        Seen(mails=(mail("1 done", INTRODUCED),), letters=(INTRODUCED, ONE)),
        [KEPT],
    ),
    "takes no answer under the wrong letter where two questions are open": (
        Seen(mails=(mail("1 done", INTRODUCED),), letters=(INTRODUCED, ONE, ASKED)),
        ["m1 of Ada: -; acknowledgement said back"],
    ),
    "takes no answer under the wrong letter where the question was answered": (
        Seen(mails=(mail("1 done", INTRODUCED),), letters=(INTRODUCED, replace(ONE, answered=NOW))),
        ["m1 of Ada: -; acknowledgement said back"],
    ),
    "asks again, once a letter, about what is unclear": (
        Seen(mails=(mail("Purple elephants."),)),
        ["m1 of Ada: -; ask-again said back"],
    ),
    "asks no second time about the same letter": (
        Seen(
            mails=(mail("Purple elephants."),),
            letters=(
                ONE,
                replace(letter("ask-again", key="acknowledgement:m0"), planned=NOW - timedelta(days=2)),
            ),
            replies=(ReplyRecord(message_id="m0", received=NOW, kind="answer", letter=ONE.key),),
        ),
        ["m1 of Ada: -; nothing said back"],
    ),
    "confirms a correction, also on the same day": (
        Seen(mails=(mail("not yet"), mail("done", name="m2", after=5))),
        [
            "m1 of Ada: call Oskar: not yet; acknowledgement said back",
            "m2 of Ada: call Oskar: kept; acknowledgement said back",
        ],
    ),
    "acknowledges two people's on the same day": (
        Seen(
            mails=(mail("done"), mail("done", letter("follow-up", BEN, "b1"), BEN, name="m2")),
            letters=(ONE, letter("follow-up", BEN, "b1")),
            commitments=(promise("a1"), promise("b1", BEN, "write to Cy")),
        ),
        [KEPT, "m2 of Ben: write to Cy: kept; acknowledgement said back"],
    ),
    "acknowledges three times in a thread": (
        Seen(
            mails=(IN_THREAD,),
            letters=(ONE, *_acknowledged((1, 2))),
        ),
        [KEPT],
    ),
    "does not a fourth time": (
        Seen(
            mails=(IN_THREAD,),
            letters=(ONE, *_acknowledged((1, 2, 3))),
        ),
        ["m1 of Ada: call Oskar: kept; nothing said back"],
    ),
    "finishes an acknowledgement that a run left": (
        Seen(
            mails=(mail("done"),),
            letters=(
                ONE,
                replace(letter("acknowledgement", key="acknowledgement:m1"), state=LetterState.DRAFTED),
            ),
        ),
        [KEPT],
    ),
    "says nothing a second time": (
        Seen(mails=(mail("done"),), letters=(ONE, letter("acknowledgement", key="acknowledgement:m1"))),
        ["m1 of Ada: call Oskar: kept; nothing said back"],
    ),
    "takes two requests of one reply": (
        Seen(mails=(mail("We have not met. Please pause me."),)),
        ["m1 of Ada: asks: not met, asks: pause; acknowledgement said back"],
    ),
    "leaves an automatic answer": (
        Seen(mails=(mail("done", kind=MailKind.OUT_OF_OFFICE),)),
        ["set m1 aside"],
    ),
    "leaves a bounce": (Seen(mails=(BOUNCED,)), ["set m1 aside"]),
    "leaves a stranger's mail to a person": (
        Seen(mails=(mail("done", sender="stranger@example.com"),)),
        ["set m1 aside for a person"],
    ),
    "leaves a mail without one sender to a person": (
        Seen(mails=(mail("done", sender=""),)),
        ["set m1 aside for a person"],
    ),
    "leaves another's answer to Ada's letter to a person": (
        Seen(mails=(mail("done", ONE, BEN),)),
        ["set m1 aside for a person"],
    ),
    "leaves what answers no letter to a person": (
        Seen(mails=(mail("Hello", None),)),
        ["set m1 aside for a person"],
    ),
    "leaves what nobody vouches for to a person": (
        Seen(mails=(mail("done", verdict=Verdict.SILENT),)),
        ["set m1 aside for a person"],
    ),
    "takes it with our own token": (
        Seen(mails=(mail("done", by="token", verdict=Verdict.SILENT),)),
        [KEPT],
    ),
    "leaves it where the sender is refused, token or not": (
        Seen(mails=(mail("done", by="token", verdict=Verdict.REFUSED),)),
        ["set m1 aside for a person"],
    ),
    "goes by a token on its last day": (
        Seen(
            mails=(
                mail(
                    "done", None, verdict=Verdict.SILENT, recipients=(_token(ONE, ADA, expires=NOW.date()),)
                ),
            )
        ),
        [KEPT],
    ),
    "goes by none a day later": (
        Seen(
            mails=(
                mail(
                    "done",
                    None,
                    verdict=Verdict.SILENT,
                    recipients=(_token(ONE, ADA, expires=NOW.date() - timedelta(days=1)),),
                ),
            )
        ),
        ["set m1 aside for a person"],
    ),
    "goes by nobody else's token": (
        Seen(mails=(mail("done", None, verdict=Verdict.SILENT, recipients=(_token(ONE, BEN),)),)),
        ["set m1 aside for a person"],
    ),
    "knows whoever writes from an alias": (
        Seen(
            mails=(mail("done", sender=OTHERS),), aliases=Aliases(people={OTHERS: ADA.email}, was_asked=True)
        ),
        [KEPT],
    ),
    "takes a later reply for a correction of the earlier": (
        Seen(commitments=(answered(promise("a1"), Outcome.KEPT, NOW.date()),), mails=(mail("not yet"),)),
        ["m1 of Ada: call Oskar: not yet; acknowledgement said back"],
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_decides_by_the_situation(name: str) -> None:
    seen, expected = SITUATIONS[name]
    assert words(seen.plan()) == expected
