"""Letters about a round at their limits: the next round, who is asked otherwise, who is out. By value."""

from __future__ import annotations

from typing import Any

from by_value import NO, PAUSED, at, on, pairing, people, person, problem, seen, waiting
from peerpact.programme.announcements.due import NOBODY, due_round_letters
from peerpact.programme.people import Person

FIRST = on("2026-03-02")
"""A Monday; the second round opens on Tuesday, 2 June."""


def told(moment: str, *pairings: Any, who: str | list[Person] = "ab", **more: Any) -> list[str]:
    everybody = people(who) if isinstance(who, str) else who
    programme = seen(f"{moment}T10:00", everybody, *pairings, first_round=FIRST, **more)
    letters = {f"{kind}:r1:{x}@example.com" for kind in ("announcement", "welcome") for x in "abcd"}
    return [due.key.removesuffix("@example.com") for due in due_round_letters(programme, letters)]


def test_announces_the_next_round_to_whom_no_turn_asks() -> None:
    assert told("2026-05-25") == []
    assert told("2026-05-26") == ["announcement:r2:a", "announcement:r2:b"]
    assert told("2026-06-01", pairing("ab", approved_on=at("2026-03-04"))) == []
    assert told("2026-06-01", waiting("ab")) == ["announcement:r2:a", "announcement:r2:b"]
    assert told("2026-06-02") == ["welcome:r2:a", "welcome:r2:b"]


def test_tells_of_nobody_left_only_those_of_whom_it_was_said() -> None:
    shown = {
        "pair_people": (
            problem(key="a@example.com", what=f"A {NOBODY}: nobody else takes part."),
            problem(key="b@example.com", what="B has a time zone that nobody knows."),
        )
    }
    assert told("2026-03-10", shown=shown) == ["left-over:r1:a"]
    assert told("2026-03-10", pairing("ab"), shown=shown) == []


def test_welcomes_nobody_who_is_out() -> None:
    who = [person("x", taking_part=NO), person("y", taking_part=PAUSED), person("z")]
    assert told("2026-03-10", who=who) == ["welcome:r1:z"]
