"""A letter that can't be made stops no other: it is refused by itself, tried again on another day, and then leaves."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import gspread
import pytest

import states
from cast import Cast
from peerpact.google.outbox import LetterToSend, Posted
from peerpact.jobs import catalogue
from peerpact.jobs.letterhead import ready_or_odd
from peerpact.programme.correspondence import Left, LetterState, planned

PEOPLE = ("ben", "cleo", "dina")


def letter(person: str, *, fails: str = "") -> LetterToSend:
    """Return a letter whose value can't be made, or whose message can't."""
    address = f"{person}@example.com"
    at = datetime(2026, 1, 8, 8, 0, tzinfo=UTC)
    record = planned("introduction", f"introduction:r9-test:{address}", address, at=at, pairing="r9-test")

    def message() -> EmailMessage:
        if fails == "message":
            raise ValueError("a name that no header takes")
        mail = EmailMessage()
        mail["To"], mail["From"], mail["Subject"] = address, "mentoring@example.com", "Hello"
        mail["Message-ID"], mail["X-Peerpact"] = f"<{person}@example.com>", record.key
        mail.set_content("Hello")
        return mail

    def make() -> LetterToSend:
        if fails == "value":
            raise KeyError("who")
        return LetterToSend(record=record, message=message)

    return ready_or_odd(record, make)


def send(cast: Cast, *letters: LetterToSend) -> Posted:
    access = cast.company.access(catalogue.JOBS["book_first_meetings"])
    access.programme.read(["Letters"])
    return access.outbox(access.programme).send(
        letters, now=cast.clock.now, time_left=lambda: True, elsewhere=Left()
    )


@pytest.mark.parametrize("fails", ["value", "message"])
def test_sends_all_but_the_one_that_cannot_be_made_and_that_one_another_day(cast: Cast, fails: str) -> None:
    cast.bring_to(states.approved)
    odd, *others = PEOPLE

    posted = send(cast, letter(odd, fails=fails), *(letter(p) for p in others))

    states_of = {row.person.partition("@")[0]: row.state for row in posted.rows}
    assert states_of == {"ben": LetterState.PLANNED, "cleo": LetterState.SENT, "dina": LetterState.SENT}
    assert [row.person for row in posted.refused] == ["ben@example.com"]
    assert posted.finished

    again = send(cast, *(letter(p) for p in PEOPLE))
    assert (again.rows, [row.person for row in again.refused]) == ((), ["ben@example.com"])

    cast.wait(days=1)
    sent = send(cast, *(letter(p) for p in PEOPLE))
    assert [(row.person, row.state) for row in sent.rows] == [("ben@example.com", LetterState.SENT)]


@pytest.mark.parametrize("draft", ["", "x", " "])
def test_knows_a_letter_that_left_although_somebody_typed_drafted(cast: Cast, draft: str) -> None:
    cast.bring_to(states.approved)
    assert send(cast, letter("ben")).sent == 1
    session = cast.company.session(cast.company.config.mailbox)  # nobody else may write here
    ours = gspread.Client(auth=None, session=session)  # type: ignore[arg-type]
    tab = ours.open_by_key(cast.company.config.programme_spreadsheet).worksheet("Letters")
    row = tab.find("introduction:r9-test:ben@example.com").row
    for column, typed in (("State", "drafted"), ("Draft", draft)):
        tab.update_cell(row, tab.find(column).col, typed)

    again = send(cast, letter("ben"), letter("cleo"))

    assert [row.state for row in again.rows] == [LetterState.SENT] * 2
    assert not again.refused
    assert len(cast.mails("ben@example.com", "subject:Hello")) == 1
