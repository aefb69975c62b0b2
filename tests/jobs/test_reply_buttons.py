"""Answering by one tap: each button of a letter opens a filled-in mail, which means what the button says."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from cast import Cast
from workspace_emulator.gmail.options import set_mail_options

BEN = "ben@example.com"
WORDS = "Ask Dina about the canary report"
LABELS = {
    "English": ("Done", "Partly", "Not yet", "I let it go"),
    "German": ("Erledigt", "Teilweise", "Noch nicht", "Lasse ich sein"),
    "French": ("C’est fait", "En partie", "Pas encore", "J’y renonce"),
    "Spanish": ("Hecho", "En parte", "Todavía no", "Lo dejo"),
}
OUTCOMES = ("kept", "partly", "not yet", "dropped")


def buttons(mail: EmailMessage) -> dict[str, str]:
    """Return the addresses behind a letter's buttons by what is written on them."""
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    return {
        label: unescape(href)
        for href, label in re.findall(r'<a class="[^"]*" href="(mailto:[^"]+)"[^>]*>([^<]+)</a>', html)
    }


def press(cast: Cast, label: str, *, on: str) -> None:
    """Send, as a new mail and as it is, what a button on the latest letter of a kind fills in."""
    letter = [m for m in cast.mails(BEN) if (m["X-Peerpact"] or "").startswith(on + ":")][-1]
    link = urlsplit(buttons(letter)[label])
    fields = parse_qs(link.query)
    cast.write(BEN, fields["body"][0], to=unquote(link.path), subject=fields["subject"][0])


@pytest.fixture
def asked(met: Cast) -> Cast:
    """Ben is asked about his promise, in a domain whose inner mail nothing vouches for but our token."""
    return met.bring_to(ben_promised)


def ben_promised(cast: Cast) -> None:
    set_mail_options(cast.company.workspace, vouches_for_internal_mail=False)
    cast.reply(BEN, WORDS, to="commitment-request")
    cast.run("collect_replies")


def a_month_later(cast: Cast, language: str = "English") -> None:
    cast.enter("Roster", "H3", language)
    cast.wait(days=28)
    cast.run("send_follow_ups")


@pytest.mark.parametrize("language", list(LABELS))
@pytest.mark.parametrize("number", range(4))
def test_takes_each_button_for_what_it_says_in_each_language(asked: Cast, language: str, number: int) -> None:
    a_month_later(asked, language)
    press(asked, LABELS[language][number], on="follow-up")
    asked.run("collect_replies")
    assert [c["Outcome"] for c in asked.ledger("Commitments")] == [OUTCOMES[number]]
    assert asked.letters(BEN)[-1].startswith("acknowledgement:")


def test_takes_a_reminders_button_for_an_answer_to_the_letter(asked: Cast) -> None:
    asked.enter("Roster", "H3", "English")
    for _ in range(29):  # the letter before the meeting of 9 February, and the day after it
        asked.wait(days=1)
        asked.run("send_follow_ups")
    press(asked, "Done", on="reminder")
    asked.run("collect_replies")
    assert [c["Outcome"] for c in asked.ledger("Commitments")] == ["kept"]


def test_takes_the_button_of_a_letter_that_asks_again(asked: Cast) -> None:
    a_month_later(asked)
    asked.reply(BEN, "Well, the weather", to="follow-up")
    asked.run("collect_replies")
    press(asked, "Not yet", on="acknowledgement")
    asked.run("collect_replies")
    assert [c["Outcome"] for c in asked.ledger("Commitments")] == ["not yet"]


def test_lets_an_answer_by_button_be_corrected_by_answering_its_acknowledgement(asked: Cast) -> None:
    a_month_later(asked)
    press(asked, "Done", on="follow-up")
    asked.run("collect_replies")
    asked.reply(BEN, "1 not yet", to="acknowledgement")
    asked.run("collect_replies")
    assert [c["Outcome"] for c in asked.ledger("Commitments")] == ["not yet"]


def test_takes_not_now_on_an_introduction_for_a_pause(asked: Cast) -> None:
    press(asked, "Jetzt nicht", on="introduction")
    asked.run("collect_replies")
    assert [(r["Person"], r["Asked for"]) for r in asked.tab("Requests")] == [(BEN, "pause")]


