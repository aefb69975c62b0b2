"""How many of all promises a reply speaks of: all of them, none, or so many that it has to say which."""

from __future__ import annotations

from datetime import date

import pytest
from said import in_words
from test_left_over import OPEN

from peerpact.programme.replies.meaning import understand

ALL, NONE, ASKED = "kept", "not yet", "ask"


@pytest.mark.parametrize(
    ("language", "count", "text", "became"),
    [
        *((la, n, text, ALL) for la, n, text in (
            ("en", 3, "all 3 done"), ("en", 2, "both 2 done"), ("en", 2, "both"), ("en", 3, "all of them"),
            ("en", 3, "3 of 3 done"), ("en", 2, "2/2"), ("en", 3, "all done, 3 of 3"),
            ("de", 3, "alle 3 erledigt"), ("de", 2, "beide"), ("de", 3, "3 von 3 erledigt"),
            ("fr", 3, "les 3 sont faits"), ("fr", 3, "toutes les 3"), ("fr", 2, "2 sur 2"),
            ("es", 3, "las 3 hechas"), ("es", 2, "ambas"), ("es", 3, "3 de 3 hechas"),
        )),
        *((la, n, text, NONE) for la, n, text in (
            ("en", 3, "all 3 no"), ("en", 2, "none of the 2"), ("de", 2, "keins von den 2"),
            ("fr", 2, "aucune des 2"), ("es", 3, "ninguna de las 3"),
        )),
        *((la, n, text, ASKED) for la, n, text in (
            ("en", 3, "all 2 done"), ("en", 3, "2/3 done"), ("en", 3, "2 of 3 done"), ("en", 2, "1/2"),
            ("en", 2, "1/2 done, 2/2 not yet"), ("de", 3, "2 von 3"), ("en", 2, "not both"),
        )),
    ],
)  # fmt: skip
def test_counts_the_promises_that_are_meant(language: str, count: int, text: str, became: str) -> None:
    read = understand(
        text, open_commitments=OPEN[language][:count], languages=(language,), on=date(2026, 1, 12)
    )
    every = " ".join(f"{n}={became}" for n in range(1, count + 1))
    assert in_words(read) == (ASKED if became == ASKED else every)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1/2 done, 3 no", "1=kept 2=kept 3=not yet"),
        ("all but 3", "1=kept 2=kept 3=not yet"),
        ("all except 2", "1=kept 2=not yet 3=kept"),
        ("1 done on 3/2, 2 not yet, 3 done", "1=kept 2=not yet 3=kept"),
    ],
)
def test_takes_no_number_of_a_promise_or_day_for_a_share(text: str, said: str) -> None:
    read = understand(text, open_commitments=OPEN["en"], languages=("en",), on=date(2026, 1, 12))
    assert in_words(read) == said


def test_takes_no_two_common_words_for_the_name_of_a_promise() -> None:
    promise = "I will ask two colleagues from the other team what they would change first."
    read = understand(
        "Done. I will write down what they say by Friday.",
        open_commitments=(promise,),
        languages=("en",),
        on=date(2026, 2, 5),
    )
    assert in_words(read) == "1=kept, new 1"
