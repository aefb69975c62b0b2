"""States of the small company from which many tests begin: ``cast.bring_to(met)``."""

from __future__ import annotations

from datetime import UTC, datetime

from cast import Cast

LATER = datetime(2026, 6, 8, 9, 5, tzinfo=UTC)
"""A Monday in the second month of round two, after which nothing of round one is live."""


def approved(cast: Cast) -> None:
    """The review of the first round is over, its pairings are approved."""
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")


def booked(cast: Cast) -> None:
    """Each pair is introduced and invited."""
    cast.bring_to(approved).run("book_first_meetings")


def met(cast: Cast) -> None:
    """The morning after all first meetings, with the letters that ask for a commitment."""
    cast.bring_to(booked).wait(days=14)
    cast.run("book_first_meetings")
    cast.run("send_follow_ups")
