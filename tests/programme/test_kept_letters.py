"""What rows of Letters say, and what a mail in Sent tells of itself where its row is lost. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import address, at
from peerpact.programme.correspondence import (
    MOST_A_DAY,
    MOST_BEGUN_A_DAY,
    Left,
    LetterRecord,
    LetterState,
    begun_answers,
    found_again,
    is_of_today,
    left,
    places,
    planned,
    says_of_itself,
)
from peerpact.programme.keys import reference

PAIRING = "r1-7kq9m2aa"
KEY = f"follow-up:{PAIRING}:{address('a')}:2"
DAY = at("2026-02-01")


def test_leaves_a_share_of_what_gmail_sends_in_a_day_to_answers() -> None:
    assert (MOST_BEGUN_A_DAY, MOST_A_DAY) == (1200, 1900)


@pytest.mark.parametrize(
    ("key", "is_whole"),
    [(KEY, True), ("follow-up:x", True), ("follow-up:", False), ("follow-up", False), (":x", False),
     ("followup:x", False), ("", False), ("example:1:turn", True)],
)  # fmt: skip
def test_knows_a_key_that_somebody_typed_over(key: str, is_whole: bool) -> None:
    assert LetterRecord(key=key, kind="follow-up", person=address("a")).is_whole is is_whole


def test_sends_answers_that_were_begun_and_would_not_be_written_now() -> None:
    def answer(kind: str, name: str, state: LetterState) -> LetterRecord:
        return replace(planned(kind, f"{kind}:{name}", address("a"), at=DAY), state=state)

    letters = [
        answer("acknowledgement", "1", LetterState.DRAFTED),
        answer("acknowledgement", "2", LetterState.SENT),
        answer("status", "3", LetterState.DRAFTED),
        answer("follow-up", "4", LetterState.DRAFTED),
        answer("acknowledgement", "5", LetterState.PLANNED),
        answer("acknowledgement", "", LetterState.DRAFTED),  # its key was typed over
    ]
    assert begun_answers(letters, but_for=["status:3"]) == letters[:1]
    assert begun_answers(letters, but_for=[]) == [letters[0], letters[2]]


def again(
    key: str = KEY, person: str = address("a"), named: str = "", about: tuple[str, ...] = ()
) -> LetterRecord:
    found = found_again(
        key, person, named=named, about=about, sent=DAY, message_id="m", thread_id="t", rfc_message_id="r"
    )
    assert found is not None
    return found


@pytest.mark.parametrize("asks_number", [True, False])
def test_has_the_row_again_that_a_mail_tells_of(asks_number: bool) -> None:
    row = planned(
        "follow-up", KEY, address("a"), at=DAY, pairing=PAIRING, about=("c1",), asks_number=asks_number
    )
    assert row.number == (0 if asks_number else None)
    assert says_of_itself(row) == (("c1", "1-5") if asks_number else ("c1",))
    sent = replace(row, state=LetterState.SENT, sent=DAY, message_id="m", thread_id="t", rfc_message_id="r")
    assert again(named=row.reference, about=says_of_itself(row)) == sent


def test_tells_of_its_pairing_where_its_key_names_none() -> None:
    row = planned("ask-again", "acknowledgement:m0", address("a"), at=DAY, pairing=PAIRING, about=("c1",))
    found = again(row.key, named=row.reference, about=says_of_itself(row))
    assert (found.kind, found.pairing, found.about) == ("ask-again", PAIRING, ("c1",))
    assert says_of_itself(replace(row, pairing="")) == ("c1",)


def test_takes_the_kind_from_its_reference_as_far_as_that_is_one() -> None:
    """A reminder of a request goes under the request's key."""
    assert again(named="RE-7KQ9-M2AA").kind == "reminder"
    assert (again(named="XX-7KQ9-M2AA").kind, again(named="XX-7KQ9-M2AA").reference) == (
        "follow-up",
        "XX-7KQ9-M2AA",
    )
    assert again().reference == reference("FU", KEY)


@pytest.mark.parametrize(
    ("key", "pairing"),
    [(KEY, PAIRING), ("digest:2026-W03:a@example.com", ""), ("welcome:r1:a@example.com", "")],
)
def test_is_of_the_pairing_that_its_key_names(key: str, pairing: str) -> None:
    assert again(key).pairing == pairing


