"""What people answer an announcement with: what they want to talk about, and what they can offer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from test_effect import NEXT, requests, taken
from test_reply_decision import ADA, ASKED, BEN

from peerpact.letters.kinds import Announcement, Sender
from peerpact.letters.rendering import render
from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, understand
from peerpact.programme.replies.topics import topics_in
from peerpact.programme.requests import Request, Wish, with_requests

ON = date(2026, 1, 2)


def said(text: str, language: str = "en") -> tuple[str, str]:
    read = understand(
        text,
        open_commitments=[],
        languages=(language, "en"),
        on=ON,
        asked=Asked.ANYTHING,
        also={Asked.TOPICS},
    )
    return ("", "") if read.unclear or read.care else (read.wants, read.offers)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I want to talk about feedback, hiring\nI can offer Python", ("feedback, hiring", "Python")),
        ("en", "I'd like to talk about feedback and I can offer Python.", ("feedback", "Python")),
        ("en", "I can help with SQL, but I want to learn about hiring", ("hiring", "SQL")),
        ("en", "Topics: feedback, hiring", ("feedback, hiring", "")),
        ("en", "Hello,\n\nI would like to talk about: public speaking\n\nThanks!", ("public speaking", "")),
        ("de", "Reden möchte ich über Führung. Ich kann anbieten: Excel", ("Führung", "Excel")),
        ("de", "Ich möchte gern über Feedback reden.", ("Feedback", "")),
        ("de", "Themen: Feedback, Führung\nIch biete Excel", ("Feedback, Führung", "Excel")),
        ("fr", "Je voudrais parler de carrière et je peux apporter Excel", ("carrière", "Excel")),
        ("fr", "Sujets : management", ("management", "")),
        ("es", "Quiero hablar de liderazgo y puedo ofrecer Excel.", ("liderazgo", "Excel")),
        ("es", "Temas: liderazgo", ("liderazgo", "")),
        ("en", "I want to talk about feedback?", ("", "")),
        ("en", "I want to talk about another partner", ("", "")),
        ("en", "I don't want to talk about work only", ("", "")),
        ("en", "I want to talk about my manager, who is bullying me", ("", "")),
    ],
)
def test_reads_what_somebody_wants_to_talk_about_and_can_offer(
    language: str, text: str, expected: tuple[str, str]
) -> None:
    assert said(text, language) == expected


LONG = "far " * 59
TWICE = "feedback and I want to talk about hiring"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"I want to talk about {TWICE}", {"wants": TWICE}),
        (f"I want to talk about {TWICE} and I can offer SQL", {"wants": TWICE, "offers": "SQL"}),
        ("I want to talk about and I can offer SQL", {"offers": "SQL"}),
        ("I can offer SQL and topics: tea", {"offers": "SQL", "wants": "tea"}),
        ("Topics: -", {}),
        ("Topics: !", {}),
        ("Well, topics: tea", {}),
        (f"Topics: {LONG}near", {"wants": f"{LONG}".strip()}),
        (f"Topics: {'a' * 300}", {"wants": "a" * 300}),
        (f"Topics: {'a' * 301}", {"wants": "a" * 300}),
        (f"Topics: {'a' * 301} and", {"wants": "a" * 300}),
        ("", {}),
    ],
)
def test_parts_a_sentence_into_what_is_wanted_and_what_is_offered(
    sentence: str, expected: dict[str, str]
) -> None:
    assert topics_in(sentence, (answer_words("en"), answer_words("de"))) == expected


def test_cuts_short_what_is_said_before_a_german_verb() -> None:
    sentence = f"Ich möchte gern über {'a' * 301} reden."
    assert topics_in(sentence, (answer_words("de"),)) == {"wants": "a" * 300}


@pytest.mark.parametrize("language", languages.codes())
def test_understands_the_words_that_the_announcement_offers(language: str) -> None:
    letter = Announcement(
        to=replace(ADA, languages=(language,)),
        sender=Sender(programme_name="Peerpact", mailbox="m@example.com", contact="p@example.com"),
        reference="AN-1",
        opens=ON,
        ends=date(2026, 4, 2),
        months=6,
    )
    text = " ".join(render(letter, language=language).text.split())
    wants, offers = re.findall(r"[“„«]\s?([^“„«»”]* …)\s?[”“»]", text)
    assert said(wants.replace("…", "Excel, feedback"), language) == ("Excel, feedback", "")
    assert said(offers.replace("…", "Excel, feedback"), language) == ("", "Excel, feedback")
    both = f"{wants.replace('…', 'feedback')}\n{offers.replace('…', 'Excel')}"
    assert said(both, language) == ("feedback", "Excel")


def test_records_it_of_an_answer_to_an_announcement_alone() -> None:
    action = taken("I want to talk about feedback\nI can offer Python", NEXT)
    assert requests(action) == [("talk about", None, None), ("can offer", None, None)]
    assert [r.words for r in action.requests] == ["feedback", "Python"]
    assert action.record.taken_as == "asks: talk about, asks: can offer"
    assert action.commitments == ()
    elsewhere = taken("I can offer Ben my notes by Friday", ASKED)
    assert [r.words for r in elsewhere.requests] == [""] * len(elsewhere.requests)


def test_takes_a_wish_beside_it_and_nothing_of_what_is_not_certain() -> None:
    both = taken("Skip this round please.\nI want to talk about feedback", NEXT)
    assert [(str(r.kind), r.words) for r in both.requests] == [("pause", ""), ("talk about", "feedback")]
    unclear = taken("I want to talk about feedback.\nI pause from 1 May on.", NEXT)
    assert (bool(unclear.understood.unclear), unclear.requests) == (True, ())


def asked(kind: Wish, words: str, day: str, **more: Any) -> Request:
    on = date.fromisoformat(day)
    return Request(id=f"q{day}{kind}", person=ADA.email, kind=kind, asked_on=on, words=words, **more)


def test_goes_by_what_somebody_said_last_and_else_by_the_roster() -> None:
    roster = [replace(ADA, topics="tea", offers="sleep"), BEN]
    known = (
        asked(Wish.TALK_ABOUT, "hiring", "2026-01-05"),
        asked(Wish.TALK_ABOUT, "feedback", "2026-01-03"),
        asked(Wish.TALK_ABOUT, "gossip", "2026-01-07", decision="ignore"),
    )
    ada, ben = with_requests(roster, known)
    assert (ada.topics, ada.offers, ben.topics) == ("hiring", "sleep", "")
    gone = asked(Wish.CAN_OFFER, "", "2026-01-09")
    assert with_requests(roster, (asked(Wish.CAN_OFFER, "SQL", "2026-01-03"), gone))[0].offers == "SQL"
