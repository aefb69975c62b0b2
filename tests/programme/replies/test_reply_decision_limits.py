"""What is taken from mails a step beyond each limit: notes of leave, mails seen before, strangers, too many replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from test_reply_decision import (
    ADA,
    ASKED,
    BEN,
    BOUNCED,
    INTRODUCED,
    KEPT,
    NOW,
    ONE,
    OTHERS,
    Seen,
    letter,
    mail,
    promise,
    words,
)

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.replies.actions import ForgetPerson, SetAside, TakeReply
from peerpact.programme.replies.answered_letter import strangers
from peerpact.programme.replies.bounces import Bounce
from peerpact.programme.replies.decision import DIRECTORY_ROW, decide, to_be_looked_at_again
from peerpact.programme.replies.judgement import MOST_ANSWERS, REACTION
from peerpact.programme.replies.kinds import MailKind, is_away_note
from peerpact.programme.replies.seen import NO_LETTER, Aliases, MailSeen, Unread
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.requests import Request, Wish

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


def test_takes_ten_promises_of_one_reply_and_no_more() -> None:
    text = "\n".join(f"{n}. I will read book number {n} by 20 March 2026." for n in range(1, 31))
    (taken,) = Seen(mails=(mail(text, ASKED),), letters=(ASKED,), commitments=()).plan().actions
    assert len(taken.commitments) == 10


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


UNMARKED = Path(__file__).parent / "away_unmarked.tsv"


def test_records_nothing_of_a_note_of_absence_that_it_does_not_know() -> None:
    """What it asks of the programme (a pause for parental leave) is said back before it counts."""
    lines = UNMARKED.read_text("utf-8").splitlines()
    notes = [line[5:].replace("\\n", "\n") for line in lines if line.startswith("note\t")]
    notes = [note for note in notes if not is_away_note(note)]
    plans = [Seen(mails=(mail(note, of),), letters=(of,)).plan() for note in notes for of in (ONE, ASKED)]
    actions = [action for plan in plans for action in plan.actions if isinstance(action, TakeReply)]
    recorded = [a.understood for a in actions if a.understood.outcomes or a.understood.promises]
    assert len(recorded) <= 0.05 * len(plans), [len(recorded), len(plans)]


@pytest.mark.parametrize(
    "text", ["My reply: done", "Only now I saw your mail: done", "Thanks for your message, done"]
)
def test_takes_an_answer_that_speaks_of_the_mail_as_well(text: str) -> None:
    assert words(Seen(mails=(mail(text, ONE),), letters=(ONE,)).plan()) == [KEPT]
