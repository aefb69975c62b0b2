"""Whoever joins a pairing is asked after their own first meeting, whatever it had before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.announcements.told import told
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.follow_ups.decision import SendLetter, decide
from peerpact.programme.follow_ups.joined import joined_later, joining
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.meetings.actions import SendLetter as MeetingLetter
from peerpact.programme.meetings.decision import decide as decide_meetings
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.memory import Memo
from peerpact.programme.pairings import Pairing

THREE = replace(
    pairing("ab"),
    people=tuple(map(address, "abc")),
    meetings="2026-01-13 10:00 held",
    meeting_start=at("2026-02-10T10:00"),
    meeting_state="accepted",
)


def introduced(**on: str) -> list[LetterRecord]:
    keys = [(address(x), f"introduction:{THREE.id}:{address(x)}", at(day)) for x, day in on.items()]
    return [
        replace(
            planned("introduction", key, email, pairing=THREE.id, at=day), state=LetterState.SENT, sent=day
        )
        for email, key, day in keys
    ]


def asked(moment: str, letters: list[LetterRecord], row: Pairing = THREE) -> dict[str, str]:
    programme = seen(moment, people("abc"), row)
    plan = decide(CommitmentsSeen(programme=programme, joined=joined_later([row], letters)))
    return {a.person.name: a.record.kind for a in plan.actions if isinstance(a, SendLetter)}


BEGAN = {"a": "2026-01-05", "b": "2026-01-05"}


@pytest.mark.parametrize(
    ("joins", "moment", "kind"),
    [
        (None, "2026-01-14T10:00", None),
        ("2026-01-14", "2026-01-14T10:00", None),
        ("2026-01-14", "2026-02-06T10:00", None),
        ("2026-01-12", "2026-01-14T10:00", "commitment-request"),
        ("2026-01-14", "2026-02-11T10:00", "commitment-request"),
        (None, "2026-02-11T10:00", None),
    ],
)
def test_asks_who_joined_the_day_after_a_meeting_since_their_introduction(
    joins: str | None, moment: str, kind: str | None
) -> None:
    letters = introduced(**BEGAN, **({"c": joins} if joins else {}))
    assert asked(moment, letters).get("C") == kind


def test_asks_those_who_were_there_as_ever() -> None:
    letters = introduced(**BEGAN)
    assert asked("2026-01-14T10:00", letters) == dict.fromkeys("AB", "commitment-request")


def test_asks_all_of_a_pairing_that_began_with_them_whatever_is_known_of_introductions() -> None:
    three = replace(THREE, id=pairing("abc").id)
    assert asked("2026-01-14T10:00", [], three) == dict.fromkeys("ABC", "commitment-request")


def test_leaves_out_the_meetings_of_which_no_day_is_known_before_they_came() -> None:
    row = replace(THREE, meetings="no time asked to pick; 2026-01-13 10:00 held; 2026-01-27 10:00 held")
    of_c = joined_later([row], introduced(**BEGAN, c="2026-01-20"))[row.id, address("c")]
    assert (of_c.meetings, of_c.meeting_start) == ("2026-01-27 10:00 held", row.meeting_start)


def test_gives_who_joins_a_pair_that_picks_its_times_as_long_to_pick_one() -> None:
    row = replace(THREE, meetings="", meeting_start=None, meeting_state="asked to pick")
    letters = introduced(**BEGAN, c="2026-03-02")
    assert "C" not in asked("2026-03-03T10:00", letters, row)
    assert asked("2026-03-17T10:00", letters, row)["C"] == "commitment-request"


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        ("2026-03-06T10:00", ("turn", "turn", None)),
        ("2026-03-11T10:00", ("turn", "turn", "commitment-request")),
        ("2026-03-24T10:00", ("turn", "turn", "commitment-request")),
        ("2026-03-25T10:00", ("turn",) * 3),
    ],
)
def test_asks_who_joined_before_a_round_s_last_meeting_for_a_promise_after_it_and_then_in_the_last_week(
    moment: str, kinds: tuple[str | None, ...]
) -> None:
    held = "2026-01-13 10:00 held; 2026-02-10 10:00 held"
    row = replace(THREE, meetings=held, meeting_start=at("2026-03-10T10:00"))
    found = asked(moment, introduced(**BEGAN, c="2026-03-05"), row)
    assert tuple(map(found.get, "ABC")) == kinds


def test_welcomes_who_joins_and_introduces_them_after_that() -> None:
    letters = introduced(**BEGAN)
    programme = seen("2026-01-20T10:00", people("abc"), THREE)
    new = joining([THREE], letters)
    plan = decide(CommitmentsSeen(programme=programme, joining=new, joined=joined_later([THREE], letters)))
    welcomed = [
        a.person.name for a in plan.actions if isinstance(a, SendLetter) and a.record.kind == "welcome"
    ]
    assert welcomed == ["C"]
    assert joining([THREE], [*letters, *introduced(c="2026-01-20")]) == frozenset()

    def introduces(**more: Any) -> list[str]:
        meetings = MeetingsSeen(
            programme=replace(programme, **more), letters={x.key: x for x in letters}, room=9
        )
        found = decide_meetings(meetings).actions
        return [a.person.name for a in found if isinstance(a, MeetingLetter)]

    key = told(1, address("c"))
    assert introduces() == []
    assert introduces(memory={key: Memo(key=key, since=on("2026-01-20"))}) == ["C"]
