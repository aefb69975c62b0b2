"""What somebody says they will do next, behind something else: where it begins, and when it is one."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import answer_words, words_from
from peerpact.programme.replies.clauses import Cutter
from peerpact.programme.replies.meaning import Asked, Unclear, understand
from peerpact.programme.replies.named import promises_of
from peerpact.programme.replies.next_time import is_next, is_offered_anew, is_this_time, parted, told_then
from peerpact.programme.replies.phrases import words_of

EN, DE, ES = (answer_words(language) for language in ("en", "de", "es"))
NEW = words_from("xx", {})
"""A language of which no word is known."""
WITHOUT = words_from("xy", {"answers": {"me": ["I"]}})
"""One that knows who speaks, and no words for next time."""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Done, next time I'll bring it", ("Done", "next time I'll bring it")),
        ("Done - next time I'll bring it", ("Done", "next time I'll bring it")),
        ("Next time I'll bring it", ("", "Next time I'll bring it")),
        ("Done and next time I'll ask", ("Done and", "next time I'll ask")),
        ("We said next time", None),
        ("Done", None),
    ],
)
def test_parts_a_sentence_before_next_time_where_a_part_begins(
    text: str, parts: tuple[str, str] | None
) -> None:
    assert parted(text, [EN]) == parted(text, [NEW, EN]) == parts
    assert parted(text, [NEW]) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I'm away, so I will ask Tom", ("I'm away", "I will ask Tom")),
        ("Away so I'll ask Tom", ("Away", "I'll ask Tom")),
        ("Away so sorry", ("Away", "sorry")),
        ("Away so", ("Away so", "")),
        ("So I will ask Tom", ("So I will ask Tom", "")),
        ("Away", ("Away", "")),
        ("Bin weg, daher werde ich Tom fragen", ("Bin weg", "daher werde ich Tom fragen")),
        ("Bin weg, daher Tom fragen werde ich", ("Bin weg", "Tom fragen werde ich")),
        ("Bin weg, daher ich frage Tom", ("Bin weg", "ich frage Tom")),
        ("Weg, daher Tom", ("Weg", "Tom")),
    ],
)
def test_parts_a_sentence_before_what_follows_from_it(text: str, parts: tuple[str, str]) -> None:
    assert told_then(text, [EN, DE]) == told_then(text, [NEW, EN, DE]) == parts
    assert told_then(text, [NEW]) == (text, "")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nothing so far"),
        ("en", "I think so!"),
        ("en", "I'm away, so sorry"),
        ("de", "Weg, also tschüss"),
        ("fr", "Rien alors merci"),
    ],
)
def test_reads_one_word_behind_so_in_answer_to_what_one_will_do(language: str, text: str) -> None:
    read = understand(
        text, open_commitments=[], languages=(language,), on=date(2026, 3, 11), asked=Asked.COMMITMENT
    )
    assert (read.promises, read.requests, read.unclear) == ((), (), Unclear.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "is_no_wish"),
    [
        ("not this time", True),
        ("Sorry, not this time", True),
        ("not this time, I will sit out", False),
        ("skip this round", False),
        ("this time", False),
        ("not this time, but I want another partner", True),
    ],
)
def test_knows_not_this_time_beside_no_word_of_a_round(text: str, *, is_no_wish: bool) -> None:
    assert is_this_time(words_of(text, EN.writing.spelling), EN) is is_no_wish
    assert not is_this_time(words_of(text, EN.writing.spelling), NEW)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("next time I bring the budget", True),
        ("next time, I bring - it", True),
        ("next time I, - bring", False),
        ("next time I go", False),
        ("I bring the budget next time", False),
        ("next time with Lena gladly I bring it", True),
        ("next time with Lena and gladly I bring it", False),
        ("next time they bring the budget", False),
        ("next time they or I bring the budget", False),
        ("next time I will ask them", True),
        ("next time I bring the budget?", False),
        ("next time I do not bring the budget", False),
        ("next time if I can bring it", False),
        ("next time maybe I bring it along", False),
        ("next time I wish to bring it along", False),
        ("next time I must bring it along", False),
        ("next time ask Lena first", False),
        ("la próxima llevo el presupuesto", True),
        ("la próxima lleva el presupuesto", False),
    ],
)
def test_knows_what_the_writer_does_next_time(text: str, *, is_told: bool) -> None:
    language = ES if text.startswith("la") else EN
    assert is_next(text, [language]) is is_next(text, [NEW, language]) is is_told
    assert not is_next(text, [NEW, WITHOUT])


@pytest.mark.parametrize(
    ("text", "is_new"),
    [
        ("When the sprint ends, I will ask Tom", True),
        ("When I find the time, I will do it", False),
        ("When the sprint ends, I will read the guide", False),
        ("When the guide is read, I will ask Tom", False),
        ("Once the sprint ends, I will ask Tom", False),
        ("I will ask Tom", False),
    ],
)
def test_knows_a_promise_made_with_the_button_s_words(text: str, *, is_new: bool) -> None:
    promises = promises_of(["Read the guide"], [EN])
    clauses = Cutter(promises=promises, on=date(2026, 3, 11), languages=[EN]).clauses(text, 0)
    assert is_offered_anew(text, clauses, [EN]) is is_offered_anew(text, clauses, [DE, EN]) is is_new
