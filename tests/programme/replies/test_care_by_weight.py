"""How heavy a reply may be before it is one of distress, is asked about, or is read: each limit and one step on."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.care import Care, care_beside, care_for, is_read
from peerpact.programme.replies.distress import Distress
from peerpact.programme.replies.explained import Explained


@pytest.mark.parametrize(
    ("distress", "weight", "care"),
    [
        (Distress.NONE, 9.0, Care.NONE),
        (Distress.NEAR, -1.31, Care.NONE),
        (Distress.NEAR, -1.3, Care.ASK),
        (Distress.NEAR, 0.0, Care.ASK),
        (Distress.NEAR, 0.01, Care.SURE),
        (Distress.SURE, -9.0, Care.ASK),
        (Distress.SURE, -2.0, Care.ASK),
        (Distress.SURE, -1.99, Care.SURE),
    ],
)
def test_lets_weights_confirm_what_rules_hear(distress: Distress, weight: float, care: Care) -> None:
    assert care_for(distress, weight) is care


@pytest.mark.parametrize(
    ("how", "weight", "says_nothing", "care"),
    [
        (Explained.FOR_PEOPLE, -1.31, False, Care.NONE),
        (Explained.FOR_PEOPLE, -1.3, False, Care.ASK),
        (Explained.FOR_PEOPLE, 0.5, False, Care.ASK),
        (Explained.FOR_PEOPLE, 0.51, False, Care.SURE),
        (Explained.ALL, 1.5, False, Care.NONE),
        (Explained.ALL, 1.51, False, Care.ASK),
        (Explained.ALL, 2.5, False, Care.ASK),
        (Explained.ALL, 2.51, False, Care.SURE),
        (Explained.ALL, 1.5, True, Care.NONE),
        (Explained.ALL, 1.51, True, Care.SURE),
        (Explained.NEARLY, 1.5, False, Care.NONE),
        (Explained.NEARLY, 1.51, False, Care.SURE),
        (Explained.NEARLY, -1.3, False, Care.NONE),
    ],
)
def test_hears_by_weight_alone_what_no_rule_named(
    how: Explained, weight: float, *, says_nothing: bool, care: Care
) -> None:
    assert care_beside(how, weight, says_nothing=says_nothing) is care


@pytest.mark.parametrize(
    ("weight", "sense", "care"),
    [
        (0.51, 1.34, Care.ASK),
        (0.51, 1.35, Care.SURE),
        (1.29, 1.34, Care.ASK),
        (1.29, 1.35, Care.SURE),
        (1.3, 0.59, Care.ASK),
        (1.3, 0.6, Care.SURE),
        (2.5, 0.59, Care.ASK),
        (2.51, -9.0, Care.SURE),
        (0.5, 9.0, Care.ASK),
    ],
)
def test_is_sure_of_what_weighs_by_its_words_of_sense(weight: float, sense: float, care: Care) -> None:
    """They must weigh more where all together weighs little, and nothing where it weighs most."""
    assert care_beside(Explained.FOR_PEOPLE, weight, says_nothing=False, sense=sense) is care


@pytest.mark.parametrize(
    ("weight", "care"), [(0.9, Care.ASK), (0.91, Care.SURE), (-1.3, Care.ASK), (-1.31, Care.NONE)]
)
def test_lets_weigh_more_what_says_nothing_else(weight: float, care: Care) -> None:
    assert care_beside(Explained.FOR_PEOPLE, weight, says_nothing=True) is care


@pytest.mark.parametrize(
    ("how", "weight", "promises", "reads"),
    [
        (Explained.ALL, 0.0, True, True),
        (Explained.ALL, 0.01, True, False),
        (Explained.ALL, 0.5, False, True),
        (Explained.ALL, 0.51, False, False),
        (Explained.NEARLY, -1.51, True, True),
        (Explained.NEARLY, -1.5, False, False),
        (Explained.FOR_PEOPLE, -2.01, True, True),
        (Explained.FOR_PEOPLE, -2.0, False, False),
    ],
)
def test_reads_what_is_explained_or_plainly_of_work(
    how: Explained, weight: float, *, promises: bool, reads: bool
) -> None:
    assert is_read(how, weight, promises=promises) is reads
