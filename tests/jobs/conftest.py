"""Where many tests about replies begin."""

from __future__ import annotations

import pytest

from cast import Cast


@pytest.fixture
def met(cast: Cast) -> Cast:
    """The morning after all first meetings, with the letters that ask for a commitment."""
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    cast.wait(days=14)
    cast.run("book_first_meetings")
    cast.run("send_follow_ups")
    return cast
