"""A number and what comes next, both asked at the turn: the one is in one sentence, a wish in another."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.meaning import Asked, Unclear, Understood, understand
from peerpact.programme.requests import Wish

ON = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I'd give it a 2, we never clicked. Someone new please"),
        ("de", "eine 2, es hat einfach nicht gepasst. Bitte jemand anderen"),
        ("fr", "Je mets 2, le courant n'est pas passé. Quelqu'un d'autre svp"),
        ("es", "Le pongo un 2, no hubo química. Otra persona, por favor"),
    ],
)
def test_loses_no_wish_behind_the_number(language: str, text: str) -> None:
    read = _at_the_turn(language, text)
    assert read.number == 2
    assert [r.kind for r in read.requests] == [Wish.ANOTHER_PARTNER]


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("5! Please leave us together", Unclear.UNKNOWN),
        ("5! It was a pleasure", None),
    ],
)
def test_asks_what_is_wished_behind_the_number(text: str, unclear: Unclear | None) -> None:
    read = _at_the_turn("en", text)
    assert (read.number, read.unclear) == (5, unclear)


def _at_the_turn(language: str, text: str) -> Understood:
    return understand(
        text,
        open_commitments=[],
        languages=[language],
        on=ON,
        asked=Asked.COMMITMENT,
        also={Asked.NUMBER, Asked.NEXT_ROUND},
    )
