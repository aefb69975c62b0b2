"""Odd things of one that once stopped everybody, each as it comes about: nobody else may notice."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from company import MONDAY
from odd import OddStage, Refused
from odd_cells import put
from odd_wire import Item
from scenarios import SCENARIOS, SIX
from schedules import Stage

from cast import MAIL, Cast
from peerpact.google.mail import LABELS
from peerpact.programme.keys import event_id, short_key
from workspace_emulator.gmail.drafts import send_draft_by_hand

EVENTS = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
EMIL, FAY = "emil@example.com", "fay@example.com"
NOT_INVITED: Refused = (400, "invalid", "Invalid attendee email.")
NOT_SHOWN: Refused = (403, "forbidden", "Forbidden")
TOO_MUCH: Refused = (413, "uploadTooLarge", "Request entity too large")


@pytest.fixture
def staged(founded: Cast) -> Callable[[str], OddStage]:
    """Return scenarios by their names."""
    founded.clock.set(MONDAY)
    return lambda name: OddStage(Stage(founded, next(s for s in SCENARIOS if s.name == name)))


def test_lets_one_meeting_be_a_day_and_one_cell_be_edited(staged: Callable[[str], OddStage]) -> None:
    stage = staged("people have answered invitations")
    words = stage.words_of_pairing(EMIL)
    assert stage.after_act(makes_it_a_day, words) == []
    hidden = [c for c in stage.cells if (c.tab, c.column) == ("Pairings", "For Peerpact")]
    assert [stage.edited(cell, value) for cell in hidden for value in ("x", "[]")] == [[]] * 2 * len(hidden)
    assert hidden


def test_books_for_all_but_whom_calendar_refuses_and_invites_once(staged: Callable[[str], OddStage]) -> None:
    stage = staged("pairings were approved")
    events = [item for item, refusal in stage.refusals() if (item.kind, refusal) == ("event", NOT_INVITED)]
    assert [stage.refused(item, NOT_INVITED) for item in events[:1]] == [[]]
    shown = [(i, change) for i, name, change in stage.shapes() if name == "another calendar's"]
    assert [stage.shown(*x) for x in shown] == [[]] * len(events)
    assert stage.after_act(takes_the_ids, ("Taken",)) == []


def test_forgets_all_else_of_somebody_of_whom_one_mail_can_t_be_discarded(
    staged: Callable[[str], OddStage],
) -> None:
    stage = staged("somebody is to be forgotten")
    mails = [item for item, refusal in stage.refusals() if (item.kind, refusal) == ("mail", NOT_SHOWN)]
    assert [stage.refused(item, NOT_SHOWN) for item in (mails[0], mails[-1])] == [[], []]
    nothing = [(i, change) for i, name, change in stage.shapes() if (i.kind, name) == ("mail", "nothing")]
    assert [stage.shown(*x) for x in nothing[-1:]] == [[]]
    stage.run_refusing(mails[0], NOT_SHOWN)
    [told] = [row for row in stage.cast.tab("Problems") if "moved to the bin" in row["What is wrong"]]
    assert mails[0].key in told["What to do"]


def test_goes_on_where_drafts_were_sent_by_hand(staged: Callable[[str], OddStage]) -> None:
    stage = staged("a run died among drafts")
    assert stage.after_act(sends_its_drafts, ()) == []


BEGUN = {
    "a run died among drafts": "planned",
    "a run died among introductions": "drafted",
    "a run died among acknowledgements": "drafted",
}


@pytest.mark.parametrize("name", BEGUN)
def test_sends_a_letter_once_whose_key_was_typed_over_before_it_left(
    name: str, staged: Callable[[str], OddStage]
) -> None:
    stage = staged(name)
    keys = [c for c in stage.cells if c.column == "Letter" and BEGUN[name] in c.row]
    assert [stage.edited(cell, value) for cell in keys for value in ("x", True)] == [[]] * 2 * len(keys)
    for cell in keys:
        stage.after_act(lambda cast, cell=cell: put(cast, cell, "x"), ())  # and nobody puts it back
        kind = str(cell.held).partition(":")[0]
        got = stage.cast.letters(cell.row[2])
        assert [key for key in got if key == "x" or key.partition(":")[0] == kind] == [cell.held]
    assert keys


def test_writes_a_mail_into_its_row_where_another_cell_cannot_be_read(
    staged: Callable[[str], OddStage],
) -> None:
    stage = staged("a run died before labelling")
    needed = [c for c in stage.cells if (c.tab, c.column) in {("Replies", "Kind"), ("Replies", "Received")}]
    assert [stage.edited(cell, "=NA()") for cell in needed] == [[]] * len(needed)
    assert needed


def test_lets_a_letter_wait_while_the_mail_that_may_be_it_is_not_shown(
    staged: Callable[[str], OddStage],
) -> None:
    stage = staged("a run died among introductions")
    mails = [item for item, refusal in stage.refusals() if (item.kind, refusal) == ("mail", NOT_SHOWN)]
    assert [stage.refused(mail, NOT_SHOWN) for mail in mails] == [[]] * len(mails)
    waits = 0
    for mail in mails:
        stage.run_refusing(mail, NOT_SHOWN)
        waits += "a mail in Sent can't be read" in str(stage.cast.tab("Problems"))
    assert waits >= 2


def test_finishes_answers_that_were_begun_though_their_mail_is_another_now(
    staged: Callable[[str], OddStage],
) -> None:
    stage = staged("a run died among acknowledgements")
    shown = [(i, change) for i, name, change in stage.shapes() if (i.kind, name) == ("mail", "From: nobody")]
    assert [stage.shown(*x) for x in shown] == [[]] * len(shown)
    assert shown


def test_sends_without_a_thread_that_is_gone(staged: Callable[[str], OddStage]) -> None:
    stage = staged("promises are due")
    assert stage.after_act(empties_the_mailbox, ("mentoring@example.com",)) == []


def test_takes_all_other_replies_and_acknowledges_none_that_is_not_written(
    staged: Callable[[str], OddStage],
) -> None:
    stage = staged("replies wait")
    assert stage.after_act(names_labels_in_capitals, ("PEERPACT",)) == []
    assert stage.after_act(lets_a_group_answer, ("all@example.com", "Re: all:")) == []
    refused = 0
    rows = [item for item, refusal in stage.refusals() if (item.kind, refusal) == ("row", TOO_MUCH)]
    assert [stage.refused(item, TOO_MUCH) for item in rows] == [[]] * len(rows)
    for mail in [row.key for row in rows]:
        if stage.run_refusing(Item("row", f"c-{short_key('commitment', mail, '0')}"), TOO_MUCH):
            letters = [key for p in SIX for key in stage.cast.letters(f"{p}@example.com")]
            assert f"acknowledgement:{mail}" not in letters
            assert "acknowledgement" in {key.partition(":")[0] for key in letters}
            refused += 1
    assert refused == 2


def makes_it_a_day(cast: Cast) -> None:
    session = cast.company.session(EMIL)
    event = next(e for e in session.get(EVENTS).json()["items"] if e.get("attendees"))
    day = date.fromisoformat(event["start"]["dateTime"][:10])
    days = {"start": day, "end": day + timedelta(days=1)}
    body = {side: {"date": f"{on}", "dateTime": None} for side, on in days.items()}
    session.patch(f"{EVENTS}/{event['id']}", json=body).raise_for_status()


def takes_the_ids(cast: Cast) -> None:
    """Let somebody who knows the installation's secret put events of theirs where ours are to be."""
    secret, session = cast.company.config.secret("event_key"), cast.company.session(EMIL)
    at = {side: {"dateTime": f"2025-03-03T{hour}:00:00Z"} for side, hour in (("start", 10), ("end", 11))}
    guests = [{"email": cast.company.config.mailbox}]
    for row in cast.tab("Pairings"):
        taken = event_id("first meeting", row["Pairing"], "1", secret=secret)
        body = {"id": taken, "summary": "Taken", "attendees": guests, **at}
        session.post(EVENTS, json=body).raise_for_status()


