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
from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply
from peerpact.programme.replies.answered_letter import strangers
from peerpact.programme.replies.bounces import Bounce
from peerpact.programme.replies.decision import DIRECTORY_ROW, JOB, decide, to_be_looked_at_again
from peerpact.programme.replies.judgement import MOST_ANSWERS, REACTION
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.reply import Reply
from peerpact.programme.replies.seen import NO_LETTER, Aliases, MailSeen, RepliesSeen, Unread
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.replies.tokens import cycle_of, reply_address
from peerpact.programme.requests import Request, Wish
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


NOTE = {"kind": MailKind.OUT_OF_OFFICE, "text": "I am away until 27 February, back on 2 March."}


@pytest.mark.parametrize(
    ("mails", "until"),
    [
        ((mail(**NOTE),), [date(2026, 3, 2)]),
        ((mail(**NOTE, of=None),), [date(2026, 3, 2)]),
        ((mail(**NOTE, by="token", verdict=Verdict.SILENT),), [date(2026, 3, 2)]),
        ((mail(**NOTE, of=None, verdict=Verdict.SILENT),), []),
        ((mail(**NOTE, by="token", verdict=Verdict.REFUSED),), []),
        ((mail(**NOTE, sender="somebody@example.com"),), []),
        ((mail("I am away for some time.", kind=MailKind.OUT_OF_OFFICE),), []),
        ((mail("I am away until 2 March."),), []),
    ],
)
def test_notes_the_leave_that_an_automatic_reply_tells_of_its_proven_sender(
    mails: tuple[MailSeen, ...], until: list[date]
) -> None:
    told = [a.requests for a in decide(Seen(mails=mails).values).actions if isinstance(a, SetAside)]
    assert [r.until for requests in told for r in requests] == until


def test_notes_leave_once_however_many_letters_are_answered_so() -> None:
    first = decide(Seen(mails=(mail(**NOTE),)).values).actions[0]
    assert isinstance(first, SetAside)
    seen = Seen(mails=(mail(**NOTE, name="m2"),)).values
    again = decide(replace(seen, programme=replace(seen.programme, requests=first.requests))).actions[0]
    assert isinstance(again, SetAside)
    assert (len(first.requests), again.requests) == (1, ())


@pytest.mark.parametrize("name", SITUATIONS)
def test_decides_by_the_situation(name: str) -> None:
    seen, expected = SITUATIONS[name]
    assert words(seen.plan()) == expected


def test_dates_a_promise_of_december_into_the_new_year() -> None:
    december = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    first = replace(mail("call Oskar on the phone", ASKED), received=december)
    seen = Seen(mails=(first,), letters=(ASKED,), commitments=())
    (taken,) = seen.plan().actions
    assert [(c.made_on, c.due) for c in taken.commitments] == [(date(2026, 12, 31), date(2027, 1, 31))]


def test_records_what_it_took_each_mail_for() -> None:
    seen = Seen(mails=(mail("done"), mail("Hello", None, name="m2")))
    assert [(a.record.person, a.record.letter, a.record.taken_as) for a in seen.plan().actions] == [
        (ADA.email, ONE.key, "1 kept"),
        (ADA.email, "", "it belongs to no letter that we sent them"),
    ]


PROMISED = "I will call Oskar on Monday."


def recorded(text: str) -> tuple[ReplyRecord, tuple[Commitment, ...]]:
    """Return what one run records of a reply that it dies over before it says anything back."""
    (action,) = Seen(mails=(mail(text, ASKED),), letters=(ASKED,), commitments=()).plan().actions
    assert isinstance(action, TakeReply)
    return action.record, action.commitments


@pytest.mark.parametrize("now", [PROMISED, "", "Purple elephants.", "I will read the report."])
def test_says_back_what_is_recorded_however_the_mail_reads_now(now: str) -> None:
    record, commitments = recorded(PROMISED)
    seen = Seen(mails=(mail(now, ASKED),), letters=(ASKED,), commitments=commitments, replies=(record,))
    [action] = seen.plan().actions
    assert isinstance(action, TakeReply)
    assert (action.is_recorded, action.record, action.commitments) == (True, record, commitments)
    assert action.acknowledgement
    assert (action.acknowledgement.kind, action.understood.unclear) == ("acknowledgement", None)


def test_asks_again_about_what_was_recorded_as_unclear() -> None:
    record, _ = recorded("Purple elephants.")
    again = Seen(mails=(mail("Purple elephants.", ASKED),), letters=(ASKED,), replies=(record,))
    assert words(again.plan()) == ["m1 of Ada: -; ask-again said back"]


@pytest.mark.parametrize("sender", ["stranger@example.com", ""])
def test_leaves_the_row_of_a_mail_that_was_taken_where_it_counts_no_more(sender: str) -> None:
    record, _ = recorded(PROMISED)
    seen = Seen(mails=(mail(PROMISED, ASKED, sender=sender),), letters=(ASKED,), replies=(record,))
    assert [a.record for a in seen.plan().actions if isinstance(a, SetAside)] == [record]


