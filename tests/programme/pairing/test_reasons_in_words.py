"""“Why this pair”, word for word: teams, past, hours, and what two or three share, lack or can offer."""

from __future__ import annotations

import pytest
from made_up import address, facts

from peerpact.programme.pairing import PastGroup, participants_of, propose
from peerpact.programme.pairing.reasons import whys
from peerpact.programme.people import Person

ROUND = 9
HOURS = "40 common hours a week"


def why(*people: Person, past: tuple[tuple[int, str], ...] = ()) -> str:
    """Return the line about one group; ``past`` has rounds with the numbers of those who were together."""
    groups = [PastGroup(round=n, people=tuple(address(int(x)) for x in who)) for n, who in past]
    of = participants_of(people, facts(people, history=groups, round=ROUND))
    [line] = whys(of, [tuple(range(len(people)))])
    return line


def some(*teams: str, **more: object) -> list[Person]:
    """Return people of these teams; other fields have a value for each."""
    return [
        Person(
            email=address(n),
            name=f"P{n}",
            team=team,
            **{name: values[n] for name, values in more.items()},  # type: ignore[index]
        )
        for n, team in enumerate(teams)
    ]


@pytest.mark.parametrize(
    ("teams", "words"),
    [
        (["A", "B"], "A and B"),
        (["A", "A"], "both A"),
        (["A", ""], "one A and one without a team"),
        (["", ""], "no team given"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "A", "A"], "all three A"),
        (["A", "A", "B"], "two A and one B"),
        (["A", "A", ""], "two A and one without a team"),
        (["A", "", ""], "one A and two without a team"),
        (["A", "B", ""], "one A, one B and one without a team"),
    ],
)
def test_names_the_teams(teams: list[str], words: str) -> None:
    assert why(*some(*teams)) == f"{words}; never paired before; {HOURS}"


@pytest.mark.parametrize(
    ("size", "past", "words"),
    [
        (2, [(8, "01")], "paired in the last round"),
        (2, [(9, "01")], "paired earlier in this round"),
        (2, [(3, "01"), (6, "01")], "paired 3 rounds ago"),
        (3, [(8, "012")], "all three were together in the last round"),
        (3, [(8, "01")], "two of them were together in the last round"),
        (3, [(8, "01"), (7, "12"), (7, "02")], "two of them were together in the last round"),
        (3, [], "never paired before"),
    ],
)
def test_tells_of_the_last_time(size: int, past: list[tuple[int, str]], words: str) -> None:
    assert why(*some(*"ABC"[:size]), past=tuple(past)).split("; ")[1] == words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"languages": [("en",), ("de",)]}, ["no common language"]),
        ({"languages": [("en",), ("en", "de")]}, []),
        ({"languages": [("en",), ()]}, []),
        ({"languages": [("en",), ("en", "de"), ("de",)]}, ["no language common to all three"]),
        ({"languages": [("en",), ("en",), ("en",)]}, []),
        ({"interests": [("tea", "chess"), ("chess", "tea")]}, ["both like chess"]),
        ({"interests": [("tea",), ("tea", "go"), ("tea",)]}, ["all three like tea"]),
        ({"interests": [("tea",), ("go",)]}, []),
    ],
)
def test_tells_what_is_shared_or_lacks(more: dict[str, list[tuple[str, ...]]], words: list[str]) -> None:
    [values] = more.values()
    assert why(*some(*"ABC"[: len(values)], **more)).split("; ")[3:] == words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"topics": ["feedback, hiring", "hiring, feedback"]}, ["both want to talk about feedback"]),
        ({"topics": ["tea", "tea", "tea"]}, ["all three want to talk about tea"]),
        (
            {"topics": ["feedback; hiring", ""], "offers": ["", "hiring; feedback"]},
            ["P1 can offer what P0 wants to talk about: feedback"],
        ),
        ({"topics": ["feedback", ""], "offers": ["", "hiring"]}, []),
    ],
)
def test_tells_what_one_offers_or_all_want_to_talk_about(
    more: dict[str, list[str]], words: list[str]
) -> None:
    assert why(*some(*"ABC"[: len(more["topics"])], **more)).split("; ")[3:] == words


ALL_MET = ((8, "01"), (8, "23"), (7, "02"), (7, "13"), (6, "03"), (6, "12"))
BEST = "No other pairing is better"


@pytest.mark.parametrize(
    ("people", "past", "words"),
    [
        (some("A", "B"), (), ["1 pair", BEST]),
        (some("A", "B", "C"), (), ["1 group of three", BEST]),
        (some("A", "B", "C", "D", "E"), (), ["1 pair and 1 group of three", BEST]),
        (some("A", "A", "A", "A"), (), ["2 pairs", "2 pairs are within one team", BEST]),
        (some("A", "A", "B", "C"), ((8, "02"), (8, "13")), ["2 pairs", BEST]),
        (some("", "", "", ""), (), ["2 pairs", BEST]),
        (some("A", "B", languages=[("en",), ("de",)]), (), ["1 pair", "1 pair has no common language", BEST]),
        (some("A", "B", languages=[("en",), ()]), (), ["1 pair", BEST]),
        (
            some("A", "B"),
            ((8, "01"),),
            [
                "1 pair",
                "1 pair repeats, because one of the two has been with everybody allowed in the last 6 rounds",
                BEST,
            ],
        ),
        (
            some("A", "B", "C", "D"),
            ALL_MET,
            [
                "2 pairs",
                "2 pairs repeat, because in each, one has been with everybody allowed in the last 6 rounds",
                BEST,
            ],
        ),
    ],
)
def test_tells_what_a_round_costs(
    people: list[Person], past: tuple[tuple[int, str], ...], words: list[str]
) -> None:
    groups = [PastGroup(round=n, people=tuple(address(int(x)) for x in who)) for n, who in past]
    assert propose(people, facts(people, history=groups, round=ROUND)).in_words.split(". ") == words
