"""Nobody is introduced before they have heard of the round, or had days enough to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from by_value import address, at, on, pairing, person, seen
from peerpact.programme.announcements.told import have_heard, told, with_told
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.memory import Memo, remembered
from peerpact.programme.seen import ProgrammeSeen

PAIR = pairing("ab", proposed_on=on("2026-01-05"), approved_on=at("2026-01-05"))
ADA, BO = person("a"), person("b")
AWAY = replace(BO, days_off=DaysOff(leave=(Absence(first=on("2026-01-05"), last=on("2026-01-12")),)))
FOR_LONG = replace(BO, days_off=DaysOff(leave=(Absence(first=on("2026-01-05"), last=on("2026-04-12")),)))


def heard(day: str, *letters: str, other: object = BO, earlier: str = "", state: str = "held") -> bool:
    memory = {told(1, address(x)): Memo(key=told(1, address(x)), since=on("2026-01-02")) for x in letters}
    before = pairing(earlier or "xy", 1, proposed_on=on("2025-12-01"), meeting_state=state)
    pairings = (PAIR, *([before] if earlier else []))
    programme = replace(seen(day, [ADA, BO], *pairings), memory=memory)
    return have_heard(PAIR, [ADA, other], programme)  # type: ignore[list-item]


def test_waits_until_both_have_heard() -> None:
    assert [heard("2026-01-05", *who) for who in ("", "a", "b", "ab")] == [False, False, False, True]


def test_takes_the_announcement_of_the_next_round_for_a_word_of_this() -> None:
    for number, is_told in ((2, True), (3, False)):
        memory = {
            k: Memo(key=k, since=on("2026-01-02")) for k in (told(1, ADA.email), told(number, BO.email))
        }
        programme = replace(seen("2026-01-05", [ADA, BO], PAIR), memory=memory)
        assert have_heard(PAIR, [ADA, BO], programme) is is_told


def test_waits_no_longer_than_three_of_their_mornings() -> None:
    assert [heard(f"2026-01-{day:02}") for day in (5, 6, 7)] == [False, False, True]


def test_counts_mornings_from_that_of_the_proposal() -> None:
    tuesday = replace(PAIR, proposed_on=on("2026-01-06"))
    days = [on(f"2026-01-{day:02}") for day in (6, 7, 8)]
    seen_on = [seen(f"{day}", [ADA, BO], tuesday) for day in days]
    assert [have_heard(tuesday, [ADA, BO], each) for each in seen_on] == [False, False, True]


@pytest.mark.parametrize(("other", "first"), [(AWAY, 15), (FOR_LONG, 19)])
def test_counts_no_morning_of_leave_but_keeps_no_partner_waiting_for_more_than_two_weeks(
    other: object, first: int
) -> None:
    assert next(day for day in range(5, 30) if heard(f"2026-01-{day:02}", other=other)) == first


def test_waits_for_nobody_who_has_had_a_partner() -> None:
    assert heard("2026-01-05", "a", earlier="bc")
    assert not heard("2026-01-05", earlier="ac")
    assert not heard("2026-01-05", "a", earlier="bc", state="")


def letter(kind: str, number: int, who: str, state: LetterState = LetterState.SENT) -> LetterRecord:
    key = f"{kind}:r{number}:{address(who)}"
    return replace(planned(kind, key, address(who), at=at("2026-01-02")), state=state)


def test_keeps_in_mind_who_got_a_letter_about_this_round_or_the_next_and_no_other() -> None:
    letters = [
        letter("welcome", 2, "a"),
        letter("announcement", 3, "b"),
        letter("announcement", 1, "c"),
        letter("announcement", 2, "d", LetterState.DRAFTED),
        letter("left-over", 2, "e"),
    ]
    old = Memo(key=told(1, address("f")), since=date(2026, 1, 1))
    programme = replace(seen("2026-04-02", [ADA]), memory={old.key: old})
    kept = remember(with_told(replace(programme, remembered=remember_all(programme)), letters))
    assert kept == [told(2, address("a")), told(3, address("b"))]


def test_keeps_in_mind_before_the_first_round_who_has_heard_of_it() -> None:
    letters = [letter("announcement", n, "a") for n in (1, 2)]
    before = replace(seen("2025-12-29", [ADA]), remembered=())
    assert remember(with_told(before, letters)) == [told(1, address("a"))]


def remember_all(programme: ProgrammeSeen) -> tuple[Memo, ...]:
    return remembered(
        programme.settings, programme.memory, people=programme.people, pairings=(), today=programme.today
    )


def test_keeps_it_in_mind_in_the_runs_of_other_jobs() -> None:
    memo = Memo(key=told(1, address("a")), since=date(2026, 1, 2))
    programme = replace(seen("2026-01-05", [ADA]), memory={memo.key: memo})
    assert memo in remember_all(programme)


def remember(programme: ProgrammeSeen) -> list[str]:
    return [m.key for m in programme.remembered or () if m.key.startswith("told: ")]


@pytest.mark.parametrize(
    ("state", "earlier", "is_introduced"),
    [("", (), True), ("held", (), False), ("held", ("bd",), True)],
)
def test_joins_at_once_what_has_begun_only_who_has_had_a_partner(
    state: str, earlier: tuple[str, ...], *, is_introduced: bool
) -> None:
    """On their third morning, in a pairing that was made of others: nobody waits for who comes to one that runs."""
    joined = replace(pairing("ac", proposed_on=on("2026-01-05"), meeting_state=state), people=PAIR.people)
    before = (pairing(who, 1, proposed_on=on("2025-12-01"), meeting_state="held") for who in earlier)
    assert have_heard(joined, [BO], seen("2026-01-07", [ADA, BO], joined, *before)) is is_introduced
