"""Who was in an earlier round and has just been introduced needs no request after the first meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.announcements.told import told
from peerpact.programme.commitments import Commitment, made
from peerpact.programme.follow_ups.decision import CommitmentsSeen, SendLetter, decide
from peerpact.programme.memory import Memo
from peerpact.programme.pairings import Pairing, PairingState

MET = replace(
    pairing("ab", 2), meeting_start=at("2026-01-07T10:00"), meeting_state="held", approved_on=at("2026-01-05")
)
EARLIER = replace(
    pairing("ac", 1), state=PairingState.ENDED, meeting_start=at("2025-12-10"), meeting_state="held"
)
HEARD = {key: Memo(key=key, since=on("2025-12-29")) for key in (told(2, address(x)) for x in "ab")}
THURSDAY = "2026-01-08T12:00"


def asked(*pairings: Pairing, moment: str = THURSDAY, due: str = "", has_heard: bool = True) -> list[str]:
    programme = seen(moment, people("abc"), *pairings, memory=HEARD if has_heard else {})
    promise = Commitment(
        id="p",
        person=address("a"),
        pairing=EARLIER.id,
        text="It.",
        made_on=on("2025-12-11"),
        due=on(due or "2027-01-01"),
    )
    plan = decide(CommitmentsSeen(programme=programme, commitments={"p": made(promise)}))
    return [a.person.name for a in plan.actions if isinstance(a, SendLetter) and "request" in a.key]


@pytest.mark.parametrize(
    ("before", "state", "is_needless"),
    [
        (EARLIER, "held", True),
        (EARLIER, "accepted", True),
        (EARLIER, "not known", False),
        (EARLIER, "invited", False),
        (replace(EARLIER, round=2), "held", False),
        (replace(EARLIER, meeting_start=None, meeting_state=""), "held", False),
    ],
)
def test_leaves_asking_to_the_introduction_where_somebody_was_in_an_earlier_round_and_they_met(
    before: Pairing, state: str, is_needless: bool
) -> None:
    assert asked(replace(MET, meeting_state=state), before) == (["B"] if is_needless else ["A", "B"])


@pytest.mark.parametrize(("approved", "is_asked"), [("2025-12-31T10:00", False), ("2025-12-31T09:59", True)])
def test_asks_where_the_introduction_came_more_than_a_week_before(approved: str, is_asked: bool) -> None:
    assert ("A" in asked(replace(MET, approved_on=at(approved)), EARLIER)) is is_asked


@pytest.mark.parametrize(("due", "is_asked"), [("2026-01-13", True), ("2026-01-14", False)])
def test_asks_about_what_was_promised_before_and_is_due_within_three_working_days(
    due: str, is_asked: bool
) -> None:
    assert ("A" in asked(MET, EARLIER, due=due)) is is_asked


def test_asks_where_the_meeting_that_the_introduction_named_was_called_off() -> None:
    later = replace(MET, meetings="2026-01-06 10:00 cancelled")
    assert "A" in asked(later, EARLIER)


@pytest.mark.parametrize(
    ("number", "has_heard", "is_asked"), [(1, False, True), (2, True, True), (2, False, False)]
)
def test_knows_who_is_new_when_earlier_pairings_are_in_the_archive(
    number: int, has_heard: bool, is_asked: bool
) -> None:
    """A request that the introduction has made needless would leave late, when nobody knows of the earlier round."""
    row = replace(MET, round=number)
    assert bool(asked(row, moment="2026-01-28T12:00", has_heard=has_heard)) is is_asked
