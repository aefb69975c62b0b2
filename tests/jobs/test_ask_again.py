"""What isn't certain is asked about once, kindly, with what is likely to be tapped; until then nothing is recorded."""

from __future__ import annotations

import re
from datetime import date
from email.message import EmailMessage
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from cast import Cast
from peerpact.letters import render
from peerpact.letters.examples import examples
from peerpact.letters.kinds import AskAgain
from peerpact.programme.replies.meaning import Asked, understand

BEN, MAILBOX = "ben@example.com", "mentoring@example.com"
WORDS = "Ask Dina about the canary report"
TODAY = date(2026, 1, 12)


def _html(mail: EmailMessage) -> str:
    return str(mail.get_body(("html",)).get_content())  # type: ignore[union-attr]


def _answers(html: str) -> list[str]:
    """Return what the buttons of a letter write into an answer."""
    links = [unescape(href) for href in re.findall(r'href="(mailto:[^"]+)"', html)]
    bodies = [parse_qs(urlsplit(link).query).get("body", [""])[0] for link in links]
    return [body for body in bodies if body]


def _text(cast: Cast) -> str:
    return " ".join(cast.mails(BEN)[-1].get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Same as last time", "We know of no earlier promise"),
        ("Zrobię to w przyszłym tygodniu, dziękuję bardzo", "We can’t read the language"),
        ("I do not want to work with him", "ombud@example.com helps you in confidence"),
        ("pause from 1 March 2027", "Until when shall we pause?"),
        ("hmm", "We are not certain what it means"),
    ],
)
def test_asks_in_words_of_its_own_and_records_nothing(met: Cast, said: str, sentence: str) -> None:
    met.enter("Roster", "H3", "English")
    met.reply(BEN, said, to="commitment-request")
    met.run("collect_replies")
    assert sentence in _text(met)
    assert "ombud@example.com" in _text(met)
    assert met.ledger("Commitments") == []
    assert met.tab("Requests") == []


def test_offers_the_likely_reading_and_takes_it_when_tapped(met: Cast) -> None:
    met.enter("Roster", "H3", "English")
    met.reply(BEN, WORDS, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    met.run("send_follow_ups")
    met.reply(BEN, "done, though not really done", to="follow-up")
    met.run("collect_replies")
    assert [c["Outcome"] for c in met.ledger("Commitments")] == [""]
    likely = _answers(_html(met.mails(BEN)[-1]))[0]
    met.reply(BEN, likely, to="acknowledgement")
    met.run("collect_replies")
    assert [c["Outcome"] for c in met.ledger("Commitments")] != [""]


def test_leaves_to_a_confidential_person_what_comes_near_distress_twice(met: Cast) -> None:
    met.reply(BEN, "She is weird", to="commitment-request")
    met.run("collect_replies")
    assert met.mails(MAILBOX, "label:peerpact-confidential") == []
    met.reply(BEN, "She is weird.", to="acknowledgement")
    met.run("collect_replies")
    assert len(met.mails(MAILBOX, "label:peerpact-confidential")) == 1


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_understands_every_button_that_it_offers(language: str) -> None:
    for example in examples():
        if not isinstance(example.letter, AskAgain):
            continue
        open_ones = example.letter.commitments
        for answer in _answers(render(example.letter, language=language).html):
            read = understand(
                answer,
                open_commitments=open_ones,
                languages=(language,),
                on=TODAY,
                asked=Asked.OUTCOMES if open_ones else Asked.COMMITMENT,
            )
            assert read.outcomes or read.requests or read.promises, answer
            assert all(r.until for r in read.requests if r.kind == "pause" and "2026" in answer), answer
