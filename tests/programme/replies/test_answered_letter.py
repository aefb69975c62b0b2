"""Which letter a mail answers: by token, by the header that names it, by thread or reference; the last one first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from test_reply_decision import ADA, BEN, INTRODUCED, NOW, ONE, Seen, _token, letter, mail

from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.replies.answered_letter import (
    NO_LETTER,
    STRANGER,
    AnsweredLetter,
    answers_no_letter,
    letter_answered,
    letters_pointed_to,
    may_be_an_answer,
)
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.seen import MailSeen
from peerpact.programme.replies.sender import Verdict

OLDER = replace(
    letter("follow-up", key="follow-up:older", on=NOW - timedelta(days=30)), thread_id=ONE.thread_id
)
UNPLANNED = replace(letter("follow-up", key="follow-up:unplanned"), planned=None, thread_id=ONE.thread_id)
BENS = letter("follow-up", BEN)
PLAIN = mail("done", None)


def answered(of: MailSeen, *letters: LetterRecord, replies: tuple[ReplyRecord, ...] = ()) -> str:
    """Return the key of the letter that a mail answers and of the one that asked, or why it counts for none."""
    found = letter_answered(of, Seen(letters=letters, replies=replies).values)
    return f"{found.direct.key} / {found.asking.key}" if isinstance(found, AnsweredLetter) else found


def both(of: LetterRecord) -> str:
    return f"{of.key} / {of.key}"


@pytest.mark.parametrize(
    ("of", "letters", "expected"),
    [
        (mail("done"), [ONE, OLDER, UNPLANNED], both(ONE)),
        (mail("done"), [UNPLANNED, OLDER], both(OLDER)),
        (mail("done"), [OLDER, UNPLANNED, ONE], both(ONE)),
        (replace(mail("done", OLDER, by="header"), thread=ONE.thread_id), [ONE, OLDER], both(OLDER)),
        (mail("done", OLDER, by="header", references=(ONE.rfc_message_id,)), [ONE, OLDER], both(OLDER)),
        (mail("done", None, references=(ONE.rfc_message_id,)), [ONE, OLDER], both(ONE)),
        (mail("done", None, quoted_references=(OLDER.reference,)), [ONE, OLDER], both(OLDER)),
        (mail("done", INTRODUCED, recipients=(_token(ONE, ADA),)), [ONE, INTRODUCED], both(ONE)),
        (mail("done", None), [replace(ONE, rfc_message_id="", thread_id="")], NO_LETTER),
        (replace(PLAIN, thread=""), [replace(ONE, rfc_message_id="", thread_id="")], NO_LETTER),
        (mail("done"), [BENS], NO_LETTER),
        (mail("done", BENS), [BENS], NO_LETTER),
        (mail("done", sender="stranger@example.com"), [ONE], STRANGER),
        (mail("done", verdict=Verdict.SILENT), [ONE], "nothing vouches for the sender"),
        (mail("done", by="token", verdict=Verdict.SILENT), [ONE], both(ONE)),
        (mail("done", by="token", verdict=Verdict.REFUSED), [ONE], "nothing vouches for the sender"),
    ],
)
def test_finds_the_letter_by_the_strongest_evidence(
    of: MailSeen, letters: list[LetterRecord], expected: str
) -> None:
    assert answered(of, *letters) == expected


BY_EVENT = "One thing you will do (r1-abc234)"
ASKED, MET = (
    replace(letter(k), pairing="r1-abc234", thread_id="", rfc_message_id="")
    for k in ("follow-up", "introduction")
)


@pytest.mark.parametrize(
    ("of", "letters", "expected"),
    [
        (mail("x", None, subject=BY_EVENT), [MET], both(MET)),
        (mail("x", None, subject=f"Fwd: {BY_EVENT.upper()} "), [MET, ASKED], both(ASKED)),
        (mail("x", None, subject=BY_EVENT), [replace(ASKED, state=LetterState.PLANNED), MET], both(MET)),
        (mail("x", None, subject=BY_EVENT), [ONE, replace(MET, pairing="r1-abc235")], NO_LETTER),
        (mail("x", None, subject=BY_EVENT), [replace(MET, person=BEN.email)], NO_LETTER),
        (mail("x", None, subject=BY_EVENT, verdict=Verdict.SILENT), [MET], "nothing vouches for the sender"),
        (mail("x", None, subject=BY_EVENT, verdict=Verdict.REFUSED), [MET], "nothing vouches for the sender"),
        (mail("x", None, subject="One thing you will do"), [MET], NO_LETTER),
        (mail("x", None, subject="Next year (r1)"), [MET], NO_LETTER),
    ],
)
def test_takes_a_promise_by_a_meetings_event_for_what_was_asked_last_in_the_pairing_that_it_names(
    of: MailSeen, letters: list[LetterRecord], expected: str
) -> None:
    assert answered(of, *letters) == expected


REMINDER = letter("reminder", ADA, "a1", key=f"reminder:{ONE.key}")
THANKS = letter("acknowledgement", key="acknowledgement:m0")
TAKEN = ReplyRecord(message_id="m0", received=NOW, kind="answer", letter=ONE.key)


@pytest.mark.parametrize(
    ("of", "letters", "replies", "asking"),
    [
        (REMINDER, [ONE, REMINDER], (), ONE),
        (REMINDER, [REMINDER], (), REMINDER),
        (THANKS, [ONE, THANKS], (TAKEN,), ONE),
        (THANKS, [ONE, THANKS], (), THANKS),
        (THANKS, [THANKS], (TAKEN,), THANKS),
        (INTRODUCED, [ONE, INTRODUCED], (), INTRODUCED),
        (
            letter("follow-up", key=f"follow-up:{ONE.key}"),
            [ONE, letter("follow-up", key=f"follow-up:{ONE.key}")],
            (),
            None,
        ),
    ],
)
def test_finds_the_letter_that_asked(
    of: LetterRecord,
    letters: list[LetterRecord],
    replies: tuple[ReplyRecord, ...],
    asking: LetterRecord | None,
) -> None:
    """A reminder asks what its letter did; what is answered to an acknowledgement is about what that said back."""
    assert answered(mail("done", of), *letters, replies=replies) == f"{of.key} / {(asking or of).key}"


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (mail("done"), True),
        (mail("done", BENS), True),
        (mail("done", sender="stranger@example.com"), True),
        (mail("done", None), False),
        (mail("done", None, recipients=(_token(letter("introduction", key="gone"), ADA),)), True),
        (mail("done", sender=""), False),
        (mail("done", kind=MailKind.OUT_OF_OFFICE), False),
    ],
)
def test_tells_what_may_be_an_answer_whoever_wrote_it(of: MailSeen, *, expected: bool) -> None:
    assert may_be_an_answer(of, [ONE, BENS, INTRODUCED]) is expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (mail("done"), [ONE, OLDER, UNPLANNED]),
        (mail("done", OLDER, by="header"), [OLDER]),
        (mail("done", None, recipients=(_token(OLDER, ADA),)), [OLDER]),
        (mail("done", INTRODUCED, recipients=(_token(OLDER, ADA),)), [INTRODUCED, OLDER]),
        (mail("done", None), []),
        (mail("done", kind=MailKind.OUT_OF_OFFICE), []),
    ],
)
def test_names_the_letters_that_a_mail_may_quote_the_last_first(
    of: MailSeen, expected: list[LetterRecord]
) -> None:
    [found] = letters_pointed_to([of], [UNPLANNED, OLDER, INTRODUCED, BENS, ONE])
    assert found == expected


def test_names_them_for_each_of_several_mails() -> None:
    mails = [mail("done", OLDER), mail("done", None), mail("done", INTRODUCED)]
    assert letters_pointed_to(mails, [OLDER, INTRODUCED]) == [[OLDER], [], [INTRODUCED]]


def test_tells_mail_of_people_that_answers_nothing_known() -> None:
    seen = Seen(letters=(ONE,)).values
    mails = (PLAIN, mail("done"), mail("done", None, sender="stranger@example.com"))
    assert [answers_no_letter(of, seen) for of in mails] == [True, False, False]