def test_takes_no_mail_twice_that_could_not_be_read_again_for_a_day() -> None:
    record, commitments = recorded(PROMISED)
    known = Seen(letters=(ASKED,), commitments=commitments, replies=(record,)).values
    [refused] = decide(replace(known, unread=(Unread(id="m1", why="it is refused"),))).actions
    assert isinstance(refused, SetAside)
    assert refused.record == replace(record, kind="unread", received=NOW)
    a_day_ago = replace(refused.record, received=NOW - timedelta(days=1))
    later = replace(known, replies={"m1": a_day_ago}, mails=(mail("", ASKED),))
    assert to_be_looked_at_again(later) == ["m1"]
    [action] = decide(later).actions
    assert isinstance(action, TakeReply)
    assert (action.is_recorded, action.record, action.commitments) == (True, record, commitments)


def test_takes_a_mail_for_recorded_only_where_it_is() -> None:
    aside = ReplyRecord(
        message_id="m1", received=NOW, kind="answer", taken_as="nothing vouches for the sender"
    )
    known = replace(aside, letter=ONE.key)
    plans = [Seen(mails=(mail("done"),), replies=rows).plan() for rows in ((), (aside,), (known,))]
    assert [a.is_recorded for plan in plans for a in plan.actions] == [False, False, True]


def test_looks_again_at_mail_of_a_stranger_who_is_on_the_roster_by_now() -> None:
    stranger = ReplyRecord(
        message_id="m1",
        received=NOW,
        kind="answer",
        taken_as="the sender is not on the roster",
        person=ADA.email,
    )
    others = (
        replace(stranger, message_id="m2", person="nobody@example.com"),
        replace(stranger, message_id="m3", taken_as="1 kept", letter=ONE.key),
        replace(stranger, message_id="m4", received=NOW - timedelta(days=30)),
        ReplyRecord(message_id="m5", received=NOW - timedelta(hours=23), kind="unread"),
        ReplyRecord(message_id="m6", received=NOW - timedelta(days=9), kind="too large"),
    )
    unread = ReplyRecord(message_id="m7", received=NOW - timedelta(days=1), kind="unread")
    assert to_be_looked_at_again(Seen(replies=(stranger, *others, unread)).values) == ["m1", "m7"]


@pytest.mark.parametrize(
    ("ago", "thread", "who", "again"),
    [
        (timedelta(days=30) - timedelta(seconds=1), ONE.thread_id, ADA, True),
        (timedelta(days=30), ONE.thread_id, ADA, False),
        (timedelta(days=31), ONE.thread_id, ADA, False),
        (timedelta(days=1), "another", ADA, False),
        (timedelta(days=1), ONE.thread_id, BEN, False),
        (timedelta(days=1), "", ADA, False),
    ],
)
def test_looks_again_at_an_answer_whose_letter_is_known_again(
    ago: timedelta, thread: str, who: Person, *, again: bool
) -> None:
    known = (ONE, replace(letter("introduction"), thread_id=""))
    lost = ReplyRecord(
        message_id="m1",
        received=NOW - ago,
        kind="answer",
        taken_as=NO_LETTER,
        person=who.email,
        thread_id=thread,
    )
    assert to_be_looked_at_again(Seen(letters=known, replies=(lost,)).values) == ["m1"] * again


@pytest.mark.parametrize(
    ("of", "counts"), [(ONE, True), (ASKED, True), (replace(ONE, answered=NOW), False), (INTRODUCED, False)]
)
def test_takes_a_reaction_for_an_answer_to_what_was_asked_and_is_open(
    of: LetterRecord, *, counts: bool
) -> None:
    [action] = Seen(mails=(mail("", of, reaction="\N{THUMBS UP SIGN}"),), letters=(of,)).plan().actions
    assert isinstance(action, TakeReply) == counts
    if isinstance(action, SetAside):
        assert (action.record.taken_as, action.needs_a_person) == (REACTION, False)


@pytest.mark.parametrize("kind", [k for k in MailKind if k not in {MailKind.ANSWER, MailKind.OUT_OF_OFFICE}])
def test_notes_no_leave_of_what_no_absent_person_s_program_wrote(kind: MailKind) -> None:
    [action] = decide(Seen(mails=(mail(**{**NOTE, "kind": kind}),)).values).actions  # type: ignore[arg-type]
    assert isinstance(action, SetAside)
    assert (action.requests, action.needs_a_person) == ((), False)


def test_leaves_to_a_person_what_could_not_be_read() -> None:
    plan = decide(replace(Seen().values, unread=(Unread(id="m1", why="it is too large", is_too_large=True),)))
    assert words(plan) == ["set m1 aside for a person"]
    assert [(p.row_key, "it is too large" in p.what) for p in plan.problems or ()] == [("mail m1", True)]


