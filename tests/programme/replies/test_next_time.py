"""What comes next stands behind what was done, in one sentence; that the two met says nothing of a promise."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.replies.next_time import is_next, parted
from peerpact.programme.replies.understood import Unclear

PROMISED = {
    "en": ("Send Karl the budget draft", "Shadow a ward round"),
    "de": ("Karl den Entwurf schicken", "Das CV neu schreiben"),
    "fr": ("Envoyer le projet à Karl", "Mettre à jour mon CV"),
    "es": ("Mandarle a Karl el borrador", "Leer la guía"),
}


def _read(language: str, text: str, count: int = 1) -> Understood:
    return understand(
        text, open_commitments=PROMISED[language][:count], languages=(language,), on=date(2026, 1, 12)
    )


@pytest.mark.parametrize(
    ("language", "text", "outcome", "next_one"),
    [
        ("en", "Done, next time I'll bring the figures", "kept", "next time I'll bring the figures"),
        (
            "de",
            "Hab ich gemacht, nächstes Mal nehme ich mir das Budget vor",
            "kept",
            "nächstes Mal nehme ich mir das Budget vor",
        ),
        (
            "fr",
            "C'est fait ! La prochaine fois je prépare l'ordre du jour",
            "kept",
            "La prochaine fois je prépare l'ordre du jour",
        ),
        ("es", "Hecho, la próxima vez llevo yo el acta", "kept", "la próxima vez llevo yo el acta"),
        ("en", "Not yet, next week I'll try again", "not yet", ""),
        ("en", "Done, next time maybe I'll bring more", "", ""),
        ("de", "Erledigt, nächstes Mal will er es machen", "", ""),
    ],
)
def test_takes_what_the_writer_does_next_behind_what_was_done(
    language: str, text: str, outcome: str, next_one: str
) -> None:
    read = _read(language, text)
    assert [p.text for p in read.promises] == ([next_one] if next_one else [])
    assert str(read.outcomes.get(1, "")) == outcome


@pytest.mark.parametrize("text", ["We met on Monday", "We spoke about something else"])
def test_takes_that_the_two_met_for_no_outcome(text: str) -> None:
    read = _read("en", text)
    assert (read.met, dict(read.outcomes)) == (True, {})


@pytest.mark.parametrize(
    ("language", "text", "outcomes"),
    [
        ("en", "1) sent it 2) not yet", {1: "kept", 2: "not yet"}),
        ("en", "done and done", {1: "kept", 2: "kept"}),
        ("en", "Karl yes ward no", {1: "kept", 2: "not yet"}),
        ("fr", "le projet oui, le CV non", {1: "kept", 2: "not yet"}),
        ("en", "Sent it to Karl; the story is a third done", {}),
    ],
)
def test_gives_each_of_two_promises_what_is_said_of_it(
    language: str, text: str, outcomes: dict[int, str]
) -> None:
    read = _read(language, text, count=2)
    assert {n: str(o) for n, o in read.outcomes.items()} == outcomes


@pytest.mark.parametrize(
    ("language", "text", "outcome"),
    [
        ("en", "Nearly, but no", "not yet"),
        ("fr", "C'est prêt à 80 %", "partly"),
        ("en", "I sent it to Karla by mistake", ""),
        ("fr", "Karl l'a depuis mercredi", ""),
        ("de", "Damit hat sich das erledigt", "dropped"),
        ("en", "I don't want to do this any more, let's drop it", "dropped"),
    ],
)
def test_tells_nearly_by_mistake_and_since_from_done(language: str, text: str, outcome: str) -> None:
    read = _read(language, text)
    assert (str(read.outcomes.get(1, "")), read.requests) == (outcome, ())


@pytest.mark.parametrize("text", ["Kto to czyta?", "A co dál?", "bunu kim okuyor?"])
def test_reads_nothing_in_words_built_as_those_of_no_language_of_ours(text: str) -> None:
    assert str(_read("en", text).unclear) == "language"


@pytest.mark.parametrize(
    ("language", "text", "is_new"),
    [
        ("en", "When the sprint ends, I will ask Tom, by 30 March", True),
        ("de", "Wenn der Sprint endet, dann werde ich Tom fragen, bis 30. März", True),
        ("fr", "Quand le sprint finit, je vais demander à Tom, avant le 30 mars", True),
        ("es", "Cuando acabe el sprint, voy a preguntar a Tom, antes del 30 de marzo", True),
        ("en", "When the sprint ends, I will send Karl the draft, by 30 March", False),
        ("en", "When I find the time, I will do it, by Friday", False),
        ("fr", "Quand j'aurai le temps, je vais le faire, avant le 30 mars", False),
        ("es", "Cuando tenga tiempo, voy a hacerlo, antes del 30 de marzo", False),
        ("de", "Wenn ich Zeit habe, dann werde ich es machen, bis 30. März", False),
    ],
)
def test_takes_the_form_that_letters_offer_for_a_new_promise_beside_an_open_one(
    language: str, text: str, *, is_new: bool
) -> None:
    read = _read(language, text)
    assert [p.text for p in read.promises] == ([text] if is_new else [])
    assert {n: str(o) for n, o in read.outcomes.items()} == ({} if is_new else {1: "not yet"})


@pytest.mark.parametrize("code", languages.codes())
@pytest.mark.parametrize("asked", [Asked.OUTCOMES, Asked.COMMITMENT])
@pytest.mark.parametrize("button", ["promise", "promise by"])
def test_takes_nothing_from_the_form_that_a_button_left_unfilled(
    code: str, asked: Asked, button: str
) -> None:
    form = languages.words(code)["buttons"][button].format(day="30 March 2026")
    for text in (form, form.replace("…", "..."), f"> {form}", f"\n{form}\n"):
        read = understand(
            text, open_commitments=("call Oskar",), languages=(code,), on=date(2026, 1, 12), asked=asked
        )
        assert (read.outcomes, read.promises, read.unclear) == ({}, (), Unclear.EMPTY)


def test_takes_what_stands_beside_an_unfilled_form() -> None:
    text = "1 done\nWhen …, I will …, by 30 March 2026"
    read = understand(text, open_commitments=("call Oskar",), languages=("en",), on=date(2026, 1, 12))
    assert (read.outcomes, read.promises) == ({1: "kept"}, ())


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("When the sprint …, I will ask Tom, by …", "When the sprint, I will ask Tom"),
        ("When …, I will ask Tom, by …", "I will ask Tom"),
        ("When ..., I will ask Tom, by 30 March", "I will ask Tom, by 30 March"),
        (
            "When … the sprint ends, I will … ask Tom, by … 30 March",
            "When the sprint ends, I will ask Tom, by 30 March",
        ),
        ("When the sprint ends, I will …, by 30 March", None),
    ],
)
def test_takes_the_dots_of_a_form_for_no_words_of_the_promise(text: str, promised: str | None) -> None:
    read = understand(
        text, open_commitments=(), languages=("en",), on=date(2026, 1, 12), asked=Asked.COMMITMENT
    )
    assert [p.text for p in read.promises] == ([promised] if promised else [])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("I will ask Tom what to change, by 30 March", {}),
        ("I will do it, by 30 March", {1: "not yet"}),
        ("not yet, by 30 March", {1: "not yet"}),
    ],
)
def test_takes_a_bare_day_for_that_of_what_stands_before_it(text: str, outcome: dict[int, str]) -> None:
    read = understand(text, open_commitments=("call Oskar",), languages=("en",), on=date(2026, 1, 12))
    assert (read.outcomes, read.promises) == (outcome, ())


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Next time I bring the budget", True),
        ("Next time we look at it", True),
        ("Next time I'll ask her", True),
        ("Next time I bring what they ask for", True),
        ("Nächstes Mal bringe ich das Budget mit", True),
        ("Next time I bring", False),
        ("Next time she brings the budget", False),
        ("Next time she and I bring it", False),
        ("Next time they ask me about it", False),
        ("Next time I bring the budget?", False),
        ("Next time maybe I bring the budget", False),
        ("Next time I hope to bring it", False),
        ("Next time the budget", False),
        ("I bring the budget next time", False),
    ],
)
def test_takes_for_next_what_the_writer_does_then_without_a_doubt(text: str, *, is_so: bool) -> None:
    assert is_next(text, [answer_words("de"), answer_words("en")]) is is_so


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Done, next time I ask", ("Done", "next time I ask")),
        ("Done - next time I ask", ("Done", "next time I ask")),
        ("Done and next time I ask", ("Done and", "next time I ask")),
        ("Next time I ask", ("", "Next time I ask")),
        ("I see her next time then", None),
        ("Done, I ask then", None),
    ],
)
def test_parts_a_sentence_before_next_time(sentence: str, parts: tuple[str, str] | None) -> None:
    assert parted(sentence, [answer_words("de"), answer_words("en")]) == parts
