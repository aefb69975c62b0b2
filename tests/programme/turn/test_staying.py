"""Who stays together: partners who all said so last, in the round that ends."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import PAUSED, address, at, ended, entered, on, pairing, people, person, seen
from peerpact.programme.meetings.rhythm import weeks_between
from peerpact.programme.pairing.decision import ProposePairing, RoundSeen, decide
from peerpact.programme.pairings import ROUND_IS_OVER, Pairing, PairingState
from peerpact.programme.requests import Request, Wish, with_requests
from peerpact.programme.settings import Settings
from peerpact.programme.turn.same_partners import WHAT_NEXT, staying, stays_on

SETTINGS = Settings(first_round=on("2026-01-01"))
A, B, C = map(address, "abc")


def said(letter: str, kind: Wish, day: str = "2026-03-26", **more: Any) -> Request:
    return Request(id=f"{letter}{kind}{day}", person=address(letter), kind=kind, asked_on=on(day), **more)


def stay(*requests: Request, pair: Pairing | None = None) -> list[tuple[str, ...]]:
    return staying([pair or pairing("ab")], requests, 1, SETTINGS)


def test_takes_both_to_stay_together() -> None:
    assert stay() == []
    assert stay(said("a", Wish.STAY)) == []
    assert stay(said("a", Wish.STAY), said("b", Wish.STAY)) == [(A, B)]
    three = pairing("abc")
    assert stay(said("a", Wish.STAY), said("b", Wish.STAY), pair=three) == []
    assert stay(*(said(x, Wish.STAY) for x in "abc"), pair=three) == [(A, B, C)]


@given(words=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(sorted(WHAT_NEXT))), max_size=6))
def test_counts_the_last_word_of_each(words: list[tuple[str, Wish]]) -> None:
    requests = [said(x, kind, f"2026-03-{n:02}") for n, (x, kind) in enumerate(words, start=1)]
    last = dict(words)
    assert bool(stay(*requests)) == (last.get("a") is Wish.STAY and last.get("b") is Wish.STAY)


def test_takes_what_is_said_twice_on_one_day_in_its_order() -> None:
    first, second = said("a", Wish.STAY), said("a", Wish.NEW_PARTNER)
    for one, other in product((first, second), repeat=2):
        assert bool(stay(one, other, said("b", Wish.STAY))) == (other is first)


@pytest.mark.parametrize(
    ("day", "counts"), [("2025-12-31", False), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_counts_what_is_said_in_the_round_itself(day: str, counts: bool) -> None:
    assert bool(stay(said("a", Wish.STAY, day), said("b", Wish.STAY))) == counts


def test_takes_no_late_answer_about_an_earlier_partner_for_one_about_this() -> None:
    """They are together since the 4th of January."""
    for day, counts in (("2026-01-03", False), ("2026-01-04", True)):
        assert bool(stay(said("a", Wish.STAY, day), said("b", Wish.STAY))) == counts


def test_lets_two_stay_though_one_pauses_until_the_next_round() -> None:
    both = (said("a", Wish.STAY, "2026-03-10"), said("b", Wish.STAY))
    for until, counts in ((None, False), ("2026-04-01", True), ("2026-04-02", False)):
        pause = said("a", Wish.PAUSE, "2026-03-12", until=on(until) if until else None)
        assert bool(stay(*both, pause)) == counts


def test_leaves_out_what_an_admin_ignores_and_pairings_that_ended_before() -> None:
    both = (said("a", Wish.STAY), said("b", Wish.STAY))
    assert stay(replace(both[0], decision="ignore"), both[1]) == []
    assert stay(*both, pair=ended("ab", notes=ROUND_IS_OVER)) == [(A, B)]
    assert stay(*both, pair=ended("ab", notes="Parted, so that others have a partner too.")) == []


def test_says_that_they_stay_only_where_both_take_part() -> None:
    both = (said("a", Wish.STAY), said("b", Wish.STAY))
    assert stays_on(pairing("ab"), seen("2026-04-01", people("ab"), requests=both))
    assert not stays_on(pairing("ab"), seen("2026-04-01", people("a"), requests=both))
    away = [person("a"), person("b", taking_part=PAUSED)]
    assert not stays_on(pairing("ab"), seen("2026-04-01", away, requests=both))


def proposed(*requests: Request, who: str = "abcd", **more: Any) -> list[tuple[str, ...]]:
    programme = seen("2026-04-01", people(who), pairing("ab"), pairing("cd"), requests=requests)
    plan = decide(RoundSeen(programme=programme, **more))
    assert not [p for p in plan.problems or () if p.tab == "Locked pairs"]
    return [a.pairing.people for a in plan.actions if isinstance(a, ProposePairing)]


def test_proposes_those_who_stay_and_parts_all_others() -> None:
    both = (said("a", Wish.STAY), said("b", Wish.STAY))
    assert (A, B) not in proposed()
    assert (A, B) in proposed(*both)


def test_tells_nobody_where_they_may_not_stay() -> None:
    both = (said("a", Wish.STAY), said("b", Wish.STAY))
    assert (A, B) not in proposed(*both, never=((A, B),))
    assert (A, B) not in proposed(*both, locked=(entered("ac", tab="Locked pairs"),))


def test_lets_a_pause_begin_when_it_is_to_begin() -> None:
    pause = said("a", Wish.PAUSE, since=on("2026-04-01"), until=on("2026-07-01"))
    for day, takes_part in (
        ("2026-03-31", True),
        ("2026-04-01", False),
        ("2026-06-30", False),
        ("2026-07-01", True),
    ):
        [found] = with_requests([person("a")], [pause], on(day))
        assert found.is_taking_part(on(day)) == takes_part


def test_keeps_the_rhythm_of_two_who_stay_for_as_long_as_they_do() -> None:
    asked = said("b", Wish.EVERY_WEEKS, "2026-02-02", weeks=2)
    row = pairing("ab")
    for number, day in ((2, "2026-03-26"), (3, "2026-06-26")):
        both = (said("a", Wish.STAY, day), said("b", Wish.STAY, day))
        opens = f"2026-{3 * number - 2:02}-01"
        plan = decide(RoundSeen(programme=seen(opens, people("abcd"), row, requests=(asked, *both))))
        [new] = [
            a.pairing for a in plan.actions if isinstance(a, ProposePairing) and a.pairing.people == (A, B)
        ]
        assert not new.has_begun
        row = replace(new, state=PairingState.APPROVED, approved_on=at(f"{opens}T12:00"))
        assert weeks_between(row, (asked,), SETTINGS) == 2
    later = said("a", Wish.EVERY_WEEKS, "2026-07-10", weeks=3)
    assert weeks_between(row, (asked, later), SETTINGS) == 3
    assert weeks_between(pairing("ab", 2, approved_on=at("2026-04-04")), (asked,), SETTINGS) == 4
