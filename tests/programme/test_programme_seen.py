"""What is seen of the whole programme: whether it is paused, who is placed, held, gone or has left. By value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import NO, address, at, on, pairing, people, person, seen, waiting
from peerpact.programme.doubts import Doubt
from peerpact.programme.memory import PAUSED, Memo, absent, says_no
from peerpact.programme.pairings import Pairing
from peerpact.programme.seen import ProgrammeSeen

AB, CD = pairing("ab"), pairing("cd")
A, C, Z = address("a"), address("c"), address("z")
DAY = "2026-02-01"


def noted(*memos: Memo) -> dict[str, Memo]:
    return {memo.key: memo for memo in memos}


def doubt(of: Pairing, **more: Any) -> dict[str, Doubt]:
    return {of.id: Doubt(pairing=of, why="why", since=on("2026-01-20"), **more)}


def programme(moment: str = DAY, **more: Any) -> ProgrammeSeen:
    return replace(seen(moment, people("abcd"), AB, CD, held_days=5, grace_days=7), **more)


PAUSE = Memo(key=PAUSED, since=on("2026-01-10"))
OTHER = Memo(key=absent(Z), since=on("2026-01-02"))


@pytest.mark.parametrize(
    ("memory", "remembered", "since"),
    [
        ((), None, None),
        ((OTHER,), None, None),
        ((OTHER, PAUSE), None, PAUSE.since),
        ((PAUSE,), (OTHER,), None),  # what is to be kept in mind counts before what was
        ((), (OTHER, PAUSE), PAUSE.since),
        ((PAUSE,), (), None),
    ],
)
def test_is_paused_by_what_is_kept_in_mind(
    memory: tuple[Memo, ...], remembered: tuple[Memo, ...] | None, since: object
) -> None:
    its = programme(memory=noted(*memory), remembered=remembered)
    assert (its.paused_since, its.is_paused) == (since, since is not None)


@pytest.mark.parametrize(
    ("moment", "placed"),
    [("2025-12-31", ""), ("2026-01-01", "abcd"), ("2026-03-31", "abcd"), ("2026-04-01", "")],
)
def test_has_placed_who_is_in_a_pairing_of_the_open_round(moment: str, placed: str) -> None:
    assert programme(moment).placed == frozenset(map(address, placed))


@pytest.mark.parametrize(
    ("more", "is_placed", "may_be"),
    [
        ({}, False, True),
        ({"has_said_yes": False}, False, False),
        ({"has_said_yes": False}, True, True),
        ({"taking_part": NO}, True, False),
        ({"held": "no manager can be read"}, True, False),
    ],
)
def test_pairs_who_takes_part_and_can_be_read(more: dict[str, Any], *, is_placed: bool, may_be: bool) -> None:
    assert programme().may_be_paired(person("a", **more), {A} if is_placed else {C}) is may_be


def test_names_who_is_not_on_the_roster_by_the_address() -> None:
    assert (programme().name(A), programme().name(Z)) == ("A", Z)


def missing(day: str) -> dict[str, Any]:
    return {"memory": noted(Memo(key=absent(Z), since=on(day)))}


@pytest.mark.parametrize(
    ("who", "more", "is_gone"),
    [
        (Z, {}, False),
        (Z, missing("2026-01-27"), True),
        (Z, missing("2026-01-28"), False),
        (Z, {"closed": frozenset({Z})}, True),
        (Z, {"closed": frozenset({Z}), "asked_about": frozenset({Z})}, False),
        (A, {"closed": frozenset({A})}, False),
        (Z, {"doubts": doubt(pairing("az"), is_agreed=True)}, True),
        (Z, {"doubts": doubt(pairing("az"))}, False),
        (Z, {"doubts": doubt(AB, is_agreed=True)}, False),
    ],
)
def test_counts_as_gone_who_is_missing_for_some_days_or_by_a_yes(
    who: str, more: dict[str, Any], *, is_gone: bool
) -> None:
    assert programme(**more).is_gone(who) is is_gone
    if who == Z:
        assert programme(**more).is_held(Z) is not is_gone


@pytest.mark.parametrize(
    ("of", "more", "waits", "may_change"),
    [
        (AB, {}, False, True),
        (AB, {"doubts": doubt(AB)}, True, False),
        (AB, {"doubts": doubt(AB, may_end=True)}, True, True),
        (AB, {"doubts": doubt(CD)}, False, True),
        (pairing("az"), {}, True, False),
        (pairing("az"), {"closed": frozenset({Z})}, False, True),
    ],
)
def test_lets_a_pairing_wait_that_is_in_doubt_or_has_somebody_held(
    of: Pairing, more: dict[str, Any], *, waits: bool, may_change: bool
) -> None:
    its = programme(**more)
    assert (its.waits(of), its.may_change(of)) == (waits, may_change)


def test_holds_who_is_on_a_row_that_can_not_be_read() -> None:
    its = seen(DAY, [person("a", held="which zone?"), person("b")], AB)
    assert (its.is_held(A), its.is_held(address("b")), its.waits(AB)) == (True, False, True)


def said_no(day: str, who: str = A) -> dict[str, Any]:
    return {"memory": noted(Memo(key=says_no(who), since=on(day)))}


@pytest.mark.parametrize(
    ("who", "more", "has_left"),
    [
        (A, {}, False),
        (A, said_no("2026-01-25"), True),
        (A, said_no("2026-01-26"), False),
        (A, said_no("2026-01-25") | {"asked_about": frozenset({A})}, False),
        (A, said_no("2026-01-25") | {"doubts": doubt(AB)}, False),
        (A, said_no("2026-01-25") | {"doubts": doubt(AB, may_end=True)}, True),
        (A, said_no("2026-01-25") | {"doubts": doubt(CD)}, True),
        (A, said_no("2026-01-25") | {"doubts": doubt(CD) | doubt(AB, may_end=True)}, True),
        (A, missing("2026-01-20"), False),
        (Z, missing("2026-01-25"), True),
        (Z, missing("2026-01-26"), False),
    ],
)
def test_has_left_after_the_days_of_grace(who: str, more: dict[str, Any], *, has_left: bool) -> None:
    assert programme(**more).has_left(who) is has_left


def test_waits_for_whoever_is_missing_as_long_as_somebody_is_held_where_that_is_longer() -> None:
    its = replace(seen(DAY, people("a"), held_days=10, grace_days=7), **missing("2026-01-25"))
    assert not its.has_left(Z)
    assert replace(its, now=at("2026-02-04")).has_left(Z)


def test_lets_one_pairing_end_at_least_without_a_yes() -> None:
    settings = seen(DAY, most_ended=10).settings
    assert [settings.most_ended_of(n) for n in (0, 1, 9, 20, 29, 30)] == [1, 1, 1, 2, 2, 3]


def test_takes_a_pairing_that_waits_for_an_objection_for_placed() -> None:
    assert seen(DAY, people("ab"), waiting("ab")).placed == {A, address("b")}