def test_believes_no_button_that_somebody_else_presses(asked: Cast) -> None:
    a_month_later(asked)
    letter = [m for m in asked.mails(BEN) if (m["X-Peerpact"] or "").startswith("follow-up:")][-1]
    link = urlsplit(buttons(letter)["Done"])
    asked.write(
        "gus@example.com", "1 done", to=unquote(link.path), subject=parse_qs(link.query)["subject"][0]
    )
    asked.run("collect_replies")
    assert [c["Outcome"] for c in asked.ledger("Commitments")] == [""]
    assert asked.ledger("Replies")[-1]["Taken as"] == "it belongs to no letter that we sent them"


def test_takes_a_tap_for_not_having_met(met: Cast) -> None:
    set_mail_options(met.company.workspace, vouches_for_internal_mail=False)
    press(met, "Nicht getroffen", on="commitment-request")
    met.run("collect_replies")
    assert [(r["Person"], r["Asked for"]) for r in met.tab("Requests")] == [(BEN, "not met")]


def test_takes_no_promise_from_a_form_that_nobody_filled_in(met: Cast) -> None:
    set_mail_options(met.company.workspace, vouches_for_internal_mail=False)
    press(met, "Aufschreiben", on="commitment-request")
    met.run("collect_replies")
    assert met.ledger("Commitments") == []


def leave(cast: Cast, *, on: str) -> None:
    """Send what Gmail makes of the header List-Unsubscribe: its own words under the subject that is given."""
    letter = [m for m in cast.mails(BEN) if (m["X-Peerpact"] or "").startswith(on + ":")][-1]
    link = urlsplit(letter["List-Unsubscribe"].strip("<>"))
    said = "This message was automatically generated by Gmail."
    cast.write(BEN, said, to=unquote(link.path), subject=parse_qs(link.query)["subject"][0])


@pytest.mark.parametrize("kind", ["introduction", "commitment-request"])
def test_takes_a_mail_programs_own_way_to_unsubscribe_for_leaving(met: Cast, kind: str) -> None:
    leave(met, on=kind)
    met.run("collect_replies")
    assert [(r["Person"], r["Asked for"]) for r in met.tab("Requests")] == [(BEN, "stop")]
    assert met.letters(BEN)[-1].startswith("acknowledgement:")


@pytest.mark.parametrize("label", ["Pause", "anderes Gegenüber", "Stopp"])
def test_takes_each_way_out_at_a_letters_foot_for_what_it_says(met: Cast, label: str) -> None:
    press(met, label, on="introduction")
    met.run("collect_replies")
    wished = {"Pause": "pause", "anderes Gegenüber": "another partner", "Stopp": "stop"}
    shown = [r["Asked for"] for r in met.tab("Requests")] + [w["Wishes"] for w in met.wishes()]
    assert shown == [wished[label]]


def test_lets_a_newcomer_skip_the_round_by_one_tap_and_touches_no_cell_of_the_admins(cast: Cast) -> None:
    set_mail_options(cast.company.workspace, vouches_for_internal_mail=False)
    cast.wait(hours=6)
    cast.run("send_follow_ups")
    assert cast.letters(BEN) == [f"welcome:r1:{BEN}"]
    roster = cast.tab("Roster")
    press(cast, "Eine Runde aussetzen", on="welcome")
    cast.run("collect_replies")
    assert [(r["Person"], r["Asked for"], r["Until"]) for r in cast.tab("Requests")] == [
        (BEN, "pause", "2026-04-05")
    ]
    assert cast.tab("Roster") == roster
    cast.wait(days=1)
    cast.run("pair_people")
    assert BEN not in repr(cast.tab("Pairings"))
    cast.run("send_follow_ups")
    assert len([x for x in cast.letters(BEN) if x.startswith("welcome")]) == 1


def test_records_what_may_be_a_promise_once_it_is_tapped(met: Cast) -> None:
    """In words that are none for certain: "is online", who puts it there?"""
    words = "The onboarding checklist will be online on Monday morning"
    met.reply(BEN, words, to="commitment-request")
    met.run("collect_replies")
    assert met.ledger("Commitments") == []
    label = next(
        label for label in buttons(met.mails(BEN)[-1]) if label.startswith("Mein Versprechen: The onboarding")
    )
    press(met, label, on="acknowledgement")
    met.run("collect_replies")
    [promise] = met.ledger("Commitments")
    assert promise["Text"] == words
    assert promise["Due"]
