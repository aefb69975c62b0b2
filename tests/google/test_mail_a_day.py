"""Letters beyond what Gmail sends in a day wait for the next, those begun first in front; none is lost or doubled."""

from __future__ import annotations

from contextlib import suppress

import pytest

from cast import Cast
from peerpact.errors import OutOfTime
from peerpact.google import outbox

EVERYBODY = [f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")]


@pytest.fixture
def approved(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Six introductions are due, in a world in which Gmail sends four mails a day."""
    monkeypatch.setattr(outbox, "MOST_A_DAY", 4)
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    return cast


def introduced(cast: Cast) -> int:
    return sum(len(cast.letters(person)) for person in EVERYBODY)


def test_sends_so_many_and_says_that_it_is_to_be_continued(approved: Cast) -> None:
    with pytest.raises(OutOfTime):
        approved.run("book_first_meetings")
    assert introduced(approved) == 4


def test_sends_no_more_within_the_next_24_hours(approved: Cast) -> None:
    for hours in (0, 12, 11):
        approved.wait(hours=hours)
        with suppress(OutOfTime):
            approved.run("book_first_meetings")
    assert introduced(approved) == 4


def test_sends_the_others_the_day_after_and_nothing_twice(approved: Cast) -> None:
    for _ in range(3):
        with suppress(OutOfTime):
            approved.run("book_first_meetings")
        approved.wait(hours=25)
    assert {len(approved.letters(person)) for person in EVERYBODY} == {1}
    assert approved.checker().faults() == []
