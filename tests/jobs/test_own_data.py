"""What people ask about themselves by mail: how things stand, what is kept about them, to be forgotten."""

from __future__ import annotations

import json
from email.message import EmailMessage

import gspread
import pytest

import states
from cast import Cast
from peerpact.jobs import collect_replies
from peerpact.programme.replies import judgement
from workspace_emulator.gmail.options import set_mail_options

BEN = "ben@example.com"
PROMISE = "Ask Dina about the canary report"


def words(mail: EmailMessage) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


def ask(cast: Cast, text: str, *, subject: str = "Hello", person: str = BEN) -> EmailMessage:
    """Write a new mail, connected to no letter; return what is answered within a quarter of an hour."""
    cast.write(person, text, to=cast.company.config.mailbox, subject=subject)
    cast.run("collect_replies")
    return cast.mails(person)[-1]


@pytest.fixture
def promised(cast: Cast) -> Cast:
    return cast.bring_to(ben_promised)


def ben_promised(cast: Cast) -> None:
    cast.bring_to(states.met).enter("Roster", "H3", "English")
    cast.reply(BEN, PROMISE, to="commitment-request")
    cast.run("collect_replies")


@pytest.mark.parametrize(
    ("text", "subject"), [("status", "Hello"), ("", "Status"), ("My status, please.", "Hi")]
)
def test_says_how_things_stand_to_whoever_asks(promised: Cast, text: str, subject: str) -> None:
    said = words(ask(promised, text, subject=subject))
    partner = next(p["Addresses"] for p in promised.tab("Pairings") if BEN in p["Addresses"])
    assert next(a for a in partner.split(", ") if a != BEN) in said
    assert f"{PROMISE} (by " in said
    assert "pause" in said
    promised.run("collect_replies")
    assert promised.mails(BEN)[-1]["X-Peerpact"].startswith("acknowledgement:")
    assert [x["State"] for x in promised.ledger("Letters") if x["Kind"] == "status"] == ["sent"]
    assert promised.tab("Requests") == []
    assert promised.checker().faults() == []


