"""What hangs on a moment, an address or a name to the letter: each on both sides of where it turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from test_private import A, given, private
from test_reply_decision import BEN, BOUNCED, INTRODUCED, NOW, ONE, PAIRING, Seen

from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.pairings import Round
from peerpact.programme.replies.decision import decide
from peerpact.programme.replies.effect import _about_next, _have_met_by
from peerpact.programme.replies.private import _named
from peerpact.programme.replies.seen import Aliases, RepliesSeen, Unread
from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Wish

FOLLOWING = Round(number=2, opens=date(2026, 3, 10), ends=date(2026, 6, 10))


@pytest.mark.parametrize(
    ("kind", "day", "about"),
    [
        (Wish.STAY, 9, Wish.STAY),
        (Wish.STAY, 10, Wish.QUESTION),
        (Wish.STAY, 11, Wish.QUESTION),
        (Wish.ANOTHER_PARTNER, 9, Wish.NEW_PARTNER),
        (Wish.ANOTHER_PARTNER, 10, Wish.NEW_PARTNER),
        (Wish.STOP, 10, Wish.STOP),
    ],
)
def test_leaves_to_people_who_wants_to_stay_from_the_day_on_which_the_round_opens(
    kind: Wish, day: int, about: Wish
) -> None:
    assert _about_next(kind, date(2026, 3, day), FOLLOWING) is about


@pytest.mark.parametrize(
    ("minutes", "state", "of", "have_met"),
    [
        (0, "accepted", INTRODUCED, True),
        (-1, "accepted", INTRODUCED, True),
        (1, "accepted", INTRODUCED, False),
        (0, "accepted", ONE, False),
        (0, "accepted", replace(INTRODUCED, pairing="another"), False),
        (None, "asked", INTRODUCED, False),
    ],
)
def test_takes_a_meeting_for_one_that_was_from_its_first_minute(
    minutes: int | None, state: str, of: LetterRecord, *, have_met: bool
) -> None:
    start = None if minutes is None else NOW + timedelta(minutes=minutes)
    seen = Seen(pairing=replace(PAIRING, meeting_start=start, meeting_state=state)).values
    record = ReplyRecord(message_id="m1", received=NOW, kind="answer")
    assert _have_met_by(record, of, seen) is have_met


def problems(seen: RepliesSeen) -> list[tuple[str, str, str]]:
    return [(p.tab, p.row_key, p.column) for p in decide(seen).problems]


def test_tells_on_the_roster_of_mails_that_came_back_and_of_those_that_can_not_be_read() -> None:
    seen = Seen(mails=(BOUNCED,)).values
    assert problems(seen) == [("Roster", BEN.email, "E-mail")]
    unread = replace(Seen().values, unread=(Unread(id="m7", why="it is refused"),))
    assert problems(unread) == [("Roster", "mail m7", "")]
    refused = replace(Seen().values, aliases=Aliases(was_asked=True, was_refused=True))
    assert [(tab, column) for tab, _, column in problems(refused)] == [("Roster", "E-mail")]


def test_keeps_the_id_of_a_wish_as_earlier_versions_wrote_it() -> None:
    """By its id a wish is written once, whichever version read it first."""
    [wish] = private(Wish.ANOTHER_PARTNER).wishes
    assert wish.id == "w-hc4imej0"


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("b@example.com", "b@example.com"),
        ("a@example.com", None),
        ("Ben", "b@example.com"),
        ("Ben Clark", "c@example.com"),
        ("Clark", "c@example.com"),
        ("Dora", "d@example.com"),
        ("Dora Eluard", "e@example.com"),
        ("Zuse", "d@example.com"),
        ("Ada Zuse", None),
        ("Zuse Dora", None),
        ("Cy", None),
        ("", None),
    ],
)
def test_finds_on_the_roster_whom_somebody_never_wants_to_be_with(name: str, named: str | None) -> None:
    """Ben Berg is a partner now, Dora Zuse was one: they come before Ben Clark and Dora Éluard."""
    seen = given()
    person = seen.programme.people[A.email]
    assert _named([Requested(kind=Wish.NEVER_WITH, name=name)], person, seen) == named
