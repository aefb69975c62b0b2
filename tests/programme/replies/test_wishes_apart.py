"""Several wishes in one sentence are each taken, alternatives none; a pause may have its days in the next sentence."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
MAY = date(2026, 5, 5)
APRIL = date(2026, 4, 20)
PROMISE = "Ask Dina about the canary report"
ASKED = [(Asked.OUTCOMES, [PROMISE]), (Asked.COMMITMENT, [])]

Days = tuple[date | None, date | None]
NO_DAYS: Days = (None, None)
UNTIL_MAY: Days = (None, MAY)


def read(text: str, language: str, asked: Asked, about: list[str]) -> Understood:
    return understand(text, open_commitments=about, languages=(language,), on=TODAY, asked=asked)


def wishes(understood: Understood) -> dict[Wish, Days]:
    return {r.kind: (r.since, r.until) for r in understood.requests}


@pytest.mark.parametrize(("asked", "about"), ASKED)
@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "Please pause me from 20 April until 5 May and find me another partner",
            {Wish.PAUSE: (APRIL, MAY), Wish.ANOTHER_PARTNER: NO_DAYS},
        ),
        (
            "en",
            "Please find me another partner and pause me until 5 May.",
            {Wish.ANOTHER_PARTNER: NO_DAYS, Wish.PAUSE: UNTIL_MAY},
        ),
        (
            "en",
            "Until 5 May, please pause me and find me a new partner",
            {Wish.PAUSE: UNTIL_MAY, Wish.ANOTHER_PARTNER: NO_DAYS},
        ),
        (
            "en",
            "Every two weeks please, and skip the next round",
            {Wish.EVERY_WEEKS: NO_DAYS, Wish.SKIP: NO_DAYS},
        ),
        ("en", "Pause me until 5 May and send me my data", {Wish.PAUSE: UNTIL_MAY, Wish.MY_DATA: NO_DAYS}),
        ("en", "Please stop the mails and send me my data", {Wish.STOP: NO_DAYS, Wish.MY_DATA: NO_DAYS}),
        (
            "de",
            "Ich möchte eine andere Partnerin und bis 5. Mai pausieren.",
            {Wish.ANOTHER_PARTNER: NO_DAYS, Wish.PAUSE: UNTIL_MAY},
        ),
        (
            "fr",
            "Je voudrais un autre binôme, et une pause jusqu'au 5 mai.",
            {Wish.ANOTHER_PARTNER: NO_DAYS, Wish.PAUSE: UNTIL_MAY},
        ),
        (
            "es",
            "Ponedme en pausa hasta el 5 de mayo y buscadme otra pareja.",
            {Wish.PAUSE: UNTIL_MAY, Wish.ANOTHER_PARTNER: NO_DAYS},
        ),
        ("en", "Skip this round and pause me until 5 May", {Wish.PAUSE: UNTIL_MAY}),
        ("en", "I don't want to pause, I want another partner", {Wish.ANOTHER_PARTNER: NO_DAYS}),
        ("en", "My partner wants to pause and I'd like another partner", {Wish.ANOTHER_PARTNER: NO_DAYS}),
    ],
)
def test_takes_each_wish_of_a_sentence(
    asked: Asked, about: list[str], language: str, text: str, wanted: dict[Wish, Days]
) -> None:
    understood = read(text, language, asked, about)
    assert wishes(understood) == wanted
    assert not understood.promises
    assert not understood.outcomes


@pytest.mark.parametrize(("asked", "about"), ASKED)
def test_offers_both_where_one_or_the_other_is_wished(asked: Asked, about: list[str]) -> None:
    understood = read("Pause me or find me another partner", "en", asked, about)
    assert wishes(understood) == {}
    assert [r.kind for r in understood.perhaps] == [Wish.PAUSE, Wish.ANOTHER_PARTNER]


@pytest.mark.parametrize(("asked", "about"), ASKED)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Pause me. From 20 April until 5 May."),
        ("de", "Pause bitte. Vom 20. April bis 5. Mai."),
        ("fr", "Une pause, s'il vous plaît. Du 20 avril au 5 mai."),
        ("es", "Pausa, por favor. Del 20 de abril al 5 de mayo."),
    ],
)
def test_gives_a_pause_the_days_of_the_next_sentence(
    asked: Asked, about: list[str], language: str, text: str
) -> None:
    understood = read(text, language, asked, about)
    assert wishes(understood) == {Wish.PAUSE: (APRIL, MAY)}
    assert not understood.outcomes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I will pause before I answer"),
        ("de", "Ich mache eine Pause, bevor ich antworte"),
        ("fr", "Je ferai une pause avant de répondre"),
        ("es", "Haré una pausa antes de responder"),
        ("en", "When the round ends, I will ask for another partner and pause my own project until May"),
    ],
)
def test_takes_a_promise_to_pause_for_one(language: str, text: str) -> None:
    understood = read(text, language, Asked.COMMITMENT, [])
    assert wishes(understood) == {}
    assert [p.text for p in understood.promises] == [text]
