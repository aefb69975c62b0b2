"""Who was together before, and whose turn it is to be third: by value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_value import address, pairing, waiting
from peerpact.programme.pairing.groups import PastGroup
from peerpact.programme.pairing.history import met, new_to, turns_as_third

HERE = {address(letter): n for n, letter in enumerate("abcd")}


def groups(*past: str) -> list[PastGroup]:
    """Return groups as "2 abc" writes them: the round, and who was together."""
    found = (one.split() for one in past)
    return [PastGroup(round=int(number), people=tuple(map(address, who))) for number, who in found]


def said(past: list[PastGroup]) -> list[str]:
    return [f"{g.round} {''.join(email[0] for email in g.people)}" for g in past]


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        ([], []),
        (["4 ab"], ["ab 1"]),
        (["5 ab", "4 cd", "1 ad"], ["ab 0", "cd 1", "ad 4"]),
        (["4 abc"], ["ab 1", "ac 1", "bc 1"]),
        (["4 ax", "3 xb", "2 xy"], []),
        (["4 xab", "3 cdx"], ["ab 1", "cd 2"]),
        (["4 ba", "3 da"], ["ba 1", "da 2"]),
        (["4 aa"], []),
        (["3 ab", "4 cd", "4 bcd"], ["ab 2", "cd 1", "bc 1", "bd 1", "cd 1"]),
    ],
)
def test_tells_who_of_those_here_was_together_and_how_many_rounds_ago(
    past: list[str], expected: list[str]
) -> None:
    """It is round 5; x and y are not here any more."""
    one, other, ago = met(groups(*past), 5, HERE)
    found = [f"{'abcd'[a]}{'abcd'[b]} {n}" for a, b, n in zip(one, other, ago, strict=True)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("past", "turns"),
    [
        ([], {}),
        (["4 ab", "4 cd"], {}),
        (["4 ab"], {"c": 1, "d": 1}),
        (["4 abc"], {"a": 1, "b": 1, "c": 1, "d": 1}),
        (["4 ab", "4 cd", "3 abc"], {"a": 0.5, "b": 0.5, "c": 0.5}),
        (["4 ab", "4 cd", "2 abx"], {"a": 0.25, "b": 0.25}),
        (["4 abc", "3 abx"], {"a": 1.5, "b": 1.5, "c": 1, "d": 1}),
        (["3 ab"], {}),
        (["5 ab"], {}),
        (["4 ab", "3 cda"], {"a": 0.5, "c": 1.5, "d": 1.5}),
        (["4 xyz"], {"a": 1, "b": 1, "c": 1, "d": 1}),
    ],
)
def test_tells_whose_turn_it_is_to_be_spared(past: list[str], turns: dict[str, float]) -> None:
    """A three, or nobody, in the round before, the fourth, is one turn; a three counts half for each round since."""
    found = turns_as_third(groups(*past), 5, HERE)
    assert found == {address(letter): turn for letter, turn in turns.items()}


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        ([], ["1 ab", "1 cd", "2 ac"]),
        (["1 ab"], ["1 cd", "2 ac"]),
        (["2 ab"], ["1 ab", "1 cd", "2 ac"]),
        (["1 ab", "1 cd", "2 ac", "2 bd"], []),
    ],
)
def test_remembers_what_was_approved_and_is_not_remembered_yet(past: list[str], expected: list[str]) -> None:
    pairings = [pairing("ac", 2), pairing("cd"), pairing("ab"), pairing("ab", id="again"), waiting("bd", 2)]
    assert said(new_to(groups(*past), pairings)) == expected


def test_knows_a_group_in_whatever_order_its_people_are_written() -> None:
    turned = replace(pairing("ab"), people=(address("b"), address("a")))
    assert said(new_to([], [turned])) == ["1 ab"]
    assert new_to(groups("1 ab"), [turned]) == []
