"""Who is asked whether they are still there, because their partner waits for them. By value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import PAUSED, address, ended, on, pairing, person, seen
from peerpact.programme.follow_ups.due import Kind
from peerpact.programme.follow_ups.still_there import new_partners_on, still_there
from peerpact.programme.requests import Wish
from peerpact.programme.wishes import PrivateWish, Settled

PAIR, OTHER = pairing("ab", id="ab"), pairing("cd", id="cd")
WISH = PrivateWish(
    id="w",
    person=address("a"),
    kind=Wish.NO_ANSWER,
    others=(address("b"),),
    pairing="ab",
    asked_on=on("2026-02-10"),
)
"""On a Tuesday: two working days are given, so the pairing ends on Thursday."""
KEY = f"still-there:ab:{address('b')}"


def asked(
    *wishes: PrivateWish, day: str = "2026-02-11T10:00", known: tuple[str, ...] = (), **more: Any
) -> list[str]:
    pairs = more.pop("pairings", (PAIR, OTHER))
    who = more.pop("who", [person(letter) for letter in "abcd"])
    programme = seen(day, who, *pairs, **more)
    due = still_there(programme, wishes, known)
    assert all((x.kind, x.due) == (Kind.STILL_THERE, programme.today) for x in due)
    return [x.key for x in due]


@pytest.mark.parametrize(
    ("wish", "is_asked"),
    [
        (WISH, True),
        (replace(WISH, kind=Wish.NOT_MET), True),
        (replace(WISH, kind=Wish.ANOTHER_PARTNER), False),
        (replace(WISH, settled=Settled.ANSWERED), False),
        (replace(WISH, pairing="cd"), False),
        (replace(WISH, pairing="gone"), False),
        (replace(WISH, asked_on=on("2026-02-09")), False),
        (replace(WISH, others=(address("x"),)), False),
    ],
)
def test_asks_whoever_is_waited_for_while_there_is_time_to_answer(wish: PrivateWish, is_asked: bool) -> None:
    assert asked(wish) == ([KEY] if is_asked else [])


@pytest.mark.parametrize(
    "more",
    [
        {"known": (KEY,)},
        {"day": "2026-02-11T05:00"},
        {"pairings": (ended("ab", id="ab"),)},
        {"who": [person("a")]},
        {"who": [person("a"), person("b", taking_part=PAUSED)]},
        {"who": [person("a", held="their row can't be read"), person("b")]},
    ],
    ids=["once", "by day", "while they are a pair", "if there", "if in", "when nothing waits for a row"],
)
def test_asks_only(more: dict[str, Any]) -> None:
    assert asked(WISH, **more) == []


def test_says_when_the_pairing_ends_by_the_wish_that_counts_first() -> None:
    programme = seen("2026-02-11", [person("a"), person("b")], PAIR)
    beside = (
        replace(WISH, kind=Wish.ANOTHER_PARTNER, asked_on=on("2026-02-02")),
        replace(WISH, pairing="cd", asked_on=on("2026-02-03")),
        replace(WISH, others=(address("c"),), asked_on=on("2026-02-04")),
    )
    later = replace(WISH, asked_on=on("2026-02-11"))
    assert new_partners_on(PAIR, address("b"), (*beside, later, WISH), programme) == on("2026-02-12")
    assert new_partners_on(PAIR, address("b"), beside, programme) == programme.today
