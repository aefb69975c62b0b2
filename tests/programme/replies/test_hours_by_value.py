"""What is said of the hour is passed over, in four languages, and no day is taken for one."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import answer_words, words_from
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.hours import over_hours, over_parts
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.promises import is_promise


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "morning i call", "i call"),
        ("en", "at 9.30 i call", "i call"),
        ("en", "at 24 i call", "i call"),
        ("en", "at 25 people", "at 25 people"),
        ("en", "at half past two we", "we"),
        ("en", "at 9 am, then", ", then"),
        ("en", "at 10 April", "at 10 April"),
        ("en", "at 10/4", "at 10/4"),
        ("en", "at the desk", "at the desk"),
        ("en", "at", "at"),
        ("en", "morning at 10", ""),
        ("en", "by noon", "by noon"),
        ("en", "from 9 to 11 i write", "i write"),
        ("en", "from 9 to 25", "from 9 to 25"),
        ("en", "from 9 to 11 April", "from 9 to 11 April"),
        ("en", "from 9", "from 9"),
        ("fr", "de 9 h à 11 h j'écris", "j'écris"),
        ("es", "de 9 a 11 escribo", "escribo"),
        ("de", "von 9 bis 11 Uhr schreibe", "schreibe"),
        ("de", "morgen um halb zehn rufe", "rufe"),
        ("de", "gegen 15. März", "gegen 15. März"),
        ("fr", "matin à 14 h 30 j'appelle", "j'appelle"),
        ("fr", "en fin de journée", ""),
        ("es", "a primera hora llamo", "llamo"),
        ("es", "a las 9:30 de la mañana llamo", "llamo"),
    ],
)
def test_passes_over_the_hour(language: str, text: str, left: str) -> None:
    words = words_of(text)
    assert words[over_hours(words, 0, answer_words(language).dates) :] == words_of(left)


def spaced(text: str) -> list[str]:
    return text.replace(":", " : ").replace(".", " . ").split()


CLOCK = words_from(
    "xx",
    {
        "dates": {
            "hour": ["early", "early in the morning"],
            "hour_behind": ["noon"],
            "end_of_day": ["evening", "early evening"],
            "at_hour": ["at", "at half past"],
            "oclock": ["h", "sharp"],
            "from": ["from"],
            "until": ["to"],
            "hours_to": ["till"],
            "months": [["may"]],
            "counts": {"ten": 10},
        }
    },
).dates


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("early in the morning x", "x"),
        ("early x", "x"),
        ("early evening x", "x"),
        ("at 9 x: 30", "x: 30"),
        ("from 9 h to 11 may x", "from 9 h to 11 may x"),
        ("from 9 to 11 / 5 x", "from 9 to 11 / 5 x"),
        ("noon evening x", "x"),
        ("at 9 x", "x"),
        ("at 24 x", "x"),
        ("at 25 x", "at 25 x"),
        ("at ten x", "x"),
        ("at half past ten x", "x"),
        ("at eleven x", "at eleven x"),
        ("at ٩ x", "at ٩ x"),
        ("9 h x", "9 h x"),
        ("at 9:30 x", "x"),
        ("at 9.30 h x", "x"),
        ("at 9:30:15 x", "x"),
        ("at 9:30:15:20 x", ": 20 x"),
        ("at 9 h 30 sharp x", "x"),
        ("at 9 h 30 sharp 20 x", "20 x"),
        ("at 9: x", "x"),
        ("at 9 / 5 x", "at 9 / 5 x"),
        ("at 9 may x", "at 9 may x"),
        ("at 9. may x", "at 9. may x"),
        ("at 9 x may", "at 9 x may"),
        ("at 9 x y may", "x y may"),
        ("from 9 to 11 x", "x"),
        ("from 9 h till 11 h x", "x"),
        ("from 0 to 24 x", "x"),
        ("from 24 to 24 x", "x"),
        ("from 25 to 11 x", "from 25 to 11 x"),
        ("from 9 to 25 x", "from 9 to 25 x"),
        ("from 9 h 11 x", "from 9 h 11 x"),
        ("from ten to 11 x", "from ten to 11 x"),
        ("from 9 to x", "from 9 to x"),
        ("from to 11 x", "from to 11 x"),
        ("from 9 to", "from 9 to"),
        ("from 9 to 11 may", "from 9 to 11 may"),
        ("from 9 to 11 x y may", "from 9 to 11 x y may"),
        ("from 9 to 11 x y z may", "x y z may"),
        ("from 9 may to 11 x", "from 9 may to 11 x"),
        ("from 9 / 5 to 11 x", "from 9 / 5 to 11 x"),
        ("from 9 to 11 to 12 x", "to 12 x"),
        ("9 to 11 x", "9 to 11 x"),
        ("may from 9 to 11 x", "may from 9 to 11 x"),
        ("", ""),
    ],
)
def test_passes_over_an_hour_of_the_clock_and_no_number_of_a_day(text: str, left: str) -> None:
    words = spaced(text)
    assert words[over_hours(words, 0, CLOCK) :] == spaced(left)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("early in the morning x", "x"),
        ("evening x", "x"),
        ("noon x", "noon x"),
        ("at 9 x", "at 9 x"),
        ("", ""),
    ],
)
def test_passes_over_parts_of_a_day_alone(text: str, left: str) -> None:
    words = text.split()
    assert words[over_parts(words, 0, CLOCK) :] == left.split()


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "first thing Monday", ["2026-03-16"]),
        ("en", "by close of business on Friday", ["2026-03-13"]),
        ("en", "by end of day", ["2026-03-11"]),
        ("en", "every evening until 28 April", ["2026-04-28"]),
        ("de", "am Montag morgen", ["2026-03-16"]),
        ("de", "morgen in zwei Wochen", ["2026-03-26"]),
        ("de", "am zwölften April", ["2026-04-12"]),
        ("en", "on the first of April 2027", ["2027-04-01"]),
        ("en", "at Friday's talk", ["2026-03-13"]),
        ("en", "Friday's talk", []),
        ("es", "el jueves de 9 a 11", ["2026-03-12"]),
        ("en", "on Monday, 9 am", ["2026-03-16"]),
        ("en", "on the 3rd of next month", ["2026-04-03"]),
        ("fr", "j'appelle le 17 à 11 h", ["2026-03-17"]),
        ("es", "bloqueo la mañana", []),
        ("en", "by the last Friday of the month", ["2026-03-27"]),
        ("en", "by the first Monday of the month", ["None"]),
        ("fr", "d'ici au 8 je commence", ["2026-04-08"]),
        ("en", "by the 8 people", []),
        ("de", "bis Quartalsende", ["2026-03-31"]),
        ("es", "antes del fin del próximo trimestre", ["2026-06-30"]),
    ],
)
def test_finds_the_day_beside_an_hour_and_the_one_said_in_words(
    language: str, text: str, days: list[str]
) -> None:
    known = answer_words(language)
    found = dates_in(words_of(text, known.writing.spelling), known, date(2026, 3, 11))
    assert [str(when.last) for when in found] == days


@pytest.mark.parametrize(
    ("language", "text", "is_one"),
    [
        ("es", "El lunes a primera hora escribo mis tres objetivos", True),
        ("fr", "Dès lundi matin, j'écris mes trois objectifs", True),
        ("fr", "Je prépare trois questions pour dimanche soir", True),
        ("fr", "Je prépare trois questions pour deux semaines", False),
        ("de", "Den Kurs abschließen (letztes Modul: 29. Jan.)", True),
        ("de", "Bis morgen Mittag melde ich mich zum Kurs an", True),
        ("de", "Bis morgen Mittag melde ich mich", False),
        ("fr", "J'écris ce que j'ai appris d'ici jeudi", True),
        ("fr", "Lundi au point d'équipe je présente le plan", True),
        ("es", "El martes en la revisión escucho más", True),
    ],
)
def test_sees_the_promise_behind_a_day_and_its_hour(language: str, text: str, *, is_one: bool) -> None:
    assert is_promise(text, [answer_words(language)], date(2026, 1, 12)) is is_one
