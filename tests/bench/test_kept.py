"""What the count of seven months calls late, by value: a pause moves a promise's day, wherever its row is by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from kept import Months, figures

from by_value import address, on, people, seen
from peerpact.programme.commitments import Commitment, asked
from peerpact.programme.requests import Request, Wish

PAUSE = Request(
    id="q",
    person=address("a"),
    kind=Wish.PAUSE,
    asked_on=on("2026-03-23"),
    since=on("2026-04-05"),
    until=on("2026-07-05"),
)
PROMISE = Commitment(
    id="c", person=address("a"), pairing="r1-before", made_on=on("2026-03-23"), due=on("2026-04-16"), text="x"
)


def late(asked_on: str, *requests: Request, due: str = "2026-04-16") -> bool:
    promise = asked(replace(PROMISE, due=on(due)), "letter", on(asked_on))
    programme = seen("2026-08-05T04:00", people("a"), requests=requests)
    months = Months(programme=programme, commitments={"c": promise}, letters=(), wishes=(), leave={})
    [figure] = [f for what, f in figures(months).items() if what.startswith("asked about later")]
    return figure != "0"


@pytest.mark.parametrize(
    ("due", "asked_on", "is_late"),
    [
        ("2026-04-16", "2026-07-08", False),
        ("2026-04-16", "2026-07-09", True),
        ("2026-04-02", "2026-07-08", False),
        ("2026-03-20", "2026-03-26", True),
        ("2026-07-05", "2026-07-09", True),
    ],
    ids=["in it", "in it, late", "a day before it", "long before it", "after it"],
)
def test_counts_from_the_end_of_the_pause_in_which_one_would_be_asked(
    due: str, asked_on: str, is_late: bool
) -> None:
    assert late(asked_on, PAUSE, due=due) is is_late
    assert late(asked_on, due=due) is (date.fromisoformat(asked_on).month == 7 or is_late)