@pytest.mark.parametrize(("before", "counts"), [(MOST_ANSWERS - 1, True), (MOST_ANSWERS, False)])
def test_takes_so_many_replies_of_one_person_to_one_letter(before: int, *, counts: bool) -> None:
    rows = tuple(
        ReplyRecord(message_id=f"k{n}", received=NOW, kind="answer", person=ADA.email, letter=ONE.key)
        for n in range(before)
    )
    plan = Seen(
        mails=(mail("done"), mail("done", letter("follow-up", BEN, "b1"), BEN, name="m2")),
        letters=(ONE, letter("follow-up", BEN, "b1")),
        replies=rows,
        commitments=(promise("a1"), promise("b1", BEN)),
    ).plan()
    assert [isinstance(a, TakeReply) for a in plan.actions] == [counts, True]
    assert [a.needs_a_person for a in plan.actions if isinstance(a, SetAside)] == [True] * (not counts)


def test_counts_the_replies_of_this_run_among_them() -> None:
    rows = tuple(
        ReplyRecord(message_id=f"k{n}", received=NOW, kind="answer", person=ADA.email, letter=ONE.key)
        for n in range(MOST_ANSWERS - 2)
    )
    plan = Seen(mails=tuple(mail("done", name=f"m{n}") for n in range(3)), replies=rows).plan()
    assert [isinstance(a, TakeReply) for a in plan.actions] == [True, True, False]


@pytest.mark.parametrize(
    ("sender", "verdict", "counts"),
    [
        (ADA.email, Verdict.VOUCHED, True),
        (ADA.email, Verdict.SILENT, False),
        (ADA.email, Verdict.REFUSED, False),
        ("nobody@example.com", Verdict.VOUCHED, False),
    ],
)
def test_tells_what_is_asked_unasked_to_nobody_but_somebody_vouched_for(
    sender: str, verdict: Verdict, *, counts: bool
) -> None:
    [action] = Seen(mails=(mail("status", None, sender=sender, verdict=verdict),)).plan().actions
    assert isinstance(action, TakeReply) == counts


@pytest.mark.parametrize(
    ("writes", "days", "erased"),
    [(None, 60, [ADA.email]), (BEN, 60, [ADA.email]), (ADA, 60, []), (None, 0, [])],
)
def test_forgets_after_the_days_of_grace_whoever_did_not_write_just_now(
    writes: Person | None, days: int, erased: list[str]
) -> None:
    wish = Request(
        id="w", person=ADA.email, kind=Wish.FORGET_ME, asked_on=(NOW - timedelta(days=days)).date()
    )
    to = letter("follow-up", BEN, "b1")
    mails = () if writes is None else (mail("done", ONE if writes is ADA else to, writes),)
    seen = Seen(mails=mails, letters=(ONE, to), commitments=(promise("a1"), promise("b1", BEN))).values
    plan = decide(replace(seen, programme=replace(seen.programme, requests=(wish,))))
    assert [a.email for a in plan.actions if isinstance(a, ForgetPerson)] == erased


def test_tells_of_letters_that_come_back_to_somebody_on_the_roster() -> None:
    problems = Seen(mails=(BOUNCED,)).plan().problems or ()
    assert [(p.tab, p.row_key, p.column) for p in problems] == [("Roster", BEN.email, "E-mail")]


def test_tells_nothing_of_letters_that_may_still_arrive() -> None:
    late = replace(
        BOUNCED, reply=replace(BOUNCED.reply, bounce=Bounce(addresses=(BEN.email,), temporary=True))
    )
    assert Seen(mails=(late,)).plan().problems == ()


@pytest.mark.parametrize(
    ("row", "aliases", "stays"),
    [
        (BEN.email, Aliases(), True),
        ("gone@example.com", Aliases(), False),
        (DIRECTORY_ROW, Aliases(), True),
        (DIRECTORY_ROW, Aliases(was_asked=True), False),
    ],
)
def test_keeps_what_earlier_runs_found_as_long_as_it_may_be_so(
    row: str, aliases: Aliases, *, stays: bool
) -> None:
    found = Problem(tab="Roster", row_key=row, column="E-mail", what="x", remedy="y")
    assert Seen(aliases=aliases, shown=(found,)).plan().problems == ((found,) if stays else ())


def test_says_once_that_the_directory_may_not_be_asked() -> None:
    refused = Aliases(was_asked=True, was_refused=True)
    assert [p.row_key for p in Seen(aliases=refused).plan().problems or ()] == [DIRECTORY_ROW]


def test_asks_the_directory_only_about_strangers_who_seem_to_answer() -> None:
    mails = (
        mail("done", sender=OTHERS),
        mail("done", name="m2"),
        mail("Buy now", None, sender="spam@example.com", name="m3"),
        mail("done", sender="away@example.com", kind=MailKind.OUT_OF_OFFICE, name="m4"),
    )
    assert strangers(mails, Seen().values) == [OTHERS]
