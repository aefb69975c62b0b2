"""Each wish is its own kind, as a value: status, my data, skip, never with whom, every so many weeks, a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.answer_words import answer_words, languages_read
from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.replies.phrases import words_of, written_out
from peerpact.programme.replies.wishes import Requested, heard_in
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
PROMISES = ["Ask Dina about the canary report", "Read the handbook"]
LINES = [
    line
    for name in ("wishes", "later_wishes")
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
]
WISHES = [line.split("\t") for line in LINES if not line.startswith("#")]


def _in_words(read: Understood) -> str:
    said = [f"number {read.number}"] if read.number else []
    said += [_wish(r) for r in read.requests if r.kind is not Wish.NOT_MET]
    said += [] if read.met is None else ["met" if read.met else "not met"]
    return ", ".join([*said, *(["question"] if read.question else [])]) or "ask"


def _wish(requested: Requested) -> str:
    return f"every {requested.weeks}" if requested.weeks else f"{requested.kind} {requested.name}".strip()


def _read(text: str, asked: str = "anything", language: str = "en", **more: Asked) -> Understood:
    about = PROMISES[:1] if asked == "outcomes" else []
    return understand(
        text, open_commitments=about, languages=(language,), on=TODAY, asked=Asked(asked), also=more.values()
    )


@pytest.mark.parametrize(("language", "asked", "text", "accepted"), WISHES)
def test_hears_each_wish_as_its_own_kind(language: str, asked: str, text: str, accepted: str) -> None:
    assert _in_words(_read(text, asked, language)) in accepted.replace("none", "ask").split(" / ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm thinking of leaving the programme", Wish.STOP),
        ("Maybe pause me", Wish.PAUSE),
        ("Not sure, perhaps a new partner", Wish.ANOTHER_PARTNER),
        ("I might skip the next round", Wish.SKIP),
    ],
)
def test_takes_no_doubtful_wish_and_offers_it(text: str, kind: Wish) -> None:
    read = _read(text)
    assert read.requests == ()
    assert [r.kind for r in read.perhaps] == [kind]
    assert read.unclear is not None


@pytest.mark.parametrize(
    "text",
    [
        "My partner wants to stop taking part",
        "Dina is on leave until June",
        "She said she will skip this round",
    ],
)
def test_takes_nobody_elses_wish(text: str) -> None:
    assert _read(text).requests == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 done, 2 not yet\n4\nstay", "number 4, stay with my partner"),
        ("1 done\n2 dropped", "ask"),
        ("5/5, and a new partner please", "number 5, another partner"),
        ("Both done. 3", "number 3"),
    ],
)
def test_reads_promises_a_number_and_what_comes_next_in_one_answer(text: str, expected: str) -> None:
    read = understand(
        text,
        open_commitments=PROMISES,
        languages=("en",),
        on=TODAY,
        asked=Asked.OUTCOMES,
        also=(Asked.NUMBER, Asked.NEXT_ROUND),
    )
    assert _in_words(read) == expected
    assert len(read.outcomes) == (0 if text.startswith("5/5") else 2)


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("en", "When the sprint ends, I will ask Tom what to change, by 30 March", True),
        ("en", "I will change my weekly report by Friday", True),
        ("en", "When I meet Ada, I will meet new people at the fair", True),
        ("de", "Wenn der Sprint endet, dann werde ich Tom fragen, was wir ändern, bis 30. März", True),
        ("fr", "Quand le sprint finit, je vais rencontrer une nouvelle personne, avant le 30 mars", True),
        ("es", "Cuando acabe el sprint, voy a hablar con alguien nuevo, antes del 30 de marzo", True),
        ("en", "I will take somebody new", False),
        ("en", "a change by 1 April please", False),
        ("en", "When the round ends, I will stop taking part", False),
        ("en", "I will pause until 1 May", False),
    ],
)
def test_hears_no_wish_for_the_next_round_within_a_promise(language: str, text: str, promised: bool) -> None:
    heard = heard_in(text, answer_words(language), TODAY, asked_for_promise=False, asked_what_next=True)
    assert (heard.requests == ()) is promised


SPOKE_TO_NOBODY = [
    ("de", "Ich konnte nicht mit Dina sprechen"),
    ("de", "Hab noch nicht mit Dina geredet"),
    ("de", "Das hat nicht mit Dina geklappt"),
    ("de", "Ich bin noch nicht mit dem Bericht durch"),
    ("fr", "Je n'ai jamais parlé avec Dina"),
    ("fr", "Je ne suis pas encore allée avec Dina"),
    ("es", "No pude hablar con Dina"),
    ("es", "Nunca hablé con Dina"),
    ("es", "No he quedado más con Dina"),
    ("en", "We did not get together with Dina"),
]


@pytest.mark.parametrize(("language", "text"), SPOKE_TO_NOBODY)
def test_takes_no_report_of_a_talk_that_was_not_for_a_wish_about_its_person(language: str, text: str) -> None:
    read = _read(text, "outcomes", language)
    assert (read.requests, read.perhaps) == ((), ())
    assert dict(read.outcomes) == {1: Outcome.NOT_YET}


@pytest.mark.parametrize("rest", ["done", "there yet", "that far", "happy with it", "going to", "keen"])
def test_takes_no_word_of_how_the_writer_is_for_a_wish(rest: str) -> None:
    assert _read(f"I'm not {rest}", "outcomes").requests == ()


@pytest.mark.parametrize("language", languages_read())
def test_has_no_wish_that_half_of_its_phrase_says(language: str) -> None:
    requests = languages.read(language, "answers")["requests"]
    texts = [
        text for wish in Wish if wish is not Wish.NEVER_WITH for text in requests.get(wish.name.lower(), ())
    ]
    light = _light(language)
    assert [t for t in texts for said in written_out(t) if set(words_of(said.strip("."))) <= light] == []


def _light(language: str) -> set[str]:
    sorts = languages.read(language, "answers")["answers"]
    texts = [text for sort in ("me", "aux", "not", "and", "but") for text in sorts.get(sort, ())]
    texts += languages.read(language, "plain")["words"]["light"][0].split(", ")
    return {word for text in texts for word in words_of(text)}


@pytest.mark.parametrize(
    ("language", "text", "until"),
    [
        ("en", "Not before March please", date(2026, 3, 1)),
        ("de", "Vor März bitte nicht", date(2026, 3, 1)),
        ("de", "Bitte erst wieder ab April", date(2026, 4, 1)),
        ("fr", "Pas avant mars s'il vous plaît", date(2026, 3, 1)),
        ("es", "Antes de marzo no, por favor", date(2026, 3, 1)),
    ],
)
def test_offers_the_pause_that_not_before_a_month_may_mean(language: str, text: str, until: date) -> None:
    read = _read(text, "next round", language)
    assert read.requests == ()
    assert [(wish.kind, wish.until) for wish in read.perhaps] == [(Wish.PAUSE, until)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He won't reply to me any more"),
        ("de", "Mein Partner hat mir nicht geantwortet"),
        ("de", "Meine Partnerin hat seit Wochen nicht geantwortet"),
        ("fr", "Ma binôme ne me répond plus"),
        ("es", "Mi compañera no me ha contestado"),
        ("es", "Mi compañero lleva semanas sin contestar"),
    ],
)
def test_hears_that_a_partner_does_not_write_back(language: str, text: str) -> None:
    assert [wish.kind for wish in _read(text, "next round", language).requests] == [Wish.NO_ANSWER]


def test_takes_nobodys_silence_for_the_partners_where_a_promise_names_them() -> None:
    assert _read("Asked Dina, she hasn't answered", "outcomes").requests == ()
