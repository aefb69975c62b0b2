"""What a reply's action says of itself: what admins see of it, who is to read it, and how a plan names it. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import (
    ForgetPerson,
    InPrivate,
    SetAside,
    TakeReply,
    asks,
    asks_only_for_a_promise,
)
from peerpact.programme.replies.understood import Unclear, Understood
from peerpact.programme.requests import Request, Wish
from peerpact.programme.wishes import PrivateWish, Settled

DAY = date(2026, 2, 17)
RECORD = ReplyRecord(
    message_id="m1", received=datetime(2026, 2, 17, 10, tzinfo=UTC), kind="answer", taken_as="one promise"
)
LETTER = LetterRecord(key="follow-up:ab:ada@example.com", kind="follow-up", person="ada@example.com")
ADA = Person(email="ada@example.com", name="Ada Byron")


def action(**what: Any) -> TakeReply:
    return TakeReply(
        **{"record": RECORD, "letter": LETTER, "person": ADA, "understood": Understood(), **what}
    )


def request(kind: Wish, until: date | None = None) -> Request:
    return Request(id=kind, person=ADA.email, kind=kind, asked_on=DAY, until=until)


def wish(kind: Wish, settled: Settled | None = None) -> PrivateWish:
    return PrivateWish(id="w", person=ADA.email, kind=kind, others=(), asked_on=DAY, settled=settled)


@pytest.mark.parametrize(
    ("kind", "about", "reads_commitments"),
    [
        ("commitment-request", (), True),
        ("follow-up", (), True),
        ("reminder", (), True),
        ("turn", (), True),
        ("closing", ("a1",), True),
        ("closing", (), False),
        ("introduction", ("a1",), False),
        ("introduction", (), False),
        ("announcement", (), False),
    ],
)
def test_reads_commitments_from_answers_to_letters_that_ask_for_them(
    kind: str, about: tuple[str, ...], *, reads_commitments: bool
) -> None:
    assert asks(replace(LETTER, kind=kind, about=about)) is reads_commitments


@pytest.mark.parametrize(
    ("about", "number", "only"),
    [((), None, True), (("a1",), None, False), ((), 0, False), (("a1",), 0, False), ((), 4, False)],
)
def test_tells_a_letter_that_asks_neither_for_outcomes_nor_for_a_number(
    about: tuple[str, ...], number: int | None, *, only: bool
) -> None:
    assert asks_only_for_a_promise(replace(LETTER, about=about, number=number)) is only


@pytest.mark.parametrize(
    ("private", "shown"),
    [
        pytest.param(InPrivate(), {Wish.PAUSE, Wish.NOT_MET, Wish.NEVER_WITH}, id="nothing is private"),
        pytest.param(
            InPrivate(wishes=(wish(Wish.NEVER_WITH),)),
            {Wish.PAUSE, Wish.NOT_MET},
            id="what is kept in private is not shown",
        ),
        pytest.param(
            InPrivate(wishes=(wish(Wish.NOT_MET),)),
            {Wish.PAUSE, Wish.NOT_MET, Wish.NEVER_WITH},
            id="that they did not meet is shown as well",
        ),
        pytest.param(
            InPrivate(is_somebody_unknown=True),
            {Wish.PAUSE, Wish.NOT_MET},
            id="nor is a never with somebody whom we can't tell",
        ),
    ],
)
def test_shows_admins_what_is_not_private(private: InPrivate, shown: set[Wish]) -> None:
    requests = tuple(map(request, (Wish.PAUSE, Wish.NOT_MET, Wish.NEVER_WITH)))
    assert {r.kind for r in action(requests=requests, private=private).shown} == shown


@pytest.mark.parametrize(
    ("settled", "goes_on"),
    [
        ((), False),
        ((Settled.TAKEN_BACK,), False),
        ((Settled.TAKEN_BACK, Settled.ANSWERED), True),
    ],
)
def test_tells_that_they_are_still_there_by_a_wish_that_they_answered(
    settled: tuple[Settled, ...], *, goes_on: bool
) -> None:
    assert InPrivate(settled=tuple(wish(Wish.NO_ANSWER, s) for s in settled)).goes_on is goes_on


@pytest.mark.parametrize(
    ("understood", "is_said_back", "left", "waits"),
    [
        pytest.param(Understood(), True, False, False, id="an ordinary reply"),
        pytest.param(Understood(), False, False, False, id="one that is not said back"),
        pytest.param(Understood(care=True), True, False, True, id="distress waits for the contact"),
        pytest.param(
            Understood(unclear=Unclear.BEYOND), True, False, False, id="beyond us: they are asked first"
        ),
        pytest.param(
            Understood(unclear=Unclear.BEYOND), False, True, True, id="asked before: a person reads it"
        ),
        pytest.param(
            Understood(unclear=Unclear.NEAR_DISTRESS), False, True, True, id="near distress, asked before"
        ),
        pytest.param(Understood(unclear=Unclear.WHICH), False, False, False, id="unclear is for no person"),
    ],
)
def test_leaves_to_a_person_what_was_asked_about_before(
    understood: Understood, *, is_said_back: bool, left: bool, waits: bool
) -> None:
    one = action(understood=understood, acknowledgement=LETTER if is_said_back else None)
    assert (one.is_left_to_a_person, one.waits_for_the_contact) == (left, waits)


def test_names_what_it_does_without_words_of_theirs() -> None:
    one = action()
    assert (one.key, one.summary) == ("reply:m1", "Take the reply of Ada Byron")
    counted = [str(TakeReply.in_number(n)) for n in (1, 2)]
    assert counted == ["1 reply taken", "2 replies taken"]


def test_tells_the_texts_of_each_commitment_with_what_became_of_it() -> None:
    plain = Commitment(id="a", person=ADA.email, pairing="ab", text="call Oskar", made_on=DAY, due=DAY)
    kept = replace(plain, text="read on", outcome=Outcome.KEPT)
    assert action(commitments=(plain, kept)).texts == (
        "one promise",
        "“call Oskar” (new)",
        "“read on” (kept)",
    )


@pytest.mark.parametrize(
    ("needs_a_person", "requests", "summary"),
    [
        (True, (), "Set a mail aside, a person has to look at it (answer: one promise)"),
        (False, (), "Set a mail aside, automatic (answer: one promise)"),
        (
            False,
            (request(Wish.AWAY, date(2026, 3, 1)),),
            "Set a mail aside, automatic, away until 2026-03-01 (answer: one promise)",
        ),
    ],
)
def test_says_why_a_mail_is_set_aside(
    requests: tuple[Request, ...], summary: str, *, needs_a_person: bool
) -> None:
    aside = SetAside(record=RECORD, needs_a_person=needs_a_person, requests=requests)
    assert (aside.key, aside.summary) == ("reply:m1", summary)
    assert [str(SetAside.in_number(n)) for n in (1, 2)] == ["1 mail set aside", "2 mails set aside"]


def test_counts_what_goes_with_somebody_who_is_forgotten() -> None:
    one = ForgetPerson(
        email=ADA.email, mails=("m1", "m2"), drafts=("d",), letters=("k", "l"), replies=(), commitments=()
    )
    fewer = replace(one, mails=("m1",), letters=("k",))
    assert fewer.summary.endswith("what they promised, 1 mail, 1 row of letters")
    assert one.key == "forget:ada@example.com"
    assert one.summary == (
        "Forget ada@example.com, who asked for it: what they promised, 2 mails, 2 rows of letters"
    )
    assert [str(ForgetPerson.in_number(n)) for n in (1, 2)] == ["1 person forgotten", "2 people forgotten"]
