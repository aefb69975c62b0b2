"""What a round cost, in words: at each limit, and why pairs repeat."""

from __future__ import annotations

import pytest
from made_up import address, facts, person

from peerpact.programme.pairing import PairingRules, PastGroup, participants_of
from peerpact.programme.pairing.participants import Participants
from peerpact.programme.pairing.reasons import told_cost

BEST = "No other pairing is better"
NEAR = "Another pairing could be a little better at most"
EXHAUSTED = ", because in each, one has been with everybody allowed in the last 6 rounds"
NEEDED = ", because the others they may be paired with are needed elsewhere"
NOT_FOUND = ", as no pairing without was found"


def known(
    size: int, *together: tuple[int, int], rules: PairingRules | None = None, **lines: int
) -> Participants:
    """People of a team each; ``of=2`` lets each two in a row be the only ones for one another."""
    of = lines.get("of", size)
    people = [person(n, *([900 + n // of] if of < size else []), team=n) for n in range(size)]
    history = [PastGroup(round=8, people=(address(a), address(b))) for a, b in together]
    return participants_of(people, facts(people, round=9, history=history, rules=rules))


@pytest.mark.parametrize(("gap", "words"), [(0, BEST), (0.009, BEST), (0.01, NEAR), (0.5, NEAR), (70, NEAR)])
def test_says_whether_a_better_one_may_be(gap: float, words: str) -> None:
    assert told_cost(known(2), [(0, 1)], left=0, gap=gap) == f"1 pair. {words}"
    assert told_cost(known(2), [], left=2, gap=gap) == ""


@pytest.mark.parametrize(
    ("groups", "left", "words"),
    [
        ([(0, 1)], 1, "1 pair and 1 person without a partner"),
        ([(0, 1), (2, 3)], 2, "2 pairs and 2 people without a partner"),
        ([(0, 1, 2)], 0, "1 group of three"),
        ([(0, 1, 2), (3, 4, 5)], 0, "2 groups of three"),
        ([(0, 1, 2), (3, 4)], 3, "1 pair, 1 group of three and 3 people without a partner"),
        ([(0, 1, 2), (3, 4), (5, 6), (7, 8, 9)], 0, "2 pairs and 2 groups of three"),
    ],
)
def test_counts_the_groups(groups: list[tuple[int, ...]], left: int, words: str) -> None:
    assert told_cost(known(10), groups, left=left, gap=0) == f"{words}. {BEST}"


@pytest.mark.parametrize(("pairs", "why"), [(2, EXHAUSTED), (50, EXHAUSTED), (51, NEEDED)])
def test_says_who_has_been_with_everybody_as_far_as_it_looks(pairs: int, why: str) -> None:
    groups = [(n, n + 1) for n in range(0, 2 * pairs, 2)]
    of = known(2 * pairs, *groups, of=2)
    assert told_cost(of, groups, left=0, gap=0) == f"{pairs} pairs. {pairs} pairs repeat{why}. {BEST}"


@pytest.mark.parametrize(
    ("gap", "why", "end"), [(0, NEEDED, BEST), (0.01, NOT_FOUND, NEAR), (1, NOT_FOUND, NEAR)]
)
def test_says_why_pairs_repeat_who_have_not_been_with_all(gap: float, why: str, end: str) -> None:
    of = known(6, (0, 1), (2, 3))
    words = f"2 pairs. 2 pairs repeat{why}. {end}"
    assert told_cost(of, [(0, 1), (2, 3)], left=0, gap=gap) == words
    words = f"1 pair. 1 pair repeats{why}. {end}"
    assert told_cost(of, [(0, 1)], left=0, gap=gap) == words
    assert told_cost(of, [(0, 2)], left=0, gap=gap) == f"1 pair. {end}"


def test_is_content_where_one_of_the_two_has_been_with_all() -> None:
    of = known(4, (0, 1), (0, 2), (0, 3))
    one = "one of the two has been with everybody allowed in the last 6 rounds"
    assert told_cost(of, [(0, 1)], left=2, gap=0).split(". ")[1] == f"1 pair repeats, because {one}"
    assert told_cost(of, [(1, 0)], left=2, gap=0).split(". ")[1] == f"1 pair repeats, because {one}"


def test_counts_a_repeat_that_costs_no_points_and_none_that_is_long_ago() -> None:
    free = PairingRules(repeat=0, repeat_rounds=1)
    assert "repeats" in told_cost(known(4, (0, 1), rules=free), [(0, 1)], left=0, gap=0)
    speakers = [person(n, team=n, languages=("en",)) for n in range(4)]
    history = [PastGroup(round=8, people=(address(0), address(1)))]
    nothing_else = participants_of(speakers, facts(speakers, round=9, history=history, rules=free))
    assert "repeats" in told_cost(nothing_else, [(0, 1)], left=0, gap=0)
    long_ago = PairingRules(repeat_rounds=0)
    assert told_cost(known(4, (0, 1), rules=long_ago), [(0, 1)], left=0, gap=0) == f"1 pair. {BEST}"


def test_counts_each_pair_of_a_three() -> None:
    three = [person(n, team=0, languages=(language,)) for n, language in enumerate(("en", "de", "fr"))]
    of = participants_of(three, facts(three))
    assert told_cost(of, [(0, 1, 2)], left=0, gap=0) == (
        f"1 group of three. 3 pairs are within one team and 3 pairs have no common language. {BEST}"
    )
