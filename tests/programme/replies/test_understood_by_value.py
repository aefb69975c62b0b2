"""What an answer was understood to say, as a value: whether it says anything, and what it may have meant."""

from __future__ import annotations

from typing import Any

import pytest

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.promises import Promised
from peerpact.programme.replies.resolved import Found
from peerpact.programme.replies.understood import Unclear, Understood
from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Wish

SKIP = Requested(kind=Wish.SKIP)


@pytest.mark.parametrize(
    "said",
    [
        {"outcomes": {1: Outcome.KEPT}},
        {"promises": (Promised(text="call Tom"),)},
        {"requests": (SKIP,)},
        {"question": True},
        {"number": 4},
        {"met": True},
        {"met": False},
        {"wants": "public speaking"},
        {"offers": "spreadsheets"},
    ],
)
def test_says_something_with_any_single_thing_that_is_recorded(said: dict[str, Any]) -> None:
    assert not Understood(**said).says_nothing


@pytest.mark.parametrize(
    "aside",
    [
        {},
        {"care": True},
        {"unclear": Unclear.UNKNOWN},
        {"perhaps": (SKIP,)},
        {"found": {1: Found(outcome=Outcome.KEPT, against="perhaps")}},
    ],
)
def test_says_nothing_with_what_is_only_asked_about(aside: dict[str, Any]) -> None:
    assert Understood(**aside).says_nothing


@pytest.mark.parametrize(
    ("found", "likely"),
    [
        (Found(outcome=Outcome.KEPT, against="perhaps"), {2: Outcome.KEPT}),
        (Found(outcome=Outcome.KEPT), {}),
        (Found(outcome=None), {}),
        (Found(outcome=None, against="perhaps"), {}),
    ],
)
def test_offers_an_outcome_that_something_speaks_against(found: Found, likely: dict[int, Outcome]) -> None:
    assert Understood(found={2: found}).likely == likely


@pytest.mark.parametrize("unclear", [None, *Unclear])
def test_leaves_only_what_weighs_and_what_is_beyond_us_to_people(unclear: Unclear | None) -> None:
    is_left = unclear in (Unclear.NEAR_DISTRESS, Unclear.BEYOND)
    assert Understood(unclear=unclear).is_for_people is is_left


def test_names_new_commitments_by_their_words() -> None:
    promises = (Promised(text="call Tom"), Promised(text="read on"))
    assert Understood(promises=promises).new_commitments == ("call Tom", "read on")
