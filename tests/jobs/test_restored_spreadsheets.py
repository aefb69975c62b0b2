"""Somebody restores a spreadsheet to an older day: nobody gets anything twice, and nothing that was said is lost."""

from __future__ import annotations

import gspread
import pytest
from restored import Values, remembered, restore

import states
from cast import MAIL, Cast

BEN, DINA = "ben@example.com", "dina@example.com"
LATER = {"book_first_meetings", "send_follow_ups", "collect_replies"}


@pytest.fixture
def asked(met: Cast) -> tuple[Cast, Values]:
    """Six who were asked for a promise after the ledger was remembered; two of them have answered."""
    ledger = met.company.config.ledger_spreadsheet
    met.wait(days=32)
    before = remembered(met, ledger)
    met.run("send_follow_ups")
    met.reply(BEN, "I will read a book about otters.", to="follow-up")
    met.reply(DINA, "I will call Oskar about his canaries.", to="follow-up")
    met.run("collect_replies")
    return met, before


def test_sends_nothing_twice_and_loses_no_reply_when_the_ledger_is_restored(
    asked: tuple[Cast, Values],
) -> None:
    cast, before = asked
    letters = {p: cast.letters(p) for p in (BEN, DINA, "gus@example.com")}
    replies = {r["Message"] for r in cast.ledger("Replies")}
    restore(cast, before)
    for _ in range(3):
        cast.run("send_follow_ups")
        cast.run("collect_replies")

    assert {p: cast.letters(p) for p in letters} == letters
    assert {r["Message"] for r in cast.ledger("Replies")} == replies
    assert {r["State"] for r in cast.ledger("Letters")} == {"sent"}
    assert cast.checker().faults() == []


def test_brings_back_the_pairings_that_the_calendar_knows(cast: Cast) -> None:
    programme = cast.company.config.programme_spreadsheet
    cast.run("check_roster")
    before = remembered(cast, programme)
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    pairings = {(r["Pairing"], r["Addresses"], r["State"]) for r in cast.tab("Pairings")}
    letters = {p: cast.letters(p) for p in (BEN, DINA)}
    restore(cast, before)
    cast.wait(hours=1)
    for _ in range(2):
        cast.run("book_first_meetings")
        cast.run("pair_people")

    assert {(r["Pairing"], r["Addresses"], r["State"]) for r in cast.tab("Pairings")} == pairings
    assert {p: cast.letters(p) for p in (BEN, DINA)} == letters
    assert cast.checker().faults() == []


def test_takes_answers_to_letters_of_which_no_row_tells_any_more(cast: Cast) -> None:
    cast.bring_to(states.booked).wait(days=14)
    before = remembered(cast, cast.company.config.ledger_spreadsheet)
    cast.run("book_first_meetings")
    cast.run("send_follow_ups")
    cast.reply(BEN, "I will read a book about otters.", to="commitment-request")
    cast.run("collect_replies")
    cast.reply(DINA, "I will call Oskar about his canaries.", to="commitment-request")
    letters = {p: cast.letters(p) for p in (BEN, DINA)}
    restore(cast, before)
    for _ in range(2):
        cast.run("collect_replies")

    assert sorted(c["Text"] for c in cast.ledger("Commitments")) == [
        "I will call Oskar about his canaries.",
        "I will read a book about otters.",
    ]
    assert {r["State"] for r in cast.ledger("Letters")} == {"sent"}
    assert cast.letters(BEN) == letters[BEN]
    assert [key.partition(":")[0] for key in cast.letters(DINA)[len(letters[DINA]) :]] == ["acknowledgement"]
    assert cast.checker().faults() == []