def test_looks_up_the_past_of_so_many_people_in_one_run_and_of_the_others_in_the_next(
    promised: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 40 who asked at once the whole past was held at once; a mailbox may hold any number."""
    monkeypatch.setattr(collect_replies, "MOST_LOOKED_UP", 1)
    who = [BEN, "dina@example.com"]
    for person in who:
        promised.write(person, "my data", to=promised.company.config.mailbox)
    promised.reply(who[1], "I will ask him on Friday.", to="introduction")
    answered = []
    for _ in range(3):
        promised.run("collect_replies")
        answered.append([x["Person"] for x in promised.ledger("Letters") if x["Kind"] == "my-data"])
    assert answered == [who[:1], who, who]
    assert promised.checker().faults() == []


def test_looks_up_no_more_of_them_where_they_answer_a_letter_and_leaves_nothing_else_of_theirs_undone(
    promised: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who answered a letter that was known was looked up at once, however many asked."""
    monkeypatch.setattr(judgement, "MOST_LOOKED_UP", 1)
    partner = next(p for p in promised.tab("Pairings") if BEN in p["Addresses"])["Addresses"].split(", ")
    [other] = {*partner} - {BEN}
    for person, text in ((BEN, "my data"), (other, "my data"), (BEN, "my data"), (other, "status")):
        promised.reply(person, text, to="introduction")
    answered = []
    for _ in range(3):
        promised.run("collect_replies")
        letters = promised.ledger("Letters")
        answered.append([(x["Person"], x["Kind"]) for x in letters if x["Kind"] in {"my-data", "status"}])
    first = [(BEN, "my-data"), (BEN, "my-data")]
    second = [*first, (other, "my-data"), (other, "status")]
    assert answered == [first, second, second]
    assert promised.checker().faults() == []


def test_says_it_in_answer_to_a_letter_as_well(promised: Cast) -> None:
    promised.reply(BEN, "status", to="introduction")
    promised.run("collect_replies")
    assert PROMISE in words(promised.mails(BEN)[-1])


def test_says_nothing_where_nobody_vouches_for_the_sender(promised: Cast) -> None:
    set_mail_options(promised.company.workspace, vouches_for_internal_mail=False)
    before = len(promised.mails(BEN))
    ask(promised, "my data")
    assert len(promised.mails(BEN)) == before
    assert promised.ledger("Replies")[-1]["Taken as"] == "it belongs to no letter that we sent them"


def test_leaves_a_new_mail_that_asks_for_more_to_a_person(promised: Cast) -> None:
    for text in ("status\n\nAnd who pays for the room?", "I'd like to talk to somebody about my manager"):
        before = len(promised.mails(BEN))
        ask(promised, text)
        assert len(promised.mails(BEN)) == before


def test_gives_everything_that_is_kept_about_somebody_to_them_alone(promised: Cast) -> None:
    partner = next(
        a
        for p in promised.tab("Pairings")
        if BEN in p["Addresses"]
        for a in p["Addresses"].split(", ")
        if a != BEN
    )
    promised.reply(partner, "Call the printer about the folder", to="commitment-request")
    promised.run("collect_replies")
    answer = ask(promised, "my data")
    [file] = list(answer.iter_attachments())
    kept = json.loads(
        file.get_content() if isinstance(file.get_content(), str) else file.get_payload(decode=True)
    )
    assert file.get_filename() == "peerpact.json"
    assert kept["Commitments"][0]["text"] == PROMISE
    assert kept["Roster"][0]["email"] == BEN
    assert [len(kept[tab]) for tab in ("Pairings", "Replies")] == [1, 1]
    assert "printer" not in json.dumps(kept)
    assert answer["To"].addresses[0].addr_spec == BEN


def test_forgets_somebody_once_they_confirmed_it_and_some_days_have_passed(promised: Cast) -> None:
    first = ask(promised, "forget me")
    assert "once more" in words(first)
    assert promised.tab("Requests") == []
    promised.reply(BEN, "forget me", to="acknowledgement")
    promised.run("collect_replies")
    assert [(r["Person"], r["Asked for"]) for r in promised.tab("Requests")] == [(BEN, "forget me")]
    assert "On 29 January 2026 we erase" in words(promised.mails(BEN)[-1])
    promised.wait(days=6)
    promised.run("collect_replies")
    assert PROMISE in str(promised.ledger("Commitments"))
    promised.wait(days=1)
    promised.run("collect_replies")
    for title in ("Commitments", "Letters", "Replies"):
        assert BEN not in str(promised.ledger(title))
    mine = promised.mails(promised.company.config.mailbox, f"from:{BEN}")
    assert mine == []
    promised.writes()
    for job in ("collect_replies", "send_follow_ups", "collect_replies"):
        promised.run(job)
    assert BEN not in str(promised.ledger("Letters"))


def test_forgets_promises_also_in_rows_that_are_there_twice_or_were_typed_over(promised: Cast) -> None:
    ask(promised, "forget me")
    promised.reply(BEN, "forget me", to="acknowledgement")
    promised.run("collect_replies")
    client = gspread.Client(auth=None, session=promised.company.session(promised.company.config.mailbox))  # type: ignore[arg-type]
    tab = client.open_by_key(promised.company.config.ledger_spreadsheet).worksheet("Commitments")
    header, mine = tab.row_values(1), tab.row_values(2)
    assert PROMISE in mine
    tab.append_row(mine)
    other = [*mine]
    other[header.index("Commitment")], other[header.index("Made on")] = "c-other", "some day"
    tab.append_row(other)
    promised.wait(days=7)
    promised.run("collect_replies")
    assert PROMISE not in str(tab.get_all_values())


def test_takes_it_back_within_these_days(promised: Cast) -> None:
    ask(promised, "forget me")
    promised.reply(BEN, "forget me", to="acknowledgement")
    promised.run("collect_replies")
    promised.wait(days=3)
    promised.reply(BEN, "back", to="acknowledgement")
    promised.run("collect_replies")
    promised.wait(days=10)
    promised.run("collect_replies")
    promised.run("send_follow_ups")
    assert PROMISE in str(promised.ledger("Commitments"))


def test_is_missed_nowhere_in_the_programme_spreadsheet_by_those_who_look_for_it(promised: Cast) -> None:
    promised.company.sheet().worksheet("Guidance").insert_note("B7", f"Ben: {PROMISE}")
    assert f"in the programme spreadsheet: {PROMISE}" in promised.checker().faults()
