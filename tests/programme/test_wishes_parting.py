"""From when private wishes part people, whom they ask first, and how long they are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations

import pytest

from peerpact.programme.follow_ups.still_there import to_be_asked
from peerpact.programme.memory import Memo, absent
from peerpact.programme.pairing import Facts, Progress, Standing, propose, repair
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.replies.private import is_second_time
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings
from peerpact.programme.wishes import (
    PrivateWish,
    Settled,
    counts_from,
    kept_apart,
    wishes_over,
)

ADA, BEN, CY, DI = (f"{name}@example.com" for name in ("ada", "ben", "cy", "di"))
PAIR = Pairing(
    id="r1-x",
    round=1,
    people=(ADA, BEN),
    state=PairingState.APPROVED,
    approved_on=datetime(2026, 1, 5, 6, tzinfo=UTC),
)
THURSDAY, MONDAY, TUESDAY = date(2026, 1, 8), date(2026, 1, 12), date(2026, 1, 13)
SETTINGS = Settings(wish_days=2)
OTHER = PrivateWish(
    id="w-1", person=ADA, kind=Wish.ANOTHER_PARTNER, others=(BEN,), pairing="r1-x", asked_on=THURSDAY
)
NEVER = replace(OTHER, kind=Wish.NEVER_WITH)
QUIET = replace(OTHER, kind=Wish.NO_ANSWER)


def parted(wish: PrivateWish, on: date, number: int = 1, *pairings: Pairing) -> bool:
    return bool(kept_apart([wish], pairings or (PAIR,), number, on, SETTINGS))


@pytest.mark.parametrize(
    ("wish", "on", "number", "is_parted"),
    [
        (OTHER, date(2026, 1, 9), 1, False),
        (OTHER, MONDAY, 1, True),
        (OTHER, MONDAY, 2, False),
        (replace(OTHER, settled=Settled.TAKEN_BACK), MONDAY, 1, False),
        (replace(QUIET, settled=Settled.ANSWERED), MONDAY, 1, False),
        (NEVER, THURSDAY, 1, False),
        (NEVER, MONDAY, 1, True),
        (NEVER, THURSDAY, 2, True),
        (replace(NEVER, others=(CY,)), THURSDAY, 1, True),
    ],
)
def test_parts_people_after_the_working_days_in_which_it_can_be_taken_back(
    wish: PrivateWish, on: date, number: int, is_parted: bool
) -> None:
    assert counts_from(wish, SETTINGS) == MONDAY
    assert parted(wish, on, number) is is_parted


def test_parts_at_once_who_are_together_no_more_and_goes_on_behind_a_wish_that_counts_no_more() -> None:
    was_together = replace(PAIR, state=PairingState.ENDED)
    assert parted(NEVER, THURSDAY, 1, was_together)
    settled, of_an_earlier_round = replace(OTHER, settled=Settled.ANSWERED), replace(OTHER, pairing="r0-x")
    wishes = [settled, of_an_earlier_round, replace(NEVER, others=(ADA, CY))]
    assert kept_apart(wishes, [PAIR], 1, THURSDAY, SETTINGS) == ((ADA, CY),)
    assert wishes[-1].pairs == ((ADA, CY),)  # nobody from themselves


@pytest.mark.parametrize(
    ("kind", "there", "is_over"),
    [
        (Wish.NEVER_WITH, (ADA, BEN, CY), False),
        (Wish.NEVER_WITH, (ADA, BEN), False),
        (Wish.NEVER_WITH, (ADA,), True),
        (Wish.NEVER_WITH, (BEN, CY), True),
        (Wish.NO_ANSWER, (ADA, BEN, CY), False),
        (Wish.NO_ANSWER, (ADA, BEN), True),
        (Wish.NO_ANSWER, (BEN, CY), True),
    ],
)
def test_keeps_a_never_while_it_keeps_anybody_apart_and_another_while_all_are_there(
    kind: Wish, there: tuple[str, ...], is_over: bool
) -> None:
    wish = replace(OTHER, kind=kind, others=(BEN, CY))
    gone = {absent(e) for e in (ADA, BEN, CY) if e not in there}
    memory = {key: Memo(key=key, since=date(2025, 1, 1)) for key in gone}
    programme = ProgrammeSeen(
        now=datetime(2026, 1, 12, tzinfo=UTC),
        settings=SETTINGS,
        people={e: Person(email=e, name=e) for e in there},
        memory=memory,
    )
    assert bool(wishes_over([wish], programme)) is is_over
    asked = replace(programme, asked_about=frozenset({ADA, BEN, CY}))
    assert not wishes_over([wish], asked)  # nobody has left while it is asked whether they have


@pytest.mark.parametrize(
    ("wish", "on", "asked"),
    [
        (QUIET, THURSDAY, [BEN]),
        (replace(QUIET, kind=Wish.NOT_MET), date(2026, 1, 9), [BEN]),
        (QUIET, MONDAY, []),
        (replace(QUIET, settled=Settled.ANSWERED), THURSDAY, []),
        (OTHER, THURSDAY, []),
        (NEVER, THURSDAY, []),
    ],
)
def test_asks_who_is_quiet_while_there_is_time_and_nobody_for_other_wishes(
    wish: PrivateWish, on: date, asked: list[str]
) -> None:
    assert [person for person, _ in to_be_asked([wish], [PAIR], on, SETTINGS)] == asked
    assert to_be_asked([wish], [replace(PAIR, state=PairingState.ENDED)], on, SETTINGS) == ()


@pytest.mark.parametrize(
    ("first", "who", "is_second"),
    [
        ("2026-01-08", ADA, True),
        ("2026-01-10", ADA, False),
        ("2026-01-04", ADA, False),
        ("2026-01-08", BEN, False),
    ],
)
def test_takes_not_met_for_a_second_time_some_days_later_in_the_same_pairing(
    first: str, who: str, is_second: bool
) -> None:
    said = Request(id="q-1", person=who, kind=Wish.NOT_MET, asked_on=date.fromisoformat(first))
    again = Request(id="q-2", person=ADA, kind=Wish.NOT_MET, asked_on=MONDAY)
    assert is_second_time(again, PAIR, [said, again]) is is_second
    assert not is_second_time(replace(again, kind=Wish.MET), PAIR, [said])


@pytest.mark.parametrize(
    ("wish", "on", "is_over"),
    [
        (OTHER, date(2026, 7, 7), False),
        (OTHER, date(2026, 7, 8), True),
        (NEVER, date(2036, 1, 1), False),
    ],
)
def test_keeps_a_never_and_lets_go_of_other_wishes_when_their_time_is_over(
    wish: PrivateWish, on: date, is_over: bool
) -> None:
    people = {e: Person(email=e, name=e) for e in (ADA, BEN)}
    now = datetime(on.year, on.month, on.day, tzinfo=UTC)
    programme = ProgrammeSeen(now=now, settings=SETTINGS, people=people)
    assert bool(wishes_over([wish], programme)) is is_over


FOUR = [Person(email=e, name=e) for e in (ADA, BEN, CY, DI)]
TOLD = {"", "Ended.", "One of them is in another pairing now."}


def facts(*private: tuple[str, str]) -> Facts:
    lines = ReportingLines({p.email: () for p in FOUR})
    return Facts(round=1, lines=lines, on=MONDAY, seed="x", private=private)


@pytest.mark.parametrize("private", list(combinations([p.email for p in FOUR], 2)))
@pytest.mark.parametrize("people", [FOUR[:3], FOUR])
@pytest.mark.parametrize("progress", list(Progress))
def test_never_pairs_who_wishes_to_be_apart_and_never_says_why(
    private: tuple[str, str], people: list[Person], progress: Progress
) -> None:
    standing = [Standing(people=(ADA, BEN), progress=progress), Standing(people=(CY, DI), progress=progress)]
    standing = standing if len(people) == 4 else [Standing(people=(ADA, BEN, CY), progress=progress)]
    found = repair(standing, people, facts(private))
    result = propose(people, facts(private), locked=[private])
    for group in [*(c.after for c in found.changed), *(g.people for g in (*found.new, *result.groups))]:
        assert not set(private) <= set(group)
    words = [*(c.reason for c in found.changed), *(p.what for p in result.problems)]
    words += [left.reason for left in (*found.left_over, *result.left_over)]
    assert not [w for w in words if "wish" in w or "Never" in w or "line" in w or "admin" in w]
    assert not [left for left in (*found.left_over, *result.left_over) if left.setting]
    assert {c.reason for c in found.changed} <= TOLD
