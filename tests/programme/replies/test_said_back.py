"""How often somebody is answered: what is said back always, once a day, five times a day or three times a thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from test_reply_decision import ADA, ASKED, BEN, INTRODUCED, NOW, ONE, Seen, letter, mail, promise

from peerpact.programme.commitments import Commitment, Outcome, answered, asked
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import TakeReply
from peerpact.programme.replies.seen import MailSeen


def sent(
    kind: str, number: int = 0, *, who: Person = ADA, days: int = 0, thread: str = "other"
) -> LetterRecord:
    """Return an answer of ours that went so many days ago."""
    of = letter(kind, who, key=f"acknowledgement:k{number}")
    return replace(of, planned=NOW - timedelta(days=days), thread_id=thread)


def said(*mails: MailSeen, letters: tuple[LetterRecord, ...] = (), **more: object) -> list[str]:
    """Return the kinds of answers that mails get, nothing for one that gets none."""
    known = (ONE, ASKED, INTRODUCED, MONTHLY, *letters)
    plan = Seen(mails=mails, letters=known, **more).plan()  # type: ignore[arg-type] # a test's own rows
    taken = [a for a in plan.actions if isinstance(a, TakeReply)]
    return [a.acknowledgement.kind if a.acknowledgement else "" for a in taken]


DONE = mail("done")
MONTHLY = letter("follow-up", ADA, "a1", "a2", key="follow-up:of all")
OWN = "status"


def later(text: str, number: int, of: LetterRecord = ONE) -> MailSeen:
    return replace(mail(text, of, name=f"m{number}", by="header", after=number), thread=f"another {number}")


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        ([], [OWN]),
        ([sent(OWN, n) for n in range(4)], [OWN]),
        ([sent(OWN, n) for n in range(5)], [""]),
        ([sent(k, n) for n, k in enumerate(("my-data", "forget-me", OWN, OWN, "my-data"))], [""]),
        ([sent(OWN, n, days=1) for n in range(5)], [OWN]),
        ([sent(OWN, n, who=BEN) for n in range(5)], [OWN]),
        ([sent("acknowledgement", n) for n in range(5)], [OWN]),
    ],
)
def test_answers_five_questions_a_day_about_how_things_are(
    before: list[LetterRecord], kinds: list[str]
) -> None:
    assert said(mail("status"), letters=tuple(before)) == kinds


def test_answers_five_questions_of_one_run() -> None:
    assert said(*(later("status", n) for n in range(7))) == [OWN] * 5 + [""] * 2


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        (later("call Oskar on Monday", 2, ASKED), ""),
        (later("We have not met.", 2), ""),
        (later("Purple elephants.", 2, MONTHLY), ""),
        (later("not yet", 2), "acknowledgement"),
        (later("Please pause me.", 2), "acknowledgement"),
        (later("stop", 2), "acknowledgement"),
        (later("We have not met. Please pause me.", 2), "acknowledgement"),
        (later("status", 2), OWN),
        (later("He touched me.", 2), "acknowledgement"),
    ],
)
def test_says_back_once_a_day_but_for_what_stops_or_takes_back_or_can_not_wait(
    second: MailSeen, kind: str
) -> None:
    """The first mail of the day says "done"."""
    assert said(DONE, second) == ["acknowledgement", kind]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ([sent("acknowledgement")], ""),
        ([sent("ask-again")], ""),
        ([sent(OWN)], "acknowledgement"),
        ([sent("acknowledgement", days=1)], "acknowledgement"),
        ([sent("acknowledgement", who=BEN)], "acknowledgement"),
        ([sent("acknowledgement", n, days=n + 1, thread=ONE.thread_id) for n in range(3)], ""),
        ([sent("acknowledgement", n, days=n + 1, thread=ONE.thread_id) for n in range(2)], "acknowledgement"),
        ([sent("follow-up", n) for n in range(4)], "acknowledgement"),
    ],
)
def test_counts_what_was_said_back_before(before: list[LetterRecord], kind: str) -> None:
    assert said(DONE, letters=tuple(before)) == [kind]


@pytest.mark.parametrize(
    ("taken_as", "asked_again", "kind"),
    [("", ONE, ""), ("", MONTHLY, "ask-again"), ("unclear, asked again", ONE, "")],
)
def test_asks_again_once_a_letter(taken_as: str, asked_again: LetterRecord, kind: str) -> None:
    row = ReplyRecord(message_id="k0", received=NOW, kind="answer", letter=asked_again.key, taken_as=taken_as)
    before = (sent("ask-again", days=2),)
    assert said(mail("Purple elephants."), letters=before, replies=(row,)) == [kind]
    assert said(DONE, letters=before, replies=(row,)) == ["acknowledgement"]


def taken(text: str, taken_as: str) -> list[str]:
    """Return what is said back of a mail that a run has recorded, on a day on which something was said back."""
    row = ReplyRecord(
        message_id="m1", received=NOW, kind="answer", letter=ONE.key, person=ADA.email, taken_as=taken_as
    )
    return said(mail(text), letters=(sent("acknowledgement"),), replies=(row,))


def test_says_back_a_pause_on_the_same_day_only_when_it_is_new() -> None:
    assert said(mail("Please pause me."), letters=(sent("acknowledgement"),)) == ["acknowledgement"]
    assert taken("Please pause me.", "asks: pause") == [""]


@pytest.mark.parametrize(
    ("text", "taken_as", "kind"),
    [
        ("Hm.", "1 kept", ""),
        ("Hm.", "nothing changed", "acknowledgement"),
        ("Hm.", "unclear, asked again", "ask-again"),
        ("We have not met.", "asks: not met", "acknowledgement"),
    ],
)
def test_says_nothing_of_what_was_recorded_and_has_lost_its_words(
    text: str, taken_as: str, kind: str
) -> None:
    row = ReplyRecord(
        message_id="m1", received=NOW, kind="answer", letter=ONE.key, person=ADA.email, taken_as=taken_as
    )
    assert said(mail(text), replies=(row,), commitments=()) == [kind]


def corrected() -> Commitment:
    """Return a promise whose answer was corrected, and which a letter asked about since."""
    first = answered(promise("a1"), Outcome.NOT_YET, NOW.date())
    return asked(answered(first, Outcome.KEPT, NOW.date()), "AB-2", NOW.date())


def test_takes_an_answer_to_a_new_question_for_no_correction() -> None:
    before = (sent("acknowledgement"),)
    assert said(DONE, letters=before, commitments=(corrected(),)) == [""]
    again = answered(corrected(), Outcome.KEPT, NOW.date())
    assert said(mail("not yet"), letters=before, commitments=(again,)) == ["acknowledgement"]
