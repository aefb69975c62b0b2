"""Words of distress: recorded nowhere, shown to nobody, answered with who helps in confidence."""

from __future__ import annotations

import pytest

from cast import Cast

BEN, MAILBOX = "ben@example.com", "mentoring@example.com"
CARE = {
    "English": "He made comments about my body. I don't want to see him again.",
    "German": "Mein Chef mobbt mich, ich kann nicht mehr.",
    "French": "Je suis harcelée au travail.",
    "Spanish": "Me gritó delante de todos y me insulta cada día.",
}


def _last(cast: Cast) -> str:
    return " ".join(cast.mails(BEN)[-1].get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


@pytest.mark.parametrize("language", CARE)
@pytest.mark.parametrize("letter", ["commitment-request", "introduction"])
def test_writes_nothing_down_and_answers_with_who_helps(met: Cast, language: str, letter: str) -> None:
    met.enter("Roster", "H3", language)
    met.reply(BEN, CARE[language], to=letter)
    met.run("collect_replies")
    assert met.ledger("Commitments") == []
    assert met.tab("Requests") == []
    [row] = met.ledger("Replies")
    assert row["Taken as"] == "nothing changed"
    assert "ombud@example.com" in _last(met)
    assert "112" in _last(met)


def test_lets_the_mail_wait_under_a_label_of_its_own_and_counts_it_nowhere(met: Cast) -> None:
    met.reply(BEN, CARE["English"], to="commitment-request")
    met.run("collect_replies")
    assert len(met.mails(MAILBOX, "label:peerpact-confidential")) == 1
    assert met.mails(MAILBOX, "label:peerpact-needs-a-person") == []


def test_answers_distress_however_much_was_answered_that_day(met: Cast) -> None:
    met.reply(BEN, "I will ask Dina for feedback", to="commitment-request")
    met.run("collect_replies")
    met.reply(BEN, CARE["English"], to="acknowledgement")
    met.run("collect_replies")
    assert "ombud@example.com" in _last(met)


def test_ends_the_pairing_on_the_word_that_the_letter_offers_and_tells_nobody_why(met: Cast) -> None:
    met.reply(BEN, CARE["English"], to="commitment-request")
    met.run("collect_replies")
    met.reply(BEN, "another partner", to="acknowledgement")
    met.run("collect_replies")
    [wish] = met.wishes()
    assert wish["Wishes"] == "another partner"
    assert "body" not in str(wish)
    assert met.tab("Requests") == []


def test_tells_the_confidential_contact_once_that_a_mail_waits_and_nothing_of_it(met: Cast) -> None:
    met.reply(BEN, CARE["English"], to="commitment-request")
    met.run("collect_replies")
    met.run("collect_replies")
    [word] = met.mails(MAILBOX, "to:ombud@example.com")
    text = word.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "peerpact/confidential" in text
    assert not any(said in text for said in ("Ben", "ben@", "my body", "comments"))


def test_tells_the_contact_also_of_a_second_mail_that_is_for_people_to_read(met: Cast) -> None:
    met.enter("Roster", "H3", "English")
    met.reply(BEN, "He collects old maps.", to="commitment-request")
    met.run("collect_replies")
    assert "ombud@example.com" in _last(met)
    assert met.mails(MAILBOX, "to:ombud@example.com") == []
    met.reply(BEN, "He collects old maps.", to="acknowledgement")
    met.run("collect_replies")
    assert len(met.mails(MAILBOX, "to:ombud@example.com")) == 1
    assert met.ledger("Commitments") == []
