"""The day that a promise names, in four languages; none where it could be two. Said on Monday 12 January 2026."""

from __future__ import annotations

from datetime import date

import pytest
from said import TODAY

from peerpact.programme.replies.meaning import Asked, Requested, Unclear, understand
from peerpact.programme.requests import Wish

DAYS = {
    "en": {
        "by the end of next week": "2026-01-23", "in two weeks": "2026-01-26", "tomorrow": "2026-01-13",
        "on 5 Feb": "2026-02-05", "by mid February": "2026-02-15", "by EOM": "2026-01-31", "by 3/2": "",
        "the day after tomorrow": "2026-01-14", "every Friday": "", "by the end of March": "2026-03-31",
        "in the Monday meeting": "",
        "by the Friday demo": "2026-01-16", "before the weekend": "2026-01-16", "on the 20th": "2026-01-20",
        "this week": "2026-01-16",
    },
    "de": {
        "bis Ende nächster Woche": "2026-01-23", "in zwei Wochen": "2026-01-26", "bis 5.2.": "2026-02-05",
        "bis zum 5. Februar 2026": "2026-02-05", "Mitte Februar": "2026-02-15", "übermorgen": "2026-01-14",
        "am Freitag": "2026-01-16", "bis Monatsende": "2026-01-31",
    },
    "fr": {
        "d'ici la fin de la semaine prochaine": "2026-01-23", "dans deux semaines": "2026-01-26",
        "avant le 5 février": "2026-02-05", "mi-février": "2026-02-15", "après-demain": "2026-01-14",
        "vendredi": "2026-01-16", "pour le point du lundi": "",
        "avant la fin du mois": "2026-01-31",
    },
    "es": {
        "antes de finales de la semana que viene": "2026-01-23", "dentro de dos semanas": "2026-01-26",
        "antes del 5 de febrero": "2026-02-05", "a mediados de febrero": "2026-02-15",
        "pasado mañana": "2026-01-14", "el viernes": "2026-01-16", "para la reunión del lunes": "",
        "antes de fin de mes": "2026-01-31",
    },
}  # fmt: skip
PROMISE = {
    "en": "I will ask Bo for advice {}",
    "de": "Ich frage Bo {}",
    "fr": "Je vais demander conseil à Bo {}",
    "es": "Voy a preguntar a Bo {}",
}
CASES = [(la, words, day) for la, table in DAYS.items() for words, day in table.items()]


@pytest.mark.parametrize(("language", "words", "day"), CASES)
def test_takes_the_day_that_a_promise_names(language: str, words: str, day: str) -> None:
    text = PROMISE[language].format(words)
    read = understand(text, open_commitments=[], languages=(language,), on=TODAY, asked=Asked.COMMITMENT)
    assert [str(p.due or "") for p in read.promises] == [day]


def _asked(text: str) -> tuple[Requested, ...]:
    return understand(text, open_commitments=[], languages=("en",), on=TODAY, asked=Asked.ANYTHING).requests


PAUSES = {
    "pause me for three months": ("", "2026-04-12"),
    "away from 1 March to 15 April, please pause me": ("2026-03-01", "2026-04-15"),
    "back on 3 February, please pause me until then": ("", "2026-02-03"),
    "please pause me next week": ("2026-01-19", "2026-01-26"),
    "pause until the end of February": ("", "2026-03-01"),
}


@pytest.mark.parametrize("text", PAUSES)
def test_takes_the_end_of_a_span(text: str) -> None:
    [pause] = _asked(text)
    assert (str(pause.since or ""), str(pause.until or "")) == PAUSES[text]


def test_asks_for_the_end_where_only_a_beginning_is_said() -> None:
    read = understand(
        "pause from 1 March", open_commitments=[], languages=("en",), on=TODAY, asked=Asked.ANYTHING
    )
    assert (read.requests, read.unclear) == ((), Unclear.NO_END)


WISHES = {
    "status": Wish.STATUS, "my data please": Wish.MY_DATA, "forget me": Wish.FORGET_ME, "skip this round": Wish.SKIP,
    "I want to stay with my partner": Wish.STAY, "a new one please": Wish.ANOTHER_PARTNER,
    "never with Bob Smith please": Wish.NEVER_WITH, "every two weeks please": Wish.EVERY_WEEKS,
    "we plan it ourselves": Wish.OWN_PLAN,
}  # fmt: skip


@pytest.mark.parametrize("text", WISHES)
def test_hears_what_the_programme_can_do(text: str) -> None:
    assert [r.kind for r in _asked(text)] == [WISHES[text]]


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4), ("4/5", 4), ("five", 5), ("4 - really good", 4), ("3.5", None), ("2-3", None)],
)
def test_takes_a_number_that_was_asked_for(text: str, number: int | None) -> None:
    read = understand(text, open_commitments=[], languages=("en",), on=date(2026, 1, 12), asked=Asked.NUMBER)
    assert read.number == number
