"""What a wish needs besides, by value: with whom never again, and how many weeks are between two meetings."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, understand
from peerpact.programme.replies.phrases import tokenised
from peerpact.programme.replies.wish_details import weeks_between, whom


def words_of(text: str, language: str) -> list[str]:
    return [token.word for token in tokenised(text, answer_words(language).writing.spelling)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "never with Bob again", "Bob"),
        ("en", "never with Bob Miller or Ann please", "Bob Miller"),
        ("en", "never with our Bob", "Bob"),
        ("en", "never with bob, please", "bob"),
        ("en", "never with bob one two three four", "bob"),
        ("en", "never with ~bob", "~bob"),
        ("en", "Never with “Bob”!", "“Bob”"),
        ("en", "Never with (Bob)!", "Bob"),
        ("en", "not with bob again", "bob"),
        ("en", "Not with Bob again", "Not"),
        ("en", "never with bob, pause me", "bob"),
        ("en", "pause me, never with bob", "bob"),
        ("en", "never with bob, never with ann", "ann"),
        ("en", "please never with bob@example.com.", "bob@example.com"),
        ("en", "Ann said never with bob.b@mail.example.com, but Cy", "bob.b@mail.example.com"),
        ("en", "never with the guy from sales in the north wing", "sales north wing"),
        ("en", "never with quentin logistics hamburg berlin", "quentin logistics hamburg berlin"),
        ("en", "never with quentin logistics hamburg berlin munich", ""),
        ("en", "never with", ""),
        ("en", "pause me, Bob", ""),
        ("de", "bitte nie mit bob, danke", "bob"),
        ("de", "nie wieder mit Frau Meier", "Frau Meier"),
    ],
)
def test_names_with_whom_never_again(language: str, text: str, name: str) -> None:
    assert whom(text, words_of(text, language), answer_words(language)) == name


def test_names_nobody_where_words_are_not_those_of_the_sentence() -> None:
    assert whom("never with Bob", ["never", "with"], answer_words("en")) == ""


@pytest.mark.parametrize(
    ("language", "text", "weeks"),
    [
        ("en", "weekly", 1),
        ("en", "every week", 1),
        ("en", "every other week", 2),
        ("en", "every two weeks", 2),
        ("en", "twice a month", 2),
        ("en", "every three weeks", 3),
        ("en", "every 3 weeks", 3),
        ("en", "a call every four weeks", 4),
        ("en", "every 99 weeks", 99),
        ("en", "every 100 weeks", 1),
        ("en", "monthly", 4),
        ("en", "once a month", 4),
        ("en", "every 1 month", 4),
        ("en", "every two months", 8),
        ("en", "every 3 months", 12),
        ("en", "every 14 days", 2),
        ("en", "every twenty days", 2),
        ("en", "every 21 days", 3),
        ("en", "every 5 days", 1),
        ("en", "every day", 1),
        ("de", "wöchentlich", 1),
        ("de", "alle vierzehn Tage", 2),
        ("de", "alle drei Wochen", 3),
        ("de", "monatlich", 4),
        ("fr", "chaque semaine", 1),
        ("fr", "tous les quinze jours", 2),
        ("fr", "tous les quatorze jours", 2),
        ("fr", "mensuel", 4),
        ("fr", "tous les deux mois", 8),
        ("es", "semanal", 1),
        ("es", "quincenal", 2),
        ("es", "mensualmente", 4),
        ("es", "cada seis semanas", 6),
    ],
)
def test_counts_the_weeks_that_are_between(language: str, text: str, weeks: int) -> None:
    assert weeks_between(words_of(text, language), answer_words(language)) == weeks


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Let's meet monthly"), ("de", "Monatlich"), ("fr", "Mensuel"), ("es", "Nos vemos mensualmente")],
)
def test_meets_once_a_month_whoever_says_monthly(language: str, text: str) -> None:
    read = understand(
        text,
        open_commitments=[],
        languages=[language],
        on=date(2026, 1, 12),
        asked=Asked.COMMITMENT,
    )
    assert [(str(asked.kind), asked.weeks) for asked in read.requests] == [("every so many weeks", 4)]