@pytest.mark.parametrize(
    ("key", "person"), [("note:x:y", address("a")), (KEY, ""), ("", ""), ("follow", address("a"))]
)
def test_is_none_of_ours(key: str, person: str) -> None:
    assert (
        found_again(key, person, named="", sent=DAY, message_id="m", thread_id="t", rfc_message_id="r")
        is None
    )


def test_tells_when_letters_left_after_a_moment_and_answers_apart() -> None:
    def letter(kind: str, sent: datetime | None) -> LetterRecord:
        return LetterRecord(key=f"{kind}{sent}", kind=kind, person=address("a"), sent=sent)

    times = [None, at("2026-02-01T07:59"), DAY, at("2026-02-01T08:01")]
    known = {x.key: x for kind in ("turn", "status") for x in (letter(kind, time) for time in times)}
    assert left(known, DAY) == Left(begun=(times[-1],), answers=(times[-1],))


def minutes(*many: float) -> tuple[datetime, ...]:
    return tuple(DAY + timedelta(minutes=m) for m in many)


@pytest.mark.parametrize(
    ("begun", "answers", "are_answers", "within", "found"),
    [
        ((), (), False, 0, (0, 0, 0)),  # an empty day
        ((), (), True, 0, (0, 0, 0, 0, 0)),
        ((-60, -30), (), False, 0, (0,)),  # one is left of three
        ((-60, -30), (), True, 0, (0, 0, 0)),
        ((-1440, -60), (), False, 0, (0, 0)),  # what left just a day ago counts no more
        ((-1435, -1430, -1420), (), False, 0, ()),
        ((-1435, -1430, -1420), (), False, 10, (5, 10)),  # room comes as fast as letters left
        ((-1420, -1430, -1435), (), False, 20, (5, 10, 20)),
        (
            (-1435, -1430, -1420, -1419),
            (),
            False,
            30,
            (10, 20, 21),
        ),  # one too many left: its room is nobody's
        ((-60, -60), (-1435, -50, -40), False, 10, (5,)),  # of all there may be five
        ((), (-60, -50, -40), False, 0, (0, 0)),
        ((), (-1430, -60, -50, -40, -30), True, 10, (10,)),
    ],
)
def test_gives_each_letter_the_moment_from_which_the_day_has_room(
    begun: tuple[float, ...],
    answers: tuple[float, ...],
    within: float,
    found: tuple[float, ...],
    *,
    are_answers: bool,
) -> None:
    gone = Left(begun=minutes(*begun), answers=minutes(*answers))
    soon = timedelta(minutes=within)
    may_be_begun = None if are_answers else 3
    assert tuple(places(gone, DAY, begun=may_be_begun, of_all=5, within=soon)) == minutes(*found)


@given(starts=st.lists(st.integers(0, 40), min_size=2, max_size=12), pace=st.integers(1, 9))
def test_never_has_more_in_any_24_hours_than_may_be_begun(starts: list[int], pace: int) -> None:
    """Whatever minute a run begins at each day, who takes places keeps the day's limit; on time, it uses the day."""
    gone: list[datetime] = []
    for day, start in enumerate(starts):
        now = DAY + timedelta(days=day, minutes=start)
        for place in places(Left(begun=tuple(gone)), now, begun=6, of_all=9, within=timedelta(minutes=30)):
            now = max(place, now) + timedelta(minutes=pace)
            gone.append(now)
    for moment in gone:
        assert sum(moment - timedelta(days=1) < other <= moment for other in gone) <= 6
    if len(set(starts)) == 1 and pace <= 5:
        assert len(gone) == 6 * len(starts)


@pytest.mark.parametrize(
    ("state", "sent", "is_today"),
    [
        (LetterState.PLANNED, None, True),
        (LetterState.DRAFTED, None, True),
        (LetterState.NEEDS_REVIEW, None, False),
        (LetterState.SENT, at("2026-01-31T08:00"), False),
        (LetterState.SENT, at("2026-01-31T08:01"), True),
    ],
)
def test_knows_what_is_under_way_or_counts_for_the_day(
    state: LetterState, sent: datetime | None, *, is_today: bool
) -> None:
    letter = LetterRecord(key=KEY, kind="follow-up", person=address("a"), state=state, sent=sent)
    assert is_of_today(letter, DAY) == is_today