def test_finds_a_letter_s_pairing_by_its_thread_while_another_run_writes_that_one_s_row(
    asked: tuple[Cast, Values],
) -> None:
    cast, before = asked
    known = {row["Letter"]: row for row in cast.ledger("Letters")}
    [said_back] = [k for k, row in known.items() if (row["Kind"], row["Person"]) == ("acknowledgement", BEN)]
    [follow_up] = [row for row in known.values() if (row["Kind"], row["Person"]) == ("follow-up", BEN)]
    cast.reply(BEN, "I will write a page about it.", to="acknowledgement")
    restore(cast, before)
    not_yet = dict.fromkeys(("Sent", "Answered", "Draft", "Message", "Thread", "Message-ID"), "")
    client = gspread.Client(auth=None, session=cast.company.session(cast.company.config.mailbox))  # type: ignore[arg-type]
    tab = client.open_by_key(cast.company.config.ledger_spreadsheet).worksheet("Letters")
    tab.append_row([*(follow_up | not_yet | {"State": "planned"}).values()])
    cast.run("collect_replies")

    found = {row["Letter"]: row for row in cast.ledger("Letters")}
    assert found[said_back]["Pairing"] == known[said_back]["Pairing"] == follow_up["Pairing"]
    assert known[said_back]["Pairing"]


def test_finds_what_was_said_back_with_its_pairing_where_nothing_else_of_its_thread_is_left(
    asked: tuple[Cast, Values],
) -> None:
    cast, before = asked
    known = {row["Letter"]: row for row in cast.ledger("Letters")}
    [said_back] = [k for k, row in known.items() if (row["Kind"], row["Person"]) == ("acknowledgement", BEN)]
    cast.reply(BEN, "I will write a page about it.", to="acknowledgement")
    for row in known.values():
        if row["Thread"] == known[said_back]["Thread"] and row["Letter"] != said_back:
            cast.company.session(cast.company.config.mailbox).post(f"{MAIL}/messages/{row['Message']}/trash")
    restore(cast, before)
    cast.run("collect_replies")

    found = {row["Letter"]: row for row in cast.ledger("Letters")}
    assert found[said_back]["Pairing"] == known[said_back]["Pairing"] != ""


def test_takes_up_again_what_people_asked_for_before_the_programme_was_restored(met: Cast) -> None:
    before = remembered(met, met.company.config.programme_spreadsheet)
    met.reply(BEN, "I will read a book about otters.\n\nPause until March", to="commitment-request")
    met.reply(DINA, "stop", to="commitment-request")
    met.run("collect_replies")
    requests, letters = met.tab("Requests"), {p: met.letters(p) for p in (BEN, DINA)}
    restore(met, before)
    met.wait(days=1)
    assert met.tab("Requests") == []
    for _ in range(2):
        met.run("collect_replies")

    assert sorted(r["Asked for"] for r in requests) == ["pause", "stop"]
    assert met.tab("Requests") == requests
    assert {p: met.letters(p) for p in letters} == letters
    assert len(met.ledger("Commitments")) == 1
    assert met.checker().faults() == []


def test_hears_private_wishes_again_where_they_are_restored_with_the_ledger(met: Cast) -> None:
    config = met.company.config
    before = [remembered(met, key) for key in (config.ledger_spreadsheet, config.wishes_spreadsheet)]
    met.reply(BEN, "another partner", to="commitment-request")
    met.run("collect_replies")
    wishes, letters = met.wishes(), met.letters(BEN)
    for older in before:
        restore(met, older)
    met.wait(days=1)
    assert met.wishes() == []
    for _ in range(2):
        met.run("collect_replies")

    assert len(wishes) == 1
    assert met.wishes() == wishes
    assert met.letters(BEN) == letters


def test_knows_which_promise_a_letter_asked_about_of_which_no_row_tells_any_more(met: Cast) -> None:
    met.reply(BEN, "I will read a book about otters.", to="commitment-request")
    met.run("collect_replies")
    before = remembered(met, met.company.config.ledger_spreadsheet)
    met.wait(days=32)
    met.run("send_follow_ups")
    met.reply(BEN, "1. done", to="follow-up")
    restore(met, before)
    met.run("collect_replies")

    [promise] = met.ledger("Commitments")
    assert promise["Outcome"] == "kept"
    [about] = [
        x["About"]
        for x in met.ledger("Letters")
        if x["Letter"].startswith("follow-up") and BEN in x["Letter"]
    ]
    assert about == promise["Commitment"]
