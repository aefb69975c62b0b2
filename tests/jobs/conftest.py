"""Where many tests about replies, and about what is over, begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

import states
from cast import MONDAY, Cast
from workspace_emulator import Snapshot

BEN, DINA = "ben@example.com", "dina@example.com"


@pytest.fixture
def met(cast: Cast) -> Cast:
    """The morning after all first meetings, with the letters that ask for a commitment."""
    return cast.bring_to(states.met)


@pytest.fixture(scope="module")
def _later(_founded: tuple[Cast, Snapshot]) -> tuple[Cast, Snapshot]:
    """Round one with promises, one of them kept, and one mail that belongs to no letter; and round two open."""
    cast, snapshot = _founded
    cast.company.workspace.store.restore(snapshot)
    cast.go_to(MONDAY)
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.run("book_first_meetings")
    cast.wait(days=14)
    cast.run("book_first_meetings")
    cast.run("send_follow_ups")
    cast.reply(BEN, "I will read a book about otters.", to="commitment-request")
    cast.reply(DINA, "I will call Oskar about his canaries.", to="commitment-request")
    cast.write(BEN, "Is there coffee?", to=cast.company.config.mailbox)
    cast.run("collect_replies")
    cast.wait(days=32)
    cast.run("send_follow_ups")
    cast.reply(BEN, "Done, I read it.", to="follow-up")
    cast.run("collect_replies")
    cast.go_to(datetime(2026, 4, 6, 6, 0, tzinfo=UTC))
    cast.run("pair_people")
    cast.run("report")
    return cast, cast.company.workspace.store.snapshot()


@pytest.fixture
def later(_later: tuple[Cast, Snapshot]) -> Iterator[Cast]:
    """Round one is over and about to be moved."""
    cast, snapshot = _later
    cast.company.workspace.store.restore(snapshot)
    cast.go_to(states.LATER)
    yield cast
    cast.company.workspace.faults.clear()