def sends_its_drafts(cast: Cast) -> None:
    session = mailbox(cast)
    drafts = session.get(f"{MAIL}/drafts").json()["drafts"]
    for draft in drafts:
        send_draft_by_hand(cast.company.workspace, cast.company.config.mailbox, draft["id"])


def empties_the_mailbox(cast: Cast) -> None:
    session = mailbox(cast)
    found = session.get(f"{MAIL}/messages", params={"maxResults": 500}).json()["messages"]
    for message in found:
        session.delete(f"{MAIL}/messages/{message['id']}").raise_for_status()


def names_labels_in_capitals(cast: Cast) -> None:
    session = mailbox(cast)
    for label in LABELS:
        session.post(f"{MAIL}/labels", json={"name": label.upper()}).raise_for_status()


def lets_a_group_answer(cast: Cast) -> None:
    """Let an answer come from a group's address, of which the directory knows no account."""
    letter = next(m for m in cast.mails(FAY) if (m["X-Peerpact"] or "").startswith("commitment-request"))
    mail = EmailMessage()
    mail["From"], mail["To"] = "all@example.com", letter["Reply-To"] or letter["From"]
    mail["Subject"], mail["In-Reply-To"] = "Re: all:", letter["Message-ID"]
    mail.set_content("We will all read a book.")
    raw = base64.urlsafe_b64encode(mail.as_bytes()).decode()
    body = {"raw": raw, "labelIds": ["INBOX"]}
    mailbox(cast).post(f"{MAIL}/messages", json=body).raise_for_status()


def mailbox(cast: Cast) -> Any:
    return cast.company.session(cast.company.config.mailbox)
